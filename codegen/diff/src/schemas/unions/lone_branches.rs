//! Branches that only one of two unions has, and those that share values, which `oneOf` refuses.

use specie_codegen::api::{Enumeration, Shape};

use super::super::{enumerations, types, view};
use super::{Alternative, Comparer, Local, Pair, View, branches};
use crate::{Answer, Edit, Relation, Rule};

/// A branch that the new union does not have; its values may be those of another branch.
pub(super) fn gone(
    comparer: &mut Comparer<'_>,
    pair: Pair,
    (old, new): (&View<'_>, &View<'_>),
    (one, others): (&Alternative<'_>, &[Alternative<'_>]),
    local: &mut Local,
) {
    let mut relations = Vec::new();
    for other in others {
        let pair = branches(comparer, pair, one.schema, other.schema);
        relations.push((comparer.relation(pair), can_overlap((old, one), (new, other))));
    }
    let is_within = relations.iter().any(|(relation, _)| relation.old_in_new == Answer::Yes);
    let overlap = if types::is_exclusive(old) { overlap(&relations) } else { Answer::Yes };
    let relation = Relation::new(if is_within { Answer::Yes } else { Answer::No }, overlap);
    if relation != Relation::SAME {
        let at = old.schemas.get(one.schema).map(|schema| schema.span);
        local.push(Edit::new(Rule::BranchRemoved, relation, at, Some(new.span)).about(&*one.label));
    }
}

/// A branch that the old union did not have.
pub(super) fn added(
    comparer: &mut Comparer<'_>,
    pair: Pair,
    (old, new): (&View<'_>, &View<'_>),
    (ones, other): (&[Alternative<'_>], &Alternative<'_>),
    local: &mut Local,
) {
    let mut relations = Vec::new();
    for one in ones {
        let pair = branches(comparer, pair, one.schema, other.schema);
        relations.push((comparer.relation(pair), can_overlap((old, one), (new, other))));
    }
    let is_within = relations.iter().any(|(relation, _)| relation.new_in_old == Answer::Yes);
    let overlap = if types::is_exclusive(new) { overlap(&relations) } else { Answer::Yes };
    let relation = Relation::new(overlap, if is_within { Answer::Yes } else { Answer::No });
    if relation != Relation::SAME {
        let at = new.schemas.get(other.schema).map(|schema| schema.span);
        local.push(Edit::new(Rule::BranchAdded, relation, Some(old.span), at).about(&*other.label));
    }
}

/// Says that it is not computed which values fit two branches of a `oneOf`, where such branches have changed.
pub(super) fn overlapping(
    comparer: &mut Comparer<'_>,
    pair: Pair,
    (old, new): (&View<'_>, &View<'_>),
    (ones, others): (&[Alternative<'_>], &[Alternative<'_>]),
    local: &mut Local,
) {
    let share = |view: &View<'_>, all: &[Alternative<'_>]| {
        let following = |at: usize| all.iter().skip(at + 1);
        let may = |(at, one)| following(at).any(|other| can_overlap((view, one), (view, other)));
        types::is_exclusive(view) && all.iter().enumerate().any(may)
    };
    let of = |shares: bool| if shares { Answer::Unknown } else { Answer::Yes };
    let relation = Relation::new(of(share(new, others)), of(share(old, ones)));
    if relation == Relation::SAME {
        return;
    }
    let is_same = ones.len() == others.len()
        && ones.iter().all(|one| {
            let other = one.partner.and_then(|at| others.get(at));
            other.is_some_and(|other| {
                let pair = branches(comparer, pair, one.schema, other.schema);
                comparer.relation(pair) == Relation::SAME
            })
        });
    if !is_same || types::is_exclusive(old) != types::is_exclusive(new) {
        local.push(Edit::new(Rule::BranchesOverlap, relation, Some(old.span), Some(new.span)));
    }
}

/// Whether all values of a union stay valid beside one more branch, of which a value may fit no other one: not those that the branch shares.
fn overlap(relations: &[(Relation, bool)]) -> Answer {
    let of = |(relation, can_overlap): &(Relation, bool)| match (relation.old_in_new, relation.new_in_old) {
        (Answer::Yes, _) | (_, Answer::Yes) => Answer::No,
        _ if *can_overlap => Answer::Unknown,
        _ => Answer::Yes,
    };
    relations.iter().map(of).max().unwrap_or(Answer::Yes)
}

/// Whether two branches can share values though neither holds the other one. Objects and lists of two branches are taken to be told apart by
/// what they hold, as people mean them.
fn can_overlap<'a>(one: (&View<'a>, &Alternative<'_>), other: (&View<'a>, &Alternative<'_>)) -> bool {
    let view = |(view, branch): (&View<'a>, &Alternative<'_>)| View::of(view.schemas, branch.schema);
    let (one, other) = (view(one), view(other));
    if let (Some(listed), Some(others)) = (one.closed_list(), other.closed_list()) {
        let values = |listed: &'a Enumeration| listed.values.iter().map(|one| &one.value);
        return enumerations::share(values(listed), values(others));
    }
    match (one.shape.base(), other.shape.base()) {
        (Shape::Object(_) | Shape::List(_), _) | (_, Shape::Object(_) | Shape::List(_)) => false,
        (one, other) if types::is_scalar(one) && types::is_scalar(other) => {
            view::type_name(one) == view::type_name(other) || types::are_numbers(one, other)
        }
        (Shape::Null, _) | (_, Shape::Null) => false,
        _ => true,
    }
}
