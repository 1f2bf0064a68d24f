//! A few cases of every target with every run of the tests, and every input that was ever a finding.

use std::fs;
use std::time::Duration;

use super::fuzzing::{Limits, TARGETS, run, target};
use crate::support::checkout;

fn fuzz(name: &str, cases: u64) {
    let target = target(name).expect("a target");
    let seeds = (target.seeds)().len() as u64;
    let limits = Limits {
        seed: 1,
        cases: seeds + cases,
        time: Duration::MAX,
        slow: Duration::MAX,
        folder: None,
        seeds: Vec::new(),
    };
    let report = run(target, limits);
    let findings: Vec<String> = report
        .findings
        .iter()
        .map(|finding| format!("{}\n{}", finding.what, String::from_utf8_lossy(&finding.input)))
        .collect();
    assert!(findings.is_empty(), "{name}:\n{}", findings.join("\n\n"));
    assert_eq!(report.cases, seeds + cases);
    assert!(report.novel > 5, "{name}: every case led to the same");
}

#[test]
fn texts_are_listed_or_taken() {
    fuzz("text", 150);
}

#[test]
fn documents_become_crates_or_listings() {
    fuzz("document", 40);
}

#[test]
fn payloads_decode_or_are_refused() {
    fuzz("decode", 2000);
}

#[test]
fn responses_become_outputs_or_errors() {
    fuzz("response", 500);
}

#[test]
fn values_in_urls_arrive_or_are_refused() {
    fuzz("url", 500);
}

#[test]
fn requests_are_answered() {
    fuzz("server", 1000);
}

#[test]
fn webhooks_are_proven_or_refused() {
    fuzz("webhook", 500);
}

#[test]
fn what_was_found_once_is_not_found_again() {
    let folder = checkout().join("tests/fixtures/hostile");
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        // The name begins with that of its target.
        let kind = name.split(['-', '.']).next().unwrap_or_default();
        let target = target(kind).unwrap_or_else(|| panic!("{name} is of no target"));
        let input = fs::read(&path).expect("a file");
        (target.run)(&input).unwrap_or_else(|what| panic!("{name}: {what}"));
        count += 1;
    }
    assert!(count > 0);
    assert_eq!(TARGETS.len(), 7);
}
