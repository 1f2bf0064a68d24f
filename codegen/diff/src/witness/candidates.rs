//! Values near to what two schemas allow.

use serde_json::{Map, Number, Value, json};
use specie_codegen::api::{Additional, Constraints, Direction, Object, SchemaId, Schemas, Shape};
use specie_codegen::samples;

use crate::schemas::View;

/// How deep values are changed within values.
const DEPTH: usize = 2;

/// How many values are tried of one schema.
const MOST: usize = 300;

/// Of how many branches of a union every two are put together.
const TOGETHER: usize = 6;

/// How many items and characters are written for a bound; a larger bound is not proven.
const LARGEST: u64 = 5_000;

/// The values that are tried at a pair of schemas.
pub(super) struct Candidates {
    /// Values of both schemas and such that are just outside.
    pub(super) values: Vec<Value>,
    /// The property that the change is about, and what may stand in it.
    property: Option<(String, Vec<Value>)>,
}

impl Candidates {
    /// The values for two schemas, of which a change is about a property and states values; `about` is empty where it is of none.
    pub(super) fn of(
        sides: [(&Schemas, SchemaId); 2],
        sender: Direction,
        about: &str,
        stated: [Option<&str>; 2],
    ) -> Self {
        let mut values = Vec::new();
        let mut within = Vec::new();
        for (schemas, id) in sides {
            let maker = Maker { schemas, sender };
            values.extend(maker.around(id, DEPTH));
            if let Shape::Object(object) = View::of(schemas, id).shape.base() {
                let own = object.properties.iter().find(|property| property.name == about);
                within.extend(own.into_iter().flat_map(|property| maker.around(property.schema, 1)));
                let constants = object.constants.iter().filter(|constant| constant.name == about);
                within.extend(constants.filter_map(|constant| of_text(&constant.value.value().to_string())));
            }
        }
        for text in stated.into_iter().flatten() {
            values.extend(of_text(text));
        }
        within.extend(kinds());
        values.extend(kinds());
        Self { values, property: (!about.is_empty()).then(|| (about.to_owned(), within)) }
    }

    /// Objects of which the one property is left out, added or another one.
    pub(super) fn about(&self, is_base: impl Fn(&Value) -> bool) -> Vec<Value> {
        let Some((name, within)) = &self.property else { return Vec::new() };
        // A short one shows no more than it has to.
        let mut objects: Vec<&Value> = self.values.iter().filter(|value| value.is_object()).collect();
        objects.sort_by_cached_key(|value| value.to_string().len());
        let bases = objects.into_iter().filter(|value| is_base(value)).take(4);
        let mut found = Vec::new();
        for base in bases.filter_map(Value::as_object) {
            let mut without = base.clone();
            without.remove(name);
            found.push(Value::Object(without));
            found.extend(within.iter().map(|value| with(base, name, value.clone())));
        }
        found
    }
}

/// A text of the document as a value.
pub(super) fn of_text(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

pub(super) fn with(object: &Map<String, Value>, name: &str, value: Value) -> Value {
    let mut object = object.clone();
    object.insert(name.to_owned(), value);
    Value::Object(object)
}

/// A value of each type.
pub(super) fn kinds() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(7),
        json!(1.5),
        json!("text"),
        json!([]),
        json!({}),
        json!(["text"]),
        json!({"other": 1}),
    ]
}

struct Maker<'a> {
    schemas: &'a Schemas,
    sender: Direction,
}

impl Maker<'_> {
    fn sample(&self, id: SchemaId) -> Option<Value> {
        of_text(&samples::of_schema(self.schemas, id, self.sender).ok()?.to_string())
    }

    /// Values of a schema and such that differ in one thing.
    fn around(&self, id: SchemaId, depth: usize) -> Vec<Value> {
        let view = View::of(self.schemas, id);
        let sample = self.sample(id);
        let mut found: Vec<Value> = sample.iter().cloned().collect();
        match view.shape {
            Shape::Enumeration(listed) => {
                found.extend(listed.values.iter().filter_map(|one| of_text(&one.value.to_string())));
            }
            Shape::Union(union) if depth > 0 => {
                // One of each branch, before many of the first ones.
                let samples = union.branches.iter().take(MOST / 2).filter_map(|branch| self.sample(branch.schema));
                let samples: Vec<Value> = samples.collect();
                found.extend(together(&samples));
                found.extend(samples);
                let within = union.branches.iter().flat_map(|branch| self.around(branch.schema, depth - 1));
                found.extend(within.take(MOST));
            }
            _ => {}
        }
        match view.shape.base() {
            Shape::String { .. } => found.extend(texts(&view.constraints)),
            Shape::Integer { .. } | Shape::Number { .. } => found.extend(numbers(&view.constraints)),
            Shape::Boolean => found.extend([json!(true), json!(false)]),
            Shape::List(list) => {
                let items = list.items.filter(|_| depth > 0).map(|items| self.around(items, depth - 1));
                found.extend(self::lists(items.unwrap_or_else(kinds), &view.constraints));
            }
            Shape::Object(object) if depth > 0 => {
                if let Some(Value::Object(base)) = &sample {
                    found.extend(self.objects(base, object, depth));
                    found.extend(self.counted(base, object, &view.constraints));
                }
            }
            _ => {}
        }
        found.truncate(MOST);
        found
    }

    /// Objects of as many properties as bounds say, and of one more or less.
    fn counted(&self, base: &Map<String, Value>, object: &Object, constraints: &Constraints) -> Vec<Value> {
        let sizes = [constraints.min_properties, constraints.max_properties].into_iter().flatten();
        let near = sizes.flat_map(|size| [size.saturating_sub(1), size, size + 1]).filter(|size| *size <= LARGEST);
        let other = match object.additional {
            Additional::Schema(id) => self.sample(id),
            _ => None,
        };
        let of_size = |size: u64| {
            let mut found = base.clone();
            for at in 1..=size {
                if found.len() as u64 >= size {
                    break;
                }
                found.insert(format!("other{at}"), other.clone().unwrap_or(json!(1)));
            }
            Value::Object(found)
        };
        near.map(of_size).collect()
    }

    fn objects(&self, base: &Map<String, Value>, object: &Object, depth: usize) -> Vec<Value> {
        let mut found = Vec::new();
        let required: Map<String, Value> = base
            .iter()
            .filter(|(name, _)| !object.properties.iter().any(|one| one.name == **name && !one.required))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        found.push(Value::Object(required));
        for name in base.keys() {
            let mut without = base.clone();
            without.remove(name);
            found.push(Value::Object(without));
        }
        found.extend([json!("text"), json!(1), json!({})].map(|value| with(base, "another", value)));
        let full = object.properties.iter().fold(base.clone(), |mut all, property| {
            if let (false, Some(value)) = (all.contains_key(&property.name), self.sample(property.schema)) {
                all.insert(property.name.clone(), value);
            }
            all
        });
        found.push(Value::Object(full));
        for property in &object.properties {
            let values = self.around(property.schema, depth - 1).into_iter().take(12);
            let others = [json!(7), json!("text"), json!({})];
            found.extend(values.chain(others).map(|value| with(base, &property.name, value)));
        }
        found
    }
}

