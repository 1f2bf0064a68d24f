use std::collections::HashMap;

use super::{Bundled, bundled};
use crate::document::Document;
use crate::source::{FileId, Source};
use crate::strictness::Strictness;
use crate::syntax;
use crate::syntax::Node;

const HEAD: &str = "openapi: 3.0.4\ninfo: {title: T, version: '1'}\n";

fn run(root: &str, others: &[(&str, &str)], strictness: Strictness) -> (Option<Bundled>, Vec<String>) {
    let root = format!("{HEAD}{root}");
    let mut files: HashMap<&str, &str> = others.iter().copied().collect();
    files.insert("specs/root.yaml", &root);
    let mut read = |name: &str| files.get(name).map(|text| (*text).to_owned()).ok_or_else(|| "no such file".to_owned());
    let gathered = crate::gather("specs/root.yaml", "specs", &mut read);
    let (documents, mut diagnostics) = syntax::read(&gathered);
    let (bundled, found) = bundled(&gathered.source, documents, strictness);
    diagnostics.extend(found);
    diagnostics.sort();
    (bundled, diagnostics.iter().map(|found| found.code.as_str().to_owned()).collect())
}

fn resolved(root: &str, others: &[(&str, &str)]) -> Node {
    let (resolved, codes) = run(root, others, Strictness::Strict);
    resolved.unwrap_or_else(|| panic!("{codes:?}")).root
}

fn json(root: &Node, pointer: &str) -> String {
    root.at(pointer).map_or_else(|| "nothing".to_owned(), Node::to_json_text)
}

