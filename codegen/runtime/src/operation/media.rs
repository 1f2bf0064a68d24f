//! The media types that the document gives a body, and which of them a message is of.

use super::{ParameterSpec, StatusRange};
pub use crate::body_kinds::BodyKind;
use crate::body_kinds::media_range::essence_of;

/// One media type of a body, and how its bytes are read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MediaSpec {
    /// The media type or range, as the document writes it: `application/json`, `image/*`.
    pub media_type: &'static str,
    /// How its bytes are read and written.
    pub kind: BodyKind,
}

impl MediaSpec {
    /// A media type that is read and written so.
    #[must_use]
    pub const fn new(media_type: &'static str, kind: BodyKind) -> Self {
        Self { media_type, kind }
    }

    /// Whether a media type, without its parameters, is this one or, where no other entry names it more closely, one that this one stands
    /// for.
    fn takes(&self, essence: &str) -> bool {
        self.kind.takes(self.media_type, essence)
    }

    /// How closely it names a media type that it takes: less is closer.
    fn distance(&self, essence: &str) -> u8 {
        let range = essence_of(self.media_type);
        match range.split_once('/') {
            _ if range.eq_ignore_ascii_case(essence) => 0,
            Some(("*", _)) => 3,
            Some((_, "*")) => 2,
            _ => 1,
        }
    }
}

/// A constructor for each keyword that [`operation!`](crate::operation!) has for a kind of body.
#[doc(hidden)]
impl MediaSpec {
    /// One of [`BodyKind::Json`].
    #[must_use]
    pub const fn json(media_type: &'static str) -> Self {
        Self::new(media_type, BodyKind::Json)
    }

    /// One of [`BodyKind::Form`].
    #[must_use]
    pub const fn form(media_type: &'static str) -> Self {
        Self::new(media_type, BodyKind::Form)
    }

    /// One of [`BodyKind::Text`].
    #[must_use]
    pub const fn text(media_type: &'static str) -> Self {
        Self::new(media_type, BodyKind::Text)
    }

    /// One of [`BodyKind::Bytes`].
    #[must_use]
    pub const fn bytes(media_type: &'static str) -> Self {
        Self::new(media_type, BodyKind::Bytes)
    }

    /// One of [`BodyKind::Stream`].
    #[must_use]
    pub const fn stream(media_type: &'static str) -> Self {
        Self::new(media_type, BodyKind::Stream)
    }

    /// One of [`BodyKind::Multipart`].
    #[must_use]
    pub const fn multipart(media_type: &'static str) -> Self {
        Self::new(media_type, BodyKind::Multipart)
    }

    /// One of [`BodyKind::Events`].
    #[must_use]
    pub const fn events(media_type: &'static str) -> Self {
        Self::new(media_type, BodyKind::Events)
    }

    /// One of [`BodyKind::Events`].
    #[must_use]
    pub const fn text_events(media_type: &'static str) -> Self {
        Self::new(media_type, BodyKind::Events)
    }

    /// One of [`BodyKind::JsonLines`].
    #[must_use]
    pub const fn json_lines(media_type: &'static str) -> Self {
        Self::new(media_type, BodyKind::JsonLines)
    }

    /// One of [`BodyKind::JsonSequence`].
    #[must_use]
    pub const fn json_sequence(media_type: &'static str) -> Self {
        Self::new(media_type, BodyKind::JsonSequence)
    }
}

/// What the document gives a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResponseSpec {
    /// The status, or the range of statuses.
    pub status: StatusRange,
    /// The media types of its body; none where it has no body.
    pub media: &'static [MediaSpec],
    /// The headers that [`ResponseHeaders`](super::ResponseHeaders) writes and reads. A server sends no response without those that
    /// are required.
    pub headers: &'static [ParameterSpec],
}

impl ResponseSpec {
    /// A status with the media types of its body.
    #[must_use]
    pub const fn new(status: StatusRange, media: &'static [MediaSpec]) -> Self {
        Self { status, media, headers: &[] }
    }

    /// Sets its headers.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [ParameterSpec]) -> Self {
        self.headers = headers;
        self
    }
}

/// The entry that a media type, without its parameters, is of: the one that names it most closely.
pub(crate) fn find<'m>(media: &'m [MediaSpec], essence: &str) -> Option<&'m MediaSpec> {
    let fitting = media.iter().filter(|entry| entry.takes(essence));
    fitting.min_by_key(|entry| entry.distance(essence))
}

/// What the document gives a status: an exact status before its range, a range before `default`. A `default` that stands twice is
/// the one of successes first and the one of errors last.
pub(crate) fn of_status(responses: &'static [ResponseSpec], status: u16) -> Option<&'static ResponseSpec> {
    let find = |range: StatusRange| {
        let mut fitting = responses.iter().filter(|response| response.status == range);
        if matches!(status, 200..=299) { fitting.next() } else { fitting.next_back() }
    };
    let digit = u8::try_from(status / 100).unwrap_or_default();
    find(StatusRange::Code(status)).or_else(|| find(StatusRange::Range(digit))).or_else(|| find(StatusRange::Default))
}

#[cfg(all(test, feature = "client"))]
mod tests {
    use super::*;

    const MEDIA: &[MediaSpec] = &[
        MediaSpec::new("*/*", BodyKind::Bytes),
        MediaSpec::new("application/json", BodyKind::Json),
        MediaSpec::new("application/problem+json", BodyKind::Json),
        MediaSpec::new("image/*", BodyKind::Stream),
        MediaSpec::new("image/svg+xml", BodyKind::Text),
    ];

    #[test]
    fn the_closest_entry_takes_a_media_type() {
        for (essence, expected) in [
            ("application/json", "application/json"),
            ("Application/Problem+JSON", "application/problem+json"),
            ("application/vnd.api+json", "application/json"),
            ("image/svg+xml", "image/svg+xml"),
            ("image/png", "image/*"),
            ("text/plain", "*/*"),
        ] {
            assert_eq!(find(MEDIA, essence).map(|entry| entry.media_type), Some(expected), "{essence}");
        }
        assert_eq!(find(&MEDIA[1..], "text/plain"), None);
    }

    #[test]
    fn the_closest_status_counts() {
        const TWICE: &[ResponseSpec] =
            &[ResponseSpec::new(StatusRange::Default, MEDIA), ResponseSpec::new(StatusRange::Default, &[])];
        const RESPONSES: &[ResponseSpec] = &[
            ResponseSpec::new(StatusRange::Default, &[]),
            ResponseSpec::new(StatusRange::Range(4), &[]),
            ResponseSpec::new(StatusRange::Code(404), &[]),
        ];
        let status = |status| of_status(RESPONSES, status).map(|response| response.status);
        assert_eq!(status(404), Some(StatusRange::Code(404)));
        assert_eq!(status(422), Some(StatusRange::Range(4)));
        assert_eq!(status(500), Some(StatusRange::Default));
        assert_eq!(of_status(&RESPONSES[1..], 500), None);

        assert_eq!(of_status(TWICE, 201).map(|response| response.media.len()), Some(MEDIA.len()));
        assert_eq!(of_status(TWICE, 404).map(|response| response.media.len()), Some(0));
    }
}
