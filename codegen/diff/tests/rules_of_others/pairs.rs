//! One pair for each rule of the other tools, with what the tool says of it, and why we say something else where we do.
//!
//! The levels are those of oasdiff 1.29 (an ERR is a change that can make a client of the old document fail) and the defaults of openapi-diff
//! 2.1 (`incompatible`).

mod further;
mod openapi_diff;
mod remaining;
mod request_schemas;
mod response_schemas;
mod whole;

use std::collections::BTreeSet;

use specie_codegen::ApiAndCrate;
use specie_codegen::source::Source;
use specie_diff::{Audience, Finding, Format, Sources, Verdict, Witness, render, report};

use crate::support;

/// A change that a rule of another tool is about.
pub(crate) struct Pair {
    rule: &'static str,
    /// Whether the tool says that old clients break.
    breaks: bool,
    old: String,
    new: String,
}

/// A change that the tool says breaks old clients.
pub(crate) fn breaks(rule: &'static str, old: impl Into<String>, new: impl Into<String>) -> Pair {
    Pair { rule, breaks: true, old: old.into(), new: new.into() }
}

/// A change that the tool says they cope with, or that it leaves to a person.
pub(crate) fn fine(rule: &'static str, old: impl Into<String>, new: impl Into<String>) -> Pair {
    Pair { rule, breaks: false, old: old.into(), new: new.into() }
}

/// Where we say something else, and why.
const DIFFERENT: &[(&str, &str)] = &[
    (
        "request-property-x-extensible-enum-value-removed",
        "Other values than the named ones are allowed, so whether the value is refused is for a person to judge.",
    ),
    (
        "request-parameter-x-extensible-enum-value-removed",
        "Other values than the named ones are allowed, so whether the value is refused is for a person to judge.",
    ),
    (
        "request-parameter-default-value-changed",
        "The same requests are valid. That they mean something else is for a person to judge; since 1.30 the tool takes it for no error.",
    ),
    (
        "response-property-enum-value-added",
        "A client that knows the listed values may refuse another one; since 1.30 the tool takes it for an error.",
    ),
    ("response-property-pattern-removed", "A response may hold texts that it could not hold before."),
    (
        "response-property-any-of-added",
        "A response may hold values that it could not hold before; since 1.30 the tool takes it for an error.",
    ),
    ("api-security-added", "Requests without credentials are refused; since 1.30 the tool takes it for an error."),
    (
        "request-body-discriminator-mapping-changed",
        "The value that named the branch names it no more, so old requests name none.",
    ),
    ("response-body-media-type-schema-removed", "Without a schema the body may be anything."),
    (
        "api-path-removed-with-deprecation",
        "Clients that call it fail. That it was deprecated, and for how long, is a policy of a team, and an entry of the file of suppressions says it.",
    ),
    ("request.params.decreased", "The document does not say whether a parameter that it does not list is refused."),
    ("request.readonly.increased", "The document does not say whether a request with the property is refused."),
    (
        "request.min.length.increased",
        "Shorter texts were valid and are refused. The tool judges it where it is told to.",
    ),
    ("response.header.required.increased", "A header that is always there breaks nobody who reads the response."),
    (
        "security.scheme.bearer.format.changed",
        "The format is a hint, for documentation above all (OpenAPI 3.0.4, Security Scheme Object).",
    ),
    (
        "security.scheme.oauth2.auth.url.changed",
        "The document does not say whether tokens of the old address are refused.",
    ),
    (
        "request-parameter-default-value-added",
        "The same requests are valid. That they mean something else is for a person to judge; since 1.30 the tool takes it for no error.",
    ),
    (
        "request-property-max-set",
        "Numbers above the bound were valid and are refused, as where the bound is lowered, which the tool takes for an error.",
    ),
    (
        "api-global-security-added",
        "Requests without credentials are refused; since 1.30 the tool takes it for an error.",
    ),
    ("sunset-deleted", "A sunset date is a policy of a team and no part of the wire."),
    ("api-stability-decreased", "A stability level is a policy of a team and no part of the wire."),
    (
        "response-media-type-name-changed",
        "A client that asks for the old media type by `Accept` gets none that it takes.",
    ),
    (
        "schema.pattern.changed",
        "Which of two regular expressions allows more is not computed, so it is to be reviewed.",
    ),
];

