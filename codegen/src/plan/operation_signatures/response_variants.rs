//! Responses: success and error apart, each with the name of its variant and what its body holds.

use crate::api::{self, Direction, Status};
use crate::http::reason_phrase;
use crate::names::{Scope, type_name};
use crate::plan::bodies::media_types::{self, BodyMedia, BodyOwner};
use crate::plan::diagnostics::Report;
use crate::plan::schemas::adapted::AdaptedSchemas;

/// A documented response, of one media type where it has several.
pub(in crate::plan) struct ResponseVariant<'a> {
    /// The response.
    pub(in crate::plan) stated: &'a api::Response,
    /// The name of its variant where several stand side by side: `Created`, `UnprocessableEntity`.
    pub(in crate::plan) name: String,
    /// What stands behind the operation's name in the name of the type of its body.
    pub(in crate::plan) suffix: String,
    /// Its body; `None`: there is none.
    pub(in crate::plan) body: Option<BodyMedia<'a>>,
    /// Whether its status has other media types beside this one.
    pub(in crate::plan) has_several: bool,
    /// Whether it is a `default` that says what success looks like, as no success is declared.
    pub(in crate::plan) is_default_success: bool,
}

/// The documented responses of an operation: the successes, and everything else; each ordered by status.
///
/// `default` is the response of each status that is not declared (OpenAPI 3.2.0, Responses Object). Where no success is declared, it is
/// that of the successes, too; where nothing else is declared, an error that looks like a success is none.
pub(super) fn response_variants<'a>(
    adapted: &AdaptedSchemas<'_>,
    operation: &'a api::Operation,
    report: &mut Report,
) -> (Vec<ResponseVariant<'a>>, Vec<ResponseVariant<'a>>) {
    let mut stated = final_ones(operation, report);
    stated.sort_by_key(|response| response.status);
    let sent = (adapted, operation.sender().reverse());
    let (successes, errors): (Vec<_>, Vec<_>) = stated.into_iter().partition(|response| response.status.is_success());
    let default = errors.last().filter(|last| successes.is_empty() && last.status == Status::Default);
    if let Some(&default) = default {
        let successes = named(sent, &[default], (BodyOwner::Success, false), report);
        let is_alone = errors.len() == 1;
        return (successes, if is_alone { Vec::new() } else { named(sent, &errors, (BodyOwner::Error, true), report) });
    }
    let several = successes.len() > 1;
    let successes = named(sent, &successes, (BodyOwner::Success, several), report);
    (successes, named(sent, &errors, (BodyOwner::Error, true), report))
}

fn final_ones<'a>(operation: &'a api::Operation, report: &mut Report) -> Vec<&'a api::Response> {
    let mut found = Vec::new();
    for response in &operation.responses {
        if response.status.is_interim() {
            report.interim_response(&response.status.to_string(), response.span);
        } else {
            found.push(response);
        }
    }
    found
}

/// Names a variant for each response, which `sender` sends, or for each media type of one that has several.
fn named<'a>(
    (adapted, sender): (&AdaptedSchemas<'_>, Direction),
    stated: &[&'a api::Response],
    (side, by_status): (BodyOwner, bool),
    report: &mut Report,
) -> Vec<ResponseVariant<'a>> {
    let mut scope = Scope::default();
    let mut found = Vec::new();
    for &response in stated {
        let status = if by_status { status_name(response.status) } else { String::new() };
        let media = media_types::media(adapted, (&response.content, sender), side, report);
        let has_several = media.len() > 1;
        let bodies: Vec<_> = if media.is_empty() { vec![None] } else { media.into_iter().map(Some).collect() };
        for body in bodies {
            let medium = body.as_ref().filter(|_| has_several).map_or("", |medium| &medium.variant);
            let wish =
                if by_status || has_several { format!("{status}{medium}") } else { status_name(response.status) };
            let name = scope.claim(&wish).name;
            let suffix = if by_status { name.clone() } else { format!("Response{medium}") };
            let is_default_success = side == BodyOwner::Success && response.status == Status::Default;
            found.push(ResponseVariant { stated: response, name, suffix, body, has_several, is_default_success });
        }
    }
    found
}

/// The name of a variant for a status: its reason phrase.
pub(super) fn status_name(status: Status) -> String {
    match status {
        Status::Default => "Default".to_owned(),
        Status::Range(2) => "Success".to_owned(),
        Status::Range(3) => "Redirection".to_owned(),
        Status::Range(4) => "ClientError".to_owned(),
        Status::Range(5) => "ServerError".to_owned(),
        Status::Range(other) => format!("Status{other}xx"),
        Status::Code(code) => {
            reason_phrase(code).map_or_else(|| format!("Status{code}"), |phrase| type_name(&phrase.replace('\'', "")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_called_by_their_reason_phrases() {
        for (code, name) in [
            (200, "Ok"),
            (203, "NonAuthoritativeInformation"),
            (207, "MultiStatus"),
            (413, "PayloadTooLarge"),
            (414, "UriTooLong"),
            (418, "ImATeapot"),
            (422, "UnprocessableEntity"),
            (505, "HttpVersionNotSupported"),
            (599, "Status599"),
        ] {
            assert_eq!(status_name(Status::Code(code)), name);
        }
    }
}
