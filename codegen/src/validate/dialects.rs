//! Dialects of JSON Schema.

use super::index::Index;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::source_map::ObjectId;
use crate::source::Span;

/// How the dialects begin that schemas are read in: that of OpenAPI 3.1.1 (4.8.24.6) and 3.2.0, and JSON Schema 2020-12 itself.
const KNOWN: &[&str] = &[
    "https://spec.openapis.org/oas/3.1/dialect/",
    "https://spec.openapis.org/oas/3.2/dialect/",
    "https://json-schema.org/draft/2020-12/schema",
];

/// `jsonSchemaDialect` and `$schema` that name another dialect.
pub(super) fn other_dialects(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    if let Some((key, node)) = index.document.supplement.value(ObjectId::ROOT, "jsonSchemaDialect") {
        other(node.as_str().unwrap_or_default(), key.span, diagnostics);
    }
    for (_, schema) in index.all_schemas() {
        if let Some(dialect) = &schema.keywords().identity.dialect {
            other(&dialect.value, dialect.key, diagnostics);
        }
    }
}

fn other(dialect: &str, at: Span, diagnostics: &mut Diagnostics) {
    if KNOWN.iter().any(|known| dialect.starts_with(known)) {
        return;
    }
    let message = format!("the dialect {} is not known; schemas are read as JSON Schema 2020-12", quoted(dialect));
    diagnostics
        .warning(Code::UncheckedKeyword, message, at)
        .help("remove it, and write what the schemas say in JSON Schema 2020-12");
}
