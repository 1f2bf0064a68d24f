//! Going on from a journal's entry after a crash.

use std::fmt;
use std::future::IntoFuture;

use super::{First, ReconcileError, asking, settle};
use crate::client::call::options::Key;
use crate::client::call::request_fingerprint::{Subject, VERSION, fingerprint, group, reference};
use crate::client::call::result::CallResult;
use crate::client::call::send::send;
use crate::client::call::{Call, Invoke, classify, read};
use crate::client::journal::Entry;
use crate::client::request::build_error::BuildError;
use crate::client::response::meta::Meta;
use crate::client::transport::BoxFuture;
use crate::operation::{Idempotency, Operation};
use crate::outcome::Outcome;

impl<O: Invoke> Call<O> {
    /// Goes on from an entry that a [`Journal`](crate::client::Journal) holds unsettled, with the same request once more.
    ///
    /// An entry goes on once at a time, and not while its own call is under way: the second call ends without sending anything.
    ///
    /// The request must be the same, not its bytes: `10.5` is `10.50`, and fields may come in another order. The client must be one of the
    /// same account: elsewhere nothing would be found, and what is not there is sent.
    ///
    /// The request of the entry may have been sent and carried out. Where the document says how to ask, the call asks first and then
    /// does what [`reconciled`](Self::reconciled) does; where a repetition is safe by itself, it repeats the request, with the entry's
    /// idempotency key, as long as the server remembers that and no other key was sent with the reference. Any other call is refused here.
    ///
    /// ```
    /// # use specie_runtime::client::{Call, Entry, Invoke};
    /// # async fn example<O: Invoke>(call: Call<O>, entry: &Entry) -> Result<O::Output, Box<dyn std::error::Error>> {
    /// Ok(call.resuming(entry)?.await?)
    /// # }
    /// ```
    pub fn resuming(mut self, entry: &Entry) -> Result<Resumed<O>, ResumeError> {
        let spec = O::SPEC;
        let request = self.request.as_ref().map_err(|error| ResumeError::Build(error.clone()))?;
        let config = &self.client.config;
        let journaling = config.options.journal.as_ref().ok_or(ResumeError::NoJournal)?;
        if entry.api() != config.api.name || entry.operation() != spec.id {
            return Err(ResumeError::AnotherOperation);
        }
        if entry.version() != VERSION {
            return Err(ResumeError::UnknownVersion(entry.version()));
        }
        if request.body.as_whole().is_none() {
            return Err(ResumeError::Streamed);
        }
        let secret = journaling.key.expose();
        if *entry.hash() != fingerprint(secret, config.base_of(spec), spec, request) {
            return Err(ResumeError::AnotherRequest);
        }
        let reference = reference(spec, request.bytes());
        let subject = Subject::of(spec, reference.as_deref(), entry.key(), entry.hash(), entry.id());
        if *entry.group() != group(secret, config, spec, &request.own, &subject) {
            return Err(ResumeError::AnotherAccount);
        }
        if asking::<O>().is_none() && !spec.is_repeatable() {
            return Err(ResumeError::NotRepeatable);
        }
        if asking::<O>().is_none() && config.has_forgotten(spec, entry) {
            return Err(ResumeError::KeyExpired);
        }
        if let Idempotency::Header(_) = spec.idempotency {
            let key = entry.key().ok_or(ResumeError::AnotherRequest)?;
            self.options.key = Some(Key::Given(key.to_owned()));
        }
        self.options.resumed = Some(entry.clone());
        Ok(Resumed(self))
    }
}

/// A call that goes on from a journal's entry.
#[must_use = "a call is sent when it is awaited"]
pub struct Resumed<O>(Call<O>);

