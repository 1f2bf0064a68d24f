//! Paths: real ones, relative ones, and the current folder.

use std::env;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::failure::Failure;

/// The folder in which the process runs.
///
/// # Errors
///
/// Where the system does not say it.
pub fn current_folder() -> Result<PathBuf, Failure> {
    env::current_dir().map_err(|error| Failure::Io(format!("the current folder: {error}")))
}

/// The path without symbolic links, also when its last parts do not exist yet.
///
/// # Errors
///
/// Where a link or a folder on the way cannot be read.
pub fn real_path(path: &Path) -> io::Result<PathBuf> {
    let path = env::current_dir()?.join(path);
    let mut real = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            // What precedes is real, so its parent is the textual one.
            Component::ParentDir => {
                real.pop();
            }
            part => {
                real.push(part);
                match fs::symlink_metadata(&real) {
                    Ok(meta) if meta.is_symlink() => real = real.canonicalize()?,
                    Ok(_) => {}
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    Err(error) => return Err(error),
                }
            }
        }
    }
    Ok(real)
}

/// How `folder` names `target`, with slashes: relative where a relative path exists. Both are absolute and without symbolic links.
#[must_use]
pub fn relative(folder: &Path, target: &Path) -> String {
    let from: Vec<_> = folder.components().collect();
    let to: Vec<_> = target.components().collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    // On Windows two drives share nothing, not even a prefix.
    let parts: Vec<String> = if shared == 0 {
        return slashes(target);
    } else {
        let up = from.iter().skip(shared).map(|_| "..".to_owned());
        let down = to.iter().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
        up.chain(down).collect()
    };
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

/// The path with `/` between its parts on every platform.
#[must_use]
pub fn slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{real_path, relative};

    #[test]
    fn relative_paths_go_up_and_down() {
        for (folder, target, expected) in [
            ("/src/out", "/src/specie/codegen/runtime", "../specie/codegen/runtime"),
            ("/tmp/a/b", "/src/runtime", "../../../src/runtime"),
            ("/src/specie/target/x", "/src/specie/codegen/runtime", "../../codegen/runtime"),
            ("/a", "/a", "."),
            ("/a/b", "/a", ".."),
        ] {
            assert_eq!(relative(Path::new(folder), Path::new(target)), expected);
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_before_dots() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("its real path");
        fs::create_dir_all(root.join("deep/inside")).expect("folders");
        std::os::unix::fs::symlink(root.join("deep/inside"), root.join("link")).expect("a link");
        assert_eq!(real_path(&root.join("link/../new/./x")).expect("a path"), root.join("deep/new/x"));
    }
}
