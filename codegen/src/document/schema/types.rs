//! The types of JSON Schema, and sets of them.

/// A type of JSON Schema (JSON Schema Validation 2020-12, 6.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Type {
    /// `null`.
    Null,
    /// `boolean`.
    Boolean,
    /// `object`.
    Object,
    /// `array`.
    Array,
    /// `number`, integers among them.
    Number,
    /// `string`.
    String,
    /// `integer`: a number without a fraction, however it is written.
    Integer,
}

impl Type {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Null, Self::Boolean, Self::Object, Self::Array, Self::Number, Self::String, Self::Integer];

    /// The word that a document writes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Object => "object",
            Self::Array => "array",
            Self::Number => "number",
            Self::String => "string",
            Self::Integer => "integer",
        }
    }

    /// The type that a word means.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// Some of the types.
///
/// ```
/// use specie_codegen::document::schema::{Type, TypeSet};
///
/// let types: TypeSet = [Type::String, Type::Null].into_iter().collect();
/// assert!(types.contains(Type::Null));
/// assert_eq!(types.without(Type::Null).only(), Some(Type::String));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TypeSet(u8);

impl TypeSet {
    /// Whether a type is one of them. A number is no integer, and an integer no number: the set holds the words that were written.
    #[must_use]
    pub const fn contains(self, one: Type) -> bool {
        self.0 & one.bit() != 0
    }

    /// These and one more.
    #[must_use]
    pub const fn with(self, one: Type) -> Self {
        Self(self.0 | one.bit())
    }

    /// These but for one.
    #[must_use]
    pub const fn without(self, one: Type) -> Self {
        Self(self.0 & !one.bit())
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The one type, where there is just one.
    #[must_use]
    pub fn only(self) -> Option<Type> {
        self.iter().next().filter(|_| self.0.is_power_of_two())
    }

    /// The types, in a fixed order.
    pub fn iter(self) -> impl Iterator<Item = Type> {
        Type::ALL.into_iter().filter(move |one| self.contains(*one))
    }

    /// Whether a value can be of a type of both sets; an integer is a number.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.widened().0 & other.widened().0 != 0
    }

    /// The types of the values that are of a type of both sets: of integers and numbers the integers.
    ///
    /// ```
    /// use specie_codegen::document::schema::{Type, TypeSet};
    ///
    /// let numbers: TypeSet = [Type::Number, Type::Null].into_iter().collect();
    /// let integers: TypeSet = [Type::Integer, Type::String].into_iter().collect();
    /// assert_eq!(numbers.common(integers).only(), Some(Type::Integer));
    /// ```
    #[must_use]
    pub fn common(self, other: Self) -> Self {
        let both = Self(self.widened().0 & other.widened().0);
        if both.contains(Type::Number) { both.without(Type::Integer) } else { both }
    }

    const fn widened(self) -> Self {
        if self.contains(Type::Number) { self.with(Type::Integer) } else { self }
    }
}

impl FromIterator<Type> for TypeSet {
    fn from_iter<I: IntoIterator<Item = Type>>(types: I) -> Self {
        types.into_iter().fold(Self::default(), Self::with)
    }
}
