//! Security: which credentials are enough.

use std::collections::HashSet;

use specie_codegen::api::{Api, ApiKeyPlace, Flow, Operation, Requirement, SchemeId, SecurityKind, SecurityScheme};
use specie_codegen::source::Span;

use crate::collect::Collector;
use crate::site::{Documents, Site};
use crate::{Edit, Relation, Rule};

/// Compares the alternatives of two operations. Credentials that were enough have to be enough.
pub(crate) fn compare(
    documents: &Documents<'_>,
    old: &Operation,
    new: &Operation,
    site: &Site,
    found: &mut Collector<'_>,
) {
    let Documents { old: one, new: other } = *documents;
    let (ones, others) = (alternatives(one, old), alternatives(other, new));
    let (names, other_names) = (names(one), names(other));
    let satisfies_new =
        |given: &Alternative<'_>, wanted: &Alternative<'_>| is_enough((given, &names), (wanted, &other_names));
    let satisfies_old =
        |given: &Alternative<'_>, wanted: &Alternative<'_>| is_enough((given, &other_names), (wanted, &names));
    for alternative in ones.iter().filter(|one| !others.iter().any(|other| satisfies_new(one, other))) {
        let edit = Edit::new(Rule::SecurityRemoved, Relation::NARROWS, alternative.span(old), stated(new));
        found.edit(
            &site.at("security"),
            edit.about(alternative.text()).values(Some(texts(&ones)), Some(texts(&others))),
        );
    }
    for alternative in others.iter().filter(|other| !ones.iter().any(|one| satisfies_old(other, one))) {
        let edit = Edit::new(Rule::SecurityAdded, Relation::WIDENS, stated(old), alternative.span(new));
        found.edit(
            &site.at("security"),
            edit.about(alternative.text()).values(Some(texts(&ones)), Some(texts(&others))),
        );
    }
    for (scheme, now) in shared(&ones, &others) {
        kinds(scheme, now, site, found);
    }
}

/// Where the alternatives of an operation stand. Those of the whole document, and the lack of any, are the same for all operations, so that
/// their change is one.
fn stated(operation: &Operation) -> Option<Span> {
    operation.security.first().map(|first| first.span.key).or(operation.security_span)
}

/// Credentials that are enough together.
struct Alternative<'a> {
    schemes: Vec<(&'a SecurityScheme, &'a [String])>,
    requirement: Option<&'a Requirement>,
}

impl Alternative<'_> {
    fn span(&self, operation: &Operation) -> Option<Span> {
        self.requirement.map(|stated| stated.span.key).or(operation.security_span)
    }

    fn text(&self) -> String {
        let scheme = |(scheme, scopes): &(&SecurityScheme, &[String])| {
            if scopes.is_empty() { scheme.key.clone() } else { format!("{} ({})", scheme.key, scopes.join(", ")) }
        };
        let all: Vec<String> = self.schemes.iter().map(scheme).collect();
        if all.is_empty() { "no credentials".to_owned() } else { all.join(" and ") }
    }
}

