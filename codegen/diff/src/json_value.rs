//! Values of JSON as the API has them.

use serde_json::Value;
use specie_codegen::api;

/// A value as the API has it.
pub(crate) fn of_the_api(value: &Value) -> api::Value {
    match value {
        Value::Null => api::Value::Null,
        Value::Bool(flag) => api::Value::Bool(*flag),
        Value::Number(number) => api::Value::Number(number.to_string()),
        Value::String(text) => api::Value::String(text.clone()),
        Value::Array(items) => api::Value::List(items.iter().map(of_the_api).collect()),
        Value::Object(all) => {
            api::Value::Object(all.iter().map(|(name, value)| (name.clone(), of_the_api(value))).collect())
        }
    }
}

/// A text of JSON as a value, whose numbers keep their digits where they stand alone; `None` where it is none.
pub(crate) fn of_json(text: &str) -> Option<api::Value> {
    match serde_json::from_str(text).ok()? {
        Value::Number(_) => Some(api::Value::Number(text.to_owned())),
        value => Some(of_the_api(&value)),
    }
}
