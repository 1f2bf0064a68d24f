//! Each rule has a pair of documents that it is said of, with what it means for old clients and old servers.

mod schemas;

use std::collections::BTreeSet;

use specie_codegen::source::Source;
use specie_diff::{Example, Rule, report};

use crate::documents::{ID, NOTHING, document, findings, parameters, request_with, response, understood};
use crate::tried::of_too_many_shapes;
use crate::verdicts::verdicts;
use schemas::{COMPONENTS, DISCRIMINATORS, SCHEMAS, TRIED};

/// Changes of an operation.
const OPERATIONS: &[(&str, &str, &str)] = &[
    ("operation-deprecated fine fine", "", "deprecated: true"),
    ("operation-reactivated fine fine", "deprecated: true", ""),
    ("request-body-added breaks breaks", "", "requestBody: {required: true, content: {text/plain: {}}}"),
    ("request-body-removed breaks fine", "requestBody: {content: {text/plain: {}}}", ""),
    (
        "request-body-became-required breaks fine",
        "requestBody: {content: {text/plain: {}}}",
        "requestBody: {required: true, content: {text/plain: {}}}",
    ),
    (
        "request-body-became-optional fine breaks",
        "requestBody: {required: true, content: {text/plain: {}}}",
        "requestBody: {content: {text/plain: {}}}",
    ),
    (
        "media-type-added fine breaks",
        "requestBody: {content: {text/plain: {}}}",
        "requestBody: {content: {text/plain: {}, text/csv: {}}}",
    ),
    (
        "media-type-removed breaks fine",
        "requestBody: {content: {text/plain: {}, text/csv: {}}}",
        "requestBody: {content: {text/plain: {}}}",
    ),
    (
        "media-type-widened fine breaks",
        "requestBody: {content: {text/plain: {}}}",
        "requestBody: {content: {'text/*': {}}}",
    ),
    (
        "media-type-narrowed breaks fine",
        "requestBody: {content: {'text/*': {}}}",
        "requestBody: {content: {text/plain: {}}}",
    ),
    (
        "media-type-parameters-changed review review",
        "requestBody: {content: {application/json; version=1: {}}}",
        "requestBody: {content: {application/json; version=2: {}}}",
    ),
    (
        "media-type-schema-added breaks fine",
        "requestBody: {content: {application/json: {}}}",
        "requestBody: {content: {application/json: {schema: {type: string}}}}",
    ),
    (
        "media-type-schema-removed fine breaks",
        "requestBody: {content: {application/json: {schema: {type: string}}}}",
        "requestBody: {content: {application/json: {}}}",
    ),
    (
        "encoding-changed breaks breaks",
        "requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {p: {type: string}}}}}}",
        "requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {p: {type: string}}}, encoding: {p: {contentType: text/csv}}}}}",
    ),
    (
        "xml-changed breaks breaks",
        "requestBody: {content: {text/xml: {schema: {type: string, xml: {namespace: 'urn:a'}}}}}",
        "requestBody: {content: {text/xml: {schema: {type: string, xml: {namespace: 'urn:b'}}}}}",
    ),
    ("security-alternative-added fine breaks", "security: [{key: []}]", "security: [{key: []}, {token: []}]"),
    ("security-alternative-removed breaks fine", "security: [{key: []}, {token: []}]", "security: [{key: []}]"),
    ("security-undeclared review review", "security: [{key: []}]", "security: [{other: []}]"),
    (
        "server-added fine review",
        "servers: [{url: 'https://a.example'}]",
        "servers: [{url: 'https://a.example'}, {url: 'https://b.example'}]",
    ),
    (
        "server-removed review fine",
        "servers: [{url: 'https://a.example'}, {url: 'https://b.example'}]",
        "servers: [{url: 'https://a.example'}]",
    ),
    ("idempotency-changed breaks fine", "x-specie-idempotency: natural", ""),
];

