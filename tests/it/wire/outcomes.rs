//! Whatever a server answers, an error says whether the operation happened, and a response that is not as documented keeps its bytes.

use specie_runtime::Outcome;
use specie_runtime::client::{Scripted, TransportError};

use crate::support::apis::{AnyTransport, Row, rows};
use crate::support::clients::{answered, client};
use crate::support::instances::{Extent, instance};
use crate::support::raw::request;
use crate::support::run;
use crate::support::values::Kind;

/// What a status says in a response that is not as documented: nothing, unless nothing was to happen anyway.
fn said_undocumented(row: &Row, by_status: Outcome) -> Outcome {
    if row.spec.is_safe() { by_status } else { Outcome::Unknown }
}

/// What a status says, by the document (`x-specie-outcome`) or, where it is silent, by HTTP.
fn said(row: &Row, status: u16) -> Outcome {
    let response = row.documented().responses.get(&status);
    match response.and_then(|response| response["x-specie-outcome"].as_str()) {
        Some("done") => Outcome::Done,
        Some("refused") => Outcome::Refused,
        Some("unknown") => Outcome::Unknown,
        Some("duplicate") => Outcome::Duplicate,
        None | Some("none") => match status {
            200..=299 => Outcome::Done,
            400 | 401 | 403 | 404 | 405 | 422 | 429 => Outcome::Refused,
            409 | 500.. => Outcome::Unknown,
            other => panic!("what {other} says is not written down here"),
        },
        Some(other) => panic!("an outcome called {other}"),
    }
}

#[test]
fn a_documented_error_says_what_the_document_says() {
    run(async {
        let mut seen = std::collections::HashSet::new();
        for row in rows() {
            let any = request(row, Extent::Smallest).await;
            for status in row.documented().responses.keys().copied().filter(|status| *status >= 300) {
                let schema = row.documented().response_schema(status);
                let body =
                    schema.map_or_else(String::new, |schema| instance(&row.document().root, schema, Extent::Smallest));
                let failure = answered(row, &*any, status, body.as_bytes()).await.unwrap_err();
                assert_eq!((failure.kind, failure.outcome), (Kind::Api, said(row, status)), "{} {status}", row.name());
                seen.insert(failure.outcome);
            }
        }
        assert_eq!(seen, [Outcome::Refused, Outcome::Unknown, Outcome::Duplicate].into(), "each is in some document");
    });
}

#[test]
fn an_undocumented_status_keeps_status_and_bytes() {
    run(async {
        for row in rows() {
            let any = request(row, Extent::Smallest).await;
            for (status, outcome) in [
                (202, Outcome::Done),
                (302, Outcome::Unknown),
                (408, Outcome::Unknown),
                (410, Outcome::Refused),
                (499, Outcome::Unknown),
                (599, Outcome::Unknown),
            ] {
                assert!(!row.documented().responses.contains_key(&status));
                let failure = answered(row, &*any, status, b"\xff\x00 teapot").await.unwrap_err();
                let name = format!("{} {status}: {failure:?}", row.name());
                assert_eq!(
                    (failure.kind, failure.status, failure.outcome),
                    (Kind::Undocumented, Some(status), said_undocumented(row, outcome)),
                    "{name}"
                );
                assert_eq!(failure.body.as_deref(), Some(b"\xff\x00 teapot".as_slice()), "{name}");
            }
        }
    });
}

#[test]
fn an_unreadable_body_keeps_status_and_bytes() {
    run(async {
        let mut count = 0;
        for row in rows() {
            let any = request(row, Extent::Smallest).await;
            for status in row.documented().statuses_with_body() {
                let bodies: [&[u8]; 5] = [b"", b"{\"data\":", b"[[]]", b"<html>down</html>", b"\"\xff\""];
                for body in bodies {
                    let failure = answered(row, &*any, status, body).await.unwrap_err();
                    let name = format!("{} {status}: {failure:?}", row.name());
                    assert_eq!(
                        (failure.kind, failure.status, failure.outcome),
                        (Kind::Decode, Some(status), said_undocumented(row, said(row, status))),
                        "{name}"
                    );
                    assert_eq!(failure.body.as_deref(), Some(body), "{name}");
                    count += 1;
                }
            }
        }
        assert!(count > 1000, "{count}");
    });
}

#[test]
fn a_response_that_never_came_says_so() {
    run(async {
        for row in rows() {
            let any = request(row, Extent::Smallest).await;
            for (error, outcome) in [
                ((|| TransportError::not_sent("refused")) as fn() -> TransportError, Outcome::NotSent),
                (|| TransportError::interrupted("broke off"), Outcome::Unknown),
                (|| TransportError::timeout("too late"), Outcome::Unknown),
            ] {
                let script = Scripted::new().fail(error);
                let failure =
                    (row.call)(&client(row.api, AnyTransport::new(script.clone())), any.copied()).await.unwrap_err();
                assert_eq!(
                    (failure.kind, failure.status, failure.outcome),
                    (Kind::Transport, None, outcome),
                    "{}: {failure:?}",
                    row.name()
                );
                assert_eq!(script.sent().len(), 1);
            }
        }
    });
}
