//! Bodies that are not what the document says.

use serde_json::{Value, json};

use super::spots::{changed, doubled, full_body, spots, without};
use super::{Expected, refused};
use crate::support::apis::{AnyTransport, Api, Row, row, rows};
use crate::support::bench::Bench;
use crate::support::instances::Extent;
use crate::support::raw::Raw;
use crate::support::run;

fn with_body() -> impl Iterator<Item = &'static Row> {
    rows().filter(|row| row.documented().body.is_some())
}

async fn refused_body(row: &Row, body: &[u8], expected: Expected<'_>) {
    refused(row, &Raw::with_body(row, body), 400, expected).await;
}

#[test]
fn a_missing_required_field_is_named() {
    run(async {
        let mut count = 0;
        for row in with_body() {
            let body = full_body(row);
            for spot in spots(row).iter().filter(|spot| spot.required) {
                refused_body(row, &without(&body, spot), Expected::Body(&spot.pointer)).await;
                count += 1;
            }
        }
        println!("{count} fields were missed");
        assert!(count > 90, "{count}");
    });
}

#[test]
fn a_value_of_another_kind_is_named() {
    run(async {
        let mut count = 0;
        for row in with_body() {
            let body = full_body(row);
            for spot in spots(row) {
                for value in spot.mistyped() {
                    refused_body(row, &changed(&body, &spot.pointer, value), Expected::Body(&spot.pointer)).await;
                    count += 1;
                }
            }
        }
        println!("{count} values were refused");
        assert!(count > 900, "{count}");
    });
}

#[test]
fn null_is_refused_where_it_may_not_be() {
    run(async {
        let (mut refusals, mut passed) = (0, 0);
        for row in with_body() {
            let body = full_body(row);
            for spot in spots(row) {
                let spoilt = changed(&body, &spot.pointer, Value::Null);
                if spot.may_be_null() {
                    let bench = Bench::new();
                    Raw::with_body(row, &spoilt).send(&row.api.in_process(bench.clone())).await;
                    assert_eq!(bench.arrived().len(), 1, "{} {}", row.name(), spot.pointer);
                    passed += 1;
                } else {
                    refused_body(row, &spoilt, Expected::Body(&spot.pointer)).await;
                    refusals += 1;
                }
            }
        }
        println!("null was refused {refusals} times and taken {passed} times");
        assert!(refusals > 200 && passed > 5, "{refusals} {passed}");
    });
}

#[test]
fn a_key_that_stands_twice_is_refused() {
    run(async {
        for row in with_body() {
            let body = full_body(row);
            for spot in spots(row) {
                // Readers do not agree on which of them counts: another payee, another amount.
                let place = if spot.is_entry { &spot.pointer } else { spot.parts().0 };
                refused_body(row, &doubled(&body, &spot), Expected::Body(place)).await;
            }
        }
    });
}

#[test]
fn a_value_that_no_enum_lists_is_named() {
    run(async {
        let mut count = 0;
        for row in with_body() {
            let body = full_body(row);
            for spot in spots(row).iter().filter(|spot| spot.schema["enum"].is_array()) {
                refused_body(
                    row,
                    &changed(&body, &spot.pointer, json!("no-such-value")),
                    Expected::Body(&spot.pointer),
                )
                .await;
                count += 1;
            }
        }
        assert!(count >= 5, "{count}");
    });
}

#[test]
fn a_text_that_is_not_of_its_format_is_named() {
    run(async {
        let mut count = 0;
        for row in with_body() {
            let body = full_body(row);
            for spot in spots(row).iter().filter(|spot| spot.schema["format"] == "date") {
                for text in ["", "2021-02-29", "2021-2-1", "24.08.2019", "2019-08-24T00:00:00Z"] {
                    refused_body(row, &changed(&body, &spot.pointer, json!(text)), Expected::Body(&spot.pointer)).await;
                    count += 1;
                }
            }
        }
        assert!(count >= 15, "{count}");
    });
}

#[test]
fn a_number_that_its_type_cannot_hold_is_named() {
    run(async {
        let mut count = 0;
        for row in with_body() {
            let body = full_body(row);
            for spot in spots(row) {
                let numbers: &[&str] = match (spot.schema["type"].as_str(), spot.schema["format"].as_str()) {
                    (Some("number"), Some("decimal")) => {
                        &["12345678901234567890123456789", "0.12345678901234567890123456789", "1e400"]
                    }
                    (Some("integer"), Some("int32")) => &["2147483648", "-2147483649", "1.5", "15e-1"],
                    (Some("integer"), None) => &["9223372036854775808", "-9223372036854775809", "0.5"],
                    _ => continue,
                };
                for number in numbers {
                    let spoilt = changed(&body, &spot.pointer, json!("the number"));
                    let spoilt = String::from_utf8(spoilt).unwrap().replace("\"the number\"", number);
                    refused_body(row, spoilt.as_bytes(), Expected::Body(&spot.pointer)).await;
                    count += 1;
                }
            }
        }
        assert!(count > 50, "{count}");
    });
}

#[test]
fn what_is_not_json_is_refused() {
    run(async {
        for row in with_body() {
            let whole = full_body(row).to_string();
            let cut = &whole[..whole.len() - 1];
            let bodies = ["", " ", "{", "nul", "<xml/>", "{'a':1}", "[]", "5", "\"text\"", "null"].map(str::as_bytes);
            let followed =
                [format!("{whole} x"), format!("{whole}{whole}"), format!("\u{feff}{whole}"), cut.to_owned()];
            for body in
                bodies.into_iter().chain(followed.iter().map(String::as_bytes)).chain([b"{\"a\":\"\xff\"}".as_slice()])
            {
                refused_body(row, body, Expected::Nowhere).await;
            }
        }
    });
}

#[test]
fn another_media_type_is_refused_before_it_is_read() {
    run(async {
        for row in with_body() {
            for content_type in [
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/jsonp",
                "application/json; charset=utf-16",
                "",
            ] {
                let mut raw = Raw::new(row, Extent::Smallest);
                raw.set("content-type", content_type);
                refused(row, &raw, 415, Expected::Nowhere).await;
            }
            let mut raw = Raw::new(row, Extent::Smallest);
            raw.unset("content-type");
            refused(row, &raw, 415, Expected::Nowhere).await;
            let mut raw = Raw::new(row, Extent::Smallest);
            raw.set("content-encoding", "gzip");
            refused(row, &raw, 415, Expected::Nowhere).await;
        }
    });
}

#[test]
fn a_body_that_is_too_long_is_refused() {
    run(async {
        for row in with_body() {
            let mut raw = Raw::new(row, Extent::Fullest);
            raw.body.resize(1 << 20, b' ');
            let bench = Bench::new();
            raw.send(&row.api.in_process(bench.clone())).await;
            assert_eq!(bench.arrived().len(), 1, "{}: a mebibyte is taken", row.name());
            raw.body.push(b' ');
            refused(row, &raw, 413, Expected::Nowhere).await;
        }
    });
}

#[test]
fn the_limit_of_bodies_can_be_set() {
    run(async {
        let row = row(Api::Cublox, "payoutPrerequest");
        let raw = Raw::new(row, Extent::Smallest);
        for (limit, status) in [(raw.body.len(), 500), (raw.body.len() - 1, 413)] {
            let bench = Bench::new();
            let server = cublox::server::CubloxServer::new(bench.clone()).body_limit(limit);
            let server = AnyTransport::new(specie_runtime::InProcess::new(server));
            assert_eq!(raw.send(&server).await.status, status);
            assert_eq!(bench.arrived().len(), usize::from(status == 500));
        }
    });
}
