//! Responses as they are sent: a status, headers and a body.

use super::{NoSample, at_pointer, of_media_type, of_schema, pagination};
use crate::api::{Content, Direction, Media, MediaType, Operation, Parameter, Response, Schemas, Status, Value};
use crate::http::essence;

/// A response that the document gives, as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleResponse {
    /// The status.
    pub status: u16,
    /// The media type of the body; `None` where the document gives no body.
    pub media_type: Option<String>,
    /// The headers that the document requires, beside `Content-Type`.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

/// The response of a success: the one of the lowest status, `2XX`, or `default`; where there is none, that of the lowest error.
#[must_use]
pub fn success(operation: &Operation) -> Option<&Response> {
    let responses = operation.responses.iter().filter(|response| !response.status.is_interim());
    responses.min_by_key(|response| rank(response.status))
}

/// Which of several responses is shown: the one of the lowest rank.
pub(crate) fn rank(status: Status) -> (u8, u16) {
    match status {
        Status::Code(code) if status.is_success() => (0, code),
        Status::Range(2) => (1, 0),
        Status::Default => (2, 0),
        Status::Code(code) => (3, code),
        Status::Range(digit) => (4, digit.into()),
    }
}

/// The media type to show of several: the first of JSON, else the first one.
#[must_use]
pub fn choose(content: &[MediaType]) -> Option<&MediaType> {
    content.iter().find(|media| media.kind() == Media::Json).or_else(|| content.first())
}

/// The status of a response that stands for several.
const fn status(status: Status) -> u16 {
    match status {
        Status::Code(code) => code,
        Status::Range(digit) => digit as u16 * 100,
        Status::Default => 200,
    }
}

/// A response of an operation with a body of one of its media types, which `media` is; `None`: without a body.
///
/// Of a list that comes in pages it is the last page. What a caller compares with its request (`x-specie-reconcile`) is as `request` has it,
/// which is the body of the request.
pub fn of_response(
    schemas: &Schemas,
    operation: &Operation,
    (response, media): (&Response, Option<&MediaType>),
    request: Option<&Value>,
) -> Result<SampleResponse, NoSample> {
    let shaped = |media: &MediaType, value| shaped(schemas, operation, (response, media), request, value);
    let body = media.map_or_else(|| Ok(String::new()), |media| body(schemas, media, |value| shaped(media, value)))?;
    let required = response.headers.iter().filter(|header| header.required);
    let required = required.filter(|header| !header.name.eq_ignore_ascii_case("content-type"));
    let headers = required.map(|one| Ok((one.name.clone(), header(schemas, one)?)));
    Ok(SampleResponse {
        status: status(response.status),
        media_type: media.map(|media| concrete(&media.name)),
        headers: headers.collect::<Result<_, NoSample>>()?,
        body,
    })
}

/// The value as a response to this request, and as a last page.
fn shaped(
    schemas: &Schemas,
    operation: &Operation,
    (response, media): (&Response, &MediaType),
    request: Option<&Value>,
    value: Value,
) -> Result<Value, NoSample> {
    let value = match (&operation.reconcile, request) {
        (Some(stated), Some(request)) if response.status.is_success() => at_pointer::repeated(stated, request, value),
        _ => value,
    };
    match &operation.pagination {
        Some(stated) => pagination::last(schemas, media, stated, value),
        None => Ok(value),
    }
}

/// A media type that a range allows.
fn concrete(name: &str) -> String {
    match essence(name).split_once('/') {
        Some(("*", _)) => "application/json".to_owned(),
        Some(("image", "*")) => "image/png".to_owned(),
        Some(("text", "*")) => "text/plain".to_owned(),
        Some(("audio", "*")) => "audio/mpeg".to_owned(),
        Some(("video", "*")) => "video/mp4".to_owned(),
        Some((_, "*")) => "application/octet-stream".to_owned(),
        _ => name.to_owned(),
    }
}

