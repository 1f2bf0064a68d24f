//! `default` responses: which statuses they stand for, and what they say of the operation.

use super::api::API;
use crate::client::{ApiClient, Call, Error, Scripted};
use crate::{Outcome, Status};

/// Pays, with errors under `default` only.
struct Pay;

#[derive(Clone, PartialEq)]
enum PayError {
    Default(Status, String),
}

crate::operation!(Pay {
    id: "pay", POST: "/pay", outcomes: { default: Refused },
    success: String { 201: json }, errors: PayError { default: json Default },
});

/// Pays, and the document leaves open what an error says.
struct Try;

#[derive(Clone, PartialEq)]
enum TryError {
    NotFound(String),
    Default(Status, String),
}

crate::operation!(Try {
    id: "try", POST: "/try",
    success: String { 201: json }, errors: TryError { 404: json NotFound, default: json Default },
});

/// Pays, and any error leaves open what happened.
struct Doubt;

#[derive(Clone, PartialEq)]
enum DoubtError {
    Default(Status, String),
}

crate::operation!(Doubt {
    id: "doubt", POST: "/doubt", outcomes: { default: Unknown },
    success: String { 201: json }, errors: DoubtError { default: json Default },
});

fn client(status: u16) -> ApiClient {
    ApiClient::over(&API, Scripted::new().respond(status, "\"why\""))
}

/// Statuses of errors, and what each says by itself.
const STATUSES: [(u16, Outcome); 6] = [
    (400, Outcome::Refused),
    (409, Outcome::Unknown),
    (418, Outcome::Unknown),
    (422, Outcome::Refused),
    (500, Outcome::Unknown),
    (504, Outcome::Unknown),
];

#[tokio::test]
async fn a_default_error_carries_its_status_and_makes_no_doubt_a_refusal() {
    for (status, outcome) in STATUSES {
        let error = Call::new(&client(status), Pay).await.unwrap_err();
        let Error::Api(PayError::Default(found, why), _) = &error else { panic!("{error}") };
        assert_eq!((found.as_u16(), why.as_str()), (status, "why"));
        assert_eq!(error.outcome(), outcome, "{status}");
    }
}

#[tokio::test]
async fn without_a_stated_outcome_each_status_speaks_for_itself() {
    for (status, outcome) in STATUSES {
        let error = Call::new(&client(status), Try).await.unwrap_err();
        assert!(matches!(&error, Error::Api(TryError::Default(found, _), _) if found.as_u16() == status), "{error}");
        assert_eq!(error.outcome(), outcome, "{status}");
    }
    let error = Call::new(&client(404), Try).await.unwrap_err();
    assert!(matches!(&error, Error::Api(TryError::NotFound(why), _) if why == "why"), "a row of its own goes first");
    assert_eq!(error.outcome(), Outcome::Refused);
}

#[tokio::test]
async fn a_stated_doubt_holds_for_each_status_without_a_row() {
    for (status, _) in STATUSES {
        let error = Call::new(&client(status), Doubt).await.unwrap_err();
        assert!(matches!(&error, Error::Api(DoubtError::Default(..), _)), "{error}");
        assert_eq!(error.outcome(), Outcome::Unknown, "{status}");
    }
}

/// `default` stands for the statuses of errors: a success that is not documented is no error either.
#[tokio::test]
async fn an_undocumented_success_is_not_a_default_error() {
    let error = Call::new(&client(202), Pay).await.unwrap_err();
    assert!(matches!(&error, Error::Undocumented(..)), "{error}");
    assert_eq!(error.outcome(), Outcome::Unknown);
}