/// Changes of one parameter; nothing stands for none.
const PARAMETERS: &[(&str, &str, &str)] = &[
    ("parameter-added fine review", "", "in: query, schema: {type: string}"),
    ("parameter-removed review fine", "in: query, schema: {type: string}", ""),
    ("parameter-moved breaks breaks", "in: query, schema: {type: string}", "in: header, schema: {type: string}"),
    (
        "parameter-became-required breaks fine",
        "in: query, schema: {type: string}",
        "in: query, required: true, schema: {type: string}",
    ),
    (
        "parameter-became-optional fine breaks",
        "in: query, required: true, schema: {type: string}",
        "in: query, schema: {type: string}",
    ),
    (
        "parameter-style-changed breaks breaks",
        "in: query, schema: {type: array, items: {type: string}}",
        "in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}",
    ),
    (
        "parameter-reserved-changed fine breaks",
        "in: query, schema: {type: string}",
        "in: query, allowReserved: true, schema: {type: string}",
    ),
    (
        "parameter-empty-changed fine breaks",
        "in: query, schema: {type: integer}",
        "in: query, allowEmptyValue: true, schema: {type: integer}",
    ),
    (
        "parameter-format-changed breaks breaks",
        "in: query, schema: {type: string}",
        "in: query, content: {application/json: {schema: {type: string}}}",
    ),
];

/// Changes of the responses.
const RESPONSES: &[(&str, &str, &str)] = &[
    (
        "status-added review breaks",
        "'200': {description: It.}",
        "'200': {description: It.}, '202': {description: Later.}",
    ),
    (
        "status-removed breaks review",
        "'200': {description: It.}, '202': {description: Later.}",
        "'200': {description: It.}",
    ),
    (
        "header-added fine breaks",
        "'200': {description: It.}",
        "'200': {description: It., headers: {X-A: {required: true, schema: {type: string}}}}",
    ),
    (
        "header-removed review fine",
        "'200': {description: It., headers: {X-A: {schema: {type: string}}}}",
        "'200': {description: It.}",
    ),
    (
        "header-became-required fine breaks",
        "'200': {description: It., headers: {X-A: {schema: {type: string}}}}",
        "'200': {description: It., headers: {X-A: {required: true, schema: {type: string}}}}",
    ),
    (
        "header-became-optional breaks fine",
        "'200': {description: It., headers: {X-A: {required: true, schema: {type: string}}}}",
        "'200': {description: It., headers: {X-A: {schema: {type: string}}}}",
    ),
    (
        "write-only-changed review fine",
        "'200': {description: It., content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}",
        "'200': {description: It., content: {application/json: {schema: {type: object, properties: {a: {type: string, writeOnly: true}}}}}}",
    ),
    (
        "link-changed review review",
        "'200': {description: It., links: {next: {operationId: one, parameters: {a: $response.header.A}}}}",
        "'200': {description: It., links: {next: {operationId: one, parameters: {a: $response.header.B}}}}",
    ),
    (
        "outcome-changed breaks fine",
        "'200': {description: It., x-specie-outcome: done}",
        "'200': {description: It., x-specie-outcome: unknown}",
    ),
];

/// Changes of a security scheme that the operation takes.
const SCHEMES: &[(&str, &str, &str)] = &[
    ("security-scheme-changed breaks breaks", "{type: http, scheme: bearer}", "{type: http, scheme: basic}"),
    (
        "security-address-changed review review",
        "{type: oauth2, flows: {password: {tokenUrl: 'https://a.example', scopes: {}}}}",
        "{type: oauth2, flows: {password: {tokenUrl: 'https://b.example', scopes: {}}}}",
    ),
    (
        "security-flow-added fine breaks",
        "{type: oauth2, flows: {}}",
        "{type: oauth2, flows: {password: {tokenUrl: 'https://a.example', scopes: {}}}}",
    ),
    (
        "security-flow-removed breaks fine",
        "{type: oauth2, flows: {password: {tokenUrl: 'https://a.example', scopes: {}}}}",
        "{type: oauth2, flows: {}}",
    ),
    (
        "security-scopes-changed fine review",
        "{type: oauth2, flows: {password: {tokenUrl: 'https://a.example', scopes: {}}}}",
        "{type: oauth2, flows: {password: {tokenUrl: 'https://a.example', scopes: {r: Read.}}}}",
    ),
];

