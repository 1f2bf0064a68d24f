//! Values near to what two schemas allow.

use std::rc::Rc;

use serde_json::{Map, Number, Value, json};
use specie_codegen::api::{Additional, Constraints, Direction, Object, SchemaId, Schemas, Shape, Union};
use specie_codegen::samples;

use crate::schemas::View;

/// How deep values are changed within values.
const DEPTH: usize = 2;

/// How many values are tried of one schema.
const MOST: usize = 300;

/// Of how many branches of a union every two are put together.
const TOGETHER: usize = 6;

/// How many values of each of them are put together with another one.
const CROSSED: usize = 40;

/// How many items and characters are written for a bound; a larger bound is not proven.
const LARGEST: u64 = 5_000;

/// The values that are tried at a pair of schemas.
pub(super) struct Candidates<'a> {
    sides: [Maker<'a>; 2],
    ids: [SchemaId; 2],
    stated: Vec<Value>,
    /// The property that the change is about, and what may stand in it.
    property: Option<(String, Vec<Value>)>,
}

impl<'a> Candidates<'a> {
    /// The values for two schemas, of which a change is about a property and states values; `about` is empty where it is of none.
    pub(super) fn of(
        sides: [(&'a Schemas, SchemaId); 2],
        sender: Direction,
        about: &str,
        stated: [Option<&str>; 2],
    ) -> Self {
        let ids = sides.map(|(_, id)| id);
        let makers = sides.map(|(schemas, _)| Maker { schemas, sender });
        let property = (!about.is_empty()).then(|| {
            let within = makers.iter().zip(ids).flat_map(|(maker, id)| maker.of_property(id, about));
            (about.to_owned(), within.chain(kinds()).collect())
        });
        Self { sides: makers, ids, stated: stated.into_iter().flatten().filter_map(of_text).collect(), property }
    }

    /// Values of both schemas and such that are just outside. Each is made when it is asked for: of large objects there are many.
    pub(super) fn values(&self) -> impl Iterator<Item = Value> + use<'a, '_> {
        let around = self.sides.iter().zip(self.ids).flat_map(|(maker, id)| maker.around(id, DEPTH));
        let crossed = self.sides.iter().zip(self.ids).flat_map(|(maker, id)| maker.crossed(id));
        around.chain(self.stated.iter().cloned()).chain(std::iter::once_with(kinds).flatten()).chain(crossed)
    }

    /// Objects of which the one property is left out, added or another one: of so many that `is_base` takes, the shortest ones.
    pub(super) fn about(&self, most: usize, is_base: impl Fn(&Value) -> bool) -> Vec<Value> {
        let Some((name, within)) = &self.property else { return Vec::new() };
        // A short one shows no more than it has to.
        let mut objects: Vec<Value> = self.values().filter(Value::is_object).collect();
        objects.sort_by_cached_key(|value| value.to_string().len());
        let bases: Vec<&Value> = objects.iter().filter(|value| is_base(value)).take(most).collect();
        let mut found = Vec::new();
        for base in bases.into_iter().filter_map(Value::as_object) {
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

/// Makes values of the schemas of one document.
#[derive(Clone, Copy)]
struct Maker<'a> {
    schemas: &'a Schemas,
    sender: Direction,
}

/// Values that are made when they are asked for.
type Made<'a> = Box<dyn Iterator<Item = Value> + 'a>;

impl<'a> Maker<'a> {
    fn sample(self, id: SchemaId) -> Option<Value> {
        of_text(&samples::of_schema(self.schemas, id, self.sender).ok()?.to_string())
    }

    /// What may stand in a property of an object.
    fn of_property(self, id: SchemaId, name: &str) -> Vec<Value> {
        let Shape::Object(object) = View::of(self.schemas, id).shape.base() else { return Vec::new() };
        let own = object.properties.iter().find(|property| property.name == name);
        let constants = object.constants.iter().filter(|constant| constant.name == name);
        let within = own.into_iter().flat_map(|property| self.around(property.schema, 1));
        within.chain(constants.filter_map(|constant| of_text(&constant.value.value().to_string()))).collect()
    }

    /// Values of a schema and such that differ in one thing.
    fn around(self, id: SchemaId, depth: usize) -> Made<'a> {
        let View { shape, constraints, .. } = View::of(self.schemas, id);
        let sample = self.sample(id);
        let of_all: Made<'a> = match shape {
            Shape::Enumeration(listed) => {
                Box::new(listed.values.iter().filter_map(|one| of_text(&one.value.to_string())))
            }
            Shape::Union(union) if depth > 0 => Box::new(self.of_branches(union, depth)),
            _ => Box::new(std::iter::empty()),
        };
        let of_shape: Made<'a> = match shape.base() {
            Shape::String { .. } => made(move || texts(&constraints)),
            Shape::Integer { .. } | Shape::Number { .. } => made(move || numbers(&constraints)),
            Shape::Boolean => Box::new([json!(true), json!(false)].into_iter()),
            Shape::List(list) => made(move || {
                let items = list.items.filter(|_| depth > 0).map(|items| self.around(items, depth - 1).collect());
                lists(items.unwrap_or_else(kinds), &constraints)
            }),
            Shape::Object(object) if depth > 0 => match &sample {
                Some(Value::Object(base)) => {
                    let base = Rc::new(base.clone());
                    let counted = Rc::clone(&base);
                    let counted = made(move || self.counted(&counted, object, &constraints));
                    Box::new(self.objects(base, object, depth).chain(counted))
                }
                _ => Box::new(std::iter::empty()),
            },
            _ => Box::new(std::iter::empty()),
        };
        Box::new(sample.into_iter().chain(of_all).chain(of_shape).take(MOST))
    }

    /// Values of the branches of a union: one of each branch, before many of the first ones.
    fn of_branches(self, union: &'a Union, depth: usize) -> impl Iterator<Item = Value> + 'a {
        let samples = made(move || {
            let samples = union.branches.iter().take(MOST / 2).filter_map(|branch| self.sample(branch.schema));
            let samples: Vec<Value> = samples.collect();
            let mut found = together(&samples);
            found.extend(samples);
            found
        });
        let within = union.branches.iter().flat_map(move |branch| self.around(branch.schema, depth - 1));
        samples.chain(within.take(MOST))
    }

    /// Objects of each of the first branches of a union, with what another branch holds beside it.
    fn crossed(self, id: SchemaId) -> Made<'a> {
        let Shape::Union(union) = View::of(self.schemas, id).shape else { return Box::new(std::iter::empty()) };
        let first = || union.branches.iter().take(TOGETHER).map(|branch| branch.schema);
        let pairs =
            first().flat_map(move |one| first().filter(move |other| *other != one).map(move |other| (one, other)));
        let objects = pairs.flat_map(move |(one, other)| {
            let beside = self.sample(other).unwrap_or_default();
            self.around(one, DEPTH - 1).take(CROSSED).filter_map(move |value| both_in_one(&value, &beside))
        });
        Box::new(objects)
    }

    /// Objects of as many properties as bounds say, and of one more or less.
    fn counted(self, base: &Map<String, Value>, object: &Object, constraints: &Constraints) -> Vec<Value> {
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

    /// Objects that differ from one in one property.
    fn objects(
        self,
        base: Rc<Map<String, Value>>,
        object: &'a Object,
        depth: usize,
    ) -> impl Iterator<Item = Value> + 'a {
        let (shorter, fuller) = (Rc::clone(&base), Rc::clone(&base));
        let shorter = made(move || {
            let is_optional = |name: &str| object.properties.iter().any(|one| one.name == name && !one.required);
            let required = shorter.iter().filter(|(name, _)| !is_optional(name));
            let mut found = vec![Value::Object(required.map(|(name, value)| (name.clone(), value.clone())).collect())];
            for name in shorter.keys() {
                let mut without = (*shorter).clone();
                without.remove(name);
                found.push(Value::Object(without));
            }
            found
        });
        let fuller = made(move || {
            let others = [json!("text"), json!(1), json!({})].map(|value| with(&fuller, "another", value));
            let full = object.properties.iter().fold((*fuller).clone(), |mut all, property| {
                if let (false, Some(value)) = (all.contains_key(&property.name), self.sample(property.schema)) {
                    all.insert(property.name.clone(), value);
                }
                all
            });
            others.into_iter().chain([Value::Object(full)]).collect()
        });
        let changed = object.properties.iter().flat_map(move |property| {
            let values = self.around(property.schema, depth - 1).take(12);
            let others = [json!(7), json!("text"), json!({})];
            let base = Rc::clone(&base);
            values.chain(others).map(move |value| with(&base, &property.name, value))
        });
        shorter.chain(fuller).chain(changed)
    }
}

/// Values that are made together, once the first one is asked for.
fn made<'a>(make: impl FnOnce() -> Vec<Value> + 'a) -> Made<'a> {
    Box::new(std::iter::once_with(make).flatten())
}

/// Objects that hold what two of the first branches of a union hold.
fn together(samples: &[Value]) -> Vec<Value> {
    let objects: Vec<&Map<String, Value>> = samples.iter().filter_map(Value::as_object).take(TOGETHER).collect();
    let pairs = objects.iter().enumerate().flat_map(|(at, one)| {
        let further = objects.iter().skip(at + 1);
        further.map(|other| merged(other, one))
    });
    pairs.collect()
}

/// An object with what another one holds beside it.
fn merged(one: &Map<String, Value>, other: &Map<String, Value>) -> Value {
    Value::Object(other.iter().chain(one).map(|(name, value)| (name.clone(), value.clone())).collect())
}

/// Both values, where they are objects.
fn both_in_one(one: &Value, other: &Value) -> Option<Value> {
    Some(merged(one.as_object()?, other.as_object()?))
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
        found.push(json!("\n"));
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
    found.push(json!(0.5));
    // Which multiples a number beyond the whole ones of doubles is, the judges do not tell.
    found.extend(constraints.multiple_of.is_none().then(|| json!(1e30)));
    found
}

fn lists(mut items: Vec<Value>, constraints: &Constraints) -> Vec<Value> {
    // Unequal items are what a list of several may need.
    items.dedup();
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
