//! Objects without schemas in them, read by serde. The only file that knows `serde_yaml`.

use serde::de::DeserializeOwned;
use serde_yaml::{Mapping, Number, Value as Yaml};

use super::Outcome;
use crate::document::Refused;
use crate::syntax::ScalarKind;
use crate::syntax::{Node, Value};

/// Reads an object as one of `openapiv3`'s types.
pub(super) fn read<T: DeserializeOwned>(node: &Node) -> Outcome<T> {
    serde_yaml::from_value(to_yaml(node)).map_err(|error| Refused { span: node.span, reason: error.to_string() })
}

fn to_yaml(node: &Node) -> Yaml {
    match &node.value {
        Value::Scalar(scalar) => match scalar.kind {
            ScalarKind::Null => Yaml::Null,
            ScalarKind::Bool => Yaml::Bool(node.as_bool() == Some(true)),
            ScalarKind::Integer | ScalarKind::Float => Yaml::Number(number(node)),
            ScalarKind::String => Yaml::String(scalar.text.to_string()),
        },
        Value::Sequence(items) => Yaml::Sequence(items.iter().map(to_yaml).collect()),
        Value::Mapping(_) => {
            let pairs = node.entries().map(|(key, value)| (Yaml::String(key.text().to_owned()), to_yaml(value)));
            Yaml::Mapping(pairs.collect::<Mapping>())
        }
    }
}

fn number(node: &Node) -> Number {
    let integer = node.as_integer();
    if let Some(integer) = integer.and_then(|integer| i64::try_from(integer).ok()) {
        return integer.into();
    }
    // JSON knows no infinity, and serde_json refuses it.
    let float = node.number_text().and_then(|text| text.parse::<f64>().ok()).unwrap_or_default();
    float.clamp(f64::MIN, f64::MAX).into()
}
