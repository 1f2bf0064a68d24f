//! One security scheme in two documents: what it is, and how tokens for it are got.

use specie_codegen::api::{ApiKeyLocation, Flow, FlowKind, SecurityKind, SecurityScheme};

use crate::collect::Collector;
use crate::document_location::Site;
use crate::{Answer, Edit, Relation, Rule};

/// Whether the same credentials fit two schemes, whatever they are called.
pub(super) fn same_kind(one: &SecurityKind, other: &SecurityKind) -> bool {
    match (one, other) {
        (SecurityKind::ApiKey { place, name }, SecurityKind::ApiKey { place: other_place, name: other_name }) => {
            let same_name = if *place == ApiKeyLocation::Header {
                name.eq_ignore_ascii_case(other_name)
            } else {
                name == other_name
            };
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

/// Whether credentials may travel as `Authorization: Bearer …`: tokens of OAuth 2.0 do (RFC 6750 section 2.1), and an API key in this
/// header may be written so.
fn is_authorization(kind: &SecurityKind) -> bool {
    match kind {
        SecurityKind::Http { scheme, .. } => scheme.eq_ignore_ascii_case("bearer"),
        SecurityKind::ApiKey { place, name } => {
            *place == ApiKeyLocation::Header && name.eq_ignore_ascii_case("authorization")
        }
        SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. } => true,
        SecurityKind::MutualTls => false,
    }
}

/// Whether the same credentials may fit two schemes.
pub(super) fn may_be_same(one: &SecurityKind, other: &SecurityKind) -> bool {
    same_kind(one, other) || is_authorization(one) && is_authorization(other)
}

/// Whether two schemes get their tokens from the same addresses.
pub(super) fn same_addresses(one: &SecurityScheme, other: &SecurityScheme) -> bool {
    match (&one.kind, &other.kind) {
        (SecurityKind::OAuth2 { flows: ones }, SecurityKind::OAuth2 { flows: others }) => {
            ones.iter().map(addresses).eq(others.iter().map(addresses))
        }
        (SecurityKind::OpenIdConnect { url }, SecurityKind::OpenIdConnect { url: other }) => url == other,
        _ => true,
    }
}

/// Whether two schemes are the same in all but their names.
pub(super) fn are_same(one: &SecurityScheme, other: &SecurityScheme) -> bool {
    same_kind(&one.kind, &other.kind) && same_addresses(one, other)
}

/// Compares a scheme of both documents.
pub(super) fn compare(old: &SecurityScheme, new: &SecurityScheme, site: &Site, found: &mut Collector<'_>) {
    let site = site.at("security");
    let edit = |rule, relation| Edit::new(rule, relation, Some(old.span), Some(new.span)).about(&*old.key);
    if !same_kind(&old.kind, &new.kind) {
        let is_alike = is_authorization(&old.kind) && is_authorization(&new.kind);
        let relation = if is_alike { Relation::UNKNOWN } else { Relation::INCOMPARABLE };
        let changed = edit(Rule::SecurityScheme, relation);
        found.edit(&site, changed.values(Some(kind_text(&old.kind)), Some(kind_text(&new.kind))));
        return;
    }
    if let (SecurityKind::OpenIdConnect { url: before }, SecurityKind::OpenIdConnect { url: after }) =
        (&old.kind, &new.kind)
        && before != after
    {
        // The address of an OpenID provider is what names it, and a token is of one provider (OpenID Connect Discovery 1.0, 4.3).
        let changed = edit(Rule::SecurityAddress, Relation::INCOMPARABLE);
        found.edit(&site, changed.values(Some(before.clone()), Some(after.clone())));
    }
    if let (SecurityKind::OAuth2 { flows: ones }, SecurityKind::OAuth2 { flows: others }) = (&old.kind, &new.kind) {
        flows((ones, old), (others, new), &site, found);
    }
}

/// Compares the ways to a token (OpenAPI 3.2.0, OAuth Flows Object). Whoever gets it by a way that is gone gets none.
fn flows(
    (ones, old): (&[Flow], &SecurityScheme),
    (others, new): (&[Flow], &SecurityScheme),
    site: &Site,
    found: &mut Collector<'_>,
) {
    let find = |all: &'_ [Flow], kind: FlowKind| all.iter().position(|flow| flow.kind == kind);
    for flow in ones {
        if let Some(now) = find(others, flow.kind).and_then(|at| others.get(at)) {
            let about = format!("{} ({})", old.key, flow_name(flow.kind));
            flow_addresses((flow, now), &about, site, found);
            scopes((flow, now), &about, site, found);
        } else {
            let edit = Edit::new(Rule::SecurityFlowRemoved, Relation::NARROWS, Some(flow.span.key), Some(new.span));
            found.edit(site, edit.about(flow_name(flow.kind)));
        }
    }
    for flow in others.iter().filter(|flow| find(ones, flow.kind).is_none()) {
        let edit = Edit::new(Rule::SecurityFlowAdded, Relation::WIDENS, Some(old.span), Some(flow.span.key));
        found.edit(site, edit.about(flow_name(flow.kind)));
    }
}

/// Compares where tokens come from. Whether those of both addresses are the same, no document says.
fn flow_addresses((old, new): (&Flow, &Flow), about: &str, site: &Site, found: &mut Collector<'_>) {
    if addresses(old) == addresses(new) {
        return;
    }
    let text = |flow: &Flow| Some(addresses(flow).into_iter().flatten().collect::<Vec<_>>().join(", "));
    let edit = Edit::new(Rule::SecurityAddress, Relation::UNKNOWN, Some(old.span.key), Some(new.span.key));
    found.edit(site, edit.about(about).values(text(old), text(new)));
}

/// The addresses of a flow, each by what it is for.
fn addresses(flow: &Flow) -> [Option<&str>; 3] {
    [flow.authorization_url.as_deref(), flow.token_url.as_deref(), flow.refresh_url.as_deref()]
}

/// Compares the scopes that can be asked for. Whether one that is not listed is given all the same, no document says.
fn scopes((old, new): (&Flow, &Flow), about: &str, site: &Site, found: &mut Collector<'_>) {
    let lacks = |flow: &Flow, scope: &str| flow.scopes.iter().all(|(name, _)| name != scope);
    let missing = |one: &Flow, other: &Flow| {
        if one.scopes.iter().any(|(name, _)| lacks(other, name)) { Answer::Unknown } else { Answer::Yes }
    };
    let relation = Relation::new(missing(old, new), missing(new, old));
    if relation == Relation::SAME {
        return;
    }
    let listed = |flow: &Flow| {
        let names: Vec<&str> = flow.scopes.iter().map(|(name, _)| name.as_str()).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    let edit = Edit::new(Rule::SecurityScopes, relation, Some(old.span.key), Some(new.span.key));
    found.edit(site, edit.about(about).values(Some(listed(old)), Some(listed(new))));
}

/// The name that a document gives a flow.
const fn flow_name(kind: FlowKind) -> &'static str {
    match kind {
        FlowKind::Implicit => "implicit",
        FlowKind::Password => "password",
        FlowKind::ClientCredentials => "clientCredentials",
        FlowKind::AuthorizationCode => "authorizationCode",
        FlowKind::DeviceAuthorization => "deviceAuthorization",
    }
}

fn kind_text(kind: &SecurityKind) -> String {
    match kind {
        SecurityKind::ApiKey { name, .. } if name.is_empty() => "API key without a name".to_owned(),
        SecurityKind::ApiKey { place, name } => {
            let place = match place {
                ApiKeyLocation::Header => "header",
                ApiKeyLocation::Query => "query",
                ApiKeyLocation::Cookie => "cookie",
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
