//! Why a request is not answered as it asks.

use specie_codegen::api::Operation;

/// Why a response is a rejection, in the extensions of the response: for a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(pub String);

/// A request that the document does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rejection {
    /// The status, and others that mean nearly the same, for documents that do not give the first.
    pub(crate) statuses: Vec<u16>,
    /// Everything that is wrong.
    pub(crate) faults: Vec<String>,
    /// Headers that belong to the status.
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Rejection {
    pub(crate) fn new(statuses: &[u16], fault: impl Into<String>) -> Self {
        Self::of_faults(statuses, vec![fault.into()])
    }

    pub(crate) fn of_faults(statuses: &[u16], faults: Vec<String>) -> Self {
        Self { statuses: statuses.to_vec(), faults, headers: Vec::new() }
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Everything that is wrong, in a line.
    pub(crate) fn reason(&self) -> String {
        self.faults.join("; ")
    }
}

/// An operation as a message names it: `POST /payouts`.
pub(crate) fn named(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path())
}
