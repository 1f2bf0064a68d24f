//! The journal: what was about to be sent is written down before it is sent, so that after a crash it is known which operations may have happened.
//!
//! With [`Options::journal`](super::Options::journal), every call of an operation that creates or moves something writes an [`Entry`]
//! and waits until it is durable; only then the first byte leaves. The entry is settled once it is known what became of the operation.
//! What is left open after a crash may have happened, and is resumed: with the entry and the same request,
//! [`Call::resuming`](super::Call::resuming) asks before it sends anything, and repeats with the same idempotency key.
//!
//! ```
//! use specie_runtime::Secret;
//! use specie_runtime::client::{FileJournal, Options};
//!
//! # async fn example(key: Secret<Vec<u8>>) -> std::io::Result<()> {
//! let journal = FileJournal::open("payouts.journal").await?;
//! for entry in journal.unsettled() {
//!     if !journal.is_open(&entry) {
//!         continue; // Settled with an earlier entry of the same reference.
//!     }
//!     // Find the request again by `entry.reference()`, make its call, and await `call.resuming(&entry)?`.
//! }
//! let options = Options::new().journal(journal, key);
//! # drop(options);
//! # Ok(())
//! # }
//! ```
//!
//! # What is promised
//!
//! - **One reference, one operation.** Entries of the same API, base URL, account, operation and reference form a
//!   [group](Entry::group). A call whose group has an open entry starts from [`Unknown`](Outcome::Unknown), plain calls too: whatever it is
//!   answered with, it is not told that nothing happened, because the earlier request may have been carried out. What settles one entry
//!   settles the group. That nothing happened is settled only by who holds every open entry of the group. Where the
//!   server takes a reference twice, the journal still counts it as one operation. A [reconciled](super::Call::reconciled) call of such a
//!   reference asks first, and creates only where the server knows its request for a repetition of the earlier ones: by a unique
//!   reference, or by the same idempotency key.
//! - **One holder.** An entry goes on in one call at a time, in all clients and on all machines that share the journal. A call that lost
//!   its claim learns it before its next attempt and sends nothing.
//! - **What is told agrees with the journal.** Nobody is told [`NotSent`](Outcome::NotSent) or [`Refused`](Outcome::Refused) while an entry
//!   of the operation is open. The span of a call says what its caller is told.
//! - **The deadline holds.** A journal that does not answer ends the call before anything is sent: with `NotSent` if the entry could be
//!   taken back in time, with `Unknown` if that is not certain. Once a response is there, the call ends in time; if the journal could not
//!   be told by then, [`Meta::journal_write_failed`](super::Meta::journal_write_failed) says so (by `.detailed()`, also of a reconciled call, or an error), the entry may stay open, and a refusal is told as
//!   `Unknown`. So that the journal can be told, a call with a journal keeps a tenth of its deadline for that, at most a second.
//! - **The same request, not the same bytes.** Resuming compares canonical forms: `10.5` is `10.50`, and the order of fields does not
//!   matter, so that a crate that was generated anew resumes the entries of the one before. The version of the form is in the entry; an
//!   unknown one is an error.
//!
//! # Calling again after a crash
//!
//! The mark is written before the call returns. A process that dies just then finds nothing unsettled, and has nothing in its own books
//! either: the journal says which operations are open, not their outcomes. So after a crash, for every intention in the books that has
//! no result and no open entry, call again in the way that asks before it creates:
//!
//! ```text
//! client.create_payout(request).reconciled().lookup_first()
//! ```
//!
//! It looks the operation up before it sends anything, and what it finds is the result. Only when the API itself says that there is nothing
//! does it create. [`Reconciled::lookup_first`](super::Reconciled::lookup_first) says what that covers, and what it does not: a request that the
//! server carries out after the settling time, a lookup that shows it later than that, another reference. Operations that cannot be asked
//! for (`x-specie-reconcile`) have no such way. There, ask by hand before paying again.
//!
//! # Settling by hand
//!
//! Some entries no response will ever close: an operation that cannot be asked for, a reference of which support says that it never arrived.
//! [`Journal::settle_by_hand`] closes them, for a reason that the journal keeps.
//!
//! An entry holds the operation, the reference or key that the server knows the request by, the time, and HMAC-SHA-256s (RFC 2104) of
//! the request and of its group under a key of the owner's. It never holds the request itself: no amount, no card number, no name.

