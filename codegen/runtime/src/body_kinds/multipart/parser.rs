//! The parts of a `multipart` body (RFC 2046 section 5.1) while it arrives.
//!
//! No more is held than a piece of the body and the head of a part, however large the parts are and however fast they come.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::header::{HeaderMap, HeaderName, HeaderValue};

use crate::body::{Body, BodyError};

/// How many bytes the headers of a part may have.
const HEAD_LIMIT: usize = 16 << 10;

/// Why a body has no further parts.
pub(super) enum Fault {
    /// The body broke off.
    Body(BodyError),
    /// It is not made of parts.
    Malformed(&'static str),
}

/// What follows a delimiter.
enum Head {
    /// The headers of a part, and how many bytes they took.
    Part(HeaderMap, usize),
    /// Nothing: it is the last one.
    End,
    /// Something of which not all has arrived.
    Incomplete,
}

/// Reads part after part.
pub(super) struct Parser {
    body: Body,
    /// What has arrived and was not read; it starts with the line end that belongs to the first boundary.
    held: BytesMut,
    /// What ends a part: a line end, two hyphens and the boundary.
    delimiter: Vec<u8>,
}

impl Parser {
    pub(super) fn new(body: Body, boundary: &str) -> Self {
        let delimiter = [b"\r\n--", boundary.as_bytes()].concat();
        Self { body, held: BytesMut::from(&b"\r\n"[..]), delimiter }
    }

    /// The headers of the next part and how many bytes they took, after what is left of the part before it; `None` after the last part.
    pub(super) async fn next_part(&mut self) -> Result<Option<(HeaderMap, usize)>, Fault> {
        poll_fn(|context| self.poll_next_part(context)).await
    }

