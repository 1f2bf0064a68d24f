//! All schemas of a document. They are analyzed first ([`analysis`]); then each is lowered on its own from the results, together with the
//! derived schemas that it names ([`worklist`]).
//!
//! A schema of the document becomes the schema of the same id. The derived schemas come after those: schemas that the document does not
//! write out as one, such as what two parts of an `allOf` say of one property together.
//!
//! Facts that follow from several schemas together are found last, each in a pass over all lowered schemas. They hold for any language;
//! samples, checks of values and comparisons of documents read them too:
//!
//! - a value that a discriminator leads to has the discriminator's property, also where its schema does not declare it
//!   ([`missing_discriminator_property`]);
//! - a property that can have just one value is set by the type and not by the caller ([`constants`]);
//! - the values of a list or map that contains itself nest to any depth ([`recursion`]).

mod additional_properties;
mod all_of_subsumption;
mod analysis;
mod annotations;
mod assumed_types;
mod constants;
mod contradicted_secrets;
mod derived_schemas;
mod discriminators;
mod enumerations;
mod evaluated_properties;
mod ids_and_keys;
mod intersection;
mod known_type;
mod lowering_result;
mod missing_discriminator_property;
mod nullability;
mod objects;
mod omitted_keywords;
mod parent_unions;
mod recursion;
mod schema;
mod shape_assertions;
mod shapes;
mod unevaluated_properties;
mod unions;
mod worklist;

use crate::api;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::Document;

use analysis::AnalyzedSchemas;
pub(crate) use ids_and_keys::same_id;
pub(super) use ids_and_keys::schema_id;
use worklist::LoweredSchemas;

/// Lowers every schema.
pub(super) fn schemas(document: &Document) -> (api::Schemas, Diagnostics) {
    let (analyzed, mut diagnostics) = AnalyzedSchemas::of(&document.schemas);
    let LoweredSchemas { made, origins, diagnostics: found } = worklist::lower(&analyzed, ids_and_keys::keys(document));
    let mut made = missing_discriminator_property::with_own_objects(made);
    for (id, constants) in constants::of_objects(&made) {
        made.change(id, |schema| constants::separate(schema, constants));
    }
    for (id, discriminator) in constants::of_unions(&made) {
        made.change(id, |schema| discriminators::tell_apart(schema, discriminator));
    }
    for id in recursion::recursive(&made) {
        made.change(id, |schema| schema.nesting = api::Nesting::Recursive);
    }
    diagnostics.extend(found);
    diagnostics.extend(assumed_types::report(&analyzed));
    diagnostics.extend(references_to_nowhere(document));
    diagnostics.extend(contradicted_secrets::report(&analyzed, &origins, &made));
    (made, diagnostics)
}

/// Reports references by a name of JSON Schema (`$anchor`, `$id`) that no schema of the document has.
fn references_to_nowhere(document: &Document) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
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
    diagnostics
}
