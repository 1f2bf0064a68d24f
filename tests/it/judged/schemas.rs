//! Random schemas of what the generator says that it checks.

use serde_json::{Map, Value, json};

use super::dice::Dice;

const NAMES: &[&str] = &["amount", "id", "kind", "note", "of"];

/// A schema, at most so deep.
pub(super) fn schema(dice: &mut Dice, depth: usize) -> Value {
    let mut made = match dice.below(if depth == 0 { 7 } else { 15 }) {
        0 => text(dice),
        1 => json!({"type": "string", "format": dice.pick(&["uuid", "date", "date-time"])}),
        2 => json!({"type": "string", "enum": ["one", "two", "three"]}),
        3 => number(dice, "integer"),
        4 => number(dice, "number"),
        5 => json!({"type": "boolean"}),
        6 => listed(dice),
        7 => list(dice, depth),
        8 => map(dice, depth),
        9 => union(dice, depth),
        10 => by_kind(dice),
        11 => tuple(dice, depth),
        12 => whole(dice, depth),
        13 => json!({"type": "integer", "format": dice.pick(&["int32", "int64"])}),
        _ => object(dice, depth),
    };
    if dice.one_of(5) {
        allow_null(&mut made);
    }
    made
}

/// Values that are no texts, structures among them.
fn listed(dice: &mut Dice) -> Value {
    let all = [
        json!({"enum": [1, "a", true, 2.5]}),
        json!({"type": "number", "enum": [0, 6.25]}),
        json!({"const": true}),
        json!({"type": "array", "items": {"type": "integer"}, "enum": [[3], [3, 6], []]}),
        json!({"const": {"a": [1, {"b": null}]}}),
        json!({"type": "object", "additionalProperties": {"type": "number"}, "enum": [{"x": 1.5}, {}]}),
        json!({"enum": [{"x": 1}, [0], "a", null]}),
    ];
    dice.pick(&all).clone()
}

fn allow_null(schema: &mut Value) {
    if let Some(name) = schema["type"].as_str().map(str::to_owned) {
        schema["type"] = json!([name, "null"]);
        if let Some(listed) = schema.get_mut("enum").and_then(Value::as_array_mut) {
            listed.push(Value::Null);
        }
    }
}

/// Adds keywords by chance.
fn perhaps(schema: &mut Value, dice: &mut Dice, keywords: &[(&str, Value)]) {
    for (name, value) in keywords {
        if dice.one_of(3) {
            schema[*name] = value.clone();
        }
    }
}

/// Adds keywords that no Rust type carries. `not` and `if` name the type: null is not held against them where the type allows it.
fn rarely(schema: &mut Value, dice: &mut Dice, keywords: &[(&str, Value)]) {
    if dice.one_of(3) {
        perhaps(schema, dice, keywords);
    }
}

fn text(dice: &mut Dice) -> Value {
    let mut made = json!({"type": "string"});
    perhaps(&mut made, dice, &[("minLength", json!(2)), ("maxLength", json!(4))]);
    rarely(&mut made, dice, &[("pattern", json!("^[a-z]*$")), ("not", json!({"const": "abc"}))]);
    made
}

fn number(dice: &mut Dice, name: &str) -> Value {
    let mut made = json!({"type": name});
    let least = *dice.pick(&["minimum", "exclusiveMinimum"]);
    let most = *dice.pick(&["maximum", "exclusiveMaximum"]);
    perhaps(&mut made, dice, &[(least, json!(-3)), (most, json!(12)), ("multipleOf", json!(3))]);
    rarely(
        &mut made,
        dice,
        &[
            ("not", json!({"type": "number", "multipleOf": 2})),
            ("if", json!({"type": "number", "minimum": 4})),
            ("then", json!({"enum": [6]})),
        ],
    );
    made
}

fn list(dice: &mut Dice, depth: usize) -> Value {
    let mut made = json!({"type": "array", "items": schema(dice, depth - 1)});
    perhaps(&mut made, dice, &[("minItems", json!(1)), ("maxItems", json!(2))]);
    if dice.one_of(3) && keeps_all(&made) {
        made["uniqueItems"] = json!(true);
    }
    let mut contained = vec![json!(true), made["items"].clone()];
    let of_types = [json!({"type": ["integer"]}), json!({"type": ["string", "boolean"]})];
    contained.extend(of_types.into_iter().filter(|contained| may_be(&made["items"], contained)));
    let item = dice.pick(&contained).clone();
    rarely(&mut made, dice, &[("contains", item), ("minContains", json!(0)), ("maxContains", json!(1))]);
    made
}

/// Whether types keep each property of the values of a schema: items are compared by what their types keep.
fn keeps_all(schema: &Value) -> bool {
    let is_open = schema.get("properties").is_some() && schema.get("additionalProperties").is_none();
    let named = schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::values);
    let within = ["oneOf", "allOf", "prefixItems"].into_iter().filter_map(|keyword| schema.get(keyword));
    let branches = within.filter_map(Value::as_array).flatten();
    let others = ["items", "additionalProperties"].into_iter().filter_map(|keyword| schema.get(keyword));
    !is_open && named.chain(branches).chain(others).all(keeps_all)
}

