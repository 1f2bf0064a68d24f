//! Lists.

use specie_codegen::api::{List, SchemaId, Shape, Untyped};

use super::{Comparer, Local, Pair, View};
use crate::{Edit, Relation, Rule};

/// Compares the items of two lists.
pub(super) fn compare(
    comparer: &Comparer<'_>,
    pair: Pair,
    views: (&View<'_>, &View<'_>),
    lists: (&List, &List),
    local: &mut Local,
) {
    let (old, new) = lists;
    // Where one list has no schema of its own for a place, what it says of all further items holds.
    let at = |list: &List, index: usize| list.prefix.get(index).copied().or(list.items);
    for index in 0..old.prefix.len().max(new.prefix.len()) {
        items(comparer, pair, views, (at(old, index), at(new, index)), &format!("[{index}]"), local);
    }
    if !(ends(views.0, old) && ends(views.1, new)) {
        items(comparer, pair, views, (old.items, new.items), "[]", local);
    }
}

/// How many items a list has at most because it may have none behind the first ones.
pub(super) fn most(view: &View<'_>) -> Option<u64> {
    let Shape::List(list) = view.shape else { return None };
    let is_closed = list.items.is_some_and(|id| {
        let items = View::of(view.schemas, id);
        matches!(items.shape, Shape::Any(Untyped::Never)) && !items.takes_null()
    });
    if is_closed { u64::try_from(list.prefix.len()).ok() } else { None }
}

/// Whether no item stands behind the first ones.
fn ends(view: &View<'_>, list: &List) -> bool {
    let first = u64::try_from(list.prefix.len()).unwrap_or(u64::MAX);
    most(view).is_some() || view.constraints.max_items.is_some_and(|most| most <= first)
}

fn items(
    comparer: &Comparer<'_>,
    pair: Pair,
    views: (&View<'_>, &View<'_>),
    items: (Option<SchemaId>, Option<SchemaId>),
    step: &str,
    local: &mut Local,
) {
    let (old, new) = views;
    let (rule, relation) = match items {
        (Some(one), Some(other)) => {
            local.part(step, comparer.part_of(pair, one, other));
            return;
        }
        (Some(one), None) if !View::of(comparer.old, one).is_free() => (Rule::ItemsRemoved, Relation::WIDENS),
        (None, Some(other)) if !View::of(comparer.new, other).is_free() => (Rule::ItemsAdded, Relation::NARROWS),
        _ => return,
    };
    local.push(Edit::new(rule, relation, Some(old.span), Some(new.span)).about(step));
}
