//! Lists: reading what a server gives out page by page, as streams of pages or of items.
//!
//! How the pages of an operation hang together is in the document (`x-specie-pagination`), and a generated request type says it as
//! [`Paged`]. A [`Call`](super::Call) of such an operation has `pages` and `items`:
//!
//! ```
//! # use specie_runtime::client::{Call, Error, Paged};
//! # async fn example<O: Paged>(call: Call<O>) -> Result<usize, Error<O::Error>> {
//! let mut items = call.items();
//! let mut count = 0;
//! while let Some(item) = items.try_next().await? {
//!     count += 1;
//! #   drop(item);
//! }
//! # Ok(count)
//! # }
//! ```
//!
//! Each page is a call of its own, with the timeout, deadline and retries of the call that it was made of, and with the same request
//! but for what names the page. Where a page links to the next one, only the query of the link is taken: path, base URL and
//! credentials stay those of the operation, and a link to another origin is an error.

mod items;
mod page_reader;
mod paged;
mod pages;

pub(super) use page_reader::{Step, Walk};

pub use items::Items;
pub use paged::Paged;
pub use pages::Pages;
