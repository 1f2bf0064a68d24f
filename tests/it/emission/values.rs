//! What the types of a fixture read, and what they refuse.
//!
//! A fixture says so above the document: `# reads Payout {"id":"p_1"}` is read and written again as the same JSON, `# refuses Payout {}`
//! is not read.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::builds::{WORKSPACE, fixtures, target, write};

/// One value of a fixture.
struct Sample {
    /// The crate of the fixture.
    krate: String,
    ty: String,
    json: String,
    is_read: bool,
}

fn samples() -> Vec<Sample> {
    let mut found = Vec::new();
    for (krate, path) in fixtures() {
        let text = fs::read_to_string(path).expect("a fixture");
        for line in text.lines() {
            let (rest, is_read) = match (line.strip_prefix("# reads "), line.strip_prefix("# refuses ")) {
                (Some(rest), _) => (rest, true),
                (_, Some(rest)) => (rest, false),
                (None, None) => continue,
            };
            let (ty, json) = rest.split_once(' ').expect("a type and a value");
            found.push(Sample { krate: krate.clone(), ty: ty.to_owned(), json: json.to_owned(), is_read });
        }
    }
    found
}

/// The program that reads all values, and says which of them are not as they should be.
fn program(samples: &[Sample]) -> String {
    let calls: String = samples
        .iter()
        .map(|Sample { krate, ty, json, is_read }| format!("    value::<{krate}::types::{ty}>({json:?}, {is_read});\n"))
        .collect();
    format!(
        r#"use serde::{{Serialize, de::DeserializeOwned}};

fn value<T: DeserializeOwned + Serialize>(json: &str, is_read: bool) {{
    let name = std::any::type_name::<T>();
    match specie_runtime::decode::from_slice::<T>(json.as_bytes()) {{
        Ok(_) if !is_read => println!("{{name}} reads {{json}}"),
        Err(fault) if is_read => println!("{{name}} refuses {{json}}: {{fault}}"),
        Err(_) => {{}}
        Ok(value) => {{
            let same = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
            let written = serde_json::to_string(&value).unwrap_or_default();
            if same(&written) != same(json) {{
                println!("{{name}} writes {{json}} as {{written}}");
            }}
        }}
    }}
}}

fn main() {{
{calls}}}
"#
    )
}

fn manifest(samples: &[Sample]) -> String {
    let mut crates: Vec<&str> = samples.iter().map(|sample| sample.krate.as_str()).collect();
    crates.dedup();
    let crates: String =
        crates.iter().map(|krate| format!("{krate} = {{ path = \"../generated/{krate}\" }}\n")).collect();
    format!(
        "[package]\nname = \"values\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{crates}serde.workspace = true\nserde_json.workspace = true\nspecie-runtime.workspace = true\n"
    )
}

/// Writes the crate of the program, which depends on those of the fixtures.
pub(super) fn write_crate(folder: &Path) {
    let samples = samples();
    write(&folder.join("Cargo.toml"), &manifest(&samples));
    write(&folder.join("src/main.rs"), &program(&samples));
}

#[test]
fn values_are_read_and_written_as_the_fixtures_say() {
    let samples = samples();
    assert!(samples.iter().any(|sample| sample.is_read) && samples.iter().any(|sample| !sample.is_read));
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--package", "values"])
        .current_dir(&*WORKSPACE)
        .env("CARGO_TARGET_DIR", target())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
}