mod claim;
mod entry;
mod file;
mod file_format;
mod memory;
mod open_entries;
mod settlement;

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::transport::BoxFuture;
use crate::outcome::Outcome;
use crate::secret::Secret;

pub use claim::{Claimed, Holder};
pub use entry::Entry;
pub use file::FileJournal;
pub use memory::MemoryJournal;
pub use settlement::{Settled, Settlement};

pub(super) use claim::Claim;

/// Where calls are written down before they are sent: [`FileJournal`] for one process, a table of a database for several machines (the
/// package `specie-postgres` has one for PostgreSQL), [`MemoryJournal`] for tests.
///
/// Every method may be called for the same entry from several clients at once, and each is atomic: in a database, one transaction. The
/// owner of a journal shares it by `Clone` or [`Arc`].
///
/// A table needs, beside the entry, a holder, the end of its claim, an outcome and a reason:
///
/// | method | in a table of entries |
/// |---|---|
/// | `open` | lock the group; read its open rows; insert the row; set the holder on it and on the rows that nobody holds |
/// | `claim` | lock the group; if another holds the row, [`Held`](Claimed::Held); else set the holder as in `open` |
/// | `withdraw` | close the row alone; a late `open` of the same entry then fails (its id is taken) |
/// | `renew` | move the end of the claim, if all rows that the holder took are still open and its own |
/// | `settle` | lock the group; if the row was closed before, [`Earlier`](Settled::Earlier) with what it was closed with; if nothing happened and an open row of the group is not this holder's, leave all as they are, [`OthersOpen`](Settled::OthersOpen); else set outcome and reason on all open rows |
///
/// A row is held while its claim has not ended; claims end by the clock of the database.
pub trait Journal: fmt::Debug + Send + Sync + 'static {
    /// How long a claim lasts that is not renewed; calls renew it three times as often. `None` for a journal of one process, whose claims
    /// end with [`release`](Self::release) alone.
    fn lease(&self) -> Option<Duration> {
        None
    }

    /// Writes an entry down, held by `holder`, and gives the entries of its [group](Entry::group) that were open before; those of them that
    /// nobody else holds become the holder's, too.
    ///
    /// It must survive the death of the process, and of the machine, when this completes: the request is sent next. On an error nothing
    /// is sent, and the entry is not open; [`AlreadyExists`](io::ErrorKind::AlreadyExists) says that it was written before and is another's
    /// or settled, and its call is told [`Unknown`](crate::Outcome::Unknown). A future that is dropped may leave the entry open; its call then withdraws it, or lets go of
    /// it and says that the outcome is unknown.
    fn open<'j>(&'j self, entry: &'j Entry, holder: &'j Holder) -> BoxFuture<'j, io::Result<Vec<Entry>>>;

    /// Closes an entry alone, if it is open: its request was not sent, and will not be. As durable as `open` when this completes, and an
    /// `open` of the same entry that was given up before must not come after it.
    fn withdraw<'j>(&'j self, entry: &'j Entry, holder: &'j Holder) -> BoxFuture<'j, io::Result<()>>;

    /// Gives an open entry out to a holder that goes on from it, with the entries of its group that nobody else holds. The same holder may
    /// claim it again.
    ///
    /// A call that asks first claims what else is open of its group before it creates, where the server does not keep the reference unique:
    /// [`Claimed::Held`] says that another call is under way, and keeps it from creating.
    fn claim<'j>(&'j self, entry: &'j Entry, holder: &'j Holder) -> BoxFuture<'j, io::Result<Claimed>>;

    /// Lets a holder's claims go on for another [`lease`](Self::lease). `false` if one of its entries was settled or is another's by now:
    /// the holder then sends nothing more. Awaited before every attempt; an answer of the journal that takes as long as a lease counts as none.
    fn renew<'j>(&'j self, holder: &'j Holder) -> BoxFuture<'j, io::Result<bool>>;

    /// The holder's call has ended or was dropped: its entries can be claimed by others. Must not block. A journal with a lease may do it
    /// later, or leave it to the end of the lease; one without must do it now.
    fn release(&self, holder: &Holder);

    /// Settles an entry and every open entry of its [group](Entry::group), with what is known of the operation.
    ///
    /// The mark of something that happened may be lost: it costs a question when the entry is resumed. The mark that nothing happened
    /// ([`Outcome::is_not_executed`]) must be as durable as the entry when this completes, because a resumed entry sends what did not happen,
    /// while its caller was told that it may pay in another way. A mark with a [reason](Settlement::reason) is durable, too. Both are
    /// refused ([`Settled::OthersOpen`]) if an open entry of the group is not the holder's, whether somebody holds it or nobody.
    ///
    /// An error is logged; a call of which nothing happened then says that its outcome is unknown, which is what the journal says.
    fn settle<'j>(
        &'j self,
        entry: &'j Entry,
        holder: &'j Holder,
        settlement: &'j Settlement,
    ) -> BoxFuture<'j, io::Result<Settled>>;

    /// The open entries of a [group](Entry::group), oldest first.
    fn find<'j>(&'j self, group: &'j str) -> BoxFuture<'j, io::Result<Vec<Entry>>>;

    /// All open entries, oldest first.
    fn list(&self) -> BoxFuture<'_, io::Result<Vec<Entry>>>;

    /// Settles an entry, and with it its group, by hand: for what no response will ever settle. The journal keeps the reason.
    ///
    /// Fails while a call with the reference is under way, for an entry that is not open, without a reason, and for
    /// [`Outcome::Unknown`].
    ///
    /// ```
    /// use specie_runtime::Outcome;
    /// use specie_runtime::client::{Entry, FileJournal, Journal};
    ///
    /// # async fn example(journal: FileJournal, entry: Entry) -> std::io::Result<()> {
    /// journal.settle_by_hand(&entry, Outcome::Refused, "case 4711: support says that it never arrived").await
    /// # }
    /// ```
    fn settle_by_hand<'j>(
        &'j self,
        entry: &'j Entry,
        outcome: Outcome,
        reason: &'j str,
    ) -> BoxFuture<'j, io::Result<()>> {
        Box::pin(settlement::by_hand(self, entry, outcome, reason))
    }
}

