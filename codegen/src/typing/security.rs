//! Security schemes that a client can send, and which of them an operation takes.

use std::collections::{BTreeSet, HashMap};

use super::context::Typing;
use super::docs;
use crate::api::{self, FlowKind, SchemeId, SecurityKind, SecurityScheme};
use crate::ir::{Requirement, Scheme, SchemeKind};
use crate::names::{Scope, type_name, value_name};

/// Methods of the client builder that no scheme may take.
const RESERVED_METHODS: &[&str] = &["build", "options", "transport", "server", "base_url", "clone"];

/// The schemes that some operation names.
pub struct Schemes {
    /// Ordered by name.
    pub schemes: Vec<Scheme>,
    /// The place of each in that order.
    places: HashMap<SchemeId, usize>,
}

/// The schemes that some operation under `paths` names.
pub fn schemes(typing: &mut Typing<'_>) -> Schemes {
    let api = typing.api;
    let alternatives = api.operations.iter().flat_map(|operation| &operation.security);
    let used: BTreeSet<SchemeId> = alternatives.flat_map(|all| &all.schemes).map(|(id, _)| *id).collect();
    let mut stated: Vec<(SchemeId, &SecurityScheme)> =
        used.into_iter().filter_map(|id| Some((id, api.security_scheme(id)?))).collect();
    stated.sort_by_key(|(_, scheme)| &scheme.key);
    let (mut methods, mut variants) = (Scope::reserving(RESERVED_METHODS), Scope::default());
    let mut found = Schemes { schemes: Vec::new(), places: HashMap::new() };
    for (id, scheme) in stated {
        let Some(kind) = kind(typing, scheme) else { continue };
        found.places.insert(id, found.schemes.len());
        found.schemes.push(Scheme {
            key: scheme.key.clone(),
            method_name: methods.claim(&value_name(&scheme.key)).name,
            variant: variants.claim(&type_name(&scheme.key)).name,
            kind,
            docs: docs::docs(&scheme.docs),
        });
    }
    found
}

fn kind(typing: &mut Typing<'_>, stated: &SecurityScheme) -> Option<SchemeKind> {
    let scheme = match &stated.kind {
        SecurityKind::ApiKey { place, name } => {
            return Some(SchemeKind::ApiKey { place: *place, name: name.clone() });
        }
        SecurityKind::OAuth2 { flows } => {
            let flow = flows.iter().find(|flow| flow.kind == FlowKind::ClientCredentials);
            return Some(SchemeKind::Bearer { token_url: flow.and_then(|flow| flow.token_url.clone()) });
        }
        SecurityKind::OpenIdConnect { .. } => return Some(SchemeKind::Bearer { token_url: None }),
        SecurityKind::Http { scheme, .. } => scheme.as_str(),
        SecurityKind::MutualTls => "mutualTLS",
    };
    match scheme {
        "basic" => Some(SchemeKind::Basic),
        "bearer" => Some(SchemeKind::Bearer { token_url: None }),
        other => {
            typing.report.security_scheme(&stated.key, other, stated.span);
            None
        }
    }
}

impl Schemes {
    /// The alternatives that an operation takes. One with a scheme that we cannot send was reported; it is none to choose.
    pub fn of(&self, operation: &api::Operation) -> Vec<Requirement> {
        let place = |(id, scopes): &(SchemeId, Vec<String>)| Some((*self.places.get(id)?, scopes.clone()));
        let requirement = |alternative: &api::Requirement| {
            let schemes = alternative.schemes.iter().map(place).collect::<Option<Vec<_>>>()?;
            Some(Requirement { schemes })
        };
        operation.security.iter().filter_map(requirement).collect()
    }
}
