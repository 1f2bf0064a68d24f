//! What is planned for documents.

mod callbacks;
mod directions;
mod forms;
mod links;
mod names;
mod pagination;
mod types;
mod unenforced_assertions;
mod webhooks;

use super::Settings;
use crate::Program;
use crate::rust::{Crate, Field, ItemKind, Presence};
use crate::source::Source;
use crate::strictness::Strictness;
use crate::{document, lower, syntax};

/// What is planned for a document, and what is said of it.
fn found(text: &str) -> (Option<Crate>, Vec<String>) {
    found_in(&format!("openapi: 3.0.4\ninfo: {{title: T, version: '1'}}\n{text}"))
}

/// The same of a whole document.
fn found_in(text: &str) -> (Option<Crate>, Vec<String>) {
    let source = Source::new("a.yaml", text);
    let (documents, _) = syntax::read(&source);
    let (resolved, _) = document::resolved(&source, documents, Strictness::Lenient);
    let resolved = resolved.expect("a document");
    let (api, _) = lower::api(&resolved);
    let settings = Settings {
        crate_name: "a",
        module: None,
        spec_path: "a.yaml",
        program: Program::Specie,
        strictness: Strictness::Lenient,
    };
    let (krate, found) = super::krate(&api, &settings);
    assert_eq!(super::check(&api, &settings), found);
    (krate, found.iter().map(|one| one.message.clone()).collect())
}

/// The crate of a document, and what is said of it.
fn planned(text: &str) -> (Crate, Vec<String>) {
    let (krate, found) = found(text);
    (krate.unwrap_or_else(|| panic!("{found:?}")), found)
}

fn schemas(text: &str) -> (Crate, Vec<String>) {
    planned(&format!("paths: {{}}\ncomponents:\n  schemas:\n{text}"))
}

fn field<'a>(krate: &'a Crate, name: &str, wire: &str) -> &'a Field {
    let found = krate.types.iter().find(|item| item.name == name);
    match found.map(|item| &item.kind) {
        Some(ItemKind::Object(object)) => object.structure.fields.iter().find(|field| field.wire == wire).unwrap(),
        other => panic!("{name} is {other:?}"),
    }
}

/// The properties of a type as documents name them, and whether each is there.
fn wires(krate: &Crate, name: &str) -> Vec<(String, Presence)> {
    let found = krate.types.iter().find(|item| item.name == name).unwrap_or_else(|| panic!("no {name}"));
    let ItemKind::Object(object) = &found.kind else { panic!("{name} is {:?}", found.kind) };
    object.structure.fields.iter().map(|field| (field.wire.clone(), field.presence)).collect()
}

#[test]
fn no_client_has_credentials_of_which_is_not_said_how_they_travel() {
    let of = |scheme: &str| {
        found(&format!("paths: {{/a: {{get: {{responses: {{'204': {{description: D.}}}}}}}}}}\nsecurity: [{{s: []}}]\ncomponents: {{securitySchemes: {{s: {scheme}}}}}\n")).1
    };
    assert_eq!(of("{type: http}"), ["the security scheme `s` with `type: http` has no `scheme`"]);
    assert_eq!(of("{type: apiKey}"), ["the security scheme `s` with `type: apiKey` has no `name` and no `in`"]);
}
