//! `enum` and `const`: lists of values.

use std::collections::{HashMap, HashSet};

use super::analysis::{AnalyzedSchemas, Conjuncts};
use super::annotations;
use crate::api::{Combination, Constraints, Docs, Enumeration, EnumerationValue, Shape, Value};
use crate::document::schema::{Keywords, SchemaId, Type, TypeSet};
use crate::lower::{docs, values};
use crate::source::Span;
use crate::syntax::Node;

/// The values that all of the schemas list, each once and null aside, and where the last list stands; `None` where none lists any.
pub(super) fn listed(schemas: &AnalyzedSchemas<'_>, all: &Conjuncts) -> Option<(Vec<EnumerationValue>, Span)> {
    let are_texts = all.types.and_then(|types| types.without(Type::Null).only()) == Some(Type::String);
    let mut lists = all.list.iter().rev().filter_map(|one| own(schemas[one.id].keywords, are_texts));
    let (mut found, span) = lists.next()?;
    for (other, _) in lists {
        keep_common(&mut found, other);
    }
    Some((found, span))
}

/// Keeps what is in another list as well: numbers by what they are, so that `1` and `1.0` are one value, which stays an integer.
fn keep_common(found: &mut Vec<EnumerationValue>, other: Vec<EnumerationValue>) {
    let other: HashMap<String, Value> = other.into_iter().map(|one| (one.value.canonical(), one.value)).collect();
    found.retain_mut(|one| {
        let stated = other.get(&one.value.canonical());
        if let Some(integer) = stated.filter(|stated| kind(stated) == Type::Integer) {
            one.value = integer.clone();
        }
        stated.is_some()
    });
}

/// The values that one schema lists beside null.
fn own(keywords: &Keywords, are_texts: bool) -> Option<(Vec<EnumerationValue>, Span)> {
    let (nodes, span) = match (&keywords.enumeration, &keywords.constant) {
        (_, Some(constant)) => (std::slice::from_ref(&constant.value), constant.key),
        (Some(list), None) => (list.value.as_slice(), list.key),
        (None, None) => return None,
    };
    let found = values_of(keywords, nodes, are_texts);
    (!found.is_empty()).then_some((found, span))
}

/// Values with their names and descriptions, each once and null aside.
fn values_of(keywords: &Keywords, nodes: &[Node], are_texts: bool) -> Vec<EnumerationValue> {
    let names = words(keywords, &["x-enum-varnames", "x-enumNames"]);
    let descriptions = words(keywords, &["x-enum-descriptions", "x-enumDescriptions"]);
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for (index, node) in nodes.iter().enumerate().filter(|(_, node)| !node.is_null()) {
        let value = value(node, are_texts);
        // A value listed twice was reported by validation.
        if seen.insert(value.canonical()) {
            let description = docs::text(descriptions.get(index).copied().flatten());
            found.push(EnumerationValue {
                value,
                given_name: docs::text(names.get(index).copied().flatten()),
                docs: Docs { description, ..Docs::default() },
                span: node.span,
            });
        }
    }
    found
}

/// A text of which `x-extensible-enum` names the known values; others are allowed. Where it is said whether the text is a secret, it stays
/// one: the values of an enum are shown.
pub(super) fn extensible(schemas: &AnalyzedSchemas<'_>, all: &Conjuncts, base: Shape) -> Shape {
    let Shape::String { format: None, encoding: None, media_type: None } = base else { return base };
    if all.list.iter().any(|one| schemas[one.id].keywords.stated_sensitivity().is_some()) {
        return base;
    }
    let stated = all.list.iter().rev().find_map(|one| {
        let keywords = schemas[one.id].keywords;
        let (key, list) = keywords.extension("x-extensible-enum")?;
        let is_text = |node: &Node| node.is_null() || node.as_str().is_some();
        let values = values_of(keywords, list.items(), true);
        (!values.is_empty() && list.items().iter().all(is_text)).then_some((values, key.span))
    });
    match stated {
        Some((values, span)) => {
            Shape::Enumeration(Enumeration { values, base: Box::new(base), open: true, constant: false, span })
        }
        None => base,
    }
}

/// A value; where the type is a text, what is written without quotes is one as well.
fn value(node: &Node, are_texts: bool) -> Value {
    match node.text() {
        Some(text) if are_texts => Value::String(text.to_owned()),
        _ => values::value(node),
    }
}

/// The texts of a list under the first of several extension keys that is there, one for each value.
fn words<'a>(keywords: &'a Keywords, keys: &[&str]) -> Vec<Option<&'a str>> {
    let stated = keys.iter().find_map(|key| keywords.extension(key));
    stated.map(|(_, node)| node.items()).unwrap_or_default().iter().map(Node::text).collect()
}

