//! A program around the generated types: it reads questions, line by line, and says what the types make of them.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Map, Value, json};
use specie_codegen::source::Source;
use specie_codegen::{Manifest, Options, Package, Strictness, generate};

use super::Question;
use crate::support::checkout;

/// What the types make of a value.
#[derive(Debug)]
pub(super) enum Verdict {
    /// It cannot be read.
    Refused(String),
    /// It can be read, and violates a constraint.
    Faulty(String),
    /// It is fine, and is written like this.
    Accepted(Value),
}

pub(super) struct Program(PathBuf);

const MAIN: &str = r#"
use serde::Serialize;
use serde::de::DeserializeOwned;
use specie_runtime::check::Violation;
use specie_runtime::{Check, Json};

/// A value whose type has a `Check` where there is something to check.
struct Checked<'a, T>(&'a T);

impl<T: Check> Checked<'_, T> {
    fn violations(&self) -> Vec<Violation> {
        specie_runtime::check::violations(self.0)
    }
}

trait Unchecked {
    fn violations(&self) -> Vec<Violation> {
        Vec::new()
    }
}

impl<T> Unchecked for Checked<'_, T> {}

fn decoded<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    Json::parse(text).and_then(|json| json.decode()).map_err(|fault| format!("refused {fault}"))
}

fn written<T: Serialize>(value: &T, found: &[Violation]) -> String {
    if let Some(first) = found.first() {
        return format!("faulty {first:?}");
    }
    match Json::encode(value) {
        Ok(json) => format!("accepted {}", json.as_str()),
        Err(fault) => format!("refused {fault}"),
    }
}

macro_rules! judge {
    ($name:ident, $text:expr) => {
        match decoded::<judged::types::$name>($text) {
            Ok(value) => written(&value, &Checked(&value).violations()),
            Err(refusal) => refusal,
        }
    };
}

fn main() {
    for line in std::io::stdin().lines() {
        let line = line.expect("a line");
        let (name, text) = line.split_once(' ').expect("a name and a value");
        let verdict = match name {
@
            _ => panic!("no schema {name}"),
        };
        println!("{}", verdict.replace('\n', " "));
    }
}
"#;

impl Program {
    /// Generates the types of some schemas, and builds the program around them.
    pub(super) fn of(components: &Map<String, Value>) -> Self {
        let folder = checkout().join("target/judged");
        let document = json!({
            "openapi": "3.1.1",
            "info": {"title": "Judged", "version": "1"},
            "paths": components.keys().map(|name| (format!("/{name}"), exchange(name))).collect::<Map<_, _>>(),
            "components": {"schemas": components},
        });
        write(&folder.join("document.json"), &document.to_string());
        let options = Options {
            crate_name: "judged".to_owned(),
            strictness: Strictness::Lenient,
            manifest: Manifest::Standalone {
                runtime: "path = \"../../../codegen/runtime\"".to_owned(),
                package: Package::default(),
            },
            only: Vec::new(),
            program: specie_codegen::Program::Xtask,
        };
        let generated = generate(&Source::new("document.json", document.to_string()), &options);
        let lost: Vec<&str> = generated.diagnostics.iter().map(|found| found.message.as_str()).collect();
        let lost: Vec<&&str> = lost.iter().filter(|message| message.contains("not checked")).collect();
        assert!(lost.is_empty(), "{lost:?}");
        for (path, text) in generated.tree.expect("a valid document").0 {
            write(&folder.join("judged").join(path), &text);
        }
        write(&folder.join("program/Cargo.toml"), MANIFEST);
        write(&folder.join("program/src/main.rs"), &MAIN.replace('@', &arms(components)));
        Self(build(&folder))
    }

    /// What the types make of each value.
    pub(super) fn verdicts(&self, questions: &[Question]) -> Vec<Verdict> {
        let mut asked = String::new();
        for (name, value) in questions {
            writeln!(asked, "{name} {value}").expect("a text");
        }
        let mut child =
            Command::new(&self.0).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut input = child.stdin.take().expect("an input");
        let writer = std::thread::spawn(move || input.write_all(asked.as_bytes()));
        let output = child.wait_with_output().expect("the program ends");
        writer.join().expect("a thread").expect("all is read");
        assert!(output.status.success());
        String::from_utf8(output.stdout).expect("text").lines().map(verdict).collect()
    }
}

fn verdict(line: &str) -> Verdict {
    let (word, rest) = line.split_once(' ').expect("a verdict");
    match word {
        "refused" => Verdict::Refused(rest.to_owned()),
        "faulty" => Verdict::Faulty(rest.to_owned()),
        _ => Verdict::Accepted(serde_json::from_str(rest).expect("JSON")),
    }
}

const MANIFEST: &str = r#"[workspace]

[package]
name = "program"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
judged = { path = "../judged", default-features = false }
serde = "1"
specie-runtime = { path = "../../../codegen/runtime", default-features = false }

[profile.dev]
debug = false
"#;

fn arms(components: &Map<String, Value>) -> String {
    let arms = components.keys().map(|name| format!("            \"{name}\" => judge!({name}, text),"));
    arms.collect::<Vec<_>>().join("\n")
}

/// A path item whose operation receives and sends lists of a schema, so that there is a type with checks for it.
fn exchange(name: &str) -> Value {
    let list = json!({"type": "array", "items": {"$ref": format!("#/components/schemas/{name}")}});
    let content = json!({"application/json": {"schema": list}});
    let body = json!({"required": true, "content": content});
    json!({"post": {"requestBody": body, "responses": {"200": {"description": "The same.", "content": content}}}})
}

/// Writes a file, unless it is like that already: what did not change is not built again.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|found| found == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn build(folder: &Path) -> PathBuf {
    // The same versions as the workspace has, which are there.
    fs::copy(checkout().join("Cargo.lock"), folder.join("program/Cargo.lock")).expect("a lock file");
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline"])
        .current_dir(folder.join("program"))
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder.join("target/debug/program")
}
