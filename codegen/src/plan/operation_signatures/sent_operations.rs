//! What of the operations that the API sends is generated: of a webhook its payload alone, or all of it as of a callback.

use crate::api::{self, Address, ParameterLocation, Response, Status};
use crate::rust::CallbackKind;

/// The errors that every receiver answers with (`specie_runtime::webhook::Receiver`).
const ANSWERED: &[u16] = &[400, 401, 405, 408, 413, 500];

/// What makes the API send an operation.
pub(in crate::plan) const fn kind(stated: &api::Operation) -> CallbackKind {
    match stated.address {
        Address::Webhook(_) => CallbackKind::Webhook,
        Address::Path(_) | Address::Callback { .. } => CallbackKind::Callback,
    }
}

/// Whether a webhook is generated as a whole operation: it has parameters, or answers that are more than an acknowledgement.
pub(in crate::plan) fn is_whole(webhook: &api::Operation) -> bool {
    webhook.parameters.iter().any(is_carried) || webhook.responses.iter().any(is_answer)
}

/// Whether a receiver of the payload alone, and its sender, are made of a webhook: it is sent by `POST`, or carries something.
pub(super) fn has_payload(webhook: &api::Operation) -> bool {
    webhook.method.as_str() == "POST" || (!webhook.method.is_safe() && webhook.request_body.is_some())
}

/// Whether a request to an address without a template can have the parameter.
fn is_carried(parameter: &api::Parameter) -> bool {
    parameter.place != ParameterLocation::Path && parameter.is_described()
}

/// Whether the handler has to choose the response: it says more than its status, or that is one of no other receiver.
fn is_answer(response: &Response) -> bool {
    let says_more = !response.content.is_empty() || !response.headers.is_empty();
    let is_of_handler = matches!(response.status, Status::Code(code) if !ANSWERED.contains(&code));
    says_more || (is_of_handler && !response.status.is_success())
}
