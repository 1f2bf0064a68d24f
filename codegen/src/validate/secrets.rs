//! Secrets.

use super::composition::parts_of;
use super::pointers::{Pointee, follow};
use super::survey::{Found, Survey};
use super::words::{ends_in, words};
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::grammar::Kind;
use crate::syntax::Node;

/// How the names of secrets end, those of the numbers that a person is known to an authority by among them.
const ENDINGS: &[&[&str]] = &[
    &["password"],
    &["passwd"],
    &["passphrase"],
    &["secret"],
    &["cvv"],
    &["cvc"],
    &["cvv2"],
    &["cvc2"],
    &["csc"],
    &["pan"],
    &["pin"],
    &["card", "number"],
    &["cardnumber"],
    &["tax", "id"],
    &["ssn"],
    &["api", "key"],
    &["apikey"],
    &["secret", "key"],
    &["private", "key"],
    &["access", "token"],
    &["refresh", "token"],
    &["auth", "token"],
    &["bearer", "token"],
    &["session", "token"],
    &["security", "code"],
    &["access", "key"],
    &["signing", "key"],
    &["passcode"],
    &["otp"],
    &["tax", "id"],
    &["taxid"],
    &["tax", "number"],
    &["ssn"],
    &["social", "security", "number"],
    &["passport", "number"],
];

/// Strings that are called like secrets and not marked as such.
pub(super) fn unmarked(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    let maps = survey.all(Kind::Schema).iter().filter_map(|found| found.node.get("properties"));
    for (key, schema) in maps.flat_map(Node::entries) {
        if is_called_secret(key.text()) && may_be_printed(survey, schema) {
            let message = format!("{} is called like a secret, and is not marked as one", quoted(key.text()));
            diagnostics.warning(Code::SecretNotMarked, message, key.span).help(
                "add `x-specie-sensitive: true`, so that it is never printed, or `x-specie-sensitive: false` if it is no secret",
            );
        }
    }
    for found in parameters(survey, &["header", "cookie"]) {
        let name = name(found);
        if is_called_secret(name) && found.node.get("schema").is_some_and(|schema| may_be_printed(survey, schema)) {
            let message = format!("{} is called like a secret, and is not marked as one", quoted(name));
            let place = found.node.get("name").map_or(found.at, |node| node.span);
            diagnostics
                .warning(Code::SecretNotMarked, message, place)
                .help("add `x-specie-sensitive: true` to its schema, or declare it as a security scheme");
        }
    }
}

/// Secrets in paths and queries, which end up in logs.
pub(super) fn in_urls(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    for found in parameters(survey, &["path", "query"]) {
        let statements = found.node.get("schema").map(|schema| statements(survey, schema)).unwrap_or_default();
        let is_called_so = is_called_secret(name(found)) && !statements.iter().any(|node| is_denied(node));
        if is_called_so || statements.iter().any(|node| is_marked(node)) {
            let message = format!("the secret {} is sent in the URL", quoted(name(found)));
            let place = found.node.get("name").map_or(found.at, |node| node.span);
            diagnostics
                .warning(Code::SecretInUrl, message, place)
                .help("send it in a header or in the body: URLs are logged by every proxy on the way");
        }
    }
    for found in survey.all(Kind::SecurityScheme) {
        let Some(node) = found.node.get("in").filter(|node| node.as_str() == Some("query")) else { continue };
        let message = format!("the key of {} is sent in the URL", quoted(found.name));
        diagnostics
            .warning(Code::SecretInUrl, message, node.span)
            .help("send it in a header: URLs are logged by every proxy on the way");
    }
}

/// Secrets by which an operation is known: what asks for it sends them in a URL, and a journal holds them.
pub(super) fn as_references(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    for operation in &survey.operations {
        let named = [("x-specie-reconcile", "value"), ("x-specie-idempotency", "field")];
        for (extension, key) in named {
            let Some(node) = operation.node.get(extension).and_then(|node| node.get(key)) else { continue };
            let text = node.as_str().unwrap_or_default();
            let start = survey.request_schema(operation).map_or(Pointee::Nowhere, Pointee::Schema);
            if let Pointee::Schema(schema) = follow(survey, start, text)
                && statements(survey, schema).into_iter().any(is_marked)
            {
                let message = format!("the secret at {} is what the operation is known by", quoted(text));
                diagnostics
                    .warning(Code::SecretInUrl, message, node.span)
                    .help("name a reference that is no secret: it is sent in URLs, and written into journals");
            }
        }
    }
}

fn parameters<'s, 'a>(survey: &'s Survey<'a>, places: &'s [&str]) -> impl Iterator<Item = &'s Found<'a>> {
    let is_there =
        |found: &&Found<'a>| found.node.get("in").and_then(Node::as_str).is_some_and(|place| places.contains(&place));
    survey.all(Kind::Parameter).iter().filter(is_there)
}

fn name<'a>(found: &Found<'a>) -> &'a str {
    found.node.get("name").and_then(Node::as_str).unwrap_or_default()
}

fn is_called_secret(name: &str) -> bool {
    let words = words(name);
    // A token of no other kind is one to be let in with; `page_token` and its like are not.
    words == ["token"] || ENDINGS.iter().any(|ending| ends_in(&words, ending))
}

/// A string or an integer of which nothing says whether it may be printed. One of a few known values is no secret.
fn may_be_printed(survey: &Survey<'_>, schema: &Node) -> bool {
    let parts = parts_of(survey, schema);
    let word = parts.iter().find_map(|part| part.get("type")?.as_str());
    let is_listed = parts.iter().any(|part| part.get("enum").is_some());
    let is_silent = || !statements(survey, schema).into_iter().any(|node| is_marked(node) || is_denied(node));
    matches!(word, Some("string" | "integer")) && !is_listed && is_silent()
}

/// What may say something about a schema's value: its parts, and the references that lead to them, beside which our keys may stand.
fn statements<'a>(survey: &Survey<'a>, schema: &'a Node) -> Vec<&'a Node> {
    let parts = parts_of(survey, schema);
    let branches = parts.iter().filter_map(|part| part.get("allOf")).flat_map(Node::items);
    let ways = std::iter::once(schema).chain(branches).flat_map(|node| survey.way(node));
    let references = ways.filter(|node| node.get("$ref").is_some()).collect::<Vec<_>>();
    [references, parts].concat()
}

fn is_marked(schema: &Node) -> bool {
    let password = schema.get("$ref").is_none() && schema.get("format").and_then(Node::as_str) == Some("password");
    password || schema.get("x-specie-sensitive").and_then(Node::as_bool) == Some(true)
}

fn is_denied(schema: &Node) -> bool {
    schema.get("x-specie-sensitive").and_then(Node::as_bool) == Some(false)
}
