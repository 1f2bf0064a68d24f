//! Texts, numbers and flags, with their formats.

use specie_codegen::api::{Shape, order};
use specie_codegen::instance::integer_range;

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
    let Some((least, most)) = integer_range(format) else { return false };
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
            let (format, media_type) = binary(format.as_deref(), encoding.as_deref(), media_type.as_deref());
            let (other, other_media) = binary(other.as_deref(), other_encoding.as_deref(), other_media.as_deref());
            let kept = |one: Option<&str>, other: Option<&str>| {
                if other.is_none() || one == other { Answer::Yes } else { Answer::No }
            };
            let (one, two) = (bytes(format, encoding.as_deref()), bytes(other, other_encoding.as_deref()));
            text_format(one.0, two.0).max(kept(one.1, two.1)).max(kept(media_type, other_media))
        }
        (Shape::Integer { format }, Shape::Integer { format: other }) => {
            integer_format(restricting_numbers(format.as_deref()), restricting_numbers(other.as_deref()))
        }
        (Shape::Number { format }, Shape::Number { format: other }) => {
            number_format(restricting_numbers(format.as_deref()), restricting_numbers(other.as_deref()))
        }
        // Every scalar is written as a text.
        (_, Shape::String { format: None, .. }) if carrier.is_text() => Answer::Yes,
        _ => Answer::No,
    }
}

/// The format and the media type of a text. The format `binary` of OpenAPI 3.0 is the media type of any bytes as they are (OpenAPI 3.1.0,
/// "Considerations for File Uploads").
fn binary<'a>(
    format: Option<&'a str>,
    encoding: Option<&str>,
    media_type: Option<&'a str>,
) -> (Option<&'a str>, Option<&'a str>) {
    match (format, encoding, media_type) {
        (Some("binary"), None, None) => (None, Some("application/octet-stream")),
        _ => (format, media_type),
    }
}

/// The format and the encoding of a text. The format `byte` of OpenAPI 3.0 is an encoding.
pub(super) fn bytes<'a>(format: Option<&'a str>, encoding: Option<&'a str>) -> (Option<&'a str>, Option<&'a str>) {
    match (format, encoding) {
        (Some("byte"), None | Some("base64")) => (None, Some("base64")),
        stated => stated,
    }
}

/// Formats that say how a text is shown, and nothing of which texts there are.
const SHOWN: &[&str] = &["password", "html", "commonmark", "markdown", "multiline", "textarea"];

/// A format, unless all texts have it.
pub(super) fn restricting(format: Option<&str>) -> Option<&str> {
    format.filter(|name| !SHOWN.contains(name))
}

/// Formats of texts that are texts of other formats, too (JSON Schema Validation 2020-12, 7.3; RFC 3986 section 4.1 and RFC 3987 section 2.2).
const HELD: &[(&str, &[&str])] = &[
    ("uri", &["uri-reference", "iri", "iri-reference"]),
    ("uri-reference", &["iri-reference"]),
    ("iri", &["iri-reference"]),
    ("email", &["idn-email"]),
    ("hostname", &["idn-hostname"]),
];

fn text_format(inner: Option<&str>, outer: Option<&str>) -> Answer {
    let (inner, outer) = (restricting(inner), restricting(outer));
    let (Some(outer), false) = (outer, inner == outer) else { return Answer::Yes };
    let is_held = HELD.iter().any(|(name, others)| Some(*name) == inner && others.contains(&outer));
    if is_held { Answer::Yes } else { Answer::No }
}

/// Formats of texts, which say nothing of numbers (JSON Schema Validation 2020-12, 7.1 and 7.3).
const OF_TEXTS: &[&str] = &[
    "date",
    "date-time",
    "time",
    "duration",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "iri",
    "iri-reference",
    "uri-template",
    "uuid",
    "json-pointer",
    "relative-json-pointer",
    "regex",
    "password",
    "byte",
    "binary",
];

/// Whether a format of texts is one of which it is known which texts have it.
pub(crate) fn is_known_of_texts(format: &str) -> bool {
    OF_TEXTS.contains(&format) || SHOWN.contains(&format) || format == DECIMAL
}

/// The format of texts that are decimal numbers (OpenAPI Format Registry).
const DECIMAL: &str = "decimal";

/// A format, unless all numbers have it.
pub(super) fn restricting_numbers(format: Option<&str>) -> Option<&str> {
    format.filter(|name| !OF_TEXTS.contains(name))
}

/// Whether the integers of one format are among those of another one.
fn integer_format(inner: Option<&str>, outer: Option<&str>) -> Answer {
    let (Some(outer), false) = (outer, inner == outer) else { return Answer::Yes };
    match (inner.and_then(integer_range), integer_range(outer)) {
        (Some(inner), Some(outer)) if outer.0 <= inner.0 && inner.1 <= outer.1 => Answer::Yes,
        _ => Answer::No,
    }
}

/// Whether the numbers of one format are among those of another one.
fn number_format(inner: Option<&str>, outer: Option<&str>) -> Answer {
    let is_held = inner == outer || outer.is_none() || (inner, outer) == (Some("float"), Some("double"));
    if is_held { Answer::Yes } else { Answer::No }
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
