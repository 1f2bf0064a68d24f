//! What documents mean, and what all tests of that use.

mod additional_properties;
mod composition;
mod null;
mod operations;
mod references;
mod repository_documents;
mod schemas;
mod secrets;
mod sse_data;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use crate::api::{
    Additional, Api, Assertion, Combination, Content, Direction, EntrySpan, Find, Idempotency, Key, Object, Outcome,
    ParameterLocation, Property, Schema, SchemaId, SecurityKind, Sensitivity, Shape, Status, Style, Untyped, Value,
};
use crate::document::Resolved;
use crate::source::Source;
use crate::strictness::Strictness;
use crate::{document, syntax};

fn resolved(source: &Source) -> Resolved {
    let (documents, _) = syntax::read(source);
    let (found, diagnostics) = document::resolved(source, documents, Strictness::Lenient);
    found.unwrap_or_else(|| panic!("{:?}", diagnostics.iter().map(|one| &one.message).collect::<Vec<_>>()))
}

fn lowered(text: &str) -> (Api, Vec<String>) {
    let (api, diagnostics) = super::api(&resolved(&Source::new("a.yaml", text)));
    (api, diagnostics.iter().map(|found| found.code.as_str().to_owned()).collect())
}

/// A document with these component schemas.
fn schemas(components: &str) -> (Api, Vec<String>) {
    let head = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n";
    lowered(&format!("{head}{components}"))
}

/// The same in the terms of OpenAPI 3.1.
fn later_schemas(components: &str) -> (Api, Vec<String>) {
    lowered(&format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents:\n  schemas:\n{components}"))
}

fn component<'a>(api: &'a Api, name: &str) -> (SchemaId, &'a Schema) {
    let id = api.schemas.find(&Key::Component(name.to_owned())).unwrap_or_else(|| panic!("no {name}"));
    (id, api.schemas.get(id).unwrap())
}

fn properties(api: &Api, id: SchemaId) -> &[Property] {
    match &api.schemas.get(api.schemas.resolve(id)).unwrap().shape {
        Shape::Object(object) => &object.properties,
        other => panic!("{other:?} is no object"),
    }
}

fn property<'a>(api: &'a Api, schema: SchemaId, name: &str) -> (&'a Property, &'a Schema) {
    let found = properties(api, schema).iter().find(|property| property.name == name);
    let found = found.unwrap_or_else(|| panic!("no property {name}"));
    (found, api.schemas.get(found.schema).unwrap())
}

fn names(properties: &[Property]) -> Vec<(&str, bool)> {
    properties.iter().map(|property| (&*property.name, property.required)).collect()
}

const TEXT: Shape = Shape::String { format: None, encoding: None, media_type: None };

/// A schema, or the one at the end of its references.
fn resolved_schema(api: &Api, id: SchemaId) -> &Schema {
    api.schemas.get(api.schemas.resolve(id)).unwrap()
}
