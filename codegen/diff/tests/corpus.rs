//! What holds of every document, on a folder of documents by others: `SPECIE_DIFF_CORPUS` names it, and the folders below are read as well.

use std::fs;
use std::path::{Path, PathBuf};

use specie_codegen::source::Source;
use specie_codegen::{Strictness, meaning};
use specie_diff::compare;

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

#[test]
#[ignore = "takes a folder of documents from SPECIE_DIFF_CORPUS"]
fn a_document_does_not_differ_from_itself() {
    let root = std::env::var("SPECIE_DIFF_CORPUS").expect("SPECIE_DIFF_CORPUS names a folder of documents");
    let mut paths = Vec::new();
    documents(Path::new(&root), &mut paths);
    let (mut read, mut wrong) = (0, Vec::new());
    for path in paths {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let Some(found) = meaning(&Source::new("x.yaml", text), Strictness::Lenient, &[]).0 else { continue };
        read += 1;
        let begun = std::time::Instant::now();
        let findings = compare(&found.api, &found.api.clone());
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