    /// A piece of the part; `None` at its end.
    pub(super) async fn chunk(&mut self) -> Result<Option<Bytes>, Fault> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    pub(super) fn poll_next_part(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<(HeaderMap, usize)>, Fault>> {
        while ready!(self.poll_chunk(context))?.is_some() {}
        loop {
            match self.head()? {
                Head::Part(headers, size) => return Poll::Ready(Ok(Some((headers, size)))),
                Head::End => return Poll::Ready(Ok(None)),
                Head::Incomplete => ready!(self.poll_more(context))?,
            }
        }
    }

    pub(super) fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, Fault>> {
        loop {
            let certain = match position(&self.held, &self.delimiter) {
                Some(0) => return Poll::Ready(Ok(None)),
                Some(end) => end,
                // The start of a delimiter may stand at the end of what has arrived.
                None => self.held.len().saturating_sub(self.delimiter.len() - 1),
            };
            if certain > 0 {
                return Poll::Ready(Ok(Some(self.held.split_to(certain).freeze())));
            }
            ready!(self.poll_more(context))?;
        }
    }

    /// What follows a delimiter.
    fn head(&mut self) -> Result<Head, Fault> {
        let after = self.held.get(self.delimiter.len()..).unwrap_or_default();
        if after.starts_with(b"--") {
            return Ok(Head::End);
        }
        // White space may stand between the boundary and the end of its line.
        let line = after.iter().position(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(after.len());
        let head = after.get(line..).unwrap_or_default();
        let is_possible = b"\r\n".starts_with(head) || head.starts_with(b"\r\n") || (line == 0 && head == b"-");
        if !is_possible {
            return Err(Fault::Malformed("a boundary is followed by other text"));
        }
        let end = position(head, b"\r\n\r\n");
        // A head may arrive in one piece with its end, and is then no shorter.
        let size = end.map_or(after.len(), |end| line + end);
        if size > HEAD_LIMIT {
            return Err(Fault::Malformed("the headers of a part are too long"));
        }
        let Some(end) = end else { return Ok(Head::Incomplete) };
        let headers = headers(head.get(2..end).unwrap_or_default())?;
        let _ = self.held.split_to(self.delimiter.len() + line + end + 4);
        Ok(Head::Part(headers, size))
    }

    /// Waits for more of the body, which has to come.
    fn poll_more(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Fault>> {
        Poll::Ready(match ready!(Pin::new(&mut self.body).poll_next(context)) {
            Some(Ok(piece)) => {
                self.held.extend_from_slice(&piece);
                Ok(())
            }
            Some(Err(error)) => Err(Fault::Body(error)),
            None => Err(Fault::Malformed("it ends before its last boundary")),
        })
    }
}

/// Where a text that starts with a carriage return stands.
fn position(bytes: &[u8], text: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + bytes.get(from..)?.iter().position(|byte| *byte == b'\r')?;
        if bytes.get(at..)?.starts_with(text) {
            return Some(at);
        }
        from = at + 1;
    }
}

fn headers(lines: &[u8]) -> Result<HeaderMap, Fault> {
    let malformed = || Fault::Malformed("a header of a part is none");
    let mut headers = HeaderMap::new();
    let lines = std::str::from_utf8(lines).map_err(|_| malformed())?;
    for line in lines.split("\r\n").filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':').ok_or_else(malformed)?;
        let name = HeaderName::try_from(name.trim()).map_err(|_| malformed())?;
        let mut value = HeaderValue::from_bytes(value.trim().as_bytes()).map_err(|_| malformed())?;
        value.set_sensitive(true);
        headers.try_append(name, value).map_err(|_| Fault::Malformed("a part has too many headers"))?;
    }
    Ok(headers)
}

/// A parameter of a header value, such as `name` of `form-data; name="file"`.
pub(super) fn parameter(value: &str, wanted: &str) -> Option<String> {
    let mut rest = value.split_once(';')?.1;
    loop {
        let (name, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let (text, next) = if let Some(quoted) = after.strip_prefix('"') {
            unquote(quoted)?
        } else {
            let (text, next) = after.split_once(';').unwrap_or((after, ""));
            (text.trim().to_owned(), next)
        };
        if name.trim().trim_start_matches(';').trim().eq_ignore_ascii_case(wanted) {
            return Some(text);
        }
        rest = next.trim_start().trim_start_matches(';');
    }
}

/// The text up to the closing quote, and what follows that. Quotes and line ends in it are written as browsers write them
/// (HTML Standard, multipart/form-data encoding algorithm), or quotes with a backslash.
fn unquote(quoted: &str) -> Option<(String, &str)> {
    let mut is_escaped = false;
    let end = quoted.char_indices().find_map(|(at, character)| {
        let is_end = character == '"' && !is_escaped;
        is_escaped = character == '\\' && !is_escaped;
        is_end.then_some(at)
    })?;
    let text = quoted.get(..end)?.replace("\\\"", "\"");
    let text = text.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
    Some((text, quoted.get(end + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Headers with names of their own.
    fn many(count: usize) -> String {
        (0..count).map(|at| format!("h{at}:")).collect::<Vec<_>>().join("\r\n")
    }

    async fn head(lines: &str) -> Result<(HeaderMap, usize), &'static str> {
        let mut parser = Parser::new(Body::from(format!("--x\r\n{lines}\r\n\r\n--x--")), "x");
        match parser.next_part().await {
            Ok(part) => part.ok_or("no part"),
            Err(Fault::Malformed(reason)) => Err(reason),
            Err(Fault::Body(_)) => Err("the body broke off"),
        }
    }

    #[tokio::test]
    async fn a_head_that_comes_with_its_end_is_held_to_the_limit() {
        assert_eq!(
            head(&format!("a: {}\r\n", "b".repeat(HEAD_LIMIT))).await,
            Err("the headers of a part are too long")
        );
        assert_eq!(head(&many(30_000)).await, Err("the headers of a part are too long"));
    }

    #[test]
    fn more_headers_than_a_map_holds_are_a_fault() {
        assert!(matches!(headers(many(40_000).as_bytes()), Err(Fault::Malformed("a part has too many headers"))));
    }

    #[tokio::test]
    async fn the_headers_of_a_part_are_sensitive_and_counted() {
        let (headers, size) = head("a: secret\r\n").await.unwrap();
        assert!(headers.get("a").unwrap().is_sensitive());
        assert!(size >= "a: secret".len(), "{size}");
    }
}
