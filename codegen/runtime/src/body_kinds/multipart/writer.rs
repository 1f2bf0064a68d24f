//! Writing a form of parts.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::{self, Write as _};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderValue;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::MEDIA_TYPE;
use super::error::FormWriteError;
use super::{File, FilePart, JsonPart, List, NamedPart, One, Optional, Others, PartSpec, TextPart};
use crate::body::{Body, BodyError};
use crate::body_kinds::{json, text, whole_bytes};
use crate::param::Param;

/// Writes the parts of a form in the order in which they are given.
pub struct MultipartWriter {
    parts: Vec<Part>,
}

/// A kind of part that can hold a value.
pub trait WritePart<T> {
    /// Writes one part.
    fn write(form: &mut MultipartWriter, part: NamedPart<'_>, value: &T) -> Result<(), FormWriteError>;
}

/// A number of parts that can hold a value.
pub trait WriteParts<K, T> {
    /// Writes as many parts as the value needs.
    fn write(form: &mut MultipartWriter, part: NamedPart<'_>, value: &T) -> Result<(), FormWriteError>;
}

/// A struct that is written as the parts of a form: one of several ways to write a body.
pub trait WriteForm {
    /// Writes its parts.
    ///
    /// # Errors
    ///
    /// Where a part cannot be written.
    fn write(&self, form: &mut MultipartWriter) -> Result<(), FormWriteError>;
}

impl<T: Param> WritePart<T> for TextPart {
    fn write(form: &mut MultipartWriter, part: NamedPart<'_>, value: &T) -> Result<(), FormWriteError> {
        form.push(part.name, None, part.media_type, text::encode(value).into())
    }
}

impl<T: Serialize> WritePart<T> for JsonPart {
    fn write(form: &mut MultipartWriter, part: NamedPart<'_>, value: &T) -> Result<(), FormWriteError> {
        let json = json::encode(value).map_err(|_| fault(part.name, "cannot be written as JSON"))?;
        form.push(part.name, None, part.media_type.or(Some(json::MEDIA_TYPE)), json.into())
    }
}

/// A request whose files can all be read again is sent again where another one would be.
impl WritePart<FilePart> for File {
    fn write(form: &mut MultipartWriter, part: NamedPart<'_>, value: &FilePart) -> Result<(), FormWriteError> {
        form.file(part, value)
    }
}

impl<K: WritePart<T>, T> WriteParts<K, T> for One {
    fn write(form: &mut MultipartWriter, part: NamedPart<'_>, value: &T) -> Result<(), FormWriteError> {
        K::write(form, part, value)
    }
}

impl<K: WritePart<T>, T> WriteParts<K, Vec<T>> for List {
    fn write(form: &mut MultipartWriter, part: NamedPart<'_>, items: &Vec<T>) -> Result<(), FormWriteError> {
        items.iter().try_for_each(|item| K::write(form, part, item))
    }
}

impl<K, N: WriteParts<K, T>, T> WriteParts<K, BTreeMap<String, T>> for Others<N> {
    fn write(
        form: &mut MultipartWriter,
        part: NamedPart<'_>,
        values: &BTreeMap<String, T>,
    ) -> Result<(), FormWriteError> {
        values.iter().try_for_each(|(name, value)| {
            if part.listed.is_some_and(|listed| listed.contains(&name.as_str())) {
                return Err(fault(name, "has a field of its own"));
            }
            N::write(form, NamedPart { name, listed: None, ..part }, value)
        })
    }
}

impl<K, N: WriteParts<K, T>, T> WriteParts<K, Option<T>> for Optional<N> {
    fn write(form: &mut MultipartWriter, part: NamedPart<'_>, value: &Option<T>) -> Result<(), FormWriteError> {
        value.as_ref().map_or(Ok(()), |value| N::write(form, part, value))
    }
}

struct Part {
    /// The header lines, without the empty line after them.
    head: String,
    content: Body,
}

impl MultipartWriter {
    pub(crate) const fn new() -> Self {
        Self { parts: Vec::new() }
    }

    /// Writes what a part or a list of parts holds.
    pub fn part<K, N, T>(&mut self, spec: &PartSpec<K, N>, value: &T) -> Result<(), FormWriteError>
    where
        N: WriteParts<K, T>,
    {
        N::write(self, spec.part, value)
    }

    fn file(&mut self, part: NamedPart<'_>, file: &FilePart) -> Result<(), FormWriteError> {
        let name = part.name;
        let content_type = file.content_type.as_deref().or(part.media_type).or(Some(whole_bytes::MEDIA_TYPE));
        self.push(name, Some(file.file_name.as_deref().unwrap_or(name)), content_type, file.content.clone())?;
        let Some(part) = self.parts.last_mut() else { return Ok(()) };
        for (header, value) in &file.headers {
            if [CONTENT_DISPOSITION, CONTENT_TYPE].contains(header) {
                return Err(fault(name, "has a header that says again what the part says itself"));
            }
            let value = value.to_str().map_err(|_| fault(name, "has a header that is no text"))?;
            let _ = write!(part.head, "{header}: {value}\r\n");
        }
        Ok(())
    }

