//! The calls that a fake got.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use crate::operation::Operation;

/// The calls that reached a fake's operations, with their requests, in the order of their arrival.
///
/// A request that the server rejected before its operation is not among them. A body that is a stream is the handler's and is read once:
/// the recorded request has it without its content.
#[derive(Clone, Default)]
pub struct RecordedCalls(Vec<RecordedCall>);

#[derive(Clone)]
struct RecordedCall {
    operation: &'static str,
    request: Arc<dyn Any + Send + Sync>,
}

impl RecordedCalls {
    pub(super) fn record<O: Operation + Clone>(&mut self, request: &O) {
        self.0.push(RecordedCall { operation: O::SPEC.id, request: Arc::new(request.clone()) });
    }

    /// The requests of an operation.
    #[must_use]
    pub fn of<O: Operation + Clone>(&self) -> Vec<O> {
        self.0.iter().filter_map(|call| call.request.downcast_ref::<O>().cloned()).collect()
    }

    /// The names of the operations that were called, as the document writes them.
    #[must_use]
    pub fn in_order(&self) -> Vec<&'static str> {
        self.0.iter().map(|call| call.operation).collect()
    }
}

/// Shows the names of the operations, not the requests.
impl fmt::Debug for RecordedCalls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.in_order()).finish()
    }
}
