//! A request, taken apart once.

use std::borrow::Cow;

use http::HeaderMap;
use http::header::COOKIE;
use percent_encoding::percent_decode_str;

/// What a request says beside its method and path.
pub(crate) struct Call<'r> {
    /// The parameters of the path by their names, percent-encoded.
    pub(crate) path: Vec<(&'r str, &'r str)>,
    /// The names and values of the query; values are percent-encoded still.
    pub(crate) query: Vec<(String, &'r str)>,
    /// The headers.
    pub(crate) headers: &'r HeaderMap,
    /// The cookies by their names.
    pub(crate) cookies: Vec<(String, String)>,
    /// The body.
    pub(crate) body: &'r [u8],
}

impl<'r> Call<'r> {
    pub(crate) fn new(path: Vec<(&'r str, &'r str)>, query: &'r str, headers: &'r HeaderMap, body: &'r [u8]) -> Self {
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let pairs = cookies.flat_map(|text| text.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let cookies = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { path, query: pairs_of(query), headers, cookies, body }
    }

    /// The text of a header; `None` where it is absent or no text.
    pub(crate) fn header(&self, name: &str) -> Option<&'r str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// The names and the undecoded values of a query or form.
pub(crate) fn pairs_of(text: &str) -> Vec<(String, &str)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(name, value)| (form_text(name), value)).collect()
}

/// A text of a query or form: percent-encoded, and with a plus sign for each blank.
pub(crate) fn form_text(text: &str) -> String {
    let text: Cow<'_, str> = if text.contains('+') { text.replace('+', " ").into() } else { text.into() };
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}

/// A text of a path.
pub(crate) fn path_text(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
