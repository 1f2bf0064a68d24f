//! The folder of one crate or module: which of its files differ from those that it should have. What its owner put beside them stays.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use specie_codegen::drift::{Contents, Drift, FolderEntry, State, UNFINISHED, compare, folders_of};

use crate::failure::Failure;
use crate::folder;

/// The files of the crate or module as far as they are there, and how they differ from `tree`.
///
/// # Errors
///
/// Where `out` is no folder, or something in it cannot be read.
pub fn drift(out: &Path, tree: &BTreeMap<String, String>) -> Result<(Contents, Drift), Failure> {
    let ours: BTreeSet<&str> = tree.keys().map(String::as_str).chain(folders_of(tree)).collect();
    let is_module = !tree.contains_key("Cargo.toml");
    let found = folder::read(out, &|path| {
        is_module || ours.contains(path) || path == "src" || path.starts_with("src/") || path.ends_with(UNFINISHED)
    })?;
    let mut drift = compare(tree, &found);
    drift.retain(|path, state| match state {
        State::Missing | State::Stale | State::Unfinished => true,
        State::InTheWay => ours.contains(path.as_str()),
        // Only what an earlier run wrote is left over.
        State::Orphaned => matches!(found.get(path), Some(FolderEntry::File(bytes)) if !bytes.is_empty()),
    });
    Ok((found, drift))
}