impl<T: Journal + ?Sized> Journal for Arc<T> {
    fn lease(&self) -> Option<Duration> {
        (**self).lease()
    }

    fn open<'j>(&'j self, entry: &'j Entry, holder: &'j Holder) -> BoxFuture<'j, io::Result<Vec<Entry>>> {
        (**self).open(entry, holder)
    }

    fn withdraw<'j>(&'j self, entry: &'j Entry, holder: &'j Holder) -> BoxFuture<'j, io::Result<()>> {
        (**self).withdraw(entry, holder)
    }

    fn claim<'j>(&'j self, entry: &'j Entry, holder: &'j Holder) -> BoxFuture<'j, io::Result<Claimed>> {
        (**self).claim(entry, holder)
    }

    fn renew<'j>(&'j self, holder: &'j Holder) -> BoxFuture<'j, io::Result<bool>> {
        (**self).renew(holder)
    }

    fn release(&self, holder: &Holder) {
        (**self).release(holder);
    }

    fn settle<'j>(
        &'j self,
        entry: &'j Entry,
        holder: &'j Holder,
        settlement: &'j Settlement,
    ) -> BoxFuture<'j, io::Result<Settled>> {
        (**self).settle(entry, holder, settlement)
    }

    fn find<'j>(&'j self, group: &'j str) -> BoxFuture<'j, io::Result<Vec<Entry>>> {
        (**self).find(group)
    }

    fn list(&self) -> BoxFuture<'_, io::Result<Vec<Entry>>> {
        (**self).list()
    }
}

/// A journal and the key of its owner.
#[derive(Clone)]
pub(crate) struct Journaling {
    pub(super) journal: Arc<dyn Journal>,
    pub(super) key: Secret<Vec<u8>>,
}

/// The shortest key in bytes: what is hashed can be guessed (a card number has few digits), so that the key must not be.
const SHORTEST_KEY: usize = 16;

impl Journaling {
    pub(super) fn new(journal: impl Journal, key: Secret<Vec<u8>>) -> Self {
        Self { journal: Arc::new(journal), key }
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
