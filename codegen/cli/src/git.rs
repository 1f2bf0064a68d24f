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
    is_commit(from, revision)?;
    let failure = |path: &Path, error: String| Failure::Io(format!("{}: {error}", path.display()));
    // One that has moved since is read under the name that it had.
    let moved = |error: String| earlier(revision, &from.join(document)).ok().flatten().ok_or(error);
    let document_text = linked(from, revision, document).or_else(moved).map_err(|error| failure(document, error))?;
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
    let mut root = Some(document_text);
    let mut read = |wanted: &str| match root.take() {
        Some(text) => Ok(text),
        None => show(from, revision, Path::new(wanted)),
    };
    Ok(specie_codegen::gather_with_overlays(&slashes(document), base, overlays, &mut read))
}

/// Refuses a revision that git does not know, before it is said of the document that it is not there.
fn is_commit(from: &Path, revision: &str) -> Result<(), Failure> {
    let mut git = Command::new("git");
    git.current_dir(from).args(["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")]);
    match output(&mut git) {
        Ok(_) => Ok(()),
        // It is told to be quiet about that.
        Err(error) if error.is_empty() => Err(Failure::Io(format!(
            "git knows no revision `{revision}` here\nhelp: a repository without a commit has none, and a shallow clone lacks earlier ones"
        ))),
        Err(error) => Err(Failure::Io(error)),
    }
}

/// How many links are followed, one after the other.
const LINKS: usize = 8;

/// The text of a file at a revision, or of what it links to; of a link, git holds the path as its text. A document may be a link to
/// anywhere, as on disk.
fn linked(from: &Path, revision: &str, file: &Path) -> Result<String, String> {
    let mut at = file.to_owned();
    for _ in 0..LINKS {
        let text = show(from, revision, &at)?;
        if !is_link(from, revision, &at)? {
            return Ok(text);
        }
        at = at.parent().unwrap_or(Path::new("")).join(text);
    }
    Err("it is a symbolic link that leads to more of them".to_owned())
}

/// Whether git holds a file as a symbolic link.
fn is_link(from: &Path, revision: &str, file: &Path) -> Result<bool, String> {
    let (folder, name) = located(from, file);
    let (parent, name) = name.rsplit_once('/').unwrap_or((".", &name));
    let mut git = Command::new("git");
    git.current_dir(folder).args(["ls-tree", "-z", "--full-tree", &format!("{revision}:./{parent}"), "--", name]);
    Ok(output(&mut git)?.starts_with(b"120000 "))
}

/// The folder in which git looks for a file, and what it is called from there. git knows paths from the folder that it runs in; below a
/// relative one, folders may be gone by now.
fn located<'a>(from: &'a Path, file: &'a Path) -> (&'a Path, String) {
    if let (true, Some(folder), Some(name)) = (file.is_absolute(), file.parent(), file.file_name()) {
        (folder, name.to_string_lossy().into_owned())
    } else {
        (from, slashes(file))
    }
}

/// The text of a file at a revision, or why there is none. The path is relative to a folder, or absolute.
pub(crate) fn show(from: &Path, revision: &str, file: &Path) -> Result<String, String> {
    let (folder, name) = located(from, file);
    let mut git = Command::new("git");
    git.current_dir(folder).args(["show", &format!("{revision}:./{name}")]);
    output(&mut git).and_then(text)
}

/// The text that a file of a folder had at a revision, under the name that it had then; `None` where it was not there. The path is absolute.
///
/// git tells by their texts which files were renamed since (`git diff --find-renames`).
pub(crate) fn earlier(revision: &str, file: &Path) -> Result<Option<String>, String> {
    let (Some(folder), Some(name)) = (file.parent(), file.file_name().and_then(|name| name.to_str())) else {
        return Err(format!("{} names no file", file.display()));
    };
    let git = |arguments: &[&str]| output(Command::new("git").current_dir(folder).args(arguments));
    let entry = git(&["ls-tree", "-z", revision, "--", name])?;
    if entry.starts_with(b"120000 ") {
        return Err("it is a symbolic link there".to_owned());
    }
    if !entry.is_empty() {
        return git(&["show", &format!("{revision}:./{name}")]).and_then(text).map(Some);
    }
    let prefix = git(&["rev-parse", "--show-prefix"]).and_then(text)?;
    let now = format!("{}{name}", prefix.trim_end_matches('\n'));
    let asked = ["diff", "--name-status", "--no-relative", "-z", "--find-renames=20%", "--diff-filter=R", revision];
    let renamed = git(&asked)?;
    // A status, the name that a file had and the name that it has, each with a NUL behind it.
    let mut fields = renamed.split(|byte| *byte == 0);
    while let (Some(_), Some(before), Some(after)) = (fields.next(), fields.next(), fields.next()) {
        if after == now.as_bytes() {
            let before = text(before.to_owned())?;
            return git(&["show", &format!("{revision}:{before}")]).and_then(text).map(Some);
        }
    }
    Ok(None)
}

/// The texts of all files with a line that begins so, as they were at a revision, whatever they are called. The folder is absolute.
pub(crate) fn texts_with(folder: &Path, revision: &str, line: &str) -> Result<Vec<String>, String> {
    let git = |arguments: &[&str]| output(Command::new("git").current_dir(folder).args(arguments));
    let begins = format!("^{}", line.replace('[', "\\[").replace(']', "\\]"));
    let asked = ["grep", "-I", "-l", "-z", "--full-name", "-e", &begins, revision, "--", ":(top)"];
    let found = match git(&asked) {
        Ok(found) => found,
        // git grep fails without a word where nothing fits.
        Err(error) if error.is_empty() => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    // Each name stands behind the revision, as `git show` takes it.
    let names = found.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    names.map(|name| git(&["show", &text(name.to_owned())?]).and_then(text)).collect()
}

/// What git prints, or why it fails.
fn output(git: &mut Command) -> Result<Vec<u8>, String> {
    let output = git.output().map_err(|error| format!("git cannot be run: {error}"))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
    }
}

fn text(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())
}
