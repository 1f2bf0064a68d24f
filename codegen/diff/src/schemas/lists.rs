//! Schemas of arrays: their items place by place, how many there may be, and where one value and a list of it are written alike.

use specie_codegen::api::{List, SchemaId, Schemas, Shape};

use super::{Carrier, Comparer, Local, Pair, View, types};
use crate::{Answer, Edit, Relation, Rule};

/// What one value is called that becomes a list where both are written as `name=value`.
pub(crate) const ONE_VALUE: &str = "one value";

/// What the list is called.
pub(crate) const A_LIST: &str = "a list";

/// How one value stands to a list of so many items that repeats its name.
pub(crate) fn one_of_list(least: Option<u64>, most: Option<u64>) -> Relation {
    let answer = |is_so: bool| if is_so { Answer::Yes } else { Answer::No };
    Relation::new(answer(least <= Some(1) && most != Some(0)), answer(most.is_some_and(|most| most <= 1)))
}

/// Compares a property of a form that is one value in one document and a list of values in the other one. Whether it was so.
pub(super) fn one_or_several(
    comparer: &Comparer<'_>,
    pair: Pair,
    (name, old, new): (&str, SchemaId, SchemaId),
    local: &mut Local,
) -> bool {
    let is_one = |schemas: &Schemas, id| types::is_scalar(View::of(schemas, id).shape.base());
    let (rule, relation, parts) = match (repeated(comparer.old, old), repeated(comparer.new, new)) {
        (None, Some((items, of_one))) if is_one(comparer.old, old) => (Rule::TypeWidened, of_one, (old, items)),
        (Some((items, of_one)), None) if is_one(comparer.new, new) => {
            (Rule::TypeNarrowed, of_one.swapped(), (items, new))
        }
        _ => return false,
    };
    let (before, after) = if rule == Rule::TypeWidened { (ONE_VALUE, A_LIST) } else { (A_LIST, ONE_VALUE) };
    let spans = [View::of(comparer.old, old).span, View::of(comparer.new, new).span];
    let edit = Edit::new(rule, relation, Some(spans[0]), Some(spans[1])).about(name);
    local.push(edit.values(Some(before.to_owned()), Some(after.to_owned())));
    local.part(format!(".{name}"), comparer.pair(parts.0, parts.1, pair.sender, Carrier::Text));
    true
}

/// The items of a list of texts, numbers or flags, and how one value stands to it.
fn repeated(schemas: &Schemas, id: SchemaId) -> Option<(SchemaId, Relation)> {
    let view = View::of(schemas, id);
    let Shape::List(list) = view.shape else { return None };
    let items = list.items.filter(|items| types::is_scalar(View::of(schemas, *items).shape.base()))?;
    let bounds = &view.constraints;
    list.prefix.is_empty().then(|| (items, one_of_list(bounds.min_items, bounds.max_items)))
}

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
    let is_closed = list.items.is_some_and(|id| View::of(view.schemas, id).is_never());
    if is_closed { u64::try_from(list.prefix.len()).ok() } else { None }
}

/// How many items a list has at most.
pub(crate) fn most_items(view: &View<'_>) -> Option<u64> {
    view.constraints.max_items.into_iter().chain(most(view)).min()
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
    // That no item stands behind the first ones is a limit of how many there are.
    let is_limit = |view: &View<'_>, id: Option<SchemaId>| {
        view.constraints.max_items.is_some() && id.is_some_and(|id| View::of(view.schemas, id).is_never())
    };
    if is_limit(old, items.0) != is_limit(new, items.1) {
        return;
    }
    let (rule, relation) = match items {
        (Some(one), Some(other)) => {
            // An item may be empty in the path, where the whole list is not.
            let carrier = if pair.carrier == Carrier::Path { Carrier::Text } else { pair.carrier };
            local.part(step, comparer.pair(one, other, pair.sender, carrier));
            return;
        }
        (Some(one), None) if !View::of(comparer.old, one).is_free() => (Rule::ItemsRemoved, Relation::WIDENS),
        (None, Some(other)) if !View::of(comparer.new, other).is_free() => (Rule::ItemsAdded, Relation::NARROWS),
        _ => return,
    };
    local.push(Edit::new(rule, relation, Some(old.span), Some(new.span)).about(step));
}
