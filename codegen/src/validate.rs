//! The rules that go beyond the grammar: what the parts of a document say about each other.
//!
//! A rule is a function over an index of the document; each file holds the rules of one subject.

mod bounds;
mod composition;
mod contradictions;
mod dialects;
mod discriminators;
mod enums;
mod expressions;
mod index;
mod operation_extensions;
mod operation_ids;
mod parameters;
mod paths;
mod payments;
mod pointers;
mod reconcile;
mod required;
mod routes;
mod secrets;
mod security;
mod servers;
mod unused;
mod webhooks;

use index::Index;
use rayon::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::document::Resolved;

type Rule = fn(&Index<'_>, &mut Diagnostics);

const RULES: &[Rule] = &[
    paths::bad_templates,
    paths::bad_methods,
    paths::parameters_and_templates_that_disagree,
    routes::paths_that_match_the_same_request,
    operation_ids::repeated_ids,
    operation_ids::links_to_nowhere,
    parameters::repeated_parameters,
    parameters::styles_out_of_place,
    parameters::path_values_elsewhere,
    parameters::schema_and_content,
    required::names_without_property,
    enums::values_of_another_type,
    dialects::other_dialects,
    bounds::empty_ranges,
    composition::endless_composition,
    contradictions::in_all_of,
    discriminators::without_property,
    discriminators::mappings,
    discriminators::without_value,
    security::undeclared_schemes,
    servers::repeated_servers,
    servers::undeclared_variables,
    expressions::unknown,
    unused::unused_components,
    webhooks::not_one_post,
    webhooks::contradictory_signatures,
    webhooks::misplaced_signatures,
    operation_extensions::idempotency,
    operation_extensions::pagination,
    operation_extensions::envelopes_outside_of_requests,
    reconcile::unknown_targets,
    secrets::in_urls,
    secrets::as_references,
    payments::numbers_without_format,
    payments::amounts_without_currency,
    payments::timestamps_without_format,
    payments::operations_without_errors,
    payments::creating_operations,
];

/// Applies every rule to a resolved document.
///
/// Call [`Diagnostics::settle`] after the last stage that adds diagnostics.
#[must_use]
pub fn validate(resolved: &Resolved) -> Diagnostics {
    let index = Index::of(resolved);
    let found: Vec<Diagnostics> = RULES.par_iter().map(|rule| applied(*rule, &index)).collect();
    found.into_iter().collect()
}

/// What one rule finds.
fn applied(rule: Rule, index: &Index<'_>) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    rule(index, &mut diagnostics);
    diagnostics
}

#[cfg(test)]
mod tests;