impl<O: Invoke> Resumed<O> {
    /// Returns status, headers and attempts with the value, and whether the journal could be told of it ([`Meta::journal_write_failed`]): an
    /// entry that could not be closed may be resumed once more.
    ///
    /// ```
    /// # use specie_runtime::client::{Call, Entry, Invoke};
    /// # async fn example<O: Invoke>(call: Call<O>, entry: &Entry) -> Result<O::Output, Box<dyn std::error::Error>> {
    /// let (output, meta) = call.resuming(entry)?.detailed().await?;
    /// if meta.journal_write_failed() {
    ///     eprintln!("it is done, and its entry is still open");
    /// }
    /// Ok(output)
    /// # }
    /// ```
    pub fn detailed(self) -> DetailedResumed<O> {
        DetailedResumed(self)
    }

    async fn run(self) -> Result<(O::Output, Meta), ReconcileError<O>> {
        let Call { client, request, options, .. } = self.0;
        match (asking::<O>(), request) {
            (Some(asking), request) => settle::<O>(client, asking, request, options, First::Ask).await,
            (None, Ok(request)) => Ok(read::<O>(send(client, O::SPEC, classify::<O>, request, options).await)?),
            // What cannot be built now may have been sent before.
            (None, Err(error)) => Ok(read::<O>(CallResult::Unbuilt(error).with_outcome(O::SPEC, Outcome::Unknown))?),
        }
    }
}

impl<O: Invoke> IntoFuture for Resumed<O> {
    type Output = Result<O::Output, ReconcileError<O>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async { self.run().await.map(|(output, _)| output) })
    }
}

/// A call that goes on from a journal's entry, and gives status, headers and attempts beside the value.
#[must_use = "a call is sent when it is awaited"]
pub struct DetailedResumed<O>(Resumed<O>);

impl<O: Invoke> IntoFuture for DetailedResumed<O> {
    type Output = Result<(O::Output, Meta), ReconcileError<O>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.0.run())
    }
}

impl<O: Operation> fmt::Debug for DetailedResumed<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DetailedResumed").field(&self.0).finish()
    }
}

impl<O: Operation> fmt::Debug for Resumed<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Resumed").field(&self.0).finish()
    }
}

/// Why a call cannot go on from an entry. Nothing was sent, and what became of the entry's own request is as open as before.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResumeError {
    /// The client has no journal, and so no key to know the request by.
    NoJournal,
    /// The entry is about another operation, or another API.
    AnotherOperation,
    /// The request is not the one of the entry, goes to another base URL, or the journal's key is another one.
    AnotherRequest,
    /// The body of the request is a stream, so that nobody can tell whether it is the entry's request.
    Streamed,
    /// The request is the entry's, but the client acts for another account ([`Options::account`](crate::client::Options::account)).
    AnotherAccount,
    /// The entry's hash was made of a canonical form of this version, which this program does not know; resume it with the program that
    /// wrote it, or settle it by hand ([`Journal::settle_by_hand`](crate::client::Journal::settle_by_hand)).
    UnknownVersion(u32),
    /// The document says neither how to ask for the operation nor what makes a repetition safe.
    NotRepeatable,
    /// The entry is older than [`Options::key_lifetime`](crate::client::Options::key_lifetime), so that the server may have forgotten its key
    /// and carry the request out a second time; and the document does not say how to ask.
    KeyExpired,
    /// The request could not be built.
    Build(BuildError),
}

impl fmt::Display for ResumeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoJournal => "the client has no journal",
            Self::AnotherOperation => "the entry is about another operation",
            Self::AnotherRequest => "the request is not the one of the entry",
            Self::Streamed => {
                "the body is a stream, which cannot be compared with the entry; find out by other means what became of it, and settle \
                 the entry by hand"
            }
            Self::AnotherAccount => "the entry is of another account than the client",
            Self::UnknownVersion(version) => {
                return write!(
                    f,
                    "the entry knows its request by a canonical form of version {version}, and this program by version \
                     {VERSION}; resume it with the program that wrote it, or settle it by hand"
                );
            }
            Self::KeyExpired => {
                "the entry is older than the server remembers its key; find out by other means what became of it, and settle the entry by hand"
            }
            Self::NotRepeatable => {
                "the operation can be neither asked for nor safely repeated; find out by other means what became of it, and settle the \
                 entry by hand"
            }
            Self::Build(error) => return write!(f, "{error}"),
        })
    }
}

impl std::error::Error for ResumeError {}
