//! Objects: their properties, and what may stand beside them.

mod additional;
mod members;
mod shared;

use specie_codegen::api::{Additional, Asserted, Assertion, Direction, Object};

use super::{Carrier, Comparer, Local, Pair, View, enumerations, lists};
use crate::{Answer, Edit, Relation, Rule};
use members::{Member, Members, What};
pub(crate) use shared::may_share;

/// Compares two objects.
pub(super) fn compare(
    comparer: &mut Comparer<'_>,
    pair: Pair,
    views: (&View<'_>, &View<'_>),
    objects: (&Object, &Object),
    local: &mut Local,
) {
    let (one, other) = objects;
    let old = Members::of(views.0, one, pair.sender);
    let new = Members::of(views.1, other, pair.sender);
    for member in &old.present {
        match new.find(member.name) {
            Some(now) => both(comparer, pair, views, (member, now), local),
            None => match unlisted(views.1, other, member.name).filter(|_| new.absent_at(member.name).is_none()) {
                Some(now) if is_kept(objects, member.name) => refined(comparer, pair, (member, &now), false, local),
                Some(now) => both(comparer, pair, views, (member, &now), local),
                None if is_never(views.0, member) => allowed(views, (member, other), Rule::PropertyRemoved, local),
                None => removed(pair.sender, views, (member, other), &new, local),
            },
        }
    }
    for member in new.present.iter().filter(|member| old.find(member.name).is_none()) {
        match unlisted(views.0, one, member.name).filter(|_| old.absent_at(member.name).is_none()) {
            Some(before) if is_kept(objects, member.name) => refined(comparer, pair, (&before, member), true, local),
            Some(before) => both(comparer, pair, views, (&before, member), local),
            None if is_never(views.1, member) => allowed(views, (member, one), Rule::PropertyAdded, local),
            None => added(pair.sender, views, (member, one), &old, local),
        }
    }
    additional::compare(comparer, pair, views, objects, local);
}

/// Whether a property is listed so that it is not there. `not` that asserts nothing is one that refuses all values, or all of a format.
fn is_never(view: &View<'_>, member: &Member<'_>) -> bool {
    let refuses_all = |asserted: &Asserted| matches!(&asserted.assertion, Assertion::Not(all) if all.is_empty());
    let is_never = |schema: View<'_>| schema.is_never() || schema.constraints.asserted.iter().any(refuses_all);
    !member.required && matches!(member.what, What::Schema(id) if is_never(View::of(view.schemas, id)))
}

/// A property that one object lists so that it is not there, and that the other one allows, where it is open.
fn allowed(views: (&View<'_>, &View<'_>), (member, other): (&Member<'_>, &Object), rule: Rule, local: &mut Local) {
    if !additional::is_open(other) {
        return;
    }
    let edit = if rule == Rule::PropertyRemoved {
        Edit::new(rule, Relation::WIDENS, Some(member.span), Some(views.1.span))
    } else {
        Edit::new(rule, Relation::NARROWS, Some(views.0.span), Some(member.span))
    };
    local.push(edit.about(member.name));
}

/// A property that an object does not list, where it says what such properties hold (`patternProperties`, `additionalProperties`; JSON
/// Schema Core 2020-12, 10.3.2).
fn unlisted<'a>(view: &View<'_>, object: &Object, name: &'a str) -> Option<Member<'a>> {
    let by_default = match object.additional {
        Additional::Schema(id) => Some(id),
        Additional::Unstated | Additional::Any | Additional::None => None,
    };
    let id = additional::matched(object, name).next().map(|(_, id)| id).or(by_default)?;
    Some(Member { name, what: What::Schema(id), required: false, span: view.span, required_span: None })
}

/// Whether both objects say the same of a name by a regular expression, listed or not.
fn is_kept((one, other): (&Object, &Object), name: &str) -> bool {
    additional::matched(one, name).any(|(pattern, _)| other.patterns.iter().any(|(text, _)| text == pattern))
}

/// A property that one object lists and a regular expression of both speaks of: listing it allows no more.
fn refined(
    comparer: &mut Comparer<'_>,
    pair: Pair,
    (old, new): (&Member<'_>, &Member<'_>),
    is_new: bool,
    local: &mut Local,
) {
    let values = match (&old.what, &new.what) {
        (What::Schema(one), What::Schema(other)) => comparer.relation(comparer.part_of(pair, *one, *other)),
        _ => Relation::UNKNOWN,
    };
    let (rule, kept, is_required) = if is_new {
        (Rule::PropertyAdded, values.old_in_new, new.required)
    } else {
        (Rule::PropertyRemoved, values.new_in_old, old.required)
    };
    let answer = if is_required { Answer::No } else { kept };
    let relation = Relation::new(answer, Answer::Yes);
    let relation = if is_new { relation } else { relation.swapped() };
    local.push(Edit::new(rule, relation, Some(old.span), Some(new.span)).about(new.name));
}

/// A property of both objects.
fn both(
    comparer: &Comparer<'_>,
    pair: Pair,
    views: (&View<'_>, &View<'_>),
    members: (&Member<'_>, &Member<'_>),
    local: &mut Local,
) {
    let (old, new) = members;
    let changed = match (old.required, new.required) {
        (false, true) => Some((Rule::PropertyRequired, Relation::NARROWS)),
        (true, false) => Some((Rule::PropertyOptional, Relation::WIDENS)),
        _ => None,
    };
    if let Some((rule, relation)) = changed {
        let spans = (old.required_span.unwrap_or(old.span), new.required_span.unwrap_or(new.span));
        local.push(Edit::new(rule, relation, Some(spans.0), Some(spans.1)).about(old.name));
    }
    if let (What::Schema(one), What::Schema(other)) = (&old.what, &new.what) {
        if pair.carrier == Carrier::Lists && lists::one_or_several(comparer, pair, (old.name, *one, *other), local) {
            return;
        }
        local.part(format!(".{}", old.name), comparer.property_of(pair, old.name, *one, *other));
        return;
    }
    if let Some(relation) = one_value(pair, views, members).filter(|relation| *relation != Relation::SAME) {
        let edit = Edit::new(Rule::ConstChanged, relation, Some(old.span), Some(new.span)).about(old.name);
        local.push(edit.values(old.value_text(), new.value_text()));
    }
}

/// How two properties stand to each other of which at least one has no schema of its own.
fn one_value(pair: Pair, views: (&View<'_>, &View<'_>), members: (&Member<'_>, &Member<'_>)) -> Option<Relation> {
    let takes = |view: &View<'_>, id, value| {
        if enumerations::takes(view.schemas, id, value, pair.sender) { Answer::Yes } else { Answer::No }
    };
    match (&members.0.what, &members.1.what) {
        (What::Value(one), What::Value(other)) if enumerations::equal(one, other) => None,
        (What::Value(_), What::Value(_)) => Some(Relation::INCOMPARABLE),
        (What::Value(value), What::Schema(id)) => {
            let only = only_value(views.1, *id, value);
            Some(Relation::new(takes(views.1, *id, value), only))
        }
        (What::Schema(id), What::Value(value)) => {
            let only = only_value(views.0, *id, value);
            Some(Relation::new(only, takes(views.0, *id, value)))
        }
        (What::Anything, What::Value(_)) => Some(Relation::NARROWS),
        (What::Value(_), What::Anything) => Some(Relation::WIDENS),
        (What::Anything, What::Schema(id)) => (!View::of(views.1.schemas, *id).is_free()).then_some(Relation::NARROWS),
        (What::Schema(id), What::Anything) => (!View::of(views.0.schemas, *id).is_free()).then_some(Relation::WIDENS),
        (What::Schema(_), What::Schema(_)) | (What::Anything, What::Anything) => None,
    }
}

