//! What paths and headers can carry.

use http::header::HeaderValue;

use super::build_error::{BuildError, Place};
use crate::operation::OperationSpec;
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
