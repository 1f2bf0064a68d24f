//! What nothing is generated for of a webhook whose receiver reads its JSON payload and answers with a status.

use crate::api::{Media, Operation};
use crate::plan::diagnostics::Report;

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
