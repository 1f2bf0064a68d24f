//! Bad input to servers: the right status, a problem that names the place, and no handler called.

mod bodies;
mod credentials;
mod documented;
mod parameters;
mod routes;
pub mod spots;

use serde_json::Value;

use crate::support::apis::Row;
use crate::support::bench::Bench;
use crate::support::raw::{Answered, Raw};

/// Where a problem says that the fault is.
#[derive(Clone, Debug)]
pub enum Expected<'a> {
    /// No place: the request as a whole.
    Nowhere,
    /// At this JSON pointer of the body, or at the object around it with the key's name.
    Body(&'a str),
    /// In the parameter of this name, in the path, query or header.
    Parameter(&'a str, &'a str),
}

/// Asserts that a request is refused before its handler, with a problem (RFC 9457) that names the place.
pub async fn refused(row: &Row, raw: &Raw, status: u16, expected: Expected<'_>) -> Answered {
    let bench = Bench::new();
    let answered = raw.send(&row.api.in_process(bench.clone())).await;
    let what = || {
        format!("{} {expected:?} {raw:?}: {} {}", row.name(), answered.status, String::from_utf8_lossy(&answered.body))
    };
    assert!(bench.arrived().is_empty(), "the handler was called: {}", what());
    assert_eq!(answered.status, status, "{}", what());
    if raw.method == "HEAD" {
        return answered;
    }
    assert_eq!(answered.header("content-type"), "application/problem+json", "{}", what());
    let problem = answered.json();
    assert_eq!(problem["status"], status, "{}", what());
    let faults: &[Value] = problem["errors"].as_array().map_or(&[], Vec::as_slice);
    assert!(matches!(expected, Expected::Nowhere) || faults.iter().any(|fault| is_at(fault, &expected)), "{}", what());
    answered
}

fn is_at(fault: &Value, expected: &Expected<'_>) -> bool {
    match expected {
        Expected::Nowhere => true,
        Expected::Parameter(place, name) => fault["in"] == *place && fault["parameter"] == *name,
        Expected::Body(pointer) => {
            let (object, key) = pointer.rsplit_once('/').unwrap_or_default();
            let names_key = fault["detail"].as_str().unwrap().contains(&format!("`{key}`"));
            fault["pointer"] == *pointer || fault["pointer"] == object && names_key
        }
    }
}
