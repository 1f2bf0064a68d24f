//! Reads documents and what they refer to, and nothing outside their base folder.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use specie_codegen::Gathered;

use crate::failure::Failure;
use crate::paths::{real_path, slashes};

/// No document that people wrote is larger, and nothing larger needs to be read to say so.
const LARGEST: u64 = 64 << 20;

/// How listings call a document that came from standard input.
const STANDARD_INPUT: &str = "stdin";

/// Whether the user names standard input instead of a file.
#[must_use]
pub fn is_standard_input(document: &Path) -> bool {
    document == Path::new("-")
}

/// Reads the document at `root`, the overlay beside it and those that are named, and every file that they refer to within the base, by
/// default the document's own folder.
///
/// All paths are relative to `from`. Listings name the files as the paths do.
///
/// # Errors
///
/// Where the document or an overlay cannot be read, or the document lies outside of the base. What they refer to and cannot be read is
/// reported with the document.
pub fn gather(from: &Path, root: &Path, base: Option<&Path>, overlays: &[PathBuf]) -> Result<Gathered, Failure> {
    if is_standard_input(root) {
        return gather_from_input(from, overlays, base.unwrap_or(Path::new(".")));
    }
    let file = from.join(root);
    // Before anything else, so that a document that is not there is not reported as one that is wrong.
    let document = named_text(root, &file)?;
    let folder = parent(root);
    let base = base.unwrap_or(&folder);
    let real_folder = canonical(from, &folder)?;
    let real_base = canonical(from, base)?;
    let Ok(below) = real_folder.strip_prefix(&real_base) else {
        let (root, base) = (root.display(), base.display());
        return Err(Failure::Usage(format!("{root} does not lie in the base folder {base}")));
    };
    let mut name = below.to_owned();
    name.push(root.file_name().unwrap_or_default());
    // Where a link precedes `..`, text alone cannot say which folder is meant.
    let base_name = if goes_back(base) { &real_base } else { base };
    let name = slashes(&base_name.join(name));
    let beside = beside(from, root);
    // An overlay beside the document is applied once, also where it is named.
    let named = overlays.iter().filter(|named| Some(*named) != beside.as_ref());
    let overlays = texts(from, beside.iter().chain(named))?;
    // The document itself, which is read first, was named by the user and may be a link to anywhere; what it refers to may not.
    let mut document = Some(document);
    let mut read = |wanted: &str| match document.take() {
        Some(text) => Ok(text),
        None => text_within(from, wanted, &real_base),
    };
    Ok(specie_codegen::gather_with_overlays(&name, &slashes(base_name), overlays, &mut read))
}

/// The same for a document that comes from standard input, and stands in the base folder as it were.
fn gather_from_input(from: &Path, named: &[PathBuf], base: &Path) -> Result<Gathered, Failure> {
    let real_base = canonical(from, base)?;
    let overlays = texts(from, named)?;
    let document = bounded(io::stdin().lock(), 0).map_err(|why| Failure::Io(format!("{STANDARD_INPUT}: {why}")))?;
    let mut document = Some(document);
    let name = slashes(&base.join(STANDARD_INPUT));
    let mut read = |wanted: &str| match document.take() {
        Some(text) => Ok(text),
        None => text_within(from, wanted, &real_base),
    };
    Ok(specie_codegen::gather_with_overlays(&name, &slashes(base), overlays, &mut read))
}

/// An overlay's name, and its text or why there is none.
type Overlay = (String, Result<String, String>);

/// The texts of overlays by their names. The user names them, so they may lie anywhere.
fn texts<'a>(from: &Path, named: impl IntoIterator<Item = &'a PathBuf>) -> Result<Vec<Overlay>, Failure> {
    let named = named.into_iter();
    named.map(|overlay| Ok((slashes(overlay), Ok(named_text(overlay, &from.join(overlay))?)))).collect()
}

/// The text of a file that the user names, which may be a pipe: a shell gives one for `<(…)`. It is opened once.
fn named_text(name: &Path, path: &Path) -> Result<String, Failure> {
    let failed = |why: String| Failure::Io(format!("{}: {why}", name.display()));
    let file = fs::File::open(path).map_err(|error| Failure::at(name, &error))?;
    let meta = file.metadata().ok();
    if meta.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(failed(NO_FILE.to_owned()));
    }
    bounded(file, meta.map_or(0, |meta| meta.len())).map_err(failed)
}

