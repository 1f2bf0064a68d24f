//! Which of the documented media types a response has: the `Accept` header (RFC 9110 sections 12.1 and 12.5.1).

#[cfg(feature = "client")]
use std::borrow::Cow;

use super::StatusRange;
#[cfg(feature = "client")]
use super::media::BodyKind;
use super::media::{MediaSpec, ResponseSpec};
use crate::body_kinds::media_range::{essence_of, in_range};
#[cfg(feature = "client")]
use crate::body_kinds::media_type::is_media_type;

/// The media types of all responses as the value of an `Accept` header, successes first; `None` where no response has another body than JSON
/// of one media type, which every client of JSON expects without asking.
#[cfg(feature = "client")]
pub(crate) fn documented(responses: &[ResponseSpec]) -> Option<Cow<'_, str>> {
    if responses.iter().all(|response| response.headers.is_empty() && is_empty_or_json(response.media)) {
        return None;
    }
    let mut all = responses.iter().flat_map(|response| response.media).map(|media| essence_of(media.media_type));
    let first = all.next()?;
    // Most operations have one, whatever the order.
    if all.all(|other| other == first) {
        return Some(Cow::Borrowed(first));
    }
    let others = responses.iter().filter(|response| !is_success(response.status));
    let mut types: Vec<&str> = Vec::new();
    for media in successes(responses).chain(others).flat_map(|response| response.media) {
        let essence = essence_of(media.media_type);
        if !types.iter().any(|known| known.eq_ignore_ascii_case(essence)) {
            types.push(essence);
        }
    }
    Some(Cow::Owned(types.join(", ")))
}

/// Whether a status has no body, or JSON of one media type.
#[cfg(feature = "client")]
const fn is_empty_or_json(media: &[MediaSpec]) -> bool {
    matches!(media, [] | [MediaSpec { kind: BodyKind::Json, .. }])
}

/// Whether an operation has a success for whoever accepts this (RFC 9110 section 15.5.7); or else the media types that its successes have.
pub(crate) fn check(responses: &'static [ResponseSpec], accept: &str) -> Result<(), Vec<&'static str>> {
    // Many HTTP clients send this by default.
    if accept == "*/*" {
        return Ok(());
    }
    let Some(documented) = of_successes(responses) else {
        return Ok(());
    };
    if documented.clone().any(|media| weight(accept, media.media_type) > 0) {
        return Ok(());
    }
    Err(documented.map(|media| media.media_type).collect())
}

/// Whether a call may ask for a media type, or for a range: the document gives it a response, and a server of the document does not refuse
/// it.
#[cfg(feature = "client")]
pub(crate) fn may_be_asked_for(responses: &'static [ResponseSpec], media_type: &str) -> bool {
    let mut documented = responses.iter().flat_map(|response| response.media);
    is_media_type(media_type)
        && documented.any(|media| weight(media_type, media.media_type) > 0)
        && check(responses, media_type).is_ok()
}

/// The media types of the successes, in their order; `None` where one of them has no body, because that is acceptable to everyone.
pub(crate) fn of_successes(
    responses: &'static [ResponseSpec],
) -> Option<impl Iterator<Item = &'static MediaSpec> + Clone> {
    let successes = successes(responses);
    let mut bodies = successes.clone().map(|response| !response.media.is_empty()).peekable();
    let has_bodies = bodies.peek().is_some() && bodies.all(|has_body| has_body);
    has_bodies.then(|| successes.flat_map(|response| response.media))
}

/// The documented successes; where there is none, the first `default` says what success looks like.
fn successes(responses: &[ResponseSpec]) -> impl Iterator<Item = &ResponseSpec> + Clone {
    let stated = responses.iter().filter(|response| is_success(response.status));
    let default = responses.iter().find(|response| response.status == StatusRange::Default);
    let default = if stated.clone().next().is_none() { default } else { None };
    stated.chain(default)
}

fn is_success(status: StatusRange) -> bool {
    matches!(status, StatusRange::Code(200..=299) | StatusRange::Range(2))
}

/// How much a client wants a media type, in thousandths; 0: not at all. The closest range that has it says so.
///
/// A documented range (`image/*`) is wanted as much as anything in it could be.
pub(crate) fn weight(accept: &str, media_type: &str) -> u16 {
    let essence = essence_of(media_type);
    let mut best: Option<(u8, u16)> = None;
    for (range, weight) in ranges(accept) {
        let takes = in_range(range, essence) || (essence.contains('*') && in_range(essence, range));
        let closeness = match range {
            "*/*" => 0,
            range if range.ends_with("/*") => 1,
            _ => 2,
        };
        if takes && best.is_none_or(|(other, _)| closeness > other) {
            best = Some((closeness, weight));
        }
    }
    best.map_or(0, |(_, weight)| weight)
}

/// The ranges of the header with their weights. What is not a weight counts as the highest one.
fn ranges(accept: &str) -> impl Iterator<Item = (&str, u16)> {
    accept.split(',').filter(|item| !item.trim().is_empty()).map(|item| {
        let mut weights = item.split(';').skip(1).filter_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim().eq_ignore_ascii_case("q").then(|| value.trim())
        });
        (essence_of(item), weights.next().map_or(1000, thousandths))
    })
}

