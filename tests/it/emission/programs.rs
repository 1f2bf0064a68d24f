//! Small programs against two documents: one of twenty operations behind a bearer token and a base path, one of 330 without credentials.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::builds::{WORKSPACE, target, write, write_crate};
use super::tree_of;
use crate::support::checkout;

/// What the large document keeps records of, each in so many rooms.
const KINDS: &[&str] =
    &["anchor", "barrel", "candle", "drum", "easel", "flute", "globe", "hammer", "inkpot", "jug", "kettle"];

/// The rooms of each kind.
const ROOMS: &[&str] = &["attic", "cellar", "hall", "shed", "tower"];

/// The operations of one kind in one room.
const OPERATIONS: usize = 6;

/// A document of 330 operations: six of each kind in each room.
fn registry() -> String {
    let (mut paths, mut schemas) = (String::new(), String::new());
    for kind in KINDS {
        let name = capital(kind);
        writeln!(
            schemas,
            "    {name}: {{type: object, required: [id], properties: {{id: {{type: integer}}, note: {{type: string}}, weight: {{type: number}}}}}}"
        )
        .expect("a text");
        for room in ROOMS {
            paths.push_str(&operations(kind, room, &name));
        }
    }
    format!(
        "openapi: 3.1.0\ninfo: {{title: Registry, version: '1'}}\npaths:\n{paths}components:\n  schemas:\n    \
         Fault: {{type: object, required: [reason], properties: {{reason: {{type: string}}}}}}\n{schemas}"
    )
}

fn operations(kind: &str, room: &str, name: &str) -> String {
    let id = format!("{name}In{}", capital(room));
    let body = |schema: &str| format!("content: {{application/json: {{schema: {schema}}}}}");
    let one = body(&format!("{{$ref: '#/components/schemas/{name}'}}"));
    let list = body(&format!("{{type: array, items: {{$ref: '#/components/schemas/{name}'}}}}"));
    let fault = format!("default: {{description: A fault., {}}}", body("{$ref: '#/components/schemas/Fault'}"));
    let head = |verb: &str| format!("operationId: {verb}{id}, tags: [{kind}]");
    let sent = format!("requestBody: {{required: true, {one}}}");
    let done = format!("responses: {{'204': {{description: Done.}}, {fault}}}");
    let given = |content: &str| format!("responses: {{'200': {{description: What there is., {content}}}, {fault}}}");
    format!(
        "  /{room}/{kind}s:\n    get: {{{}, parameters: [{{name: heavier, in: query, schema: {{type: number}}}}], {}}}\n    \
         post: {{{}, {sent}, {}}}\n  /{room}/{kind}s/{{id}}:\n    \
         parameters: [{{name: id, in: path, required: true, schema: {{type: integer}}}}]\n    get: {{{}, {}}}\n    \
         put: {{{}, {sent}, {done}}}\n    delete: {{{}, {done}}}\n  /{room}/{kind}s/{{id}}/move:\n    \
         post: {{{}, parameters: [{{name: id, in: path, required: true, schema: {{type: integer}}}}], {done}}}\n",
        head("list"),
        given(&list),
        head("add"),
        given(&one),
        head("get"),
        given(&one),
        head("replace"),
        head("remove"),
        head("move"),
    )
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}

/// Writes the crates of both documents and that of the programs; returns their names.
pub(super) fn write_crates(folder: &Path) -> Vec<String> {
    let from = checkout().join("tests/fixtures/programs");
    let text = |file: &str| fs::read_to_string(from.join(file)).expect("a file of the programs");
    write_crate(&folder.join("garage"), &tree_of("garage", &text("garage.yaml")));
    write_crate(&folder.join("registry"), &tree_of("registry", &registry()));
    for file in ["Cargo.toml", "src/lib.rs", "tests/garage.rs", "tests/registry.rs"] {
        write(&folder.join("programs").join(file), &text(file));
    }
    ["garage", "registry", "programs"].map(str::to_owned).into()
}

#[test]
fn small_programs_call_fake_and_serve_documents_of_twenty_and_of_330_operations() {
    assert_eq!(KINDS.len() * ROOMS.len() * OPERATIONS, 330);
    let output = Command::new(env!("CARGO"))
        .args(["test", "--quiet", "--offline", "--package", "programs"])
        .current_dir(&*WORKSPACE)
        .env("CARGO_TARGET_DIR", target())
        .output()
        .expect("cargo runs");
    let said = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    assert!(output.status.success(), "{said}");
}
