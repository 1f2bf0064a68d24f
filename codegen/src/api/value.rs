//! Values of the document: defaults, examples, enum values, arguments of links.

use std::fmt;

use crate::number_text;

/// A JSON value; numbers keep their text, objects the order of their keys.
///
/// ```
/// use specie_codegen::api::Value;
///
/// let amount = Value::Object(vec![("amount".into(), Value::Number("10.00".into()))]);
/// assert_eq!(amount.to_string(), r#"{"amount":10.00}"#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as the document writes it: `10.00` and `1e2` stay what they are.
    Number(String),
    /// A string, without quotes and escapes.
    String(String),
    /// A list.
    List(Vec<Value>),
    /// An object.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// The string, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a string or a number.
    #[must_use]
    pub fn scalar_text(&self) -> Option<&str> {
        match self {
            Self::String(text) | Self::Number(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a string, and other values as JSON.
    #[must_use]
    pub fn plain_text(&self) -> String {
        self.as_str().map_or_else(|| self.to_string(), str::to_owned)
    }

    /// A text that two values have in common just where they are equal (JSON Schema 2020-12, Core, 4.2.2): numbers by what they are,
    /// objects whatever the order of their members.
    pub(crate) fn canonical(&self) -> String {
        match self {
            Self::Number(text) => number_text::canonical(text),
            Self::List(items) => format!("[{}]", items.iter().map(Self::canonical).collect::<Vec<_>>().join(",")),
            Self::Object(entries) => {
                let member =
                    |(name, value): &(String, Self)| format!("{}:{}", Self::String(name.clone()), value.canonical());
                let mut members: Vec<String> = entries.iter().map(member).collect();
                members.sort_unstable();
                format!("{{{}}}", members.join(","))
            }
            scalar => scalar.to_string(),
        }
    }

    /// About how many bytes it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        const ITSELF: usize = 32;
        ITSELF
            + match self {
                Self::Null | Self::Bool(_) => 0,
                Self::Number(text) | Self::String(text) => text.len(),
                Self::List(items) => items.iter().map(Self::bytes).sum(),
                Self::Object(entries) => entries.iter().map(|(key, value)| key.len() + value.bytes()).sum(),
            }
    }

    /// Whether it is `null`.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

/// JSON without white space.
impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => formatter.write_str("null"),
            Self::Bool(value) => write!(formatter, "{value}"),
            Self::Number(text) => formatter.write_str(text),
            Self::String(text) => string(text, formatter),
            Self::List(items) => {
                formatter.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    separate(index, formatter)?;
                    item.fmt(formatter)?;
                }
                formatter.write_str("]")
            }
            Self::Object(entries) => {
                formatter.write_str("{")?;
                for (index, (key, value)) in entries.iter().enumerate() {
                    separate(index, formatter)?;
                    string(key, formatter)?;
                    formatter.write_str(":")?;
                    value.fmt(formatter)?;
                }
                formatter.write_str("}")
            }
        }
    }
}

fn separate(index: usize, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    if index > 0 { formatter.write_str(",") } else { Ok(()) }
}

/// A string of JSON (RFC 8259 section 7).
fn string(text: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    formatter.write_str(&serde_json::Value::from(text).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_json() {
        let value = Value::Object(vec![
            ("a\"".into(), Value::List(vec![Value::Null, Value::Bool(true), Value::Number("-1.50".into())])),
            ("b".into(), Value::String("`\n\u{1}é".into())),
        ]);
        assert_eq!(value.to_string(), "{\"a\\\"\":[null,true,-1.50],\"b\":\"`\\n\\u0001é\"}");
        assert_eq!(Value::List(Vec::new()).to_string(), "[]");
    }
}
