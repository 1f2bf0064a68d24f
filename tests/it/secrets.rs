//! A card number, a key or a token is in no text: a marker in every secret place must not come out anywhere but on the wire.

mod capture;
mod clients;
mod panics;
mod places;
mod reconciled;
mod servers;
mod traces;
mod values;
mod webhooks;

use crate::support::instances::MARKER;

/// Asserts that a text does not show the marker.
#[track_caller]
fn assert_silent(text: &str, what: &str) {
    assert!(!text.contains(MARKER), "{what} shows a secret:\n{text}");
    // Nor in the form in which HTTP Basic carries it, at any of the three places in a group.
    for encoded in ["Y2FuYXJ5LTQxMT", "jYW5hcnktNDExM", "NhbmFyeS00MTEx"] {
        assert!(!text.contains(encoded), "{what} shows a secret in Base64:\n{text}");
    }
}

#[test]
fn the_marker_would_be_seen() {
    for prefix in ["", "a", "ab"] {
        let text = crate::support::raw::base64(&format!("{prefix}{MARKER}"));
        assert!(std::panic::catch_unwind(|| assert_silent(&text, "Base64")).is_err(), "{text}");
    }
    assert!(std::panic::catch_unwind(|| assert_silent(&format!("x{MARKER}x"), "text")).is_err());
}
