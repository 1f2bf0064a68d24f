//! One feature at a time: a ten-line document, and the code that comes of it.
//!
//! Each fixture names the files it is about (`# emits: …`); the rest of its crate would be the same everywhere.

mod builds;
mod programs;
mod read_rejections;
mod samples;
mod split;
mod values;

use std::fs;
use std::path::Path;

use specie_codegen::{Manifest, Options, Program, Strictness, Tree, generate, source::Source};

use crate::support::checkout;

/// Generates a fixture, which must be without a fault.
fn tree(text: &str) -> Tree {
    tree_of("fixture", text)
}

/// How fixtures are generated.
fn options(crate_name: &str) -> Options {
    Options {
        crate_name: crate_name.into(),
        strictness: Strictness::Lenient,
        manifest: Manifest::Workspace,
        only: Vec::new(),
        program: Program::Xtask,
    }
}

fn tree_of(crate_name: &str, text: &str) -> Tree {
    let source = Source::new("fixture.yaml", text);
    let generated = generate(&source, &options(crate_name));
    let listing = specie_codegen::diagnostic_formats::render(
        &generated.diagnostics,
        &source,
        specie_codegen::diagnostic_formats::Format::Human(specie_codegen::diagnostic_formats::Terminal {
            color: false,
            program: Program::Xtask,
        }),
    );
    generated.tree.unwrap_or_else(|| panic!("{listing}"))
}

fn emitted(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let files =
        text.lines().find_map(|line| line.strip_prefix("# emits: ")).expect("a fixture says which files it is about");
    let tree = tree(&text);
    let mut shown = String::new();
    for file in files.split_whitespace() {
        let content = tree.0.get(file).unwrap_or_else(|| panic!("{file} is not emitted for {}", path.display()));
        shown.push_str(&format!("// ── {file}\n{content}\n"));
    }
    shown
}

#[test]
fn each_feature_becomes_the_code_that_was_reviewed() {
    insta::glob!("../fixtures/accepted", "*.yaml", |path| {
        insta::with_settings!({ omit_expression => true, snapshot_path => "snapshots/emission", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(emitted(path));
        });
    });
}

fn diagnosed(text: &str) -> (Vec<String>, bool) {
    let options = Options {
        crate_name: "fixture".into(),
        strictness: Strictness::Lenient,
        manifest: Manifest::Workspace,
        only: Vec::new(),
        program: Program::Xtask,
    };
    let generated = generate(&Source::new("fixture.yaml", text), &options);
    let said = generated.diagnostics.iter().map(|found| format!("{}: {}", found.code.as_str(), found.message));
    (said.collect(), generated.tree.is_some())
}

/// A document by others is neither stopped nor warned because of a key that ours used to be called like.
#[test]
fn keys_of_others_are_passed_over_without_a_word() {
    let text = fs::read_to_string(checkout().join("tests/fixtures/accepted/foreign-keys.yaml")).unwrap();
    assert_eq!(diagnosed(&text), (Vec::new(), true));
}

/// `x-webhooks` is a map of path items to others as well, whatever their methods and payloads.
#[test]
fn webhooks_of_others_do_not_stop_the_generator() {
    let said = |webhook: &str| {
        let head = "openapi: 3.0.3\ninfo: {title: T, version: \"1\"}\npaths: {}\nx-webhooks:\n  paid:\n    ";
        diagnosed(&format!("{head}{webhook}\n"))
    };
    let with = |body: &str| {
        format!("requestBody: {{content: {{{body}}}}}, responses: {{\"200\": {{description: Received.}}}}")
    };
    let payload = with("application/json: {schema: {type: object}}");
    assert_eq!(said(&format!("post: {{{payload}}}")), (Vec::new(), true));
    let (messages, is_generated) = said(&format!("post: {{{}}}", with("text/plain: {schema: {type: string}}")));
    assert!(is_generated && messages.len() == 1 && messages[0].starts_with("webhook-payload: "), "{messages:?}");
    assert_eq!(said(&format!("put: {{{payload}}}")), (Vec::new(), true));
    let message = "not-generated: nothing is generated for the webhook `paid`, which is sent by `GET` without a body";
    assert_eq!(said("get: {responses: {\"200\": {description: Received.}}}"), (vec![message.to_owned()], true));
}

/// The places of the items of a file that hold no text of the document.
fn skeleton(rust: &str) -> Vec<String> {
    let file = syn::parse_file(rust).expect("what is emitted parses");
    file.items.iter().map(std::mem::discriminant).map(|kind| format!("{kind:?}")).collect()
}

#[test]
fn hostile_text_adds_no_item() {
    let hostile = "*/ \\\" }} \\\"# #![allow(x)] ``` `unclosed [link](x) [`std::fs`] <script>alert(1)</script> \\u202e \\u0007 {{ \\n\\n# heading \\n\\n```rust\\npanic!()\\n```";
    let document = |text: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: \"{text}\", version: \"{text}\", description: \"{text}\"}}\npaths:\n  /things:\n    get:\n      operationId: list\n      summary: \"{text}\"\n      description: \"{text}\"\n      parameters: [{{name: q, in: query, description: \"{text}\", schema: {{type: string, default: \"{text}\", enum: [\"{text}\", b]}}}}]\n      responses: {{\"200\": {{description: \"{text}\", content: {{application/json: {{schema: {{$ref: \"#/components/schemas/Thing\"}}}}}}}}}}\ncomponents:\n  schemas:\n    Thing: {{type: object, description: \"{text}\", required: [a], properties: {{a: {{type: string, description: \"{text}\", example: \"{text}\"}}}}}}\n"
        )
    };
    let (harmless, harmful) = (tree(&document("harmless")), tree(&document(hostile)));
    assert_eq!(harmless.0.keys().collect::<Vec<_>>(), harmful.0.keys().collect::<Vec<_>>());
    for (path, text) in &harmful.0 {
        if path.ends_with(".rs") {
            assert_eq!(skeleton(text), skeleton(&harmless.0[path]), "{path}");
        }
    }
}

