//! The schema of a value that several schemas describe: one property, or the items of one list, in several parts of an `allOf`.
//!
//! Where one of the schemas includes the others, as a refinement usually does, the value has that schema. Where none does, a new schema
//! combines them.

use super::all_of_subsumption::{has_all_constraints, is_object, narrows};
use super::analysis::AnalyzedSchemas;
use super::conjunctions::Part;
use super::identity::{key_below, same_id};
use super::synthesized::{Additions, Origin};
use crate::api::{self, Key};
use crate::document::schema::SchemaId;

/// The schema of a value, by those that it has to satisfy; `None` where there are none.
pub(super) fn schema(
    schemas: &AnalyzedSchemas<'_>,
    stated: &[SchemaId],
    holder: &Key,
    (keyword, name): (&str, &str),
    additions: &mut Additions,
) -> Option<api::SchemaId> {
    let (&last, earlier) = stated.split_last()?;
    let span = schemas[last].schema.name;
    if earlier.iter().all(|one| says_all_of(schemas, last, *one)) || !additions.affords(stated.len(), span) {
        return Some(same_id(last));
    }
    let parts = stated.iter().map(|id| Part::Whole(*id)).collect();
    Some(additions.schema(Origin::of(parts), key_below(holder, keyword, name), span))
}

/// Whether a later schema of a property says all that an earlier one says.
fn says_all_of(schemas: &AnalyzedSchemas<'_>, later: SchemaId, earlier: SchemaId) -> bool {
    if schemas[earlier].secret.is_some() && schemas[later].secret.is_none() {
        return false;
    }
    let (later, earlier) = (schemas[later].target, schemas[earlier].target);
    if later == earlier {
        return true;
    }
    let (new, old) = (&schemas[later], &schemas[earlier]);
    if is_object(old) {
        return is_object(new) && new.takes_over(earlier);
    }
    let is_silent = old.described.nothing && old.keywords.object.required().is_empty();
    has_all_constraints(new, old) && (is_silent || narrows(schemas, new, old))
}
