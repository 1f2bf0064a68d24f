//! What the fakes of the fixtures answer from the document: each response is read by the type of its operation.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use specie_codegen::rust::Sample;
use specie_codegen::source::Source;

use super::builds::{WORKSPACE, fixtures, target, write};
use super::options;

/// The operations of a fixture: the type of each request, its id, and the sample.
fn operations(krate: &str, path: &Path) -> Vec<(String, String, Result<Sample, String>)> {
    let source = Source::new("specs/fixture.yaml", fs::read_to_string(path).expect("a fixture"));
    let (planned, found) = specie_codegen::planned(&source, &options(krate));
    let planned = planned.unwrap_or_else(|| panic!("{krate}: {found:?}"));
    planned.operations.into_iter().map(|one| (one.request.name, one.id, one.sample)).collect()
}

/// The program that reads all samples, and says which cannot be read.
fn program() -> String {
    let mut calls = String::new();
    for (krate, path) in fixtures() {
        for (request, id, sample) in operations(&krate, &path) {
            let Ok(Sample { status, media_type, headers, body }) = sample else { continue };
            let media = media_type.unwrap_or_default();
            writeln!(
                calls,
                "    check::<{krate}::operations::{request}>(Sample::new({id:?}, {status}, {media:?}, {body:?}).headers(&{headers:?}));"
            )
            .expect("a text");
        }
    }
    format!(
        "use specie_runtime::client::Invoke;\nuse specie_runtime::fake::Sample;\n\nfn check<O: Invoke>(sample: Sample) {{\n    \
         match sample.check::<O>() {{\n        Ok(()) => print!(\".\"),\n        \
         Err(reason) => println!(\"{{}}: {{reason}}\", std::any::type_name::<O>()),\n    }}\n}}\n\nfn main() {{\n{calls}}}\n"
    )
}

/// Writes the crate of the program, which depends on those of the fixtures.
pub(super) fn write_crate(folder: &Path) {
    let with_operations = fixtures().into_iter().filter(|(krate, path)| !operations(krate, path).is_empty());
    let crates = with_operations.fold(String::new(), |all, (krate, _)| {
        format!("{all}{krate} = {{ path = \"../generated/{krate}\", features = [\"fake\"] }}\n")
    });
    write(
        &folder.join("Cargo.toml"),
        &format!(
            "[package]\nname = \"samples\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{crates}specie-runtime.workspace = true\n"
        ),
    );
    write(&folder.join("src/main.rs"), &program());
}

#[test]
fn every_sample_of_the_fixtures_is_read_by_the_type_of_its_response() {
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--package", "samples"])
        .current_dir(&*WORKSPACE)
        .env("CARGO_TARGET_DIR", target())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let read = said.matches('.').count();
    assert!(read > 100 && said.trim_matches('.').is_empty(), "{read} are read; {said}");
}

#[test]
fn every_operation_of_a_fixture_has_a_sample() {
    let mut found = Vec::new();
    for (krate, path) in fixtures() {
        let none = operations(&krate, &path).into_iter().filter_map(|(_, id, sample)| Some((id, sample.err()?)));
        found.extend(none.map(|(id, reason)| format!("{krate} {id}: {reason}")));
    }
    assert!(found.is_empty(), "{found:#?}");
}