const NO_FILE: &str = "it is not a file";

/// The endings of documents.
const ENDINGS: &[&str] = &["yaml", "yml", "json"];

/// The overlay that lies beside a document, if there is one.
fn beside(from: &Path, document: &Path) -> Option<PathBuf> {
    possible_overlays(document).into_iter().find(|path| from.join(path).is_file())
}

/// Where an overlay beside a document may lie, the one that is taken first first.
#[must_use]
pub fn possible_overlays(document: &Path) -> Vec<PathBuf> {
    // An overlay has none of its own.
    if overlaid(document).is_some() {
        return Vec::new();
    }
    ENDINGS.iter().map(|ending| document.with_extension(format!("overlay.{ending}"))).collect()
}

/// Whether a file is called like a document.
#[must_use]
pub fn is_document(path: &Path) -> bool {
    has_ending(path) && overlaid(path).is_none()
}

/// Whether a file ends as documents and overlays do.
#[must_use]
pub fn has_ending(path: &Path) -> bool {
    path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| ENDINGS.contains(&ending))
}

/// The name of the document, without its ending, that an overlay is called like.
#[must_use]
pub fn overlaid(overlay: &Path) -> Option<String> {
    let name = overlay.file_name()?.to_str()?;
    let (name, ending) = name.rsplit_once('.')?;
    name.strip_suffix(".overlay").filter(|_| ENDINGS.contains(&ending)).map(str::to_owned)
}

/// The folder of a file as its path names it.
fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Whether `..` follows a folder's name.
fn goes_back(path: &Path) -> bool {
    let mut parts = path.components().skip_while(|part| !matches!(part, Component::Normal(_)));
    parts.any(|part| part == Component::ParentDir)
}

fn canonical(from: &Path, folder: &Path) -> Result<PathBuf, Failure> {
    from.join(folder).canonicalize().map_err(|error| Failure::at(folder, &error))
}

/// The text of a file, wherever links lead, provided that it lies within `base`.
fn text_within(from: &Path, name: &str, base: &Path) -> Result<String, String> {
    let path = real_path(&from.join(name)).map_err(|error| reason(&error))?;
    if path.starts_with(base) { text(&path) } else { Err("it lies outside the base folder".to_owned()) }
}

/// The text of a file, or why there is none.
fn text(path: &Path) -> Result<String, String> {
    // A pipe could keep the reader waiting for ever, a device has no end.
    let meta = fs::metadata(path).map_err(|error| reason(&error))?;
    if !meta.is_file() {
        return Err(NO_FILE.to_owned());
    }
    bounded(fs::File::open(path).map_err(|error| reason(&error))?, meta.len())
}

/// The text that a reader gives, probably of so many bytes, or why it is none.
fn bounded(reader: impl io::Read, expected: u64) -> Result<String, String> {
    // One byte more, so that the end is found without more room.
    let mut bytes = Vec::with_capacity(usize::try_from(expected.min(LARGEST) + 1).unwrap_or_default());
    reader.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("it is larger than {} MiB", LARGEST >> 20));
    }
    String::from_utf8(bytes)
        .map_err(|error| format!("it is not UTF-8 text from byte {} on", error.utf8_error().valid_up_to()))
}

