//! Names of the branches of a union, as variants and in the names of their types.

mod differences;

use std::collections::{BTreeMap, HashSet};

use crate::api::{Additional, Branch, Object, Property, Schema, SchemaId, Schemas, Shape, Union};
use crate::names::{Contender, companion_name, distinguish, type_name};
use crate::plan::member_names::word;
use crate::plan::schemas::kinds::{component_name, object};

/// How deep inside of objects constants are looked for.
const INNER: usize = 2;

/// The branch that is all of the others at once.
const ALL: &str = "All";

/// How deep lists within lists are named.
const DEPTH: usize = 3;

/// The names of branches, in their order, each its own.
pub(super) fn names(schemas: &Schemas, union: &Union) -> Vec<String> {
    let words = words(schemas, union);
    if words.iter().collect::<HashSet<_>>().len() == words.len() {
        return words;
    }
    // Of names that the document writes in several ways, the one that is written like the word has it.
    let branches = union.branches.iter().zip(&words);
    let texts: Vec<&str> = branches.map(|(branch, word)| stated(schemas, branch).unwrap_or(word)).collect();
    let words = with_own_property(schemas, union, &words);
    let known: Vec<(&str, &str)> = texts.iter().copied().zip(words.iter().map(String::as_str)).collect();
    let own = differences::of_equal(schemas, union, &known);
    let contenders = known.iter().zip(own).map(|((text, word), own)| match own {
        Some(own) => {
            let name = companion_name(word, &own);
            Contender::called(&name, name.clone(), type_name)
        }
        None => Contender::called(text, (*word).to_owned(), type_name),
    });
    distinguish(&contenders.collect::<Vec<_>>(), &[]).into_iter().map(|found| found.name).collect()
}

/// What the branches are called, before equal ones are told apart: as the document names them, after a value or a property that no other
/// branch has, or after what they hold.
fn words(schemas: &Schemas, union: &Union) -> Vec<String> {
    let branches = union.branches.iter().enumerate();
    let several = union.branches.iter().filter(|branch| object(schemas, branch.schema).is_some()).count() > 1;
    let word = |(place, branch): (usize, &Branch)| {
        if union.together && place == 0 {
            return ALL.to_owned();
        }
        let constant = || own_constant(schemas, union, place).map(type_name);
        let property = || own_property(schemas, union, place).map(type_name);
        let properties = || several.then(|| properties(schemas, branch)).flatten();
        let named = stated(schemas, branch).map(type_name).or_else(constant).or_else(property).or_else(properties);
        named.unwrap_or_else(|| held(schemas, branch.schema, DEPTH))
    };
    branches.map(word).collect()
}

/// Adds to each name that several branches have what is the branch's own: a constant, a property, or else its first properties. A branch
/// that the document calls exactly so keeps the name, unless it calls several so.
fn with_own_property(schemas: &Schemas, union: &Union, words: &[String]) -> Vec<String> {
    let (mut counts, mut exact): (BTreeMap<&str, usize>, BTreeMap<&str, usize>) = Default::default();
    let is_exact = |branch: &Branch, word: &str| stated(schemas, branch) == Some(word);
    for (branch, word) in union.branches.iter().zip(words) {
        *counts.entry(word).or_default() += 1;
        *exact.entry(word).or_default() += usize::from(is_exact(branch, word));
    }
    let is_shared = |branch: &Branch, word: &str| {
        let keeps = exact.get(word) == Some(&1) && is_exact(branch, word);
        !keeps && counts.get(word).is_some_and(|count| *count > 1)
    };
    let longer = |place: usize, branch: &Branch| {
        let own = own_constant(schemas, union, place).or_else(|| own_property(schemas, union, place)).map(type_name);
        own.or_else(|| properties(schemas, branch))
    };
    let named = union.branches.iter().enumerate().zip(words).map(|((place, branch), word)| {
        let own = if is_shared(branch, word) { longer(place, branch).filter(|own| own != word) } else { None };
        own.map_or_else(|| word.clone(), |own| companion_name(word, &own))
    });
    named.collect()
}

/// How many properties stand in the name of an object that has none of its own.
const PROPERTIES: usize = 3;

/// The properties of an object, those that it requires before others: `IdAmount`.
fn properties(schemas: &Schemas, branch: &Branch) -> Option<String> {
    let words: Vec<&str> = required_first(object(schemas, branch.schema)?).take(PROPERTIES).map(word).collect();
    (!words.is_empty()).then(|| type_name(&words.join(" ")))
}

fn required_first(of: &Object) -> impl Iterator<Item = &Property> {
    let of_kind = |required| of.properties.iter().filter(move |property| property.required == required);
    of_kind(true).chain(of_kind(false))
}

