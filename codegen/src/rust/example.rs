//! Examples of the documentation: values that compile, whatever the document's types are.

use std::collections::BTreeMap;

use super::{Type, TypeId};

/// Where the paths of an example begin.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ExampleRoot {
    /// At a crate of its own, by its name. The example is compiled as a test of its documentation.
    Crate(String),
    /// At a module, by its path. The example is only shown, because a test of the documentation cannot reach into every module.
    Module(String),
}

impl ExampleRoot {
    /// The path.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Crate(path) | Self::Module(path) => path,
        }
    }
}

/// A request, as an example makes it from outside of the crate.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Example {
    /// The crate.
    pub root: ExampleRoot,
    /// What is named of the crate, its module `types` last.
    pub uses: Vec<String>,
    /// What is named of the runtime.
    pub runtime_uses: Vec<&'static str>,
    /// Values that are too large to write out, as hidden parameters: name and type.
    pub given: Vec<(String, Type)>,
    /// The names of the items that those types name.
    pub types: BTreeMap<TypeId, String>,
    /// The request.
    pub request: Expression,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expression {
    /// `"text"`
    Text(String),
    /// `true`
    Bool(bool),
    /// `1`
    Integer(i64),
    /// `1.0`
    Float,
    /// `dec!(10.00)`
    Decimal(String),
    /// `None`
    None,
    /// `[("key", "value")]`
    Pairs,
    /// `vec![…]`
    List(Box<Expression>),
    /// `….into()`
    Into(Box<Expression>),
    /// A hidden parameter by its name.
    Given(String),
    /// A variant of a type: `types::State::Open`.
    Variant {
        /// The type.
        name: String,
        /// The variant.
        variant: String,
    },
    /// `Name::new(…)`
    New {
        /// The struct.
        name: String,
        /// Whether it stands in `types`.
        among_types: bool,
        /// What `new` is given.
        fields: Fields,
    },
    /// `….body(…)`
    Set {
        /// What is set on.
        of: Box<Expression>,
        /// The method that sets it.
        method: String,
        /// The value.
        value: Box<Expression>,
    },
}

impl Expression {
    /// Whether it, or a part of it, is what is asked for.
    pub fn any(&self, wanted: &impl Fn(&Self) -> bool) -> bool {
        wanted(self)
            || match self {
                Self::List(inner) | Self::Into(inner) | Self::New { fields: Fields::One(inner), .. } => {
                    inner.any(wanted)
                }
                Self::New { fields: Fields::Companion(_, fields), .. } => {
                    fields.iter().any(|(_, value)| value.any(wanted))
                }
                Self::Set { of, value, .. } => of.any(wanted) || value.any(wanted),
                _ => false,
            }
    }
}

/// What `new` is given.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fields {
    /// Nothing.
    None,
    /// One value.
    One(Box<Expression>),
    /// A companion struct by its name, with each field.
    Companion(String, Vec<(String, Expression)>),
}

/// A call of the client, for the documentation of the whole crate.
#[derive(Clone, Debug, PartialEq)]
pub struct CallExample {
    /// The request.
    pub example: Example,
    /// How the client is made.
    pub setup: Setup,
    /// The client's method.
    pub method: String,
    /// What it is given.
    pub argument: CallArgument,
    /// Whether there is something to print.
    pub prints: bool,
}

/// What a client's method is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallArgument {
    /// Nothing.
    Nothing,
    /// The one value that the request needs.
    Value(Expression),
    /// The request.
    Request,
}

/// What the builder of a client needs for one operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Setup {
    /// The server to choose.
    pub server: Option<ChosenServer>,
    /// The builder method of the base URL that has to be set.
    pub base: Option<String>,
    /// The credentials.
    pub credentials: Vec<Credential>,
}

/// The server that an example chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenServer {
    /// The builder method.
    pub method: &'static str,
    /// The enum of the servers.
    pub enum_name: String,
    /// Its variant.
    pub variant: String,
}

/// A credential: the builder method, and what it is given.
#[derive(Clone, Debug, PartialEq)]
pub struct Credential {
    /// The builder method.
    pub method: String,
    /// Its arguments.
    pub arguments: &'static [&'static str],
}
