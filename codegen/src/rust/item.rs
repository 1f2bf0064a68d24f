//! Types that are made of schemas.

use super::{
    Assertion, BranchChecks, Check, Checks, ConstantValue, Conversion, Derives, Docs, Key, Lint, ObjectCheck, Struct,
    Type,
};

/// One type.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// The schema of [`api`](crate::api) that it is made of.
    pub schema: Key,
    /// What it is.
    pub kind: ItemKind,
    /// Whether it has a `Check`, because a client sends it.
    pub checked: bool,
    /// What is demanded of a value as a whole that its type does not carry.
    pub assertions: Vec<Assertion>,
    /// Whether it is the value of a parameter, other than as one text.
    pub in_parameter: bool,
}

/// What a type is.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemKind {
    /// A struct: a JSON object with known properties.
    Object(Box<Object>),
    /// An enum without values: a string or an integer from a list.
    Enum(Enum),
    /// An enum with a value in each variant: one of several shapes.
    Union(Union),
    /// A struct around a list or map that holds such values again.
    Nested(Nested),
    /// A tuple struct: a list whose places have types of their own.
    Tuple(Tuple),
    /// Another name for a type.
    Alias {
        /// The type.
        target: Type,
        /// Its documentation.
        docs: Docs,
    },
}

/// A JSON object with known properties.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// The struct.
    pub structure: Struct,
    /// The properties that the type supplies, by their names on the wire.
    pub constants: Vec<(String, ConstantValue)>,
    /// The field of further properties, where it keeps them.
    pub rest: Option<Rest>,
    /// How it is checked, where it is.
    pub check: ObjectCheck,
    /// The document allows no further properties.
    pub closed: bool,
    /// What becomes of further properties where the struct does not keep them.
    pub undeclared: Undeclared,
}

/// What becomes of properties that a struct has no field for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undeclared {
    /// They are ignored.
    PassedOver,
    /// A server refuses them, and a client passes over them: both read the type.
    RefusedByServers,
    /// They are refused: only a server reads the type.
    Refused,
}

/// The field that keeps properties beyond the known ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Rest {
    /// Its name.
    pub name: String,
    /// The type of each value.
    pub value: Type,
    /// What a valid value fulfils beyond its type.
    pub checks: Checks,
}

impl Rest {
    /// Whether the document says nothing of the values, so that nobody knows what is secret in them.
    #[must_use]
    pub fn is_undescribed(&self) -> bool {
        self.value == Type::Json
    }
}

/// A list or map that holds such values again.
#[derive(Clone, Debug, PartialEq)]
pub struct Nested {
    /// Its documentation.
    pub docs: Docs,
    /// What it derives.
    pub derives: Derives,
    /// The list or map.
    pub value: Type,
    /// What a valid value fulfils beyond its type.
    pub checks: Checks,
}

/// A list whose places have types of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct Tuple {
    /// Its documentation.
    pub docs: Docs,
    /// What it derives.
    pub derives: Derives,
    /// The places, the first one first.
    pub places: Vec<TuplePlace>,
    /// The items behind the places; `None`: there are none.
    pub rest: Option<TupleRest>,
}

/// One place of a tuple.
#[derive(Clone, Debug, PartialEq)]
pub struct TuplePlace {
    /// Its documentation.
    pub docs: Docs,
    /// The type of a value that is there.
    pub value: Type,
    /// Whether the list may end before it.
    pub is_optional: bool,
    /// Whether it is behind a `Box`.
    pub boxed: bool,
    /// What a valid value fulfils beyond its type.
    pub checks: Checks,
}

impl TuplePlace {
    /// The type of the field.
    #[must_use]
    pub fn stored(&self) -> Type {
        let value = if self.boxed { Type::Boxed(Box::new(self.value.clone())) } else { self.value.clone() };
        if self.is_optional { Type::Option(Box::new(value)) } else { value }
    }
}

/// The items behind the places of a tuple, which are alike.
#[derive(Clone, Debug, PartialEq)]
pub struct TupleRest {
    /// Their documentation.
    pub docs: Docs,
    /// The type of each.
    pub value: Type,
    /// What is demanded of how many items there are, those of the places among them.
    pub size: Vec<Check>,
    /// What a valid one fulfils beyond its type.
    pub checks: Checks,
}

