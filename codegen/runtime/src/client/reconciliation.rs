//! Reconciling: finding out whether an operation happened, instead of guessing, and repeating it only where that cannot act twice.
//!
//! A document can say how to ask (`x-specie-reconcile`), and a generated request type says it as [`Reconcilable`]:
//!
//! ```
//! # use specie_runtime::client::{Call, Reconcilable, ReconcileError};
//! # async fn example<O: Reconcilable>(call: Call<O>) -> Result<O::Output, ReconcileError<O>> {
//! use std::time::Duration;
//!
//! call.deadline(Duration::from_secs(60)).reconciled().await
//! # }
//! ```
//!
//! # What it does
//!
//! The request is sent, or, for [`lookup_first`](Reconciled::lookup_first), asked for. A documented response that is about this request ends it:
//! a success, or a refusal. Without one,
//!
//! 1. it looks the operation up by the caller's reference, again and again, waiting ever longer, until it finds it or time is up. That
//!    there is nothing is believed of a documented response only, and only when the list was read to its end. `Retry-After` of a response
//!    to the request is waited for before the next request, and not before the next lookup;
//! 2. what it finds it compares with the request, field by field as the document says, numbers as decimals. If all agree, that is the
//!    value; if not, the error is a [`Mismatch`] that holds what was found;
//! 3. if there is nothing, and the server keeps the reference unique or remembers the idempotency key, it sends the same request once
//!    more. The first one may still be on its way: then one of the two is answered as a duplicate, and both stand for one operation;
//! 4. a response that says "duplicate" counts as found, by its own body if that holds the whole resource, by a lookup if not.
//!    A "duplicate" that lookups do not find once the settling time has passed is taken for a mistake, and the outcome for unknown;
//! 5. a refusal after a request without a response settles nothing by itself. It counts only if it is one that the document describes,
//!    and a lookup finds nothing once [`Options::settling_time`](super::Options::settling_time) has passed. What a server carries out
//!    even later is the one thing that can make such a refusal wrong.
//!
//! A lookup that is asked to wait (`Retry-After`) waits. If that is for longer than the deadline, the operation is looked up once more, as late
//! as there is time for the response, and then no more.
//!
//! An operation whose reference the server does not keep unique is sent once. What is not settled by the deadline ends in
//! [`Unsettled`], which says what is known.
//!
//! So that time is left for asking, no attempt takes more than half of what the deadline leaves.

mod candidates;
mod conclusion;
mod error;
mod lookup;
mod progress;
pub(super) mod resume;
mod search;
mod settle;

use std::fmt;
use std::future::IntoFuture;

use super::api_client::ApiClient;
use super::call::journaling::Record;
use super::call::options::CallOptions;
use super::call::response_class::ClassifyResponse;
use super::call::result::CallResult;
use super::call::{Call, Invoke, classify, read};
use super::request::Encoded;
use super::request::build_error::BuildError;
use super::response::meta::Meta;
use super::transport::BoxFuture;
use crate::operation::{Operation, OperationSpec};
use crate::outcome::Outcome;

pub(super) use lookup::{Asking, asking};
pub(super) use settle::First;

pub use error::{Mismatch, ReconcileError, Unsettled};
pub use lookup::{Lookup, LookupFailure};

use conclusion::Conclusion;
use settle::Reconciliation;

/// An operation of which the document says how to ask whether it happened; implemented by generated request types.
///
/// A call of any other operation has no `reconciled`:
///
/// ```compile_fail
/// # use specie_runtime::client::{Call, Invoke};
/// fn example<O: Invoke>(call: Call<O>) {
///     let _ = call.reconciled();
/// }
/// ```
pub trait Reconcilable: Invoke {}

