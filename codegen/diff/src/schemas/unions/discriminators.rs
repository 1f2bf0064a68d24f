//! Discriminators: which property tells branches of two unions apart, and which values name which branch.

use specie_codegen::api::{Shape, Union};
use specie_codegen::source::Span;

use super::{Alternative, named};
use crate::schemas::{Local, View, types};
use crate::{Edit, Relation, Rule};

/// Compares which property says which branch a value is. Where each branch of both unions has both properties as constants, a value has them
/// either way and is the same branch by both: on the wire nothing changed, and what code reads is said of code.
pub(super) fn properties(views: (&View<'_>, &View<'_>), (one, other): (&Union, &Union), local: &mut Local) {
    let (Some(before), Some(after)) = (&one.discriminator, &other.discriminator) else { return };
    if before.property == after.property {
        return;
    }
    let has_both = |view: &View<'_>, union: &Union| {
        let mut branches = union.branches.iter().map(|branch| View::of(view.schemas, branch.schema));
        branches.all(|view| [before, after].iter().all(|stated| types::has_constant(&view, &stated.property)))
    };
    let is_same = has_both(views.0, one) && has_both(views.1, other);
    let relation = if is_same { Relation::SAME } else { Relation::INCOMPARABLE };
    let edit = Edit::new(Rule::DiscriminatorChanged, relation, Some(before.span), Some(after.span));
    local.push(edit.values(Some(before.property.clone()), Some(after.property.clone())));
}

/// Compares the values that name a branch, where its own schema does not have them as a constant.
pub(super) fn tags(views: (&View<'_>, &View<'_>), one: &Alternative<'_>, other: &Alternative<'_>, local: &mut Local) {
    let (Some(before), Some(after)) = (property(views.0), property(views.1)) else { return };
    if before != after || has_constant(views.0, one, before) && has_constant(views.1, other, after) {
        return;
    }
    let missing = |one: &[String], other: &[String]| -> Vec<String> {
        one.iter().filter(|tag| !other.contains(tag)).cloned().collect()
    };
    let edit = |rule, relation, tag: &str| {
        Edit::new(rule, relation, Some(tag_span(views.0, tag)), Some(tag_span(views.1, tag)))
    };
    for tag in missing(one.tags, other.tags) {
        let edit = edit(Rule::DiscriminatorValueRemoved, Relation::NARROWS, &tag);
        local.push(edit.about(&*one.label).values(Some(tag), None));
    }
    for tag in missing(other.tags, one.tags) {
        let edit = edit(Rule::DiscriminatorValueAdded, Relation::WIDENS, &tag);
        local.push(edit.about(&*other.label).values(None, Some(tag)));
    }
}

/// Where a value of a discriminator stands under its `mapping`, or else the discriminator.
fn tag_span(view: &View<'_>, tag: &str) -> Span {
    let Shape::Union(Union { discriminator: Some(stated), .. }) = view.shape else { return view.span };
    stated.mapping.iter().find(|(value, _)| value == tag).map_or(stated.span, |(_, span)| *span)
}

/// Compares which components values of a discriminator lead to. One that has another name and no other place is the same one.
pub(super) fn targets(
    (old, new): (&View<'_>, &View<'_>),
    (ones, others): (&[Alternative<'_>], &[Alternative<'_>]),
    local: &mut Local,
) {
    if property(old).is_none() || property(old) != property(new) {
        return;
    }
    let names = |view: &View<'_>, all: &[Alternative<'_>]| -> Vec<Option<String>> {
        all.iter().map(|one| named(view.schemas, one.component?)).collect()
    };
    let (before, after) = (names(old, ones), names(new, others));
    let only = |all: &[Alternative<'_>], tag: &String| {
        let mut places = all.iter().enumerate().filter(|(_, one)| one.tags.contains(tag)).map(|(at, _)| at);
        places.next().filter(|_| places.next().is_none())
    };
    for (one, name) in ones.iter().zip(&before) {
        for tag in one.tags {
            let Some(at) = only(others, tag).filter(|_| only(ones, tag).is_some()) else { continue };
            let (Some(name), Some(Some(target))) = (name, after.get(at)) else { continue };
            let is_known = |all: &[Option<String>], name: &String| all.iter().flatten().any(|known| known == name);
            if name != target && (is_known(&after, name) || is_known(&before, target)) {
                let spans = [old, new].map(|view| Some(tag_span(view, tag)));
                let edit = Edit::new(Rule::DiscriminatorTargetChanged, Relation::UNKNOWN, spans[0], spans[1]);
                local.push(edit.about(tag.as_str()).values(Some(name.clone()), Some(target.clone())));
            }
        }
    }
}

pub(super) fn property<'a>(view: &View<'a>) -> Option<&'a str> {
    match view.shape {
        Shape::Union(union) => union.discriminator.as_ref().map(|stated| stated.property.as_str()),
        _ => None,
    }
}

fn has_constant(view: &View<'_>, one: &Alternative<'_>, property: &str) -> bool {
    types::has_constant(&View::of(view.schemas, one.schema), property)
}
