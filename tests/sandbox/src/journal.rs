//! The journal: the latest requests and their responses, masked, written down when they arrive.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use http::HeaderMap;
use serde::Serialize;

use crate::mask;
use crate::moment::Moment;

/// The most requests that are kept.
pub const MOST_ENTRIES: usize = 10_000;
/// The most bytes that are kept.
pub const MOST_BYTES: usize = 64 << 20;
/// The most bytes of a body that are kept.
const MOST_OF_A_BODY: usize = 64 << 10;

/// A request and its response. Each attempt of a client is one of its own.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Its number: later ones are greater.
    pub number: u64,
    /// When it arrived.
    pub at: Moment,
    /// The API.
    pub api: &'static str,
    /// The merchant whose credentials came with it, as far as they name one.
    pub merchant: Option<String>,
    /// The operation, if there is one at its path.
    pub operation: Option<&'static str>,
    /// The operation with the most similar path, if there is none at its own.
    pub nearest: Option<&'static str>,
    /// The method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Headers of the request.
    pub headers: Vec<(String, String)>,
    /// Body of the request.
    pub body: String,
    /// The fault that struck it.
    pub fault: Option<String>,
    /// What the sandbox did not understand of its scenario.
    pub warnings: Vec<String>,
    /// The status of the response; `None` while there is none, and where none was sent.
    pub status: Option<u16>,
    /// Headers of the response.
    pub response_headers: Vec<(String, String)>,
    /// Body of the response, as it was before a fault damaged it.
    pub response_body: String,
}

impl Entry {
    fn size(&self) -> usize {
        self.body.len() + self.response_body.len() + self.target.len() + 512
    }
}

/// A request that has just arrived.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrived<'a> {
    pub(crate) at: Moment,
    pub(crate) api: &'static str,
    pub(crate) merchant: Option<&'a str>,
    pub(crate) operation: Option<&'static str>,
    pub(crate) nearest: Option<&'static str>,
    pub(crate) parts: &'a http::request::Parts,
    pub(crate) body: &'a [u8],
}

/// The latest requests, the oldest first.
#[derive(Debug, Default)]
pub struct Journal {
    inner: Mutex<Ring>,
}

#[derive(Debug, Default)]
struct Ring {
    last: u64,
    bytes: usize,
    entries: VecDeque<Entry>,
}

impl Journal {
    /// Writes down a request, and returns its number.
    pub(crate) fn arrived(&self, arrived: &Arrived<'_>) -> u64 {
        let parts = arrived.parts;
        let mut entry = Entry {
            number: 0,
            at: arrived.at,
            api: arrived.api,
            merchant: arrived.merchant.map(str::to_owned),
            operation: arrived.operation,
            nearest: arrived.nearest,
            method: parts.method.to_string(),
            target: mask::target(parts.uri.path(), parts.uri.query()),
            headers: mask::headers(&parts.headers),
            body: shown(arrived.body, &parts.headers),
            fault: None,
            warnings: Vec::new(),
            status: None,
            response_headers: Vec::new(),
            response_body: String::new(),
        };
        let mut ring = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        ring.last += 1;
        entry.number = ring.last;
        ring.bytes += entry.size();
        ring.entries.push_back(entry);
        ring.trim();
        ring.last
    }

    /// Writes down what was answered.
    pub(crate) fn answered(&self, number: u64, status: u16, headers: &HeaderMap, body: &[u8]) {
        let (headers, body) = (mask::headers(headers), shown(body, headers));
        self.change(number, |entry| {
            entry.status = Some(status);
            entry.response_headers = headers;
            entry.response_body = body;
        });
    }

    /// Writes down the fault that struck a request.
    pub(crate) fn struck(&self, number: u64, fault: String) {
        self.change(number, |entry| entry.fault = Some(fault));
    }

    /// Writes down what was not understood of a scenario.
    pub(crate) fn warned(&self, number: u64, warnings: Vec<String>) {
        self.change(number, |entry| entry.warnings.extend(warnings));
    }

