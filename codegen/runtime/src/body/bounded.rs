//! Bounds of a stream: how many bytes it may have, and how long each piece may take.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::{Body, BodyError, Pieces};

type Timer = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The bounds of a stream.
pub(crate) struct Bounds {
    /// How many bytes it may have.
    pub(crate) bytes: u64,
    /// A timer of the time in which each piece has to come.
    pub(crate) timer: Box<dyn Fn() -> Timer + Send>,
}

struct Bounded {
    body: Body,
    bounds: Bounds,
    left: u64,
    /// Runs while a piece is waited for.
    timer: Option<Timer>,
}

impl Bounds {
    pub(super) fn around(self, body: Body) -> Pieces {
        Box::pin(Bounded { body, left: self.bytes, bounds: self, timer: None })
    }
}

impl Bounded {
    /// Takes a piece from what is left of the allowed bytes.
    fn count(&mut self, piece: Bytes) -> Result<Bytes, BodyError> {
        let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(length).ok_or_else(BodyError::too_large)?;
        Ok(piece)
    }
}

impl Stream for Bounded {
    type Item = Result<Bytes, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Poll::Ready(next) = self.body.poll_piece(context) {
            self.timer = None;
            return Poll::Ready(next.map(|piece| self.count(piece?)));
        }
        let mut timer = self.timer.take().unwrap_or_else(|| (self.bounds.timer)());
        let is_late = timer.as_mut().poll(context).is_ready();
        self.timer = Some(timer);
        if is_late { Poll::Ready(Some(Err(BodyError::timeout()))) } else { Poll::Pending }
    }
}