/// Objects that hold what two of the first branches of a union hold.
fn together(samples: &[Value]) -> Vec<Value> {
    let objects: Vec<&Map<String, Value>> = samples.iter().filter_map(Value::as_object).take(TOGETHER).collect();
    let pairs = objects.iter().enumerate().flat_map(|(at, one)| {
        let further = objects.iter().skip(at + 1);
        further.map(|other| Value::Object(one.iter().chain(*other).map(|(k, v)| (k.clone(), v.clone())).collect()))
    });
    pairs.collect()
}

fn texts(constraints: &Constraints) -> Vec<Value> {
    let sizes = [constraints.min_length, constraints.max_length].into_iter().flatten();
    let near = sizes.flat_map(|size| [size.saturating_sub(1), size, size + 1]).filter(|size| *size <= LARGEST);
    let of = |size: u64| json!("a".repeat(usize::try_from(size).unwrap_or(0)));
    let digits = near.clone().map(|size| json!("1".repeat(usize::try_from(size).unwrap_or(0))));
    let mut found: Vec<Value> = near.clone().map(of).chain(digits).collect();
    let sizes: Vec<usize> = near.clone().filter_map(|size| usize::try_from(size).ok()).collect();
    if let Some(pattern) = &constraints.pattern {
        found.extend(samples::texts_of_pattern(pattern, &sizes).into_iter().map(Value::String));
    }
    for (front, end) in [("", "@example.com"), ("https://example.com/", "")] {
        let further = sizes.iter().filter_map(|size| size.checked_sub(front.len() + end.len()));
        found.extend(further.map(|size| json!(format!("{front}{}{end}", "a".repeat(size)))));
    }
    found.extend(
        ["", "text", "A", "1", "-", "a@example.com", "https://example.com/a", "2026-02-28", "2026-02-28T12:30:00Z"]
            .map(|text| json!(text)),
    );
    found.push(json!("944732c4-608c-441a-a913-79478b91f76e"));
    found
}

fn numbers(constraints: &Constraints) -> Vec<Value> {
    let bounds = [&constraints.minimum, &constraints.maximum].into_iter().flatten().map(|bound| bound.value.clone());
    let mut found = Vec::new();
    for text in bounds.chain(constraints.multiple_of.clone()) {
        found.extend(of_text(&text).filter(Value::is_number));
        if let Ok(whole) = text.parse::<i64>() {
            found.extend(
                [whole.saturating_sub(1), whole.saturating_add(1), whole.saturating_mul(2)].map(|one| json!(one)),
            );
        }
        if let Some(number) = text.parse().ok().and_then(|number: f64| Number::from_f64(number + 0.5)) {
            found.push(Value::Number(number));
        }
        if let Some(number) = text.parse().ok().and_then(|number: f64| Number::from_f64(number - 0.001)) {
            found.push(Value::Number(number));
        }
    }
    found.extend([0, 1, -1, 2, 3, 5, 7, 100, 1 << 40].map(|one: i64| json!(one)));
    found.extend([json!(0.5), json!(1e30)]);
    found
}

fn lists(items: Vec<Value>, constraints: &Constraints) -> Vec<Value> {
    let first = items.first().cloned().unwrap_or(json!("text"));
    let sizes = [constraints.min_items, constraints.max_items].into_iter().flatten();
    let near = sizes.flat_map(|size| [size.saturating_sub(1), size, size + 1]).filter(|size| *size <= LARGEST);
    let several = |size: u64| {
        let size = usize::try_from(size).unwrap_or(0);
        let numbered = (0..size).map(|at| items.get(at).cloned().unwrap_or_else(|| first.clone()));
        Value::Array(numbered.collect())
    };
    let mut found: Vec<Value> = near.map(several).collect();
    found.push(json!([]));
    found.push(json!([first, first]));
    found.extend(items.iter().map(|item| json!([item])));
    for item in kinds().into_iter().chain(items.into_iter().take(3)) {
        found.extend((2..8).map(|size| Value::Array(vec![item.clone(); size])));
    }
    found
}
