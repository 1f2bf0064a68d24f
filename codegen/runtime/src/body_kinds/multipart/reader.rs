//! Reading a form of parts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderMap;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde::de::DeserializeOwned;

use super::error::{FormReadError, PartFault};
use super::parser::{Fault, Parser, parameter};
use super::{File, FilePart, JsonPart, List, NamedPart, One, Optional, Others, PartSpec, TextPart};
use crate::body::{Body, BodyError, BodyErrorKind};
use crate::body_kinds::{json, text};
use crate::decode::{DecodeFault, pointer};
use crate::param::Param;

/// How many parts a form may have.
const PARTS: usize = 1000;

/// The parts of a form, in any order.
///
/// They are held in memory up to the limit for a body. A file that is larger is handed on while it arrives: it has to be the last part, and
/// its stream ends with an error if another one follows. Parts that are not asked for are ignored unless
/// [`deny_unknown`](Self::deny_unknown) says otherwise.
pub struct MultipartReader {
    parts: Vec<Part>,
    limit: usize,
}

/// One part, as it arrived.
pub struct Part {
    name: String,
    file: FilePart,
}

/// A kind of part that can hold a value.
pub trait ReadPart<T> {
    /// Reads one part.
    fn read(form: &MultipartReader, part: &Part) -> Result<T, FormReadError>;
}

