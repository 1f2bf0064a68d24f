use crate::resolve::bundled;
use crate::source::Source;
use crate::strictness::Strictness;
use crate::syntax::{self, Node};

const HEAD: &str = "openapi: 3.1.1\ninfo: {title: T, version: '1'}\n";

/// The document in one tree.
fn resolved(root: &str, others: &[(&str, &str)]) -> Result<Node, Vec<String>> {
    let mut source = Source::new("specs/root.yaml", root);
    source.base = "specs".to_owned();
    for (name, text) in others {
        source.files.insert((*name).to_owned(), Ok((*text).to_owned()));
    }
    let (documents, mut diagnostics) = syntax::read(&source);
    let (bundled, found) = bundled(&source, documents, Strictness::Lenient);
    diagnostics.extend(found);
    bundled
        .map(|bundled| bundled.root)
        .ok_or_else(|| diagnostics.iter().map(|found| format!("{}: {}", found.code.as_str(), found.message)).collect())
}

fn reference_at(root: &Node, pointer: &str) -> String {
    root.at(pointer).and_then(|node| node.get("$ref")?.as_str()).unwrap_or("nothing").to_owned()
}

#[test]
fn schemas_are_found_by_their_own_uri() {
    let root = resolved(
        &format!(
            "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    Money:\n      $id: https://pay.example/schemas/money\n      type: object\n      $defs: {{code: {{$anchor: currency, type: string}}}}\n      properties:\n        code: {{$ref: '#/$defs/code'}}\n        other: {{$ref: '#currency'}}\n        parts: {{type: array, items: {{$ref: '#'}}}}\n        owner: {{$ref: owner}}\n        plain: {{$ref: '#/components/schemas/Plain'}}\n    Owner: {{$id: 'https://pay.example/schemas/owner', type: object}}\n    Plain:\n      type: object\n      properties:\n        a: {{$ref: 'https://pay.example/schemas/money'}}\n        b: {{$ref: 'HTTPS://pay.example/schemas/./money#/$defs/code'}}\n"
        ),
        &[],
    )
    .expect("a document");
    let money = "/components/schemas/Money/properties";
    assert_eq!(reference_at(&root, &format!("{money}/code")), "#/components/schemas/code");
    assert_eq!(reference_at(&root, &format!("{money}/other")), "#/components/schemas/code");
    assert_eq!(reference_at(&root, &format!("{money}/parts/items")), "#/components/schemas/Money");
    assert_eq!(reference_at(&root, &format!("{money}/owner")), "#/components/schemas/Owner");
    // What the schema does not have is looked up in the file, as most people mean it.
    assert_eq!(reference_at(&root, &format!("{money}/plain")), "#/components/schemas/Plain");
    let plain = "/components/schemas/Plain/properties";
    assert_eq!(reference_at(&root, &format!("{plain}/a")), "#/components/schemas/Money");
    assert_eq!(reference_at(&root, &format!("{plain}/b")), "#/components/schemas/code");
    assert!(root.at("/components/schemas/Money/$id").is_none());
}

#[test]
fn a_document_is_found_by_its_own_uri() {
    let root = resolved(
        "openapi: 3.2.0\n$self: https://pay.example/api/openapi.yaml\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    A: {type: string}\n    B: {type: object, properties: {a: {$ref: 'openapi.yaml#/components/schemas/A'}, c: {$ref: ../shared/c}}}\n",
        &[("specs/parts/c.yaml", "$id: https://pay.example/shared/c\ntype: object\nproperties: {a: {$ref: '../api/openapi.yaml#/components/schemas/A'}}\n")],
    )
    .expect("a document");
    assert_eq!(reference_at(&root, "/components/schemas/B/properties/a"), "#/components/schemas/A");
    assert_eq!(reference_at(&root, "/components/schemas/B/properties/c"), "#/components/schemas/c");
    assert_eq!(reference_at(&root, "/components/schemas/c/properties/a"), "#/components/schemas/A");
}

#[test]
fn a_uri_that_nothing_has_is_refused_and_nothing_is_fetched() {
    let text = format!(
        "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    A: {{$id: 'https://pay.example/a', type: object, properties: {{b: {{$ref: 'https://pay.example/b'}}}}}}\n"
    );
    let codes = resolved(&text, &[]).expect_err("a refusal");
    assert_eq!(codes.len(), 1, "{codes:?}");
    assert!(codes[0].starts_with("foreign-reference"), "{codes:?}");
}

#[test]
fn data_has_no_uri() {
    let root = resolved(
        &format!(
            "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    A:\n      type: object\n      properties: {{$id: {{type: string}}, a: {{$ref: '#/components/schemas/B'}}}}\n      example: {{$id: 'https://pay.example/x', $ref: '#/y'}}\n    B: {{type: string}}\n"
        ),
        &[],
    )
    .expect("a document");
    assert_eq!(reference_at(&root, "/components/schemas/A/properties/a"), "#/components/schemas/B");
    assert_eq!(reference_at(&root, "/components/schemas/A/example"), "#/y");
}

