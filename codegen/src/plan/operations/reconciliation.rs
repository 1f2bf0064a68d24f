//! `x-specie-reconcile`: how the runtime asks whether an operation happened.

use crate::plan::operation_signatures::operations::OperationSignature;
use crate::rust::{BodyKind, OperationId, PagedList, ParameterId, Reconcile, Status, Text, fixed_modules};

/// What asking consists of for each operation, if the document declares it and both operations have what it takes, and what the
/// documentation of the request says about it.
///
/// `pages` has how each of the operations gives its list out.
pub(in crate::plan) fn reconciliations(
    root: &str,
    operations: &[OperationSignature<'_>],
    pages: &[Option<PagedList>],
) -> Vec<Option<(Reconcile, Text)>> {
    let of_one = |operation: &OperationSignature<'_>| {
        let reconcile = reconciliation(operation, operations, pages)?;
        let docs = docs(root, &operations.get(reconcile.lookup.0)?.named.request, &reconcile);
        Some((reconcile, docs))
    };
    operations.iter().map(of_one).collect()
}

fn reconciliation(
    operation: &OperationSignature<'_>,
    operations: &[OperationSignature<'_>],
    pages: &[Option<PagedList>],
) -> Option<Reconcile> {
    let how = operation.named.stated.reconcile.as_ref()?;
    // Where an id stands twice, the first one counts.
    let place = operations.iter().position(|other| other.named.id == how.operation)?;
    let (lookup, pages) = (operations.get(place)?, pages.get(place)?);
    let index = lookup.parameters.iter().position(|parameter| parameter.stated.name == how.parameter)?;
    let success = operation.successes.iter().find_map(|variant| match (variant.stated.status, &variant.body) {
        (Status::Code(code), Some(body)) if body.kind == BodyKind::Json => Some(code),
        _ => None,
    })?;
    Some(Reconcile {
        lookup: OperationId(place),
        index: ParameterId(index),
        parameter: how.parameter.clone(),
        value: how.value.clone(),
        find: how.find.clone(),
        agree: how.agree.clone(),
        success,
        resource: how.resource.clone(),
        identity: how.identity.clone(),
        settling: how.settling,
        paged: pages.is_some(),
    })
}

/// What the documentation of the request says about it.
fn docs(root: &str, lookup: &str, reconcile: &Reconcile) -> Text {
    let fields = Text::joined(reconcile.agree.iter().map(|(request, _)| Text::of_code(request)), " and ");
    let operations = fixed_modules::OPERATIONS.below(root);
    let text = Text::from(format!(
        "`.reconciled()` [checks]({operations}::{lookup}) with `{lookup}` whether the operation was carried out, and returns the resource if it exists"
    ));
    if fields.0.is_empty() { text.words(".") } else { text.words(" and its ").and(fields).words(" match the request.") }
}