/// All alternatives of an operation.
fn texts(all: &[Alternative<'_>]) -> String {
    all.iter().map(Alternative::text).collect::<Vec<_>>().join(" or ")
}

fn alternatives<'a>(api: &'a Api, operation: &'a Operation) -> Vec<Alternative<'a>> {
    if operation.security.is_empty() {
        return vec![Alternative { schemes: Vec::new(), requirement: None }];
    }
    let scheme = |(id, scopes): &'a (SchemeId, Vec<String>)| Some((api.security_scheme(*id)?, scopes.as_slice()));
    let stated = operation.security.iter().map(|requirement| Alternative {
        schemes: requirement.schemes.iter().filter_map(scheme).collect(),
        requirement: Some(requirement),
    });
    stated.collect()
}

/// The names of a document's schemes.
fn names(api: &Api) -> HashSet<&str> {
    api.security_schemes.iter().map(|scheme| scheme.key.as_str()).collect()
}

/// Whether credentials that satisfy an alternative of one document satisfy one of the other document, each with the names of its document's
/// schemes. A scheme is known by its name, or, where neither document has the other's name, by what it is.
fn is_enough(given: (&Alternative<'_>, &HashSet<&str>), wanted: (&Alternative<'_>, &HashSet<&str>)) -> bool {
    let is_same = |one: &SecurityScheme, other: &SecurityScheme| {
        let renamed = !wanted.1.contains(one.key.as_str()) && !given.1.contains(other.key.as_str());
        one.key == other.key || renamed && same_kind(&one.kind, &other.kind)
    };
    let has = |(scheme, scopes): &(&SecurityScheme, &[String])| {
        given
            .0
            .schemes
            .iter()
            .any(|(one, held)| is_same(one, scheme) && scopes.iter().all(|scope| held.contains(scope)))
    };
    wanted.0.schemes.iter().all(has)
}

/// Whether the same credentials fit two schemes, whatever they are called.
fn same_kind(one: &SecurityKind, other: &SecurityKind) -> bool {
    match (one, other) {
        (SecurityKind::ApiKey { place, name }, SecurityKind::ApiKey { place: other_place, name: other_name }) => {
            let same_name =
                if *place == ApiKeyPlace::Header { name.eq_ignore_ascii_case(other_name) } else { name == other_name };
            place == other_place && same_name
        }
        (SecurityKind::Http { scheme, .. }, SecurityKind::Http { scheme: other, .. }) => {
            scheme.eq_ignore_ascii_case(other)
        }
        (SecurityKind::OAuth2 { .. }, SecurityKind::OAuth2 { .. })
        | (SecurityKind::OpenIdConnect { .. }, SecurityKind::OpenIdConnect { .. })
        | (SecurityKind::MutualTls, SecurityKind::MutualTls) => true,
        _ => false,
    }
}

/// The schemes that both operations use under one name.
fn shared<'a>(ones: &[Alternative<'a>], others: &[Alternative<'a>]) -> Vec<(&'a SecurityScheme, &'a SecurityScheme)> {
    let all = |list: &[Alternative<'a>]| -> Vec<&'a SecurityScheme> {
        let mut found: Vec<&SecurityScheme> = Vec::new();
        for (scheme, _) in list.iter().flat_map(|one| &one.schemes) {
            if found.iter().all(|known| known.key != scheme.key) {
                found.push(scheme);
            }
        }
        found
    };
    let now = all(others);
    let both = |one: &'a SecurityScheme| Some((one, *now.iter().find(|other| other.key == one.key)?));
    all(ones).into_iter().filter_map(both).collect()
}

/// Compares a scheme of both documents.
fn kinds(old: &SecurityScheme, new: &SecurityScheme, site: &Site, found: &mut Collector<'_>) {
    let site = site.at("security");
    let edit = |rule, relation| Edit::new(rule, relation, Some(old.span), Some(new.span)).about(&*old.key);
    if !same_kind(&old.kind, &new.kind) {
        let changed = edit(Rule::SecurityScheme, Relation::INCOMPARABLE);
        found.edit(&site, changed.values(Some(kind_text(&old.kind)), Some(kind_text(&new.kind))));
        return;
    }
    let (before, after) = (addresses(&old.kind), addresses(&new.kind));
    if before != after {
        // The address of an OpenID provider is what names it, and a token is of one provider (OpenID Connect Discovery 1.0, 4.3). Of OAuth 2.0
        // the document does not say whether the tokens of both addresses are the same.
        let is_provider = matches!(old.kind, SecurityKind::OpenIdConnect { .. });
        let relation = if is_provider { Relation::INCOMPARABLE } else { Relation::UNKNOWN };
        let changed = edit(Rule::SecurityAddress, relation);
        found.edit(&site, changed.values(Some(before.join(", ")), Some(after.join(", "))));
    }
}

fn kind_text(kind: &SecurityKind) -> String {
    match kind {
        SecurityKind::ApiKey { name, .. } if name.is_empty() => "API key without a name".to_owned(),
        SecurityKind::ApiKey { place, name } => {
            let place = match place {
                ApiKeyPlace::Header => "header",
                ApiKeyPlace::Query => "query",
                ApiKeyPlace::Cookie => "cookie",
            };
            format!("API key in {place} {name}")
        }
        SecurityKind::Http { scheme, .. } if scheme.is_empty() => "HTTP without a scheme".to_owned(),
        SecurityKind::Http { scheme, .. } => format!("HTTP {scheme}"),
        SecurityKind::OAuth2 { .. } => "OAuth 2.0".to_owned(),
        SecurityKind::OpenIdConnect { .. } => "OpenID Connect".to_owned(),
        SecurityKind::MutualTls => "client certificate".to_owned(),
    }
}

/// Where tokens come from.
fn addresses(kind: &SecurityKind) -> Vec<String> {
    let of_flow = |flow: &Flow| {
        let all = [&flow.authorization_url, &flow.token_url, &flow.refresh_url];
        all.into_iter().flatten().cloned().collect::<Vec<_>>()
    };
    match kind {
        SecurityKind::OAuth2 { flows } => flows.iter().flat_map(of_flow).collect(),
        SecurityKind::OpenIdConnect { url } => vec![url.clone()],
        _ => Vec::new(),
    }
}