impl<O: Reconcilable> Call<O> {
    /// Does what the document directs when it is not known whether the operation happened: asks, and returns what is there if it is
    /// what was asked for; sends again only what cannot act twice. The deadline is for all of that.
    ///
    /// The request must hold its reference, or the call fails before anything is sent.
    ///
    /// With a journal that has open entries of the reference, the call asks first. It then creates only if the server would know its request
    /// for a repetition of every one of them: the document keeps the reference unique, or each entry has this call's idempotency key.
    /// Otherwise it sends nothing, and what is not found stays unknown: [`Reconciled::lookup_first`] sends after the settling time.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use specie_runtime::client::{Call, Reconcilable, ReconcileError};
    ///
    /// async fn pay<O: Reconcilable>(call: Call<O>) -> Option<O::Output> {
    ///     match call.deadline(Duration::from_secs(60)).reconciled().await {
    ///         Ok(payout) => return Some(payout),
    ///         Err(ReconcileError::Mismatch(mismatch)) => eprintln!("another one has the reference, with other {:?}", mismatch.fields),
    ///         Err(error) if error.outcome().is_not_executed() => eprintln!("no money moved: {error}"),
    ///         Err(error) => eprintln!("ask again before you pay again: {error}"),
    ///     }
    ///     None
    /// }
    /// ```
    pub fn reconciled(self) -> Reconciled<O> {
        Reconciled { call: self, first: First::Send }
    }
}

/// A call that finds out whether it happened.
#[must_use = "a call is sent when it is awaited"]
pub struct Reconciled<O> {
    call: Call<O>,
    first: First,
}

impl<O: Reconcilable> Reconciled<O> {
    /// Looks the operation up before it is sent for the first time, for a call that may have been made before: by a process that died
    /// after it had been told how its call ended and before its own books said so, or by somebody else with the same reference.
    ///
    /// If it is there and agrees, that is the value and nothing is sent. If it is not, the request is sent as by
    /// [`reconciled`](Call::reconciled), and the earlier call counts as one without a response: a refusal is told as such only once a
    /// lookup finds nothing after the settling time ([`Options::settling_time`](super::Options::settling_time)), counted from the start
    /// of this call. Nothing is sent before a lookup has brought the word of the API itself that there is nothing.
    ///
    /// # What it covers
    ///
    /// - An earlier request with the same reference that was carried out before this call: it is found.
    /// - One that is still on its way, where the server keeps the reference unique (`x-specie-idempotency: {field: …}`): one of the two is
    ///   answered as a duplicate, and both stand for one operation.
    /// - One that is still on its way, where the server does not: the request is sent only after lookups have found nothing until the
    ///   settling time was over. One that is carried out even later makes a second operation. An idempotency key makes no difference to
    ///   that, unless it is the one of the earlier call: then the request is sent at once. A key that you set ([`Call::idempotency_key`],
    ///   or as a field of the request) is taken for that one, unless the journal has an open entry of the reference with another key, or
    ///   one that is older than [`Options::key_lifetime`](super::Options::key_lifetime).
    /// - Another call with the same reference that is under way over the same journal, where the server does not keep the reference
    ///   unique: nothing is created as long as it is, and for the settling time after it. Two calls that ask first at the same moment
    ///   wait for each other, and both end as unknown; call again.
    ///
    /// # What it does not cover
    ///
    /// - An earlier request with another reference. Write the reference down before the first call, and use it again.
    /// - A request that the server carries out after the settling time, as said above and for refusals.
    /// - A lookup that does not show what is there for longer than the settling time.
    /// - Another call with the same reference at the same moment without the journal, or one that sends at once
    ///   ([`Call::reconciled`] without this, or a plain call) and begins after this call has sent, where the server does not keep the
    ///   reference unique.
    ///
    /// ```
    /// # use specie_runtime::client::{Call, Reconcilable, ReconcileError};
    /// # async fn example<O: Reconcilable>(call: Call<O>) -> Result<O::Output, ReconcileError<O>> {
    /// call.reconciled().lookup_first().await
    /// # }
    /// ```
    pub fn lookup_first(mut self) -> Self {
        self.first = First::Ask;
        self
    }

    /// Gives status, headers and attempts beside the value, and whether the journal could be told of it ([`Meta::journal_write_failed`]): those of
    /// the response that brought the value, the call's own or the lookup's. Of a lookup the status and the media type are those of the
    /// success that the value stands for, and headers about the lookup's own body (`Link`, `ETag`, …) are left out. An error says the last itself
    /// ([`ReconcileError::journal_write_failed`]).
    ///
    /// ```
    /// # use specie_runtime::client::{Call, Reconcilable, ReconcileError};
    /// # async fn example<O: Reconcilable>(call: Call<O>) -> Result<O::Output, ReconcileError<O>> {
    /// let (payout, meta) = call.reconciled().detailed().await?;
    /// if meta.journal_write_failed() {
    ///     eprintln!("paid, and the journal does not know it: its entry may be resumed");
    /// }
    /// # Ok(payout)
    /// # }
    /// ```
    pub fn detailed(self) -> DetailedReconciled<O> {
        DetailedReconciled(self)
    }

