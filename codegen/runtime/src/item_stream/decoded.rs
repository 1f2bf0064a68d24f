//! Items out of the bytes of a body.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::{ItemError, ItemStream, Unreadable};
use crate::body::{Body, SharedStream};

/// How the items of a body are separated from each other.
pub(crate) trait Framing: Send + Unpin + 'static {
    /// What an item is.
    type Item: Send + 'static;

    /// The end of the next complete frame, its delimiter included. The first `from` bytes were searched before.
    fn frame_end(&mut self, bytes: &[u8], from: usize) -> Option<usize>;

    /// Reads a frame; `None` where it holds no item. `is_last` says that the body ended after it, without a delimiter.
    fn read(&mut self, frame: &[u8], is_last: bool) -> Option<Result<Self::Item, Unreadable>>;
}

/// The items of a body, none of which may have more than `limit` bytes.
pub(crate) fn decode<F: Framing>(body: Body, limit: usize, framing: F) -> ItemStream<F::Item> {
    let decoded = Decoded { body, limit, framing, held: Vec::new(), used: 0, searched: 0, index: 0, is_ended: false };
    ItemStream::of(SharedStream::once(Box::pin(decoded)))
}

struct Decoded<F> {
    body: Body,
    limit: usize,
    framing: F,
    /// The bytes received so far, but for those that were read and dropped.
    held: Vec<u8>,
    /// How many of them were read.
    used: usize,
    /// Bytes already searched for a frame end without finding one.
    searched: usize,
    index: u64,
    is_ended: bool,
}

impl<F: Framing> Decoded<F> {
    /// The next item in what has arrived.
    fn next_held(&mut self) -> Option<Result<F::Item, ItemError>> {
        loop {
            let rest = self.held.get(self.used..).unwrap_or_default();
            let Some(end) = self.framing.frame_end(rest, self.searched) else {
                self.searched = rest.len();
                return (rest.len() > self.limit).then(|| Err(ItemError::too_large(self.index, self.limit)));
            };
            let frame = rest.get(..end).unwrap_or_default();
            if frame.len() > self.limit {
                return Some(Err(ItemError::too_large(self.index, self.limit)));
            }
            let item = self.framing.read(frame, false);
            self.used += end;
            self.searched = 0;
            if let Some(item) = item {
                return Some(self.numbered(item));
            }
        }
    }

    /// The item after the last delimiter, once the body has ended.
    fn rest(&mut self) -> Option<Result<F::Item, ItemError>> {
        self.is_ended = true;
        let rest = self.held.get(self.used..).unwrap_or_default();
        let item = self.framing.read(rest, true)?;
        Some(self.numbered(item))
    }

    fn numbered(&mut self, item: Result<F::Item, Unreadable>) -> Result<F::Item, ItemError> {
        let index = self.index;
        self.index += 1;
        item.map_err(|reason| ItemError::unreadable(index, reason))
    }
}

impl<F: Framing> Stream for Decoded<F> {
    type Item = Result<F::Item, ItemError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if self.is_ended {
                return Poll::Ready(None);
            }
            if let Some(item) = self.next_held() {
                return Poll::Ready(Some(item));
            }
            match ready!(Pin::new(&mut self.body).poll_next(context)) {
                Some(Ok(piece)) => {
                    let used = std::mem::take(&mut self.used);
                    self.held.drain(..used);
                    self.held.extend_from_slice(&piece);
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(ItemError::body(self.index, error)))),
                None => return Poll::Ready(self.rest()),
            }
        }
    }
}