/// A number of parts that can hold a value.
pub trait ReadParts<K, T> {
    /// Reads the parts of a name.
    fn read(form: &MultipartReader, part: NamedPart<'_>) -> Result<T, FormReadError>;
}

impl<T: Param> ReadPart<T> for TextPart {
    fn read(form: &MultipartReader, part: &Part) -> Result<T, FormReadError> {
        text::decode(form.whole(part)?).map_err(|fault| at(place(&part.name, ""), fault.into_detail()))
    }
}

impl<T: DeserializeOwned> ReadPart<T> for JsonPart {
    fn read(form: &MultipartReader, part: &Part) -> Result<T, FormReadError> {
        let fault =
            |fault: DecodeFault| PartFault { pointer: place(&part.name, &fault.pointer), detail: fault.message };
        json::decode_served(form.whole(part)?)
            .map_err(|faults| FormReadError::Parts(faults.into_iter().map(fault).collect()))
    }
}

impl ReadPart<FilePart> for File {
    fn read(_: &MultipartReader, part: &Part) -> Result<FilePart, FormReadError> {
        Ok(part.file.clone())
    }
}

impl<K: ReadPart<T>, T> ReadParts<K, T> for One {
    fn read(form: &MultipartReader, part: NamedPart<'_>) -> Result<T, FormReadError> {
        let mut parts = form.parts_of(part);
        match (parts.next(), parts.next()) {
            (Some(part), None) => K::read(form, part),
            (None, _) => Err(at(place(part.name, ""), "it is required")),
            (_, Some(_)) => Err(at(place(part.name, ""), "it is there more than once")),
        }
    }
}

impl<K: ReadPart<T>, T> ReadParts<K, Vec<T>> for List {
    fn read(form: &MultipartReader, part: NamedPart<'_>) -> Result<Vec<T>, FormReadError> {
        let (mut values, mut faults) = (Vec::new(), Vec::new());
        for part in form.parts_of(part) {
            values.extend(kept(K::read(form, part), &mut faults)?);
        }
        if faults.is_empty() { Ok(values) } else { Err(FormReadError::Parts(faults)) }
    }
}

impl<K, N: ReadParts<K, T>, T> ReadParts<K, BTreeMap<String, T>> for Others<N> {
    fn read(form: &MultipartReader, part: NamedPart<'_>) -> Result<BTreeMap<String, T>, FormReadError> {
        let (mut values, mut faults) = (BTreeMap::new(), Vec::new());
        let names: BTreeSet<&str> = form.parts_of(part).map(|part| part.name.as_str()).collect();
        for name in names {
            let value = kept(N::read(form, NamedPart { name, listed: None, ..part }), &mut faults)?;
            values.extend(value.map(|value| (name.to_owned(), value)));
        }
        if faults.is_empty() { Ok(values) } else { Err(FormReadError::Parts(faults)) }
    }
}

/// A list or a map is there if anything of it is.
impl<K, N: ReadParts<K, T>, T> ReadParts<K, Option<T>> for Optional<N> {
    fn read(form: &MultipartReader, part: NamedPart<'_>) -> Result<Option<T>, FormReadError> {
        form.parts_of(part).next().is_some().then(|| N::read(form, part)).transpose()
    }
}

/// What was read; what is wrong with it goes to the faults of other parts.
fn kept<T>(read: Result<T, FormReadError>, faults: &mut Vec<PartFault>) -> Result<Option<T>, FormReadError> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(FormReadError::Parts(found)) => {
            faults.extend(found);
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

impl MultipartReader {
    /// A form that was left out.
    pub(crate) fn without_parts() -> Self {
        Self { parts: Vec::new(), limit: 0 }
    }

    /// Reads parts until all are there, or one is larger than what is left of `limit` bytes.
    pub(crate) async fn read(body: Body, content_type: &str, limit: usize) -> Result<Self, FormReadError> {
        let boundary = parameter(content_type, "boundary").filter(|boundary| !boundary.is_empty());
        let boundary = boundary.ok_or(FormReadError::Malformed("the Content-Type names no boundary"))?;
        let mut parser = Parser::new(body, &boundary);
        let (mut parts, mut left) = (Vec::new(), limit);
        while let Some((headers, size)) = parser.next_part().await.map_err(|fault| refuse(&fault, limit))? {
            if parts.len() == PARTS {
                return Err(FormReadError::Malformed("the form has too many parts"));
            }
            // The headers are held as the contents are.
            left = left.checked_sub(size).ok_or(FormReadError::TooLarge(limit))?;
            let mut part = Part::of(headers)?;
            let (held, is_whole) = hold(&mut parser, left).await.map_err(|fault| refuse(&fault, limit))?;
            left = left.saturating_sub(held.len());
            if is_whole {
                part.file.content = held.into();
                parts.push(part);
                continue;
            }
            part.file.content = Body::stream(Rest { held: Some(held.into()), is_within: true, parser });
            parts.push(part);
            break;
        }
        Ok(Self { parts, limit })
    }

    /// Reads what a part or a list of parts holds.
    pub fn part<K, N, T>(&self, spec: &PartSpec<K, N>) -> Result<T, FormReadError>
    where
        N: ReadParts<K, T>,
    {
        N::read(self, spec.part)
    }

    /// Takes the part of a name that has just one value out of the form.
    pub fn constant(&mut self, name: &'static str, value: &str) -> Result<(), FormReadError> {
        let found: Result<String, FormReadError> = self.part(&PartSpec::text(name));
        self.parts.retain(|part| part.name != name);
        if found? == value { Ok(()) } else { Err(at(place(name, ""), format!("it must be {value}"))) }
    }

    /// Refuses every part whose name is not one of these (`additionalProperties: false`).
    pub fn deny_unknown(&self, known: &[&str]) -> Result<(), FormReadError> {
        if self.parts.iter().all(|part| known.contains(&part.name.as_str())) {
            return Ok(());
        }
        Err(at(String::new(), format!("the only parts are {}", known.join(", "))))
    }

    /// The parts of a name, or all that are described nowhere else.
    fn parts_of<'r>(&'r self, wanted: NamedPart<'r>) -> impl Iterator<Item = &'r Part> {
        self.parts.iter().filter(move |part| match wanted.listed {
            None => part.name == wanted.name,
            Some(listed) => !listed.contains(&part.name.as_str()),
        })
    }

    /// The bytes of a part that is no file.
    fn whole<'p>(&self, part: &'p Part) -> Result<&'p Bytes, FormReadError> {
        part.file.content.as_whole().ok_or(FormReadError::TooLarge(self.limit))
    }
}

