//! Documents as git holds them at a revision.

use std::path::Path;
use std::process::Command;

use specie_codegen::Gathered;

use crate::args::Reading;
use crate::failure::Failure;
use crate::paths::slashes;
use crate::read;

/// Reads a document, its overlays and every file that they refer to within the base, as they were at a revision.
///
/// All paths are relative to `from`, or absolute; overlays and base are those that `reading` names, and the overlay beside the document.
pub(crate) fn gather(from: &Path, document: &Path, reading: &Reading, revision: &str) -> Result<Gathered, Failure> {
    // What git would read as an option names no revision.
    if revision.is_empty() || revision.starts_with('-') || revision.contains(':') {
        return Err(Failure::Usage(format!("`{revision}` is not a revision of git")));
    }
    let failure = |path: &Path, error: String| Failure::Io(format!("{}: {error}", path.display()));
    let text = show(from, revision, document).map_err(|error| failure(document, error))?;
    let beside = read::possible_overlays(document).into_iter().find_map(|path| {
        let text = show(from, revision, &path).ok()?;
        Some((path, text))
    });
    let mut overlays = Vec::new();
    for path in reading.overlay.iter().filter(|path| beside.as_ref().is_none_or(|(known, _)| known != *path)) {
        overlays.push((slashes(path), Ok(show(from, revision, path).map_err(|error| failure(path, error))?)));
    }
    overlays.splice(..0, beside.map(|(path, text)| (slashes(&path), Ok(text))));
    let folder = document.parent().map(slashes).unwrap_or_default();
    let base = reading.base.as_deref().map_or(folder, slashes);
    let base = if base.is_empty() { "." } else { &base };
    let mut root = Some(text);
    let mut read = |wanted: &str| match root.take() {
        Some(text) => Ok(text),
        None => show(from, revision, Path::new(wanted)),
    };
    Ok(specie_codegen::gather_with_overlays(&slashes(document), base, overlays, &mut read))
}

/// The text of a file at a revision, or why there is none. The path is relative to a folder, or absolute.
pub(crate) fn show(from: &Path, revision: &str, file: &Path) -> Result<String, String> {
    let mut git = Command::new("git");
    // git knows paths from the folder that it runs in; below a relative one, folders may be gone by now.
    let name = if let (true, Some(folder), Some(name)) = (file.is_absolute(), file.parent(), file.file_name()) {
        git.current_dir(folder);
        name.to_string_lossy().into_owned()
    } else {
        git.current_dir(from);
        slashes(file)
    };
    git.args(["show", &format!("{revision}:./{name}")]);
    let output = git.output().map_err(|error| format!("git cannot be run: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
    }
    String::from_utf8(output.stdout).map_err(|_| "it is not UTF-8 text".to_owned())
}
