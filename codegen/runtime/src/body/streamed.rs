//! A body that is a stream: [`Streamed`].

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::error::BodyError;
use super::shared_stream::SharedStream;

/// The pieces of a stream.
pub(super) type Pieces = Pin<Box<dyn Stream<Item = Result<Bytes, BodyError>> + Send>>;

/// Whether the streams that a body is made of can still be read.
pub(super) type HasSources = Arc<dyn Fn() -> bool + Send + Sync>;

/// A stream of pieces, which is held to the length that was announced for it.
pub(super) struct Streamed {
    pub(super) pieces: SharedStream<Pieces>,
    /// Whether the streams that it is made of can be read; `None` where it is made of no others.
    pub(super) has_sources: Option<HasSources>,
    /// How many bytes were announced.
    pub(super) length: Option<u64>,
    /// How many of them came from the source.
    read: u64,
    /// The piece that reaches the announced length, until the source shows that it was the last one.
    held: Option<Bytes>,
    pub(super) is_ended: bool,
}

impl Streamed {
    pub(super) const fn new(pieces: SharedStream<Pieces>, length: Option<u64>) -> Self {
        Self { pieces, has_sources: None, length, read: 0, held: None, is_ended: false }
    }

    pub(super) fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, BodyError>>> {
        while !self.is_ended {
            let next = match self.pieces.open() {
                Some(pieces) => ready!(pieces.as_mut().poll_next(context)),
                None => Some(Err(BodyError::taken())),
            };
            self.is_ended = !matches!(next, Some(Ok(_)));
            let next = match next {
                Some(piece) => piece.and_then(|piece| self.measured(piece)).transpose(),
                None => self.last(),
            };
            if next.is_some() {
                self.is_ended |= matches!(next, Some(Err(_)));
                return Poll::Ready(next);
            }
        }
        Poll::Ready(None)
    }

    /// Counts a piece; `None` where it is held back because it reaches the announced length.
    fn measured(&mut self, piece: Bytes) -> Result<Option<Bytes>, BodyError> {
        self.read = self.read.saturating_add(count(&piece));
        match self.length {
            Some(length) if self.read > length => Err(BodyError::interrupted("the body is longer than announced")),
            Some(length) if self.read == length => {
                if !piece.is_empty() {
                    self.held = Some(piece);
                }
                Ok(None)
            }
            _ => Ok(Some(piece)),
        }
    }

    /// What the end of the source brings: the piece that was held back, or an error where bytes are missing.
    fn last(&mut self) -> Option<Result<Bytes, BodyError>> {
        if self.length.is_some_and(|length| self.read < length) {
            return Some(Err(BodyError::interrupted("the body ended before its announced length")));
        }
        self.held.take().map(Ok)
    }

    /// How many bytes are still to come, if that is known.
    ///
    /// A stream of which no bytes are announced says nothing: HTTP would not read it, and so not notice that it has some.
    pub(super) fn left(&self) -> Option<u64> {
        let length = self.length.filter(|length| *length > 0 || self.is_ended)?;
        Some(length.saturating_sub(self.read) + self.held.as_ref().map_or(0, count))
    }
}

/// The number of bytes.
pub(super) fn count(piece: &Bytes) -> u64 {
    u64::try_from(piece.len()).unwrap_or(u64::MAX)
}

/// A clone has read nothing.
impl Clone for Streamed {
    fn clone(&self) -> Self {
        Self { has_sources: self.has_sources.clone(), ..Self::new(self.pieces.clone(), self.length) }
    }
}
