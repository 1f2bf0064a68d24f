//! Which headers a request may have beside those that the client writes itself, and what their values can carry.

use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderName, HeaderValue};

use crate::wire::header;

/// Headers that frame a message or name its connection (RFC 9110 sections 7.2, 7.6.1 and 8.6).
pub(in crate::client) const OWNED_BY_HTTP: [&str; 7] =
    ["connection", "content-length", "host", "te", "trailer", "transfer-encoding", "upgrade"];

/// A header value that nothing prints.
pub(in crate::client) fn sensitive(text: &str) -> Result<HeaderValue, &'static str> {
    header::check(text)?;
    let mut value = HeaderValue::from_str(text).map_err(|_| header::NOT_TEXT)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Headers that the client writes from the document.
const WRITTEN: [HeaderName; 3] = [ACCEPT, CONTENT_TYPE, COOKIE];

/// A header that a caller sets, as it is sent. Nothing prints its value: it is not known whether it is a secret.
pub(in crate::client) fn of_caller(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), &'static str> {
    let name = HeaderName::try_from(name).map_err(|_| "not a header name")?;
    if OWNED_BY_HTTP.contains(&name.as_str()) {
        return Err("belongs to HTTP itself and cannot be set");
    }
    if WRITTEN.contains(&name) {
        return Err("is written by the client from the document");
    }
    Ok((name, sensitive(value)?))
}