/// What the system says, in a few words that are the same on every platform.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{gather, overlaid, text};
    use crate::failure::Failure;

    fn names(from: &Path, root: &str, base: Option<&str>) -> Vec<String> {
        let source = gather(from, Path::new(root), base.map(Path::new), &[]).expect("a source").source;
        source.files.iter().filter(|(_, text)| text.is_ok()).map(|(name, _)| name.clone()).collect()
    }

    const REFERS: &str = "openapi: 3.0.3\nx: {$ref: './shared/part.yaml#/y'}\n";

    #[test]
    fn files_are_named_as_the_user_names_the_document() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("specs/shared")).expect("folders");
        fs::write(folder.path().join("specs/x.yaml"), REFERS).expect("a file");
        fs::write(folder.path().join("specs/shared/part.yaml"), "y: 1\n").expect("a file");
        let from = folder.path();
        let expected = ["specs/x.yaml", "specs/shared/part.yaml"];
        assert_eq!(names(from, "specs/x.yaml", None), expected);
        assert_eq!(names(from, "specs/x.yaml", Some(".")), expected);
        assert_eq!(names(from, "./specs/x.yaml", Some("specs")), expected);
        assert_eq!(names(&from.join("specs"), "x.yaml", None), ["x.yaml", "shared/part.yaml"]);
        let absolute = from.join("specs/x.yaml");
        let absolute = absolute.to_str().expect("a path");
        assert_eq!(names(Path::new("/"), absolute, None).first().map(String::as_str), Some(absolute));
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_nowhere_outside_the_base_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("specs")).expect("folders");
        fs::create_dir_all(folder.path().join("outside")).expect("folders");
        fs::write(folder.path().join("specs/x.yaml"), REFERS).expect("a file");
        fs::write(folder.path().join("outside/part.yaml"), "y: secret\n").expect("a file");
        std::os::unix::fs::symlink("../outside", folder.path().join("specs/shared")).expect("a link");
        assert_eq!(names(folder.path(), "specs/x.yaml", None), ["specs/x.yaml"]);
        assert_eq!(names(folder.path(), "specs/x.yaml", Some(".")).len(), 2);
    }

    #[test]
    fn a_document_that_is_not_there_is_a_failure_to_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let failure = gather(folder.path(), Path::new("x.yaml"), None, &[]).expect_err("a failure");
        assert!(matches!(failure, Failure::Io(_)), "{failure:?}");
        fs::write(folder.path().join("x.yaml"), "").expect("a file");
        fs::create_dir(folder.path().join("base")).expect("a folder");
        let base = Some(Path::new("base"));
        let failure = gather(folder.path(), Path::new("x.yaml"), base, &[]).expect_err("a failure");
        assert!(matches!(failure, Failure::Usage(_)), "{failure:?}");
    }

    #[test]
    fn an_overlay_beside_the_document_comes_before_those_that_are_named() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["x.yaml", "x.overlay.yml", "other.yaml"] {
            fs::write(folder.path().join(name), "a: 1\n").expect("a file");
        }
        let source = gather(folder.path(), Path::new("x.yaml"), None, &["other.yaml".into()]).expect("a source").source;
        let names: Vec<&str> = source.overlays.iter().map(|file| source.name(*file)).collect();
        assert_eq!(names, ["x.overlay.yml", "other.yaml"]);
        let source = gather(folder.path(), Path::new("x.overlay.yml"), None, &[]).expect("a source").source;
        assert!(source.overlays.is_empty());
        let absent = ["absent.yaml".into()];
        assert!(matches!(gather(folder.path(), Path::new("x.yaml"), None, &absent), Err(Failure::Io(_))));
        assert_eq!(overlaid(Path::new("specs/a.b.overlay.json")).as_deref(), Some("a.b"));
        assert_eq!(overlaid(Path::new("overlay.yaml")), None);
    }

    #[test]
    fn a_document_that_is_no_text_is_a_failure_to_read() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("x.yaml"), b"ab\xff").expect("a file");
        fs::write(folder.path().join("y.yaml"), "a: 1\n").expect("a file");
        fs::create_dir(folder.path().join("z")).expect("a folder");
        let failure = |root: &str, overlays: &[std::path::PathBuf]| {
            gather(folder.path(), Path::new(root), None, overlays).expect_err("a failure")
        };
        let bytes = Failure::Io("x.yaml: it is not UTF-8 text from byte 2 on".to_owned());
        assert_eq!(failure("x.yaml", &[]), bytes);
        assert_eq!(failure("y.yaml", &["x.yaml".into()]), bytes);
        assert_eq!(failure("z", &[]), Failure::Io("z: it is not a file".to_owned()));
    }

    #[test]
    fn what_is_not_text_is_said_to_be_so() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("x"), b"ab\xff").expect("a file");
        assert_eq!(text(&folder.path().join("x")), Err("it is not UTF-8 text from byte 2 on".to_owned()));
        assert_eq!(text(folder.path()), Err("it is not a file".to_owned()));
    }
}
