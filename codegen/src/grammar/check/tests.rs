use std::collections::HashSet;

use super::Checker;
use crate::diagnostic::{Diagnostics, Severity};
use crate::grammar::{Kind, Shape, Version};
use crate::source::{FileId, Source};
use crate::strictness::Strictness;
use crate::syntax;
use crate::syntax::Node;

fn check(text: &str, kind: Kind, strictness: Strictness) -> (Node, Diagnostics) {
    let source = Source::new("a.yaml", text);
    let mut node = syntax::tree(&source, FileId::ROOT).expect("a tree");
    let known = HashSet::new();
    let is_yaml = node.entries().next().is_none_or(|(key, _)| !key.quoted);
    let mut checker = Checker::new(strictness, Version::V30, &known);
    checker.check(&mut node, Shape::Object(kind), is_yaml);
    checker.diagnostics.sort();
    (node, checker.diagnostics)
}

fn codes(text: &str, kind: Kind) -> Vec<&'static str> {
    check(text, kind, Strictness::Strict).1.iter().map(|found| found.code.as_str()).collect()
}

#[test]
fn each_slip_has_its_code() {
    let cases = [
        (Kind::Schema, "requried: [a]", "unknown-key"),
        (Kind::Schema, "x-specie-sensitiv: true", "unknown-key"),
        (Kind::Schema, "x-speci-sensitive: true", "unknown-key"),
        (Kind::Schema, "x-specie-anything: true", "unknown-key"),
        (Kind::Schema, "x-sensitive: true", "unknown-key"),
        (Kind::Schema, "x-sensitiv: true", "unknown-key"),
        (Kind::Operation, "{x-webhooks: {}, responses: {}}", "misplaced-extension"),
        (Kind::Components, "{schemas: {a: {$ref: '#/x', x-specie-sensitiv: true}}}", "unknown-key"),
        (Kind::Components, "{schemas: {a: {$ref: '#/x', x-specie-outcome: done}}}", "misplaced-extension"),
        (Kind::Schema, "in: query", "unknown-key"),
        (Kind::Schema, "const: a", "later-keyword"),
        (Kind::Schema, "type: [string, 'null']", "later-keyword"),
        (Kind::Schema, "exclusiveMinimum: 5", "later-keyword"),
        (Kind::Schema, "type: strng", "unknown-value"),
        (Kind::Schema, "maxLength: -1", "wrong-type"),
        (Kind::Schema, "maxLength: 1.5", "wrong-type"),
        (Kind::Schema, "maximum: .inf", "wrong-type"),
        (Kind::Schema, "required: true", "wrong-type"),
        (Kind::Schema, "properties: []", "wrong-type"),
        (Kind::Schema, "items: [{type: string}]", "wrong-type"),
        (Kind::Schema, "type: array", "missing-key"),
        (Kind::Schema, "description:", "empty-value"),
        (Kind::Schema, "properties: {a: }", "empty-value"),
        (Kind::Schema, "description: no", "yaml-trap"),
        (Kind::Schema, "properties: {no: {type: string}}", "yaml-trap"),
        (Kind::Schema, "example: 0123", "yaml-trap"),
        (Kind::Schema, "example: [1e3]", "yaml-trap"),
        (Kind::Schema, "{type: string, example: 12:30}", "yaml-trap"),
        (Kind::Schema, "{type: string, example: 1e3}", "yaml-trap"),
        (Kind::Schema, "maximum: 1e3", "yaml-trap"),
        (Kind::Schema, "maxLength: 0123", "yaml-trap"),
        (Kind::Schema, "nullable: yes", "yaml-trap"),
        (Kind::Schema, "{type: boolean, default: no}", "yaml-trap"),
        (Kind::Schema, "enum: []", "empty-value"),
        (Kind::Schema, "oneOf: []", "empty-value"),
        (Kind::Schema, "additionalProperties: x", "wrong-type"),
        (Kind::Schema, "required: [a, null]", "wrong-type"),
        (Kind::Operation, "respnses: {}", "unknown-key"),
        (Kind::Response, "{description: a, type: object}", "misplaced-key"),
        (Kind::RequestBody, "content: {}", "empty-value"),
        (Kind::Parameter, "{nme: a, in: query}", "unknown-key"),
        (Kind::Schema, "x-specie-sensitive: yes", "malformed-extension"),
        (Kind::Schema, "x-specie-sensitive: 'false'", "malformed-extension"),
        (Kind::Schema, "x-specie-name: 2nd number", "malformed-extension"),
        (Kind::Schema, "x-specie-name: [A]", "malformed-extension"),
        (Kind::Operation, "{x-specie-name: self, responses: {}}", "malformed-extension"),
        (Kind::Parameter, "{name: a, in: query, x-specie-name: b}", "misplaced-extension"),
        (Kind::Schema, "x-specie-outcome: done", "misplaced-extension"),
        (Kind::Schema, "x-specie-provenance: {source: rumour, reason: x}", "malformed-extension"),
        (Kind::Schema, "x-specie-provenance: [{source: public}]", "malformed-extension"),
        (Kind::Parameter, "{name: a, in: query, type: string}", "misplaced-key"),
        (Kind::Parameter, "{name: a, in: body}", "unknown-value"),
        (Kind::Parameter, "{name: 5, in: query}", "yaml-trap"),
        (Kind::PathItem, "operationId: a", "misplaced-key"),
        (Kind::Operation, "{responses: {200: {description: a}}}", "unquoted-status"),
        (Kind::Operation, "{responses: {'2xx': {description: a}}}", "bad-status"),
        (Kind::Operation, "{responses: {'600': {description: a}}}", "bad-status"),
        (Kind::Operation, "{responses: {'200': {}}}", "missing-key"),
        (Kind::Operation, "summary: a", "missing-key"),
        (Kind::Components, "{schemas: {a b: {}}}", "component-name"),
        (Kind::Components, "{schemas: {a: {$ref: '#/x', description: a}}}", "ref-siblings"),
        (Kind::Components, "{schemas: {$ref: '#/x'}}", "misplaced-reference"),
        (Kind::Paths, "{a: {}}", "path-template"),
        (Kind::SecurityScheme, "type: http", "missing-key"),
        (Kind::SecurityScheme, "{type: apiKey, name: a}", "missing-key"),
        (Kind::OpenApi, "{openapi: 3.0.4, info: {title: a, version: '1'}, paths: {}, schemas: {}}", "misplaced-key"),
        (Kind::OpenApi, "{openapi: 3.0.4, info: {title: a, version: 1.10}, paths: {}}", "yaml-trap"),
        (Kind::OpenApi, "{openapi: 3.0.4, info: {title: a, version: '1'}}", "missing-key"),
    ];
    for (kind, text, code) in cases {
        assert_eq!(codes(text, kind), [code], "{text}");
    }
}

