//! Where the items of a page stand in an answer.

use super::{
    Api, Branch, Field, MediaKind, Operation, Pagination, ParameterKind, ParameterPlace, TypeId, TypeKind, TypeRef,
};

/// The way from an answer to the items of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct PageItems<'a> {
    /// The fields that lead there from the answer's own type, each with the type that has it.
    pub steps: Vec<(TypeId, &'a Field)>,
    /// The type of an item.
    pub item: &'a TypeRef,
    /// The union at the end, if the items are in a list or, where there is but one, on their own.
    pub alone: Option<OneOrList<'a>>,
}

/// A union of an item and a list of such items.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneOrList<'a> {
    /// The union.
    pub union: TypeId,
    /// The branch of one item, with its place in the union.
    pub one: (usize, &'a Branch),
    /// The branch of a list.
    pub list: &'a Branch,
}

/// Why the pages of an operation cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPages {
    /// The parameter that names the page is not a single value in the query.
    Parameter,
    /// There is not one documented success with a JSON body.
    Answer,
    /// The pointer to the items does not lead through properties to a list, or to an item or a list of them.
    Items,
}

impl Operation {
    /// Where the items of its pages are; `None` without `x-specie-pagination`.
    #[must_use]
    pub fn page_items<'a>(&'a self, api: &'a Api) -> Option<Result<PageItems<'a>, NoPages>> {
        let (parameter, items) = match self.pagination.as_ref()? {
            Pagination::Page { number, items, .. } => (Some(number), items),
            Pagination::Cursor { parameter, items, .. } => (Some(parameter), items),
            Pagination::Link { items, .. } => (None, items),
        };
        if parameter.is_some_and(|name| !self.takes_in_query(name)) {
            return Some(Err(NoPages::Parameter));
        }
        let [success] = self.successes.as_slice() else { return Some(Err(NoPages::Answer)) };
        let Some((MediaKind::Json, _, ty)) = &success.body else { return Some(Err(NoPages::Answer)) };
        Some(follow(api, ty, items).ok_or(NoPages::Items))
    }

    fn takes_in_query(&self, name: &str) -> bool {
        self.parameters.iter().any(|parameter| {
            let is_scalar = parameter.format.kind == ParameterKind::Scalar;
            parameter.wire == *name && parameter.place == ParameterPlace::Query && is_scalar
        })
    }
}

/// Follows a pointer (RFC 6901) from field to field.
fn follow<'a>(api: &'a Api, mut ty: &'a TypeRef, pointer: &str) -> Option<PageItems<'a>> {
    let mut steps = Vec::new();
    let segments = pointer.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~"));
    for segment in segments {
        let TypeRef::Named(id) = resolved(api, ty) else { return None };
        let TypeKind::Struct(object) = &api.types.get(id.0)?.kind else { return None };
        let field = object.fields.iter().find(|field| field.wire == segment)?;
        steps.push((*id, field));
        ty = &field.ty;
    }
    match resolved(api, ty) {
        TypeRef::List(item) => Some(PageItems { steps, item, alone: None }),
        TypeRef::Named(id) => {
            let (alone, item) = one_or_list(api, *id)?;
            Some(PageItems { steps, item, alone: Some(alone) })
        }
        _ => None,
    }
}

/// The branches of a union of an item and a list of such items, and the type of an item.
fn one_or_list(api: &Api, union: TypeId) -> Option<(OneOrList<'_>, &TypeRef)> {
    let TypeKind::Union(definition) = &api.types.get(union.0)?.kind else { return None };
    // What is told by a property may be of a kind that no branch has.
    if definition.discriminator.is_some() {
        return None;
    }
    let [first, second] = definition.branches.as_slice() else { return None };
    [((0, first), second), ((1, second), first)].into_iter().find_map(|(one, list)| {
        let TypeRef::List(item) = resolved(api, &list.ty) else { return None };
        let is_same = resolved(api, item) == resolved(api, &one.1.ty);
        is_same.then_some((OneOrList { union, one, list }, &**item))
    })
}

/// A type with aliases followed to their end.
fn resolved<'a>(api: &'a Api, mut ty: &'a TypeRef) -> &'a TypeRef {
    // Aliases are not circular; the bound only makes that evident.
    for _ in 0..api.types.len() {
        match ty {
            TypeRef::Named(id) => match api.types.get(id.0).map(|definition| &definition.kind) {
                Some(TypeKind::Alias(target)) => ty = target,
                _ => return ty,
            },
            _ => return ty,
        }
    }
    ty
}