#[test]
fn the_place_of_schemas_and_operations_in_the_document_changes_nothing() {
    let schemas = [
        "    Alpha: {type: object, properties: {b: {$ref: \"#/components/schemas/Beta\"}}}\n",
        "    Beta: {type: string, enum: [x]}\n",
        "    alpha: {type: string, enum: [y]}\n",
        "    Method: {type: object, required: [type], properties: {type: {type: string}}, discriminator: {propertyName: type}}\n",
        "    Card: {allOf: [{$ref: \"#/components/schemas/Method\"}, {properties: {number: {type: string}}}]}\n",
        "    Bank: {allOf: [{$ref: \"#/components/schemas/Method\"}, {properties: {iban: {type: string}}}]}\n",
    ];
    let paths = [
        "  /a: {get: {operationId: readA, responses: {\"200\": {description: A., content: {application/json: {schema: {$ref: \"#/components/schemas/Alpha\"}}}}}}}\n",
        "  /b: {get: {operationId: read_a, responses: {\"200\": {description: B., content: {application/json: {schema: {$ref: \"#/components/schemas/alpha\"}}}}}}}\n",
        "  /c: {get: {operationId: readC, responses: {\"200\": {description: C., content: {application/json: {schema: {$ref: \"#/components/schemas/Method\"}}}}}}}\n",
    ];
    let document = |paths: [&str; 3], schemas: [&str; 6]| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: \"1\"}}\npaths:\n{}components:\n  schemas:\n{}",
            paths.concat(),
            schemas.concat()
        )
    };
    let one = tree(&document(paths, schemas));
    let (mut paths, mut schemas) = (paths, schemas);
    paths.reverse();
    schemas.reverse();
    assert!(one.0["src/types.rs"].contains("pub enum Method"));
    assert_eq!(one, tree(&document(paths, schemas)));
}

/// The lines of the files in which a name meets what it sends, and the entries of tables, whatever their order.
fn lines_of(tree: &Tree) -> Vec<&str> {
    let files = ["src/types.rs", "src/operations.rs"];
    let lines = files.iter().flat_map(|file| tree.0[*file].lines());
    // The last entry of a table has no comma.
    let entries = lines.flat_map(|line| line.split([',', '{', '}']).map(str::trim));
    let mut entries: Vec<&str> = entries.filter(|entry| !entry.is_empty()).collect();
    entries.sort_unstable();
    entries
}

#[test]
fn names_that_collide_mean_the_same_wherever_they_stand() {
    let document = |values: [&str; 3], properties: [&str; 2], ids: [&str; 2]| {
        let [first, second] = properties.map(|name| format!("        {name}: {{type: string}}\n"));
        let path = |id: &str| {
            format!(
                "  /{}: {{get: {{operationId: {id}, responses: {{\"204\": {{description: D.}}}}}}}}\n",
                id.replace('_', "-")
            )
        };
        format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: \"1\"}}\npaths:\n{}{}components:\n  schemas:\n    Direction: {{type: string, enum: [{}]}}\n    Thing:\n      type: object\n      properties:\n{first}{second}",
            path(ids[0]),
            path(ids[1]),
            values.join(", ")
        )
    };
    let one = tree(&document(["asc", "ASC", "desc"], ["fooBar", "foo_bar"], ["readIt", "read_it"]));
    let other = tree(&document(["desc", "ASC", "asc"], ["foo_bar", "fooBar"], ["read_it", "readIt"]));
    assert_eq!(lines_of(&one), lines_of(&other));
    let parameters = [
        "{name: id, in: query, schema: {type: string}}",
        "{name: id, in: path, required: true, schema: {type: string}}",
    ];
    let document = |parameters: [&str; 2]| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: \"1\"}}\npaths:\n  /a/{{id}}: {{get: {{operationId: get, parameters: [{}], responses: {{\"204\": {{description: D.}}}}}}}}\n",
            parameters.join(", ")
        )
    };
    let (queried, placed) = (tree(&document(parameters)), tree(&document([parameters[1], parameters[0]])));
    assert_eq!(lines_of(&queried), lines_of(&placed));
    // The table of parameters has the document's order.
    let rows = ["id_query: query(\"id\")", "id: path"];
    for (tree, [first, second]) in [(&queried, rows), (&placed, [rows[1], rows[0]])] {
        let operations = &tree.0["src/operations.rs"];
        assert!(operations.contains(&format!("parameters: {{ {first}, {second} }},")), "{operations}");
    }
    for expected in [" Asc = \"asc\"", " AscUpper = \"ASC\""] {
        assert!(one.0["src/types.rs"].contains(expected), "{}", one.0["src/types.rs"]);
    }
}
