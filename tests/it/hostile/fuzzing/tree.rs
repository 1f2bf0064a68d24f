//! YAML and JSON as trees that keep whatever a mutation does to them: keys that stand twice, numbers of any text.

use std::fmt::{self, Write as _};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

#[derive(Clone, Debug)]
pub enum Tree {
    /// Null, a boolean, or a number, as its own text.
    Bare(String),
    Text(String),
    List(Vec<Self>),
    Map(Vec<(String, Self)>),
}

impl Tree {
    pub fn bare(text: impl Into<String>) -> Self {
        Self::Bare(text.into())
    }

    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub fn map<K: Into<String>>(entries: impl IntoIterator<Item = (K, Self)>) -> Self {
        Self::Map(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }

    /// Reads JSON, to the digit, or else YAML.
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(raw) = serde_json::from_str::<&RawValue>(text) {
            return Self::json(raw);
        }
        serde_yaml::from_str(text).ok().map(Self::yaml)
    }

    fn json(raw: &RawValue) -> Option<Self> {
        let text = raw.get();
        Some(match text.as_bytes().first()? {
            b'"' => Self::Text(serde_json::from_str(text).ok()?),
            b'[' => {
                let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
                Self::List(items.into_iter().map(Self::json).collect::<Option<_>>()?)
            }
            b'{' => {
                let Entries(entries) = serde_json::from_str(text).ok()?;
                let entries = entries.into_iter().map(|(key, value)| Some((key, Self::json(value)?)));
                Self::Map(entries.collect::<Option<_>>()?)
            }
            _ => Self::Bare(text.to_owned()),
        })
    }

    fn yaml(value: serde_yaml::Value) -> Self {
        use serde_yaml::Value;
        match value {
            Value::Null => Self::bare("null"),
            Value::Bool(value) => Self::bare(value.to_string()),
            Value::Number(number) => Self::bare(number.to_string()),
            Value::String(text) => Self::Text(text),
            Value::Sequence(items) => Self::List(items.into_iter().map(Self::yaml).collect()),
            Value::Mapping(entries) => {
                Self::map(entries.into_iter().map(|(key, value)| (key_text(&key), Self::yaml(value))))
            }
            Value::Tagged(tagged) => Self::yaml(tagged.value),
        }
    }

    /// How many nodes there are, this one included.
    pub fn count(&self) -> usize {
        1 + match self {
            Self::Bare(_) | Self::Text(_) => 0,
            Self::List(items) => items.iter().map(Self::count).sum(),
            Self::Map(entries) => entries.iter().map(|(_, value)| value.count()).sum(),
        }
    }

    /// A node by its place in the order of writing.
    pub fn node(&mut self, index: usize) -> Option<&mut Self> {
        let mut left = index;
        self.descend(&mut left)
    }

    fn descend(&mut self, left: &mut usize) -> Option<&mut Self> {
        if *left == 0 {
            return Some(self);
        }
        *left -= 1;
        match self {
            Self::Bare(_) | Self::Text(_) => None,
            Self::List(items) => items.iter_mut().find_map(|item| item.descend(left)),
            Self::Map(entries) => entries.iter_mut().find_map(|(_, value)| value.descend(left)),
        }
    }

    /// As JSON, which is YAML too.
    pub fn to_json(&self) -> String {
        let mut text = String::new();
        self.write_json(&mut text);
        text
    }

    fn write_json(&self, out: &mut String) {
        match self {
            Self::Bare(text) => out.push_str(text),
            Self::Text(text) => out.push_str(&quoted(text)),
            Self::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    out.push(if index == 0 { '[' } else { ',' });
                    item.write_json(out);
                }
                out.push_str(if items.is_empty() { "[]" } else { "]" });
            }
            Self::Map(entries) => {
                for (index, (key, value)) in entries.iter().enumerate() {
                    out.push(if index == 0 { '{' } else { ',' });
                    out.push_str(&quoted(key));
                    out.push(':');
                    value.write_json(out);
                }
                out.push_str(if entries.is_empty() { "{}" } else { "}" });
            }
        }
    }

    /// As YAML in block style, texts in plain style where they look harmless (and are taken for something else now and then).
    pub fn to_yaml(&self) -> String {
        let mut text = String::new();
        self.write_yaml(&mut text, 0);
        text
    }

    fn write_yaml(&self, out: &mut String, depth: usize) {
        match self {
            Self::List(items) if !items.is_empty() => {
                for item in items {
                    write!(out, "\n{:indent$}-", "", indent = depth * 2).expect("a string");
                    out.push(' ');
                    item.write_yaml(out, depth + 1);
                }
            }
            Self::Map(entries) if !entries.is_empty() => {
                for (key, value) in entries {
                    write!(out, "\n{:indent$}{}: ", "", plain(key), indent = depth * 2).expect("a string");
                    value.write_yaml(out, depth + 1);
                }
            }
            Self::Text(text) => out.push_str(&plain(text)),
            other => out.push_str(&other.to_json()),
        }
    }
}

fn key_text(key: &serde_yaml::Value) -> String {
    match key {
        serde_yaml::Value::String(text) => text.clone(),
        other => serde_yaml::to_string(other).unwrap_or_default().trim_end().to_owned(),
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn plain(text: &str) -> String {
    let harmless =
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '/' | '.' | '-'));
    if harmless { text.to_owned() } else { quoted(text) }
}

/// Every entry of an object, also those whose key stands twice.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(entries)
            }
        }
        deserializer.deserialize_map(Reader).map(Entries)
    }
}
