//! Schemas that say that their values are no secrets, which something else makes them.

use super::analysis::AnalyzedSchemas;
use crate::api::{self, Sensitivity};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::Span;

/// Reports `x-specie-sensitive: false` beside `format: password`, and on what refers to a secret.
pub(super) fn report(schemas: &AnalyzedSchemas<'_>, made: &api::Schemas, diagnostics: &mut Diagnostics) {
    for (_, schema) in schemas.iter() {
        if let Sensitivity::Plain(span) = schema.sensitivity
            && schema.keywords.is_sensitive()
        {
            contradicted(span, diagnostics);
        }
    }
    for (id, schema) in made.iter() {
        if let Sensitivity::Plain(span) = schema.sensitivity
            && made.secret(id).is_some()
        {
            contradicted(span, diagnostics);
        }
    }
}

/// Reports `x-specie-sensitive: false` where something else makes the value a secret.
pub(super) fn contradicted(span: Span, diagnostics: &mut Diagnostics) {
    let message = "this says that the value is no secret, and its schema that it is one";
    diagnostics
        .error(Code::MalformedExtension, message, span)
        .help("remove `x-specie-sensitive: false`, or what makes the value a secret");
}