    async fn run(self) -> Result<(O::Output, Meta), ReconcileError<O>> {
        let Self { call: Call { client, request, options, .. }, first } = self;
        let asking =
            const { asking::<O>().expect("a reconcilable operation has `reconcile` in its SPEC, and a LOOKUP") };
        settle::<O>(client, asking, request, options, first).await
    }
}

impl<O: Reconcilable> IntoFuture for Reconciled<O> {
    type Output = Result<O::Output, ReconcileError<O>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async { self.run().await.map(|(output, _)| output) })
    }
}

/// A call that finds out whether it happened, and gives status, headers and attempts beside the value.
#[must_use = "a call is sent when it is awaited"]
pub struct DetailedReconciled<O>(Reconciled<O>);

impl<O: Reconcilable> IntoFuture for DetailedReconciled<O> {
    type Output = Result<(O::Output, Meta), ReconcileError<O>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.0.run())
    }
}

impl<O: Operation> fmt::Debug for Reconciled<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Reconciled").field(&self.call).finish()
    }
}

impl<O: Operation> fmt::Debug for DetailedReconciled<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DetailedReconciled").field(&self.0).finish()
    }
}

/// Sends, asks and compares; only the decoding at the end is compiled once per operation.
pub(super) async fn settle<O: Invoke>(
    client: ApiClient,
    asking: Asking,
    request: Result<Encoded, BuildError>,
    options: CallOptions,
    first: First,
) -> Result<(O::Output, Meta), ReconcileError<O>> {
    let reconciliation = match prepare(client, O::SPEC, classify::<O>, asking, request, options, first).await {
        Ok(reconciliation) => reconciliation,
        Err(result) => return Ok(read::<O>(result)?),
    };
    let settling: BoxFuture<'static, Conclusion> = Box::pin(reconciliation.settle());
    match settling.await {
        Conclusion::Finished(result) => Ok(read::<O>(result)?),
        Conclusion::Found(response, meta) => Ok(read::<O>(CallResult::Answered(response, meta))?),
        Conclusion::Differs(response, meta, fields) => {
            let (outcome, journal_write_failed) = (meta.outcome(), meta.journal_write_failed());
            let (found, _) = read::<O>(CallResult::Answered(response, meta))?;
            let mismatch = Mismatch { found, fields, operation: O::SPEC.id, outcome, journal_write_failed };
            Err(ReconcileError::Mismatch(Box::new(mismatch)))
        }
        Conclusion::Several(count) => Err(ReconcileError::Ambiguous { operation: O::SPEC.id, count }),
        Conclusion::Unsettled(last, lookup, meta) => {
            let call = last.and_then(|result| read::<O>(result).err());
            let (outcome, journal_write_failed) = (meta.outcome(), meta.journal_write_failed());
            let unsettled = Unsettled { operation: O::SPEC.id, call, lookup, outcome, journal_write_failed };
            Err(ReconcileError::Unsettled(Box::new(unsettled)))
        }
    }
}

/// What is to be settled; an end where the request cannot be built. An earlier one may have been sent all the same.
async fn prepare(
    client: ApiClient,
    spec: &'static OperationSpec,
    classify: ClassifyResponse,
    asking: Asking,
    request: Result<Encoded, BuildError>,
    options: CallOptions,
    first: First,
) -> Result<Reconciliation, CallResult> {
    let known = if first == First::Ask { Outcome::Unknown } else { Outcome::NotSent };
    let request = request.map_err(|error| CallResult::Unbuilt(error).with_outcome(spec, known))?;
    match Reconciliation::new(client.clone(), spec, classify, asking, request.clone(), options.clone(), first) {
        Ok(reconciliation) => Ok(reconciliation),
        Err(error) => {
            let own = Record::outcome_unbuilt(&client.config, spec, &request, &options).await;
            Err(CallResult::Unbuilt(error).with_outcome(spec, if known.is_known() { own } else { known }))
        }
    }
}
