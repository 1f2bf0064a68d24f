//! Responses: of the document where it gives one, else problem documents.

use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use specie_codegen::api::{Api, MediaType, Operation, Response as Documented, Status, Value};
use specie_codegen::http::reason_phrase;
use specie_codegen::samples::{self, NoSample, SampleResponse};

use crate::media_ranges;
use crate::rejection::{Reason, Rejection};

/// The response that an operation documents for a status: by itself, in a range, or as `default`.
pub(crate) fn of_status(operation: &Operation, status: u16) -> Option<&Documented> {
    let of = |wanted: Status| operation.responses.iter().find(|response| response.status == wanted);
    let range = u8::try_from(status / 100).ok().map(Status::Range);
    of(Status::Code(status)).or_else(|| of(range?)).or_else(|| of(Status::Default))
}

/// A documented response as it is sent, with this status.
pub(crate) fn documented(
    api: &Api,
    operation: &Operation,
    (response, media): (&Documented, Option<&MediaType>),
    status: Option<u16>,
    request: Option<&Value>,
) -> Result<Response<Vec<u8>>, NoSample> {
    let sample = samples::of_response(&api.schemas, operation, (response, media), request)?;
    Ok(sent(SampleResponse { status: status.unwrap_or(sample.status), ..sample }))
}

fn sent(sample: SampleResponse) -> Response<Vec<u8>> {
    let mut response = Response::new(sample.body.into_bytes());
    set_status(&mut response, sample.status);
    for (name, value) in &sample.headers {
        set_header(&mut response, name, value);
    }
    if let Some(media) = sample.media_type {
        set_header(&mut response, CONTENT_TYPE.as_str(), &media);
    }
    response
}

fn set_status(response: &mut Response<Vec<u8>>, status: u16) {
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
}

/// Sets a header; what is no header, as a document may have it, is left out.
pub(crate) fn set_header(response: &mut Response<Vec<u8>>, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
        response.headers_mut().insert(name, value);
    }
}

/// A rejection in the words of the document where it gives a response for one of the statuses, else a problem document.
pub(crate) fn rejection(
    api: &Api,
    operation: Option<&Operation>,
    rejection: &Rejection,
    accept: Option<&str>,
) -> Response<Vec<u8>> {
    let exact = |status: u16| operation?.responses.iter().find(|response| response.status == Status::Code(status));
    let stated = rejection.statuses.iter().find_map(|status| Some((*status, exact(*status)?)));
    let any = || {
        let first = *rejection.statuses.first()?;
        Some((first, of_status(operation?, first)?))
    };
    let of_document = stated.or_else(any).zip(operation).and_then(|((status, response), operation)| {
        let content = &response.content;
        // A caller that takes none of the media types still has to learn of it.
        let media = media_ranges::accepted(content, accept).or_else(|| samples::choose(content));
        documented(api, operation, (response, media), Some(status), None).ok()
    });
    let mut response = of_document.unwrap_or_else(|| problem(rejection));
    for (name, value) in &rejection.headers {
        set_header(&mut response, name, value);
    }
    response.extensions_mut().insert(Reason(rejection.reason()));
    response
}

/// A problem document (RFC 9457).
fn problem(rejection: &Rejection) -> Response<Vec<u8>> {
    let status = rejection.statuses.first().copied().unwrap_or(500);
    let title = reason_phrase(status).unwrap_or("Error");
    let body = serde_json::json!({
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": rejection.reason(),
    });
    let mut response = Response::new(body.to_string().into_bytes());
    set_status(&mut response, status);
    set_header(&mut response, CONTENT_TYPE.as_str(), "application/problem+json");
    response
}
