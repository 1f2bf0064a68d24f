//! The client of each fixture reads what its server rejects: as the documented error or as a problem, never as a body of another form.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use specie_codegen::rust::Crate;
use specie_codegen::source::Source;

use super::builds::{WORKSPACE, fixtures, target, write};
use super::options;
use crate::support::checkout;

/// The crates of the fixtures that have operations.
fn crates() -> Vec<Crate> {
    let all = fixtures().into_iter().map(|(krate, path)| {
        let source = Source::new("specs/fixture.yaml", fs::read_to_string(path).expect("a fixture"));
        let (planned, found) = specie_codegen::planned(&source, &options(&krate));
        planned.unwrap_or_else(|| panic!("{krate}: {found:?}"))
    });
    all.filter(|krate| !krate.operations.is_empty()).collect()
}

/// The program that provokes rejections of each operation, and says which are not read as they should be.
fn program(crates: &[Crate]) -> String {
    let mut calls = String::new();
    for krate in crates {
        let (name, fake, server) = (&krate.name, &krate.fake_name, &krate.server_name);
        writeln!(calls, "    let server = {name}::fake::{fake}::new().in_process();").expect("a text");
        for operation in &krate.operations {
            let request = &operation.request.name;
            writeln!(
                calls,
                "    report.operation::<{name}::server::{server}<{name}::fake::{fake}>, {name}::operations::{request}>(server.clone()).await;"
            )
            .expect("a text");
        }
    }
    format!(
        "mod reading;\n\n#[tokio::main(flavor = \"current_thread\")]\nasync fn main() {{\n    \
         let mut report = reading::Report::default();\n{calls}    \
         println!(\"{{}}\", report.wrong.join(\"\\n\"));\n    \
         println!(\"{{:?}}\", report.read.keys().collect::<Vec<_>>());\n    println!(\"{{}}\", report.pointers);\n}}\n"
    )
}

/// Writes the crate of the program, which depends on those of the fixtures.
pub(super) fn write_crate(folder: &Path) {
    let crates = crates();
    let dependencies = crates.iter().fold(String::new(), |all, Crate { name, .. }| {
        format!("{all}{name} = {{ path = \"../generated/{name}\", features = [\"fake\"] }}\n")
    });
    let manifest = format!(
        "[package]\nname = \"read-rejections\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\
         http.workspace = true\nserde_json.workspace = true\nspecie-runtime = {{ workspace = true, features = [\"client\", \"server\"] }}\n\
         tokio = {{ workspace = true, features = [\"macros\", \"rt\"] }}\n"
    );
    write(&folder.join("Cargo.toml"), &manifest);
    write(&folder.join("src/main.rs"), &program(&crates));
    let reading = fs::read_to_string(checkout().join("tests/fixtures/read-rejections/reading.rs"));
    write(&folder.join("src/reading.rs"), &reading.expect("the program"));
}

#[test]
fn the_client_of_every_fixture_reads_the_rejections_of_its_server() {
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--package", "read-rejections"])
        .current_dir(&*WORKSPACE)
        .env("CARGO_TARGET_DIR", target())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let (wrong, seen) = said.trim_end().rsplit_once("\n[").expect("the statuses");
    assert!(wrong.is_empty(), "{wrong}");
    let (statuses, pointers) = seen.split_once("]\n").expect("the places");
    for status in ["400", "401", "404", "405", "406", "413", "415", "501"] {
        assert!(statuses.split(", ").any(|one| one == status), "{status}: {statuses}");
    }
    assert!(pointers.parse::<usize>().is_ok_and(|places| places > 0), "{pointers}");
}
