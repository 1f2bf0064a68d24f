//! What holds of every document, on a folder of documents by others: `SPECIE_DIFF_CORPUS` names it, and the folders below are read as well.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use specie_codegen::source::Source;
use specie_codegen::{Manifest, Options, Program, Strictness, api_and_crate};
use specie_diff::{compare, report};

fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            documents(&path, found);
        } else if path.extension().is_some_and(|ending| ["yaml", "yml", "json"].iter().any(|one| ending == *one)) {
            found.push(path);
        }
    }
}

fn options() -> Options {
    Options {
        crate_name: "corpus".into(),
        strictness: Strictness::Lenient,
        manifest: Manifest::Workspace,
        only: Vec::new(),
        program: Program::Specie,
    }
}

#[test]
#[ignore = "takes a folder of documents from SPECIE_DIFF_CORPUS"]
fn a_document_does_not_differ_from_itself() {
    let root = std::env::var("SPECIE_DIFF_CORPUS").expect("SPECIE_DIFF_CORPUS names a folder of documents");
    let mut paths = Vec::new();
    documents(Path::new(&root), &mut paths);
    let (mut read, mut wrong) = (0, Vec::new());
    for path in paths {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let Some(found) = api_and_crate(&Source::new("x.yaml", text), &options()).0 else { continue };
        read += 1;
        let begun = Instant::now();
        let findings = report(&found, &found.clone());
        if let Some(first) = findings.first() {
            wrong.push(format!(
                "{}: {} findings, such as {} {}",
                path.display(),
                findings.len(),
                first.rule.id(),
                first.subject()
            ));
        }
        let took = begun.elapsed();
        if took.as_millis() > 500 {
            eprintln!("{} took {took:?}", path.display());
        }
    }
    assert!(wrong.is_empty(), "of {read} documents {} differ from themselves:\n{}", wrong.len(), wrong.join("\n"));
    assert!(read > 0, "no document was read");
}

/// A document of about four megabytes in which every schema refers to two others.
fn large(kind: &str) -> String {
    let schema = |index: usize| {
        let properties: Vec<String> = (0..12)
            .map(|at| format!("\"p{at}\":{{\"type\":\"string\",\"maxLength\":{},\"description\":\"What the property {at} of {index} holds.\"}}", 10 + at))
            .collect();
        let refers = |name: &str, to: usize| format!("\"{name}\":{{\"$ref\":\"#/components/schemas/S{to}\"}}");
        let kind = if index.is_multiple_of(50) { kind } else { "integer" };
        format!(
            "\"S{index}\":{{\"type\":\"object\",\"required\":[\"p0\"],\"properties\":{{{},\"n\":{{\"type\":\"{kind}\"}},{},{}}}}}",
            properties.join(","),
            refers("left", (index * 2 + 1) % SCHEMAS),
            refers("right", (index * 7 + 3) % SCHEMAS),
        )
    };
    let path = |index: usize| {
        let of = format!(
            "{{\"application/json\":{{\"schema\":{{\"$ref\":\"#/components/schemas/S{}\"}}}}}}",
            index * 5 % SCHEMAS
        );
        format!(
            "\"/p{index}\":{{\"post\":{{\"operationId\":\"o{index}\",\"requestBody\":{{\"content\":{of}}},\"responses\":{{\"200\":{{\"description\":\"It.\",\"content\":{of}}}}}}}}}"
        )
    };
    let schemas: Vec<String> = (0..SCHEMAS).map(schema).collect();
    let paths: Vec<String> = (0..400).map(path).collect();
    format!(
        "{{\"openapi\":\"3.1.0\",\"info\":{{\"title\":\"T\",\"version\":\"1\"}},\"paths\":{{{}}},\"components\":{{\"schemas\":{{{}}}}}}}",
        paths.join(","),
        schemas.join(",")
    )
}

const SCHEMAS: usize = 3_200;

/// What the program allocates with, so that times are its own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[test]
#[ignore = "measures times, which mean something in a release build on a quiet machine alone"]
fn two_large_documents_are_compared() {
    let (old, new) = (large("integer"), large("string"));
    assert!(old.len() > 3_800_000, "{} bytes", old.len());
    let begun = Instant::now();
    let read = |text: &str| api_and_crate(&Source::new("t.json", text), &options()).0.expect("a document");
    let (one, other) = rayon::join(|| read(&old), || read(&new));
    let to_read = begun.elapsed();
    let findings = report(&one, &other);
    let took = begun.elapsed();
    eprintln!(
        "{} findings: read and planned in {to_read:?}, compared in {:?}",
        findings.len(),
        took.saturating_sub(to_read)
    );
    let now = Instant::now();
    let wire = compare(&one.api, &other.api).len();
    eprintln!("{wire} of them on the wire, which alone takes {:?}", now.elapsed());
    assert!(findings.len() >= SCHEMAS / 50, "{} findings", findings.len());
    assert!(cfg!(debug_assertions) || took.as_millis() < 1_000, "two documents of four megabytes took {took:?}");
}