/// The text of a body.
fn body(
    schemas: &Schemas,
    media: &MediaType,
    shaped: impl Fn(Value) -> Result<Value, NoSample>,
) -> Result<String, NoSample> {
    let kind = media.kind();
    let serialized = media.examples.iter().find_map(|example| example.serialized.clone());
    if let Some(text) = serialized.filter(|_| kind != Media::Json) {
        return Ok(text);
    }
    let sample = || shaped(of_media_type(schemas, media, Direction::Response)?);
    match kind {
        Media::Json => Ok(sample()?.to_string()),
        Media::JsonLines => Ok(item(schemas, media)?.map_or_else(String::new, |item| format!("{item}\n"))),
        Media::JsonSequence => Ok(item(schemas, media)?.map_or_else(String::new, |item| format!("\u{1e}{item}\n"))),
        // A stream without an event is one.
        Media::EventStream => Ok(String::new()),
        Media::Form => form(&sample()?, &media.name),
        Media::Text => Ok(sample()?.plain_text()),
        Media::Binary => Ok(sample().map_or_else(|_| "text".to_owned(), |value| value.plain_text())),
        Media::Multipart => Err(NoSample::MediaType(media.name.clone())),
        Media::Other => other(&sample()?, &media.name),
    }
}

/// An item of a sequence; `None` where nothing is said of items.
fn item(schemas: &Schemas, media: &MediaType) -> Result<Option<Value>, NoSample> {
    let item = media.item_schema.map(|schema| of_schema(schemas, schema, Direction::Response));
    item.transpose()
}

/// `name=value` of each member (the URL Standard, `application/x-www-form-urlencoded`).
fn form(value: &Value, name: &str) -> Result<String, NoSample> {
    let Value::Object(entries) = value else { return Err(NoSample::MediaType(name.to_owned())) };
    let escaped = |text: &str| {
        text.bytes()
            .map(|byte| match byte {
                b' ' => "+".to_owned(),
                byte if byte.is_ascii_alphanumeric() || b"*-._".contains(&byte) => char::from(byte).to_string(),
                byte => format!("%{byte:02X}"),
            })
            .collect::<String>()
    };
    let pairs = entries.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(&value.plain_text())));
    Ok(pairs.collect::<Vec<_>>().join("&"))
}

/// A text of a media type that nothing more is known of: one that the document shows, or JSON, which is YAML as well.
fn other(value: &Value, name: &str) -> Result<String, NoSample> {
    match value {
        Value::String(text) => Ok(text.clone()),
        value if name.contains("yaml") => Ok(value.to_string()),
        _ => Err(NoSample::MediaType(name.to_owned())),
    }
}

/// The text of a header: a sample of what it holds, in the style `simple`.
fn header(schemas: &Schemas, header: &Parameter) -> Result<String, NoSample> {
    let documented = header.examples.iter().find_map(|example| example.value.clone());
    let text = match &header.content {
        Content::Schema { schema, explode, .. } => {
            simple(&documented.map_or_else(|| of_schema(schemas, *schema, Direction::Response), Ok)?, *explode)
        }
        Content::Media { media_type, .. } => of_media_type(schemas, media_type, Direction::Response)?.to_string(),
    };
    let is_visible = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    if is_visible { Ok(text) } else { Err(NoSample::Limits) }
}

/// A value in the style `simple` (OpenAPI 3.2.0, Style Examples).
fn simple(value: &Value, explode: bool) -> String {
    let sign = if explode { "=" } else { "," };
    match value {
        Value::List(items) => items.iter().map(Value::plain_text).collect::<Vec<_>>().join(","),
        Value::Object(entries) => {
            let member = |(name, value): &(String, Value)| format!("{name}{sign}{}", value.plain_text());
            entries.iter().map(member).collect::<Vec<_>>().join(",")
        }
        scalar => scalar.plain_text(),
    }
}
