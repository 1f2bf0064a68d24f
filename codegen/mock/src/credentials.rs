//! Credentials: whether they are there. What they are does not matter to a mock.

use specie_codegen::api::{Api, ApiKeyLocation, Operation, Requirement, SecurityKind};

use crate::call::Call;
use crate::rejection::Rejection;

/// Whether a request brings the credentials of one of the alternatives.
pub(crate) fn check(api: &Api, operation: &Operation, call: &Call<'_>) -> Result<(), Rejection> {
    let alternatives = &operation.security;
    if alternatives.is_empty() || alternatives.iter().any(|one| missing(api, one, call).is_empty()) {
        return Ok(());
    }
    let first = alternatives.first().map(|one| missing(api, one, call)).unwrap_or_default();
    let faults = first.into_iter().map(|scheme| format!("the credentials of {scheme} are missing")).collect();
    let challenge = alternatives.iter().flat_map(|one| &one.schemes).find_map(|(scheme, _)| {
        match &api.security_scheme(*scheme)?.kind {
            SecurityKind::Http { scheme, .. } => Some(format!("{scheme} realm=\"mock\"")),
            SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. } => {
                Some("Bearer realm=\"mock\"".to_owned())
            }
            SecurityKind::ApiKey { .. } | SecurityKind::MutualTls => None,
        }
    });
    let rejection = Rejection::of_faults(&[401, 403], faults);
    // A 401 names a scheme (RFC 9110, 11.6.1), also where none of the document is one of HTTP.
    Err(rejection.header("www-authenticate", challenge.unwrap_or_else(|| "ApiKey realm=\"mock\"".to_owned())))
}

/// The schemes of an alternative whose credentials are missing.
fn missing<'a>(api: &'a Api, alternative: &Requirement, call: &Call<'_>) -> Vec<&'a str> {
    let schemes = alternative.schemes.iter().filter_map(|(scheme, _)| api.security_scheme(*scheme));
    schemes.filter(|scheme| !is_there(&scheme.kind, call)).map(|scheme| scheme.key.as_str()).collect()
}

fn is_there(kind: &SecurityKind, call: &Call<'_>) -> bool {
    match kind {
        SecurityKind::ApiKey { place: ApiKeyLocation::Header, name } => {
            call.header(name).is_some_and(|key| !key.is_empty())
        }
        SecurityKind::ApiKey { place: ApiKeyLocation::Query, name } => {
            call.query.iter().any(|(key, value)| key == name && !value.is_empty())
        }
        SecurityKind::ApiKey { place: ApiKeyLocation::Cookie, name } => {
            call.cookies.iter().any(|(key, value)| key == name && !value.is_empty())
        }
        SecurityKind::Http { scheme, .. } => is_authorized(call, scheme),
        SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. } => is_authorized(call, "bearer"),
        // The mock speaks no TLS, so that no certificate can be shown.
        SecurityKind::MutualTls => true,
    }
}

fn is_authorized(call: &Call<'_>, scheme: &str) -> bool {
    let stated = call.header("authorization").and_then(|text| text.split_once(' '));
    stated.is_some_and(|(name, value)| name.eq_ignore_ascii_case(scheme) && !value.trim().is_empty())
}
