//! Server-sent events (`text/event-stream`; HTML Standard, section 9.2).

use std::time::Duration;

#[cfg(feature = "server")]
use serde::Serialize;
#[cfg(feature = "client")]
use serde::de::DeserializeOwned;

use super::{Rules, json};
use crate::body::Body;
use crate::item_stream::{self, ItemStream};
#[cfg(feature = "client")]
use crate::item_stream::{Framing, Unreadable};

pub(super) const RULES: Rules = Rules::ITEMS;

/// One server-sent event.
///
/// ```
/// use std::time::Duration;
/// use specie_runtime::Event;
///
/// let paid = Event {
///     event: Some("payment".to_owned()),
///     id: Some("17".to_owned()),
///     retry: Some(Duration::from_secs(5)),
///     ..Event::new("paid")
/// };
/// assert_eq!(paid.data, "paid");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event<T> {
    /// Its type; `None` for the standard's `message`.
    pub event: Option<String>,
    /// The `data` field, decoded.
    pub data: T,
    /// The id that the stream last named, with this event or before it: what a client that comes back sends as `Last-Event-ID`.
    pub id: Option<String>,
    /// How long a client should wait before it connects again, where the event says so.
    pub retry: Option<Duration>,
}

impl<T> Event<T> {
    /// An event that has only data.
    #[must_use]
    pub const fn new(data: T) -> Self {
        Self { event: None, data, id: None, retry: None }
    }
}

/// The body of a stream of events whose data is JSON.
#[cfg(feature = "server")]
pub(crate) fn encode_json<T: Serialize + Send + 'static>(events: &ItemStream<Event<T>>) -> Body {
    item_stream::encode(events, write_json)
}

/// The body of a stream of events whose data is text.
#[cfg(feature = "server")]
pub(crate) fn encode_text(events: &ItemStream<Event<String>>) -> Body {
    item_stream::encode(events, write_text)
}

/// The events of a body whose data is JSON. None of them may have more than `limit` bytes.
#[cfg(feature = "client")]
pub(crate) fn decode_json<T: DeserializeOwned + Send + 'static>(body: Body, limit: usize) -> ItemStream<Event<T>> {
    item_stream::decode(body, limit, Events::json())
}

/// The events of a body whose data is text. None of them may have more than `limit` bytes.
#[cfg(feature = "client")]
pub(crate) fn decode_text(body: Body, limit: usize) -> ItemStream<Event<String>> {
    item_stream::decode(body, limit, Events::<String>::text())
}

/// Reads events, the data of each of which is read by a function.
#[cfg(feature = "client")]
struct Events<T> {
    data: fn(String) -> Result<T, Unreadable>,
    last_id: Option<String>,
    is_first: bool,
}

#[cfg(feature = "client")]
impl<T> Events<T> {
    /// Events whose data is text.
    fn text() -> Events<String> {
        Events { data: Ok, last_id: None, is_first: true }
    }
}

#[cfg(feature = "client")]
impl<T: DeserializeOwned> Events<T> {
    /// Events whose data is JSON.
    fn json() -> Self {
        let data = |text: String| json::decode(text.as_bytes()).map_err(Unreadable::Json);
        Self { data, last_id: None, is_first: true }
    }
}

#[cfg(feature = "client")]
impl<T: Send + 'static> Framing for Events<T> {
    type Item = Event<T>;

    /// Where an empty line ends: lines end with a line feed, a carriage return or both.
    fn frame_end(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        // The ends of two lines have up to four bytes, some of which may have been looked at.
        let mut at = from.saturating_sub(4);
        while let Some(found) = bytes.get(at..)?.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
            let after = end_of_line(bytes, at + found)?;
            match bytes.get(after)? {
                b'\n' | b'\r' => return end_of_line(bytes, after),
                _ => at = after,
            }
        }
        None
    }

    fn read(&mut self, frame: &[u8], is_last: bool) -> Option<Result<Event<T>, Unreadable>> {
        let frame = if std::mem::take(&mut self.is_first) {
            frame.strip_prefix(b"\xef\xbb\xbf").unwrap_or(frame)
        } else {
            frame
        };
        let Ok(text) = std::str::from_utf8(frame) else {
            return Some(Err(Unreadable::Malformed("it is not UTF-8")));
        };
        let (mut event, mut data, mut retry) = (None, None::<String>, None);
        for line in lines(text) {
            let (field, value) = line.split_once(':').unwrap_or((line, ""));
            let value = value.strip_prefix(' ').unwrap_or(value);
            match field {
                "event" => event = (!value.is_empty()).then(|| value.to_owned()),
                "data" => match &mut data {
                    Some(data) => {
                        data.push('\n');
                        data.push_str(value);
                    }
                    None => data = Some(value.to_owned()),
                },
                "id" if !value.contains('\0') => self.last_id = (!value.is_empty()).then(|| value.to_owned()),
                "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                    retry = value.parse().ok().map(Duration::from_millis);
                }
                // Comments start with a colon, and unknown fields are for later versions.
                _ => {}
            }
        }
        let data = data?;
        if is_last && !frame.ends_with(b"\r\r") && !frame.ends_with(b"\n\r") {
            return Some(Err(Unreadable::Malformed("the stream ended within it")));
        }
        let id = self.last_id.clone();
        Some((self.data)(data).map(|data| Event { event, data, id, retry }))
    }
}

/// Where the line ends whose end begins at `at`; `None` where a line feed may still follow a carriage return.
#[cfg(feature = "client")]
fn end_of_line(bytes: &[u8], at: usize) -> Option<usize> {
    match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'\r'), Some(b'\n')) => Some(at + 2),
        (Some(b'\r'), None) => None,
        _ => Some(at + 1),
    }
}

#[cfg(feature = "client")]
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

/// Writes an event whose data is JSON.
#[cfg(feature = "server")]
fn write_json<T: Serialize>(event: &Event<T>, bytes: &mut Vec<u8>) -> Result<(), &'static str> {
    let data = json::encode(&event.data).map_err(|_| "the data of an event cannot be written as JSON")?;
    write(event, &data, bytes)
}

/// Writes an event whose data is text.
#[cfg(feature = "server")]
fn write_text(event: &Event<String>, bytes: &mut Vec<u8>) -> Result<(), &'static str> {
    write(event, event.data.as_bytes(), bytes)
}

#[cfg(feature = "server")]
fn write<T>(event: &Event<T>, data: &[u8], bytes: &mut Vec<u8>) -> Result<(), &'static str> {
    if let Some(kind) = &event.event {
        field(bytes, "event", kind.as_bytes())?;
    }
    if let Some(id) = &event.id {
        if id.contains('\0') {
            return Err("the id of an event holds a null character, which it cannot carry");
        }
        field(bytes, "id", id.as_bytes())?;
    }
    if let Some(retry) = event.retry {
        field(bytes, "retry", retry.as_millis().to_string().as_bytes())?;
    }
    data.split(|byte| *byte == b'\n').try_for_each(|line| field(bytes, "data", line))?;
    bytes.push(b'\n');
    Ok(())
}

#[cfg(feature = "server")]
fn field(bytes: &mut Vec<u8>, name: &str, value: &[u8]) -> Result<(), &'static str> {
    if value.iter().any(|byte| matches!(byte, b'\r' | b'\n')) {
        return Err("a field of an event holds a line end that it cannot carry");
    }
    bytes.extend([name.as_bytes(), b": ", value, b"\n"].concat());
    Ok(())
}
