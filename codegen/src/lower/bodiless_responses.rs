//! Responses that HTTP sends without a body, whatever the document says.

use crate::api::{Method, Response, Status};
use crate::diagnostic::{Code, Diagnostics};

/// Leaves out the `content` of each response that cannot have a body: of all to HEAD, and of the statuses 204, 205 and 304
/// (RFC 9110 sections 9.3.2, 15.3.5, 15.3.6 and 15.4.5).
pub(super) fn leave_out_content(method: &Method, responses: &mut [Response], diagnostics: &mut Diagnostics) {
    let is_head = method.as_str() == "HEAD";
    for response in responses {
        let status = match response.status {
            _ if response.content.is_empty() => continue,
            _ if is_head => "a response to HEAD".to_owned(),
            Status::Code(code @ (204 | 205 | 304)) => format!("a response of the status {code}"),
            _ => continue,
        };
        response.content.clear();
        diagnostics
            .warning(Code::BodilessResponse, format!("{status} has no body; its `content` is left out"), response.span)
            .help("remove the `content`; headers are sent");
    }
}