/// The text that is the only value of a schema.
pub(super) fn constant_text(keywords: &Keywords) -> Option<&str> {
    if let Some(constant) = &keywords.constant {
        return constant.value.as_str();
    }
    match keywords.enumeration.as_ref()?.value.as_slice() {
        [only] => only.as_str(),
        _ => None,
    }
}

/// The listed values of a schema as texts, null aside; `None` where it lists none, or lists or objects.
pub(super) fn texts(keywords: &Keywords) -> Option<Vec<String>> {
    let (listed, _) = own(keywords, false)?;
    let text = |one: EnumerationValue| match one.value {
        Value::String(text) | Value::Number(text) => Some(text),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::List(_) | Value::Object(_) => None,
    };
    listed.into_iter().map(text).collect()
}

/// The types of values.
pub(super) fn kinds(values: &[EnumerationValue]) -> TypeSet {
    values.iter().map(|one| kind(&one.value)).collect()
}

/// Whether a value is of a type.
pub(super) fn is_of(value: &Value, one: Type) -> bool {
    TypeSet::default().with(one).overlaps(TypeSet::default().with(kind(value)))
}

fn kind(value: &Value) -> Type {
    match value {
        Value::Null => Type::Null,
        Value::Bool(_) => Type::Boolean,
        Value::Number(text) if text.contains(['.', 'e', 'E']) => Type::Number,
        Value::Number(_) => Type::Integer,
        Value::String(_) => Type::String,
        Value::List(_) => Type::Array,
        Value::Object(_) => Type::Object,
    }
}

/// One list, where a union is one: each branch lists values of the same type, or allows all of it. Values that are not listed are
/// allowed in the second case, as in `anyOf: [{enum: [card, bank]}, {type: string}]`. A branch that allows some of its type alone, such as
/// `{type: string, maxLength: 9}`, stays a branch.
pub(super) fn of_branches(schemas: &AnalyzedSchemas<'_>, all: &Conjuncts) -> Option<Enumeration> {
    let [holder] = all.list.as_slice() else { return None };
    let (keywords, [union]) = (schemas[holder.id].keywords, schemas[holder.id].unions.as_slice()) else { return None };
    if holder.branch_is_chosen || keywords.discriminator.is_some() || own(keywords, false).is_some() {
        return None;
    }
    let branches = &union.present;
    let outer = keywords.types.as_ref().map(|types| types.value.without(Type::Null));
    let read = branches.iter().map(|branch| branch_values(schemas, *branch, outer));
    let read: Vec<Branch> = read.collect::<Option<_>>()?;
    let (first, lists) = (read.first()?.one, read.iter().filter(|branch| branch.values.is_some()).count());
    if branches.len() < 2 || lists == 0 || read.iter().any(|branch| branch.one != first) {
        return None;
    }
    let open = lists < read.len();
    // A value that is listed would satisfy both, which `oneOf` forbids.
    if open && union.combination == Combination::One {
        return None;
    }
    let mut seen = HashSet::new();
    let values = read.into_iter().flat_map(|branch| branch.values.unwrap_or_default());
    let values = values.filter(|one| seen.insert(one.value.canonical())).collect();
    let base = match first {
        Type::String => Shape::String { format: None, encoding: None, media_type: None },
        Type::Integer => Shape::Integer { format: None },
        _ => return None,
    };
    Some(Enumeration { values, base: Box::new(base), open, constant: false, span: union.list.key })
}

/// Values of one type that a branch lists; `None`: all of that type.
struct Branch {
    one: Type,
    values: Option<Vec<EnumerationValue>>,
}

fn branch_values(schemas: &AnalyzedSchemas<'_>, id: SchemaId, outer: Option<TypeSet>) -> Option<Branch> {
    let all = &schemas[id].all;
    let mut each = all.list.iter().map(|one| &schemas[one.id]);
    let is_plain = each.all(|one| one.keywords.format.is_none() && one.alternatives().next().is_none());
    if !is_plain || schemas[schemas[id].target].schema.as_bool().is_some() {
        return None;
    }
    let mut values = listed(schemas, all).map(|(values, _)| values);
    let mut demanded = all.list.iter().map(|one| &schemas[one.id].constraints.demanded);
    if values.is_none() && demanded.any(|demanded| *demanded != Constraints::default()) {
        return None;
    }
    let stated = all.types.map(|types| types.without(Type::Null)).or(outer);
    let one = match (stated, &values) {
        (Some(types), _) => types.only()?,
        (None, Some(values)) => kinds(values).only()?,
        (None, None) => return None,
    };
    // What is said of a branch with one value is said of the value.
    if let Some([only]) = values.as_deref_mut()
        && only.docs.description.is_none()
    {
        let docs = annotations::docs_of(schemas[id].keywords);
        only.docs = Docs { summary: docs.summary, description: docs.description, ..Docs::default() };
    }
    Some(Branch { one, values })
}
