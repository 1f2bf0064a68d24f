//! Security schemes, and which of them an operation takes.

use std::collections::{BTreeSet, HashMap};

use openapiv3::{APIKeyLocation, ReferenceOr, SecurityRequirement, SecurityScheme};

use super::context::Lowering;
use super::found::Found;
use super::located::At;
use super::{located, texts};
use crate::ir::{ApiKeyPlace, Requirement, Scheme, SchemeKind};
use crate::names::{Scope, type_name, value_name};
use crate::syntax::Node;

/// Methods of the client builder that no scheme may take.
pub const RESERVED_METHODS: &[&str] = &["build", "options", "transport", "server", "base_url", "clone"];

/// The schemes that some operation names.
pub struct Schemes {
    /// Ordered by name.
    pub schemes: Vec<Scheme>,
    /// The place of each in that order.
    places: HashMap<String, usize>,
}

/// Lowers the schemes that some operation of the document names.
pub fn schemes(lowering: &mut Lowering<'_>) -> Schemes {
    let used = used(lowering);
    let mut names: Vec<&str> = Vec::new();
    if let Some(components) = &lowering.resolved.document.api.components {
        names.extend(components.security_schemes.keys().map(String::as_str).filter(|name| used.contains(*name)));
    }
    names.sort_unstable();
    let mut methods = Scope::reserving(RESERVED_METHODS);
    let mut variants = Scope::default();
    let mut schemes = Vec::new();
    for name in names {
        let Some(at) = find(lowering, name) else { continue };
        let Some(kind) = kind(lowering, name, at) else { continue };
        schemes.push(Scheme {
            key: name.to_owned(),
            method_name: methods.claim(&value_name(name)).name,
            variant: variants.claim(&type_name(name)).name,
            kind,
            docs: texts::docs(at.node),
        });
    }
    let places = schemes.iter().enumerate().map(|(place, scheme)| (scheme.key.clone(), place)).collect();
    Schemes { schemes, places }
}

fn used(lowering: &Lowering<'_>) -> BTreeSet<String> {
    let api = &lowering.resolved.document.api;
    let mut used = BTreeSet::new();
    let mut add = |alternatives: &[SecurityRequirement]| {
        used.extend(alternatives.iter().flat_map(|alternative| alternative.keys().cloned()));
    };
    let mut inherits = false;
    for (_, item) in &api.paths.paths {
        let ReferenceOr::Item(item) = item else { continue };
        for (_, operation) in item.iter() {
            match &operation.security {
                Some(security) => add(security),
                None => inherits = true,
            }
        }
    }
    if inherits {
        add(api.security.as_deref().unwrap_or_default());
    }
    used
}

fn find<'a>(lowering: &Lowering<'a>, name: &str) -> Option<At<'a, SecurityScheme>> {
    let components = lowering.resolved.document.api.components.as_ref()?;
    located::component(
        &lowering.resolved.root,
        "securitySchemes",
        &components.security_schemes,
        &format!("#/components/securitySchemes/{name}"),
    )
}

fn kind(lowering: &mut Lowering<'_>, name: &str, at: At<'_, SecurityScheme>) -> Option<SchemeKind> {
    match at.value {
        SecurityScheme::APIKey { location, name, .. } => {
            let place = match location {
                APIKeyLocation::Header => ApiKeyPlace::Header,
                APIKeyLocation::Query => ApiKeyPlace::Query,
                APIKeyLocation::Cookie => ApiKeyPlace::Cookie,
            };
            Some(SchemeKind::ApiKey { place, name: name.clone() })
        }
        SecurityScheme::HTTP { scheme, .. } => match scheme.to_ascii_lowercase().as_str() {
            "basic" => Some(SchemeKind::Basic),
            "bearer" => Some(SchemeKind::Bearer { token_url: None }),
            other => {
                lowering.report.security_scheme(name, other, at.node);
                None
            }
        },
        SecurityScheme::OAuth2 { .. } => {
            let flow = at.node.get("flows").and_then(|flows| flows.get("clientCredentials"));
            Some(SchemeKind::Bearer {
                token_url: flow.and_then(|flow| flow.get("tokenUrl")).and_then(Node::text).map(str::to_owned),
            })
        }
        SecurityScheme::OpenIDConnect { .. } => Some(SchemeKind::Bearer { token_url: None }),
    }
}

/// The alternatives that an operation takes: its own, or the document's.
pub fn of(lowering: &Lowering<'_>, found: &Found<'_>, schemes: &Schemes) -> Vec<Requirement> {
    let stated =
        found.at.value.security.as_deref().or(lowering.resolved.document.api.security.as_deref()).unwrap_or_default();
    stated
        .iter()
        .filter_map(|alternative| {
            let needed = alternative.iter().map(|(name, scopes)| Some((*schemes.places.get(name)?, scopes.clone())));
            // An alternative with a scheme that we cannot send was reported; it is none to choose.
            needed.collect::<Option<Vec<_>>>().map(|schemes| Requirement { schemes })
        })
        .collect()
}
