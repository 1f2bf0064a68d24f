//! Documents of one operation, and what two of them differ in.

use specie_codegen::source::Source;
use specie_codegen::{Strictness, api_and_document};
use specie_diff::{Finding, compare};

/// A document with one operation, of which the test says the rest.
pub(crate) fn document(operation: &str, components: &str) -> Source {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /coins/{{id}}:\n    post:\n{operation}\n{components}"
    );
    Source::new("t.yaml", text)
}

pub(crate) fn findings(old: &Source, new: &Source) -> Vec<Finding> {
    let api = |source: &Source| {
        let (found, diagnostics) = api_and_document(source, Strictness::Lenient, &[]);
        let problems: Vec<&String> = diagnostics.iter().map(|one| &one.message).collect();
        found.unwrap_or_else(|| panic!("{problems:?}")).api
    };
    compare(&api(old), &api(new))
}

pub(crate) const ID: &str = "{name: id, in: path, required: true, schema: {type: string}}";
pub(crate) const NOTHING: &str = "      responses: {'204': {description: Done.}}";

pub(crate) fn parameters(list: &str) -> Source {
    document(&format!("      parameters: [{ID}, {list}]\n{NOTHING}"), "")
}

pub(crate) fn request(schema: &str) -> Source {
    request_with(schema, "")
}

/// A request and the components beside it.
pub(crate) fn request_with(schema: &str, components: &str) -> Source {
    let body = format!("      requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}");
    document(&format!("      parameters: [{ID}]\n{body}\n{NOTHING}"), components)
}

pub(crate) fn response(schema: &str) -> Source {
    let responses = format!(
        "      responses: {{'200': {{description: It., content: {{application/json: {{schema: {schema}}}}}}}}}"
    );
    document(&format!("      parameters: [{ID}]\n{responses}"), "")
}

pub(crate) fn understood(source: &Source) -> specie_codegen::ApiAndCrate {
    crate::support::understood(source, "a document of one operation")
}
