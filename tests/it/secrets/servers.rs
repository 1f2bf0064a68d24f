//! What servers answer to bad input, and what they could write about it.

use serde_json::{Value, json};

use super::assert_silent;
use crate::rejections::spots::{changed, full_body, spots};
use crate::support::apis::{Row, rows};
use crate::support::bench::Bench;
use crate::support::instances::{Extent, MARKER};
use crate::support::raw::Raw;
use crate::support::run;

/// Sends a request, and looks through everything that the server says.
async fn is_silent(row: &Row, raw: &Raw) -> u16 {
    let bench = Bench::new();
    let answered = raw.send(&row.api.in_process(bench.clone())).await;
    let said = format!("{:?} {}", answered.headers, String::from_utf8_lossy(&answered.body));
    assert_silent(&said, &format!("the response to {raw:?}"));
    assert_silent(&bench.shown(), &format!("a text about {raw:?}"));
    for arrived in bench.arrived() {
        assert_silent(&arrived.request.shown(), &row.name());
    }
    answered.status
}

#[test]
fn a_rejected_body_is_not_quoted() {
    run(async {
        let mut count = 0;
        for row in rows().filter(|row| row.documented().body.is_some()) {
            let body = full_body(row);
            for spot in spots(row) {
                let mut values = vec![json!([MARKER]), json!({ (MARKER): 1 })];
                // A marker that fits where nothing is secret is a name like any other.
                if spot.schema["type"] != "string" || spot.schema["enum"].is_array() || spot.schema["format"] == "date"
                {
                    values.push(json!(MARKER));
                }
                for value in values {
                    if takes(&spot.schema["type"], &value) {
                        continue;
                    }
                    let status = is_silent(row, &Raw::with_body(row, &changed(&body, &spot.pointer, value))).await;
                    count += usize::from(status == 400);
                }
            }
            for text in
                [format!("\"{MARKER}"), MARKER.to_owned(), format!("{{\"a\":{MARKER}}}"), format!("{body} {MARKER}")]
            {
                assert_eq!(is_silent(row, &Raw::with_body(row, text.as_bytes())).await, 400);
            }
        }
        assert!(count > 500, "{count}");
    });
}

/// Whether a value stands where anything of its kind does.
fn takes(kind: &Value, value: &Value) -> bool {
    kind.is_null() || value.is_object() && kind == "object" || value.is_array() && kind == "array"
}

#[test]
fn secrets_of_valid_requests_are_not_shown() {
    run(async {
        for row in rows() {
            assert_eq!(is_silent(row, &Raw::new(row, Extent::Marked)).await, 500, "{}", row.name());
        }
    });
}

#[test]
fn wrong_credentials_are_not_shown() {
    run(async {
        for row in rows().filter(|row| !row.documented().security.is_empty()) {
            let mut raw = Raw::new(row, Extent::Smallest);
            raw.target = raw.target.split("public_key").next().unwrap().trim_end_matches(['?', '&']).to_owned();
            raw.present(row, MARKER);
            assert_eq!(is_silent(row, &raw).await, 401, "{}", row.name());
            for value in [format!("Basic {MARKER}"), format!("Bearer {MARKER} {MARKER}"), MARKER.to_owned()] {
                raw.set("authorization", &value);
                assert_eq!(is_silent(row, &raw).await, 401, "{}", row.name());
            }
        }
    });
}

#[test]
fn parameters_paths_and_methods_are_not_quoted() {
    run(async {
        for row in rows() {
            let valid = Raw::new(row, Extent::Smallest);
            let mark = if valid.target.contains('?') { '&' } else { '?' };
            is_silent(row, &Raw { target: format!("/{MARKER}"), ..valid.clone() }).await;
            is_silent(row, &Raw { target: format!("{}%FF{MARKER}", valid.target), ..valid.clone() }).await;
            is_silent(
                row,
                &Raw {
                    target: format!("{}{mark}page%5Bnumber%5D={MARKER}&page%5Bsize%5D={MARKER}", valid.target),
                    ..valid.clone()
                },
            )
            .await;
            is_silent(row, &Raw { method: MARKER.to_owned(), ..valid.clone() }).await;
            if row.documented().body.is_some() {
                let mut raw = valid;
                raw.set("content-type", &format!("text/{MARKER}"));
                assert_eq!(is_silent(row, &raw).await, 415);
            }
        }
    });
}
