//! Security schemes, and which of them an operation takes.

use std::collections::HashMap;

use openapiv3 as stated;

use super::docs::{Texts, docs};
use crate::api::{ApiKeyPlace, Flow, FlowKind, Requirement, SchemeId, SecurityKind, SecurityScheme};
use crate::document::Document;
use crate::document::source_map::Object;
use crate::syntax::Node;

/// The document's security schemes.
pub(super) struct Schemes {
    pub(super) list: Vec<SecurityScheme>,
    ids: HashMap<String, SchemeId>,
}

/// Lowers every scheme under `components.securitySchemes`.
pub(super) fn schemes(document: &Document) -> Schemes {
    let known = document.api.components.as_ref().map(|components| &components.security_schemes);
    let mut list = Vec::new();
    for (key, at) in known.into_iter().flatten() {
        if let Some(stated) = document.security_scheme(at) {
            list.push(scheme(document, key, stated));
        }
    }
    for (key, id) in &document.supplement.security_schemes {
        let description = document.supplement.value(*id, "description").and_then(|(_, node)| node.text());
        list.push(entry(key, SecurityKind::MutualTls, &document.objects[*id], description));
    }
    let ids = list.iter().enumerate().map(|(at, scheme)| (scheme.key.clone(), SchemeId(at))).collect();
    Schemes { list, ids }
}

fn entry(key: &str, kind: SecurityKind, at: &Object, description: Option<&str>) -> SecurityScheme {
    SecurityScheme { key: key.to_owned(), kind, docs: docs(at, Texts::description(description)), span: at.name }
}

fn scheme(document: &Document, key: &str, stated: &stated::SecurityScheme) -> SecurityScheme {
    let (kind, extensions, description) = match stated {
        stated::SecurityScheme::APIKey { location, name, description, extensions } => {
            (SecurityKind::ApiKey { place: place(location), name: name.clone() }, extensions, description)
        }
        stated::SecurityScheme::HTTP { scheme, bearer_format, description, extensions } => (
            SecurityKind::Http { scheme: scheme.trim().to_owned(), bearer_format: bearer_format.clone() },
            extensions,
            description,
        ),
        stated::SecurityScheme::OAuth2 { flows, description, extensions } => {
            (SecurityKind::OAuth2 { flows: self::flows(document, flows) }, extensions, description)
        }
        stated::SecurityScheme::OpenIDConnect { open_id_connect_url, description, extensions } => {
            (SecurityKind::OpenIdConnect { url: open_id_connect_url.clone() }, extensions, description)
        }
    };
    let (_, at) = document.object(extensions);
    entry(key, kind, at, description.as_deref())
}

const fn place(location: &stated::APIKeyLocation) -> ApiKeyPlace {
    match location {
        stated::APIKeyLocation::Header => ApiKeyPlace::Header,
        stated::APIKeyLocation::Query => ApiKeyPlace::Query,
        stated::APIKeyLocation::Cookie => ApiKeyPlace::Cookie,
    }
}

fn flows(document: &Document, stated: &stated::OAuth2Flows) -> Vec<Flow> {
    let scopes = |scopes: &indexmap::IndexMap<String, String>| {
        scopes.iter().map(|(name, what)| (name.clone(), what.clone())).collect::<Vec<_>>()
    };
    let implicit = stated.implicit.as_ref().map(|flow| Flow {
        kind: FlowKind::Implicit,
        authorization_url: Some(flow.authorization_url.clone()),
        token_url: None,
        refresh_url: flow.refresh_url.clone(),
        scopes: scopes(&flow.scopes),
    });
    let password = stated.password.as_ref().map(|flow| Flow {
        kind: FlowKind::Password,
        authorization_url: None,
        token_url: Some(flow.token_url.clone()),
        refresh_url: flow.refresh_url.clone(),
        scopes: scopes(&flow.scopes),
    });
    let client = stated.client_credentials.as_ref().map(|flow| Flow {
        kind: FlowKind::ClientCredentials,
        authorization_url: None,
        token_url: Some(flow.token_url.clone()),
        refresh_url: flow.refresh_url.clone(),
        scopes: scopes(&flow.scopes),
    });
    let code = stated.authorization_code.as_ref().map(|flow| Flow {
        kind: FlowKind::AuthorizationCode,
        authorization_url: Some(flow.authorization_url.clone()),
        token_url: Some(flow.token_url.clone()),
        refresh_url: flow.refresh_url.clone(),
        scopes: scopes(&flow.scopes),
    });
    let (id, _) = document.object(&stated.extensions);
    let device = document.supplement.value(id, "deviceAuthorization").map(|(_, node)| device(node));
    [implicit, password, client, code, device].into_iter().flatten().collect()
}

/// The device flow (OpenAPI 3.2), which `openapiv3` does not know.
fn device(node: &Node) -> Flow {
    let text = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
    let scopes = node.get("scopes").into_iter().flat_map(Node::entries);
    Flow {
        kind: FlowKind::DeviceAuthorization,
        authorization_url: text("deviceAuthorizationUrl"),
        token_url: text("tokenUrl"),
        refresh_url: text("refreshUrl"),
        scopes: scopes.filter_map(|(name, what)| Some((name.text().to_owned(), what.text()?.to_owned()))).collect(),
    }
}

impl Schemes {
    /// The alternatives that an operation takes: its own, or the document's.
    pub(super) fn of(&self, document: &Document, operation: &stated::Operation) -> Vec<Requirement> {
        let stated = operation.security.as_ref().or(document.api.security.as_ref());
        stated.into_iter().flatten().map(|alternative| self.requirement(alternative)).collect()
    }

    /// One alternative. A scheme that the document does not declare was refused.
    fn requirement(&self, alternative: &stated::SecurityRequirement) -> Requirement {
        let schemes = alternative.iter().filter_map(|(name, scopes)| Some((*self.ids.get(name)?, scopes.clone())));
        Requirement { schemes: schemes.collect() }
    }
}
