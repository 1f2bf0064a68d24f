//! Texts, numbers and flags, with their formats.

use specie_codegen::api::{Shape, order};

use super::view::type_name;
use super::{Carrier, Local, Pair, View, enumerations, types};
use crate::{Answer, Edit, Relation, Rule};

/// How two types with their formats stand to each other.
pub(super) fn relation(old: (&View<'_>, &Shape), new: (&View<'_>, &Shape), carrier: Carrier) -> Relation {
    let within = |(view, inner): (&View<'_>, &Shape), outer: &Shape| {
        if is_bounded(view, outer) { Answer::Yes } else { within(inner, outer, carrier) }
    };
    Relation::new(within(old, new.1), within(new, old.1))
}

/// Whether an integer's own bounds are within those of the format of another one.
fn is_bounded(view: &View<'_>, outer: &Shape) -> bool {
    let (Shape::Integer { .. }, Shape::Integer { format: Some(format) }) = (view.shape.base(), outer) else {
        return false;
    };
    let (least, most) = match format.as_str() {
        "int8" => (i64::from(i8::MIN), i64::from(i8::MAX)),
        "int16" => (i64::from(i16::MIN), i64::from(i16::MAX)),
        "int32" => (i64::from(i32::MIN), i64::from(i32::MAX)),
        "int64" => (i64::MIN, i64::MAX),
        _ => return false,
    };
    let lower = view.constraints.minimum.as_ref().is_some_and(|bound| order(&bound.value, &least.to_string()).is_ge());
    let upper = view.constraints.maximum.as_ref().is_some_and(|bound| order(&bound.value, &most.to_string()).is_le());
    lower && upper
}

/// Whether each value of one shape is one of the other.
fn within(inner: &Shape, outer: &Shape, carrier: Carrier) -> Answer {
    match (inner, outer) {
        (Shape::Boolean, Shape::Boolean) | (Shape::Integer { .. }, Shape::Number { .. }) => Answer::Yes,
        (
            Shape::String { format, encoding, media_type },
            Shape::String { format: other, encoding: other_encoding, media_type: other_media },
        ) => {
            let kept = |one: &Option<String>, other: &Option<String>| {
                if other.is_none() || one == other { Answer::Yes } else { Answer::No }
            };
            text_format(format.as_deref(), other.as_deref())
                .max(kept(encoding, other_encoding))
                .max(kept(media_type, other_media))
        }
        (Shape::Integer { format }, Shape::Integer { format: other }) => {
            number_format(&["int8", "int16", "int32", "int64"], format.as_deref(), other.as_deref())
        }
        (Shape::Number { format }, Shape::Number { format: other }) => {
            number_format(&["float", "double"], format.as_deref(), other.as_deref())
        }
        // Every scalar is written as a text.
        (_, Shape::String { format: None, .. }) if carrier.is_text() => Answer::Yes,
        _ => Answer::No,
    }
}

/// Formats that say how a text is shown, and nothing of which texts there are.
const SHOWN: &[&str] = &["password", "html", "commonmark", "markdown", "multiline", "textarea"];

fn text_format(inner: Option<&str>, outer: Option<&str>) -> Answer {
    let restricting = |format: Option<&str>| format.filter(|name| !SHOWN.contains(name)).map(str::to_owned);
    let (inner, outer) = (restricting(inner), restricting(outer));
    if outer.is_none() || inner == outer { Answer::Yes } else { Answer::No }
}

/// Whether the numbers of one format are among those of another one; `rising` lists formats that hold each other.
fn number_format(rising: &[&str], inner: Option<&str>, outer: Option<&str>) -> Answer {
    let (Some(outer), false) = (outer, inner == outer) else { return Answer::Yes };
    let place = |format: &str| rising.iter().position(|one| *one == format);
    match (inner.and_then(place), place(outer)) {
        (Some(inner), Some(outer)) if inner <= outer => Answer::Yes,
        _ => Answer::No,
    }
}

/// Reports how two scalars differ; whether what else restricts them is still to be compared.
pub(super) fn report(
    pair: Pair,
    views: (&View<'_>, &View<'_>),
    shapes: (&Shape, &Shape),
    relation: Relation,
    local: &mut Local,
) -> bool {
    let ((old, new), (one, other)) = (views, shapes);
    if type_name(one) != type_name(other) {
        types::report(old, new, relation, local);
        return relation != Relation::INCOMPARABLE;
    }
    enumerations::known(pair, old, new, local);
    if relation == Relation::SAME {
        return true;
    }
    let (before, after) = (format(one), format(other));
    let rule = match (&before, &after) {
        _ if before == after => Rule::ContentEncodingChanged,
        (None, _) => Rule::FormatAdded,
        (_, None) => Rule::FormatRemoved,
        _ => Rule::FormatChanged,
    };
    let edit = Edit::new(rule, relation, Some(old.at(&["format"])), Some(new.at(&["format"])));
    let edit = if rule == Rule::ContentEncodingChanged {
        edit.values(content(one), content(other))
    } else {
        edit.values(before, after)
    };
    local.push(edit);
    true
}

fn format(shape: &Shape) -> Option<String> {
    match shape {
        Shape::String { format, .. } | Shape::Integer { format } | Shape::Number { format } => format.clone(),
        _ => None,
    }
}

fn content(shape: &Shape) -> Option<String> {
    let Shape::String { encoding, media_type, .. } = shape else { return None };
    let stated: Vec<&str> = [encoding, media_type].into_iter().flatten().map(String::as_str).collect();
    (!stated.is_empty()).then(|| stated.join(" of "))
}
