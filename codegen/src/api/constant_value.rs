//! The values of properties that have only one.

use std::fmt;

use super::Value;

/// The value of a [`Constant`](super::Constant), in the forms that code can state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConstantValue {
    /// A text.
    Text(String),
    /// A flag.
    Bool(bool),
    /// An integer that fits into 64 bits.
    Integer(i64),
}

impl ConstantValue {
    /// A value of the document as a constant; `None` for a list, an object, null, a fraction and a larger number.
    #[must_use]
    pub fn of(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(Self::Text(text.clone())),
            Value::Bool(flag) => Some(Self::Bool(*flag)),
            Value::Number(text) => text.parse().ok().map(Self::Integer),
            Value::Null | Value::List(_) | Value::Object(_) => None,
        }
    }

    /// As a value of JSON.
    #[must_use]
    pub fn value(&self) -> Value {
        match self {
            Self::Text(text) => Value::String(text.clone()),
            Self::Bool(flag) => Value::Bool(*flag),
            Self::Integer(number) => Value::Number(number.to_string()),
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bool(_) | Self::Integer(_) => None,
        }
    }

    /// The text, and other values as JSON.
    #[must_use]
    pub fn plain_text(&self) -> String {
        self.as_str().map_or_else(|| self.to_string(), str::to_owned)
    }
}

/// As JSON.
impl fmt::Display for ConstantValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value().fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::{ConstantValue, Value};

    #[test]
    fn a_number_is_a_constant_only_where_it_fits_into_64_bits() {
        let of = |text: &str| ConstantValue::of(&Value::Number(text.to_owned()));
        assert_eq!(of("-9223372036854775808"), Some(ConstantValue::Integer(i64::MIN)));
        assert_eq!((of("9223372036854775808"), of("1.5"), of("1e3")), (None, None, None));
        assert_eq!(ConstantValue::Integer(-7).to_string(), "-7");
    }
}
