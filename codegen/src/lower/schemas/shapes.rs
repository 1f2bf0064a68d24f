//! What the values of one schema look like.

use super::analysis::{AnalyzedSchemas, Conjuncts};
use super::derived_schemas::{DerivedSchema, Origin};
use super::ids_and_keys::{key_below, same_id};
use super::intersection::{Intersection, Part};
use super::known_type::KnownType;
use super::lowering_result::{DerivedSchemas, LoweringResult};
use super::{all_of_subsumption, enumerations, objects, unions};
use crate::api::{Branch, Combination, Enumeration, Key, List, Shape, Union, Untyped};
use crate::document::schema::{Keyword, Keywords, SchemaId, Type, TypeSet};

/// The shape of a schema of the document that has no subtypes. `all` is what a value of it has to satisfy.
pub(super) fn stated(schemas: &AnalyzedSchemas<'_>, id: SchemaId, all: &Conjuncts, key: &Key) -> LoweringResult<Shape> {
    // A component has its own type, called after it, rather than one that is called after where the part is used.
    let is_in_place = |part: &SchemaId| schemas[*part].is_inline_part && schemas[*part].keywords.reference.is_none();
    let is_apart = |only: &SchemaId| !matches!(key, Key::Component(_)) || !is_in_place(only);
    let only = all_of_subsumption::only_part(schemas, id).filter(is_apart);
    if let Some(only) = only.filter(|only| !schemas.inheritance.extends(id, *only)) {
        return LoweringResult::of(Shape::Reference(same_id(only)));
    }
    let whole = Intersection { parts: &[Part::Whole(id)], all, key, span: schemas[id].schema.name };
    conjoined(schemas, &whole, None)
}

/// The shape of a schema that no place of the document states: that of the part that says all, or else what they say together.
pub(super) fn derived(
    schemas: &AnalyzedSchemas<'_>,
    origin: &Origin,
    whole: &Intersection<'_>,
) -> LoweringResult<Shape> {
    let wholes: Option<Vec<SchemaId>> = origin.parts.iter().map(Part::whole).collect();
    let several = wholes.filter(|wholes| wholes.len() > 1 && origin.one.is_none() && origin.tags.is_empty());
    let covering = several.and_then(|wholes| all_of_subsumption::covering(schemas, &wholes));
    if let Some(only) = covering.filter(|only| !all_of_subsumption::cuts_null(schemas, whole.all, *only)) {
        return LoweringResult::of(Shape::Reference(same_id(only)));
    }
    conjoined(schemas, whole, origin.one).map(|shape| match shape {
        Shape::String { .. } if !origin.tags.is_empty() => {
            Shape::Enumeration(Enumeration::of_texts(&origin.tags, shape, false, whole.span))
        }
        _ => shape,
    })
}

/// The shape of what several schemas say together. With `one`, of its values of that type alone.
fn conjoined(schemas: &AnalyzedSchemas<'_>, whole: &Intersection<'_>, one: Option<Type>) -> LoweringResult<Shape> {
    let all = &whole.all.list;
    if all.iter().any(|one| schemas[one.id].schema.as_bool() == Some(false)) {
        return LoweringResult::of(Shape::Any(Untyped::Never));
    }
    if let Some(listed) = enumerations::of_branches(schemas, whole.all) {
        return LoweringResult::of(Shape::Enumeration(listed));
    }
    if all.iter().any(|one| schemas[one.id].keywords.is_only_null()) {
        return LoweringResult::of(Shape::Null);
    }
    let listed = enumerations::listed(schemas, whole.all);
    let kinds = listed.as_ref().map(|(values, _)| enumerations::kinds(values));
    let types = one.map_or_else(|| KnownType::of(schemas, whole.all, kinds), KnownType::One);
    base(schemas, whole, types).map(|base| match (listed, types, &base) {
        // Each of the branches lists its own values.
        (Some(_), KnownType::Several(_), Shape::Union(_)) => base,
        (None, ..) => enumerations::extensible(schemas, whole.all, base),
        (Some((values, _)), ..) if values.is_empty() => Shape::Any(Untyped::Never),
        (Some((mut values, span)), ..) => {
            if let Some(one) = one {
                values.retain(|value| enumerations::is_of(&value.value, one));
            }
            let constant = all.iter().any(|one| schemas[one.id].keywords.constant.is_some());
            Shape::Enumeration(Enumeration { values, base: Box::new(base), open: false, constant, span })
        }
    })
}

