//! Security schemes that a client can send, and which of them an operation takes.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::api::{self, Api, FlowKind, SchemeId, SecurityKind, SecurityScheme};
use crate::diagnostic::Diagnostics;
use crate::http::is_token;
use crate::names::{Contender, type_name, value_name};
use crate::plan::diagnostics::Report;
use crate::plan::docs::paragraphs::document;
use crate::plan::stated_docs;
use crate::rust::{
    ApiKeyLocation, BASE_URL, CLIENT_BUILDER_METHODS, CREDENTIALS_METHODS, CredentialArgument, CredentialInput,
    CredentialSetter, Docs, PresentedCredential, Requirement, Scheme, SchemeKind, Text, Type,
};

/// The schemes that some operation names.
pub(in crate::plan) struct Schemes {
    /// Ordered by name.
    pub(in crate::plan) list: Vec<Scheme>,
    /// The key of each.
    keys: HashMap<SchemeId, String>,
    /// Those that nothing in a request speaks of.
    on_connection: HashSet<SchemeId>,
}

impl Schemes {
    /// The alternatives that an operation takes. One with a scheme that we cannot send was reported; it is none to choose.
    pub(in crate::plan) fn of(&self, operation: &api::Operation) -> Vec<Requirement> {
        let key = |(id, scopes): &(SchemeId, Vec<String>)| Some((self.keys.get(id)?.clone(), scopes.clone()));
        let requirement = |alternative: &api::Requirement| {
            let in_request = alternative.schemes.iter().filter(|(id, _)| !self.on_connection.contains(id));
            let schemes = in_request.map(key).collect::<Option<Vec<_>>>()?;
            Some(Requirement { schemes })
        };
        operation.security.iter().filter_map(requirement).collect()
    }
}

/// The schemes that some operation under `paths` names.
pub(in crate::plan) fn schemes(api: &Api) -> (Schemes, Diagnostics) {
    let mut report = Report::default();
    let alternatives = api.operations.iter().flat_map(|operation| &operation.security);
    let used: BTreeSet<SchemeId> = alternatives.flat_map(|all| &all.schemes).map(|(id, _)| *id).collect();
    let mut stated: Vec<(SchemeId, &SecurityScheme)> =
        used.into_iter().filter_map(|id| Some((id, api.security_scheme(id)?))).collect();
    stated.sort_by_key(|(_, scheme)| &scheme.key);
    let mut sent = Vec::new();
    let mut found = Schemes { list: Vec::new(), keys: HashMap::new(), on_connection: HashSet::new() };
    for (id, stated) in stated {
        match kind(stated, &mut report) {
            Some(kind) => {
                found.keys.insert(id, stated.key.clone());
                sent.push((stated, kind));
            }
            None => found.on_connection.extend((stated.kind == SecurityKind::MutualTls).then_some(id)),
        }
    }
    let names = names(&sent.iter().map(|(stated, _)| *stated).collect::<Vec<_>>(), &mut report);
    found.list = sent
        .into_iter()
        .zip(names)
        .map(|((stated, kind), (method_name, variant))| scheme(stated, kind, method_name, variant))
        .collect();
    (found, report.diagnostics)
}

/// The setter and the variant of each scheme. Where the setter of one is called another way, so is the variant.
fn names(schemes: &[&SecurityScheme], report: &mut Report) -> Vec<(String, String)> {
    let reserved = [CLIENT_BUILDER_METHODS, CREDENTIALS_METHODS, &[BASE_URL]].concat();
    let contenders: Vec<_> = schemes.iter().map(|one| (Contender::of(&one.key, value_name), one.span)).collect();
    let methods = report.told_apart(&contenders, &reserved);
    let is_reserved = |key: &str| reserved.contains(&value_name(key).as_str());
    let words = schemes.iter().zip(&methods).map(|(one, method)| {
        let has_wish = value_name(&one.key) == *method || is_reserved(&one.key);
        (Contender::of(if has_wish { &one.key } else { method }, type_name), one.span)
    });
    let variants = report.told_apart(&words.collect::<Vec<_>>(), &[]);
    methods.into_iter().zip(variants).collect()
}

