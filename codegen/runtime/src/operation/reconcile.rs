//! How to look up whether an operation happened (`x-specie-reconcile`).

use std::time::Duration;

use super::OperationSpec;

/// How to ask whether an operation happened (`x-specie-reconcile`), and when what is found is what was asked for.
///
/// ```
/// use specie_runtime::{LookupResponse, Method, OperationSpec, ParameterSpec, ReconcileSpec};
///
/// const LIST: &OperationSpec = &OperationSpec::new("listPayouts", Method::GET, "/payouts")
///     .parameters(&[ParameterSpec::query("reference")]);
///
/// const PAY: &OperationSpec = &OperationSpec::new("createPayout", Method::POST, "/payouts").reconcile(
///     &ReconcileSpec::new(LIST, 0, "/reference")
///         .find(LookupResponse::Among { items: "/items", matches: "/reference" })
///         .agree(&[("/amount", "/amount")])
///         .resource(201, "/payout"),
/// );
///
/// assert_eq!(PAY.reconcile.map(|how| how.lookup.id), Some("listPayouts"));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct ReconcileSpec {
    /// The operation that asks; it moves nothing.
    pub lookup: &'static OperationSpec,
    /// Its parameter that takes the reference, as index into [`OperationSpec::parameters`].
    pub parameter: usize,
    /// Where the reference stands in the request body (RFC 6901).
    pub reference: &'static str,
    /// Where the response has what is looked for.
    pub find: LookupResponse,
    /// Scalars that must agree, as pointers into the request body and into what is found.
    ///
    /// Where [`find`](Self::find) is [`LookupResponse::One`], they are all that shows that a response is about the request: without any, every
    /// success is believed to be.
    pub agree: &'static [(&'static str, &'static str)],
    /// The status of the success that holds the resource.
    pub success: u16,
    /// Where the resource stands in the body of that success, and in the response to a duplicate if that one brings it.
    pub resource: &'static str,
    /// Where a found resource has its id, by which one that is listed twice is known for one.
    pub identity: Option<&'static str>,
    /// How long after a request without a response the server may still come to act on it, where the document says so.
    pub settling: Option<Duration>,
}

impl ReconcileSpec {
    /// Asks with this operation, whose parameter of this index takes the value that the request body has at `reference`. The response, and the success
    /// of the operation itself (200), is taken for the resource until [`find`](Self::find) and [`resource`](Self::resource) say more.
    #[must_use]
    pub const fn new(lookup: &'static OperationSpec, parameter: usize, reference: &'static str) -> Self {
        Self {
            lookup,
            parameter,
            reference,
            find: LookupResponse::One(""),
            agree: &[],
            success: 200,
            resource: "",
            identity: None,
            settling: None,
        }
    }

    /// Sets where the response has what is looked for.
    #[must_use]
    pub const fn find(mut self, find: LookupResponse) -> Self {
        self.find = find;
        self
    }

    /// Sets what must agree.
    #[must_use]
    pub const fn agree(mut self, pairs: &'static [(&'static str, &'static str)]) -> Self {
        self.agree = pairs;
        self
    }

    /// Sets the status of the success that holds the resource, and where it holds it.
    #[must_use]
    pub const fn resource(mut self, success: u16, pointer: &'static str) -> Self {
        self.success = success;
        self.resource = pointer;
        self
    }

    /// Sets where a found resource has its id.
    #[must_use]
    pub const fn identity(mut self, pointer: &'static str) -> Self {
        self.identity = Some(pointer);
        self
    }

    /// Sets how long after a request without a response the server may still come to act on it. Until then a lookup that finds nothing
    /// is no proof that nothing happened. A client whose `Options::settling_time` is set goes by that.
    #[must_use]
    pub const fn settling(mut self, time: Duration) -> Self {
        self.settling = Some(time);
        self
    }
}

/// Where the response to a lookup has what is looked for, as JSON pointers (RFC 6901).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookupResponse {
    /// In the list at `items`, as the item whose value at `matches` is the reference. One object in the place of the list is its only item.
    Among {
        /// The list, or the one item.
        items: &'static str,
        /// Inside of an item.
        matches: &'static str,
    },
    /// At this place, alone.
    One(&'static str),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Method;

    #[test]
    fn a_constant_can_name_the_operation_of_another_constant() {
        const LOOK: &OperationSpec = &OperationSpec::new("look", Method::GET, "/things/{reference}");
        const MAKE: &OperationSpec = &OperationSpec::new("make", Method::POST, "/things")
            .reconcile(&ReconcileSpec::new(LOOK, 0, "/reference").resource(201, ""));
        let how = MAKE.reconcile.unwrap();
        assert!(std::ptr::eq(how.lookup, LOOK));
        assert_eq!((how.find, how.success), (LookupResponse::One(""), 201));
    }
}
