//! What the README and the guide show, held against what is printed.

use std::fs;
use std::path::Path;

use crate::support::{Repository, checkout};

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

/// The chapter goes on where the README ends: its document is the one that stands there.
#[test]
fn the_chapter_about_repositories_shows_what_is_printed() {
    let page = |path: &str| fs::read_to_string(checkout().join(path)).expect("a page");
    let (readme, chapter) = (page("README.md"), page("codegen/book/src/repository.md"));
    let repository = Repository::new();
    repository.write("vendor/bank.yaml", blocks(&readme, "yaml").first().expect("a document"));
    let commands =
        blocks(&chapter, "sh").into_iter().flat_map(str::lines).filter_map(|line| line.strip_prefix("specie "));
    let printed: String = commands.map(|line| repository.specie(&line.split(' ').collect::<Vec<_>>(), 0)).collect();
    let shown = blocks(&chapter, "text");
    let (begins, ends) = shown.first().and_then(|shown| shown.split_once("…\n")).expect("what is printed");
    assert!(printed.starts_with(begins), "{printed}");
    assert!(printed.contains(ends), "{printed}");
    assert!(repository.path().join("src/bank/client.rs").exists(), "the module of the last command");
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