fn all() -> Vec<Pair> {
    let of_oasdiff =
        [request_schemas::pairs(), response_schemas::pairs(), further::pairs(), remaining::pairs(), whole::pairs()];
    of_oasdiff.into_iter().flatten().chain(openapi_diff::pairs()).collect()
}

fn understood(rule: &str, text: &str) -> ApiAndCrate {
    support::understood(&Source::new("t.yaml", text), &format!("{rule}\n{text}"))
}

fn findings(pair: &Pair) -> Vec<Finding> {
    report(&understood(pair.rule, &pair.old), &understood(pair.rule, &pair.new))
}

#[test]
fn our_verdict_is_that_of_the_tool_or_has_a_reason() {
    let pairs = all();
    let (mut wrong, mut different) = (Vec::new(), BTreeSet::new());
    for pair in &pairs {
        let found = findings(pair);
        let is_broken = found.iter().any(|one| one.verdict(Audience::OldClients) == Verdict::Breaks);
        let has_reason = DIFFERENT.iter().any(|(rule, _)| *rule == pair.rule);
        if is_broken == pair.breaks {
            if has_reason {
                wrong.push(format!("{}: we say the same", pair.rule));
            }
            continue;
        }
        different.insert(pair.rule);
        if !has_reason {
            let said: Vec<String> = found
                .iter()
                .map(|one| format!("{} {}", one.rule.id(), one.verdict(Audience::OldClients).as_str()))
                .collect();
            wrong.push(format!("{}: the tool says {}, we {said:?}", pair.rule, pair.breaks));
        }
    }
    assert!(wrong.is_empty(), "of {} pairs {}:\n{}", pairs.len(), wrong.len(), wrong.join("\n"));
    let rules: BTreeSet<&str> = pairs.iter().map(|pair| pair.rule).collect();
    assert_eq!(rules.len(), pairs.len(), "a rule stands twice");
    assert!(DIFFERENT.iter().all(|(rule, why)| rules.contains(rule) && why.ends_with('.')), "a reason of no rule");
    assert!(different.len() * 10 <= pairs.len(), "{} of {} pairs are different", different.len(), pairs.len());
}

#[test]
fn every_report_is_as_the_schema_of_reports_says() {
    let schema: serde_json::Value = serde_json::from_str(specie_diff::JSON_SCHEMA).expect("JSON");
    let judge = jsonschema::draft202012::new(&schema).expect("a schema");
    for pair in all() {
        let (old, new) = (Source::new("old.yaml", &*pair.old), Source::new("new.yaml", &*pair.new));
        for (old, new, one, other) in [(&old, &new, &pair.old, &pair.new), (&new, &old, &pair.new, &pair.old)] {
            let found = report(&understood(pair.rule, one), &understood(pair.rule, other));
            let text = render(&found, Sources { old, new, revision: None, krate: None }, Format::Json);
            let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            let problems: Vec<String> =
                judge.iter_errors(&json).map(|error| format!("{error} at {}", error.instance_path())).collect();
            assert!(problems.is_empty(), "{}: {problems:?}\n{text}", pair.rule);
        }
    }
}

#[test]
fn nearly_all_breaks_are_proven() {
    let (mut breaks, mut open) = (0, Vec::new());
    for pair in all() {
        for finding in findings(&pair) {
            breaks += usize::from(finding.witness.is_some());
            if finding.witness == Some(Witness::NotProven) {
                open.push(format!("{}: {} {}", pair.rule, finding.rule.id(), finding.subject()));
            }
        }
    }
    assert!(open.len() * 20 < breaks, "of {breaks} breaks {} are not proven:\n{}", open.len(), open.join("\n"));
}
