//! Sequences of JSON values: one per line (JSON Lines), or after a record separator each (RFC 7464).

use specie_codegen::api::{Direction, Media, MediaType, SchemaId, Schemas, Shape};
use specie_codegen::instance;

use crate::json;

const RECORD_SEPARATOR: u8 = 0x1e;

/// The items of a body that are not as the document says, each called by its place, counted from 1.
pub(super) struct Faults {
    /// Those that are no JSON values; nothing behind the first is looked at.
    pub(super) malformed: Option<String>,
    /// Those that the schema of the items does not allow.
    pub(super) invalid: Vec<String>,
}

/// Checks each item of a body.
pub(super) fn check(schemas: &Schemas, media: &MediaType, body: &[u8]) -> Faults {
    let schema = schema(schemas, media);
    let mut faults = Faults { malformed: None, invalid: Vec::new() };
    for (at, item) in items(media, body).into_iter().enumerate() {
        let named = format!("the body's item {}", at + 1);
        let value = match item.and_then(json::value) {
            Ok(value) => value,
            Err(reason) => {
                faults.malformed = Some(format!("{named} is no JSON: {reason}"));
                break;
            }
        };
        let found =
            schema.map_or_else(Vec::new, |schema| instance::faults(schemas, schema, &value, Direction::Request));
        faults.invalid.extend(found.into_iter().map(|fault| format!("{named}{} {}", fault.pointer, fault.reason)));
    }
    faults
}

/// The schema of an item: `itemSchema`, or what the schema of the whole body, a list, says of its items.
fn schema(schemas: &Schemas, media: &MediaType) -> Option<SchemaId> {
    let of_whole = || {
        let whole = media.schema?;
        match &schemas.get(schemas.resolve(whole))?.shape {
            Shape::List(list) => list.items,
            _ => Some(whole),
        }
    };
    media.item_schema.or_else(of_whole)
}

/// The text of each item, or why it may not be all of it. White space alone is no item.
fn items<'b>(media: &MediaType, body: &'b [u8]) -> Vec<Result<&'b [u8], String>> {
    let separator = if media.kind() == Media::JsonSequence { RECORD_SEPARATOR } else { b'\n' };
    let frames: Vec<&[u8]> = body.split(|byte| *byte == separator).collect();
    let last = frames.len() - 1;
    let frames = frames.into_iter().enumerate().filter(|(_, frame)| !frame.trim_ascii().is_empty());
    frames.map(|(at, frame)| is_whole(media.kind(), frame, (at, last)).map(|()| frame.trim_ascii())).collect()
}

/// Refuses a text that may be cut off: a number or a word that is cut off may still be one (RFC 7464 section 2.4).
fn is_whole(kind: Media, frame: &[u8], (at, last): (usize, usize)) -> Result<(), String> {
    let is_delimited = frame.last().is_some_and(|end| end.is_ascii_whitespace() || matches!(end, b'}' | b']' | b'"'));
    match kind {
        Media::JsonSequence if at == 0 => Err("it stands before the first record separator".to_owned()),
        Media::JsonSequence if !is_delimited => Err("it may be cut off: no white space follows it".to_owned()),
        Media::JsonLines if at == last && !is_delimited => Err("it may be cut off: no line end follows it".to_owned()),
        _ => Ok(()),
    }
}
