//! What a folder holds, read without following symbolic links.

use std::fs;
use std::io;
use std::path::Path;

use specie_codegen::drift::{Contents, FolderEntry};

use crate::failure::Failure;

/// Reads everything below `folder` for which `wanted` says so, given its path in the folder; a folder that does not exist is empty.
///
/// # Errors
///
/// Where it is no folder, or something in it cannot be read.
pub fn read(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> Result<Contents, Failure> {
    let mut contents = Contents::new();
    match fs::symlink_metadata(folder) {
        Ok(meta) if meta.is_dir() => {
            read_below(folder, "", wanted, &mut contents)?;
        }
        Ok(_) => {
            return Err(Failure::Input(format!(
                "nothing was written: {} is in the way, for it is not a folder",
                folder.display()
            )));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(Failure::at(folder, &error)),
    }
    Ok(contents)
}

/// Returns whether the folder holds anything at all.
fn read_below(
    folder: &Path,
    prefix: &str,
    wanted: &dyn Fn(&str) -> bool,
    contents: &mut Contents,
) -> Result<bool, Failure> {
    let mut empty = true;
    for entry in fs::read_dir(folder).map_err(|error| Failure::at(folder, &error))? {
        let entry = entry.map_err(|error| Failure::at(folder, &error))?;
        empty = false;
        let name = entry.file_name();
        let path = match name.to_str() {
            Some(name) if prefix.is_empty() => name.to_owned(),
            Some(name) => format!("{prefix}/{name}"),
            None => format!("{prefix}/{}", name.display()),
        };
        if !wanted(&path) {
            continue;
        }
        let kind = entry.file_type().map_err(|error| Failure::at(&entry.path(), &error))?;
        if name.to_str().is_none() {
            contents.insert(path, FolderEntry::Other);
        } else if kind.is_dir() {
            if !read_below(&entry.path(), &path, wanted, contents)? {
                contents.insert(path, FolderEntry::EmptyFolder);
            }
        } else if kind.is_file() {
            let bytes = fs::read(entry.path()).map_err(|error| Failure::at(&entry.path(), &error))?;
            contents.insert(path, FolderEntry::File(bytes));
        } else {
            contents.insert(path, FolderEntry::Other);
        }
    }
    Ok(!empty)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use specie_codegen::drift::FolderEntry;

    use super::read;

    #[test]
    fn leaves_are_named_by_their_paths() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("a/empty")).expect("folders");
        fs::create_dir_all(folder.path().join("skipped/b")).expect("folders");
        fs::write(folder.path().join("a/file"), "text").expect("a file");
        let contents = read(folder.path(), &|path| !path.starts_with("skipped")).expect("contents");
        let expected = [("a/empty", FolderEntry::EmptyFolder), ("a/file", FolderEntry::File(b"text".to_vec()))];
        assert_eq!(contents, expected.map(|(path, found)| (path.to_owned(), found)).into());
    }

    #[test]
    fn an_absent_folder_is_empty_and_a_file_is_no_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(read(&folder.path().join("absent"), &|_| true).expect("contents").is_empty());
        fs::write(folder.path().join("file"), "text").expect("a file");
        assert!(read(&folder.path().join("file"), &|_| true).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("target")).expect("a folder");
        fs::write(folder.path().join("target/file"), "text").expect("a file");
        fs::create_dir(folder.path().join("inner")).expect("a folder");
        std::os::unix::fs::symlink("../target", folder.path().join("inner/link")).expect("a link");
        let contents = read(&folder.path().join("inner"), &|_| true).expect("contents");
        assert_eq!(contents, [("link".to_owned(), FolderEntry::Other)].into());
    }
}
