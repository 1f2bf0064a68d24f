//! A plain schema that a union takes the place of, or the reverse: none of the branches is what the schema was.

use std::collections::HashSet;

use specie_codegen::api::Shape;

use super::{Alternative, branches, discriminators};
use crate::schemas::{Comparer, Local, Pair, View};
use crate::{Answer, Edit, Relation, Rule};

/// Compares a plain schema, which is its only alternative, with the branches of a union.
pub(super) fn compare(
    comparer: &mut Comparer<'_>,
    pair: Pair,
    (old, new): (&View<'_>, &View<'_>),
    (ones, others): (&[Alternative<'_>], &[Alternative<'_>]),
    local: &mut Local,
) {
    // Branches that a discriminator tells apart are schemas of their own: who does not know one does not take it for another one.
    let is_told_apart = [old, new].into_iter().any(|view| discriminators::property(view).is_some());
    let is_one = |view: &View<'_>| view.branches().is_none();
    let listed = if is_one(new) {
        (Rule::PropertyAdded, listed(old, ones))
    } else {
        (Rule::PropertyRemoved, listed(new, others))
    };
    let mut relation = |one: &Alternative<'_>, other: &Alternative<'_>, is_one: bool| {
        let pair = branches(comparer, pair, one.schema, other.schema);
        if is_one && !is_told_apart { of_one(comparer, pair, &listed) } else { comparer.relation(pair) }
    };
    let old_in_new = within(ones, others, |one, other| relation(one, other, is_one(new)).old_in_new);
    let new_in_old = within(others, ones, |other, one| relation(one, other, is_one(old)).new_in_old);
    let told = |answer| if answer == Answer::Unknown && is_told_apart { Answer::No } else { answer };
    let relation = Relation::new(told(old_in_new), told(new_in_old));
    let rule = if is_one(old) { Rule::BecameUnion } else { Rule::UnionRemoved };
    let edit = Edit::new(rule, relation, Some(old.span), Some(new.span));
    local.push(edit.values(Some(text(old, ones)), Some(text(new, others))));
}

/// Whether all values of each alternative are values of another one of the other document.
fn within(
    inner: &[Alternative<'_>],
    outer: &[Alternative<'_>],
    mut fits: impl FnMut(&Alternative<'_>, &Alternative<'_>) -> Answer,
) -> Answer {
    let answers = inner.iter().map(|one| outer.iter().map(|other| fits(one, other)).min().unwrap_or(Answer::No));
    answers.max().unwrap_or(Answer::Yes)
}

/// The names of the properties that branches of a union list.
fn listed<'a>(view: &View<'a>, all: &[Alternative<'_>]) -> HashSet<&'a str> {
    let objects = all.iter().filter_map(|one| match View::of(view.schemas, one.schema).shape.base() {
        Shape::Object(object) => Some(object),
        _ => None,
    });
    objects.flat_map(|object| object.properties.iter().map(|property| property.name.as_str())).collect()
}

/// How the values of a branch stand to those of a plain schema. A property that the one does not list is judged as in any other object: no
/// further branch can be meant by it. One that another branch lists may stand in objects of this one as well, and hold anything there.
fn of_one(comparer: &mut Comparer<'_>, pair: Pair, (rule, listed): &(Rule, HashSet<&str>)) -> Relation {
    let local = comparer.local(pair);
    let is_of_another = |edit: &Edit| edit.rule == *rule && listed.contains(edit.about.as_str());
    let of = |edit: &Edit| if is_of_another(edit) { edit.relation.and(Relation::UNKNOWN) } else { edit.relation };
    let own = local.edits.iter().fold(Relation::SAME, |found, edit| found.and(of(edit)));
    local.parts.iter().fold(own, |found, (_, part)| found.and(comparer.relation(*part)))
}

/// What a person calls a schema with its branches.
fn text(view: &View<'_>, all: &[Alternative<'_>]) -> String {
    if view.branches().is_none() {
        return view.type_name().to_owned();
    }
    format!("one of {}", all.iter().map(|one| one.label.as_str()).collect::<Vec<_>>().join(", "))
}
