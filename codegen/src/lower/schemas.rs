//! All schemas of a document: what each of them says is gathered first, then each is lowered by what was gathered, by the number that it
//! has there.
//!
//! A schema of the document becomes the schema of the same number. Behind those stand the ones that no place of the
//! document states as a whole, such as what two parts of an `allOf` say of one property together.

mod annotations;
mod assumed_types;
mod conjunctions;
mod constants;
mod contradicted_secrets;
mod discriminator_values;
mod enumerations;
mod further_properties;
mod gathered;
mod inheritance;
mod intersections;
mod keys;
mod limits_beside_types;
mod listed_structures;
mod objects;
mod recursion;
mod schema;
mod shape_assertions;
mod shapes;
mod subsuming_part;
mod subtypes;
mod synthesized;
mod undeclared_tags;
mod unenforced_keywords;
mod unions;

use crate::api;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::Document;

use gathered::GatheredSchemas;
pub(crate) use keys::same_id;
pub(super) use keys::schema_id;
use synthesized::Additions;

/// Lowers every schema.
pub(super) fn schemas(document: &Document) -> (api::Schemas, Diagnostics) {
    let mut made = api::Schemas::with_capacity(document.schemas.len());
    let (gathered, mut diagnostics) = GatheredSchemas::of(&document.schemas);
    let mut additions = Additions::behind(&gathered);
    for (id, _) in gathered.iter() {
        let key = keys::key(document, id);
        made.add(schema::stated(&gathered, id, key, &mut additions));
    }
    let mut next = 0;
    while let Some((origin, key, span)) = additions.waiting.get(next).cloned() {
        made.add(schema::derived(&gathered, &origin, key, span, &mut additions));
        next += 1;
    }
    undeclared_tags::give_own_objects(&mut made);
    constants::separate(&mut made);
    limits_beside_types::assert(&mut made);
    diagnostics.extend(additions.diagnostics);
    references_to_nowhere(document, &mut diagnostics);
    contradicted_secrets::report(&gathered, &made, &mut diagnostics);
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
