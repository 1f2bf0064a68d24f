//! Successes whose status the document leaves open: `default` where no success is declared, and `2XX`.

use super::clients;
use crate::client::{Call, Error};
use crate::operation::Status;
use crate::server::{Refusal, RequestContext};
use crate::{NoError, Outcome};

/// `default` is all that is documented.
pub(super) struct Only {
    amount: u32,
}

crate::operation!(Only {
    id: "only", POST: "/only/{amount}", parameters: { amount: path },
    success: u32 { default: json }, errors: NoError {},
});

pub(super) async fn only(request: Only, _: RequestContext) -> Result<u32, Refusal<NoError>> {
    Ok(request.amount)
}

/// `default` of two media types, beside an error.
pub(super) struct Negotiated {
    status: u32,
}

#[derive(Debug, PartialEq)]
pub(super) enum NegotiatedOutput {
    Json(Status, u32),
    Csv(Status, String),
}

#[derive(PartialEq)]
pub(super) enum NegotiatedError {
    NotFound,
    Json(Status, u32),
    Csv(Status, String),
}

crate::operation!(Negotiated {
    id: "negotiated", POST: "/negotiated/{status}", parameters: { status: path },
    success: NegotiatedOutput { default: json("application/json") Json | text("text/csv") Csv },
    errors: NegotiatedError { 404: empty NotFound, default: json("application/json") Json | text("text/csv") Csv },
});

/// Answers with the status that is asked for, as a success up to 299 and as an error beyond.
pub(super) async fn negotiated(
    request: Negotiated,
    context: RequestContext,
) -> Result<NegotiatedOutput, Refusal<NegotiatedError>> {
    let status = Status::from_u16(u16::try_from(request.status).unwrap()).unwrap();
    let is_csv = context.preferred_media_type() == "text/csv";
    match (request.status, is_csv) {
        (404, _) => Err(NegotiatedError::NotFound.into()),
        (..=299, false) => Ok(NegotiatedOutput::Json(status, 7)),
        (..=299, true) => Ok(NegotiatedOutput::Csv(status, "7".to_owned())),
        (_, false) => Err(NegotiatedError::Json(status, 8).into()),
        (_, true) => Err(NegotiatedError::Csv(status, "8".to_owned()).into()),
    }
}

/// A range of successes, of two media types.
pub(super) struct Ranged {
    status: u32,
}

#[derive(Debug, PartialEq)]
pub(super) enum RangedOutput {
    Json(Status, u32),
    Csv(Status, String),
}

crate::operation!(Ranged {
    id: "ranged", POST: "/ranged/{status}", parameters: { status: path },
    success: RangedOutput { 2XX: json("application/json") Json | text("text/csv") Csv }, errors: NoError {},
});

pub(super) async fn ranged(request: Ranged, context: RequestContext) -> Result<RangedOutput, Refusal<NoError>> {
    let status = Status::from_u16(u16::try_from(request.status).unwrap()).unwrap();
    Ok(match context.preferred_media_type() {
        "text/csv" => RangedOutput::Csv(status, "7".to_owned()),
        _ => RangedOutput::Json(status, 7),
    })
}

#[tokio::test]
async fn a_default_alone_is_the_success() {
    for client in clients().await {
        assert_eq!(Call::new(&client, Only { amount: 3 }).await.unwrap(), 3);
    }
}

#[tokio::test]
async fn a_success_of_several_media_types_has_the_status_that_the_handler_chose() {
    for client in clients().await {
        for status in [200, 201, 202] {
            let code = Status::from_u16(u16::try_from(status).unwrap()).unwrap();
            let output = Call::new(&client, Negotiated { status }).await.unwrap();
            assert_eq!(output, NegotiatedOutput::Json(code, 7));
            let output = Call::new(&client, Negotiated { status }).accept("text/csv").await.unwrap();
            assert_eq!(output, NegotiatedOutput::Csv(code, "7".to_owned()));
            let output = Call::new(&client, Ranged { status }).await.unwrap();
            assert_eq!(output, RangedOutput::Json(code, 7));
            let output = Call::new(&client, Ranged { status }).accept("text/csv").await.unwrap();
            assert_eq!(output, RangedOutput::Csv(code, "7".to_owned()));
        }
    }
}

#[tokio::test]
async fn what_is_no_success_is_the_error_of_its_status() {
    for client in clients().await {
        for status in [302, 409, 422] {
            let code = Status::from_u16(u16::try_from(status).unwrap()).unwrap();
            let error = Call::new(&client, Negotiated { status }).await.unwrap_err();
            assert!(error.api().is_some_and(|error| *error == NegotiatedError::Json(code, 8)), "{status}: {error}");
            let error = Call::new(&client, Negotiated { status }).accept("text/csv").await.unwrap_err();
            assert!(error.api().is_some_and(|error| *error == NegotiatedError::Csv(code, "8".to_owned())), "{error}");
        }
        let error = Call::new(&client, Negotiated { status: 404 }).await.unwrap_err();
        assert!(error.api().is_some_and(|error| *error == NegotiatedError::NotFound), "{error}");
    }
}

#[tokio::test]
async fn a_status_that_is_no_success_is_not_sent_as_one() {
    for client in clients().await {
        let error = Call::new(&client, Ranged { status: 302 }).await.unwrap_err();
        assert!(matches!(error, Error::Problem(..)), "{error}");
        assert_eq!((error.status(), error.outcome()), (Some(500), Outcome::Unknown));
    }
}
