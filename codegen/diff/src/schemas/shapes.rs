//! Types, null, defaults, and which comparison two shapes take.

use specie_codegen::api::{Additional, Constraints, Shape, Untyped};

use super::{Carrier, Comparer, Local, Pair, View, enumerations, lists, objects, scalars, types, unions};
use crate::{Answer, Edit, Relation, Rule};

/// Compares whether null is allowed.
pub(super) fn nulls(old: &View<'_>, new: &View<'_>, local: &mut Local) {
    let (rule, relation) = match (old.takes_null(), new.takes_null()) {
        (true, false) => (Rule::BecameNotNullable, Relation::NARROWS),
        (false, true) => (Rule::BecameNullable, Relation::WIDENS),
        _ => return,
    };
    // Where the type says it, it is no second change.
    if !old.takes_anything() && !new.takes_anything() {
        local.push(Edit::new(rule, relation, Some(old.span), Some(new.span)));
    }
}

/// Compares what is said of values and does not restrict them.
pub(super) fn documented(old: &View<'_>, new: &View<'_>, local: &mut Local) {
    let at = |rule, relation| Edit::new(rule, relation, Some(old.span), Some(new.span));
    let is_same = match (old.default, new.default) {
        (Some(one), Some(other)) => enumerations::equal(one, other),
        (one, other) => one.is_none() && other.is_none(),
    };
    if !is_same {
        let values = |view: &View<'_>| view.default.map(ToString::to_string);
        let spans = [old, new].map(|view| Some(view.at(&["default"])));
        let edit = Edit::new(Rule::DefaultChanged, Relation::UNKNOWN, spans[0], spans[1]);
        local.push(edit.values(values(old), values(new)));
    }
    if new.deprecated && !old.deprecated {
        local.push(at(Rule::SchemaDeprecated, Relation::SAME));
    }
    let is_secret = |view: &View<'_>| view.schemas.secret(view.id).is_some();
    if is_secret(old) != is_secret(new) {
        let word = |view: &View<'_>| Some(if is_secret(view) { "secret" } else { "shown" }.to_owned());
        local.push(at(Rule::SensitivityChanged, Relation::SAME).values(word(old), word(new)));
    }
}

/// Compares which keywords there are that are not compared.
pub(super) fn unchecked(old: &View<'_>, new: &View<'_>, local: &mut Local) {
    let at = |rule, relation| Edit::new(rule, relation, Some(old.span), Some(new.span));
    let missing = |one: &View<'_>, other: &View<'_>| -> Vec<String> {
        one.unchecked.iter().filter(|keyword| !other.unchecked.contains(keyword)).map(ToString::to_string).collect()
    };
    for keyword in missing(old, new) {
        let relation = Relation::new(Answer::Yes, without(&keyword, old, new));
        local.push(at(Rule::UncheckedChanged, relation).values(Some(keyword), None));
    }
    for keyword in missing(new, old) {
        let relation = Relation::new(without(&keyword, new, old), Answer::Yes);
        local.push(at(Rule::UncheckedChanged, relation).values(None, Some(keyword)));
    }
    local.edits.retain(|edit| edit.rule != Rule::UncheckedChanged || edit.relation != Relation::SAME);
}

/// Whether a schema without a keyword allows no more than one with it. What nothing else has looked at may be refused in another way: an object
/// that allows only what it lists itself allows nothing of that.
fn without(keyword: &str, with: &View<'_>, without: &View<'_>) -> Answer {
    let is_never = |id| View::of(with.schemas, id).is_never();
    let is_closed = |shape: &Shape| matches!(shape, Shape::Object(object) if object.additional == Additional::None);
    match keyword {
        "unevaluatedProperties" if is_closed(without.shape) && with.below(keyword).is_none_or(is_never) => Answer::Yes,
        "unevaluatedProperties" | "unevaluatedItems" => Answer::Unknown,
        _ => Answer::No,
    }
}

/// Compares what two texts hold where they say so (`contentSchema`).
pub(super) fn contents(comparer: &Comparer<'_>, pair: Pair, views: (&View<'_>, &View<'_>), local: &mut Local) {
    const KEYWORD: &str = "contentSchema";
    let (old, new) = views;
    if !old.unchecked.contains(&KEYWORD) || !new.unchecked.contains(&KEYWORD) {
        return;
    }
    if let (Some(one), Some(other)) = (old.below(KEYWORD), new.below(KEYWORD)) {
        local.part(" content", comparer.pair(one, other, pair.sender, Carrier::Json));
    }
}

/// Compares two shapes; whether what else restricts the values is still to be compared.
pub(super) fn shapes(
    comparer: &mut Comparer<'_>,
    pair: Pair,
    views: (&View<'_>, &View<'_>),
    local: &mut Local,
) -> bool {
    let (old, new) = views;
    if old.closed_list().is_some() || new.closed_list().is_some() {
        return enumerations::compare(pair, old, new, local);
    }
    if old.branches().is_some() || new.branches().is_some() {
        if old.takes_anything() || new.takes_anything() {
            types::report(old, new, anything(old, new), local);
            return true;
        }
        return unions::compare(comparer, pair, views, local);
    }
    match (old.shape.base(), new.shape.base()) {
        (Shape::Object(one), Shape::Object(other)) => objects::compare(comparer, pair, views, (one, other), local),
        (Shape::List(one), Shape::List(other)) => lists::compare(comparer, pair, views, (one, other), local),
        (one, other) if types::is_scalar(one) && types::is_scalar(other) => {
            let relation = scalars::relation((old, one), (new, other), pair.carrier);
            return scalars::report(pair, views, (one, other), relation, local);
        }
        (Shape::Null, Shape::Null) | (Shape::Reference(_), Shape::Reference(_)) => {}
        // A part whose schema says nothing is bytes, which OpenAPI 3.0 calls `binary` (OpenAPI 3.1.0, Encoding Object).
        _ if matches!(pair.carrier, Carrier::Text | Carrier::Path)
            && (is_bytes(old) && new.is_free() || old.is_free() && is_bytes(new)) =>
        {
            return false;
        }
        _ => {
            types::report(old, new, anything(old, new), local);
            return !old.type_name().eq("no value") && (old.takes_anything() || new.takes_anything());
        }
    }
    enumerations::known(pair, old, new, local);
    true
}

/// Whether a schema is any bytes as they are.
fn is_bytes(view: &View<'_>) -> bool {
    let is_any = view.constraints == Constraints::default();
    is_any && matches!(view.shape, Shape::String { format: Some(format), encoding: None, .. } if format == "binary")
}

/// The relation of shapes of which at least one allows anything or nothing, or which have nothing in common.
fn anything(old: &View<'_>, new: &View<'_>) -> Relation {
    let is_empty = |view: &View<'_>| matches!(view.shape, Shape::Any(Untyped::Never) | Shape::Null);
    if old.takes_anything() && new.takes_anything() {
        return Relation::SAME;
    }
    let within = |inner: &View<'_>, outer: &View<'_>| {
        if is_empty(inner) || outer.takes_anything() { Answer::Yes } else { Answer::No }
    };
    Relation::new(within(old, new), within(new, old))
}

impl Carrier {
    /// Whether all scalars are texts.
    pub(super) const fn is_text(self) -> bool {
        !matches!(self, Self::Json)
    }
}
