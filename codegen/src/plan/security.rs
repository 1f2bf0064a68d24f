//! Security schemes that a client can send, and which of them an operation takes.

use std::collections::{BTreeSet, HashMap};

use super::annotations;
use super::diagnostics::Report;
use super::docs::document;
use crate::api::{self, Api, FlowKind, SchemeId, SecurityKind, SecurityScheme};
use crate::diagnostic::Diagnostics;
use crate::names::{Scope, type_name, value_name};
use crate::rust::{ApiKeyPlace, Docs, Requirement, Scheme, SchemeKind, Text};

/// Methods of the client builder that no scheme may take.
const RESERVED_METHODS: &[&str] = &["build", "options", "transport", "server", "base_url", "clone"];

/// The schemes that some operation names.
pub(super) struct Schemes {
    /// Ordered by name.
    pub(super) schemes: Vec<Scheme>,
    /// The place of each in that order.
    places: HashMap<SchemeId, usize>,
}

impl Schemes {
    /// The alternatives that an operation takes. One with a scheme that we cannot send was reported; it is none to choose.
    pub(super) fn of(&self, operation: &api::Operation) -> Vec<Requirement> {
        let place = |(id, scopes): &(SchemeId, Vec<String>)| Some((*self.places.get(id)?, scopes.clone()));
        let requirement = |alternative: &api::Requirement| {
            let schemes = alternative.schemes.iter().map(place).collect::<Option<Vec<_>>>()?;
            Some(Requirement { schemes })
        };
        operation.security.iter().filter_map(requirement).collect()
    }
}

/// The schemes that some operation under `paths` names.
pub(super) fn schemes(api: &Api) -> (Schemes, Diagnostics) {
    let mut report = Report::default();
    let alternatives = api.operations.iter().flat_map(|operation| &operation.security);
    let used: BTreeSet<SchemeId> = alternatives.flat_map(|all| &all.schemes).map(|(id, _)| *id).collect();
    let mut stated: Vec<(SchemeId, &SecurityScheme)> =
        used.into_iter().filter_map(|id| Some((id, api.security_scheme(id)?))).collect();
    stated.sort_by_key(|(_, scheme)| &scheme.key);
    let (mut methods, mut variants) = (Scope::reserving(RESERVED_METHODS), Scope::default());
    let mut found = Schemes { schemes: Vec::new(), places: HashMap::new() };
    for (id, stated) in stated {
        let Some(kind) = kind(stated, &mut report) else { continue };
        let method_name = methods.claim(&value_name(&stated.key)).name;
        let variant = variants.claim(&type_name(&stated.key)).name;
        found.places.insert(id, found.schemes.len());
        found.schemes.push(scheme(stated, kind, method_name, variant));
    }
    (found, report.diagnostics)
}

fn kind(stated: &SecurityScheme, report: &mut Report) -> Option<SchemeKind> {
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
            report.security_scheme(&stated.key, other, stated.span);
            None
        }
    }
}

fn scheme(stated: &SecurityScheme, kind: SchemeKind, method_name: String, variant: String) -> Scheme {
    let said = annotations::of(&stated.docs);
    Scheme {
        key: stated.key.clone(),
        method_name,
        variant,
        docs: document(Docs::line(how(&stated.key, &kind)), &said),
        variant_docs: document(Docs::line(Text::of_code(&stated.key).words(".")), &said),
        kind,
    }
}

/// What a credential is and how it travels.
fn how(key: &str, kind: &SchemeKind) -> Text {
    match kind {
        SchemeKind::Basic => Text::from("Sets name and password of ").code(key).words(" (HTTP Basic)."),
        SchemeKind::Bearer { token_url: None } => Text::from("Sets the bearer token of ").code(key).words(
            ": a text, or a source of tokens such as [`ClientCredentials`](specie_runtime::client::ClientCredentials).",
        ),
        SchemeKind::Bearer { token_url: Some(url) } => Text::from("Sets the bearer token of ")
            .code(key)
            .words(
                ": a text, or [`ClientCredentials`](specie_runtime::client::ClientCredentials), which fetch tokens from ",
            )
            .code(url)
            .words(" and renew them."),
        SchemeKind::ApiKey { place, name } => {
            let place = match place {
                ApiKeyPlace::Header => "header",
                ApiKeyPlace::Query => "query parameter",
                ApiKeyPlace::Cookie => "cookie",
            };
            let key = Text::from("Sets the API key of ").code(key);
            key.words(format!(", sent as the {place} ")).code(name).words(".")
        }
    }
}
