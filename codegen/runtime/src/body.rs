//! The body of a message: [`Body`], whole or a stream, in both directions.

mod bounded;
mod channel;
mod error;
mod shared_stream;
mod sources;
mod streamed;
#[cfg(test)]
mod tests;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};

pub(crate) use bounded::Bounds;
pub use channel::BodySender;
pub use error::{BodyError, BodyErrorKind};
pub(crate) use shared_stream::SharedStream;
use streamed::{Pieces, Streamed, count};

/// The bytes of a request or of a response: all of them, or a stream of pieces whose length may be known.
///
/// It is a [`Stream`] of pieces and an [`http_body::Body`]. A stream that stops early ends with a [`BodyError`], never just so.
///
/// Clones of a stream share it: the first one that is read has it, and the others then yield an error, unless the body was made by
/// [`again`](Self::again), where each that is read gets a stream of its own.
///
/// ```
/// use specie_runtime::Body;
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let (mut sender, body) = Body::channel(1);
/// let writing = async {
///     let _ = sender.send("id,amount\n").await;
///     let _ = sender.send("1,10.00\n").await;
///     let _ = sender.finish().await;
/// };
/// let (_, read) = tokio::join!(writing, body.into_bytes(1000));
/// assert_eq!(read.unwrap(), "id,amount\n1,10.00\n");
/// # });
/// ```
#[derive(Clone)]
pub struct Body {
    kind: Kind,
    media_type: Option<Arc<str>>,
}

#[derive(Clone)]
enum Kind {
    Whole(Bytes),
    Stream(Box<Streamed>),
}

/// How many bytes an item of a stream may have where nothing else is set: 1 MiB.
pub const DEFAULT_ITEM_LIMIT: usize = 1 << 20;

/// Makes bodies.
impl Body {
    /// A body of no bytes.
    #[must_use]
    pub const fn empty() -> Self {
        Self::of_kind(Kind::Whole(Bytes::new()))
    }

    const fn of_kind(kind: Kind) -> Self {
        Self { kind, media_type: None }
    }

    /// A stream of pieces, read once. Sent in a request, it is not sent again: a call whose stream was read by an attempt does not retry.
    ///
    /// The text of an error of the stream is shown in the error chain of whoever reads the body, so it must hold nothing secret.
    pub fn stream<S, P, E>(pieces: S) -> Self
    where
        S: Stream<Item = Result<P, E>> + Send + 'static,
        P: Into<Bytes>,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Self::of_pieces(SharedStream::once(sources::pieces(pieces)), None)
    }

    /// A stream that reads other streams. It can be read as long as `has_sources` says that they can.
    pub(crate) fn made_of<S>(pieces: S, has_sources: impl Fn() -> bool + Send + Sync + 'static) -> Self
    where
        S: Stream<Item = Result<Bytes, BodyError>> + Send + 'static,
    {
        let mut stream = Streamed::new(SharedStream::once(Box::pin(pieces)), None);
        stream.has_sources = Some(Arc::new(has_sources));
        Self::of_kind(Kind::Stream(Box::new(stream)))
    }

    /// A stream that can be made as often as it is sent: `make` opens the file, or repeats the query.
    ///
    /// A request with such a body is retried as one with a whole body is.
    ///
    /// ```
    /// use specie_runtime::Body;
    ///
    /// let body = Body::again(|| Body::from("made anew"));
    /// let copy = body.clone();
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// assert_eq!(body.into_bytes(100).await.unwrap(), copy.into_bytes(100).await.unwrap());
    /// # });
    /// ```
    pub fn again(make: impl Fn() -> Self + Send + Sync + 'static) -> Self {
        Self::of_pieces(SharedStream::again(move || -> Pieces { Box::pin(make()) }), None)
    }

    /// What a reader yields, such as an open file.
    pub fn reader(reader: impl tokio::io::AsyncRead + Send + 'static) -> Self {
        Self::of_pieces(SharedStream::once(sources::reader(reader)), None)
    }

    /// A body that is written piece by piece from elsewhere. The writer waits while `capacity` pieces wait to be read.
    #[must_use]
    pub fn channel(capacity: usize) -> (BodySender, Self) {
        let (sender, pieces) = channel::channel(capacity);
        (sender, Self::of_pieces(SharedStream::once(pieces), None))
    }

    /// A body of the `http` ecosystem. Trailers are left out.
    pub fn from_http<B>(body: B) -> Self
    where
        B: http_body::Body + Send + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Self::from_http_with(body, |error| BodyError::interrupted("the body broke off").because(error))
    }

    /// A body of the `http` ecosystem, whose errors become those of a [`Body`] as `explain` says.
    pub(crate) fn from_http_with<B>(body: B, explain: impl Fn(B::Error) -> BodyError + Send + 'static) -> Self
    where
        B: http_body::Body + Send + 'static,
    {
        if body.is_end_stream() {
            return Self::empty();
        }
        let length = body.size_hint().exact();
        Self::of_pieces(SharedStream::once(sources::http(body, explain)), length)
    }

    fn of_pieces(pieces: SharedStream<Pieces>, length: Option<u64>) -> Self {
        Self::of_kind(Kind::Stream(Box::new(Streamed::new(pieces, length))))
    }

    /// Announces how many bytes a stream has, as `Content-Length` does. A stream of more or fewer bytes then ends with an error. The
    /// length of a whole body is known, and is not changed.
    ///
    /// The piece that reaches the length is returned once the source has ended: a file that grew is an error, and what was read of it
    /// never passes for all of it. A stream of which no bytes are announced is sent in chunks, because a sender does not read what it
    /// takes for empty.
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        if let Kind::Stream(stream) = &mut self.kind {
            stream.length = Some(bytes);
        }
        self
    }

    /// Names its media type, which is sent where the document allows a range of them (`image/*`, `*/*`): one of them, with or without
    /// parameters (RFC 9110 section 8.3.1). With another name, a client sends nothing, and a server sends bytes of which nothing is known.
    ///
    /// ```
    /// use specie_runtime::Body;
    ///
    /// let picture = Body::from(&b"\x89PNG"[..]).with_media_type("image/png");
    /// assert_eq!(picture.media_type(), Some("image/png"));
    /// ```
    #[must_use]
    pub fn with_media_type(mut self, media_type: impl Into<Arc<str>>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }
}

