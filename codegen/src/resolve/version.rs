//! Which versions of OpenAPI are read.

use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::grammar::Version;
use crate::source::Span;
use crate::syntax::Node;

/// The version that a document says it is written in; reports one that is not read.
pub(super) fn version(root: &Node, diagnostics: &mut Diagnostics) -> Option<Version> {
    let start = Span { end: root.span.start, ..root.span };
    if !root.is_mapping() {
        diagnostics
            .error(Code::UnsupportedVersion, "this is not an OpenAPI document", start)
            .help("it has to be an object");
        return None;
    }
    let named = root.get("openapi").filter(|node| node.text().is_some());
    let Some(node) = named else {
        let swagger = root.entry("swagger");
        let span = swagger.map_or(start, |(key, value)| key.span.to(value.span));
        let (message, help) = if swagger.is_some() {
            ("this is a Swagger 2.0 document", "convert it to OpenAPI 3 with a converter first")
        } else {
            ("this document does not say which version of OpenAPI it is", "start it with `openapi: 3.0.4`")
        };
        diagnostics.error(Code::UnsupportedVersion, message, span).help(help);
        return None;
    };
    let text = node.text().unwrap_or_default();
    let is_minor = |minor: &str| text == minor || text.strip_prefix(minor).is_some_and(|patch| patch.starts_with('.'));
    if is_minor("3.0") {
        return Some(Version::V30);
    }
    if is_minor("3.1") {
        return Some(Version::V31);
    }
    refuse(text, node.span, "is not supported", diagnostics);
    None
}

/// Reports that nothing is generated from a document, which was checked all the same.
pub(super) fn refuse_later(version: &str, span: Span, diagnostics: &mut Diagnostics) {
    refuse(version, span, "is checked, and nothing is generated from it yet", diagnostics);
}

fn refuse(version: &str, span: Span, what: &str, diagnostics: &mut Diagnostics) {
    let text = quoted(version);
    let message = format!("OpenAPI {} {what}", text.trim_matches('`'));
    diagnostics
        .error(Code::UnsupportedVersion, message, span)
        .help("OpenAPI 3.0 is supported: write `openapi: 3.0.4` and its keywords");
}
