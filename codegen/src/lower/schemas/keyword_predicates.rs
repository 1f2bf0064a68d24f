//! What the keywords of one schema say by themselves: which unions and parts they state, and what they describe.

use crate::api::Combination;
use crate::document::schema::{Keyword, Keywords, SchemaId, Schemas, Type};
use crate::source::Span;

/// One `oneOf` or `anyOf`.
#[derive(Clone, Copy)]
pub(super) struct Stated<'a> {
    pub(super) list: &'a Keyword<Vec<SchemaId>>,
    /// How many of the branches may fit.
    pub(super) combination: Combination,
}

impl Stated<'_> {
    /// Where the list of branches stands.
    pub(super) const fn key(self) -> Span {
        self.list.key
    }

    /// The branches that are not null.
    pub(super) fn present(self, schemas: &Schemas) -> Vec<SchemaId> {
        self.list.value.iter().copied().filter(|branch| !is_null(schemas, *branch)).collect()
    }
}

/// `oneOf` and `anyOf` of a schema.
pub(super) fn stated(keywords: &Keywords) -> impl Iterator<Item = Stated<'_>> {
    let composition = &keywords.composition;
    let one = composition.one_of.as_ref().map(|list| Stated { list, combination: Combination::One });
    let any = composition.any_of.as_ref().map(|list| Stated { list, combination: Combination::Any });
    one.into_iter().chain(any)
}

pub(super) fn is_null(schemas: &Schemas, branch: SchemaId) -> bool {
    let keywords = schemas[branch].keywords();
    keywords.reference.is_none() && keywords.is_only_null()
}

/// The schema that a schema refers to, and the parts of its `allOf`.
pub(super) fn stated_parts(keywords: &Keywords) -> Vec<SchemaId> {
    let reference = keywords.reference.as_ref().and_then(|reference| reference.value.target);
    reference.into_iter().chain(keywords.composition.all_of().iter().copied()).collect()
}

/// Whether a schema lists properties of its own.
pub(super) fn has_properties(keywords: &Keywords) -> bool {
    keywords.object.properties.as_ref().is_some_and(|properties| !properties.value.is_empty())
}

/// Whether a schema describes an object: by its type, or by what its properties are. That some must be there or must not says nothing
/// of values that are no objects.
pub(super) fn is_object(schemas: &Schemas, keywords: &Keywords) -> bool {
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

/// Whether a schema describes a list, by its type or by its items.
pub(super) fn is_list(keywords: &Keywords) -> bool {
    match &keywords.types {
        Some(types) => types.value.without(Type::Null).only() == Some(Type::Array),
        None => keywords.array.items.is_some() || keywords.array.prefix_items.is_some(),
    }
}

/// Whether a schema says nothing of what its values look like.
pub(super) fn is_silent(schemas: &Schemas, keywords: &Keywords) -> bool {
    keywords.types.is_none()
        && keywords.enumeration.is_none()
        && keywords.constant.is_none()
        && !is_list(keywords)
        && !is_object(schemas, keywords)
        && stated(keywords).next().is_none()
        && stated_parts(keywords).is_empty()
}
