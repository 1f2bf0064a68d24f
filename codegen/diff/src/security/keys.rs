//! API keys that one document describes as parameters and the other one as security schemes.

use specie_codegen::api::{Api, ApiKeyLocation, Operation, Parameter, ParameterLocation, SecurityKind, SecurityScheme};

/// The API keys among the credentials of an operation.
pub(crate) fn api_keys<'a>(api: &'a Api, operation: &Operation) -> Vec<&'a SecurityScheme> {
    let ids = operation.security.iter().flat_map(|requirement| &requirement.schemes).map(|(id, _)| *id);
    let all = ids.filter_map(|id| api.security_scheme(id));
    all.filter(|scheme| matches!(scheme.kind, SecurityKind::ApiKey { .. })).collect()
}

/// The one of some API keys that travels where a parameter does, under its name. What its values are is agreed with whoever issues them.
pub(crate) fn key_of<'a>(parameter: &Parameter, keys: &[&'a SecurityScheme]) -> Option<&'a SecurityScheme> {
    keys.iter().copied().find(|scheme| {
        let SecurityKind::ApiKey { place, name } = &scheme.kind else { return false };
        match (place, parameter.place) {
            (ApiKeyLocation::Header, ParameterLocation::Header) => name.eq_ignore_ascii_case(&parameter.name),
            (ApiKeyLocation::Query, ParameterLocation::Query) | (ApiKeyLocation::Cookie, ParameterLocation::Cookie) => {
                *name == parameter.name
            }
            _ => false,
        }
    })
}
