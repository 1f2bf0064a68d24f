//! What lists and objects hold.

use super::{ConstantValue, EntrySpan, Name, SchemaId, Span};

/// The items of an array, by position and after that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The schemas of the first items, one each (`prefixItems`).
    pub prefix: Vec<SchemaId>,
    /// The schema of the items after them; `None`: any value.
    pub items: Option<SchemaId>,
}

/// An object. One without properties that only says `additional` is a map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// Its properties; one that a later part of an `allOf` refines keeps its place.
    pub properties: Vec<Property>,
    /// Required properties that have just one value, which nobody has to give. They are not among `properties`.
    pub constants: Vec<Constant>,
    /// Names under `required` that are not among `properties`, with where they stand there.
    pub required_beside: Vec<(String, Span)>,
    /// Schemas of properties by a regular expression of their names (`patternProperties`).
    pub patterns: Vec<(String, SchemaId)>,
    /// What other properties may be there.
    pub additional: Additional,
    /// The part of `allOf` that `additional` comes from.
    pub additional_owner: Option<SchemaId>,
    /// The parts of its `allOf`, whose properties are all among `properties`.
    pub parts: Vec<SchemaId>,
}

impl Object {
    /// Whether the schema says something of properties beyond those that it lists: it lists none, has `patternProperties`, or states
    /// `additionalProperties`, not as `false`.
    #[must_use]
    pub fn states_additional(&self) -> bool {
        let is_map = self.properties.is_empty() && self.constants.is_empty();
        is_map || !self.patterns.is_empty() || matches!(self.additional, Additional::Any | Additional::Schema(_))
    }
}

/// A property that an object lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// Its name on the wire.
    pub name: String,
    /// The schema of its value.
    pub schema: SchemaId,
    /// Whether the object's `required` lists it.
    pub required: bool,
    /// Where `required` lists it.
    pub required_span: Option<Span>,
    /// The component that it comes from by `allOf`.
    pub owner: Option<SchemaId>,
    /// `x-specie-name` of its schema, or else of the schema that an earlier part of an `allOf` gives it.
    pub given_name: Option<Name>,
    /// Where it stands under `properties`; in an `allOf`, in the last part that has it.
    pub span: EntrySpan,
}

/// A required property with one value: `const`, or the discriminator's value that leads to the object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constant {
    /// Its name on the wire.
    pub name: String,
    /// Its value.
    pub value: ConstantValue,
    /// Where the property stands; where the object has none of this name, the discriminator that has it.
    pub span: EntrySpan,
}

/// What absence and null mean in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presence {
    /// Whether it is always there.
    pub required: bool,
    /// Whether it may be null.
    pub nullable: bool,
}

/// What properties an object may have beside the listed ones (`additionalProperties`, `unevaluatedProperties`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Additional {
    /// The document does not say: they are allowed and not looked at.
    #[default]
    Unstated,
    /// Any, with any value.
    Any,
    /// None.
    None,
    /// Any, with values of one schema.
    Schema(SchemaId),
}
