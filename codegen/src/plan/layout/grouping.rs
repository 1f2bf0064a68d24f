//! Which operations belong together, and which types only they use.

use std::collections::BTreeMap;

use crate::rust::{Crate, Group, Item, Operation, OperationId, Type, TypeId};

/// The operations of each group.
pub(super) fn operations(all: &[Operation]) -> BTreeMap<String, Vec<OperationId>> {
    let mut groups: BTreeMap<String, Vec<OperationId>> = BTreeMap::new();
    for (place, operation) in all.iter().enumerate() {
        groups.entry(group(operation).to_owned()).or_default().push(OperationId(place));
    }
    groups
}

/// The first tag, or else the first segment of the path that tells something.
fn group(operation: &Operation) -> &str {
    tag(operation).unwrap_or_else(|| operation.path.split('/').find(|segment| is_telling(segment)).unwrap_or_default())
}

/// The first tag that says anything.
pub(super) fn tag(operation: &Operation) -> Option<&str> {
    operation.tags.iter().map(|tag| tag.trim()).find(|tag| !tag.is_empty())
}

/// Whether a segment is neither a parameter nor what all paths of an API begin with: `api`, `v1`.
fn is_telling(segment: &str) -> bool {
    let version = segment.strip_prefix('v').unwrap_or_default();
    let is_version = version.starts_with(|c: char| c.is_ascii_digit());
    !segment.is_empty() && !segment.contains('{') && !is_version && !segment.eq_ignore_ascii_case("api")
}

/// For each type, the group whose operations alone use it.
pub(super) fn types(krate: &Crate, groups: &BTreeMap<String, Vec<OperationId>>) -> Vec<Group> {
    let Crate { types, webhooks, callbacks, .. } = krate;
    let mut owners = Owners { types, found: vec![None; types.len()] };
    for (group, ids) in groups {
        for operation in ids.iter().filter_map(|id| krate.operation(*id)) {
            of_operation(operation, &mut |id| owners.uses(id, &Group::Of(group.clone())));
        }
    }
    for callback in callbacks {
        of_operation(&callback.operation, &mut |id| owners.uses(id, &Group::Shared));
    }
    for webhook in webhooks {
        named(&webhook.payload, &mut |id| owners.uses(id, &Group::Shared));
    }
    owners.found.into_iter().map(|found| found.unwrap_or(Group::Shared)).collect()
}

struct Owners<'a> {
    types: &'a [Item],
    found: Vec<Option<Group>>,
}

impl Owners<'_> {
    /// Says that a group uses a type, and with it whatever that type holds. Each type changes its owner twice at most.
    fn uses(&mut self, id: TypeId, group: &Group) {
        let mut waiting = vec![id];
        while let Some(id) = waiting.pop() {
            let (Some(owner), Some(item)) = (self.found.get_mut(id.0), self.types.get(id.0)) else { continue };
            let joined = match owner {
                None => group.clone(),
                Some(owner) if owner == group || *owner == Group::Shared => continue,
                Some(_) => Group::Shared,
            };
            *owner = Some(joined);
            item.held_types().iter().for_each(|ty| named(ty, &mut |id| waiting.push(id)));
        }
    }
}

/// The types that an operation names.
fn of_operation(operation: &Operation, found: &mut impl FnMut(TypeId)) {
    let headers = operation.response_headers.iter().flat_map(|headers| &headers.structure.fields);
    for field in operation.request.fields.iter().chain(headers) {
        named(&field.value, found);
    }
    let responses = operation.success.responses().iter().chain(operation.error_responses());
    for body in responses.filter_map(|response| response.body.as_ref()) {
        named(&body.value, found);
    }
    if let Some(pages) = &operation.pages {
        named(&pages.item, found);
        if let Some(alone) = &pages.alone {
            named(&alone.union, found);
        }
    }
}

fn named(ty: &Type, found: &mut impl FnMut(TypeId)) {
    let mut ty = ty;
    while let Some(inner) = ty.inner() {
        ty = inner;
    }
    if let Type::Named(id) = ty {
        found(*id);
    }
}