/// What a scheme is; `None`, which is reported: nothing that a request has.
pub(super) fn kind(stated: &SecurityScheme, report: &mut Report) -> Option<SchemeKind> {
    let scheme = match &stated.kind {
        SecurityKind::ApiKey { name, .. } if name.is_empty() => {
            report.nameless_scheme(&stated.key, "apiKey", "`name` and no `in`", stated.span);
            return None;
        }
        SecurityKind::Http { scheme, .. } if scheme.is_empty() => {
            report.nameless_scheme(&stated.key, "http", "`scheme`", stated.span);
            return None;
        }
        SecurityKind::ApiKey { place, name } => {
            return Some(SchemeKind::ApiKey { place: *place, name: name.clone() });
        }
        SecurityKind::OAuth2 { flows } => {
            let flow = flows.iter().find(|flow| flow.kind == FlowKind::ClientCredentials);
            return Some(SchemeKind::Bearer { token_url: flow.and_then(|flow| flow.token_url.clone()) });
        }
        SecurityKind::OpenIdConnect { .. } => return Some(SchemeKind::Bearer { token_url: None }),
        SecurityKind::Http { scheme, .. } => scheme.as_str(),
        SecurityKind::MutualTls => {
            report.mutual_tls(&stated.key, stated.span);
            return None;
        }
    };
    match scheme.to_ascii_lowercase().as_str() {
        "basic" => Some(SchemeKind::Basic),
        "bearer" => Some(SchemeKind::Bearer { token_url: None }),
        _ if is_token(scheme) => {
            report.security_by_caller(&stated.key, scheme, stated.span);
            Some(SchemeKind::Http(registered(scheme)))
        }
        _ => {
            report.security_scheme(&stated.key, scheme, stated.span);
            None
        }
    }
}

/// The name of a scheme as the registry writes it (RFC 9110 section 16.4.1), or else as the document does.
fn registered(scheme: &str) -> String {
    let known = REGISTERED.iter().find(|name| name.eq_ignore_ascii_case(scheme));
    known.map_or_else(|| scheme.to_owned(), |name| (*name).to_owned())
}

/// The registered names of schemes that have more than one usual spelling.
const REGISTERED: &[&str] = &[
    "Concealed",
    "Digest",
    "DPoP",
    "GNAP",
    "HOBA",
    "Mutual",
    "Negotiate",
    "OAuth",
    "PrivateToken",
    "SCRAM-SHA-1",
    "SCRAM-SHA-256",
];

fn scheme(stated: &SecurityScheme, kind: SchemeKind, method_name: String, variant: String) -> Scheme {
    let stated_docs = stated_docs::of(&stated.docs);
    Scheme {
        key: stated.key.clone(),
        method_name,
        setter: setter(&kind),
        variant,
        presented: if kind == SchemeKind::Basic {
            PresentedCredential::NameAndPassword
        } else {
            PresentedCredential::Secret
        },
        docs: document(Docs::line(how(&stated.key, &kind)), &stated_docs),
        variant_docs: document(Docs::line(Text::of_code(&stated.key).words(".")), &stated_docs),
        kind,
    }
}

/// What the builder method takes.
fn setter(kind: &SchemeKind) -> CredentialSetter {
    let argument = |name, taken| CredentialArgument { name, taken };
    let secret = || CredentialInput::Into(Type::Secret(Box::new(Type::String)));
    match kind {
        SchemeKind::Basic => CredentialSetter {
            arguments: vec![argument("username", CredentialInput::Into(Type::String)), argument("password", secret())],
            made: "specie_runtime::client::Basic",
        },
        SchemeKind::Bearer { .. } => CredentialSetter {
            arguments: vec![argument("token", CredentialInput::TokenSource)],
            made: "specie_runtime::client::Bearer",
        },
        SchemeKind::Http(_) | SchemeKind::ApiKey { .. } => {
            CredentialSetter { arguments: vec![argument("key", secret())], made: "specie_runtime::client::ApiKey" }
        }
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
        SchemeKind::Http(scheme) => Text::from("Sets the credentials of ").code(key).words(", which are sent behind ").code(scheme).words(
            " in the `Authorization` header. Where each request has to be signed, set that header by \
             [`Call::header`](specie_runtime::client::Call::header).",
        ),
        SchemeKind::ApiKey { place, name } => {
            let place = match place {
                ApiKeyLocation::Header => "header",
                ApiKeyLocation::Query => "query parameter",
                ApiKeyLocation::Cookie => "cookie",
            };
            let key = Text::from("Sets the API key of ").code(key);
            key.words(format!(", sent as the {place} ")).code(name).words(".")
        }
    }
}
