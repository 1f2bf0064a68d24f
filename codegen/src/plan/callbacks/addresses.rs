//! The addresses of callbacks, as far as the request and the response of the operation hold them.

use super::Gathered;
use crate::api::{self, Address, Api};
use crate::diagnostic::Diagnostics;
use crate::names::Scope;
use crate::plan::diagnostics::Report;
use crate::plan::operation_signatures::operations::OperationSignature;
use crate::plan::operations::Planned;
use crate::plan::value_paths::{self, Unreachable};
use crate::runtime_expression::{Expression, Part, template};
use crate::rust::{AddressPart, Callback, CallbackAddress, Docs, Item, Operation, Text};

/// Adds to each callback a function for each operation that it belongs to. `signatures` are those of the callbacks, `operations` those of
/// the API with their names.
pub(in crate::plan) fn add(
    types: &[Item],
    gathered: &[Gathered],
    signatures: &[OperationSignature<'_>],
    (api, root, operations): (&Api, &str, &[Planned<'_>]),
    callbacks: &mut [Callback],
) -> Diagnostics {
    let mut report = Report::default();
    let mut functions = Scope::default();
    for callback in callbacks.iter() {
        functions.claim(&callback.operation.method_name);
    }
    for (callback, signature) in callbacks.iter_mut().zip(signatures) {
        let stated = signature.named.stated;
        let Some(of) = gathered.iter().find(|one| one.is(stated)) else { continue };
        let owners = of.owners.iter().filter_map(|place| api.operations.get(*place));
        let owners = owners.filter_map(|owner| operations.iter().find(|(stated, _)| std::ptr::eq(*stated, owner)));
        let mut owners: Vec<&Operation> = owners.map(|(_, operation)| *operation).collect();
        owners.sort_by(|one, other| one.method_name.cmp(&other.method_name));
        for owner in &owners {
            match address((types, root), owner, stated) {
                Ok(mut address) => {
                    let name = &callback.operation.method_name;
                    let name = if owners.len() == 1 {
                        format!("{name}_url")
                    } else {
                        format!("{name}_url_of_{}", owner.method_name)
                    };
                    address.function = functions.claim(&name).name;
                    callback.addresses.push(address);
                }
                Err(Some((expression, reason))) => report.callback_address(&expression, reason, stated.span),
                // What is no expression was reported as that.
                Err(None) => {}
            }
        }
    }
    report.diagnostics
}

/// The address of a callback of an operation; `None` in the error: it holds no expression that there is.
fn address(
    (types, root): (&[Item], &str),
    owner: &Operation,
    stated: &api::Operation,
) -> Result<CallbackAddress, Option<(String, Unreachable)>> {
    let Address::Callback { expression, .. } = &stated.address else { return Err(None) };
    let mut parts: Vec<AddressPart> = Vec::new();
    for part in template(expression).map_err(|_| None)? {
        let part = match part {
            Part::Text(text) => AddressPart::Text(text),
            Part::Value(Expression::Method) => AddressPart::Text(owner.http_method.clone()),
            Part::Value(expression) => {
                let unreachable = |reason| Some((expression.to_string(), reason));
                let path = value_paths::of(types, owner, value_paths::body_of_success(owner), &expression)
                    .map_err(unreachable)?;
                if !value_paths::is_text(types, &path.value) {
                    return Err(unreachable("its values are no single texts"));
                }
                AddressPart::Value(path)
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
        parts.iter().any(|part| matches!(part, AddressPart::Value(path) if path.is_of_response == of_response))
    };
    let response = value_paths::body_of_success(owner).ok().filter(|_| is_used(true)).cloned();
    let owner_name = &owner.request.name;
    let docs = Text::from("Where the callback of ").words(format!("[`{owner_name}`]({root}::{owner_name}) goes to: "));
    let docs = Docs::line(docs.code(expression).words("."))
        .text("`None`: a value of it is not there, or would lead elsewhere (see `specie_runtime::webhook::callback_url`).");
    Ok(CallbackAddress {
        function: String::new(),
        request: owner.request.name.clone(),
        has_request: is_used(false),
        response,
        parts,
        docs,
    })
}