    fn change(&self, number: u64, change: impl FnOnce(&mut Entry)) {
        let mut ring = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(first) = ring.entries.front().map(|entry| entry.number) else { return };
        let Some(at) = number.checked_sub(first).and_then(|at| usize::try_from(at).ok()) else { return };
        let Some(entry) = ring.entries.get_mut(at) else { return };
        let before = entry.size();
        change(entry);
        let after = entry.size();
        ring.bytes = (ring.bytes + after).saturating_sub(before);
        ring.trim();
    }

    /// All that is kept, the oldest first.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).entries.iter().cloned().collect()
    }

    /// The latest, newest first.
    #[must_use]
    pub fn latest(&self, limit: usize) -> Vec<Entry> {
        let ring = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        ring.entries.iter().rev().take(limit).cloned().collect()
    }

    /// Forgets all.
    pub fn clear(&self) {
        let mut ring = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        ring.entries.clear();
        ring.bytes = 0;
    }
}

impl Ring {
    fn trim(&mut self) {
        while self.entries.len() > MOST_ENTRIES || self.bytes > MOST_BYTES {
            let Some(oldest) = self.entries.pop_front() else { return };
            self.bytes = self.bytes.saturating_sub(oldest.size());
        }
    }
}

/// A body as it is kept: masked, and not longer than it has to be.
fn shown(body: &[u8], headers: &HeaderMap) -> String {
    let media_type = headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    match body.get(..MOST_OF_A_BODY) {
        // Cut before it is masked, a number at the end could lose its last digits and pass for another: so none is shown there.
        Some(start) if body.len() > MOST_OF_A_BODY => {
            let masked = mask::body(start, media_type);
            format!(
                "{}… ({} bytes)",
                masked.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || "-.+ \"".contains(c)),
                body.len()
            )
        }
        _ => mask::body(body, media_type),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrive(journal: &Journal, body: &[u8]) -> u64 {
        let (parts, ()) = http::Request::post("/payouts?public_key=pk").body(()).unwrap().into_parts();
        let arrived =
            Arrived { at: Moment(0), api: "x", merchant: None, operation: None, nearest: None, parts: &parts, body };
        journal.arrived(&arrived)
    }

    /// How many requests arrive; `SPECIE_REQUESTS` sets another number.
    fn requests() -> usize {
        let set = std::env::var("SPECIE_REQUESTS").ok().and_then(|requests| requests.parse().ok());
        set.unwrap_or(MOST_ENTRIES + 10)
    }

    #[test]
    fn only_so_many_are_kept_and_no_card_number() {
        let journal = Journal::default();
        for _ in 0..requests() {
            let number = arrive(&journal, br#"{"card_number":"4242424242424242","cvv":"a code"}"#);
            journal.answered(number, 201, &HeaderMap::new(), br#"{"note":"4242 4242 4242 4242"}"#);
        }
        let entries = journal.entries();
        let first = u64::try_from(requests() - MOST_ENTRIES + 1).unwrap();
        assert_eq!((entries.len(), entries.first().map(|entry| entry.number)), (MOST_ENTRIES, Some(first)));
        for entry in &entries {
            let text = serde_json::to_string(entry).unwrap();
            assert!(!text.contains("4242424242") && !text.contains("4242 4242") && !text.contains("a code"), "{text}");
        }
        journal.answered(first, 200, &HeaderMap::new(), b"{}");
        journal.answered(3, 200, &HeaderMap::new(), b"{}");
        assert_eq!(journal.entries()[0].status, Some(200));
    }

    #[test]
    fn only_so_many_bytes_are_kept() {
        let journal = Journal::default();
        for _ in 0..100 {
            let number = arrive(&journal, b"");
            journal.change(number, |entry| entry.response_body = " ".repeat(1 << 20));
        }
        let bytes: usize = journal.entries().iter().map(Entry::size).sum();
        assert!(bytes <= MOST_BYTES, "{bytes}");
    }

    #[test]
    fn a_number_that_is_cut_off_is_not_shown() {
        let journal = Journal::default();
        let mut body = vec![b' '; MOST_OF_A_BODY - 15];
        body.extend(b"4242424242424242");
        arrive(&journal, &body);
        assert!(!journal.entries()[0].body.contains("42424242"));
    }
}