#[test]
fn parts_of_other_files_become_components() {
    let root = resolved(
        "paths: {}\ncomponents:\n  schemas:\n    A:\n      type: object\n      properties:\n        money: {$ref: shared/money.yaml}\n        code: {$ref: 'shared/money.yaml#/properties/code'}\n        again: {$ref: './shared/../shared/money.yaml#'}\n",
        &[("specs/shared/money.yaml", "type: object\nproperties:\n  code: {type: string}\n  parent: {$ref: '#'}\n")],
    );
    assert_eq!(json(&root, "/components/schemas/A/properties/money"), r##"{"$ref":"#/components/schemas/money"}"##);
    assert_eq!(json(&root, "/components/schemas/A/properties/again"), r##"{"$ref":"#/components/schemas/money"}"##);
    assert_eq!(json(&root, "/components/schemas/A/properties/code"), r##"{"$ref":"#/components/schemas/code"}"##);
    // What was moved out leaves a reference, and one that leads back to the whole file follows it.
    assert_eq!(json(&root, "/components/schemas/money/properties/code"), r##"{"$ref":"#/components/schemas/code"}"##);
    assert_eq!(
        json(&root, "/components/schemas/money/properties/parent"),
        r##"{"$ref":"#/components/schemas/money"}"##
    );
    assert_eq!(json(&root, "/components/schemas/code"), r#"{"type":"string"}"#);
    // The reference stands where the object stood.
    let span = |pointer: &str| root.at(pointer).map(|node| node.span);
    assert_eq!(span("/components/schemas/money/properties/code/$ref"), span("/components/schemas/code"));
    assert_ne!(span("/components/schemas/code").map(|span| span.file), Some(FileId::ROOT));
}

#[test]
fn names_that_are_taken_are_told_apart() {
    let root = resolved(
        "paths: {}\ncomponents:\n  schemas:\n    Money: {type: string}\n    A: {allOf: [{$ref: 'other.yaml#/Money'}]}\n",
        &[("specs/other.yaml", "Money: {type: object}\n")],
    );
    assert_eq!(json(&root, "/components/schemas/A/allOf/0"), r##"{"$ref":"#/components/schemas/other_Money"}"##);
    assert_eq!(json(&root, "/components/schemas/other_Money"), r#"{"type":"object"}"#);
}

#[test]
fn references_lead_through_references() {
    let root = resolved(
        "paths: {}\ncomponents:\n  schemas:\n    A: {$ref: '#/components/schemas/B'}\n    B: {type: object, properties: {x: {type: string}}}\n    C: {allOf: [{$ref: '#/components/schemas/A/properties/x'}]}\n    D: {type: object, properties: {x: {$ref: 'a.yaml#/A'}}}\n",
        &[
            ("specs/a.yaml", "A: {$ref: 'b.yaml#/B'}\n"),
            ("specs/b.yaml", "B: {$ref: 'root.yaml#/components/schemas/B'}\n"),
        ],
    );
    assert_eq!(json(&root, "/components/schemas/C/allOf/0"), r##"{"$ref":"#/components/schemas/x"}"##);
    assert_eq!(json(&root, "/components/schemas/D/properties/x"), r##"{"$ref":"#/components/schemas/B"}"##);
}

#[test]
fn path_items_and_callbacks_stand_where_they_are_used() {
    let (resolved, codes) = run(
        "paths:\n  /a: {$ref: 'paths.yaml#/~1a'}\n  /b:\n    post:\n      callbacks: {done: {$ref: '#/components/callbacks/Done'}}\n      responses: {default: {$ref: 'paths.yaml#/odd'}}\ncomponents:\n  callbacks:\n    Done:\n      '{$url}': {$ref: 'paths.yaml#/~1a'}\n",
        &[("specs/paths.yaml", "/a:\n  get:\n    responses: {default: {$ref: '#/odd'}}\nodd: {description: Odd.}\n")],
        Strictness::Strict,
    );
    let Bundled { root, version, .. } = resolved.unwrap_or_else(|| panic!("{codes:?}"));
    let get = r##"{"get":{"responses":{"default":{"$ref":"#/components/responses/odd"}}}}"##;
    assert_eq!(json(&root, "/paths/~1a"), get);
    assert_eq!(json(&root, "/paths/~1b/post/callbacks/done/{$url}"), get);
    assert_eq!(json(&root, "/components/callbacks/Done/{$url}"), get);
    let document = Document::read(&root, version).expect("a document");
    let callback =
        document.skeleton.paths.paths.get("/b").and_then(|item| item.as_item()).and_then(|item| item.post.as_ref());
    assert_eq!(callback.map(|operation| operation.callbacks.len()), Some(1));
}

#[test]
fn a_path_item_has_what_stands_beside_its_reference() {
    let (resolved, codes) = run(
        "paths:\n  /a:\n    $ref: 'paths.yaml#/item'\n    get: {operationId: own, responses: {default: {description: A.}}}\n    \
         post: {operationId: lost, responses: {default: {description: B.}}}\n",
        &[("specs/paths.yaml", "item: {post: {operationId: named, responses: {default: {description: C.}}}}\n")],
        Strictness::Lenient,
    );
    let root = resolved.unwrap_or_else(|| panic!("{codes:?}")).root;
    let id = |method: &str| json(&root, &format!("/paths/~1a/{method}/operationId"));
    assert_eq!([id("get"), id("post")], [r#""own""#, r#""named""#]);
    assert_eq!(codes, ["ref-siblings"]);
}

#[test]
fn callbacks_of_further_methods_stand_where_they_are_used() {
    let text = "\
openapi: 3.2.0
info: {title: T, version: '1'}
paths:
  /a:
    query: &operation {callbacks: {done: {$ref: '#/components/callbacks/Done'}}, responses: {default: {description: Odd.}}}
    additionalOperations: {COPY: *operation}
components:
  callbacks: {Done: {'{$url}': {get: {responses: {default: {description: Odd.}}}}}}
";
    let source = Source::new("root.yaml", text);
    let (documents, _) = syntax::read(&source);
    let (found, diagnostics) = bundled(&source, documents, Strictness::Strict);
    let root = found.unwrap_or_else(|| panic!("{diagnostics:?}")).root;
    for operation in ["query", "additionalOperations/COPY"] {
        let callback = json(&root, &format!("/paths/~1a/{operation}/callbacks/done"));
        assert!(callback.contains("Odd."), "{callback}");
    }
}

#[test]
fn mappings_of_discriminators_are_references() {
    let root = resolved(
        "paths: {}\ncomponents:\n  schemas:\n    A:\n      oneOf: [{$ref: card.yaml}]\n      discriminator: {propertyName: kind, mapping: {card: ./card.yaml, other: Other}}\n    Other: {type: object}\n",
        &[("specs/card.yaml", "type: object\nproperties: {kind: {type: string}}\n")],
    );
    let mapping = r##"{"card":"#/components/schemas/card","other":"Other"}"##;
    assert_eq!(json(&root, "/components/schemas/A/discriminator/mapping"), mapping);
}

#[test]
fn links_to_operations_of_other_files_name_those_of_the_document() {
    let link = |reference: &str| {
        format!("{{responses: {{default: {{description: D., links: {{next: {{operationRef: '{reference}'}}}}}}}}}}")
    };
    let root = resolved(
        &format!(
            "paths:\n  /a/{{id}}: {{$ref: 'parts.yaml#/item'}}\n  /b: {{get: {}, put: {}}}\n",
            link("parts.yaml#/item/get"),
            link("https://a.example/api.yaml#/paths/~1b/get"),
        ),
        &[(
            "specs/parts.yaml",
            &format!("item: {{get: {}, put: {}}}\n", link("#/item/get"), link("root.yaml#/paths/~1b/get")),
        )],
    );
    for (place, expected) in [
        ("~1b/get", "#/paths/~1a~1{id}/get"),
        ("~1a~1{id}/get", "#/paths/~1a~1{id}/get"),
        ("~1a~1{id}/put", "#/paths/~1b/get"),
        ("~1b/put", "https://a.example/api.yaml#/paths/~1b/get"),
    ] {
        let found = json(&root, &format!("/paths/{place}/responses/default/links/next/operationRef"));
        assert_eq!(found, format!("\"{expected}\""), "{place}");
    }
}

#[test]
fn links_to_operations_that_the_document_does_not_have_name_no_other_one() {
    let root = resolved(
        "paths:\n  /a: {get: {responses: {default: {description: D.}}}}\n  /b: {$ref: 'other.yaml#/paths/~1b'}\n",
        &[(
            "specs/other.yaml",
            "paths:\n  /a: {get: {responses: {default: {description: D.}}}}\n  /b: {get: {responses: {default: {description: D., \
             links: {next: {operationRef: '#/paths/~1a/get'}}}}}}\n",
        )],
    );
    let found = json(&root, "/paths/~1b/get/responses/default/links/next/operationRef");
    assert_eq!(found, "\"specs/other.yaml#/paths/~1a/get\"");
}

#[test]
fn misplaced_references_are_copied() {
    let (resolved, codes) = run(
        "paths: {$ref: paths.yaml}\n",
        &[
            ("specs/paths.yaml", "/a: {get: {$ref: 'ops/get.yaml#/op'}}\n"),
            ("specs/ops/get.yaml", "op: {responses: {default: {description: Odd.}}}\n"),
        ],
        Strictness::Strict,
    );
    assert_eq!(codes, ["misplaced-reference", "misplaced-reference"]);
    let root = resolved.expect("a document").root;
    assert_eq!(json(&root, "/paths/~1a/get/responses/default/description"), "\"Odd.\"");
}

#[test]
fn what_leads_nowhere_is_refused() {
    let cases = [
        ("{$ref: '#/components/schemas/Nope'}", "dangling-reference"),
        ("{$ref: '#nope'}", "dangling-reference"),
        ("{$ref: nope.yaml}", "unreadable-file"),
        ("{$ref: ../up.yaml}", "foreign-reference"),
        ("{$ref: /etc/passwd}", "foreign-reference"),
        ("{$ref: 'https://example.com/a.yaml'}", "foreign-reference"),
        ("{$ref: '#/info'}", "reference-kind"),
        ("{$ref: '#/components/schemas'}", "reference-kind"),
        ("{$ref: 'loop.yaml#/a'}", "circular-reference"),
        ("{$ref: 5}", "wrong-type"),
    ];
    let others = [("specs/loop.yaml", "a: {$ref: '#/b'}\nb: {$ref: '#/a'}\n")];
    for (reference, code) in cases {
        let text =
            format!("paths: {{}}\ncomponents:\n  schemas:\n    A: {{type: object, properties: {{x: {reference}}}}}\n");
        let (resolved, codes) = run(&text, &others, Strictness::Strict);
        assert!(resolved.is_none(), "{reference}");
        assert_eq!(codes, [code], "{reference}");
    }
}

#[test]
fn documents_by_others_are_repaired() {
    let (resolved, codes) = run(
        "security: [{gone: []}]\npaths:\n  /a/{id}:\n    get:\n      responses: {default: {$ref: '#/components/requestBodies/R'}}\ncomponents:\n  requestBodies:\n    R: {description: R., content: {application/json: {examples: {x: {$ref: '#/components/examples/gone'}}}}}\n",
        &[],
        Strictness::Lenient,
    );
    let mut codes = codes;
    codes.sort();
    assert_eq!(
        codes,
        ["dangling-reference", "reference-kind", "undeclared-path-parameter", "undeclared-security-scheme"]
    );
    let root = resolved.expect("a document").root;
    assert_eq!(json(&root, "/security"), "[]");
    assert_eq!(json(&root, "/paths/~1a~1{id}/get/parameters/0/name"), "\"id\"");
    assert_eq!(json(&root, "/paths/~1a~1{id}/get/responses/default"), r##"{"$ref":"#/components/responses/R"}"##);
    assert_eq!(json(&root, "/components/requestBodies/R/content/application~1json/examples"), "{}");
}

#[test]
fn recursion_through_properties_is_fine() {
    let root = resolved(
        "paths: {}\ncomponents:\n  schemas:\n    Tree: {type: object, properties: {children: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}\n",
        &[],
    );
    assert_eq!(
        json(&root, "/components/schemas/Tree/properties/children/items"),
        r##"{"$ref":"#/components/schemas/Tree"}"##
    );
}

#[test]
fn the_deepest_document_that_is_read_fits_the_stack() {
    let depth = 47;
    let schema = format!("{}{{}}{}", "{allOf: [".repeat(depth), "]}".repeat(depth));
    let (resolved, codes) =
        run(&format!("paths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}\n"), &[], Strictness::Strict);
    assert!(resolved.is_some(), "{codes:?}");
    let schema = format!("{}{{}}{}", "{type: object, properties: {a: ".repeat(depth), "}}".repeat(depth));
    let (resolved, codes) =
        run(&format!("paths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}\n"), &[], Strictness::Strict);
    assert!(resolved.is_some(), "{codes:?}");
}

#[test]
fn what_a_component_only_refers_to_is_called_like_the_component() {
    let root = resolved(
        "paths: {}\ncomponents:\n  schemas:\n    Price: {$ref: money.yaml}\n    A: {type: object, properties: {money: {$ref: money.yaml}}}\n",
        &[("specs/money.yaml", "type: object\nproperties:\n  parent: {$ref: '#'}\n")],
    );
    assert_eq!(json(&root, "/components/schemas/A/properties/money"), r##"{"$ref":"#/components/schemas/Price"}"##);
    assert_eq!(
        json(&root, "/components/schemas/Price"),
        r##"{"type":"object","properties":{"parent":{"$ref":"#/components/schemas/Price"}}}"##
    );
    assert_eq!(json(&root, "/components/schemas/money"), "nothing");
}

#[test]
fn a_map_of_components_may_stand_in_another_file() {
    let (resolved, codes) = run(
        "paths: {}\ncomponents:\n  schemas: {$ref: schemas/_index.yaml}\n",
        &[
            ("specs/schemas/_index.yaml", "Bounds: {$ref: ./Bounds.yaml}\nPoint: {$ref: ./Point.yaml}\n"),
            ("specs/schemas/Bounds.yaml", "type: object\nproperties:\n  point: {$ref: ./Point.yaml}\n"),
            ("specs/schemas/Point.yaml", "type: string\n"),
        ],
        Strictness::Lenient,
    );
    let root = resolved.unwrap_or_else(|| panic!("{codes:?}")).root;
    assert_eq!(codes, ["misplaced-reference"]);
    assert_eq!(
        json(&root, "/components/schemas/Bounds/properties/point"),
        r##"{"$ref":"#/components/schemas/Point"}"##
    );
    assert_eq!(json(&root, "/components/schemas/Point"), r#"{"type":"string"}"#);
}