    fn push(
        &mut self,
        name: &str,
        file_name: Option<&str>,
        content_type: Option<&str>,
        content: Body,
    ) -> Result<(), FormWriteError> {
        if !content.is_available() {
            return Err(fault(name, "is a stream that was read before"));
        }
        if file_name.is_some_and(|text| text.contains(['\\', '%']) || text.chars().any(char::is_control)) {
            return Err(fault(
                name,
                "has a file name with a backslash, a percent sign or a control character, which readers misread",
            ));
        }
        let mut head = format!("content-disposition: form-data; name=\"{}\"", quoted(name));
        if let Some(file_name) = file_name {
            let _ = write!(head, "; filename=\"{}\"", quoted(file_name));
        }
        head.push_str("\r\n");
        if let Some(content_type) = content_type {
            HeaderValue::from_str(content_type)
                .map_err(|_| fault(name, "has a media type that a header cannot carry"))?;
            let _ = write!(head, "content-type: {content_type}\r\n");
        }
        self.parts.push(Part { head, content });
        Ok(())
    }

    /// Whether no part was written.
    pub(crate) const fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The media type with its boundary, and the body.
    pub(crate) fn finish(self) -> Result<(String, Body), FormWriteError> {
        let boundary = boundary(&self.parts)?;
        let media_type = format!("{MEDIA_TYPE}; boundary={boundary}");
        let mut bodies: Vec<Body> = Vec::new();
        for Part { head, content } in self.parts {
            bodies.push(format!("--{boundary}\r\n{head}\r\n").into());
            bodies.push(content);
            bodies.push("\r\n".into());
        }
        bodies.push(format!("--{boundary}--\r\n").into());
        Ok((media_type, joined(bodies)))
    }
}

fn fault(part: &str, reason: &'static str) -> FormWriteError {
    FormWriteError { part: part.to_owned(), reason }
}

/// A name between quotes, as browsers write it (HTML Standard, multipart/form-data encoding algorithm).
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// A boundary that stands in no part.
///
/// It is made of a hash of the parts, so that the same request has the same bytes; where a part is a stream, whose bytes are not known yet,
/// it is random, so that no one who writes the stream can have put it there.
fn boundary(parts: &[Part]) -> Result<String, FormWriteError> {
    let mut hash = Sha256::new();
    for Part { head, content } in parts {
        hash.update(head);
        if let Some(bytes) = content.as_whole() {
            hash.update(bytes);
        } else {
            let mut random = [0; 32];
            getrandom::fill(&mut random).map_err(|_| fault("", "there is no randomness to draw a boundary from"))?;
            hash.update(random);
        }
    }
    let digest = hash.finalize();
    let mut boundary = String::new();
    for byte in digest.iter().take(24) {
        let _ = write!(boundary, "{byte:02x}");
    }
    Ok(boundary)
}

/// One body after the other. It is as long as all of them, and can be read again if each of them can.
fn joined(bodies: Vec<Body>) -> Body {
    let whole: Option<Vec<&Bytes>> = bodies.iter().map(Body::as_whole).collect();
    if let Some(whole) = whole {
        return whole.into_iter().flatten().copied().collect::<Vec<u8>>().into();
    }
    let length: Option<u64> = bodies.iter().map(Body::length).sum();
    let body = if bodies.iter().all(Body::is_made_again) {
        Body::again(move || Body::stream(Joined(bodies.clone().into())))
    } else {
        let parts = bodies.clone();
        Body::made_of(Joined(bodies.into()), move || parts.iter().all(Body::is_available))
    };
    match length {
        Some(length) => body.with_length(length),
        None => body,
    }
}

struct Joined(VecDeque<Body>);

impl Stream for Joined {
    type Item = Result<Bytes, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some(body) = self.0.front_mut() {
            match ready!(Pin::new(body).poll_next(context)) {
                Some(piece) => return Poll::Ready(Some(piece)),
                None => drop(self.0.pop_front()),
            }
        }
        Poll::Ready(None)
    }
}

impl fmt::Debug for MultipartWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MultipartWriter").field("parts", &self.parts.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_arrive_as_something_else_is_not_written() {
        let write = |file: &FilePart| MultipartWriter::new().part(&PartSpec::file("file"), file).is_ok();
        assert!(write(&FilePart::new("a").named("say \"hello\".csv")));
        for name in ["a\\", "100%22.csv", "a\0b", "a\u{7f}"] {
            assert!(!write(&FilePart::new("a").named(name)), "{name:?}");
        }
    }
}
