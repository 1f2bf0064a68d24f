//! References of schemas to components.

use serde_json::Value;
use specie_codegen::pointer;

/// How references to components begin.
pub(super) const COMPONENTS: &str = "#/components/schemas/";

/// The name of the component that a reference leads to; `None` where it leads elsewhere.
pub(super) fn named(target: &str) -> Option<String> {
    let name = target.strip_prefix(COMPONENTS).filter(|name| !name.contains('/'))?;
    Some(pointer::unescape(name).replace("%20", " "))
}

/// The names of components that a schema refers to; `None` where it refers to anything else.
pub(super) fn references(value: &Value, found: &mut Vec<String>) -> Option<()> {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(target)) = object.get("$ref") {
                found.push(named(target)?);
            }
            object.values().try_for_each(|value| references(value, found))
        }
        Value::Array(items) => items.iter().try_for_each(|value| references(value, found)),
        _ => Some(()),
    }
}