/// A weight such as `0.8` (RFC 9110 section 12.4.2) in thousandths.
fn thousandths(weight: &str) -> u16 {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    let digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(3);
    let fraction = digits.fold(0, |sum, digit| sum * 10 + u16::from(digit.saturating_sub(b'0').min(9)));
    if whole == "0" { fraction } else { 1000 }
}

#[cfg(all(test, feature = "server", feature = "client"))]
mod tests {
    use super::*;

    #[test]
    fn the_closest_range_says_how_much_a_type_is_wanted() {
        let accept = "text/*;q=0.3, text/html;level=1, text/csv;q=0, */*;q=0.5";
        for (media_type, expected) in
            [("text/html", 1000), ("text/plain", 300), ("text/csv", 0), ("image/png", 500), ("image/*", 500)]
        {
            assert_eq!(weight(accept, media_type), expected, "{media_type}");
        }
        assert_eq!(weight("application/json", "text/csv"), 0);
        assert_eq!(weight("image/png", "image/*"), 1000);
        assert_eq!(weight("", "text/csv"), 0);
        for (text, expected) in [("1", 1000), ("0", 0), ("0.8", 800), ("0.125", 125), ("0.", 0), ("x", 1000)] {
            assert_eq!(thousandths(text), expected, "{text}");
        }
    }

    #[test]
    fn a_call_asks_for_what_a_server_of_the_document_gives() {
        const JSON: MediaSpec = MediaSpec::new("application/json", BodyKind::Json);
        const PROBLEM: MediaSpec = MediaSpec::new("application/problem+json", BodyKind::Json);
        const CSV: MediaSpec = MediaSpec::new("text/csv", BodyKind::Text);
        const FAILURE: ResponseSpec = ResponseSpec::new(StatusRange::Code(400), &[PROBLEM]);
        const WITH_BODY: &[ResponseSpec] = &[ResponseSpec::new(StatusRange::Code(200), &[JSON, CSV]), FAILURE];
        const EMPTY: &[ResponseSpec] = &[ResponseSpec::new(StatusRange::Code(204), &[]), FAILURE];
        for (media_type, with_body, empty) in [
            ("application/json", true, false),
            ("Text/CSV; header=present", true, false),
            ("text/*", true, false),
            ("*/*", true, true),
            ("application/problem+json", false, true),
            ("application/vnd.api+json", false, false),
            ("text/csv; q=0", false, false),
            ("text/csv, text/html", false, false),
            ("text/html", false, false),
            ("", false, false),
        ] {
            assert_eq!(may_be_asked_for(WITH_BODY, media_type), with_body, "{media_type}");
            assert_eq!(may_be_asked_for(EMPTY, media_type), empty, "{media_type}");
        }
        assert_eq!(check(WITH_BODY, "application/problem+json"), Err(vec!["application/json", "text/csv"]));
        assert_eq!(check(EMPTY, "text/html"), Ok(()));
    }

    #[test]
    fn documented_types_are_asked_for_once_and_successes_first() {
        const JSON: MediaSpec = MediaSpec::new("application/json", BodyKind::Json);
        const CSV: MediaSpec = MediaSpec::new("text/csv; charset=utf-8", BodyKind::Text);
        const PROBLEM: MediaSpec = MediaSpec::new("application/problem+json", BodyKind::Json);
        const EMPTY: &[ResponseSpec] = &[ResponseSpec::new(StatusRange::Code(204), &[])];
        const DEFAULT: &[ResponseSpec] =
            &[ResponseSpec::new(StatusRange::Code(404), &[PROBLEM]), ResponseSpec::new(StatusRange::Default, &[CSV])];
        const RESPONSES: &[ResponseSpec] = &[
            ResponseSpec::new(StatusRange::Default, &[PROBLEM]),
            ResponseSpec::new(StatusRange::Code(200), &[JSON, CSV]),
            ResponseSpec::new(StatusRange::Range(2), &[JSON]),
        ];
        const USUAL: &[ResponseSpec] = &[
            ResponseSpec::new(StatusRange::Code(200), &[JSON]),
            ResponseSpec::new(StatusRange::Code(404), &[PROBLEM]),
        ];
        assert_eq!(documented(RESPONSES).as_deref(), Some("application/json, text/csv, application/problem+json"));
        assert_eq!(documented(&[]), None);
        // JSON alone is not asked for, and is what a server holds an `Accept` against.
        assert_eq!(documented(USUAL), None);
        assert_eq!(of_successes(USUAL).map(Iterator::count), Some(1));
        assert_eq!(of_successes(RESPONSES).map(Iterator::count), Some(3));
        assert!(of_successes(EMPTY).is_none());
        // Where no success is declared, `default` is one.
        assert_eq!(documented(DEFAULT).as_deref(), Some("text/csv, application/problem+json"));
        assert_eq!(of_successes(DEFAULT).map(Iterator::count), Some(1));
    }
}
