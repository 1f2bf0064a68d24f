//! The styles of parameters (OpenAPI 3.2.0, Style Values): what the client writes and the server reads, by the same table.
//!
//! | style | written |
//! |---|---|
//! | `matrix`, `label`, `simple` | as RFC 6570 expands `{;name}`, `{.name}` and `{name}`, with `*` where `explode` is true |
//! | `form` | as RFC 6570 expands `{?name}`; in a cookie, pairs are separated by a semicolon |
//! | `spaceDelimited`, `pipeDelimited` | as `form`, with `%20` or `%7C` in the place of the comma |
//! | `deepObject` | `name[property]=value`; lists as `name[property][]=item`, lists of objects with indices; brackets as `%5B` and `%5D` |
//! | `cookie` | as `form` in a cookie |
//!
//! Lists and objects that are absent or hold nothing are not written; one that is required is an empty text where the style has one.

mod deep_object;
mod form;
pub(crate) mod joined;
mod label;
mod matrix;
mod simple;
#[cfg(all(test, feature = "client", feature = "server"))]
mod tests;

use std::borrow::Cow;

#[cfg(feature = "server")]
use super::percent;
use crate::param::ParameterTree;
use crate::param::{ParameterKind, ParameterLocation, ParameterSpec, Style};

/// Writes a value as it stands in its place: a part of a path segment, pairs of a query, the value of a header, pairs of cookies.
/// An empty text means that there is nothing to send.
#[cfg(feature = "client")]
pub(crate) fn write(spec: &ParameterSpec, tree: &ParameterTree) -> Result<String, &'static str> {
    if is_empty(tree) && !(spec.required && spec.has_empty_text()) {
        return Ok(String::new());
    }
    match (spec.location, spec.style) {
        (ParameterLocation::QueryString, _) if spec.kind == ParameterKind::Json => whole_query(tree),
        (ParameterLocation::Query | ParameterLocation::QueryString, Style::DeepObject) => {
            deep_object::write(spec, tree)
        }
        (ParameterLocation::Query | ParameterLocation::QueryString | ParameterLocation::Cookie, _) => {
            form::write(spec, tree)
        }
        (ParameterLocation::Path, Style::Label) => label::write(spec, tree),
        (ParameterLocation::Path, Style::Matrix) => matrix::write(spec, tree),
        (ParameterLocation::Path | ParameterLocation::Header, _) => simple::write(spec, tree),
    }
}

/// Writes the value of a header, in a request or a response. An empty text means that there is nothing to send.
pub(crate) fn write_header(spec: &ParameterSpec, tree: &ParameterTree) -> Result<String, &'static str> {
    if is_empty(tree) { Ok(String::new()) } else { simple::write(spec, tree) }
}

/// Reads the fields of a header, in a request or a response; `None` where it is absent.
pub(crate) fn read_header(spec: &ParameterSpec, lines: &[&str]) -> Result<Option<ParameterTree>, Cow<'static, str>> {
    simple::read_header(spec, lines)
}

/// Whether a value is a list or an object without content.
fn is_empty(tree: &ParameterTree) -> bool {
    match tree {
        ParameterTree::Text(_) => false,
        ParameterTree::List(items) => items.is_empty(),
        ParameterTree::Object(members) => members.is_empty(),
    }
}

#[cfg(feature = "client")]
fn whole_query(tree: &ParameterTree) -> Result<String, &'static str> {
    let mut query = String::new();
    super::percent::push_value(&mut query, joined::single(tree)?);
    Ok(query)
}

/// The undecoded texts of a request in which a parameter of one location is looked up.
#[cfg(feature = "server")]
pub(crate) enum Raw<'r> {
    /// What the places of a path template that name the parameter hold.
    Path(Vec<&'r str>),
    /// The query.
    Query(&'r str),
    /// The fields of a header.
    Header(Vec<&'r str>),
    /// All cookies.
    Cookies(Vec<(&'r str, &'r str)>),
}

/// Reads a value from where [`write`] puts it; `None` where it is absent. `is_claimed` tells the names of pairs that belong to other
/// parameters or to credentials, which an open object does not take.
#[cfg(feature = "server")]
pub(crate) fn read(
    spec: &ParameterSpec,
    raw: &Raw<'_>,
    is_claimed: &dyn Fn(&str) -> bool,
) -> Result<Option<ParameterTree>, Cow<'static, str>> {
    match raw {
        Raw::Path(texts) => match texts.as_slice() {
            [] => Ok(None),
            [first, others @ ..] if others.iter().all(|other| is_same(first, other)) => match spec.style {
                Style::Label => label::read(spec, first).map(Some),
                Style::Matrix => matrix::read(spec, first).map(Some),
                _ => simple::read(spec, first).map(Some),
            },
            _ => Err("its places in the path differ".into()),
        },
        Raw::Header(lines) => simple::read_header(spec, lines),
        Raw::Query("") if spec.location == ParameterLocation::QueryString => Ok(None),
        Raw::Query(query) if spec.location == ParameterLocation::QueryString && spec.kind == ParameterKind::Json => {
            let text = percent::decode_form(query).map_err(|percent::Malformed| percent::MALFORMED)?;
            Ok(Some(ParameterTree::Text(text.into_owned())))
        }
        Raw::Query(query) => {
            let pairs = super::query::pairs(query).map(|pair| (pair.name, pair.raw)).collect::<Vec<_>>();
            match spec.style {
                Style::DeepObject => deep_object::read(spec, &pairs),
                _ => form::read(spec, &pairs, is_claimed),
            }
        }
        Raw::Cookies(pairs) => {
            let pairs = pairs.iter().map(|(name, raw)| (Cow::Borrowed(*name), *raw)).collect::<Vec<_>>();
            form::read(spec, &pairs, is_claimed)
        }
    }
}

/// A pair with its name decoded and its value as it came.
#[cfg(feature = "server")]
type Pair<'r> = (Cow<'r, str>, &'r str);

/// Whether two places of one parameter have the same text.
#[cfg(feature = "server")]
fn is_same(left: &str, right: &str) -> bool {
    left == right || matches!((percent::decode(left), percent::decode(right)), (Ok(left), Ok(right)) if left == right)
}
