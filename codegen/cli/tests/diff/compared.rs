//! Two documents: what is printed, and the exit codes.

use std::fs;

use crate::support::{commit, diff, document, folder};

#[test]
fn the_exit_code_says_whether_an_audience_breaks() {
    let folder = folder();
    let (listing, error, code) = diff(folder.path(), &["old.yaml", "new.yaml"]);
    assert!(listing.contains("BREAKS  request-body-became-required  POST /coins"), "{listing}");
    assert!(listing.contains("at new.yaml:6:"), "{listing}");
    assert!(error.contains("1 change breaks old-clients"), "{error}");
    assert_eq!(code, Some(1));
    assert_eq!(diff(folder.path(), &["old.yaml", "new.yaml", "--deny", "old-servers"]).2, Some(0));
    assert_eq!(diff(folder.path(), &["new.yaml", "old.yaml", "--deny", "old-clients,old-servers"]).2, Some(1));
    let (same, _, code) = diff(folder.path(), &["old.yaml", "old.yaml"]);
    assert!(same.contains("no changes") && code == Some(0), "{same}");
}

#[test]
fn what_cannot_be_compared_is_told_apart() {
    let folder = folder();
    fs::write(folder.path().join("wrong.yaml"), "openapi: 3.1.0\n").expect("a file");
    assert_eq!(diff(folder.path(), &["old.yaml"]).2, Some(2));
    assert_eq!(diff(folder.path(), &["old.yaml", "new.yaml", "--deny", "everyone"]).2, Some(2));
    assert_eq!(diff(folder.path(), &["old.yaml", "absent.yaml"]).2, Some(3));
    let (_, error, code) = diff(folder.path(), &["old.yaml", "wrong.yaml"]);
    assert!(error.contains("wrong.yaml cannot be compared") && code == Some(1), "{error}");
    let (text, _, code) = diff(folder.path(), &["--explain", "media-type-removed"]);
    assert!(text.starts_with("media-type-removed\n") && code == Some(0), "{text}");
    assert!(text.contains("Before:\n  content: ") && text.contains("After:\n  content: "), "{text}");
    assert!(text.contains("Keep it until no client sends it"), "{text}");
    assert_eq!(diff(folder.path(), &["--explain", "nothing"]).2, Some(2));
}

#[test]
fn a_document_that_cannot_be_read_is_no_document_that_is_wrong() {
    let folder = folder();
    fs::create_dir(folder.path().join("specs")).expect("a folder");
    fs::write(folder.path().join("bytes.yaml"), b"openapi: \xff").expect("a file");
    for (name, reason) in [("specs", "it is not a file"), ("bytes.yaml", "it is not UTF-8 text from byte 9 on")] {
        let (_, error, code) = diff(folder.path(), &["old.yaml", name]);
        assert!(error.contains(&format!("{name}: {reason}")) && code == Some(3), "{code:?} {error}");
    }
}

#[test]
fn references_may_leave_the_folder_of_a_document_within_a_wider_one() {
    let folder = folder();
    for name in ["specs", "schemas"] {
        fs::create_dir(folder.path().join(name)).expect("a folder");
    }
    let api = document("").replace("{type: string}", "{$ref: '../schemas/types.yaml#/type'}");
    fs::write(folder.path().join("specs/coins.yaml"), api).expect("a file");
    let types = |text: &str| fs::write(folder.path().join("schemas/types.yaml"), text).expect("a file");
    types("type: {type: string}\n");
    commit(folder.path());
    types("type: {type: string, maxLength: 3}\n");
    let (_, error, code) = diff(folder.path(), &["--base", "HEAD", "specs/coins.yaml"]);
    assert!(error.contains("(with `--base-folder` in `diff`)") && code == Some(1), "{error}");
    let (listing, error, code) = diff(folder.path(), &["--base", "HEAD", "--base-folder", ".", "specs/coins.yaml"]);
    assert!(listing.contains("at schemas/types.yaml:1:") && code == Some(1), "{listing}{error}");
    let specs = folder.path().join("specs");
    let (listing, error, code) = diff(&specs, &["--base", "HEAD", "--base-folder", "..", "coins.yaml"]);
    assert!(listing.contains("max-length-changed") && code == Some(1), "{listing}{error}");
    let (listing, error, code) = diff(folder.path(), &["--base-folder", ".", "specs/coins.yaml", "specs/coins.yaml"]);
    assert!(listing.contains("no changes") && code == Some(0), "{listing}{error}");
}

#[test]
fn code_is_judged_beside_the_wire() {
    let folder = folder();
    let named = |id: &str| document("").replace("    post:\n", &format!("    post:\n      operationId: {id}\n"));
    fs::write(folder.path().join("one.yaml"), named("mint")).expect("a file");
    fs::write(folder.path().join("two.yaml"), named("strike")).expect("a file");
    let (listing, _, code) = diff(folder.path(), &["one.yaml", "two.yaml"]);
    assert!(listing.contains("Client::mint() → Client::strike() (major)") && code == Some(0), "{listing}");
    assert!(
        listing.contains("crate two needs a major version") && listing.contains("the wire is the same"),
        "{listing}"
    );
    let (_, error, code) = diff(folder.path(), &["one.yaml", "two.yaml", "--deny", "rust-clients,rust-servers"]);
    assert!(error.contains("1 change breaks rust-clients, 1 change breaks rust-servers") && code == Some(1), "{error}");
}

#[test]
fn why_no_crate_can_be_made_of_a_document_is_listed() {
    let folder = folder();
    let parameter =
        "    post:\n      parameters: [{name: q, in: query, content: {application/xml: {schema: {type: string}}}}]\n";
    fs::write(folder.path().join("old.yaml"), document("").replace("    post:\n", parameter)).expect("a file");
    let (listing, error, _) = diff(folder.path(), &["old.yaml", "new.yaml"]);
    assert!(listing.contains("request-body-became-required") && !listing.contains("Rust clients"), "{listing}");
    assert!(error.contains("unsupported-parameter") && error.contains("old.yaml:6:"), "{error}");
    assert!(error.contains("note: no crate can be made of old.yaml, so the wire alone is compared"), "{error}");
    assert!(!error.contains("made of new.yaml") && !error.contains("warning["), "{error}");
}
