//! Schemas of too many shapes, which are read as any JSON, so that nothing of them is compared.

use super::super::judge::Judges;
use super::reported_relations::Said;
use crate::schemas::{Comparer, Pair, View};
use crate::{Edit, Relation, Rule};

/// Says of such schemas that they are not compared, where their texts differ and no value shows more.
pub(super) fn say(comparer: &mut Comparer<'_>, pairs: &[Pair], said: &Said, judges: &mut Judges<'_>) {
    for pair in pairs {
        let (old, new) = (View::of(comparer.old, pair.old), View::of(comparer.new, pair.new));
        if (old.has_too_many_shapes() || new.has_too_many_shapes())
            && said.at(*pair) == Relation::SAME
            && !say_the_same(judges, *pair)
        {
            let edit = Edit::new(Rule::TooComplex, Relation::UNKNOWN, Some(old.span), Some(new.span));
            comparer.amend(*pair, |local| local.push(edit));
        }
    }
}

/// Whether the texts of two schemas say the same of values, with all that is judged with them.
fn say_the_same(judges: &mut Judges<'_>, pair: Pair) -> bool {
    match judges.of(pair) {
        Some([before, after]) => before.schema == after.schema,
        None => judges.old.text(pair.old) == judges.new.text(pair.new),
    }
}