/// The name of a branch: its component's, its title, or else the value that leads to it.
fn stated<'a>(schemas: &'a Schemas, branch: &'a Branch) -> Option<&'a str> {
    let schema = schemas.get(branch.schema)?;
    let referred = match schema.shape {
        Shape::Reference(target) => target,
        _ => branch.schema,
    };
    let component = schemas.get(branch.component.unwrap_or(referred));
    if let Some(name) = component.and_then(own_name) {
        return Some(name);
    }
    let text = schema.given_name.as_ref().map(|name| &name.text).or(schema.title.as_ref());
    let tag = branch.tags.first().filter(|_| matches!(schema.shape, Shape::Object(_)));
    text.or(tag).map(String::as_str)
}

/// The name of a component.
fn own_name(schema: &Schema) -> Option<&str> {
    let name = component_name(schema)?;
    Some(schema.given_name.as_ref().map_or(name, |name| &name.text))
}

/// The value of a constant, perhaps of an object inside, where each object of the union has another one.
fn own_constant<'a>(schemas: &'a Schemas, union: &Union, place: usize) -> Option<&'a str> {
    let mut own = BTreeMap::new();
    constants(schemas, object(schemas, union.branches.get(place)?.schema)?, "", INNER, &mut own);
    let others = union.branches.iter().enumerate().filter(|(other, _)| *other != place);
    let others = others.filter_map(|(_, branch)| {
        let mut found = BTreeMap::new();
        constants(schemas, object(schemas, branch.schema)?, "", INNER, &mut found);
        Some(found)
    });
    let others: Vec<BTreeMap<String, &str>> = others.collect();
    let is_own = |(path, value): &(&String, &&str)| {
        others.iter().all(|other| other.get(*path).is_some_and(|theirs| theirs != *value))
    };
    own.iter().find(is_own).map(|(_, value)| *value).filter(|_| !others.is_empty())
}

/// Constants that are texts, by their place in the object.
fn constants<'a>(
    schemas: &'a Schemas,
    of: &'a Object,
    place: &str,
    depth: usize,
    found: &mut BTreeMap<String, &'a str>,
) {
    let texts = of.constants.iter().filter_map(|one| Some((format!("{place}/{}", one.name), one.value.as_str()?)));
    found.extend(texts);
    for property in of.properties.iter().filter(|_| depth > 0) {
        if let Some(inner) = object(schemas, property.schema) {
            constants(schemas, inner, &format!("{place}/{}", property.name), depth - 1, found);
        }
    }
}

/// A property of an object that no other object of the union has, one that is required before others.
fn own_property<'a>(schemas: &'a Schemas, union: &Union, place: usize) -> Option<&'a str> {
    let own = object(schemas, union.branches.get(place)?.schema)?;
    let others = union.branches.iter().enumerate().filter(|(other, _)| *other != place);
    let others: Vec<&Object> = others.filter_map(|(_, branch)| object(schemas, branch.schema)).collect();
    if others.is_empty() {
        return None;
    }
    let is_own = |property: &&Property| {
        others.iter().all(|other| other.properties.iter().all(|theirs| theirs.name != property.name))
    };
    let mut found = own.properties.iter().filter(is_own);
    let first = found.clone().next();
    found.find(|property| property.required).or(first).map(word)
}

/// What values are: `Uuid`, `PayoutList`, `IntegerMap`, `String`.
fn held(schemas: &Schemas, id: SchemaId, depth: usize) -> String {
    let Some(schema) = schemas.get(id) else { return "Other".to_owned() };
    match &schema.shape {
        Shape::List(list) if depth > 0 && list.prefix.is_empty() => match list.items {
            Some(items) => format!("{}List", of_items(schemas, items, depth - 1)),
            None => kind(schema).to_owned(),
        },
        Shape::Object(Object { properties, constants, additional: Additional::Schema(values), .. })
            if depth > 0 && properties.is_empty() && constants.is_empty() =>
        {
            format!("{}Map", of_items(schemas, *values, depth - 1))
        }
        Shape::String { format: Some(format), .. } => of_format(format).to_owned(),
        _ => kind(schema).to_owned(),
    }
}

fn of_items(schemas: &Schemas, items: SchemaId, depth: usize) -> String {
    let component = schemas.chain(items).find_map(own_name);
    component.map_or_else(|| held(schemas, schemas.resolve(items), depth), type_name)
}

/// The type of texts that have a format.
fn of_format(format: &str) -> &'static str {
    match format {
        "date" => "Date",
        "date-time" => "DateTime",
        "time" => "Time",
        "duration" => "Duration",
        "uuid" => "Uuid",
        "uri" => "Uri",
        _ => "String",
    }
}

/// The kind of JSON that values are.
fn kind(schema: &Schema) -> &'static str {
    match schema.shape.base() {
        Shape::List(_) => "Array",
        Shape::String { .. } => "String",
        Shape::Integer { .. } => "Integer",
        Shape::Number { .. } => "Number",
        Shape::Boolean => "Boolean",
        Shape::Object(_) => "Object",
        _ => "Other",
    }
}
