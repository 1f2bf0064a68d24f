//! Every callback once, with the operations that it belongs to and a name that tells it from the others, and the webhooks that are
//! whole operations.

use std::collections::BTreeMap;

use crate::api::{Address, Api, Operation, ParameterLocation, ServerListId};
use crate::diagnostic::Diagnostics;
use crate::names::type_name;
use crate::plan::diagnostics::Report;
use crate::plan::operation_signatures::sent_operations;
use crate::rust::CallbackKind;
use crate::source::Span;

/// A callback, which several operations may share, or a webhook, which belongs to none.
#[derive(Debug)]
pub(in crate::plan) struct Gathered {
    /// What the API sends. It goes to no server of the document.
    pub(in crate::plan) operation: Operation,
    /// The operations that it belongs to, by their places in the API.
    pub(in crate::plan) owners: Vec<usize>,
}

/// The callbacks of an API, and the webhooks that are whole operations. What is described once is one, however many operations refer to
/// it.
pub(in crate::plan) fn gather(api: &Api) -> (Vec<Gathered>, Diagnostics) {
    let mut report = Report::default();
    let mut found = callbacks(api, &mut report);
    tell_apart(api, &mut found);
    for webhook in api.webhooks.iter().filter(|webhook| sent_operations::is_whole(webhook)) {
        found.push(Gathered { operation: sent(webhook, &mut report), owners: Vec::new() });
    }
    (found, report.diagnostics)
}

fn callbacks(api: &Api, report: &mut Report) -> Vec<Gathered> {
    let mut found = Vec::<Gathered>::new();
    let mut places: BTreeMap<(Span, String), usize> = BTreeMap::new();
    for (owner, operation) in api.operations.iter().enumerate() {
        for callback in &operation.callbacks {
            // Path items may have several methods under one key, and a shared callback has one place.
            let key = (callback.span, callback.method.as_str().to_owned());
            match places.get(&key).and_then(|place| found.get_mut(*place)) {
                Some(known) if known.operation.address == callback.address => known.owners.push(owner),
                _ => {
                    places.insert(key, found.len());
                    found.push(Gathered { operation: sent(callback, report), owners: vec![owner] });
                }
            }
        }
    }
    found
}

/// The callback or the webhook as what the API sends.
fn sent(stated: &Operation, report: &mut Report) -> Operation {
    let mut operation = stated.clone();
    operation.servers = ServerListId(0);
    operation.reconcile = None;
    operation.pagination = None;
    operation.idempotency = stated.method.implied_idempotency();
    operation.parameters.retain(|parameter| {
        let is_in_path = parameter.place == ParameterLocation::Path;
        if is_in_path {
            let (what, help) = path_parameter(sent_operations::kind(stated));
            report.not_generated(what, parameter.span, help);
        }
        !is_in_path
    });
    operation
}

/// What is said of a parameter in the path, and what helps.
const fn path_parameter(kind: CallbackKind) -> (&'static str, &'static str) {
    match kind {
        CallbackKind::Callback => (
            "a parameter in the path of a callback",
            "the address of a callback is its runtime expression: write `{$request.body#/url}/…` there",
        ),
        CallbackKind::Webhook => (
            "a parameter in the path of a webhook",
            "the document has no path for it: read what is in the path before the receiver, in the service around it",
        ),
    }
}

/// Gives callbacks without an `operationId` that have one key a name of their own: that of the operation they belong to stands before
/// the key.
fn tell_apart(api: &Api, found: &mut [Gathered]) {
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    let keys: Vec<Option<String>> = found.iter().map(|one| key(&one.operation)).collect();
    for key in keys.iter().flatten() {
        *uses.entry(type_name(key)).or_default() += 1;
    }
    for (one, key) in found.iter_mut().zip(keys) {
        let Some(key) = key.filter(|key| uses.get(&type_name(key)).is_some_and(|uses| *uses > 1)) else { continue };
        let owners = one.owners.iter().filter_map(|owner| api.operations.get(*owner));
        let owner = owners.map(Operation::label).min().unwrap_or_default();
        one.operation.id = Some(format!("{owner} {key}"));
    }
    // One operation may have several methods or addresses under one key.
    let labels: Vec<String> = found.iter().map(|one| type_name(&one.operation.label())).collect();
    for (place, one) in found.iter_mut().enumerate() {
        let label = labels.get(place);
        let is_alone = labels.iter().filter(|other| Some(*other) == label).count() == 1;
        if !is_alone && one.operation.given_name.is_none() {
            let method = one.operation.method.as_str().to_lowercase();
            one.operation.id = Some(format!("{} {method}", one.operation.label()));
        }
    }
}

/// The key of a callback that nothing else names.
fn key(operation: &Operation) -> Option<String> {
    let is_named = operation.id.is_some() || operation.given_name.is_some();
    match &operation.address {
        Address::Callback { name, .. } if !is_named => Some(name.clone()),
        _ => None,
    }
}
