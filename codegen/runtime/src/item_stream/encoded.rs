//! The bytes of a body out of items.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::ItemStream;
use crate::body::{Body, BodyError};

/// Writes an item with what marks its end; an error says why it cannot be written.
pub(super) type Encode<T> = fn(&T, &mut Vec<u8>) -> Result<(), &'static str>;

/// A body of these items, which can be made as often as they can.
pub(crate) fn encode<T: Send + 'static>(items: &ItemStream<T>, write: Encode<T>) -> Body {
    let items = items.clone();
    if items.is_made_again() {
        return Body::again(move || Body::stream(Encoded { items: items.clone(), write }));
    }
    let source = items.clone();
    Body::made_of(Encoded { items, write }, move || source.is_available())
}

struct Encoded<T> {
    items: ItemStream<T>,
    write: Encode<T>,
}

impl<T> Stream for Encoded<T> {
    type Item = Result<Bytes, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(item) = ready!(self.items.poll_item(context)) else {
            return Poll::Ready(None);
        };
        let item = item.map_err(|error| BodyError::interrupted("an item of the body failed").because(error));
        Poll::Ready(Some(item.and_then(|item| {
            let mut bytes = Vec::new();
            (self.write)(&item, &mut bytes).map_err(BodyError::interrupted)?;
            Ok(bytes.into())
        })))
    }
}