#[test]
fn what_is_no_uri_of_its_own_names_nothing() {
    for id in ["#/properties/name", "#name", "my money", "{bad}", ""] {
        let root = resolved(
            &format!("{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    A: {{$ref: node.yaml}}\n"),
            &[(
                "specs/node.yaml",
                &format!("type: object\nproperties:\n  name: {{$id: '{id}', type: string}}\n  child: {{$ref: '#'}}\n"),
            )],
        )
        .expect("a document");
        assert_eq!(reference_at(&root, "/components/schemas/A/properties/child"), "#/components/schemas/A", "{id}");
    }
}

#[test]
fn a_uri_of_two_schemas_names_neither_and_each_has_its_own_definitions() {
    let schema = |of: &str, ty: &str| {
        format!(
            "    {of}: {{$id: 'https://pay.example/x', type: object, $defs: {{money: {{type: {ty}}}}}, properties: {{a: {{$ref: '#/$defs/money'}}}}}}\n"
        )
    };
    let text = |more: &str| {
        let (one, two) = (schema("One", "string"), schema("Two", "integer"));
        format!("{HEAD}paths: {{}}\ncomponents:\n  schemas:\n{one}{two}{more}")
    };
    let root = resolved(&text(""), &[]).expect("a document");
    let of = |name: &str| {
        let reference = reference_at(&root, &format!("/components/schemas/{name}/properties/a"));
        root.at(&reference[1..]).and_then(|node| node.get("type")?.as_str()).unwrap_or_default().to_owned()
    };
    assert_eq!((of("One").as_str(), of("Two").as_str()), ("string", "integer"));
    let codes = resolved(&text("    Three: {$ref: 'https://pay.example/x'}\n"), &[]).expect_err("a refusal");
    assert!(codes[0].starts_with("foreign-reference"), "{codes:?}");
}

#[test]
fn an_alias_under_another_uri_means_one_thing() {
    let text = |two: &str| {
        format!(
            "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    One:\n      $id: https://pay.example/one\n      type: object\n      $defs: {{money: {{type: string}}}}\n      properties: &p {{amount: {{$ref: '{two}'}}}}\n    Two:\n      $id: https://pay.example/two\n      type: object\n      $defs: {{money: {{type: integer}}}}\n      properties: *p\n"
        )
    };
    let codes = resolved(&text("#/$defs/money"), &[]).expect_err("a refusal");
    assert!(codes[0].starts_with("yaml-trap"), "{codes:?}");
    let root = resolved(&text("one#/$defs/money"), &[]).expect("a document");
    let of = |name: &str| reference_at(&root, &format!("/components/schemas/{name}/properties/amount"));
    assert_eq!(of("One"), of("Two"));
}

#[test]
fn long_keys_are_not_written_with_each_reference() {
    let key = "k".repeat(40_000);
    let references: Vec<String> =
        (0..4_000).map(|index| format!("        p{index}: {{$ref: 'https://pay.example/x'}}")).collect();
    let references = references.join("\n");
    let text = format!(
        "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    ? {key}\n    : {{$id: 'https://pay.example/x', type: string}}\n    A:\n      type: object\n      properties:\n{references}\n"
    );
    let codes = resolved(&text, &[]).expect_err("a refusal");
    assert!(codes[0].starts_with("too-large"), "{:.100}", codes[0]);
}

#[test]
fn a_path_item_is_found_by_the_uri_of_the_document() {
    let root = resolved(
        "openapi: 3.2.0\n$self: https://pay.example/api.yaml\ninfo: {title: T, version: '1'}\npaths: {/p: {$ref: 'https://pay.example/api.yaml#/components/pathItems/P'}}\ncomponents: {pathItems: {P: {get: {responses: {'204': {description: D.}}}}}}\n",
        &[],
    )
    .expect("a document");
    assert!(root.at("/paths/~1p/get").is_some());
}

#[test]
fn an_anchor_is_found_in_the_file_that_has_it() {
    let root = resolved(
        &format!(
            "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    A:\n      type: object\n      properties:\n        far: {{$ref: 'parts/money.yaml#amount'}}\n        near: {{$ref: '#amount'}}\n        own: {{$ref: 'parts/own.yaml#amount'}}\n    B: {{$anchor: amount, type: integer}}\n"
        ),
        &[
            ("specs/parts/money.yaml", "type: object\nproperties: {a: {$ref: '#amount'}}\n$defs: {far: {$anchor: amount, type: string}}\n"),
            ("specs/parts/own.yaml", "$id: https://pay.example/own\n$defs: {own: {$anchor: amount, type: boolean}}\n"),
        ],
    )
    .expect("a document");
    let of = |name: &str| reference_at(&root, &format!("/components/schemas/A/properties/{name}"));
    assert_eq!((of("far"), of("own")), ("#/components/schemas/far".to_owned(), "#/components/schemas/own".to_owned()));
    // It names the schema of the same file, which later stages find by its name.
    assert_eq!(of("near"), "#amount");
}
