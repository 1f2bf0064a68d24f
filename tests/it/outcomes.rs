//! What each status says of each operation of the four documents: what the document states, or else what the status means by itself.

use specie_runtime::operation::OperationMethod;
use specie_runtime::{Idempotency, Outcome};

use crate::support::apis::{Row, rows};
use crate::support::clients::answered;
use crate::support::instances::{Extent, instance};
use crate::support::raw::request;
use crate::support::run;
use crate::support::values::Kind;

/// What a status means where the document states nothing, written down once more.
fn by_itself(status: u16) -> Outcome {
    const REFUSED: [u16; 23] = [
        400, 401, 402, 403, 404, 405, 406, 407, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 425, 426, 428, 429,
        431,
    ];
    match status {
        200..=299 => Outcome::Done,
        451 => Outcome::Refused,
        status if REFUSED.contains(&status) => Outcome::Refused,
        _ => Outcome::Unknown,
    }
}

/// What the document states for a status; `None`: nothing, or that nothing was to happen.
fn stated(row: &Row, status: u16) -> Option<Outcome> {
    let word = row.documented().responses.get(&status)?.get("x-specie-outcome")?;
    Some(match word.as_str() {
        Some("none") => return None,
        Some("done") => Outcome::Done,
        Some("refused") => Outcome::Refused,
        Some("unknown") => Outcome::Unknown,
        Some("duplicate") => Outcome::Duplicate,
        _ => panic!("{} states {word} for {status}", row.name()),
    })
}

fn expected(row: &Row, status: u16) -> Outcome {
    let is_duplicate = matches!(row.spec.idempotency, Idempotency::Field { duplicate, .. } if duplicate == status);
    let by_default = if is_duplicate { Outcome::Duplicate } else { by_itself(status) };
    stated(row, status).unwrap_or(by_default)
}

#[test]
fn a_status_means_what_the_document_states_or_what_it_means_by_itself() {
    let mut counts = [0, 0];
    for row in rows() {
        for status in 100..=599 {
            assert_eq!(row.spec.outcome_of(status), expected(row, status), "{} {status}", row.name());
            counts[usize::from(stated(row, status).is_none())] += 1;
        }
    }
    assert!(counts[0] > 25, "the documents state some: {counts:?}");
}

/// A documented error in its documented form carries the outcome of its status, stated or not.
#[test]
fn a_documented_error_tells_the_outcome_of_its_status() {
    run(async {
        let mut unstated = 0;
        for row in rows() {
            let errors = row.documented().statuses_with_body().filter(|status| *status >= 400);
            for status in errors {
                let schema = row.documented().response_schema(status).unwrap();
                let body = instance(&row.document().root, schema, Extent::Fullest);
                let asked = request(row, Extent::Fullest).await;
                let Err(failure) = answered(row, &*asked, status, body.as_bytes()).await else {
                    panic!("{status} is an error");
                };
                // A conflict with another request's resource says nothing of this one.
                if failure.kind == Kind::Mismatch {
                    continue;
                }
                assert_eq!(
                    (failure.kind, failure.outcome),
                    (Kind::Api, expected(row, status)),
                    "{} {status}",
                    row.name()
                );
                unstated += usize::from(stated(row, status).is_none());
            }
        }
        assert!(unstated > 25, "most errors have no stated outcome: {unstated}");
    });
}

/// The generator and the runtime know nothing of each other, and which requests may be sent twice must not depend on who is asked.
#[test]
fn generator_and_runtime_agree_about_methods() {
    for name in ["GET", "HEAD", "OPTIONS", "TRACE", "QUERY", "PUT", "DELETE", "POST", "PATCH", "CONNECT"] {
        let sent = OperationMethod::Standard(name.parse().expect("a method"));
        let documented = specie_codegen::api::Method::new(name);
        let stated = (documented.is_safe(), documented.is_idempotent());
        assert_eq!((sent.is_safe(), sent.is_idempotent()), stated, "{name}");
    }
}
