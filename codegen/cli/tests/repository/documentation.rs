//! What the README and the guide show, held against what is printed.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{Repository, checkout, said};
#[cfg(unix)]
use crate::walk::Walk;

/// What stands between the fences of a language, in their order.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let opened = page.split("```").skip(1).step_by(2);
    opened.filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n')).collect()
}

#[test]
fn the_guide_shows_what_becomes_of_its_document() {
    let page = fs::read_to_string(checkout().join("codegen/book/src/vendor.md")).expect("the chapter");
    let repository = Repository::new();
    let [document, overlay] = blocks(&page, "yaml")[..] else { panic!("a document and an overlay") };
    repository.write("shop.yaml", document);
    repository.write("shop.overlay.yaml", overlay);
    let [shown] = blocks(&page, "text")[..] else { panic!("what the program says") };
    let commands: Vec<&str> = shown.split("$ specie ").skip(1).collect();
    assert_eq!(commands.len(), 2, "{shown}");
    for (command, code) in commands.into_iter().zip([1, 0]) {
        let (arguments, expected) = command.split_once('\n').expect("a command and what it says");
        let arguments: Vec<&str> = arguments.split(' ').collect();
        assert_eq!(repository.specie(&arguments, code).trim_end(), expected.trim_end());
    }
}

/// What the front page and the chapter say, from an empty folder to crates that are built, called and held against their documents.
const PROOF: [&str; 23] = [
    "cargo new ../shop && cd ../shop",
    "mkdir vendor",
    "specie init vendor/bank.yaml",
    "specie regenerate",
    "specie surface --write",
    "cargo add --path crates/bank",
    "cargo add --path \"$(cd ../specie && pwd -P)/codegen/runtime\"",
    "cargo add --dev --path crates/bank --features fake",
    "cargo add --dev tokio --features macros,rt",
    "cargo test",
    "specie init vendor/orders.yaml --overlay specs/orders.overlay.yaml",
    "specie regenerate",
    "specie surface --write",
    "cargo add --dev --path crates/orders --features fake",
    "cargo build",
    "cargo test",
    "specie regenerate --check",
    "specie surface --check",
    "specie regenerate",
    "specie surface --write",
    "cargo test",
    "sh specie-ci.sh",
    "specie generate vendor/bank.yaml --overlay specs/bank.overlay.yaml --out src/bank --module crate::bank --side client",
];

/// The section of a page under a heading.
fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    let (_, section) = page.split_once(heading).expect("the section");
    section.split("\n## ").next().unwrap_or_default()
}

#[cfg(unix)]
#[test]
fn what_the_guide_says_of_own_repositories_is_what_happens() {
    let page = |path: &str| fs::read_to_string(checkout().join(path)).expect("a page");
    let mut walk = Walk::new();
    walk.walk(section(&page("README.md"), "\n## In your own repository\n"));
    walk.walk(&page("codegen/book/src/repository.md"));
    assert_eq!(walk.commands, PROOF);
}

/// The document of the front page can be dropped into a folder of documents that are read strictly.
#[test]
fn the_document_of_the_readme_has_no_warnings() {
    let readme = fs::read_to_string(checkout().join("README.md")).expect("the README");
    let [document] = blocks(&readme, "yaml")[..] else { panic!("one document") };
    let repository = Repository::new();
    repository.write("specs/bank.yaml", document);
    repository.write("specie.toml", "[[folder]]\ndocuments = \"specs\"\nout = \"generated\"\nstrict = true\n");
    repository.specie(&["regenerate"], 0);
}

/// A program of the pages as a reader saves it, in a function where the page has its inside alone.
fn saved(text: &str) -> String {
    if !text.lines().any(|line| line.starts_with("# ")) {
        return text.to_owned();
    }
    let lines = text.lines().filter(|line| !line.starts_with("# "));
    let inside: String =
        lines.map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect();
    format!("async fn inside() {{\n{inside}}}\n")
}

#[test]
fn programs_of_the_pages_are_formatted_as_rustfmt_does_by_itself() {
    let first = fs::read_to_string(checkout().join("tests/sandbox/tests/first.rs")).expect("a file");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("program.rs");
    let mut formatted = 0;
    for page in ["README.md", "codegen/book/src/repository.md"] {
        let page = fs::read_to_string(checkout().join(page)).expect("a page");
        // What is shown of a file of this repository has its settings.
        let own = blocks(&page, "rust,ignore").into_iter().chain(blocks(&page, "rust,no_run"));
        for text in own.filter(|text| !first.contains(text)) {
            fs::write(&file, saved(text)).expect("a file");
            let output = Command::new("rustfmt").args(["--check", "--edition", "2024"]).arg(&file).output();
            let output = output.expect("rustfmt runs");
            assert!(output.status.success(), "{}", said(&output));
            formatted += 1;
        }
    }
    assert_eq!(formatted, 3);
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let to = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).expect("a file");
        }
    }
}

/// What the README shows of a change of a spec, in a copy of the specs.
#[test]
fn the_five_steps_of_the_readme_show_what_is_printed() {
    let repository = Repository::new();
    let root = checkout();
    copy(&root.join("specs"), &repository.path().join("specs"));
    repository.write("Cargo.toml", &fs::read_to_string(root.join("Cargo.toml")).expect("the manifest"));
    repository.specie(&["regenerate"], 0);
    let spec = repository.read("specs/cublox.yaml");
    let (before, customer) = spec.split_once("\n    Customer:\n").expect("the schema");
    let customer = customer.replacen("required: [reference_id]", "required: [reference_id, phone]", 1);
    repository.write("specs/cublox.yaml", &format!("{before}\n    Customer:\n{customer}"));

    let readme = fs::read_to_string(root.join("README.md")).expect("the README");
    for (command, code) in [("regenerate", 0), ("surface --check", 1)] {
        let head = format!("   $ cargo xtask {command}\n");
        let (_, shown) = readme.split_once(&head).expect("the command is shown");
        let (shown, _) = shown.split_once("   ```").expect("the block ends");
        let shown: String = shown.lines().flat_map(|line| [line.strip_prefix("   ").unwrap_or(line), "\n"]).collect();
        let printed = repository.specie(&command.split(' ').collect::<Vec<_>>(), code);
        assert_eq!(printed.replace("`specie ", "`cargo xtask "), shown, "{command}");
    }
}
