//! `x-specie-sensitive: false` on schemas whose values are secrets for another reason.

use super::analysis::AnalyzedSchemas;
use super::derived_schemas::Origin;
use crate::api::{self, Sensitivity};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::Span;

/// Reports `x-specie-sensitive: false` beside `format: password`, on what refers to a secret, and on what is made of a secret and others.
pub(super) fn report(schemas: &AnalyzedSchemas<'_>, origins: &[Origin], made: &api::Schemas) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for (_, schema) in schemas.iter() {
        if let Sensitivity::Plain(span) = schema.sensitivity
            && schema.keywords.is_sensitive()
        {
            contradicted(span, &mut diagnostics);
        }
    }
    for (id, schema) in made.iter() {
        if let Sensitivity::Plain(span) = schema.sensitivity
            && made.secret(id).is_some()
        {
            contradicted(span, &mut diagnostics);
        }
    }
    for origin in origins.iter().filter(|origin| origin.secret(schemas).is_some()) {
        if let Some(span) = origin.stated_plain(schemas) {
            contradicted(span, &mut diagnostics);
        }
    }
    diagnostics
}

/// Reports `x-specie-sensitive: false` where something else makes the value a secret.
fn contradicted(span: Span, diagnostics: &mut Diagnostics) {
    let message = "this says that the value is no secret, and its schema that it is one";
    diagnostics
        .error(Code::MalformedExtension, message, span)
        .help("remove `x-specie-sensitive: false`, or what makes the value a secret");
}
