//! Looking for a resource by its reference, to the end of the list.

use std::future::poll_fn;
use std::time::Duration;

use http::HeaderMap;
use http::header::LINK;

use super::candidates::{Candidates, candidates};
use super::lookup::{Asking, LookupFailure, asked};
use crate::client::api_client::ApiClient;
use crate::client::call::options::CallOptions;
use crate::client::call::response_class::ResponseClass;
use crate::client::call::result::CallResult;
use crate::client::call::send::send_unrecorded;
use crate::client::page_streams::{Step, Walk};
use crate::client::request::Encoded;
use crate::client::response::ClientResponse;
use crate::client::response::meta::Meta;
use crate::decode::pointer;

/// What a lookup found.
pub(super) enum LookupResult {
    /// A resource with the reference, as JSON, in a response with these headers.
    One(String, HeaderMap),
    /// This many.
    Several(usize),
    /// Nothing: a documented response says so, and it was read to the end of the list.
    Nothing,
    /// Only resources with other references.
    Others,
    /// The lookup failed, which says nothing about the operation.
    Failed(LookupFailure),
}

/// One lookup, which may take several pages.
pub(super) struct Search<'a> {
    client: &'a ApiClient,
    asking: Asking,
    reference: &'a str,
    request: &'a Encoded,
    options: CallOptions,
    /// Where the list stands, if it comes in pages.
    walk: Option<Walk>,
    /// Whether a page was read, and another one follows.
    goes_on: bool,
    /// What the last response asked to wait.
    pub(super) asked: Option<Duration>,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        client: &'a ApiClient,
        asking: Asking,
        reference: &'a str,
        request: &'a Encoded,
        options: CallOptions,
    ) -> Self {
        let Asking { how, lookup } = asking;
        let walk = lookup.pages.map(|pages| {
            Walk::new(client.clone(), how.lookup, lookup.classify, pages, Ok(request.clone()), options.clone())
        });
        Self { client, asking, reference, request, options, walk, goes_on: false, asked: None }
    }

    /// Reads on until the reference is found or the list ends; `left` says how much time there is.
    pub(super) async fn run(&mut self, left: impl Fn() -> Duration) -> LookupResult {
        loop {
            let result = match self.page(left()).await {
                Ok(result) => result,
                Err(found) => return found,
            };
            self.asked = asked(&result);
            let (response, meta) = match result {
                CallResult::Answered(response, meta) => (response, meta),
                other => return LookupResult::Failed(LookupFailure::of(other)),
            };
            if let Some(found) = self.found(&response, &meta) {
                return found;
            }
        }
    }

    /// Asks for the next page; an error is the end.
    async fn page(&mut self, left: Duration) -> Result<CallResult, LookupResult> {
        let Some(walk) = &mut self.walk else {
            let lookup = self.asking.lookup;
            self.options.deadline = Some(left);
            let spec = self.asking.how.lookup;
            let request = self.request.clone();
            return Ok(send_unrecorded(&self.client.config, spec, lookup.classify, request, &self.options, None).await);
        };
        walk.limit(left);
        match poll_fn(|context| walk.poll(context)).await {
            Step::Finished(result) => Ok(result),
            Step::Fault(error, _) => Err(LookupResult::Failed(LookupFailure::paging(error))),
            Step::End => Err(LookupResult::Nothing),
        }
    }

    /// What a page says; `None` if the next one has to be read.
    fn found(&mut self, response: &ClientResponse, meta: &Meta) -> Option<LookupResult> {
        let class = (self.asking.lookup.classify)(response);
        let failed = || Some(LookupResult::Failed(LookupFailure::response(response)));
        match (response.status(), class) {
            (404, ResponseClass::Failure) if self.goes_on => {
                return Some(LookupResult::Failed(LookupFailure::lost_page(response)));
            }
            // Nobody but the API itself knows that there is nothing.
            (404, ResponseClass::Failure) => return Some(LookupResult::Nothing),
            (200..=299, _) => {}
            _ => return failed(),
        }
        match candidates(self.asking.how, self.reference, response.body()) {
            Some(Candidates::One { resource, has_reference }) if has_reference || class == ResponseClass::Success => {
                Some(LookupResult::One(resource.to_owned(), response.headers().clone()))
            }
            Some(Candidates::Several(count)) => Some(LookupResult::Several(count)),
            Some(Candidates::Others) => Some(LookupResult::Others),
            Some(Candidates::Nothing) if class == ResponseClass::Success => self.after_nothing(response, meta),
            Some(Candidates::One { .. } | Candidates::Nothing) | None => failed(),
        }
    }

    /// What follows from a page without anything on it.
    fn after_nothing(&mut self, response: &ClientResponse, meta: &Meta) -> Option<LookupResult> {
        match &mut self.walk {
            Some(walk) => {
                self.goes_on = true;
                let end = walk.advance(response.body(), meta).err();
                end.map(|error| LookupResult::Failed(LookupFailure::paging(error)))
            }
            None if goes_on(response) => Some(LookupResult::Failed(LookupFailure::unread_pages(response))),
            None => Some(LookupResult::Nothing),
        }
    }
}

/// Whether a response names a next page, in the ways that are usual where the document does not say how the pages hang together: a `Link`
/// header (RFC 8288), or a link in the body.
fn goes_on(response: &ClientResponse) -> bool {
    let in_header = response.headers().get_all(LINK).iter().any(|link| {
        let link = String::from_utf8_lossy(link.as_bytes()).to_ascii_lowercase();
        link.contains("rel=next") || link.contains("rel=\"next\"")
    });
    let body = std::str::from_utf8(response.body()).unwrap_or_default();
    let named = |place| pointer::find(body, place).is_some_and(|link| !matches!(link, "null" | "\"\"" | "false"));
    in_header || named("/links/next") || named("/next")
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::HeaderValue;

    use super::*;
    use crate::operation::Status;

    #[test]
    fn a_next_page_is_noticed_in_the_usual_places() {
        let response = |link: Option<&'static str>, body: &'static str| {
            let headers = link.map(|link| (LINK, HeaderValue::from_static(link))).into_iter().collect();
            ClientResponse::new(Status::OK, headers, Bytes::from_static(body.as_bytes()))
        };
        for (link, body) in [
            (Some("</payouts?page=2>; rel=\"next\""), "[]"),
            (Some("</payouts?page=2>; rel=next"), "[]"),
            (None, r#"{"data": [], "links": {"next": "/payouts?page=2"}}"#),
            (None, r#"{"data": [], "next": "abc"}"#),
            (None, r#"{"data": [], "next": 2}"#),
        ] {
            assert!(goes_on(&response(link, body)), "{link:?} {body}");
        }
        for (link, body) in [
            (None, "[]"),
            (Some("</payouts>; rel=\"prev\""), "[]"),
            (None, r#"{"data": [], "links": {"next": null}}"#),
            (None, r#"{"data": [], "links": {"next": ""}, "next": false}"#),
        ] {
            assert!(!goes_on(&response(link, body)), "{link:?} {body}");
        }
    }
}
