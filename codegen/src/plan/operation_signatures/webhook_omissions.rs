//! What of a webhook nothing is generated for: a receiver reads its JSON payload and answers with a status.

use crate::api::{Media, Operation, Response, Status};
use crate::plan::diagnostics::Report;

/// The errors that a receiver answers with (`specie_runtime::webhook::Receiver`).
const ANSWERED: &[u16] = &[400, 401, 405, 408, 413, 500];

/// Whether a receiver and a sender of a webhook are made: it is sent by `POST`, or carries something.
pub(super) fn is_generated(webhook: &Operation) -> bool {
    webhook.method.as_str() == "POST" || (!webhook.method.is_safe() && webhook.request_body.is_some())
}

/// Says what of it is not generated, each at its place.
pub(super) fn report(webhook: &Operation, report: &mut Report) {
    for parameter in &webhook.parameters {
        let what = format!("the parameter `{}` of a webhook", parameter.name);
        let place = parameter.place.as_str();
        let help = format!(
            "its receiver gets the payload alone: check what is in the {place} before it, in the service around it"
        );
        report.not_generated(&what, parameter.span, &help);
    }
    further_media_types(webhook, report);
    for response in &webhook.responses {
        of_response(response, report);
    }
    if webhook.has_own_security && !webhook.security.is_empty() {
        let help = "state an `Authorization` header by `authorization` of the receiver and of the sender; check others before the receiver";
        report.not_generated("the security of a webhook", webhook.security_span.unwrap_or(webhook.span), help);
    }
}

/// Media types beside the one of the payload.
fn further_media_types(webhook: &Operation, report: &mut Report) {
    let content = || webhook.request_body.iter().flat_map(|body| &body.content);
    let payload = content().position(|one| one.kind() == Media::Json && one.schema.is_some());
    let Some(chosen) = payload.and_then(|place| content().nth(place)) else { return };
    for (place, other) in content().enumerate() {
        if Some(place) != payload {
            report.further_media_type(&other.name, &chosen.name, other.span);
        }
    }
}

/// What a receiver cannot answer, and a sender does not read.
fn of_response(response: &Response, report: &mut Report) {
    let status = response.status;
    if !status.is_success() {
        let Status::Code(code) = status else { return };
        if ANSWERED.contains(&code) {
            return;
        }
        let help = "a handler that fails is answered for with 500, and a sender gives each status by its number";
        report.not_generated(&format!("the response `{status}` of a webhook"), response.span, help);
        return;
    }
    let help = "a webhook is acknowledged by its status alone; write what is answered with more as a callback";
    if !response.content.is_empty() {
        report.not_generated(&format!("the body of the response `{status}` of a webhook"), response.span, help);
    }
    if !response.headers.is_empty() {
        let place = response.headers_span.unwrap_or(response.span);
        report.not_generated(&format!("the headers of the response `{status}` of a webhook"), place, help);
    }
}
