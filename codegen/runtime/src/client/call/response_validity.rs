//! Whether a response counts: it is as documented, and it is about the request.

use super::response_class::{ClassifyResponse, ResponseClass};
use crate::client::response::ClientResponse;
use crate::client::response::resource_comparison::{contradicting, unproven};
use crate::operation::OperationSpec;
use crate::outcome::Outcome;

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
