//! Which schemas say that their values are secrets, and which contradict that.

use crate::api::{self, Sensitivity};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::schema::{Keywords, SchemaId, Schemas};
use crate::source::Span;

/// Where a schema, or the one that it plainly refers to, says that its values are secrets.
pub(super) fn secret(schemas: &Schemas, id: SchemaId) -> Option<Span> {
    [id, schemas.target(id)].into_iter().find_map(|id| match sensitivity(schemas[id].keywords()) {
        Sensitivity::Secret(span) => Some(span),
        Sensitivity::Plain(_) | Sensitivity::Unstated => None,
    })
}

/// What a schema says itself: `x-specie-sensitive`, or else `format: password`.
pub(super) fn sensitivity(keywords: &Keywords) -> Sensitivity {
    match stated(keywords) {
        Some((true, span)) => Sensitivity::Secret(span),
        Some((false, span)) => Sensitivity::Plain(span),
        None => password(keywords).map(Sensitivity::Secret).unwrap_or_default(),
    }
}

/// The same; reports `x-specie-sensitive: false` beside `format: password`.
pub(super) fn checked(keywords: &Keywords, diagnostics: &mut Diagnostics) -> Sensitivity {
    let found = sensitivity(keywords);
    if let (Sensitivity::Plain(span), Some(_)) = (found, password(keywords)) {
        contradicted(span, diagnostics);
    }
    found
}

/// `x-specie-sensitive`, with where its value stands.
fn stated(keywords: &Keywords) -> Option<(bool, Span)> {
    let (_, node) = keywords.extension("x-specie-sensitive")?;
    Some((node.as_bool()?, node.span))
}

fn password(keywords: &Keywords) -> Option<Span> {
    keywords.format.as_ref().filter(|format| &*format.value == "password").map(|format| format.span)
}

/// Reports `x-specie-sensitive: false` on what refers to a secret.
pub(super) fn contradicted_secrets(made: &api::Schemas, diagnostics: &mut Diagnostics) {
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
