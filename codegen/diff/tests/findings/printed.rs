//! The forms in which findings are printed.

use specie_codegen::source::Source;
use specie_diff::{Allowed, Audience, ComparedCrate, Format, Sources, Version, render, report};

use crate::documents::{findings, parameters, request, request_with, response, understood};

#[test]
fn every_form_names_the_rule_and_the_line() {
    let (old, new) = (request("{type: string, maxLength: 5}"), request("{type: string, maxLength: 4}"));
    let found = findings(&old, &new);
    let sources = Sources { old: &old, new: &new, revision: None, krate: None };
    let human = render(&found, sources, Format::Human);
    assert!(human.contains("BREAKS  max-length-changed  POST /coins/{id}") && human.contains("5 → 4"), "{human}");
    assert!(human.contains("at t.yaml:7:"), "{human}");
    let json = render(&found, sources, Format::Json);
    assert!(json.starts_with("{\"schema_version\":1,") && json.contains("\"old-clients\":\"breaks\""), "{json}");
    let markdown = render(&found, sources, Format::Markdown);
    assert!(markdown.contains("| **breaks** | – |") && markdown.contains("`max-length-changed`: 5 → 4"), "{markdown}");
    assert!(markdown.contains("\n\n| old clients |"), "a table is no part of a paragraph: {markdown}");
    let github = render(&found, sources, Format::Github);
    assert!(github.starts_with("::error file=t.yaml,line=7,col="), "{github}");
    // What is gone has no line in the text that GitHub shows.
    let none = Source::new("t.yaml", "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n");
    let gone =
        render(&findings(&old, &none), Sources { old: &old, new: &none, revision: None, krate: None }, Format::Github);
    assert!(gone.starts_with("::error file=t.yaml,title=operation-removed::"), "{gone}");
    assert!(render(&[], sources, Format::Human).contains("no changes"));
}

#[test]
fn what_is_to_be_reviewed_is_shown_for_whom_it_is() {
    let default =
        |value: &str| parameters(&format!("{{name: q, in: query, schema: {{type: integer, default: {value}}}}}"));
    let (old, new) = (default("1"), default("2"));
    let mut found = findings(&old, &new);
    let sources = Sources { old: &old, new: &new, revision: None, krate: None };
    let human = render(&found, sources, Format::Human);
    let both = "1 change: old clients unbroken, old servers unbroken, 1 to review for old clients, 1 to review for old servers";
    assert!(human.contains(both), "{human}");
    let github = render(&found, sources, Format::Github);
    assert!(
        github.starts_with("::warning ") && github.contains("To be reviewed for old clients, old servers."),
        "{github}"
    );
    // Once it is let pass for old clients, it is still to be reviewed for old servers.
    for finding in &mut found {
        finding.allowed = Some(Allowed { audiences: vec![Audience::OldClients], reason: "Nobody asks.".into() });
    }
    let github = render(&found, sources, Format::Github);
    assert!(github.starts_with("::notice ") && github.contains("To be reviewed for old servers."), "{github}");
}

#[test]
fn every_form_says_which_version_the_crate_needs() {
    let (old, new) = (request("{type: string}"), request("{type: integer}"));
    let found = report(&understood(&old), &understood(&new));
    let version = Version::new(0, 3, 2);
    let printed = |format: Format, version: Option<&Version>| {
        let krate = Some(ComparedCrate { name: "t", version });
        render(&found, Sources { old: &old, new: &new, revision: None, krate }, format)
    };
    for format in [Format::Human, Format::Markdown, Format::Github] {
        let text = printed(format, Some(&version));
        assert!(text.contains("crate t needs a major version: 0.3.2 → 0.4.0"), "{text}");
        let text = printed(format, None);
        assert!(text.contains("crate t needs a major version (of 0.x, the next minor one)"), "{text}");
    }
    let json = printed(Format::Json, Some(&version));
    assert!(json.contains(r#""crate_version":"0.3.2","crate_next_version":"0.4.0""#), "{json}");
    let json = printed(Format::Json, None);
    assert!(json.contains(r#""crate_version":null,"crate_next_version":null"#), "{json}");
    let krate = Some(ComparedCrate { name: "t", version: Some(&version) });
    let same = Sources { old: &old, new: &old, revision: None, krate };
    assert!(render(&[], same, Format::Human).contains("crate t needs no other version"));
    assert_eq!(render(&[], same, Format::Github), "");
}

#[test]
fn markdown_is_cut_where_a_comment_would_be_too_long() {
    let api = |kind: &str| {
        let properties: Vec<String> = (0..2_000).map(|index| format!("p{index}: {{type: {kind}}}")).collect();
        request(&format!("{{type: object, properties: {{{}}}}}", properties.join(", ")))
    };
    let (old, new) = (api("integer"), api("string"));
    let found = findings(&old, &new);
    let text = render(&found, Sources { old: &old, new: &new, revision: None, krate: None }, Format::Markdown);
    assert!(text.chars().count() < 65_536 && text.contains("2000 changes") && text.contains("more changes do not fit"));
}

#[test]
fn the_json_is_as_its_schema_says() {
    let schema: serde_json::Value = serde_json::from_str(specie_diff::JSON_SCHEMA).expect("JSON");
    let judge = jsonschema::draft202012::new(&schema).expect("a schema");
    let pairs = [
        (request("{type: string, maxLength: 5}"), request("{type: string, maxLength: 4}")),
        (request("{type: string}"), request("{type: string, default: a}")),
        (
            response("{type: string, format: own}"),
            parameters("{name: q, in: query, required: true, schema: {type: string}}"),
        ),
    ];
    for (old, new) in pairs {
        let mut found = report(&understood(&old), &understood(&new));
        let version = Version::new(1, 0, 0);
        let krate = |version| Some(ComparedCrate { name: "t", version });
        for krate in [None, krate(None), krate(Some(&version))] {
            let text = render(&found, Sources { old: &old, new: &new, revision: None, krate }, Format::Json);
            let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            let problems: Vec<String> =
                judge.iter_errors(&json).map(|error| format!("{error} at {}", error.instance_path())).collect();
            assert!(
                problems.is_empty() && json["findings"].as_array().is_some_and(|all| !all.is_empty()),
                "{problems:?}\n{text}"
            );
            if let Some(first) = found.first_mut() {
                first.allowed =
                    Some(specie_diff::Allowed { audiences: vec![Audience::OldClients], reason: "So.".into() });
            }
        }
    }
    let wrong = serde_json::json!({"schema_version": 1, "old": "", "new": "", "crate": null, "crate_needs": "all", "crate_version": null, "crate_next_version": null, "findings": []});
    assert!(!judge.is_valid(&wrong));
}

#[test]
fn a_name_that_code_loses_can_be_kept() {
    let of = |name: &str| {
        let component =
            format!("components: {{schemas: {{{name}: {{type: object, properties: {{a: {{type: string}}}}}}}}}}");
        request_with(&format!("{{$ref: '#/components/schemas/{name}'}}"), &component)
    };
    let (old, new) = (of("Coin"), of("Token"));
    let (before, after) = (understood(&old), understood(&new));
    let krate = before.krate.as_ref().map(|krate| ComparedCrate { name: &krate.name, version: None });
    let found = report(&before, &after);
    assert_eq!(found.len(), 1, "{found:?}");
    let human = render(&found, Sources { old: &old, new: &new, revision: None, krate }, Format::Human);
    assert!(human.contains("types::Coin → types::Token") && human.contains("help: `x-specie-name`"), "{human}");
    let other = understood(&of("Coin"));
    assert!(report(&before, &other).is_empty());
}