fn base(schemas: &AnalyzedSchemas<'_>, whole: &Intersection<'_>, types: KnownType) -> LoweringResult<Shape> {
    let all = &whole.all.list;
    if !matches!(types, KnownType::None)
        && let Some(union) = unions::shape(schemas, whole)
    {
        return union;
    }
    let shape = match types {
        KnownType::Nothing => {
            let unknown = all.iter().any(|one| schemas[one.id].keywords.types.is_some());
            Shape::Any(if unknown { Untyped::UnknownType } else { Untyped::NoType })
        }
        KnownType::None if all.iter().any(|one| states_no_type(schemas[one.id].keywords)) => {
            Shape::Any(Untyped::UnknownType)
        }
        KnownType::None => Shape::Any(Untyped::Never),
        KnownType::Null => Shape::Null,
        KnownType::One(one) | KnownType::Assumed(one) => return of_type(schemas, whole, one),
        KnownType::Several(types) => return by_type(schemas, whole, types),
    };
    LoweringResult::of(shape)
}

/// A union with one branch for each of several types.
fn by_type(schemas: &AnalyzedSchemas<'_>, whole: &Intersection<'_>, types: TypeSet) -> LoweringResult<Shape> {
    let mut derived = DerivedSchemas::default();
    let branch = |one: Type| {
        let origin = Origin { parts: whole.parts.to_vec(), one: Some(one), tags: Vec::new() };
        let of_type = DerivedSchema { origin, key: key_below(whole.key, "type", one.as_str()), span: whole.span };
        Branch { schema: derived.add(schemas, of_type), tags: Vec::new(), component: None }
    };
    let branches = types.iter().map(branch).collect();
    let stated = whole.all.list.iter().rev().find_map(|one| schemas[one.id].keywords.types.as_ref());
    let span = stated.map_or(whole.span, |types| types.key);
    let union = Union { combination: Combination::Any, branches, together: false, discriminator: None, span };
    LoweringResult::with(Shape::Union(union), derived)
}

/// `type` with nothing but words that are no types.
fn states_no_type(keywords: &Keywords) -> bool {
    keywords.types.as_ref().is_some_and(|types| types.value.is_empty())
}

/// The shape that all schemas give to values of one type.
fn of_type(schemas: &AnalyzedSchemas<'_>, whole: &Intersection<'_>, one: Type) -> LoweringResult<Shape> {
    let last = |text: fn(&Keywords) -> &Option<Keyword<Box<str>>>| {
        let stated = whole.all.list.iter().rev().find_map(|one| text(schemas[one.id].keywords).as_ref());
        stated.map(|text| text.value.to_string())
    };
    let format = last(|keywords| &keywords.format);
    let shape = match one {
        Type::Null => Shape::Null,
        Type::Boolean => Shape::Boolean,
        Type::Integer => Shape::Integer { format },
        Type::Number => Shape::Number { format },
        Type::String => Shape::String {
            format,
            encoding: last(|keywords| &keywords.string.content_encoding),
            media_type: last(|keywords| &keywords.string.content_media_type),
        },
        Type::Array => return list(schemas, whole),
        Type::Object => return objects::object(schemas, whole),
    };
    LoweringResult::of(shape)
}

/// The list that all schemas describe: the schemas of its first items, and that of the items after them.
fn list(schemas: &AnalyzedSchemas<'_>, whole: &Intersection<'_>) -> LoweringResult<Shape> {
    let mut derived = DerivedSchemas::default();
    let mut of_several = |stated: &[SchemaId], place: &str| {
        let schema = all_of_subsumption::of_several(schemas, stated, whole.key, ("allOf", place))?;
        Some(derived.copied_id(schemas, schema))
    };
    let arrays = || whole.all.list.iter().map(|one| &schemas[one.id].keywords.array);
    let prefix = |array: &crate::document::schema::ArrayKeywords, at: usize| {
        let first = array.prefix_items.as_ref().and_then(|list| list.value.get(at)).copied();
        first.or(array.items.as_ref().map(|items| items.value))
    };
    let length = arrays().filter_map(|array| array.prefix_items.as_ref()).map(|list| list.value.len()).max();
    let mut first = Vec::new();
    for at in 0..length.unwrap_or_default() {
        let stated: Vec<SchemaId> = arrays().filter_map(|array| prefix(array, at)).collect();
        first.extend(of_several(&stated, &format!("item{at}")));
    }
    let items: Vec<SchemaId> = arrays().filter_map(|array| array.items.as_ref()).map(|items| items.value).collect();
    let items = of_several(&items, "items");
    LoweringResult::with(Shape::List(List { prefix: first, items }), derived)
}
