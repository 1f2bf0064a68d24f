//! The addresses of callbacks, as far as the request and the response of the operation hold them.

use super::Gathered;
use crate::api::{self, Address};
use crate::diagnostic::Diagnostics;
use crate::names::Scope;
use crate::plan::diagnostics::Report;
use crate::plan::members::OperationMembers;
use crate::plan::operation_signatures::operations::OperationSignature;
use crate::plan::types::analysis::TypeAnalysis;
use crate::plan::value_paths::{self, Unreachable};
use crate::runtime_expression::{Expression, Part, template};
use crate::rust::{AddressPart, CallbackAddress, Docs, Item, OperationId, Text};

/// The addresses of each of some callbacks: a function for each operation that it belongs to. `gathered` are all callbacks and
/// `operations` those of the API, each known by the place that it was named with.
pub(in crate::plan) fn addresses(
    (analysis, types): (&TypeAnalysis<'_>, &[Item]),
    callbacks: &[OperationSignature<'_>],
    gathered: &[Gathered],
    operations: &[OperationMembers<'_>],
) -> (Vec<Vec<CallbackAddress>>, Diagnostics) {
    let (mut report, mut functions) = (Report::default(), Scope::default());
    for callback in callbacks {
        functions.claim(&callback.named.method);
    }
    let mut found = Vec::new();
    for callback in callbacks {
        let (stated, name) = (callback.named.stated, &callback.named.method);
        let owners = gathered.get(callback.named.place).into_iter().flat_map(|one| &one.owners);
        let ids = || operations.iter().enumerate().map(|(place, of)| (OperationId(place), of));
        let owners = owners.filter_map(|owner| ids().find(|(_, of)| of.signature.named.place == *owner));
        let mut owners: Vec<(OperationId, &OperationMembers<'_>)> = owners.collect();
        owners.sort_by(|(_, one), (_, other)| one.signature.named.method.cmp(&other.signature.named.method));
        let mut of_callback = Vec::new();
        for (id, owner) in &owners {
            match address((analysis, types), (*id, owner), stated) {
                Ok(address) => {
                    let name = if owners.len() == 1 {
                        format!("{name}_url")
                    } else {
                        format!("{name}_url_of_{}", owner.signature.named.method)
                    };
                    of_callback.push(CallbackAddress { function: functions.claim(&name).name, ..address });
                }
                Err(Some((expression, reason))) => report.callback_address(&expression, reason, stated.span),
                // What is no expression was reported as that.
                Err(None) => {}
            }
        }
        found.push(of_callback);
    }
    (found, report.diagnostics)
}

/// The address of a callback of an operation; `None` in the error: it holds no expression that there is.
fn address(
    (analysis, types): (&TypeAnalysis<'_>, &[Item]),
    (id, owner): (OperationId, &OperationMembers<'_>),
    stated: &api::Operation,
) -> Result<CallbackAddress, Option<(String, Unreachable)>> {
    let Address::Callback { expression, .. } = &stated.address else { return Err(None) };
    let (named, success) = (&owner.signature.named, value_paths::body_of_success(analysis, owner));
    let body = || success.as_ref().map_err(|reason| *reason);
    let mut parts: Vec<AddressPart> = Vec::new();
    for part in template(expression).map_err(|_| None)? {
        let part = match part {
            Part::Text(text) => AddressPart::Text(text),
            Part::Value(Expression::Method) => AddressPart::Text(named.stated.method.as_str().to_owned()),
            Part::Value(expression) => {
                let unreachable = |reason| Some((expression.to_string(), reason));
                let path = value_paths::of((analysis, types), owner, body(), &expression).map_err(unreachable)?;
                if !value_paths::is_text((analysis, types), &path.value) {
                    return Err(unreachable("its values are no single texts"));
                }
                let access = value_paths::reference(&path);
                AddressPart::Value(path, access)
            }
        };
        match (parts.last_mut(), part) {
            (Some(AddressPart::Text(before)), AddressPart::Text(text)) => before.push_str(&text),
            (_, part) => parts.push(part),
        }
    }
    if let [AddressPart::Text(text), ..] = parts.as_slice()
        && !text.starts_with("https://")
        && !text.starts_with("http://")
    {
        return Err(Some((text.clone(), "it is no absolute URL")));
    }
    let is_used = |of_response: bool| {
        parts.iter().any(|part| matches!(part, AddressPart::Value(path, _) if path.is_of_response == of_response))
    };
    let response = body().ok().filter(|_| is_used(true)).map(value_paths::borrowed);
    let (owner_name, root) = (&named.request, analysis.root);
    let docs = Text::from("Where the callback of ").words(format!("[`{owner_name}`]({root}::{owner_name}) goes to: "));
    let docs = Docs::line(docs.code(expression).words(".")).text(
        "`None`: a value of it is not there, or would lead elsewhere (see `specie_runtime::webhook::callback_url`).",
    );
    Ok(CallbackAddress { function: String::new(), request: is_used(false).then_some(id), response, parts, docs })
}
