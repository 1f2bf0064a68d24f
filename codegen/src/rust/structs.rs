//! Structs, of schemas and of requests alike: fields, and how a value is made.

use super::{Checks, Derives, Docs, FieldId, Parameter, Type, Value};

/// A struct with its constructors.
#[derive(Clone, Debug, PartialEq)]
pub struct Struct {
    /// Its name.
    pub name: String,
    /// Its documentation.
    pub docs: Docs,
    /// What it derives.
    pub derives: Derives,
    /// Lints that do not apply, because the fields are the document's.
    pub lints: Vec<Lint>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Its function `new`.
    pub constructor: Constructor,
}

impl Struct {
    /// Whether fields may be added: `#[non_exhaustive]`.
    pub const IS_NON_EXHAUSTIVE: bool = true;

    /// The field behind an id.
    #[must_use]
    pub fn field(&self, id: FieldId) -> Option<&Field> {
        self.fields.get(id.0)
    }

    /// The struct of its required fields, where `new` takes one.
    #[must_use]
    pub const fn companion(&self) -> Option<&Companion> {
        match &self.constructor {
            Constructor::Several(companion) => Some(companion),
            Constructor::Empty | Constructor::One { .. } => None,
        }
    }

    /// The fields that must be given, with their places.
    pub fn required(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.presence.is_required())
    }
}

/// A lint of clippy that generated code is exempt from, with a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lint {
    /// `struct_excessive_bools`
    ExcessiveBools,
    /// `large_enum_variant`
    LargeVariant,
}

impl Lint {
    /// Its name in clippy.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ExcessiveBools => "struct_excessive_bools",
            Self::LargeVariant => "large_enum_variant",
        }
    }

    /// Why it does not apply.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::ExcessiveBools => "the fields are the document's",
            Self::LargeVariant => "the variants are the document's",
        }
    }

    /// Whether clippy certainly reports it, so that the exemption is an `expect`. Sizes are estimated, so theirs is an `allow`.
    #[must_use]
    pub const fn is_certain(self) -> bool {
        matches!(self, Self::ExcessiveBools)
    }
}

/// One field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its name on the wire; empty for a whole body.
    pub wire: String,
    /// The type of a present, non-null value.
    pub value: Type,
    /// What absence and null mean.
    pub presence: Presence,
    /// Whether the value is behind a `Box`: the type contains itself, or is large.
    pub boxed: bool,
    /// Its documentation.
    pub docs: Docs,
    /// The first line of it, for places that repeat it.
    pub brief: Docs,
    /// The method that sets it; `None` where `new` asks for it.
    pub setter: Option<Setter>,
    /// What a valid value fulfils beyond its type.
    pub checks: Checks,
    /// The JSON that a server fills in where the property is left out.
    pub default: Option<String>,
    /// The document's example of a value.
    pub example: Option<Value>,
    /// Which part of a request or schema it is.
    pub source: FieldSource,
}

impl Field {
    /// The type of the field itself.
    #[must_use]
    pub fn stored(&self) -> Type {
        let value = self.value.clone();
        self.presence.around(if self.boxed { Type::Boxed(Box::new(value)) } else { value })
    }

    /// The type in which a caller gives it: never behind a `Box`.
    #[must_use]
    pub fn given(&self) -> Type {
        self.presence.around(self.value.clone())
    }

    /// How a value that is given becomes what is stored.
    #[must_use]
    pub const fn boxing(&self) -> Boxing {
        if !self.boxed {
            return Boxing::None;
        }
        match self.presence {
            Presence::Required | Presence::Optional => Boxing::Whole,
            Presence::RequiredNullable | Presence::Patch | Presence::Maybe => Boxing::Within,
        }
    }

    /// The name of the text that stands for its documentation, if many parameters have it.
    #[must_use]
    pub fn shared_docs(&self) -> Option<&str> {
        match &self.source {
            FieldSource::Parameter(parameter) => parameter.shared_docs.as_deref(),
            FieldSource::Property | FieldSource::Part(_) | FieldSource::Body => None,
        }
    }
}

