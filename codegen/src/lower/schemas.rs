//! All schemas of a document in one pass, each by the number that it has there.
//!
//! A schema of the document becomes the schema of the same number. Behind those stand the ones that no place of the
//! document states as a whole, such as what two parts of an `allOf` say of one property together.

mod all_of;
mod annotations;
mod assertions;
mod assumed_types;
mod constants;
mod constraints;
mod discriminator_values;
mod enumerations;
mod further_properties;
mod inheritance;
mod intersections;
mod keys;
mod keyword_predicates;
mod listed_structures;
mod objects;
mod recursion;
mod schema;
mod sensitivity;
mod shapes;
mod subtypes;
mod synthesized;
mod unenforced_keywords;
mod union_selection;
mod unions;

use crate::api;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::Document;

pub(super) use keys::{same_id, schema_id};
use synthesized::Additions;

/// Lowers every schema.
pub(super) fn schemas(document: &Document) -> (api::Schemas, Diagnostics) {
    let mut made = api::Schemas::default();
    let mut additions = Additions::behind(&document.schemas);
    let conditions = unenforced_keywords::conditions(&document.schemas);
    for (id, _) in document.schemas.iter() {
        let key = keys::key(document, id);
        let is_condition = conditions.contains(&id);
        let schema = schema::stated(document, id, key, is_condition, &mut additions);
        made.add(schema);
    }
    let mut next = 0;
    while let Some((origin, key, span)) = additions.waiting.get(next).cloned() {
        made.add(schema::derived(document, &origin, key, span, &mut additions));
        next += 1;
    }
    constants::separate(&mut made);
    assertions::keep_visible(&mut made, |id| {
        let stated = document.schemas.at(id.0);
        stated.is_none_or(|id| !conditions.contains(&id) && !unenforced_keywords::is_inline_part(&document.schemas, id))
    });
    let mut diagnostics = additions.diagnostics;
    references_to_nowhere(document, &mut diagnostics);
    sensitivity::contradicted_secrets(&made, &mut diagnostics);
    recursion::mark(&mut made);
    (made, diagnostics)
}

/// Reports references by a name of JSON Schema (`$anchor`, `$id`) that no schema of the document has.
fn references_to_nowhere(document: &Document, diagnostics: &mut Diagnostics) {
    for (_, schema) in document.schemas.iter() {
        let Some(reference) = schema.keywords().reference.as_ref().filter(|stated| stated.value.target.is_none())
        else {
            continue;
        };
        let message = format!("{} names no schema of this document", quoted(&reference.value.text));
        diagnostics
            .error(Code::DanglingReference, message, reference.span)
            .help("refer to a component, or to the `$anchor` or `$id` of a schema, as they are written");
    }
}
