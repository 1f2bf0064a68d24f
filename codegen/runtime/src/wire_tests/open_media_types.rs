//! Responses of a documented range of media types, which a server names no more closely than by their kind.

use super::api::API;
use super::clients;
use crate::client::{ApiClient, Call, Error, Scripted};
use crate::server::{Refusal, RequestContext};
use crate::{Base64, Outcome};

/// Answers with the status that is asked for.
pub(super) struct Open {
    status: u32,
}

#[derive(Debug, PartialEq)]
pub(super) enum OpenOutput {
    Bytes(Base64),
    Text(String),
}

#[derive(PartialEq)]
pub(super) enum OpenError {
    Bytes(Base64),
    Text(String),
}

crate::operation!(Open {
    id: "open", POST: "/open/{status}", parameters: { status: path },
    success: OpenOutput { 200: bytes("image/*") Bytes, 201: text("application/*") Text },
    errors: OpenError { 404: bytes("image/*") Bytes, 409: text("application/*") Text },
});

pub(super) async fn open(request: Open, _: RequestContext) -> Result<OpenOutput, Refusal<OpenError>> {
    match request.status {
        200 => Ok(OpenOutput::Bytes(b"picture".to_vec().into())),
        201 => Ok(OpenOutput::Text("text".to_owned())),
        404 => Err(OpenError::Bytes(b"no picture".to_vec().into()).into()),
        _ => Err(OpenError::Text("no text".to_owned()).into()),
    }
}

#[tokio::test]
async fn a_client_reads_what_a_server_of_the_document_sends_for_a_range() {
    for client in clients().await {
        let call = |status| Call::new(&client, Open { status });
        assert_eq!(call(200).await.unwrap(), OpenOutput::Bytes(b"picture".to_vec().into()));
        assert_eq!(call(201).await.unwrap(), OpenOutput::Text("text".to_owned()));
        let error = call(404).await.unwrap_err();
        assert!(error.api() == Some(&OpenError::Bytes(b"no picture".to_vec().into())), "{error}");
        assert_eq!(error.outcome(), Outcome::Refused);
        let error = call(409).await.unwrap_err();
        assert!(error.api() == Some(&OpenError::Text("no text".to_owned())), "{error}");
    }
}

/// A page of something between is neither.
#[tokio::test]
async fn what_is_of_no_such_kind_is_not_read_for_a_range() {
    for (status, named) in [(200, "text/html"), (200, "text/plain"), (201, "text/html")] {
        let script = Scripted::new().respond_with(status, &[("content-type", named)], "<html>");
        let error = Call::new(&ApiClient::over(&API, script), Open { status: 0 }).await.unwrap_err();
        assert!(matches!(error, Error::Undocumented(..)), "{named}: {error}");
        assert_eq!(error.outcome(), Outcome::Unknown);
    }
}
