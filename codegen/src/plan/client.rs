//! What the builder of the client sets, and what callers of the server present.

use super::docs::document;
use crate::ir::{self, Api};
use crate::rust::{ApiKeyPlace, Base, Choice, Docs, Scheme, SchemeKind, Text};

/// The groups of base URLs.
pub(super) fn bases(api: &Api) -> Vec<Base> {
    api.bases.iter().map(base).collect()
}

fn base(stated: &ir::Base) -> Base {
    let default = match stated.servers.as_slice() {
        [only] => only.url.clone(),
        _ => None,
    };
    let choices = stated.servers.iter().filter(|_| stated.enumerated).map(|server| {
        let url = server.url.clone().unwrap_or_default();
        let docs = document(Docs::default(), &server.docs);
        Choice { variant: server.variant.clone(), docs: docs.text(Text::of_code(&url)), url }
    });
    let source = match &default {
        Some(url) => Text::from("By default ").code(url).words("."),
        None if stated.enumerated => "The document has no default. Also set by `server`.".into(),
        None => "The document has no default.".into(),
    };
    Base {
        method_name: stated.method_name.clone(),
        urls: stated.servers.iter().map(|server| server.url.clone()).collect(),
        choices: choices.collect(),
        docs: document(Docs::line("Sets the base URL."), &stated.docs).text(source),
        default,
    }
}

/// The security schemes.
pub(super) fn schemes(api: &Api) -> Vec<Scheme> {
    api.schemes.iter().map(scheme).collect()
}

fn scheme(stated: &ir::Scheme) -> Scheme {
    let kind = match &stated.kind {
        ir::SchemeKind::Basic => SchemeKind::Basic,
        ir::SchemeKind::Bearer { token_url } => SchemeKind::Bearer { token_url: token_url.clone() },
        ir::SchemeKind::ApiKey { place, name } => SchemeKind::ApiKey { place: *place, name: name.clone() },
    };
    Scheme {
        key: stated.key.clone(),
        method_name: stated.method_name.clone(),
        variant: stated.variant.clone(),
        docs: document(Docs::line(how(&stated.key, &kind)), &stated.docs),
        variant_docs: document(Docs::line(Text::of_code(&stated.key).words(".")), &stated.docs),
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