/// How a value that is given becomes what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Boxing {
    /// It is stored as it is.
    None,
    /// It is stored in a `Box`.
    Whole,
    /// What it holds is stored in a `Box`: that of an `Option`, `Patch` or `Maybe`.
    Within,
}

/// Which part of a request or schema a field is.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldSource {
    /// A property of a schema, or of the body that a request struct takes apart.
    Property,
    /// A part of a form of parts that a request struct takes apart.
    Part(FormPart),
    /// A parameter.
    Parameter(Parameter),
    /// The body as a whole.
    Body,
}

/// How a part of a form is written, or all parts that have no field of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormPart {
    /// What it is.
    pub kind: PartKind,
    /// Whether there is one for each item of a list.
    pub is_list: bool,
    /// The media type that it has where the caller says none.
    pub content_type: Option<String>,
    /// For a map of all other parts, the names of those that have fields of their own.
    pub listed: Option<Vec<String>>,
}

/// What a part of a form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// A text.
    Text,
    /// One JSON value.
    Json,
    /// A file.
    File,
}

/// Whether a value may be absent and may be null, and the type of field that follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// `T`: always there, never null.
    Required,
    /// `Option<T>`: always there, `None` is written as null.
    RequiredNullable,
    /// `Option<T>`: `None` is not written; null is refused.
    Optional,
    /// `Patch<T>`: optional and nullable where only a client sends it.
    Patch,
    /// `Maybe<T>`: optional and nullable elsewhere.
    Maybe,
}

impl Presence {
    /// Whether the key is always there.
    #[must_use]
    pub const fn is_required(self) -> bool {
        matches!(self, Self::Required | Self::RequiredNullable)
    }

    fn around(self, value: Type) -> Type {
        match self {
            Self::Required => value,
            Self::RequiredNullable | Self::Optional => Type::Option(Box::new(value)),
            Self::Patch => Type::Patch(Box::new(value)),
            Self::Maybe => Type::Maybe(Box::new(value)),
        }
    }
}

/// The function `new` of a struct.
#[derive(Clone, Debug, PartialEq)]
pub enum Constructor {
    /// Nothing is required: it takes nothing.
    Empty,
    /// One field is required: it takes its value.
    One {
        /// The field.
        field: FieldId,
        /// How the function calls and takes it.
        argument: Argument,
    },
    /// Several are required: it takes a struct of them.
    Several(Companion),
}

/// An argument of `new` or of a setter.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Whether anything that becomes that type is taken: `impl Into<…>`.
    pub into: bool,
}

/// The struct of the required fields of another one, so that they are given by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Companion {
    /// Its name: `CreatePayoutRequired`.
    pub name: String,
    /// Its documentation.
    pub docs: Docs,
    /// What it derives.
    pub derives: Derives,
    /// Lints that do not apply, because the fields are the document's.
    pub lints: Vec<Lint>,
}

/// A method that sets a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Setter {
    /// Its name.
    pub name: String,
    /// What its documentation calls the value: ``Sets `page[size]`.``
    pub documented: String,
    /// What it takes.
    pub argument: Argument,
}

/// How a setter takes the value of its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetterKind {
    /// As it is stored.
    Plain,
    /// As anything that becomes it.
    Into,
    /// As anything that becomes the `Patch` of it.
    Patch,
    /// As anything that becomes the `Maybe` of it.
    Maybe,
}

impl Setter {
    /// How it takes the value, and the type of that: of a `Patch` or `Maybe`, the type inside.
    #[must_use]
    pub fn taken(&self) -> (SetterKind, &Type) {
        match &self.argument.ty {
            Type::Maybe(value) => (SetterKind::Maybe, value),
            Type::Patch(value) => (SetterKind::Patch, value),
            value if self.argument.into => (SetterKind::Into, value),
            value => (SetterKind::Plain, value),
        }
    }
}

/// Which values become an enum by `From`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// None: another variant holds the same type.
    None,
    /// Those of the variant's type.
    Value,
    /// Those of the variant's type, which is `String`, and `&str`.
    Text,
}
