//! Schemas under `not`, `if` and the like: they only test values and become no types.

use std::collections::HashSet;

use super::{Links, Role};
use crate::document::schema::{Parent, SchemaId, Schemas};

/// Keywords whose schemas are conditions.
const CONDITIONS: &[&str] = &[
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "dependentSchemas",
    "contentSchema",
    "unevaluatedItems",
];

/// Whether each schema stands below such a keyword, or below a union that only restricts.
pub(super) fn of_each(document: &Schemas, links: &[Links<'_>]) -> Vec<bool> {
    let unions = links.iter().flat_map(|links| &links.unions).filter(|union| union.role == Role::Restriction);
    let restricting: HashSet<SchemaId> = unions.flat_map(|union| &union.present).copied().collect();
    let mut found: Vec<bool> = Vec::with_capacity(document.len());
    for (id, schema) in document.iter() {
        // A schema stands before those in it.
        let is_condition = match &schema.parent {
            Parent::Schema(holder, step) => {
                let is_in_one = found.get(holder.index()) == Some(&true);
                is_in_one || CONDITIONS.contains(&step.key) || restricting.contains(&id)
            }
            Parent::Component(_) | Parent::Object(..) => false,
        };
        found.push(is_condition);
    }
    found
}
