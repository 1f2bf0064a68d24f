//! JSON texts as values that keep the digits of numbers.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use specie_codegen::api::Value;

/// How deep lists and objects may stand in each other; servers of generated crates have the same limit.
const DEPTH: u8 = 128;

/// The value of a JSON text, or why it is none.
pub(crate) fn value(text: &[u8]) -> Result<Value, String> {
    let raw: &RawValue = serde_json::from_slice(text).map_err(|error| error.to_string())?;
    of(raw, DEPTH)
}

fn of(raw: &RawValue, depth: u8) -> Result<Value, String> {
    let text = raw.get();
    let said = |error: serde_json::Error| error.to_string();
    let inside = || depth.checked_sub(1).ok_or_else(|| format!("it is nested more than {DEPTH} deep"));
    Ok(match text.as_bytes().first() {
        Some(b'{') => {
            let depth = inside()?;
            let members: BTreeMap<String, &RawValue> = serde_json::from_str(text).map_err(said)?;
            let members = members.into_iter().map(|(name, member)| Ok((name, of(member, depth)?)));
            Value::Object(members.collect::<Result<_, String>>()?)
        }
        Some(b'[') => {
            let depth = inside()?;
            let items: Vec<&RawValue> = serde_json::from_str(text).map_err(said)?;
            Value::List(items.into_iter().map(|item| of(item, depth)).collect::<Result<_, String>>()?)
        }
        Some(b'"') => Value::String(serde_json::from_str(text).map_err(said)?),
        Some(b't' | b'f') => Value::Bool(serde_json::from_str(text).map_err(said)?),
        Some(b'n') => Value::Null,
        _ => Value::Number(text.to_owned()),
    })
}