/// A whole document.
fn whole(rest: &str) -> Source {
    Source::new("t.yaml", format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{rest}\n"))
}

fn operation(rest: &str) -> Source {
    let schemes = "components: {securitySchemes: {key: {type: apiKey, in: header, name: K}, token: {type: http, scheme: bearer}}}";
    document(&format!("      parameters: [{ID}]\n{NOTHING}\n      {rest}"), schemes)
}

fn parameter(rest: &str) -> Source {
    let own = if rest.is_empty() { String::new() } else { format!(", {{name: q, {rest}}}") };
    document(&format!("      parameters: [{ID}{own}]\n{NOTHING}"), "")
}

fn responses(all: &str) -> Source {
    document(&format!("      parameters: [{ID}]\n      responses: {{{all}}}"), "")
}

fn scheme(stated: &str) -> Source {
    let schemes = format!("components: {{securitySchemes: {{s: {stated}}}}}");
    document(&format!("      parameters: [{ID}]\n      security: [{{s: []}}]\n{NOTHING}"), &schemes)
}

fn union(discriminator: &str) -> Source {
    let branches = "[{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]";
    request_with(&format!("{{oneOf: {branches}, discriminator: {{{discriminator}}}}}"), COMPONENTS)
}

/// A webhook that is signed in a way.
fn webhook(signature: &str) -> Source {
    let body = "requestBody: {required: true, content: {application/json: {schema: {type: object}}}}";
    let stated = format!("x-specie-signature: {signature}");
    whole(&format!(
        "paths: {{}}\nwebhooks:\n  paid:\n    post:\n      operationId: paid\n      {body}\n      responses: {{'204': {{description: Done.}}}}\n      {stated}"
    ))
}

/// A list of pages, and a payout that is looked for in it.
fn payouts(pages: &str, lookup: &str) -> Source {
    let of = |name: &str| format!("content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}");
    let parameters = "[{name: reference, in: query, schema: {type: string}}, {name: page, in: query, schema: {type: integer}}, {name: from, in: query, schema: {type: integer}}]";
    let (page, payout) = (of("Page"), of("Payout"));
    whole(&format!(
        "paths:\n  /payouts:\n    get:\n      operationId: list\n{pages}\n      parameters: {parameters}\n      responses: {{'200': {{description: Some., {page}}}}}\n    post:\n      operationId: create\n{lookup}\n      x-specie-idempotency: {{field: /reference, duplicate: 409}}\n      requestBody: {{required: true, {payout}}}\n      responses: {{'201': {{description: Made., x-specie-outcome: done, {payout}}}, '409': {{description: Made before.}}}}\n\
         components: {{schemas: {{Payout: {{type: object, required: [reference], properties: {{id: {{type: string}}, reference: {{type: string}}}}}}, Page: {{type: object, required: [data], properties: {{data: {{type: array, items: {{$ref: '#/components/schemas/Payout'}}}}}}}}}}}}"
    ))
}

/// Pairs that differ in more than one part of an operation.
fn others() -> Vec<(&'static str, Source, Source)> {
    let path = |path: &str, id: &str| {
        whole(&format!(
            "paths:\n  {path}:\n    get:\n      operationId: {id}\n      responses: {{'204': {{description: Done.}}}}"
        ))
    };
    let swapped = |path: &str| {
        let names =
            ["a", "b"].map(|name| format!("{{name: {name}, in: path, required: true, schema: {{type: string}}}}"));
        whole(&format!(
            "paths:\n  '{path}':\n    get:\n      parameters: [{}]\n      responses: {{'204': {{description: Done.}}}}",
            names.join(", ")
        ))
    };
    let none = || whole("paths: {}");
    let lookup = "      x-specie-reconcile: {operation: list, parameter: reference, value: /reference, find: {items: /data, match: /reference}, resource: '', identity: /id}";
    let pages = |number: &str| format!("      x-specie-pagination: {{style: page, number: {number}, items: /data}}");
    let signed = |header: &str| webhook(&format!("{{header: {header}, algorithm: hmac-sha256-hex}}"));
    let regrouped = |branch: &str| {
        let schemas = format!("components: {{schemas: {{A: {branch}}}}}");
        request_with("{anyOf: [{$ref: '#/components/schemas/A'}, {type: boolean}]}", &schemas)
    };
    let two = |a: &str, b: &str| {
        let of = |path: &str, id: &str| format!("  {path}: {{get: {{operationId: {id}, responses: {{}}}}}}");
        whole(&format!("paths:\n{}\n{}", of("/a", a), of("/b", b)))
    };
    vec![
        ("operation-added fine breaks", none(), path("/a", "one")),
        ("operation-removed breaks fine", path("/a", "one"), none()),
        ("operation-moved breaks breaks", path("/a", "one"), path("/b", "one")),
        ("operation-id-reassigned fine fine", two("one", "two"), two("two", "one")),
        ("path-parameters-swapped review review", swapped("/{a}/{b}"), swapped("/{b}/{a}")),
        ("reconcile-changed breaks fine", payouts("", lookup), payouts("", "")),
        ("pagination-changed review review", payouts(&pages("page"), ""), payouts(&pages("from"), "")),
        ("signature-changed breaks breaks", signed("X-A"), signed("X-B")),
        ("branches-regrouped fine breaks", regrouped("{type: boolean}"), regrouped("{type: array}")),
    ]
}

/// What is said, and the two texts that it is said of.
type Row = (&'static str, &'static str, &'static str);

/// Such rows, and what makes a document of a text.
type Table<'a> = (&'a [Row], &'a dyn Fn(&str) -> Source);

fn pairs() -> Vec<(&'static str, Source, Source)> {
    let schema = |text: &str| request_with(text, "");
    let tables: [Table<'_>; 6] = [
        (SCHEMAS, &schema),
        (DISCRIMINATORS, &union),
        (OPERATIONS, &operation),
        (PARAMETERS, &parameter),
        (RESPONSES, &responses),
        (SCHEMES, &scheme),
    ];
    let made =
        tables.into_iter().flat_map(|(table, of)| table.iter().map(move |(what, old, new)| (*what, of(old), of(new))));
    made.chain(others()).collect()
}

/// Schemas of requests of which the documents' own texts say what the comparison alone does not.
fn tried() -> [(&'static str, String, String); 2] {
    let [integer, string] = ["type: integer", "type: string"].map(of_too_many_shapes);
    [(TRIED.0, TRIED.1.to_owned(), TRIED.2.to_owned()), ("too-complex review review", integer, string)]
}

#[test]
fn each_rule_is_said_of_a_pair_of_documents() {
    let mut said = BTreeSet::new();
    let mut wrong = Vec::new();
    for (what, old, new) in pairs() {
        let found = verdicts(&findings(&old, &new));
        if !found.iter().any(|line| line == what) {
            wrong.push(format!("{what}: {found:?}"));
        }
        said.extend(what.split(' ').next());
        assert!(findings(&old, &old).is_empty() && findings(&new, &new).is_empty(), "{what}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // What is found by values alone.
    for (what, old, new) in tried() {
        let [old, new] = [old, new].map(|schema| understood(&request_with(&schema, "")));
        let found = verdicts(&report(&old, &new));
        assert!(found.iter().any(|line| line == what), "{what}: {found:?}");
        assert!(report(&old, &old).is_empty() && report(&new, &new).is_empty(), "{what}");
        said.extend(what.split(' ').next());
    }
    // What is of code alone.
    let named = |id: &str| operation(&format!("operationId: {id}"));
    let renamed = report(&understood(&named("one")), &understood(&named("two")));
    said.extend(renamed.iter().map(|one| one.rule.id()));
    let all: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    assert_eq!(said, all);
}

/// Documents of the text of an example: of a parameter, of a security scheme, or of a schema in a request and in a response.
fn exemplary(text: &str) -> Vec<Source> {
    if text.starts_with("{name:") {
        return vec![parameters(text)];
    }
    let is_scheme = ["{type: http", "{type: oauth2"].iter().any(|start| text.starts_with(start));
    if is_scheme { vec![scheme(text)] } else { vec![request_with(text, ""), response(text)] }
}

#[test]
fn the_example_of_a_rule_is_one_of_it() {
    let is_part = |text: &str| text.starts_with('{') && !text.contains('…') && !text.starts_with("{propertyName");
    let (mut tried, mut wrong) = (0, Vec::new());
    for rule in Rule::ALL.iter().filter(|rule| is_part(rule.example().before) && is_part(rule.example().after)) {
        let Example { before, after } = rule.example();
        tried += 1;
        let is_said = exemplary(before).iter().zip(&exemplary(after)).any(|(old, new)| {
            let found = report(&understood(old), &understood(new));
            found.iter().any(|one| one.rule == *rule) || findings(old, new).iter().any(|one| one.rule == *rule)
        });
        if !is_said {
            wrong.push(rule.id());
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!(tried, 68, "examples that are parts of documents");
}
