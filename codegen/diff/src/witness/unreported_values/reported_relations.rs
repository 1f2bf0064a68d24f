//! What is said of the values of pairs of schemas.

use std::collections::HashMap;

use super::changed_texts::ChangedPairs;
use crate::schemas::{Comparer, Pair};
use crate::{Answer, Edit, Relation, Rule};

/// How the values of pairs stand to each other by what is said of them and of all that they are made of.
pub(super) struct Said(HashMap<Pair, Relation>);

impl Said {
    pub(super) fn of(comparer: &mut Comparer<'_>, pairs: &[Pair], changed: &ChangedPairs) -> Self {
        let mut found = Self(HashMap::new());
        for pair in pairs {
            let local = comparer.local(*pair);
            let own = local.edits.iter().filter_map(of_values).fold(Relation::SAME, Relation::and);
            found.raise(*pair, own, changed);
        }
        found
    }

    /// What is said of a pair.
    pub(super) fn at(&self, pair: Pair) -> Relation {
        self.0.get(&pair).copied().unwrap_or(Relation::SAME)
    }

    /// Says more of a pair, and with it of all that it is a part of.
    pub(super) fn raise(&mut self, pair: Pair, more: Relation, changed: &ChangedPairs) {
        let mut waiting = vec![pair];
        while let Some(next) = waiting.pop() {
            let known = self.at(next);
            let raised = known.and(more);
            if raised != known {
                self.0.insert(next, raised);
                waiting.extend(changed.parents(next));
            }
        }
    }
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
