//! What a program prints when it gives up: `unwrap` and `expect` on what the crates return, `assert_eq` and `panic` with what they hold.

use std::panic::{AssertUnwindSafe, catch_unwind};

use specie_runtime::Secret;
use specie_runtime::client::Scripted;

use super::assert_silent;
use super::clients::failure;
use crate::support::apis::{AnyTransport, rows};
use crate::support::clients::Setup;
use crate::support::documents::document;
use crate::support::instances::{Extent, MARKER, instance};
use crate::support::raw::request;
use crate::support::run;
use crate::support::types::TYPES;

/// The message of a panic.
fn message(panics: impl FnOnce()) -> String {
    let panicked = catch_unwind(AssertUnwindSafe(panics)).expect_err("it panics");
    match panicked.downcast::<String>() {
        Ok(text) => *text,
        Err(other) => (*other.downcast::<&str>().unwrap()).to_owned(),
    }
}

/// What a program does with a result that it does not look at.
fn unwrap<E: std::fmt::Debug>(result: Result<(), E>) {
    result.unwrap();
}

#[track_caller]
fn assert_silent_panic(what: &str, panics: impl FnOnce()) {
    let text = message(panics);
    assert_silent(&text, what);
    // It says something, though.
    assert!(text.len() > 20, "{what}: {text}");
}

#[test]
fn the_message_of_a_panic_would_be_seen() {
    assert_eq!(message(|| panic!("{MARKER}")), MARKER);
    assert_eq!(message(|| panic!("fixed")), "fixed");
}

#[test]
fn what_calls_return_is_unwrapped_in_silence() {
    run(async {
        for row in rows() {
            let any = request(row, Extent::Marked).await;
            let response = format!("{{\"data\":\"{MARKER}\",\"errors\":\"{MARKER}\"}}");
            let script = Scripted::new().respond_with(418, &[("set-cookie", MARKER)], response);
            let failure = failure(row, Setup::over(AnyTransport::new(script)), &*any).await.unwrap();
            assert_silent_panic(&row.name(), || unwrap(Err(&failure)));
            assert_silent_panic(&row.name(), || panic!("cannot be paid: {any:?}"));
        }
    });
}

#[test]
fn what_is_decoded_is_unwrapped_in_silence() {
    let mut count = 0;
    for typed in TYPES {
        let text = instance(&document(typed.api).root, typed.schema(), Extent::Marked);
        let spoilt = text.replace(&format!("\"{MARKER}\""), &format!("[\"{MARKER}\"]"));
        if let Err(fault) = (typed.through)(spoilt.as_bytes())
            && spoilt != text
        {
            assert_silent_panic(&typed.title(), || unwrap(Err(fault)));
            count += 1;
        }
    }
    assert!(count >= 3, "{count}");
}

#[test]
fn secrets_that_differ_are_compared_in_silence() {
    assert_silent_panic("a comparison", || assert_eq!(Secret::from(MARKER), Secret::from(format!("{MARKER}x"))));
}
