//! `Debug` forms of everything that a program holds, and errors about it.

use serde_json::{Value, json};

use super::assert_silent;
use crate::support::apis::rows;
use crate::support::documents::document;
use crate::support::instances::{Extent, HUGE, MARKER, instance};
use crate::support::raw::{Raw, received};
use crate::support::run;
use crate::support::types::{TYPES, Typed};

fn marked(typed: &Typed) -> String {
    instance(&document(typed.api).root, typed.schema(), Extent::Marked)
}

#[test]
fn requests_do_not_show_what_is_secret() {
    run(async {
        let mut count = 0;
        for row in rows() {
            let raw = Raw::new(row, Extent::Marked);
            let request = received(row, &raw).await;
            assert_silent(&request.shown(), &row.name());
            count += usize::from(String::from_utf8(raw.body).unwrap().contains(MARKER));
        }
        // Identity documents (3), cards (2) and direct links (2) of OMNO; recipients and public keys of the brands.
        assert_eq!(count, 7 + 4);
    });
}

#[test]
fn types_do_not_show_what_is_secret() {
    let mut count = 0;
    for typed in TYPES {
        let text = marked(typed);
        let shown = (typed.shown)(text.as_bytes()).unwrap();
        assert_silent(&shown, &typed.title());
        let is_secret = text.contains(MARKER);
        assert_eq!(shown.contains("[redacted]"), is_secret, "{}: {shown}", typed.title());
        count += usize::from(is_secret);
    }
    assert!(count >= 5, "{count}");
}

/// Nobody knows what is secret in what the document does not describe.
#[test]
fn properties_that_are_not_declared_are_shown_by_name_alone() {
    let mut count = 0;
    for typed in TYPES {
        let Ok(Value::Object(mut entries)) = serde_json::from_str(&marked(typed).replace(HUGE, "1")) else { continue };
        entries.insert("cardNumber".to_owned(), json!({ "pan": [MARKER] }));
        let Ok(shown) = (typed.shown)(json!(entries).to_string().as_bytes()) else { continue };
        // What is a map as a whole, or may be one, declares each of its keys.
        if typed.schema().get("properties").is_none() {
            continue;
        }
        assert_silent(&shown, &typed.title());
        count += usize::from(shown.contains("cardNumber"));
    }
    // `PayoutOptions` of both brands.
    assert_eq!(count, 2);
}

/// Puts something in the place of each value inside another one.
fn each_replaced(value: &Value, with: &Value, then: &mut dyn FnMut(Value)) {
    then(with.clone());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let mut whole = items.clone();
                each_replaced(item, with, &mut |part| {
                    whole[index] = part;
                    then(Value::Array(whole.clone()));
                });
            }
        }
        Value::Object(entries) => {
            for (key, entry) in entries {
                let mut whole = entries.clone();
                each_replaced(entry, with, &mut |part| {
                    whole[key] = part;
                    then(Value::Object(whole.clone()));
                });
            }
        }
        _ => {}
    }
}

#[test]
fn errors_do_not_quote_what_they_could_not_read() {
    let mut count = 0;
    for typed in TYPES {
        let value: Value = serde_json::from_str(&marked(typed).replace(HUGE, "1")).unwrap();
        for spoilt in [json!(MARKER), json!([MARKER]), json!({ "a": MARKER }), json!(-4111.5)] {
            each_replaced(&value, &spoilt, &mut |value| {
                if let Err(fault) = (typed.through)(value.to_string().as_bytes()) {
                    let text = format!("{fault} {fault:?} {fault:#?}");
                    assert_silent(&text, &typed.title());
                    assert!(!text.contains("4111"), "{}: {text}", typed.title());
                    count += 1;
                }
            });
        }
    }
    assert!(count > 1000, "{count}");
}
