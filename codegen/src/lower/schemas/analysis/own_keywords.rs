//! What the keywords of one schema say by themselves: which parts they state, and what they describe.

use super::Described;
use crate::api::{Name, Sensitivity};
use crate::document::schema::{Keyword, Keywords, SchemaId, Schemas, Type};
use crate::lower::extensions;
use crate::source::Span;

/// What the keywords of one schema say by themselves.
pub(super) struct OwnKeywords {
    /// The schema that it plainly refers to, or itself.
    pub(super) target: SchemaId,
    pub(super) stated_parts: Vec<SchemaId>,
    pub(super) described: Described,
    pub(super) restricts_properties: bool,
    pub(super) adds_nothing: bool,
    /// Whether each object satisfies it as long as its properties are as it lists them.
    pub(super) is_loose: bool,
    /// What it says itself of whether its values are secrets.
    pub(super) sensitivity: Sensitivity,
    /// Where it, or the schema that it plainly refers to, says that its values are secrets.
    pub(super) secret: Option<Span>,
    /// `x-specie-name`
    pub(super) given_name: Option<Name>,
}

/// What a schema says by itself.
pub(super) fn own(schemas: &Schemas, id: SchemaId) -> OwnKeywords {
    let keywords = schemas[id].keywords();
    let stated_parts = keywords.always_applied();
    let (object, list) = (is_object(schemas, keywords), is_list(keywords));
    let is_untyped = keywords.types.is_none() && keywords.enumeration.is_none() && keywords.constant.is_none();
    let is_alone = !states_union(keywords) && stated_parts.is_empty();
    let described = Described { object, list, nothing: is_untyped && !object && !list && is_alone };
    OwnKeywords {
        target: schemas.target(id),
        described,
        restricts_properties: restricts_properties(schemas, keywords),
        adds_nothing: adds_nothing(schemas, keywords),
        is_loose: is_alone
            && object
            && has_properties(keywords)
            && keywords.object.required().is_empty()
            && keywords.object.additional_properties.is_none(),
        stated_parts,
        sensitivity: sensitivity(keywords),
        secret: secret(schemas, id),
        given_name: extensions::name_of_schema(keywords),
    }
}

/// Whether a schema has `oneOf` or `anyOf`.
fn states_union(keywords: &Keywords) -> bool {
    keywords.composition.one_of.is_some() || keywords.composition.any_of.is_some()
}

/// Whether a schema lists properties of its own.
fn has_properties(keywords: &Keywords) -> bool {
    keywords.object.properties.as_ref().is_some_and(|properties| !properties.value.is_empty())
}

/// Whether a schema describes an object.
fn is_object(schemas: &Schemas, keywords: &Keywords) -> bool {
    let object = &keywords.object;
    let describes = |stated: &Option<Keyword<SchemaId>>| {
        stated.as_ref().is_some_and(|stated| {
            schemas[stated.value].as_bool().is_none() && !schemas[stated.value].keywords().is_empty()
        })
    };
    match &keywords.types {
        Some(types) => types.value.without(Type::Null).only() == Some(Type::Object),
        None => {
            has_properties(keywords)
                || describes(&object.additional_properties)
                || describes(&object.unevaluated_properties)
                || object.pattern_properties.is_some()
        }
    }
}

fn is_list(keywords: &Keywords) -> bool {
    match &keywords.types {
        Some(types) => types.value.without(Type::Null).only() == Some(Type::Array),
        None => keywords.array.items.is_some() || keywords.array.prefix_items.is_some(),
    }
}

/// Whether a schema says which properties an object has, without listing any.
fn restricts_properties(schemas: &Schemas, keywords: &Keywords) -> bool {
    let object = &keywords.object;
    let further = [&object.additional_properties, &object.unevaluated_properties];
    !object.required().is_empty()
        || object.pattern_properties.is_some()
        || further.into_iter().flatten().any(|further| schemas[further.value].as_bool() != Some(true))
}

/// Whether a schema has no keyword that decides the shape of its values, except `type`, `$ref`, `allOf`, `oneOf` and `anyOf`.
fn adds_nothing(schemas: &Schemas, keywords: &Keywords) -> bool {
    !has_properties(keywords)
        && !restricts_properties(schemas, keywords)
        && keywords.array.items.is_none()
        && keywords.array.prefix_items.is_none()
        && keywords.enumeration.is_none()
        && keywords.constant.is_none()
        && keywords.string.content_encoding.is_none()
        && keywords.format.is_none()
}

/// Where a schema, or the one that it plainly refers to, says that its values are secrets.
fn secret(schemas: &Schemas, id: SchemaId) -> Option<Span> {
    [id, schemas.target(id)].into_iter().find_map(|id| match sensitivity(schemas[id].keywords()) {
        Sensitivity::Secret(span) => Some(span),
        Sensitivity::Plain(_) | Sensitivity::Unstated => None,
    })
}

/// What a schema says itself: `x-specie-sensitive`, or else `format: password`.
fn sensitivity(keywords: &Keywords) -> Sensitivity {
    match keywords.stated_sensitivity() {
        Some((true, span)) => Sensitivity::Secret(span),
        Some((false, span)) => Sensitivity::Plain(span),
        None => keywords.password().map(Sensitivity::Secret).unwrap_or_default(),
    }
}
