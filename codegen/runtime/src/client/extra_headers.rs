//! Headers that a caller sets beside those that the document describes.

use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderName, HeaderValue};

use super::path_and_headers::{OWNED_BY_HTTP, sensitive};

/// Headers that the client writes from the document.
const WRITTEN: [HeaderName; 3] = [ACCEPT, CONTENT_TYPE, COOKIE];

/// A header as it is sent. Nothing prints its value: it is not known whether it is a secret.
pub(super) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), &'static str> {
    let name = HeaderName::try_from(name).map_err(|_| "not a header name")?;
    if OWNED_BY_HTTP.contains(&name.as_str()) {
        return Err("belongs to HTTP itself and cannot be set");
    }
    if WRITTEN.contains(&name) {
        return Err("is written by the client from the document");
    }
    Ok((name, sensitive(value)?))
}
