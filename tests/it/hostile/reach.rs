//! Nothing outside of their folders is read or written, whatever documents, names and files are called.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::command_line::scratch::{Scratch, TINY, run};

/// What stands outside, and may not be seen.
const CANARY: &str = "a-canary-from-outside";

/// A folder with `inside/` for documents, and a file beside it that is not theirs.
fn folders() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join("inside/deep")).expect("folders");
    let outside = format!("Pong: {{type: object, description: {CANARY}}}\n{CANARY}: [\n");
    fs::write(folder.path().join("outside.yaml"), outside).expect("a file");
    folder
}

/// References that lead out, with `OUTSIDE` for the folder's absolute path.
const LEADING_OUT: &[&str] = &[
    "../outside.yaml",
    "./../outside.yaml",
    "deep/../../outside.yaml",
    "absent/../../outside.yaml",
    "./deep/.././../outside.yaml",
    ".//..//outside.yaml",
    "../inside/../outside.yaml",
    "%2e%2e/outside.yaml",
    "%2E%2E%2Foutside.yaml",
    "..%2foutside.yaml",
    ".%2e/outside.yaml",
    "%252e%252e/outside.yaml",
    "deep%2F..%2F..%2Foutside.yaml",
    "..\\outside.yaml",
    "..%5Coutside.yaml",
    "OUTSIDE/outside.yaml",
    "%2fetc%2fpasswd",
    "/etc/passwd",
    "//localhost/outside.yaml",
    "\\\\localhost\\share\\outside.yaml",
    "\\\\?\\C:\\outside.yaml",
    "C:outside.yaml",
    "C:/outside.yaml",
    "c:\\outside.yaml",
    "C%3A/outside.yaml",
    "file:outside.yaml",
    "file:../outside.yaml",
    "file://OUTSIDE/outside.yaml",
    "FILE:///etc/passwd",
    "file%3A///etc/passwd",
    "http://127.0.0.1:9/outside.yaml",
    "https://127.0.0.1:9/outside.yaml",
    "data:application/yaml,Pong",
    "~/outside.yaml",
    "$HOME/outside.yaml",
    "../outside.yaml%00",
    "\u{0}../outside.yaml",
    "..",
    "../",
    ".",
    "deep",
    "linked.yaml",
    "linked/outside.yaml",
    "linked/inside/../outside.yaml",
    "deep/up/outside.yaml",
    "device",
    "pipe",
];

#[cfg(unix)]
#[test]
fn no_reference_leaves_the_base_folder() {
    use std::os::unix::fs::symlink;
    let folder = folders();
    let inside = folder.path().join("inside");
    symlink("../outside.yaml", inside.join("linked.yaml")).expect("a link");
    symlink("..", inside.join("linked")).expect("a link");
    symlink("../..", inside.join("deep/up")).expect("a link");
    symlink("/dev/zero", inside.join("device")).expect("a link");
    assert!(std::process::Command::new("mkfifo").arg(inside.join("pipe")).status().expect("mkfifo runs").success());
    let outside = folder.path().to_str().expect("a path");
    for reference in LEADING_OUT {
        let reference = reference.replace("OUTSIDE", outside);
        let quoted = serde_json::Value::from(format!("{reference}#/Pong")).to_string();
        let text = TINY.replace("'#/components/schemas/Pong'", &quoted);
        fs::write(inside.join("tiny.yaml"), text).expect("a file");
        for arguments in [
            &["lint", "inside/tiny.yaml"][..],
            &["generate", "inside/tiny.yaml", "--out", "out"],
            &["surface", "inside/tiny.yaml"],
        ] {
            let ran = run(folder.path(), arguments);
            assert_eq!(ran.code, 1, "{reference:?}: {ran:#?}");
            assert!(
                ran.stderr.contains("error[") && ran.stderr.contains("inside/tiny.yaml:12:"),
                "{reference:?}: {ran:#?}"
            );
            assert!(
                !ran.stderr.contains(CANARY) && !ran.stdout.contains(CANARY) && !ran.stderr.contains("root:"),
                "{reference:?}: {ran:#?}"
            );
            assert!(!folder.path().join("out").exists(), "{reference:?}");
        }
    }
}

#[test]
fn the_same_holds_for_files_that_are_referred_to() {
    let folder = folders();
    let inside = folder.path().join("inside");
    fs::write(inside.join("tiny.yaml"), TINY.replace("#/components/schemas/Pong", "deep/part.yaml#/Pong"))
        .expect("a file");
    for (reference, code) in [
        ("../../outside.yaml", 1),
        ("../outside.yaml", 1),
        ("%2e%2e/%2e%2e/outside.yaml", 1),
        ("../pong.yaml", 0),
        ("./p%20o.yaml", 0),
    ] {
        fs::write(inside.join("deep/part.yaml"), format!("Pong: {{$ref: '{reference}#/Pong'}}\n")).expect("a file");
        for file in ["pong.yaml", "deep/p o.yaml"] {
            fs::write(inside.join(file), "Pong: {type: object}\n").expect("a file");
        }
        let ran =
            run(folder.path(), &["generate", "inside/tiny.yaml", "--out", "out", "--runtime", "version = \"0.1\""]);
        assert_eq!(ran.code, code, "{reference}: {ran:#?}");
        assert!(!ran.stderr.contains(CANARY), "{reference}: {ran:#?}");
    }
}

