//! Which schemas say that their values are secrets.

use crate::api::Sensitivity;
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
    match keywords.stated_sensitivity() {
        Some((true, span)) => Sensitivity::Secret(span),
        Some((false, span)) => Sensitivity::Plain(span),
        None => keywords.password().map(Sensitivity::Secret).unwrap_or_default(),
    }
}
