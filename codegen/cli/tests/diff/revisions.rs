//! A document and what git holds of it.

use std::fs;

use crate::support::{commit, diff, document, folder};

#[test]
fn the_revision_that_is_compared_with_is_named() {
    let folder = folder();
    commit(folder.path());
    let with = |format: &str| diff(folder.path(), &["--base", "HEAD~0", "new.yaml", "--format", format]).0;
    assert!(with("human").starts_with("new.yaml at HEAD~0 → new.yaml\n"), "{}", with("human"));
    assert!(with("json").contains("\"old_revision\":\"HEAD~0\""), "{}", with("json"));
    assert!(with("markdown").starts_with("### Changes of new.yaml since HEAD"), "{}", with("markdown"));
    let (files, ..) = diff(folder.path(), &["old.yaml", "new.yaml", "--format", "json"]);
    assert!(files.contains("\"old_revision\":null"), "{files}");
}

#[cfg(unix)]
#[test]
fn a_document_may_be_a_link_at_a_revision() {
    let folder = folder();
    fs::create_dir(folder.path().join("specs")).expect("a folder");
    std::os::unix::fs::symlink("../old.yaml", folder.path().join("specs/one.yaml")).expect("a link");
    std::os::unix::fs::symlink("specs/one.yaml", folder.path().join("coins.yaml")).expect("a link");
    commit(folder.path());
    for name in ["coins.yaml", "specs/one.yaml"] {
        let (same, error, code) = diff(folder.path(), &["--base", "HEAD", name]);
        assert!(same.contains("no changes") && code == Some(0), "{same}{error}");
    }
    fs::copy(folder.path().join("new.yaml"), folder.path().join("old.yaml")).expect("a copy");
    let (listing, error, code) = diff(folder.path(), &["--base", "HEAD", "coins.yaml"]);
    assert!(listing.contains("request-body-became-required") && code == Some(1), "{listing}{error}");
}

#[test]
fn a_document_is_compared_with_what_git_holds() {
    let folder = folder();
    let specs = folder.path().join("specs");
    fs::create_dir(&specs).expect("a folder");
    let shared = "type: {type: string}\n";
    let api = document("").replace("{type: string}", "{$ref: 'shared/types.yaml#/type'}");
    fs::create_dir(specs.join("shared")).expect("a folder");
    fs::write(specs.join("shared/types.yaml"), shared).expect("a file");
    fs::write(specs.join("coins.yaml"), api).expect("a file");
    commit(folder.path());
    let (same, error, code) = diff(folder.path(), &["--base", "HEAD", "specs/coins.yaml"]);
    assert!(same.contains("no changes") && code == Some(0), "{same}{error}");
    fs::write(specs.join("shared/types.yaml"), "type: {type: string, maxLength: 3}\n").expect("a file");
    let (changed, _, code) = diff(folder.path(), &["--base", "HEAD", "specs/coins.yaml"]);
    assert!(changed.contains("max-length-changed") && changed.contains("at specs/shared/types.yaml:1:"), "{changed}");
    assert_eq!(code, Some(1));
    assert_eq!(diff(folder.path(), &["--base", "--help", "specs/coins.yaml"]).2, Some(2));
    let (_, error, code) = diff(folder.path(), &["--base", "no-such-revision", "specs/coins.yaml"]);
    assert!(error.starts_with("error: git knows no revision `no-such-revision` here\nhelp: "), "{error}");
    assert_eq!(code, Some(3));
}

#[test]
fn a_revision_has_its_own_overlays_and_the_selection_of_the_configuration() {
    let folder = folder();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    let overlay = |most: &str| {
        format!(
            "overlay: 1.0.0\ninfo: {{title: T, version: '1'}}\nactions:\n- target: $.paths['/coins'].post.requestBody.content['text/plain'].schema\n  update: {{maxLength: {most}}}\n"
        )
    };
    let other = "  /other:\n    get:\n      responses: {'204': {description: Kept.}}\n";
    fs::create_dir_all(folder.path().join("vendor")).expect("a folder");
    write("vendor/coins.yaml", &format!("{}{other}", document("")));
    write("named.yaml", &overlay("5"));
    write(
        "specie.toml",
        "[[api]]\nname = \"coins\"\ndocument = \"vendor/coins.yaml\"\nout = \"crate\"\noverlays = [\"named.yaml\"]\nonly = [\"POST /coins\"]\n",
    );
    fs::create_dir(folder.path().join("crate")).expect("a folder");
    write("crate/Cargo.toml", "[package]\nversion.workspace = true\n");
    write("Cargo.toml", "[workspace.package]\nversion = \"0.3.2\"\n");
    commit(folder.path());
    // What the crate needs is counted from the version that it had.
    write("Cargo.toml", "[workspace.package]\nversion = \"0.4.0\"\n");
    // The operation that is not selected is compared with nothing.
    write("vendor/coins.yaml", &document(""));
    let (same, error, code) = diff(folder.path(), &["--base", "HEAD", "coins"]);
    assert!(same.contains("no changes") && code == Some(0), "{same}{error}");
    write("named.yaml", &overlay("4"));
    let (changed, error, code) = diff(folder.path(), &["--base", "HEAD", "coins"]);
    assert!(changed.contains("max-length-changed") && changed.contains("5 → 4"), "{changed}{error}");
    // Nothing that code names is another one, and requests that were valid are not.
    assert!(changed.contains("crate coins needs a major version: 0.3.2 → 0.4.0"), "{changed}");
    assert_eq!(code, Some(1));
}
