//! What schemas say of values of one type, atom by atom.

use std::collections::BTreeSet;

use serde_json::Value;
use specie_codegen::instance::Exact;

use super::formula;

/// The types of values; integers are numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum JsonType {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

impl JsonType {
    /// All of them, each at its place in a [`NormalForm`].
    pub(super) const ALL: [Self; 6] =
        [Self::Null, Self::Boolean, Self::Number, Self::String, Self::Array, Self::Object];

    /// The type that a schema names; of integers, that of numbers.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::Null,
            "boolean" => Self::Boolean,
            "integer" | "number" => Self::Number,
            "string" => Self::String,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => return None,
        })
    }

    /// The type of a value.
    pub(super) const fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        }
    }
}

/// A decimal number, as it is counted with: its digits and how many of them are decimal places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Number {
    digits: i128,
    places: u32,
}

impl Number {
    pub(super) fn of(exact: Exact) -> Option<Self> {
        let places = exact.places();
        Some(Self { digits: exact.in_places(places)?, places })
    }

    pub(super) fn exact(self) -> Exact {
        Exact::of(self.digits, self.places)
    }
}

/// What is said of values of one type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Atom {
    /// They are among these, as JSON.
    Values(BTreeSet<String>),
    /// They are at least a number, or above it.
    Lower(Number, bool),
    /// They are at most a number, or below it.
    Upper(Number, bool),
    /// They are multiples of a number.
    Step(Number),
    /// They have at least so many characters, items or properties.
    Least(u64),
    /// They have at most so many.
    Most(u64),
    /// The items at the first places, and all others.
    Items(Vec<NormalForm>, NormalForm),
    /// So many items at least, and at most, are of a schema.
    Contains(NormalForm, u64, Option<u64>),
    /// No two items are equal.
    Unique,
    /// A property is there.
    Required(String),
    /// The value of a property, where it is there.
    Property(String, NormalForm),
    /// The values of properties whose names match a regular expression.
    Pattern(String, NormalForm),
    /// The values of all properties but those of some names and those that match some regular expressions.
    Others(BTreeSet<String>, BTreeSet<String>, NormalForm),
    /// What the names of properties are as texts.
    Names(Box<Formula>),
    /// What a keyword states that is not looked into, as JSON.
    Stated(String, String),
}

/// A formula of such atoms.
pub(super) type Formula = formula::Formula<Atom>;

/// Atoms that hold together.
pub(super) enum Conjunction {
    These(BTreeSet<Atom>),
    /// No value has them all.
    None,
}

/// What a schema says of values of each type, in the order of [`JsonType::ALL`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NormalForm(pub(super) Vec<Formula>);

impl NormalForm {
    /// The form of what is said of each type.
    pub(super) fn each(of: impl FnMut(JsonType) -> Formula) -> Self {
        Self(JsonType::ALL.into_iter().map(of).collect())
    }

    /// Any value.
    pub(super) fn any() -> Self {
        Self::each(|_| Formula::ALWAYS)
    }

    /// No value.
    pub(super) fn never() -> Self {
        Self::each(|_| Formula::NEVER)
    }

    /// One atom of values of one type.
    pub(super) fn atom(kind: JsonType, atom: Atom) -> Self {
        let mut atom = Some(atom);
        Self::each(|one| atom.take_if(|_| one == kind).map_or(Formula::ALWAYS, Formula::Is))
    }

    /// What is said of values of a type.
    pub(super) fn at(&self, kind: JsonType) -> Formula {
        let at = JsonType::ALL.iter().position(|one| *one == kind);
        at.and_then(|at| self.0.get(at)).cloned().unwrap_or(Formula::ALWAYS)
    }

    /// The values that all of some forms allow.
    pub(super) fn all(forms: impl IntoIterator<Item = Self>) -> Self {
        let forms: Vec<Self> = forms.into_iter().collect();
        Self::each(|kind| Formula::all(forms.iter().map(|form| form.at(kind))))
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self::all([self, other])
    }
}
