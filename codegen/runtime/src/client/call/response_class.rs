//! How the responses of an operation are read by who does not know their types: a success, an error, or neither; a page or the whole; and
//! whether one counts.

use std::fmt;

use crate::client::next_page::spec::PageSpec;
use crate::client::response::ClientResponse;
use crate::client::response::resource_comparison::{contradicting, unproven};
use crate::operation::OperationSpec;
use crate::outcome::Outcome;

/// Whether a response is a documented success, a documented error, or neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResponseClass {
    /// A documented success, of the documented media type and form.
    Success,
    /// A documented error, of the documented media type and form.
    Failure,
    /// Of a status that the document does not give, or of another media type or form.
    Other,
}

/// Classifies a response by the document of one operation. Sending and reconciling work on bytes and call this function.
pub(crate) type ClassifyResponse = fn(&ClientResponse) -> ResponseClass;

/// How the responses of an operation that asks are read: by its own document, and page by page where it gives a list out in pages.
///
/// ```
/// # use specie_runtime::client::{Invoke, LookupOperation, Paged};
/// # fn example<GetPayout: Invoke, ListPayouts: Paged>() -> [LookupOperation; 2] {
/// [LookupOperation::of::<GetPayout>(), LookupOperation::paged::<ListPayouts>()]
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct LookupOperation {
    pub(in crate::client) classify: ClassifyResponse,
    pub(in crate::client) pages: Option<PageSpec>,
}

impl fmt::Debug for LookupOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LookupOperation").field("pages", &self.pages).finish_non_exhaustive()
    }
}

/// Whether a response counts as the API's response to the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ResponseValidity {
    /// It is as documented, and nothing in it is about another request. What its status says counts.
    Counts,
    /// It is not as documented: a gateway, a captive portal or a proxy may have given it.
    Undocumented,
    /// It is as documented, and about another request: these fields differ, as pointers into the request body.
    Differs(Vec<&'static str>),
}

/// Compares a response with the document and the body of the request.
///
/// Responses of safe operations always count: calling again is always allowed.
pub(crate) fn response_validity(
    spec: &OperationSpec,
    classify: ClassifyResponse,
    request: &[u8],
    response: &ClientResponse,
) -> ResponseValidity {
    if spec.is_safe() {
        return ResponseValidity::Counts;
    }
    let class = classify(response);
    if class == ResponseClass::Other {
        return ResponseValidity::Undocumented;
    }
    let Some(how) = spec.reconcile else { return ResponseValidity::Counts };
    let (Ok(request), Ok(body)) = (std::str::from_utf8(request), std::str::from_utf8(response.body())) else {
        return ResponseValidity::Counts;
    };
    let is_claim = class == ResponseClass::Success && spec.outcome_of(response.status()) == Outcome::Done;
    let fields = if is_claim { unproven(how, request, body) } else { contradicting(how, request, body) };
    if fields.is_empty() { ResponseValidity::Counts } else { ResponseValidity::Differs(fields) }
}
