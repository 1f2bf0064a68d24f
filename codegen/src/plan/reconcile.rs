//! `x-specie-reconcile`: how the runtime asks whether an operation happened.

use super::context::Context;
use crate::ir::{MediaKind, Operation, Status};
use crate::rust::{Find, Reconcile, Text};

/// What asking consists of, if the document declares it and both operations have what it takes.
pub(super) fn reconcile(context: &Context<'_>, operation: &Operation) -> Option<Reconcile> {
    let how = operation.reconcile.as_ref()?;
    let lookup = context.api.operations.iter().find(|other| other.type_name == how.operation)?;
    let index = lookup.parameters.iter().position(|parameter| parameter.wire == how.parameter)?;
    let success = operation.successes.iter().find_map(|reply| match (reply.status, &reply.body) {
        (Status::Code(code), Some((MediaKind::Json, _, _))) => Some(code),
        _ => None,
    })?;
    let matches = how.matches.clone();
    Some(Reconcile {
        lookup: lookup.type_name.clone(),
        index,
        parameter: how.parameter.clone(),
        value: how.value.clone(),
        find: match how.items.clone() {
            Some(items) => Find::Among { items, matches },
            None => Find::One { matches },
        },
        agree: how.agree.clone(),
        success,
        resource: how.resource.clone(),
        identity: how.identity.clone(),
        settling: how.settling,
        paged: matches!(lookup.page_items(context.api), Some(Ok(_))),
    })
}

/// What the documentation of the request says about it.
pub(super) fn docs(reconcile: &Reconcile) -> Text {
    let fields = Text::joined(reconcile.agree.iter().map(|(request, _)| Text::of_code(request)), " and ");
    let lookup = &reconcile.lookup;
    let text = Text::from(format!(
        "Whether it happened can be asked: `.reconciled()` looks it up with [`{lookup}`] and returns what is there"
    ));
    if fields.0.is_empty() { text.words(".") } else { text.words(", if ").and(fields).words(" agree.") }
}
