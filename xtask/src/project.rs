//! Where the checkout is, and which paths belong to it.

use std::env;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::failure::Failure;

/// A checkout of Specie.
#[derive(Debug)]
pub(crate) struct Checkout {
    /// Its folder, without symbolic links.
    pub(crate) root: PathBuf,
}

impl Checkout {
    /// The checkout that the current folder lies in.
    pub(crate) fn around() -> Result<Option<Self>, Failure> {
        let here = current_folder()?;
        let here = here.canonicalize().map_err(|error| Failure::at(&here, &error))?;
        Ok(here.ancestors().find(|folder| is_checkout(folder)).map(|root| Self { root: root.to_owned() }))
    }

    /// The checkout that the current folder lies in; without one, the checkout that this program was built in.
    pub(crate) fn around_or_own() -> Result<Option<Self>, Failure> {
        let own = || {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.canonicalize().ok()?;
            is_checkout(&root).then_some(Self { root })
        };
        Ok(Self::around()?.or_else(own))
    }

    pub(crate) fn specs(&self) -> PathBuf {
        self.root.join("specs")
    }

    pub(crate) fn generated(&self) -> PathBuf {
        self.root.join("generated")
    }

    pub(crate) fn runtime(&self) -> PathBuf {
        self.root.join("codegen").join("runtime")
    }

    /// Whether a folder stands where cargo would take a crate for a lost member of the root workspace. The workspace excludes `target/`.
    pub(crate) fn claims(&self, folder: &Path) -> bool {
        folder.starts_with(&self.root)
            && !(folder.starts_with(self.root.join("target")) && folder != self.root.join("target"))
    }
}

/// The folder that nothing but a checkout of Specie has.
fn is_checkout(folder: &Path) -> bool {
    folder.join("codegen").join("runtime").join("Cargo.toml").is_file()
}

pub(crate) fn current_folder() -> Result<PathBuf, Failure> {
    env::current_dir().map_err(|error| Failure::Io(format!("the current folder: {error}")))
}

/// The path without symbolic links, also when its last parts do not exist yet.
pub(crate) fn real_path(path: &Path) -> io::Result<PathBuf> {
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
pub(crate) fn relative(folder: &Path, target: &Path) -> String {
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
pub(crate) fn slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Checkout, real_path, relative};

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

    #[test]
    fn only_below_target_may_a_crate_stand_in_the_checkout() {
        let checkout = Checkout { root: "/src/specie".into() };
        for folder in ["/src/specie", "/src/specie/generated/x", "/src/specie/target", "/src/specie/targets/x"] {
            assert!(checkout.claims(Path::new(folder)), "{folder}");
        }
        for folder in ["/src/specie/target/x", "/src", "/src/specie2", "/tmp/x"] {
            assert!(!checkout.claims(Path::new(folder)), "{folder}");
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
