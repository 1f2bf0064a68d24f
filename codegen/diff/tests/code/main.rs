//! What changes in the crates of two documents, and which change of the document is the cause.

mod operations;
#[path = "../support/mod.rs"]
mod support;
mod types;

use specie_codegen::ApiAndCrate;
use specie_codegen::source::Source;
use specie_diff::{ComparedCrate, Finding, Format, Shows, Sources, Witness, render, report};

fn understood(text: &str) -> ApiAndCrate {
    support::understood(&Source::new("t.yaml", text), text)
}

fn findings(old: &str, new: &str) -> Vec<Finding> {
    let (old, new) = (understood(old), understood(new));
    assert!(old.krate.is_some() && new.krate.is_some(), "both have crates");
    report(&old, &new)
}

/// Each change of code, after the rule of its cause: what it asks of users of the client, then of servers.
fn code(found: &[Finding]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for finding in found {
        for change in &finding.code {
            let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
            let (client, server) = (change.client.as_str(), change.server.as_str());
            let values = format!("{} -> {}", value(&change.before), value(&change.after));
            lines.push(format!("{}: {} {values}; {client} {server}", finding.rule.id(), change.item));
        }
    }
    lines.sort();
    lines
}

#[track_caller]
fn expect(old: &str, new: &str, expected: &[&str]) {
    assert_eq!(code(&findings(old, new)), expected, "{old}\n{new}");
    assert!(findings(old, old).is_empty() && findings(new, new).is_empty());
}

/// A document with one operation that sends and receives a `Coin`.
fn coins(properties: &str) -> String {
    let of = "content: {application/json: {schema: {$ref: '#/components/schemas/Coin'}}}";
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /coins:\n    post:\n      operationId: mint\n      requestBody: {{required: true, {of}}}\n      responses: {{'200': {{description: It., content: {{application/json: {{schema: {{$ref: '#/components/schemas/Box'}}}}}}}}}}\n\
         components: {{schemas: {{Box: {{type: object, properties: {{coins: {{type: array, items: {{$ref: '#/components/schemas/Coin'}}}}}}}}, Coin: {{type: object, {properties}}}}}}}\n"
    )
}

/// A document with one operation, of which the test says the rest.
fn operation(head: &str, id: &str, rest: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{head}\npaths:\n  /coins:\n    post:\n      operationId: {id}\n      responses: {{'204': {{description: Done.}}}}\n{rest}\n"
    )
}