#[test]
fn what_is_right_passes() {
    let cases = [
        (Kind::Schema, "{type: object, x-anything: {at: all}, properties: {type: {type: string}}}"),
        (Kind::Schema, "{maxLength: 100.0, minimum: 1.5e3, additionalProperties: true}"),
        (Kind::Schema, "{x-specie-provenance: {source: public, reason: x, of: [a]}, x-specie-sensitive: true}"),
        (Kind::Schema, "x-specie-sensitive: false"),
        (Kind::Schema, "x-specie-name: PayoutInvoice"),
        (Kind::Components, "{schemas: {A: {properties: {a: {$ref: '#/x', x-specie-name: type}}}}}"),
        (Kind::Operation, "{x-specie-name: list-things, responses: {}}"),
        (Kind::Schema, "{example: {$ref: '#/not/a/reference'}}"),
        (Kind::Schema, "{example: [09:30, '12:30', 12:61, 1:2:a, 2024-01-17T12:30:00Z]}"),
        (
            Kind::Operation,
            "{x-specie-idempotency: natural, x-specie-outcome: none, responses: {default: {description: a}, 4XX: {description: b}}}",
        ),
        (Kind::Operation, "{x-specie-idempotency: {field: /a, duplicate: 409}, responses: {}}"),
        (Kind::SecurityRequirement, "{anything: [a, b]}"),
    ];
    for (kind, text) in cases {
        assert_eq!(codes(text, kind), [""; 0], "{text}");
    }
    assert_eq!(codes("{\"description\": \"no\", \"maximum\": 1e3, \"example\": 1e3}", Kind::Schema), [""; 0]);
}

