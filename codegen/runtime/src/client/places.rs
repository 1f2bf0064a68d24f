//! What paths, queries, headers and cookies can carry, and how lists are joined into one value.

use http::header::{HeaderName, HeaderValue};

use super::build_error::{BuildError, Place};
use crate::operation::{ListStyle, OperationSpec};
use crate::param::Param;
use crate::wire::percent;

/// A text that stays a segment of its own: URL parsers resolve the others away, percent-encoded or not.
pub(super) fn check_segment(text: &str) -> Result<(), &'static str> {
    match text {
        "" | "." | ".." => Err("is empty, `.` or `..`, which would change the path"),
        _ => Ok(()),
    }
}

/// Headers that frame a message or name its connection (RFC 9110 sections 7.2, 7.6.1 and 8.6).
pub(super) const OWNED_BY_HTTP: [&str; 7] =
    ["connection", "content-length", "host", "te", "trailer", "transfer-encoding", "upgrade"];

pub(super) const NOT_HEADER_TEXT: &str = "holds characters that a header cannot carry";

/// A value that every receiver reads as it was written: visible ASCII, no space or tab at its ends, where it would be cut off.
pub(super) fn check_header(text: &str) -> Result<(), &'static str> {
    if text.starts_with([' ', '\t']) || text.ends_with([' ', '\t']) {
        return Err("starts or ends with a space, which headers lose");
    }
    if text.bytes().all(|byte| matches!(byte, b'\t' | 0x20..=0x7e)) { Ok(()) } else { Err(NOT_HEADER_TEXT) }
}

/// A header value that nothing prints.
pub(super) fn sensitive(text: &str) -> Result<HeaderValue, &'static str> {
    check_header(text)?;
    let mut value = HeaderValue::from_str(text).map_err(|_| NOT_HEADER_TEXT)?;
    value.set_sensitive(true);
    Ok(value)
}

/// A list inside a URL: commas stay, and inside an item they are encoded; the other separators exist in encoded form only.
pub(super) fn in_url<T: Param>(style: ListStyle, items: &[T]) -> Result<String, &'static str> {
    let (separator, written) = separators(style);
    join(items, written, |joined, item| {
        if style != ListStyle::Commas && item.contains(separator) {
            return Err(HOLDS_SEPARATOR);
        }
        percent::push_value(joined, item);
        Ok(())
    })
}

/// A list in a place without encoding.
pub(super) fn plain<T: Param>(
    style: ListStyle,
    items: &[T],
    check: impl Fn(&str) -> Result<(), &'static str>,
) -> Result<String, &'static str> {
    let (separator, _) = separators(style);
    join(items, separator, |joined, item| {
        if item.contains(separator) {
            return Err(HOLDS_SEPARATOR);
        }
        check(item)?;
        joined.push_str(item);
        Ok(())
    })
}

/// Appends a cookie. Cookies have no encoding of their own, so a value is sent as it is or not at all (RFC 6265 section 4.1.1).
pub(super) fn push_cookie(cookies: &mut String, name: &str, value: &str) -> Result<(), &'static str> {
    let is_octet = |byte| matches!(byte, 0x21 | 0x23..=0x2b | 0x2d..=0x3a | 0x3c..=0x5b | 0x5d..=0x7e);
    if HeaderName::try_from(name).is_err() {
        return Err("not a cookie name");
    }
    if !value.bytes().all(is_octet) {
        return Err("holds characters that a cookie cannot carry");
    }
    if !cookies.is_empty() {
        cookies.push_str("; ");
    }
    cookies.push_str(name);
    cookies.push('=');
    cookies.push_str(value);
    Ok(())
}

/// Puts the path parameters into the template.
pub(super) fn fill(spec: &'static OperationSpec, parameters: &[(&'static str, String)]) -> Result<String, BuildError> {
    let mut path = String::new();
    for segment in spec.path.trim_start_matches('/').split('/') {
        path.push('/');
        let start = path.len();
        let mut rest = segment;
        while let Some((literal, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            percent::push_template(&mut path, literal);
            let value = parameters.iter().find(|(written, _)| *written == name);
            let (_, value) = value.ok_or_else(|| BuildError::new(Place::Path, name, "was not written"))?;
            path.push_str(value);
            rest = after;
        }
        percent::push_template(&mut path, rest);
        if matches!(path.get(start..), Some("." | "..")) {
            return Err(BuildError::new(Place::Request, spec.id, "a segment of its path is `.` or `..`"));
        }
    }
    Ok(path)
}

/// Joins the items of a list into one value; `write` appends an item as its place takes it.
///
/// What could not be taken apart again is refused: an item that holds the separator where the place has no escape for it, and a
/// list of one empty item, which reads as an empty list.
fn join<T: Param>(
    items: &[T],
    separator: &str,
    mut write: impl FnMut(&mut String, &str) -> Result<(), &'static str>,
) -> Result<String, &'static str> {
    let mut joined = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            joined.push_str(separator);
        }
        let text = item.to_text();
        if text.is_empty() && items.len() == 1 {
            return Err("a list of one empty text cannot be told from an empty list");
        }
        write(&mut joined, &text)?;
    }
    Ok(joined)
}

/// The separator between items before any encoding, and between items in a query.
const fn separators(style: ListStyle) -> (&'static str, &'static str) {
    match style {
        ListStyle::Commas | ListStyle::Repeated => (",", ","),
        ListStyle::Spaces => (" ", "%20"),
        ListStyle::Pipes => ("|", "%7C"),
    }
}

/// Why an item is refused that holds a separator which its place cannot escape.
const HOLDS_SEPARATOR: &str = "an item holds the separator of the list";