impl Part {
    fn of(mut headers: HeaderMap) -> Result<Self, FormReadError> {
        let mut text = |name| headers.remove(name).and_then(|value| String::from_utf8(value.as_bytes().to_vec()).ok());
        let (disposition, content_type) = (text(CONTENT_DISPOSITION).unwrap_or_default(), text(CONTENT_TYPE));
        let name = parameter(&disposition, "name");
        let name = name.ok_or(FormReadError::Malformed("a part of the form has no name"))?;
        let file_name = parameter(&disposition, "filename");
        Ok(Self { name, file: FilePart { file_name, content_type, headers, content: Body::empty() } })
    }
}

/// Reads a part up to a limit, and says whether that is all of it.
async fn hold(parser: &mut Parser, limit: usize) -> Result<(Vec<u8>, bool), Fault> {
    let mut held = Vec::new();
    while let Some(chunk) = parser.chunk().await? {
        held.extend_from_slice(&chunk);
        if held.len() > limit {
            return Ok((held, false));
        }
    }
    Ok((held, true))
}

/// The rest of a form, which is the rest of its last part.
struct Rest {
    held: Option<Bytes>,
    is_within: bool,
    parser: Parser,
}

impl Stream for Rest {
    type Item = Result<Bytes, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(held) = self.held.take() {
            return Poll::Ready(Some(Ok(held)));
        }
        if self.is_within {
            match ready!(self.parser.poll_chunk(context)) {
                Ok(Some(chunk)) => return Poll::Ready(Some(Ok(chunk))),
                Ok(None) => self.is_within = false,
                Err(fault) => return Poll::Ready(Some(Err(broken(fault)))),
            }
        }
        Poll::Ready(match ready!(self.parser.poll_next_part(context)) {
            Ok(None) => None,
            Ok(Some(_)) => Some(Err(BodyError::interrupted("a part follows the file, which is too large to be held"))),
            Err(fault) => Some(Err(broken(fault))),
        })
    }
}

fn broken(fault: Fault) -> BodyError {
    match fault {
        Fault::Body(error) => error,
        Fault::Malformed(_) => BodyError::interrupted("the body is not a whole form"),
    }
}

fn refuse(fault: &Fault, limit: usize) -> FormReadError {
    match fault {
        Fault::Body(error) if error.kind() == BodyErrorKind::TooLarge => FormReadError::TooLarge(limit),
        Fault::Body(_) => FormReadError::Malformed("the body could not be read to its end"),
        Fault::Malformed(reason) => at(String::new(), *reason),
    }
}

/// The pointer to something in a part.
fn place(name: &str, inside: &str) -> String {
    let mut at = String::new();
    pointer::push(&mut at, name);
    at + inside
}

fn at(pointer: String, detail: impl Into<String>) -> FormReadError {
    FormReadError::Parts(vec![PartFault { pointer, detail: detail.into() }])
}

impl fmt::Debug for MultipartReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MultipartReader").field("parts", &self.parts.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Berth {
        depth: i32,
        pier: String,
    }

    crate::object!(Berth { depth: required, pier: required });

    #[tokio::test]
    async fn parts_of_json_name_every_fault() {
        let part = |json: &str| format!("--x\r\nContent-Disposition: form-data; name=\"berths\"\r\n\r\n{json}\r\n");
        let form = format!("{}{}--x--", part("{\"depth\":\"z\"}"), part("{\"depth\":1}"));
        let form = MultipartReader::read(Body::from(form), "multipart/form-data; boundary=x", 1000).await.unwrap();
        let error = form.part::<_, _, Vec<Berth>>(&PartSpec::json("berths").list()).unwrap_err();
        let FormReadError::Parts(faults) = error else { panic!("{error:?}") };
        let places: Vec<&str> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(places, ["/berths/depth", "/berths", "/berths"]);
    }
}
