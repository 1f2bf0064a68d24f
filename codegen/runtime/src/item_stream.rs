//! Streams of typed items in a body: [`ItemStream`].

mod decoded;
mod encoded;
mod error;
#[cfg(feature = "server")]
mod server_framing;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

pub(crate) use decoded::{Framing, decode};
pub(crate) use encoded::encode;
pub use error::ItemError;
pub(crate) use error::Unreadable;
#[cfg(feature = "server")]
pub(crate) use server_framing::ServerFraming;

use crate::body::SharedStream;
use crate::check::{self, Checker};

/// The items of a body that carries one after the other: JSON lines, JSON sequences, server-sent events.
///
/// Whoever receives one reads items as they arrive; whoever sends one makes it of a stream or an iterator, and it is written as fast as
/// the other side takes it. An item that is not as documented is an error, and the stream goes on after it; where the body breaks off, the
/// error says so and is the last item.
///
/// Clones share the stream: the first one that is read has it, unless it was made by [`again`](Self::again).
///
/// ```
/// use specie_runtime::ItemStream;
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let mut numbers = ItemStream::from_items([1, 2]);
/// while let Some(number) = numbers.next().await {
///     println!("{}", number?);
/// }
/// # Ok::<(), specie_runtime::ItemError>(())
/// # }).unwrap();
/// ```
pub struct ItemStream<T> {
    items: SharedStream<Items<T>>,
    is_ended: bool,
}

/// The items of a stream.
pub(crate) type Items<T> = Pin<Box<dyn Stream<Item = Result<T, ItemError>> + Send>>;

impl<T: Send + 'static> ItemStream<T> {
    /// The items of a stream. An error of it breaks the body off; its text is shown in the error chain of whoever reads the stream in the
    /// same process, so it must hold nothing secret.
    pub fn new<E>(items: impl Stream<Item = Result<T, E>> + Send + 'static) -> Self
    where
        E: Into<Box<dyn std::error::Error + Send + Sync>> + 'static,
    {
        Self::of(SharedStream::once(Box::pin(FromStream { items: Box::pin(items), index: 0 })))
    }

    /// These items.
    pub fn from_items<I>(items: I) -> Self
    where
        I: IntoIterator<Item = T>,
        I::IntoIter: Send + 'static,
    {
        Self::of(SharedStream::once(Box::pin(FromIterator(Box::new(items.into_iter())))))
    }

    /// A stream that can be made as often as it is sent, so that a request with it can be sent again.
    pub fn again(make: impl Fn() -> Self + Send + Sync + 'static) -> Self {
        Self::of(SharedStream::again(move || -> Items<T> { Box::pin(make()) }))
    }

    /// The same stream, in which an item is an error that is not as the document demands beyond its type. Generated servers check the
    /// items that they receive.
    #[must_use]
    pub fn checked(self, check: impl Fn(&T, &mut Checker<'_>) + Send + 'static) -> Self {
        Self::of(SharedStream::once(Box::pin(Checked { items: self, check: Box::new(check), index: 0 })))
    }

    pub(crate) fn of(items: SharedStream<Items<T>>) -> Self {
        Self { items, is_ended: false }
    }

    /// The next item; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<T, ItemError>> {
        poll_fn(|context| self.poll_item(context)).await
    }
}

impl<T> ItemStream<T> {
    pub(crate) fn is_available(&self) -> bool {
        self.items.is_available()
    }

    pub(crate) fn is_made_again(&self) -> bool {
        self.items.is_made_again()
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, ItemError>>> {
        if self.is_ended {
            return Poll::Ready(None);
        }
        let next = match self.items.open() {
            Some(items) => ready!(items.as_mut().poll_next(context)),
            None => Some(Err(ItemError::taken())),
        };
        self.is_ended = match &next {
            Some(Ok(_)) => false,
            Some(Err(error)) => error.is_last(),
            None => true,
        };
        Poll::Ready(next)
    }
}

impl<T> Stream for ItemStream<T> {
    type Item = Result<T, ItemError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

/// A clone has read nothing.
impl<T> Clone for ItemStream<T> {
    fn clone(&self) -> Self {
        Self { items: self.items.clone(), is_ended: false }
    }
}

/// Shows nothing of the items.
impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream").finish_non_exhaustive()
    }
}

struct FromStream<S> {
    items: Pin<Box<S>>,
    index: u64,
}

impl<S, T, E> Stream for FromStream<S>
where
    S: Stream<Item = Result<T, E>>,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Item = Result<T, ItemError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.items.as_mut().poll_next(context));
        let index = self.index;
        self.index += 1;
        Poll::Ready(next.map(|item| item.map_err(|error| ItemError::source_failed(index, error))))
    }
}

/// Reports what a document does not allow in an item.
type Check<T> = dyn Fn(&T, &mut Checker<'_>) + Send;

struct Checked<T> {
    items: ItemStream<T>,
    check: Box<Check<T>>,
    index: u64,
}

impl<T> Stream for Checked<T> {
    type Item = Result<T, ItemError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.items.poll_item(context));
        let index = self.index;
        self.index += 1;
        Poll::Ready(next.map(|item| {
            let item = item?;
            let violations = check::collect(|checker| (self.check)(&item, checker));
            if violations.is_empty() { Ok(item) } else { Err(ItemError::invalid(index, violations)) }
        }))
    }
}

struct FromIterator<T>(Box<dyn Iterator<Item = T> + Send>);

impl<T> Stream for FromIterator<T> {
    type Item = Result<T, ItemError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next().map(Ok))
    }
}
