//! What is said of the values of a pair of schemas.

use std::collections::HashSet;

use crate::schemas::{Comparer, Pair};
use crate::{Answer, Edit, Relation, Rule};

/// How many pairs of schemas below a pair are looked at.
const MOST: usize = 4_000;

/// How the values of a pair stand to each other by what is said of it and of all that it is made of.
pub(super) fn of(comparer: &mut Comparer<'_>, pair: Pair) -> Relation {
    let mut found = Relation::SAME;
    let (mut waiting, mut seen) = (vec![pair], HashSet::from([pair]));
    while let Some(next) = waiting.pop() {
        if found == Relation::INCOMPARABLE || seen.len() > MOST {
            break;
        }
        let local = comparer.local(next);
        found = local.edits.iter().filter_map(of_values).fold(found, Relation::and);
        waiting.extend(local.parts.iter().map(|(_, part)| *part).filter(|part| seen.insert(*part)));
    }
    found
}

/// What a change says of values; a property that may be ignored is none.
fn of_values(edit: &Edit) -> Option<Relation> {
    let ignored = |answer| if answer == Answer::Unknown { Answer::Yes } else { answer };
    match edit.rule {
        Rule::DefaultChanged | Rule::SchemaDeprecated | Rule::SensitivityChanged | Rule::KnownValuesChanged => None,
        Rule::PropertyAdded | Rule::PropertyRemoved => {
            Some(Relation::new(ignored(edit.relation.old_in_new), ignored(edit.relation.new_in_old)))
        }
        _ => Some(edit.relation),
    }
}
