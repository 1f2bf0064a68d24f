//! Operations that have the ids of others: the requests are the same, and code that calls them by their ids sends other ones.

use specie_codegen::source::Source;
use specie_diff::{Audience, Finding, Format, Needs, Sources, Verdict, render, report};

use crate::documents::understood;
use crate::verdicts::verdicts;

/// Operations at places, each with the id that it has.
fn document(section: &str, ids: &[(&str, &str)]) -> Source {
    let of = |(place, id): &(&str, &str)| {
        format!("  {place}: {{post: {{operationId: {id}, responses: {{'204': {{description: Done.}}}}}}}}\n")
    };
    let all: String = ids.iter().map(of).collect();
    let paths = if section == "paths" { "" } else { "paths: {}\n" };
    Source::new("t.yaml", format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{paths}{section}:\n{all}"))
}

fn found(old: &Source, new: &Source) -> Vec<Finding> {
    report(&understood(old), &understood(new))
}

/// What code that compiles calls now: each item, with what it called and what it calls.
fn called(found: &[Finding]) -> Vec<String> {
    let changes = found.iter().flat_map(|one| &one.code).filter(|one| one.worst() == Needs::Major);
    let mut all: Vec<String> = changes
        .map(|one| {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            format!("{}: {} -> {}", one.item, text(&one.before), text(&one.after))
        })
        .collect();
    all.sort();
    all
}

#[test]
fn ids_that_change_places_break_code_and_nothing_on_the_wire() {
    let old = document("paths", &[("/capture", "capture"), ("/void", "void")]);
    let new = document("paths", &[("/capture", "void"), ("/void", "capture")]);
    let found = found(&old, &new);
    assert_eq!(verdicts(&found), ["operation-id-reassigned fine fine"; 2]);
    assert_eq!(
        called(&found),
        [
            "Client::capture(): POST /capture -> POST /void",
            "Client::void(): POST /void -> POST /capture",
            "T::capture(): POST /capture -> POST /void",
            "T::void(): POST /void -> POST /capture"
        ]
    );
    for audience in Audience::CODE {
        assert!(found.iter().all(|one| one.verdict(audience) == Verdict::Breaks), "{audience:?}");
    }
    let text = render(&found, Sources { old: &old, new: &new, revision: None, krate: None }, Format::Human);
    assert!(!text.contains("does not compile"), "{text}");
}

#[test]
fn ids_of_three_operations_and_of_webhooks_are_followed() {
    let (old, new) = ([("/a", "x"), ("/b", "y"), ("/c", "z")], [("/a", "y"), ("/b", "z"), ("/c", "x")]);
    let three = found(&document("paths", &old), &document("paths", &new));
    assert_eq!(verdicts(&three), ["operation-id-reassigned fine fine"; 3]);
    assert_eq!(called(&three).len(), 6);
    let (old, new) = ([("paid", "paid"), ("gone", "gone")], [("paid", "gone"), ("gone", "paid")]);
    let webhooks = found(&document("webhooks", &old), &document("webhooks", &new));
    assert_eq!(verdicts(&webhooks), ["operation-id-reassigned fine fine"; 2]);
    let expected = ["webhooks::gone(): webhook gone -> webhook paid", "webhooks::paid(): webhook paid -> webhook gone"];
    for line in expected {
        assert!(called(&webhooks).contains(&line.to_owned()), "{:?}", called(&webhooks));
    }
}

#[test]
fn the_id_of_an_operation_that_is_gone_is_that_of_another_one_now() {
    let old = document("paths", &[("/a", "x"), ("/b", "y")]);
    let found = found(&old, &document("paths", &[("/a", "y")]));
    assert!(verdicts(&found).contains(&"operation-id-reassigned fine fine".to_owned()), "{:?}", verdicts(&found));
    assert!(called(&found).contains(&"Client::y(): POST /b -> POST /a".to_owned()), "{:?}", called(&found));
}

#[test]
fn an_operation_that_moves_with_its_id_is_the_same_one() {
    let found = found(&document("paths", &[("/a", "x")]), &document("paths", &[("/b", "x")]));
    assert_eq!(verdicts(&found), ["operation-moved breaks breaks"]);
    assert!(called(&found).is_empty(), "{:?}", called(&found));
}