#[test]
fn what_only_names_an_address_is_not_fetched() {
    let folder = folders();
    let text = format!(
        "{TINY}  examples: {{e: {{externalValue: 'file://{}/outside.yaml'}}}}\nexternalDocs: {{url: '../outside.yaml'}}\n",
        folder.path().display()
    );
    fs::write(folder.path().join("inside/tiny.yaml"), text).expect("a file");
    let ran = run(folder.path(), &["lint", "inside/tiny.yaml"]);
    assert!(ran.code == 0 || ran.code == 1, "{ran:#?}");
    assert!(!ran.stderr.contains(CANARY), "{ran:#?}");
}

/// Names that a file system could take for places.
const NAMES: &[&str] = &[
    "../evil",
    "..",
    ".",
    "/evil",
    "/tmp/evil",
    "a/b",
    "a/../../evil",
    "a\\b",
    "..\\evil",
    "C:",
    "C:evil",
    "C:\\evil",
    "c:/evil",
    "\\\\host\\evil",
    "~",
    "~/evil",
    "",
    " ",
    "a b",
    "a\nb",
    "evil.rs",
    "--out",
    "-",
    "con\u{0}",
];

#[test]
fn no_name_of_a_crate_is_a_path() {
    let folder = folders();
    fs::write(folder.path().join("inside/tiny.yaml"), TINY).expect("a file");
    for name in NAMES.iter().filter(|name| !name.contains('\0')) {
        let before = listing(folder.path());
        let name = format!("--name={name}");
        run(folder.path(), &["generate", "inside/tiny.yaml", "--out", "out", &name, "--runtime", "version = \"0.1\""])
            .exits(2)
            .says(&["--name"]);
        assert_eq!(listing(folder.path()), before, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn no_name_of_a_document_leads_out_of_the_output() {
    for stem in [
        "..",
        "...",
        "a\\b",
        "..\\evil",
        "C:evil",
        "C:\\evil",
        "-evil",
        "--out",
        " ",
        "a b",
        "Größe",
        "con",
        "lib",
        "\u{202e}x",
        "a\nb",
        "{evil}",
        "'\"",
    ] {
        let scratch = Scratch::new(&[("fine.yaml", TINY)]);
        let name = format!("{stem}.yaml");
        scratch.write(&format!("specs/{name}"), TINY);
        let ran = scratch.run(&["regenerate"]);
        if ran.code == 0 {
            assert!(
                scratch
                    .generated()
                    .keys()
                    .all(|path| path.starts_with("fine/") || path.starts_with(&format!("{stem}/"))),
                "{stem:?}: {ran:#?}"
            );
        } else {
            assert_eq!(ran.code, 1, "{stem:?}: {ran:#?}");
            assert!(!scratch.path().join("generated").exists(), "{stem:?}: {ran:#?}");
        }
        let document = format!("./specs/{name}");
        scratch.run(&["generate", &document, "--out", "target/out", "--runtime", "version = \"0.1\""]).exits(0);
        let manifest: toml::Table = scratch.read("target/out/Cargo.toml").parse().expect("TOML");
        let package = manifest["package"]["name"].as_str().expect("a name");
        assert!(
            package.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'),
            "{package}"
        );
        let elsewhere: Vec<String> = listing(scratch.path())
            .into_iter()
            .filter(|path| {
                !["specs", "specie.toml", "codegen", "generated", "target"]
                    .iter()
                    .any(|folder| path.starts_with(folder))
            })
            .collect();
        assert_eq!(elsewhere, Vec::<String>::new(), "{stem:?}");
    }
}

/// Every path below a folder.
fn listing(folder: &Path) -> Vec<String> {
    let mut paths = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder").map(|entry| entry.expect("an entry")) {
            if entry.file_type().expect("a kind").is_dir() {
                folders.push(entry.path());
            } else {
                paths.push(entry.path().strip_prefix(folder).expect("below").to_string_lossy().into_owned());
            }
        }
    }
    paths.sort();
    paths
}

#[test]
fn names_of_the_document_are_no_paths() {
    let names = ["../../evil", "/evil", "C:\\\\evil", "..", "mod", "lib", "con", "a/b"];
    let operations: String = (0..200).map(|index| {
        let name = names[index % names.len()];
        format!("  /p{index}: {{get: {{tags: [\"{name}\"], operationId: \"{name}/{index}\", responses: {{\"204\": {{description: \"\"}}}}}}}}\n")
    }).collect();
    let scratch = Scratch::new(&[]);
    scratch.write(
        "apis/many.yaml",
        &format!("openapi: 3.0.3\ninfo: {{title: ../evil, version: ../evil}}\npaths:\n{operations}"),
    );
    scratch.run(&["generate", "apis/many.yaml", "--out", "target/out", "--runtime", "version = \"0.1\""]).exits(0);
    for path in listing(scratch.path()) {
        assert!(
            [
                "apis/",
                "specs/",
                "specie.toml",
                "codegen/",
                "target/out/src/",
                "target/out/Cargo.toml",
                "target/out/rustfmt.toml"
            ]
            .iter()
            .any(|folder| path.starts_with(folder)),
            "{path}"
        );
        // A file may be called after a tag, by letters, digits and underscores alone.
        let is_plain = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        let of_crate = path.strip_prefix("target/out/src/").and_then(|path| path.strip_suffix(".rs"));
        assert!(of_crate.is_none_or(|path| path.split('/').all(is_plain)), "{path}");
        assert!(of_crate.is_some() || !path.contains("evil"), "{path}");
    }
}
