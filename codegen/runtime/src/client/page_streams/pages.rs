//! A list as a stream of its pages.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::page_reader::{Step, Walk};
use super::paged::Paged;
use crate::client::call::result::CallResult;
use crate::client::call::{Call, classify, read};
use crate::client::error::Error;
use crate::client::next_page::position::Position;
use crate::operation::Operation;

/// The result of asking once: a part of the list, its end, or an error.
pub(in crate::client) type Polled<T, E> = Poll<Result<Option<T>, Error<E>>>;

impl<O: Paged> Call<O> {
    /// Reads the list page by page.
    pub fn pages(self) -> Pages<O> {
        let walk = Walk::new(self.client, O::SPEC, classify::<O>, O::PAGING, self.request, self.options);
        Pages { walk, has_failed: false, operation: PhantomData }
    }
}

/// A list, page by page: [`try_next`](Self::try_next) until it gives `None`.
///
/// Nothing is sent before that, and never more than one page ahead. A page whose items came before is an error and not returned, so
/// that a server that does not turn the page is noticed. Pages that change while they are read may hold an item twice, or not at
/// all: that is up to the server.
///
/// A list is continued from where another one stood:
///
/// ```
/// # use specie_runtime::client::{Call, Error, Paged, Position};
/// # async fn example<O: Paged>(call: Call<O>, later: Call<O>) -> Result<(), Box<dyn std::error::Error>>
/// # where O::Output: Sized {
/// let mut pages = call.pages();
/// let first = pages.try_next().await?;
/// // Written down after the page has been dealt with …
/// let kept = pages.position().map(Position::to_string);
/// // … and read in another process, with the same request.
/// if let Some(kept) = kept {
///     let mut rest = later.pages().from(kept.parse()?);
///     let second = rest.try_next().await?;
/// #   drop(second);
/// }
/// # drop(first);
/// # Ok(())
/// # }
/// ```
///
/// # As a stream
///
/// It is a [`Stream`] of results as well, which ends after an error; `try_next` may be called again after one: a page that could not
/// be read is then asked for once more.
#[must_use = "nothing is sent until a page is asked for"]
pub struct Pages<O> {
    walk: Walk,
    /// Used by the stream alone: it ends after an error.
    has_failed: bool,
    operation: PhantomData<fn() -> O>,
}

impl<O: Paged> Pages<O> {
    /// Goes on from a page, and not from where the request says.
    pub fn from(mut self, position: Position) -> Self {
        self.walk.go_to(position);
        self.has_failed = false;
        self
    }

    /// The page that [`try_next`](Self::try_next) will ask for: after an error of a call the same one again. `None` at the end, and
    /// where the way to the next page is not to be found.
    #[must_use]
    pub fn position(&self) -> Option<&Position> {
        self.walk.position()
    }

    /// The next page; `None` at the end.
    ///
    /// The future may be dropped, in a `select!` for one; the page on its way is then given next time.
    pub async fn try_next(&mut self) -> Result<Option<O::Output>, Error<O::Error>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    pub(in crate::client) fn poll_page(&mut self, context: &mut Context<'_>) -> Polled<O::Output, O::Error> {
        let result = match ready!(self.walk.poll(context)) {
            Step::Finished(result) => result,
            Step::Fault(error, meta) => return Poll::Ready(Err(Error::Paging(error, meta))),
            Step::End => return Poll::Ready(Ok(None)),
        };
        let body = match &result {
            CallResult::Answered(response, _) => response.body().clone(),
            _ => bytes::Bytes::new(),
        };
        let page = read::<O>(result).and_then(|(page, meta)| match self.walk.advance(&body, &meta) {
            Ok(()) => Ok(Some(page)),
            Err(error) => Err(Error::Paging(error, meta)),
        });
        Poll::Ready(page)
    }
}

impl<O: Paged> Stream for Pages<O> {
    type Item = Result<O::Output, Error<O::Error>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.has_failed {
            return Poll::Ready(None);
        }
        let page = ready!(self.poll_page(context));
        self.has_failed = page.is_err();
        Poll::Ready(page.transpose())
    }
}

impl<O: Operation> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &O::SPEC.id)
            .field("position", &self.walk.position())
            .finish_non_exhaustive()
    }
}
