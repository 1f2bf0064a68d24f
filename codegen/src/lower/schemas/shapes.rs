//! What the values of one schema look like.

use super::all_of::{self, Conjunct, Part};
use super::{
    Additions, Origin, enumerations, inheritance, intersections, key_below, keyword_predicates, objects, same_id,
    unions,
};
use crate::api::{Branch, Combination, Enumeration, Key, List, Shape, Union, Untyped};
use crate::document::schema::{Keyword, Keywords, SchemaId, Schemas, Type, TypeSet};
use crate::source::Span;

/// The shape of a schema of the document. `all` is what a value of it has to fit.
pub(super) fn stated(schemas: &Schemas, id: SchemaId, all: &[Conjunct], key: &Key, additions: &mut Additions) -> Shape {
    if let Some(union) = inheritance::union(schemas, id, key, additions) {
        return union;
    }
    if let Some(only) = intersections::only_part(schemas, id).filter(|only| !additions.families.extends(id, *only)) {
        return Shape::Reference(same_id(only));
    }
    conjoined(schemas, &[Part::Whole(id)], all, None, key, additions)
}

/// The shape of what several schemas say together. With `one`, of its values of that type alone.
pub(super) fn conjoined(
    schemas: &Schemas,
    parts: &[Part],
    all: &[Conjunct],
    one: Option<Type>,
    key: &Key,
    additions: &mut Additions,
) -> Shape {
    if all.iter().any(|one| schemas[one.id].as_bool() == Some(false)) {
        return Shape::Any(Untyped::Never);
    }
    if let Some(listed) = enumerations::of_branches(schemas, all, additions) {
        return Shape::Enumeration(listed);
    }
    let listed = enumerations::listed(schemas, all);
    let kinds = listed.as_ref().map(|(values, _)| enumerations::kinds(values));
    let types = one.map_or_else(|| types(schemas, all, kinds), Known::One);
    let base = base(schemas, parts, all, types, key, additions);
    match (listed, &types, &base) {
        // Each of the branches lists its own values.
        (Some(_), Known::Several(_), Shape::Union(_)) | (None, ..) => base,
        (Some((values, _)), ..) if values.is_empty() => Shape::Any(Untyped::Never),
        (Some((mut values, span)), ..) => {
            if let Some(one) = one {
                values.retain(|value| enumerations::is_of(&value.value, one));
            }
            let constant = all.iter().any(|one| schemas[one.id].keywords().constant.is_some());
            Shape::Enumeration(Enumeration { values, base: Box::new(base), open: false, constant, span })
        }
    }
}

/// What is known of the type of values, null aside.
#[derive(Clone, Copy)]
enum Known {
    /// No schema says anything of it.
    Nothing,
    /// No type is stated, and keywords for objects or lists are there.
    Assumed(Type),
    /// The types that are stated have none in common.
    None,
    /// Nothing but null is allowed.
    Null,
    /// One type.
    One(Type),
    /// Several types.
    Several(TypeSet),
}

fn types(schemas: &Schemas, all: &[Conjunct], kinds: Option<TypeSet>) -> Known {
    let Some(stated) = all_of::types(schemas, all) else {
        return match (kinds, assumed(schemas, all)) {
            (Some(kinds), _) if !kinds.is_empty() => several(kinds),
            (_, Some(one)) => Known::Assumed(one),
            (_, None) => Known::Nothing,
        };
    };
    let mut present = stated.without(Type::Null);
    if let Some(kinds) = kinds.map(|kinds| kinds.common(present)).filter(|kinds| !kinds.is_empty()) {
        let is_listed = |one: &Type| kinds.overlaps(TypeSet::default().with(*one));
        present = present.iter().filter(is_listed).collect();
    }
    match (present.is_empty(), stated.contains(Type::Null)) {
        (true, true) => Known::Null,
        (true, false) => Known::None,
        (false, _) => several(present),
    }
}

fn several(types: TypeSet) -> Known {
    let types = if types.contains(Type::Number) { types.without(Type::Integer) } else { types };
    types.only().map_or(Known::Several(types), Known::One)
}