/// A string or an integer from a list of values.
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    /// Its documentation.
    pub docs: Docs,
    /// What it derives.
    pub derives: Derives,
    /// Which JSON its values are.
    pub values: EnumValues,
    /// The values in the document's order.
    pub variants: Vec<Variant>,
    /// The variant for values that the document does not list; `None`: there are no others.
    pub unknown: Option<String>,
    /// Whether such values are valid, and no server refuses them.
    pub allows_others: bool,
}

impl Enum {
    /// Whether values may be added: `#[non_exhaustive]`.
    #[must_use]
    pub const fn is_non_exhaustive(&self) -> bool {
        self.unknown.is_some()
    }
}

/// Which JSON the values of an enum are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnumValues {
    /// Strings.
    Strings,
    /// Integers that an `i64` holds.
    Integers,
}

/// One value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// The variant's name.
    pub name: String,
    /// The value on the wire.
    pub wire: String,
    /// Its documentation.
    pub docs: Docs,
}

/// One of several shapes.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// Its documentation.
    pub docs: Docs,
    /// What it derives.
    pub derives: Derives,
    /// Lints that do not apply, because the variants are the document's.
    pub lints: Vec<Lint>,
    /// The shapes in the document's order.
    pub branches: Vec<Branch>,
    /// What is demanded of the values of the branches, each of which stands in one row; none where nothing is demanded of any.
    pub checks: Vec<BranchChecks>,
    /// How a branch is found.
    pub decoding: Decoding,
}

impl Union {
    /// The variant for kinds that the document does not list; `None`: there are no others.
    #[must_use]
    pub const fn unknown(&self) -> Option<&UnknownVariant> {
        match &self.decoding {
            Decoding::Tag { unknown, .. } => unknown.as_ref(),
            Decoding::Shape(_) => None,
        }
    }

    /// Whether branches may be added: `#[non_exhaustive]`.
    #[must_use]
    pub const fn is_non_exhaustive(&self) -> bool {
        self.unknown().is_some()
    }
}

/// The variant of values whose discriminator the document does not list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownVariant {
    /// Its name.
    pub name: String,
    /// The type of what it holds.
    pub value: Type,
    /// What a check says of such a value.
    pub violation: String,
}

/// One shape of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// The variant's name.
    pub name: String,
    /// Its documentation.
    pub docs: Docs,
    /// What it holds.
    pub value: Type,
    /// Behind a `Box`: the union contains itself, or the value is large.
    pub boxed: bool,
    /// The discriminator values that name it.
    pub tags: Vec<String>,
    /// The method that gives what it holds.
    pub accessor: String,
    /// Which values become the union by `From` as this branch.
    pub conversion: Conversion,
    /// What a valid value fulfils beyond its type.
    pub checks: Checks,
}

/// How the branch of a value is found.
#[derive(Clone, Debug, PartialEq)]
pub enum Decoding {
    /// By the value of a property.
    Tag {
        /// The property.
        property: String,
        /// The place of the branch that is read where the property is absent or names no branch.
        otherwise: Option<usize>,
        /// The variant for kinds that the document does not list; `None`: there are no others.
        unknown: Option<UnknownVariant>,
    },
    /// By the kind of JSON where only one branch has it, or else by trying, for each branch.
    Shape(Vec<Option<JsonKind>>),
}

/// The kinds of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonKind {
    /// `{…}`
    Object,
    /// `[…]`
    Array,
    /// `"…"`
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
}

impl Item {
    /// The types of all that a value of the item holds, each as it is stored: fields, branches, places, and what stands beside them in a
    /// map or behind them in a list.
    #[must_use]
    pub fn held_types(&self) -> Vec<Type> {
        let map = |value: &Type| Type::Map(Box::new(value.clone()));
        let list = |value: &Type| Type::List(Box::new(value.clone()));
        match &self.kind {
            ItemKind::Object(object) => {
                let fields = object.structure.fields.iter().map(super::Field::stored);
                fields.chain(object.rest.iter().map(|rest| map(&rest.value))).collect()
            }
            ItemKind::Union(union) => {
                let boxed = |value: &Type| Type::Boxed(Box::new(value.clone()));
                let branches = union.branches.iter();
                branches.map(|branch| if branch.boxed { boxed(&branch.value) } else { branch.value.clone() }).collect()
            }
            ItemKind::Alias { target, .. } => vec![target.clone()],
            ItemKind::Nested(nested) => vec![nested.value.clone()],
            ItemKind::Tuple(tuple) => {
                let places = tuple.places.iter().map(TuplePlace::stored);
                places.chain(tuple.rest.iter().map(|rest| list(&rest.value))).collect()
            }
            ItemKind::Enum(_) => Vec::new(),
        }
    }
}
