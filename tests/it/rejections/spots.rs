//! The places of a body where something can be wrong, by its schema.

use serde_json::Value;

use crate::support::apis::Row;
use crate::support::instances::{Extent, HUGE, instance};

/// One property of a body.
#[derive(Debug)]
pub struct Spot {
    /// JSON pointer to it.
    pub pointer: String,
    /// Its schema; null in a free object.
    pub schema: &'static Value,
    pub required: bool,
    /// Whether it is an entry of a map, whose values have a schema and whose keys are the sender's.
    pub is_entry: bool,
}

/// A valid body with every property, to be spoilt.
pub fn full_body(row: &Row) -> Value {
    let schema = row.documented().body_schema().unwrap();
    let text = instance(&row.document().root, schema, Extent::Fullest);
    serde_json::from_str(&text.replace(HUGE, "1")).unwrap()
}

/// Every property of [`full_body`].
pub fn spots(row: &Row) -> Vec<Spot> {
    let mut spots = Vec::new();
    collect(row, row.documented().body_schema().unwrap(), &full_body(row), "", &mut spots);
    spots
}

fn collect(row: &Row, schema: &'static Value, value: &Value, pointer: &str, spots: &mut Vec<Spot>) {
    let schema = row.document().resolve(schema);
    if let Some(items) = value.as_array() {
        for (index, item) in items.iter().enumerate() {
            collect(row, &schema["items"], item, &format!("{pointer}/{index}"), spots);
        }
    }
    let Some(object) = value.as_object() else { return };
    for (key, property) in object {
        let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
        let is_entry = schema["properties"][key].is_null() && schema["additionalProperties"].is_object();
        let own = if is_entry { &schema["additionalProperties"] } else { &schema["properties"][key] };
        let own = row.document().resolve(own);
        let required = schema["required"].as_array().is_some_and(|keys| keys.contains(&Value::from(key.as_str())));
        // What is inside of free JSON is nobody's business.
        if !own.is_null() {
            collect(row, own, property, &pointer, spots);
        }
        spots.push(Spot { pointer, schema: own, required, is_entry });
    }
}

impl Spot {
    /// The pointer to the object around it, and its key.
    pub fn parts(&self) -> (&str, &str) {
        self.pointer.rsplit_once('/').unwrap()
    }

    /// Values of a JSON kind that the schema does not allow.
    pub fn mistyped(&self) -> Vec<Value> {
        let all = [Value::from(5), Value::from("x"), Value::from(true), serde_json::json!([]), serde_json::json!({})];
        let allowed = match self.schema["type"].as_str() {
            Some("integer" | "number") => 0,
            Some("string") => 1,
            Some("boolean") => 2,
            Some("array") => 3,
            Some("object") => 4,
            _ => return Vec::new(),
        };
        all.into_iter().enumerate().filter(|(index, _)| *index != allowed).map(|(_, value)| value).collect()
    }

    pub fn may_be_null(&self) -> bool {
        self.schema["nullable"] == true || self.schema["type"].is_null()
    }
}

/// The body with a change.
pub fn changed(body: &Value, pointer: &str, value: Value) -> Vec<u8> {
    let mut body = body.clone();
    *body.pointer_mut(pointer).unwrap() = value;
    body.to_string().into_bytes()
}

/// The body without a property.
pub fn without(body: &Value, spot: &Spot) -> Vec<u8> {
    let mut body = body.clone();
    let (object, key) = spot.parts();
    body.pointer_mut(object).unwrap().as_object_mut().unwrap().remove(key).unwrap();
    body.to_string().into_bytes()
}

/// The body with a property twice: the text of its object is put together by hand, since no JSON value can hold it.
pub fn doubled(body: &Value, spot: &Spot) -> Vec<u8> {
    const MARK: &str = "\"the object goes here\"";
    let (object, key) = spot.parts();
    let entry = format!("{}:{}", Value::from(key), body.pointer(&spot.pointer).unwrap());
    let text = body.pointer(object).unwrap().to_string();
    let around = String::from_utf8(changed(body, object, Value::from(MARK.trim_matches('"')))).unwrap();
    around.replace(MARK, &format!("{},{entry}}}", text.strip_suffix('}').unwrap())).into_bytes()
}