/// A list whose first items have schemas of their own.
fn tuple(dice: &mut Dice, depth: usize) -> Value {
    let places: Vec<Value> = (0..=dice.below(2)).map(|_| schema(dice, depth - 1)).collect();
    let others = if dice.one_of(3) { json!(false) } else { schema(dice, 0) };
    let mut made = json!({"type": "array", "prefixItems": &places, "items": others});
    perhaps(&mut made, dice, &[("minItems", json!(1)), ("maxItems", json!(2))]);
    let contained = json!({"type": ["string"]});
    let mut keywords = vec![("not", json!({"type": "array", "maxItems": 0}))];
    if places.iter().any(|place| may_be(place, &contained)) {
        keywords.push(("contains", contained));
    }
    rarely(&mut made, dice, &keywords);
    made
}

/// Whether a value of a schema may have one of the types of another one: nothing is found for schemas that contradict themselves.
fn may_be(schema: &Value, other: &Value) -> bool {
    let names = |schema: &Value| match &schema["type"] {
        Value::Array(names) => names.clone(),
        name => vec![name.clone()],
    };
    names(schema).iter().any(|name| names(other).contains(name))
}

/// An object in two parts, of which the second one may require what the first one declares.
fn whole(dice: &mut Dice, depth: usize) -> Value {
    let mut first = object(dice, depth - 1 + usize::from(depth == 1));
    // They would speak of the properties of the second part.
    for keyword in ["additionalProperties", "minProperties", "maxProperties"] {
        first.as_object_mut().expect("an object").remove(keyword);
    }
    let names: Vec<String> = first["properties"].as_object().expect("properties").keys().cloned().collect();
    let mut second = json!({"type": "object", "properties": {"more": schema(dice, depth - 1)}});
    perhaps(&mut second, dice, &[("required", json!([middle(&names)]))]);
    json!({"allOf": [first, second]})
}

/// The name of a property that stands in the middle.
fn middle(names: &[String]) -> &str {
    names.get(names.len() / 2).map_or("more", String::as_str)
}

fn map(dice: &mut Dice, depth: usize) -> Value {
    let mut made = json!({"type": "object", "additionalProperties": schema(dice, depth - 1)});
    perhaps(&mut made, dice, &[("minProperties", json!(1)), ("maxProperties", json!(2))]);
    rarely(&mut made, dice, &[("propertyNames", json!({"maxLength": 1}))]);
    if dice.one_of(9) && !has_format(&made) {
        made["patternProperties"] = json!({"^x": {"type": "integer"}});
    }
    made
}

fn object(dice: &mut Dice, depth: usize) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for name in NAMES {
        if properties.is_empty() || dice.one_of(2) {
            properties.insert((*name).to_owned(), schema(dice, depth - 1));
            if dice.one_of(2) {
                required.push(*name);
            }
        }
    }
    let first = properties.keys().next().expect("a property").clone();
    let last = properties.keys().next_back().expect("a property").clone();
    let mut made = json!({"type": "object", "properties": properties, "required": required});
    let both_required = [&first, &last].into_iter().all(|name| required.contains(&name.as_str()));
    let mut of_two = vec![
        ("dependentRequired", json!({&first: [&last]})),
        ("anyOf", json!([{"required": [first]}, {"required": [last]}])),
        ("if", json!({"required": [last]})),
        ("then", json!({"properties": {&first: {"not": {"type": "boolean"}}}})),
    ];
    // They contradict a schema that requires both.
    if !both_required {
        of_two.push(("dependentSchemas", json!({&last: {"properties": {&first: {"type": ["integer", "string"]}}}})));
        of_two.push(("not", json!({"type": "object", "required": [first, last]})));
    }
    if first != last {
        rarely(&mut made, dice, &of_two);
    }
    let of_pattern = schema(dice, 0);
    if dice.one_of(6) && !has_format(&of_pattern) {
        made["patternProperties"] = json!({"^u": of_pattern});
    } else if dice.one_of(4) {
        made["additionalProperties"] = schema(dice, 0);
        perhaps(&mut made, dice, &[("minProperties", json!(2)), ("maxProperties", json!(3))]);
    }
    made
}

/// Whether a format stands in a schema. Of values that are kept as JSON, as those beside patterns are, it is documentation.
fn has_format(schema: &Value) -> bool {
    schema.to_string().contains("\"format\"")
}

/// Objects that a constant tells apart.
fn union(dice: &mut Dice, depth: usize) -> Value {
    let branch = |tag: &str, dice: &mut Dice| {
        let mut made = object(dice, depth - 1 + usize::from(depth == 1));
        made["properties"]["tag"] = json!({"type": "string", "const": tag});
        made["required"].as_array_mut().expect("a list").push(json!("tag"));
        made
    };
    json!({"oneOf": [branch("left", dice), branch("right", dice)]})
}

/// Scalars that their kind tells apart.
fn by_kind(dice: &mut Dice) -> Value {
    let other = if dice.one_of(2) { json!({"type": "boolean"}) } else { number(dice, "integer") };
    json!({"oneOf": [text(dice), other]})
}
