//! The journal: what was about to be sent is written down before it is sent, so that a process that dies leaves nobody guessing.
//!
//! With [`Options::journal`](super::Options::journal), every call of an operation that creates or moves something writes an [`Entry`]
//! and waits until it is durable; only then the first byte leaves. The entry is marked once it is known what became of the operation.
//! What is left without a mark after a crash may have happened, and is resumed: with the entry and the same request,
//! [`Call::resuming`](super::Call::resuming) asks before it sends anything, and repeats with the same idempotency key.
//!
//! ```
//! use specie_runtime::Secret;
//! use specie_runtime::client::{FileJournal, Options};
//!
//! # async fn example(key: Secret<Vec<u8>>) -> std::io::Result<()> {
//! let journal = FileJournal::open("payouts.journal").await?;
//! for entry in journal.unsettled() {
//!     // Find the request again by `entry.reference()`, make its call, and await `call.resuming(&entry)?`.
//! }
//! let options = Options::new().journal(journal, key);
//! # drop(options);
//! # Ok(())
//! # }
//! ```
//!
//! The mark is written before the call returns. A process that dies just then finds nothing unsettled, and may have nothing in its own
//! books either. An intention in the owner's books without a result therefore stands for a payment that may have been made: call it with
//! `.reconciled().ask_first()` ([`Reconciled::ask_first`](super::Reconciled::ask_first)), which looks it up before it sends anything, where
//! the document says how to ask.
//!
//! An entry holds the operation, the reference or key that the server knows the request by, the time, and an HMAC-SHA-256 (RFC 2104) of
//! the request under a key of the owner's. It never holds the request itself: no amount, no card number, no name.

mod entry;
mod file;
mod in_hand;
mod lines;
mod record;

use std::fmt;
use std::io;
use std::sync::Arc;

use super::transport::BoxFuture;
use crate::outcome::Outcome;
use crate::secret::Secret;

pub use entry::Entry;
pub use file::FileJournal;

use in_hand::InHand;

pub(super) use entry::{fingerprint, reference};
pub(super) use record::Record;

/// Where calls are written down before they are sent. [`FileJournal`] is one; a table of the owner's database can be another.
///
/// ```
/// use std::io;
/// use std::sync::Mutex;
///
/// use specie_runtime::Outcome;
/// use specie_runtime::client::{BoxFuture, Entry, Journal};
///
/// /// Remembers for as long as the process lives: enough for a test, not for money.
/// #[derive(Debug, Default)]
/// struct Forgetful(Mutex<Vec<Entry>>);
///
/// impl Journal for Forgetful {
///     fn open<'j>(&'j self, entry: &'j Entry) -> BoxFuture<'j, io::Result<()>> {
///         Box::pin(async {
///             self.0.lock().map_err(|_| io::Error::other("poisoned"))?.push(entry.clone());
///             Ok(())
///         })
///     }
///
///     fn settle<'j>(&'j self, entry: &'j Entry, _: Outcome) -> BoxFuture<'j, io::Result<()>> {
///         Box::pin(async {
///             self.0.lock().map_err(|_| io::Error::other("poisoned"))?.retain(|open| open.id() != entry.id());
///             Ok(())
///         })
///     }
/// }
/// ```
pub trait Journal: fmt::Debug + Send + Sync + 'static {
    /// Writes an entry down. It must survive the death of the process, and of the machine, when this completes: the request is sent
    /// next. On an error nothing is sent.
    fn open<'j>(&'j self, entry: &'j Entry) -> BoxFuture<'j, io::Result<()>>;

    /// Gives an entry out to a call that goes on from it; that call settles it.
    ///
    /// An error keeps the call from being made. Whoever has an entry that was settled meanwhile, from a list that is no longer true, must
    /// get one where the journal knows it: a request that was refused could be accepted now, after its caller paid in another way.
    fn resume<'j>(&'j self, entry: &'j Entry) -> BoxFuture<'j, io::Result<()>> {
        let _ = entry;
        Box::pin(async { Ok(()) })
    }

    /// Marks an entry as settled, with what is known of the operation.
    ///
    /// The mark of something that happened may be lost: it costs a question when the entry is resumed. The mark that nothing happened
    /// ([`Outcome::is_nothing`]) must be as durable as the entry when this completes, because a resumed entry sends what did not happen,
    /// while its caller was told that it may pay in another way. An error is logged; a call of which nothing happened then says that its
    /// outcome is unknown, which is what the journal says.
    fn settle<'j>(&'j self, entry: &'j Entry, outcome: Outcome) -> BoxFuture<'j, io::Result<()>>;
}

/// A journal and the key of its owner.
#[derive(Clone)]
pub(crate) struct Journaling {
    pub(super) journal: Arc<dyn Journal>,
    pub(super) key: Secret<Vec<u8>>,
    in_hand: InHand,
}

/// The shortest key in bytes: what is hashed can be guessed (a card number has few digits), so that the key must not be.
const SHORTEST_KEY: usize = 16;

impl Journaling {
    pub(super) fn new(journal: impl Journal, key: Secret<Vec<u8>>) -> Self {
        Self { journal: Arc::new(journal), key, in_hand: InHand::default() }
    }

    /// What is wrong with the key.
    pub(super) fn check(&self) -> Result<(), &'static str> {
        if self.key.expose().len() < SHORTEST_KEY {
            return Err("its key is shorter than 16 bytes");
        }
        Ok(())
    }
}

impl fmt::Debug for Journaling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.journal.fmt(f)
    }
}