/// Whether a schema has no other value than this one.
fn only_value(view: &View<'_>, id: specie_codegen::api::SchemaId, value: &specie_codegen::api::Value) -> Answer {
    let schema = View::of(view.schemas, id);
    let listed = schema.closed_list().filter(|_| !schema.takes_null());
    let is_only = listed.is_some_and(|listed| listed.values.iter().all(|one| enumerations::equal(&one.value, value)));
    if is_only { Answer::Yes } else { Answer::No }
}

/// A property that the new object does not have.
fn removed(
    sender: Direction,
    views: (&View<'_>, &View<'_>),
    (member, other): (&Member<'_>, &Object),
    new: &Members<'_>,
    local: &mut Local,
) {
    let open = additional::is_open(other);
    // Who receives an object ignores what it does not know, but what a client sends was meant to be read.
    let old_in_new = match (open, sender) {
        (false, _) => Answer::No,
        (true, Direction::Request) => Answer::Unknown,
        (true, Direction::Response) => Answer::Yes,
    };
    let new_in_old = match (member.required, sender) {
        (true, _) => Answer::No,
        (false, Direction::Response) => Answer::Unknown,
        (false, Direction::Request) => Answer::Yes,
    };
    let rule = flipped(new, member, sender).unwrap_or(Rule::PropertyRemoved);
    let at = new.absent_at(member.name).unwrap_or(views.1.span);
    let edit = Edit::new(rule, Relation::new(old_in_new, new_in_old), Some(member.span), Some(at));
    local.push(edit.about(member.name));
}

/// A property that the old object did not have.
fn added(
    sender: Direction,
    views: (&View<'_>, &View<'_>),
    (member, one): (&Member<'_>, &Object),
    old: &Members<'_>,
    local: &mut Local,
) {
    let old_in_new = if member.required { Answer::No } else { Answer::Yes };
    let new_in_old = match (additional::is_open(one), sender) {
        (false, _) => Answer::No,
        (true, Direction::Request) => Answer::Unknown,
        (true, Direction::Response) => Answer::Yes,
    };
    let rule = flipped(old, member, sender).unwrap_or(Rule::PropertyAdded);
    let at = old.absent_at(member.name).unwrap_or(views.0.span);
    let edit = Edit::new(rule, Relation::new(old_in_new, new_in_old), Some(at), Some(member.span));
    let required = member.required.then(|| "required".to_owned());
    local.push(edit.about(member.name).values(None, required.filter(|_| rule == Rule::PropertyAdded)));
}

/// The rule of a property that the other object has as well, only not in this direction.
fn flipped(other: &Members<'_>, member: &Member<'_>, sender: Direction) -> Option<Rule> {
    other.absent_at(member.name).map(|_| match sender {
        Direction::Request => Rule::ReadOnlyChanged,
        Direction::Response => Rule::WriteOnlyChanged,
    })
}