/// The type that a schema without `type` is taken to mean: that of its type-specific keywords, such as `properties` or `items`.
fn assumed(schemas: &Schemas, all: &[Conjunct]) -> Option<Type> {
    let mut keywords = all.iter().map(|one| schemas[one.id].keywords());
    if keywords.clone().any(|keywords| keyword_predicates::is_object(schemas, keywords)) {
        return Some(Type::Object);
    }
    keywords.any(keyword_predicates::is_list).then_some(Type::Array)
}

fn base(
    schemas: &Schemas,
    parts: &[Part],
    all: &[Conjunct],
    types: Known,
    key: &Key,
    additions: &mut Additions,
) -> Shape {
    if !matches!(types, Known::None)
        && let Some(shape) = unions::shape(schemas, all, key, additions)
    {
        return shape;
    }
    match types {
        Known::Nothing => {
            let unknown = all.iter().any(|one| schemas[one.id].keywords().types.is_some());
            Shape::Any(if unknown { Untyped::UnknownType } else { Untyped::NoType })
        }
        Known::None if all.iter().any(|one| states_no_type(schemas[one.id].keywords())) => {
            Shape::Any(Untyped::UnknownType)
        }
        Known::None => Shape::Any(Untyped::Never),
        Known::Null => Shape::Null,
        Known::One(one) | Known::Assumed(one) => of_type(schemas, parts, all, one, key, additions),
        Known::Several(types) => {
            let branch = |one: Type| Branch {
                schema: additions.schema(
                    Origin { parts: parts.to_vec(), one: Some(one), tags: Vec::new() },
                    key_below(key, "type", one.as_str()),
                ),
                tags: Vec::new(),
                component: None,
            };
            let branches = types.iter().map(branch).collect();
            let span =
                all.iter().rev().find_map(|one| schemas[one.id].keywords().types.as_ref().map(|types| types.key));
            let span = span.or_else(|| all.last().map(|one| schemas[one.id].name)).unwrap_or(Span::START);
            Shape::Union(Union { combination: Combination::Any, branches, discriminator: None, span })
        }
    }
}

/// `type` with nothing but words that are no types.
fn states_no_type(keywords: &Keywords) -> bool {
    keywords.types.as_ref().is_some_and(|types| types.value.is_empty())
}

/// What all say of values of one type.
fn of_type(
    schemas: &Schemas,
    parts: &[Part],
    all: &[Conjunct],
    one: Type,
    key: &Key,
    additions: &mut Additions,
) -> Shape {
    let last = |text: fn(&Keywords) -> &Option<Keyword<Box<str>>>| {
        let stated = all.iter().rev().find_map(|one| text(schemas[one.id].keywords()).as_ref());
        stated.map(|text| text.value.to_string())
    };
    let format = last(|keywords| &keywords.format);
    match one {
        Type::Null => Shape::Null,
        Type::Boolean => Shape::Boolean,
        Type::Integer => Shape::Integer { format },
        Type::Number => Shape::Number { format },
        Type::String => Shape::String {
            format,
            encoding: last(|keywords| &keywords.string.content_encoding),
            media_type: last(|keywords| &keywords.string.content_media_type),
        },
        Type::Array => list(schemas, all, key, additions),
        Type::Object => objects::object(schemas, parts, all, key, additions),
    }
}

/// What all say of each of the first items, and of the items behind them.
fn list(schemas: &Schemas, all: &[Conjunct], key: &Key, additions: &mut Additions) -> Shape {
    let arrays = || all.iter().map(|one| &schemas[one.id].keywords().array);
    let prefix = |array: &crate::document::schema::ArrayKeywords, at: usize| {
        let first = array.prefix_items.as_ref().and_then(|list| list.value.get(at)).copied();
        first.or(array.items.as_ref().map(|items| items.value))
    };
    let length = arrays().filter_map(|array| array.prefix_items.as_ref()).map(|list| list.value.len()).max();
    let mut first = Vec::new();
    for at in 0..length.unwrap_or_default() {
        let stated: Vec<SchemaId> = arrays().filter_map(|array| prefix(array, at)).collect();
        first.push(intersections::schema(schemas, &stated, key, ("allOf", &format!("item{at}")), additions));
    }
    let items: Vec<SchemaId> = arrays().filter_map(|array| array.items.as_ref()).map(|items| items.value).collect();
    let items = (!items.is_empty()).then(|| intersections::schema(schemas, &items, key, ("allOf", "items"), additions));
    Shape::List(List { prefix: first, items })
}
