//! Values of schemas, mostly valid ones, and what makes others of them.

use serde_json::{Map, Value, json};

use super::dice::Dice;

/// A property that no schema declares.
const FOREIGN: &str = "undeclared";

/// A value that fits a schema, or nearly.
pub(super) fn value(schema: &Value, dice: &mut Dice) -> Value {
    if let Some(branches) = schema.get("oneOf").and_then(Value::as_array) {
        return value(dice.pick(branches), dice);
    }
    if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
        let mut made = Map::new();
        for part in parts {
            made.extend(object(part, dice).as_object().expect("an object").clone());
        }
        return Value::Object(made);
    }
    if let Some(only) = schema.get("const") {
        return only.clone();
    }
    if let Some(listed) = schema.get("enum").and_then(Value::as_array) {
        return dice.pick(listed).clone();
    }
    let name = match &schema["type"] {
        Value::Array(_) if dice.one_of(4) => return Value::Null,
        Value::Array(names) => names[0].as_str(),
        name => name.as_str(),
    };
    match name.expect("a type") {
        "string" => text(schema, dice),
        "integer" => json!(dice.pick(&[-3, -2, 0, 3, 6, 11, 12])),
        "number" => dice.pick(&[json!(-3), json!(-2.5), json!(0), json!(3), json!(6.25), json!(12)]).clone(),
        "boolean" => json!(dice.one_of(2)),
        "array" => {
            let places = schema.get("prefixItems").and_then(Value::as_array).map_or(0, Vec::len);
            let most = if schema["items"] == false { places } else { 2 };
            (0..dice.below(most.max(1) + 1)).map(|at| value(item(schema, at), dice)).collect()
        }
        _ => object(schema, dice),
    }
}

/// The schema of an item.
fn item(schema: &Value, at: usize) -> &Value {
    schema.get("prefixItems").and_then(|places| places.get(at)).unwrap_or(&schema["items"])
}

fn text(schema: &Value, dice: &mut Dice) -> Value {
    let texts: &[&str] = match schema.get("format").and_then(Value::as_str) {
        Some("uuid") => &["f81d4fae-7dec-11d0-a765-00a0c91e6bf6"],
        Some("date") => &["2024-02-29", "1999-12-31"],
        Some("date-time") => &["2024-02-29T12:30:00Z", "2024-02-29T12:30:00.125+02:00"],
        _ => &["", "a", "äö", "abc", "🦀🦀🦀🦀", "abcde", "\u{1}\"\\"],
    };
    json!(dice.pick(texts))
}

fn object(schema: &Value, dice: &mut Dice) -> Value {
    let mut made = Map::new();
    let required = schema.get("required").and_then(Value::as_array);
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let is_required = required.is_some_and(|names| names.iter().any(|required| required == name));
        if is_required || dice.one_of(2) {
            made.insert(name.clone(), value(property, dice));
        }
    }
    if let Some(further) = schema.get("additionalProperties") {
        for name in ["x", "y"].iter().take(dice.below(3)) {
            made.insert((*name).to_owned(), value(further, dice));
        }
    }
    Value::Object(made)
}

/// Changes something in a value, somewhere.
pub(super) fn alter(value: &mut Value, dice: &mut Dice) {
    match value {
        Value::Array(items) if !items.is_empty() && !dice.one_of(4) => {
            let index = dice.below(items.len());
            match dice.below(3) {
                0 => drop(items.remove(index)),
                1 => items.push(items[index].clone()),
                _ => alter(&mut items[index], dice),
            }
        }
        Value::Object(entries) if !entries.is_empty() && !dice.one_of(6) => {
            let name = entries.keys().nth(dice.below(entries.len())).expect("a key").clone();
            match dice.below(5) {
                0 => drop(entries.remove(&name)),
                1 => drop(entries.insert(FOREIGN.to_owned(), other(dice))),
                _ => alter(&mut entries[&name], dice),
            }
        }
        _ => *value = other(dice),
    }
}

fn other(dice: &mut Dice) -> Value {
    let others = [
        json!(null),
        json!(true),
        json!(0),
        json!(-4),
        json!(13),
        json!(7),
        json!(2.5),
        json!(""),
        json!("one"),
        json!("left"),
        json!("2024-13-01"),
        json!("not a date"),
        json!([]),
        json!([1]),
        json!({}),
        json!({FOREIGN: "a"}),
    ];
    dice.pick(&others).clone()
}

/// Whether a value came back as it was; what its schema does not declare may be gone.
pub(super) fn is_same(schema: &Value, asked: &Value, written: &Value) -> bool {
    match (asked, written) {
        (Value::Object(asked), Value::Object(written)) => {
            let schema = branch(schema, asked);
            let is_kept = |(name, value): (&String, &Value)| {
                let within = property(schema, name);
                match (written.get(name), within) {
                    (Some(found), within) => is_same(within.unwrap_or(&Value::Null), value, found),
                    (None, within) => within.is_none(),
                }
            };
            asked.iter().all(is_kept) && written.keys().all(|name| asked.contains_key(name))
        }
        (Value::Array(asked), Value::Array(written)) => {
            let mut pairs = asked.iter().zip(written).enumerate();
            asked.len() == written.len() && pairs.all(|(at, (one, other))| is_same(item(schema, at), one, other))
        }
        (Value::Number(asked), Value::Number(written)) => asked.as_f64() == written.as_f64(),
        _ => asked == written,
    }
}

/// The schema of a property, as far as one part declares it.
fn property<'a>(schema: &'a Value, name: &str) -> Option<&'a Value> {
    let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    let mut each = std::iter::once(schema).chain(parts);
    each.find_map(|part| {
        let declared = part.get("properties").and_then(|properties| properties.get(name));
        let pattern = part.get("patternProperties").and_then(|patterns| patterns.get("^u"));
        let matching = pattern.filter(|_| name.starts_with('u'));
        declared.or(matching).or(part.get("additionalProperties"))
    })
}

/// The schema that speaks of an object: of a union, the branch of its tag.
fn branch<'a>(schema: &'a Value, object: &Map<String, Value>) -> &'a Value {
    let branches = schema.get("oneOf").and_then(Value::as_array);
    let mut tagged = branches.into_iter().flatten();
    tagged.find(|branch| branch["properties"]["tag"].get("const") == object.get("tag")).unwrap_or(schema)
}