/// Reads bodies.
impl Body {
    /// How many bytes it has, where that is known before it is read.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.kind {
            Kind::Whole(bytes) => u64::try_from(bytes.len()).ok(),
            Kind::Stream(stream) => stream.length,
        }
    }

    /// Its media type with its parameters: as its `Content-Type` says for one that was received, as
    /// [`with_media_type`](Self::with_media_type) named it for one that is sent.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// The same body, of the media type that the headers around it name.
    #[cfg(any(feature = "client", feature = "server"))]
    pub(crate) fn named_by(self, headers: &http::HeaderMap) -> Self {
        let named = headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(Arc::from);
        Self { media_type: named, ..self }
    }

    /// All of its bytes, if it is no stream.
    #[must_use]
    pub fn as_whole(&self) -> Option<&Bytes> {
        match &self.kind {
            Kind::Whole(bytes) => Some(bytes),
            Kind::Stream(_) => None,
        }
    }

    /// Whether a body can be read from its start: it is whole, was not read yet, or can be made anew. A form of parts can be as long as
    /// each of its parts can.
    #[must_use]
    pub fn is_available(&self) -> bool {
        match &self.kind {
            Kind::Whole(_) => true,
            Kind::Stream(stream) => {
                stream.pieces.is_available() && stream.has_sources.as_ref().is_none_or(|has_sources| has_sources())
            }
        }
    }

    /// Whether it can be read any number of times.
    #[cfg(feature = "client")]
    pub(crate) fn is_made_again(&self) -> bool {
        match &self.kind {
            Kind::Whole(_) => true,
            Kind::Stream(stream) => stream.pieces.is_made_again(),
        }
    }

    /// The next piece; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<Bytes, BodyError>> {
        poll_fn(|context| self.poll_piece(context)).await
    }

    /// Reads all of it, but no more than `limit` bytes: a longer one is refused as soon as it announces more, or more of it comes.
    pub async fn into_bytes(mut self, limit: usize) -> Result<Bytes, BodyError> {
        let announced =
            self.length().is_some_and(|length| usize::try_from(length).map_or(true, |length| length > limit));
        if announced {
            return Err(BodyError::too_large());
        }
        let mut first = Bytes::new();
        let mut rest = Vec::new();
        while let Some(piece) = self.next().await.transpose()? {
            if piece.len() > limit.saturating_sub(first.len() + rest.len()) {
                return Err(BodyError::too_large());
            }
            if first.is_empty() && rest.is_empty() {
                // The usual body comes in one piece, which is then not copied.
                first = piece;
            } else {
                let held = std::mem::take(&mut first);
                grow(&mut rest, held.len() + piece.len(), limit);
                rest.extend_from_slice(&held);
                rest.extend_from_slice(&piece);
            }
        }
        Ok(if rest.is_empty() { first } else { rest.into() })
    }

    /// The same body, which ends with an error where it exceeds the bounds.
    pub(crate) fn within(self, bounds: Bounds) -> Self {
        let (length, media_type) = (self.length(), self.media_type.clone());
        Self { media_type, ..Self::of_pieces(SharedStream::once(bounds.around(self)), length) }
    }

    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, BodyError>>> {
        match &mut self.kind {
            Kind::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Kind::Whole(bytes) => Poll::Ready(Some(Ok(std::mem::take(bytes)))),
            Kind::Stream(stream) => stream.poll_piece(context),
        }
    }
}

/// Makes room for `more` bytes: twice what there was, so that many small pieces are not copied each time, but never above the limit.
fn grow(held: &mut Vec<u8>, more: usize, limit: usize) {
    let needed = held.len() + more;
    if needed > held.capacity() {
        let wanted = held.capacity().saturating_mul(2).min(limit).max(needed);
        held.reserve_exact(wanted - held.len());
    }
}

impl Stream for Body {
    type Item = Result<Bytes, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_piece(context)
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        self.poll_piece(context).map(|next| next.map(|piece| piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        match &self.kind {
            Kind::Whole(bytes) => bytes.is_empty(),
            // The end of a stream is only known once it has come: an announced length may not be kept.
            Kind::Stream(stream) => stream.is_ended,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.kind {
            Kind::Whole(bytes) => SizeHint::with_exact(count(bytes)),
            Kind::Stream(stream) => stream.left().map_or_else(SizeHint::new, SizeHint::with_exact),
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

macro_rules! whole {
    ($($source:ty),+) => { $(
        impl From<$source> for Body {
            fn from(source: $source) -> Self {
                Self::of_kind(Kind::Whole(source.into()))
            }
        }
    )+ };
}

whole!(Bytes, Vec<u8>, String, &'static str, &'static [u8]);

/// Shows how long it is, never what it holds.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").field("length", &self.length()).finish_non_exhaustive()
    }
}
