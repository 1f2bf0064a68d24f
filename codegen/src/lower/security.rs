//! Security schemes, and which of them an operation takes.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3 as stated;
use openapiv3::OAuth2Flows;

use super::docs::{Texts, docs};
use crate::api::{ApiKeyLocation, Flow, FlowKind, Requirement, SchemeId, SecurityKind, SecurityScheme};
use crate::document::source_map::{ObjectId, ObjectSpans};
use crate::document::{Document, Located};
use crate::source::Span;

/// The document's security schemes.
pub(super) struct Schemes {
    pub(super) list: Vec<SecurityScheme>,
    ids: HashMap<String, SchemeId>,
}

/// Lowers every scheme under `components.securitySchemes`.
pub(super) fn schemes(document: &Document) -> Schemes {
    let known = document.skeleton.components.as_ref().map(|components| &components.security_schemes);
    let mut list = Vec::new();
    for (key, at) in known.into_iter().flatten() {
        if let Some(stated) = document.security_scheme(at) {
            list.push(scheme(document, key, stated));
        }
    }
    for (key, id) in &document.supplement.security_schemes {
        let description = document.supplement.value(*id, "description").and_then(|(_, node)| node.text());
        list.push(entry(document, (key, *id), SecurityKind::MutualTls, description));
    }
    let ids = list.iter().enumerate().map(|(at, scheme)| (scheme.key.clone(), SchemeId(at))).collect();
    Schemes { list, ids }
}

fn entry(
    document: &Document,
    (key, id): (&str, ObjectId),
    kind: SecurityKind,
    description: Option<&str>,
) -> SecurityScheme {
    let at = &document.objects[id];
    let deprecated = document.supplement.value(id, "deprecated").and_then(|(_, node)| node.as_bool());
    let texts = Texts { deprecated: deprecated.unwrap_or_default(), ..Texts::description(description) };
    SecurityScheme { key: key.to_owned(), kind, docs: docs(at, texts), span: at.name }
}

fn scheme(document: &Document, key: &str, located: Located<'_, stated::SecurityScheme>) -> SecurityScheme {
    let (kind, description) = match located.stated {
        stated::SecurityScheme::APIKey { location, name, description, .. } => {
            (SecurityKind::ApiKey { place: place(location), name: name.clone() }, description)
        }
        stated::SecurityScheme::HTTP { scheme, bearer_format, description, .. } => {
            (SecurityKind::Http { scheme: scheme.trim().to_owned(), bearer_format: bearer_format.clone() }, description)
        }
        stated::SecurityScheme::OAuth2 { flows, description, .. } => {
            let flows = document.located(flows).map(|flows| self::flows(document, flows));
            (SecurityKind::OAuth2 { flows: flows.unwrap_or_default() }, description)
        }
        stated::SecurityScheme::OpenIDConnect { open_id_connect_url, description, .. } => {
            (SecurityKind::OpenIdConnect { url: open_id_connect_url.clone() }, description)
        }
    };
    entry(document, (key, located.id), kind, description.as_deref())
}

const fn place(location: &stated::APIKeyLocation) -> ApiKeyLocation {
    match location {
        stated::APIKeyLocation::Header => ApiKeyLocation::Header,
        stated::APIKeyLocation::Query => ApiKeyLocation::Query,
        stated::APIKeyLocation::Cookie => ApiKeyLocation::Cookie,
    }
}

fn flows(document: &Document, stated: Located<'_, stated::OAuth2Flows>) -> Vec<Flow> {
    let OAuth2Flows { implicit, password, client_credentials, authorization_code, .. } = stated.stated;
    let implicit = implicit.as_ref().and_then(|flow| {
        let flow = document.located(flow)?;
        let stated = flow.stated;
        let urls = [Some(&stated.authorization_url), None, stated.refresh_url.as_ref()];
        Some(self::flow(FlowKind::Implicit, urls, &stated.scopes, flow.object))
    });
    let password = password.as_ref().and_then(|flow| {
        let flow = document.located(flow)?;
        let stated = flow.stated;
        let urls = [None, Some(&stated.token_url), stated.refresh_url.as_ref()];
        Some(self::flow(FlowKind::Password, urls, &stated.scopes, flow.object))
    });
    let client = client_credentials.as_ref().and_then(|flow| {
        let flow = document.located(flow)?;
        let stated = flow.stated;
        let urls = [None, Some(&stated.token_url), stated.refresh_url.as_ref()];
        Some(self::flow(FlowKind::ClientCredentials, urls, &stated.scopes, flow.object))
    });
    let with_both = |kind: FlowKind, flow: &stated::AuthorizationCodeOAuth2Flow| {
        let flow = document.located(flow)?;
        let stated = flow.stated;
        let urls = [Some(&stated.authorization_url), Some(&stated.token_url), stated.refresh_url.as_ref()];
        Some(self::flow(kind, urls, &stated.scopes, flow.object))
    };
    let code = authorization_code.as_ref().and_then(|flow| with_both(FlowKind::AuthorizationCode, flow));
    let device = document.supplement.device_flows.get(&stated.id);
    let device = device.and_then(|flow| with_both(FlowKind::DeviceAuthorization, flow));
    [implicit, password, client, code, device].into_iter().flatten().collect()
}

/// A flow by its addresses: those for authorization, for the token and for a refreshed token.
fn flow(
    kind: FlowKind,
    [authorization_url, token_url, refresh_url]: [Option<&String>; 3],
    scopes: &IndexMap<String, String>,
    object: &ObjectSpans,
) -> Flow {
    Flow {
        kind,
        authorization_url: authorization_url.cloned(),
        token_url: token_url.cloned(),
        refresh_url: refresh_url.cloned(),
        scopes: scopes.iter().map(|(name, what)| (name.clone(), what.clone())).collect(),
        span: object.entry(),
    }
}

/// Where the `security` stands that holds for an operation: its own, or the document's.
pub(super) fn span(document: &Document, operation: &ObjectSpans) -> Option<Span> {
    let holders = [operation, &document.objects[ObjectId::ROOT]];
    holders.into_iter().find_map(|holder| holder.field("security")).map(|field| field.key)
}

impl Schemes {
    /// The alternatives that an operation takes: its own, or the document's.
    pub(super) fn of(&self, document: &Document, operation: Located<'_, stated::Operation>) -> Vec<Requirement> {
        document.security(operation).into_iter().map(|one| self.requirement(one)).collect()
    }

    /// One alternative. A scheme that the document does not declare was refused.
    fn requirement(&self, alternative: Located<'_, stated::SecurityRequirement>) -> Requirement {
        let schemes =
            alternative.stated.iter().filter_map(|(name, scopes)| Some((*self.ids.get(name)?, scopes.clone())));
        Requirement { schemes: schemes.collect(), span: alternative.object.entry() }
    }
}
