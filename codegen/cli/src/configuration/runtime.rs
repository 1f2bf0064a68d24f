//! How crates depend on the runtime, as a configuration writes it.

use std::fmt;
use std::path::PathBuf;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::{Spanned, Table, Value};

/// The requirement, with the place of what it names on the disk.
#[derive(Clone, Debug)]
pub(crate) struct Runtime {
    /// A version, or a table as in a manifest.
    pub(crate) requirement: Value,
    /// The folder of the runtime, where the table names one.
    pub(crate) path: Option<Spanned<PathBuf>>,
}

impl<'de> Deserialize<'de> for Runtime {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(RuntimeVisitor)
    }
}

struct RuntimeVisitor;

impl<'de> Visitor<'de> for RuntimeVisitor {
    type Value = Runtime;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("`runtime` to be a version, or a table such as `{ path = \"…\" }`")
    }

    fn visit_str<E>(self, version: &str) -> Result<Runtime, E> {
        Ok(Runtime { requirement: Value::from(version), path: None })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut keys: A) -> Result<Runtime, A::Error> {
        let (mut table, mut path) = (Table::new(), None);
        while let Some(key) = keys.next_key::<String>()? {
            let value: Spanned<Value> = keys.next_value()?;
            if let ("path", Value::String(text)) = (key.as_str(), value.get_ref()) {
                path = Some(Spanned::new(value.span(), PathBuf::from(text)));
            }
            table.insert(key, value.into_inner());
        }
        Ok(Runtime { requirement: Value::Table(table), path })
    }
}
