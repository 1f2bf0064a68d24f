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
//! The request is sent. An answer that says what happened ends it: a success, or a refusal. Without one,
//!
//! 1. it looks the operation up by the caller's reference, again and again, waiting ever longer, until it finds it or time is up;
//! 2. what it finds it compares with the request, field by field as the document says, numbers as decimals. If all agree, that is the
//!    value; if not, the error is a [`Mismatch`] that holds what was found;
//! 3. if there is nothing, and the server keeps the reference unique or remembers the idempotency key, it sends the same request once
//!    more. The first one may still be on its way: then one of the two is answered as a duplicate, and both stand for one operation;
//! 4. an answer that says "duplicate" counts as found, by its own body if that holds the whole resource, by a lookup if not;
//! 5. a refusal after a request without an answer settles nothing by itself. It counts only if it is one that the document describes,
//!    and the API itself, not a gateway before it, answers a lookup with nothing once
//!    [`Options::settling_time`](super::Options::settling_time) has passed.
//!
//! An operation whose reference the server does not keep unique is sent once. What is not settled by the deadline ends in
//! [`Unsettled`], which says what is known.
//!
//! So that time is left for asking, no attempt takes more than half of what the deadline leaves.

mod agreement;
mod candidates;
mod case;
mod error;
mod lookup;

use std::fmt;
use std::future::IntoFuture;

use super::answer::Answer;
use super::call::{Call, Invoke, read};
use super::call_options::CallOptions;
use super::core::Core;
use super::error::Error;
use super::finished::Finished;
use super::request::Encoded;
use super::transport::BoxFuture;
use crate::operation::{Operation, ReconcileSpec};

pub use error::{Mismatch, ReconcileError, Unsettled};
pub use lookup::{Lookup, LookupFailure};

use case::{Case, Reading, Settled};

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
    /// ```
    /// use std::time::Duration;
    ///
    /// use specie_runtime::client::{Call, Reconcilable, ReconcileError};
    ///
    /// async fn pay<O: Reconcilable>(call: Call<O>) -> Option<O::Output> {
    ///     match call.deadline(Duration::from_secs(60)).reconciled().await {
    ///         Ok(payout) => return Some(payout),
    ///         Err(ReconcileError::Mismatch(mismatch)) => eprintln!("another one has the reference, with other {:?}", mismatch.fields),
    ///         Err(error) if error.outcome().is_nothing() => eprintln!("no money moved: {error}"),
    ///         Err(error) => eprintln!("ask again before you pay again: {error}"),
    ///     }
    ///     None
    /// }
    /// ```
    pub fn reconciled(self) -> Reconciled<O> {
        Reconciled(self)
    }
}

/// A call that finds out whether it happened.
#[must_use = "a call is sent when it is awaited"]
pub struct Reconciled<O>(Call<O>);

impl<O: Reconcilable> IntoFuture for Reconciled<O> {
    type Output = Result<O::Output, ReconcileError<O>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let Call { core, request, options, .. } = self.0;
        Box::pin(async move {
            let request = request.map_err(Error::from)?;
            // `Reconcilable` comes with it; without it there is nothing to ask, and the call stands for itself.
            let Some(how) = O::SPEC.reconcile else {
                let finished = super::send::send(core, O::SPEC, request, options).await;
                return Ok(read::<O>(finished)?.0);
            };
            settle::<O>(core, how, request, options).await
        })
    }
}

impl<O: Operation> fmt::Debug for Reconciled<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Reconciled").field(&self.0).finish()
    }
}

/// Sends, asks and compares; only the reading at the end is compiled once per operation.
pub(super) async fn settle<O: Invoke>(
    core: Core,
    how: &'static ReconcileSpec,
    request: Encoded,
    options: CallOptions,
) -> Result<O::Output, ReconcileError<O>> {
    let reading = Reading { is_success: is_success::<O>, is_error: is_error::<O> };
    let case = Case::new(core, O::SPEC, how, request, options, reading).map_err(Error::Build)?;
    let settling: BoxFuture<'static, Settled> = Box::pin(case.settle());
    let value = |finished| read::<O>(finished).map(|(output, _)| output);
    match settling.await {
        Settled::Finished(finished) => Ok(value(finished)?),
        Settled::Found(answer, meta) => Ok(value(Finished::Answered(answer, meta))?),
        Settled::Differs(answer, meta, fields) => {
            let outcome = meta.outcome();
            let found = value(Finished::Answered(answer, meta))?;
            Err(ReconcileError::Mismatch(Box::new(Mismatch { found, fields, operation: O::SPEC.id, outcome })))
        }
        Settled::Several(count) => Err(ReconcileError::Ambiguous { operation: O::SPEC.id, count }),
        Settled::Unsettled(last, lookup, outcome) => {
            let call = last.and_then(|finished| read::<O>(finished).err());
            Err(ReconcileError::Unsettled(Box::new(Unsettled { operation: O::SPEC.id, call, lookup, outcome })))
        }
    }
}

/// Whether an answer can be read as a success.
fn is_success<O: Invoke>(answer: &Answer) -> bool {
    matches!(O::decode(answer), Ok(Ok(_)))
}

/// Whether an answer can be read as a documented error.
fn is_error<O: Invoke>(answer: &Answer) -> bool {
    matches!(O::decode(answer), Ok(Err(_)))
}
