//! What keywords such as `not` and `if` assert of a value, beside what its shape and its constraints say.

use super::Span;

/// What one keyword of the document asserts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asserted {
    /// The keyword: `dependentRequired`.
    pub keyword: &'static str,
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub assertion: Assertion,
}

/// One keyword of a schema, or a few that only mean something together (JSON Schema 2020-12). A schema is a list of them, which all hold.
/// Numbers and values are the document's own texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assertion {
    /// The schema `false`.
    Never,
    /// `type`.
    Type(Vec<ValueType>),
    /// `enum` or `const`: the values as JSON.
    Enum(Vec<String>),
    /// `minimum`.
    Minimum(String),
    /// `exclusiveMinimum`.
    ExclusiveMinimum(String),
    /// `maximum`.
    Maximum(String),
    /// `exclusiveMaximum`.
    ExclusiveMaximum(String),
    /// `multipleOf`.
    MultipleOf(String),
    /// `minLength`, in characters.
    MinLength(u64),
    /// `maxLength`, in characters.
    MaxLength(u64),
    /// `pattern`.
    Pattern(String),
    /// `prefixItems` and `items`.
    Items(Vec<Vec<Self>>, Vec<Self>),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `uniqueItems`.
    UniqueItems,
    /// `contains` with `minContains` and `maxContains`.
    Contains(Vec<Self>, u64, Option<u64>),
    /// `properties`, `patternProperties` by regular expression, and `additionalProperties` of all others.
    Properties {
        /// The schemas of properties by name.
        named: Vec<(String, Vec<Self>)>,
        /// The schemas of properties by a regular expression of their names.
        patterns: Vec<(String, Vec<Self>)>,
        /// The schema of all other properties.
        others: Vec<Self>,
    },
    /// `propertyNames`.
    PropertyNames(Vec<Self>),
    /// `required`.
    Required(Vec<String>),
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// `dependentRequired`.
    DependentRequired(Vec<(String, Vec<String>)>),
    /// `dependentSchemas`.
    DependentSchemas(Vec<(String, Vec<Self>)>),
    /// `anyOf`.
    AnyOf(Vec<Vec<Self>>),
    /// `oneOf`.
    OneOf(Vec<Vec<Self>>),
    /// `not`.
    Not(Vec<Self>),
    /// `if`, `then` and `else`.
    If(Vec<Self>, Vec<Self>, Vec<Self>),
}

/// A type of JSON Schema (Validation 2020-12, 6.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// `null`
    Null,
    /// `boolean`
    Boolean,
    /// `object`
    Object,
    /// `array`
    Array,
    /// `number`
    Number,
    /// `string`
    String,
    /// `integer`
    Integer,
}

impl Assertion {
    /// The schemas in it.
    #[must_use]
    pub fn schemas(&self) -> Vec<&[Self]> {
        match self {
            Self::Items(places, others) => {
                places.iter().map(Vec::as_slice).chain([others.as_slice()]).collect::<Vec<&[Self]>>()
            }
            Self::Contains(schema, ..) | Self::PropertyNames(schema) | Self::Not(schema) => vec![schema],
            Self::Properties { named, patterns, others } => {
                let entries = named.iter().chain(patterns).map(|(_, schema)| schema.as_slice());
                entries.chain([others.as_slice()]).collect()
            }
            Self::DependentSchemas(entries) => entries.iter().map(|(_, schema)| schema.as_slice()).collect(),
            Self::AnyOf(schemas) | Self::OneOf(schemas) => schemas.iter().map(Vec::as_slice).collect(),
            Self::If(condition, then, otherwise) => vec![condition, then, otherwise],
            _ => Vec::new(),
        }
    }

    /// Whether null satisfies it. What speaks of one type says nothing of null.
    #[must_use]
    pub fn allows_null(&self) -> bool {
        let all = |schema: &Vec<Self>| schema.iter().all(Self::allows_null);
        match self {
            Self::Never => false,
            Self::Type(types) => types.contains(&ValueType::Null),
            Self::Enum(values) => values.iter().any(|value| value == "null"),
            Self::AnyOf(branches) => branches.iter().any(all),
            Self::OneOf(branches) => branches.iter().filter(|branch| all(branch)).count() == 1,
            Self::Not(schema) => !all(schema),
            Self::If(condition, then, otherwise) => all(if all(condition) { then } else { otherwise }),
            _ => true,
        }
    }

    /// Whether a regular expression is in it.
    #[must_use]
    pub fn has_pattern(&self) -> bool {
        let is_one = match self {
            Self::Pattern(_) => true,
            Self::Properties { patterns, .. } => !patterns.is_empty(),
            _ => false,
        };
        is_one || self.schemas().into_iter().flatten().any(Self::has_pattern)
    }
}
