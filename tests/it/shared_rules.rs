//! What the generator and the runtime both know of HTTP and JSON pointers: neither may depend on the other, so each has its own code for
//! it, and both decide alike.

use std::panic;

use specie_codegen::api::Method;
use specie_codegen::http;
use specie_codegen::pointer;
use specie_runtime::decode;
use specie_runtime::operation::OperationMethod;

/// The method of a name as the table of an operation has it: a constant of the runtime, or a name of its own.
fn of_runtime(name: &'static str) -> OperationMethod {
    if http::is_standard(name) {
        OperationMethod::Standard(name.parse().unwrap())
    } else {
        OperationMethod::named(name)
    }
}

#[test]
fn methods_are_safe_and_idempotent_to_both() {
    let names = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY"];
    let others = ["COPY", "LINK", "M-SEARCH", "PROPFIND", "PURGE", "SAFE"];
    for name in names.into_iter().chain(others) {
        let (generator, runtime) = (Method::new(name), of_runtime(name));
        assert_eq!(http::is_safe(name), runtime.is_safe(), "{name}");
        assert_eq!(generator.is_safe(), runtime.is_safe(), "{name}");
        assert_eq!(generator.is_idempotent(), runtime.is_idempotent(), "{name}");
    }
    assert!(names.iter().all(|name| http::is_standard(name)) && !others.iter().any(|name| http::is_standard(name)));
}

#[test]
fn the_same_texts_are_tokens_to_both() {
    let is_token = |text: &'static str| panic::catch_unwind(|| OperationMethod::named(text)).is_ok();
    let characters: String = (0..=u8::MAX).map(char::from).collect();
    let characters: &'static str = characters.leak();
    for (at, char) in characters.char_indices() {
        let text = &characters[at..at + char.len_utf8()];
        assert_eq!(http::is_token(text), is_token(text), "{text:?}");
    }
    for text in ["", "GET", "M-SEARCH", "a b", "a,b", "a\u{301}"] {
        assert_eq!(http::is_token(text), is_token(text), "{text:?}");
    }
}

/// Names of members with what has a meaning in a pointer.
const NAMES: &[&str] = &["", "a", "a/b", "~", "/", "~0", "~1", "~01", "~~", "m~n/o", "0", "é", " ", "%25"];

#[test]
fn names_are_escaped_and_unescaped_alike_by_both() {
    for name in NAMES {
        let (mut written, escaped) = (String::new(), format!("/{}", pointer::escape(name)));
        decode::pointer::push(&mut written, name);
        assert_eq!(written, escaped, "{name:?}");
        assert_eq!(pointer::tokens(&written), Some(vec![(*name).into()]));
        let body = serde_json::json!({ *name: 1 }).to_string();
        assert_eq!(decode::pointer::find(&body, &escaped), Some("1"), "{name:?}");
    }
}

/// What no one writes all the same: a tilde without a digit, and what begins without a slash.
#[test]
fn pointers_that_are_not_well_formed_mean_the_same_to_both() {
    for text in ["", "a", "~0", "/~", "/~2", "/a~", "//", "/~1~0", "/~01/~10"] {
        let names = pointer::tokens(text);
        let value = |names: Vec<_>| {
            names
                .into_iter()
                .rev()
                .fold(serde_json::json!(1), |held, name: std::borrow::Cow<'_, str>| serde_json::json!({ name: held }))
        };
        let is_found = |body: &str| decode::pointer::find(body, text) == Some("1");
        match names {
            Some(names) => assert!(is_found(&value(names).to_string()), "{text:?}"),
            None => assert!(decode::pointer::find("{\"a\":1,\"~\":1,\"\":1}", text).is_none(), "{text:?}"),
        }
    }
}
