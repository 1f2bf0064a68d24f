//! Functions with lines for each part of the document: whether one of them may be longer than clippy's `too_many_lines` allows.

use crate::rust::{Assertion, BranchChecks, Check, Checks, Crate, Item, ItemKind, ServerTrait, Within};

/// How many lines clippy allows the body of a function.
const MOST: usize = 100;

/// How many lines an arm of a `match` has at most, and an expression in a struct.
const LINES_OF_ONE: usize = 3;

/// Whether a crate has such a function, where each part takes as many lines as it can.
pub(super) fn any(krate: &Crate, server_traits: &[ServerTrait]) -> bool {
    let checks = krate.types.iter().filter(|item| item.checked).map(of_check);
    let servers = krate.bases.iter().map(|base| LINES_OF_ONE * base.choices.len());
    let links = krate.links.iter().map(|link| 2 * LINES_OF_ONE * link.fields.len());
    let others = [server_traits.len(), krate.schemes.len()].map(|arms| LINES_OF_ONE * arms);
    checks.chain(servers).chain(links).chain(others).any(|lines| lines > MOST)
}

/// The lines of the check of a type. One that has nothing but fields is a table.
fn of_check(item: &Item) -> usize {
    let own = match &item.kind {
        ItemKind::Object(object) => {
            let rest = object.rest.as_ref().map_or(0, |rest| of_place(&rest.checks));
            if item.assertions.is_empty() && object.size.is_empty() && rest == 0 {
                return 0;
            }
            // Of the properties that are counted each has a line.
            let counted = if object.size.is_empty() { 0 } else { object.structure.fields.len() + LINES_OF_ONE };
            rest + counted + object.structure.fields.iter().map(|field| of_place(&field.checks)).sum::<usize>()
        }
        ItemKind::Union(union) => union.checks.iter().map(of_branches).sum(),
        ItemKind::Tuple(tuple) => {
            let rest = tuple.rest.as_ref().map_or(0, |rest| LINES_OF_ONE * rest.size.len() + of_place(&rest.checks));
            rest + tuple.places.iter().map(|place| of_place(&place.checks)).sum::<usize>()
        }
        ItemKind::Nested(nested) => of_place(&nested.checks),
        ItemKind::Enum(_) | ItemKind::Alias { .. } => 0,
    };
    own + item.assertions.iter().map(of_assertion).sum::<usize>()
}

/// The lines of an arm with one or several ways to be valid.
fn of_branches(of: &BranchChecks) -> usize {
    1 + of.branches.len() + of.any_of.iter().map(of_place).sum::<usize>()
}

/// The lines of what is demanded at one place.
fn of_place(checks: &Checks) -> usize {
    if checks.is_empty() { 0 } else { 2 + of_checks(checks) }
}

fn of_checks(checks: &Checks) -> usize {
    let within = match &checks.within {
        Within::Nothing | Within::Items(_) => 0,
        Within::ByType => 1,
        Within::Each(each) => 2 + of_checks(each),
    };
    within + checks.own.iter().map(of_one).sum::<usize>()
}

fn of_one(check: &Check) -> usize {
    match check {
        Check::OneOf(values) => LINES_OF_ONE + values.len(),
        Check::Satisfies(assertions) => LINES_OF_ONE + assertions.iter().map(of_assertion).sum::<usize>(),
        _ => 1,
    }
}

fn of_assertion(assertion: &Assertion) -> usize {
    let values = match assertion {
        Assertion::Enum(values) | Assertion::Required(values) => values.len(),
        Assertion::DependentRequired(entries) => entries.iter().map(|(_, names)| LINES_OF_ONE + names.len()).sum(),
        _ => 0,
    };
    let within = assertion.schemas().into_iter().map(|schema| 2 + schema.iter().map(of_assertion).sum::<usize>());
    1 + values + within.sum::<usize>()
}
