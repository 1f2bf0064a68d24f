//! The client of each fixture, and of each of the four APIs, reads what its server rejects: as the documented error or as a problem, never as a body of another form.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use specie_codegen::rust::Crate;
use specie_codegen::source::Source;

use super::builds::{WORKSPACE, fixtures, target, write};
use super::options;
use crate::support::apis::Api;
use crate::support::checkout;

/// The crates of the fixtures that have operations, each with its folder from that of the program.
fn crates() -> Vec<(Crate, String)> {
    let all = fixtures().into_iter().map(|(krate, path)| {
        let source = Source::new("specs/fixture.yaml", fs::read_to_string(path).expect("a fixture"));
        let (planned, found) = specie_codegen::planned(&source, &options(&krate));
        planned.unwrap_or_else(|| panic!("{krate}: {found:?}"))
    });
    let with_operations = all.filter(|krate| !krate.operations.is_empty());
    let within = |krate: Crate| {
        let folder = format!("../generated/{}", krate.name);
        (krate, folder)
    };
    with_operations.map(within).collect()
}

/// The crates of the four APIs, which stand in the checkout.
fn apis() -> Vec<(Crate, String)> {
    let checkout = checkout();
    let mut read = |name: &str| fs::read_to_string(checkout.join(name)).map_err(|error| error.to_string());
    let planned = Api::ALL.map(|api| {
        let source = specie_codegen::gather(&format!("specs/{}.yaml", api.name()), "specs", &mut read);
        let (planned, found) = specie_codegen::planned(&source, &options(api.name()));
        planned.unwrap_or_else(|| panic!("{}: {found:?}", api.name()))
    });
    let within = |krate: Crate| {
        let folder = checkout.join("generated").join(&krate.name).display().to_string();
        (krate, folder)
    };
    planned.into_iter().map(within).collect()
}

/// The program that provokes rejections of each operation, and says which are not read as they should be.
fn program(crates: &[(Crate, String)]) -> String {
    let mut calls = String::new();
    for (krate, _) in crates {
        let (name, fake, server) = (&krate.name, &krate.fake_name, &krate.server_name);
        // A body has no time to arrive but what is there at once.
        writeln!(
            calls,
            "    let server = {name}::server::{server}::new({name}::fake::{fake}::new()).body_timeout(std::time::Duration::ZERO);\n    \
             let server = specie_runtime::InProcess::new(server);"
        )
        .expect("a text");
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
    let crates: Vec<(Crate, String)> = crates().into_iter().chain(apis()).collect();
    let dependencies = crates.iter().fold(String::new(), |all, (Crate { name, .. }, path)| {
        format!("{all}{name} = {{ path = \"{path}\", features = [\"fake\"] }}\n")
    });
    let manifest = format!(
        "[package]\nname = \"read-rejections\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\
         bytes.workspace = true\nfutures-core.workspace = true\nhttp.workspace = true\nserde_json.workspace = true\nspecie-runtime = {{ workspace = true, features = [\"client\", \"server\"] }}\n\
         tokio = {{ workspace = true, features = [\"macros\", \"rt\", \"time\"] }}\n"
    );
    write(&folder.join("Cargo.toml"), &manifest);
    write(&folder.join("src/main.rs"), &program(&crates));
    let reading = fs::read_to_string(checkout().join("tests/fixtures/read-rejections/reading.rs"));
    write(&folder.join("src/reading.rs"), &reading.expect("the program"));
}

#[test]
fn the_client_of_every_fixture_and_api_reads_the_rejections_of_its_server() {
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
    for status in ["400", "401", "403", "404", "405", "406", "408", "413", "415", "500", "501"] {
        assert!(statuses.split(", ").any(|one| one == status), "{status}: {statuses}");
    }
    assert!(pointers.parse::<usize>().is_ok_and(|places| places > 0), "{pointers}");
}