#[test]
fn plain_slips_are_repaired() {
    let (node, found) = check(
        "{type: string, enum: [1.10, true, null], default: 1.10, description: , maxLength: 1e1}",
        Kind::Schema,
        Strictness::Strict,
    );
    assert!(!found.has_errors());
    assert_eq!(node.to_json_text(), r#"{"type":"string","enum":["1.10","true",null],"default":"1.10","maxLength":10}"#);
    let (node, _) =
        check("{type: boolean, default: off, enum: [yes, 'no'], nullable: On}", Kind::Schema, Strictness::Strict);
    assert_eq!(node.to_json_text(), r#"{"type":"boolean","default":false,"enum":[true,"no"],"nullable":true}"#);
    let (node, _) = check("{summary: a}", Kind::Operation, Strictness::Strict);
    assert_eq!(node.to_json_text(), r#"{"summary":"a","responses":{}}"#);
}

#[test]
fn unknown_keys_are_warnings_in_documents_by_others() {
    for text in ["requried: [a]", "const: a"] {
        assert!(check(text, Kind::Schema, Strictness::Strict).1.has_errors());
        let (_, lenient) = check(text, Kind::Schema, Strictness::Lenient);
        assert!(!lenient.has_errors() && lenient.len() == 1);
    }
}

#[test]
fn a_key_without_our_prefix_is_ours_in_no_document_by_others() {
    let theirs = [
        (
            Kind::Operation,
            "{x-pagination: {limitParam: 'page[limit]'}, x-outcome: [5], x-webhooks: hello, responses: {}}",
        ),
        (Kind::Schema, "{x-sensitive: maybe, x-sensitiv: 5, x-allow: 1, x-provenance: {}, x-webhook: a, x-name: A B}"),
    ];
    for (kind, text) in theirs {
        assert_eq!(check(text, kind, Strictness::Lenient).1.len(), 0, "{text}");
    }
}

#[test]
fn a_key_with_our_prefix_is_ours_in_every_document() {
    let found = |text: &str, strictness| {
        let (_, found) = check(text, Kind::Schema, strictness);
        let [found] = found.iter().collect::<Vec<_>>()[..] else { panic!("{text}: {found:?}") };
        (found.code.as_str(), found.severity, found.help.clone().unwrap_or_default())
    };
    let unknown = [
        ("x-specie-sensitiv: true", "did you mean `x-specie-sensitive`?"),
        ("x-spceie-sensitive: true", "did you mean `x-specie-sensitive`?"),
        ("x-specie-other: true", "remove it: no key that begins with `x-specie-` but ours has a meaning"),
    ];
    for (text, help) in unknown {
        assert_eq!(found(text, Strictness::Strict), ("unknown-key", Severity::Error, help.to_owned()));
        assert_eq!(found(text, Strictness::Lenient), ("unknown-key", Severity::Warning, help.to_owned()));
    }
    let misplaced = found("x-specie-outcome: done", Strictness::Lenient);
    assert_eq!(
        misplaced,
        ("misplaced-extension", Severity::Error, "this belongs on a response or an operation".to_owned())
    );
    let former = found("x-sensitive: true", Strictness::Strict);
    assert_eq!(former, ("unknown-key", Severity::Error, "did you mean `x-specie-sensitive`?".to_owned()));
}

#[test]
fn a_misspelt_key_is_as_grave_as_the_lack_of_what_is_meant() {
    let (_, needed) = check("{nme: a, in: query}", Kind::Parameter, Strictness::Lenient);
    assert!(needed.has_errors());
    let (_, assumed) = check("{respnses: {}}", Kind::Operation, Strictness::Lenient);
    assert!(!assumed.has_errors());
    assert_eq!((needed.len(), assumed.len()), (1, 1));
}

#[test]
fn every_problem_says_what_to_do() {
    let text = "{requried: 1, type: strng, properties: {no: 5, a: {in: x}}, allOf: {}, x-specie-outcome: a, x-specie-sensitive: 5, const: 1, maxLength: a}";
    let (_, diagnostics) = check(text, Kind::Schema, Strictness::Strict);
    assert!(diagnostics.len() >= 8, "{diagnostics:?}");
    for found in &diagnostics {
        assert!(found.help.is_some(), "{found:?}");
    }
}

fn lenient(text: &str, kind: Kind) -> (String, Vec<(&'static str, Severity)>) {
    let (node, found) = check(text, kind, Strictness::Lenient);
    (node.to_json_text(), found.iter().map(|found| (found.code.as_str(), found.severity)).collect())
}

#[test]
fn a_path_without_a_slash_replaces_no_other() {
    let (_, found) = lenient("{things: {get: {responses: {}}}, /things: {}}", Kind::Paths);
    assert!(found.contains(&("duplicate-key", Severity::Error)), "{found:?}");
    let (node, found) = lenient("{things: {}}", Kind::Paths);
    assert_eq!((node.as_str(), found), (r#"{"/things":{}}"#, vec![("path-template", Severity::Warning)]));
}

#[test]
fn a_url_or_a_query_is_no_path_without_a_slash() {
    for text in ["'https://example.com/a': {}", "'?q=1': {}", "'a?q=1': {}"] {
        assert_eq!(lenient(text, Kind::Paths).1, [("path-template", Severity::Error)], "{text}");
    }
}

#[test]
fn a_text_for_a_list_is_one_item_only_where_it_can_be_no_other() {
    for text in ["required: 'true'", "required: 'False'"] {
        assert_eq!(lenient(text, Kind::Schema), ("{}".to_owned(), vec![("wrong-type", Severity::Warning)]), "{text}");
    }
    for text in ["required: 'p, q'", "required: p q", "enum: 'a,b'"] {
        assert_eq!(lenient(text, Kind::Schema).1, [("wrong-type", Severity::Error)], "{text}");
    }
    let (node, found) = lenient("required: p", Kind::Schema);
    assert_eq!((node.as_str(), found), (r#"{"required":["p"]}"#, vec![("wrong-type", Severity::Warning)]));
}

#[test]
fn help_for_other_forms_is_what_can_be_written() {
    let help = |text: &str, kind| {
        let (_, found) = check(text, kind, Strictness::Lenient);
        let found = found.iter().next().expect("a warning");
        (found.message.clone(), found.help.clone().unwrap_or_default())
    };
    let (message, date) = help("type: Date", Kind::Schema);
    assert_eq!(message, "`Date` is no type of OpenAPI, and read as `string`");
    assert_eq!(date, "write `string`, with `format: date` beside it");
    let cases = [("010", "10"), ("0x10", "16"), ("+1", "1"), (".5", "0.5")];
    for (text, canonical) in cases {
        let text = format!("{{\"minimum\": \"{text}\"}}");
        assert_eq!(help(&text, Kind::Schema).1, format!("write {canonical} without quotes"));
    }
    assert_eq!(help("{\"nullable\": \"True\"}", Kind::Schema).1, "write true without quotes");
}

#[test]
fn a_foreign_type_does_not_contradict_the_format() {
    assert_eq!(lenient("{type: datetime, format: date}", Kind::Schema).1, [("unknown-value", Severity::Error)]);
    assert_eq!(lenient("{type: datetime, format: date-time}", Kind::Schema).1, [("unknown-value", Severity::Warning)]);
    let (_, two) = lenient("{type: [date, datetime]}", Kind::Schema);
    assert!(two.contains(&("unknown-value", Severity::Error)), "{two:?}");
}

#[test]
fn types_in_a_list_are_read_as_one_alone_is() {
    let cases = [
        ("type: [datetime, 'null']", r#"{"type":["string","null"],"format":"date-time"}"#),
        ("type: [String, 'NULL']", r#"{"type":["string","null"]}"#),
        ("type: String", r#"{"type":"string"}"#),
    ];
    for (text, read) in cases {
        let (node, found) = lenient(text, Kind::Schema);
        assert_eq!(node, read);
        assert!(found.iter().all(|(_, severity)| *severity == Severity::Warning), "{found:?}");
    }
}
