//! Documents as git holds them at a revision.

use std::path::Path;
use std::process::Command;

use specie_codegen::Gathered;

use crate::failure::Failure;
use crate::paths::slashes;

/// Reads a document, the overlay beside it and every file that they refer to below its folder, as they were at a revision.
///
/// `document` is relative to `from`, or absolute.
pub(crate) fn gather(from: &Path, document: &Path, revision: &str) -> Result<Gathered, Failure> {
    // What git would read as an option names no revision.
    if revision.is_empty() || revision.starts_with('-') || revision.contains(':') {
        return Err(Failure::Usage(format!("`{revision}` is not a revision of git")));
    }
    let folder = from.join(document.parent().unwrap_or(Path::new("")));
    let Some(name) = document.file_name().and_then(|name| name.to_str()) else {
        return Err(Failure::Usage(format!("{} is not a file", document.display())));
    };
    let base = document.parent().map(slashes).unwrap_or_default();
    let inside = |wanted: &str| wanted.strip_prefix(base.as_str()).unwrap_or(wanted).trim_start_matches('/').to_owned();
    let text =
        show(&folder, revision, name).map_err(|error| Failure::Io(format!("{}: {error}", document.display())))?;
    let mut overlays = Vec::new();
    for ending in ["yaml", "yml", "json"] {
        let overlay = Path::new(name).with_extension(format!("overlay.{ending}"));
        let overlay = slashes(&overlay);
        if overlays.is_empty()
            && let Ok(text) = show(&folder, revision, &overlay)
        {
            overlays.push((slashes(&document.with_file_name(&overlay)), Ok(text)));
        }
    }
    let mut root = Some(text);
    let mut read = |wanted: &str| match root.take() {
        Some(text) => Ok(text),
        None => show(&folder, revision, &inside(wanted)),
    };
    let base = if base.is_empty() { "." } else { &base };
    Ok(specie_codegen::gather_with_overlays(&slashes(document), base, overlays, &mut read))
}

/// The text of a file in a folder at a revision, or why there is none.
fn show(folder: &Path, revision: &str, name: &str) -> Result<String, String> {
    let mut git = Command::new("git");
    git.current_dir(folder).args(["show", &format!("{revision}:./{name}")]);
    let output = git.output().map_err(|error| format!("git cannot be run: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
    }
    String::from_utf8(output.stdout).map_err(|_| "it is not UTF-8 text".to_owned())
}
