//! A list as a stream of its items.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec::IntoIter;

use futures_core::Stream;

use super::paged::Paged;
use super::pages::{Pages, Polled};
use crate::client::call::Call;
use crate::client::error::Error;
use crate::client::next_page::position::Position;
use crate::operation::Operation;

impl<O: Paged> Call<O> {
    /// Reads the list item by item, asking for a page whenever the one before is used up.
    pub fn items(self) -> Items<O> {
        Items::new(self.pages())
    }
}

/// A list, item by item: [`try_next`](Self::try_next) until it gives `None`.
///
/// What is said of [`Pages`] holds here as well; it is also a [`Stream`] of results, which ends after an error.
///
/// ```
/// # use specie_runtime::client::{Call, Error, Paged};
/// # async fn example<O: Paged>(call: Call<O>) -> Result<(), Error<O::Error>> {
/// let mut items = call.items();
/// while let Some(item) = items.try_next().await? {
///     // A page is asked for when the items of the one before it are used up.
/// #   drop(item);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is sent until an item is asked for"]
pub struct Items<O: Paged> {
    pages: Pages<O>,
    /// The page whose items are returned now.
    page: Option<Position>,
    rest: IntoIter<O::Item>,
    /// Used by the stream alone: it ends after an error.
    has_failed: bool,
}

// No field is pinned structurally.
impl<O: Paged> Unpin for Items<O> {}

impl<O: Paged> Items<O> {
    pub(in crate::client) fn new(pages: Pages<O>) -> Self {
        Self { pages, page: None, rest: Vec::new().into_iter(), has_failed: false }
    }

    /// Goes on from a page, and not from where the request says.
    pub fn from(self, position: Position) -> Self {
        Self::new(self.pages.from(position))
    }

    /// The page from which to go on later: the one whose items are being returned, and once all of them have been, the next one.
    ///
    /// No item is missed from there on; those of the page that were returned already come again. `None` at the end, and where the
    /// way to the next page is not to be found.
    #[must_use]
    pub fn position(&self) -> Option<&Position> {
        match &self.page {
            Some(page) if self.rest.len() > 0 => Some(page),
            _ => self.pages.position(),
        }
    }

    /// The next item; `None` at the end.
    ///
    /// The future may be dropped, in a `select!` for one; no item is lost by that.
    pub async fn try_next(&mut self) -> Result<Option<O::Item>, Error<O::Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Polled<O::Item, O::Error> {
        loop {
            if let Some(item) = self.rest.next() {
                return Poll::Ready(Ok(Some(item)));
            }
            let here = self.pages.position().cloned();
            match ready!(self.pages.poll_page(context)) {
                Ok(Some(page)) => {
                    self.page = here;
                    self.rest = O::items(page).into_iter();
                }
                Ok(None) => return Poll::Ready(Ok(None)),
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl<O: Paged> Stream for Items<O> {
    type Item = Result<O::Item, Error<O::Error>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.has_failed {
            return Poll::Ready(None);
        }
        let item = ready!(self.poll_item(context));
        self.has_failed = item.is_err();
        Poll::Ready(item.transpose())
    }
}

impl<O: Paged> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("operation", &<O as Operation>::SPEC.id)
            .field("position", &self.position())
            .finish_non_exhaustive()
    }
}
