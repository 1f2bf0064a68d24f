//! Where the runtime is that this program was built with, so that crates depend on the one that they fit.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use specie_codegen::Program;

use crate::failure::Failure;
use crate::paths::current_folder;
use crate::runtime_requirement;

/// Where the sources of this program came from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Origin {
    /// A folder of this machine.
    Checkout(PathBuf),
    /// A revision of a repository: the keys of a manifest.
    Git { url: String, revision: String },
}

/// How a crate in `out` depends on the runtime that belongs to this program.
pub(crate) fn of_this_program(out: &Path) -> Result<String, Failure> {
    let none = || {
        Failure::Usage(
            "it is not known where the runtime of this program is\n\
             help: name it, in `specie.toml` by `runtime`, on the command line by --runtime 'path = \"…\"'"
                .to_owned(),
        )
    };
    match origin()?.ok_or_else(none)? {
        Origin::Checkout(root) => Ok(runtime_requirement::to_path(out, &runtime_in(&root))),
        Origin::Git { url, revision } => {
            Ok(format!("git = {}, rev = {}", toml::Value::from(url), toml::Value::from(revision)))
        }
    }
}

/// The checkout of Specie that the current folder lies in, or that this program comes from.
pub(crate) fn checkout() -> Result<Option<PathBuf>, Failure> {
    Ok(match origin()? {
        Some(Origin::Checkout(root)) => Some(root),
        Some(Origin::Git { .. }) | None => None,
    })
}

/// Refuses a folder in which cargo would take a crate for a lost member of the workspace of a checkout of Specie.
pub(crate) fn refuse_claimed(folder: &Path, shown: &str, program: Program) -> Result<(), Failure> {
    if !is_claimed(folder) {
        return Ok(());
    }
    Err(Failure::Usage(format!(
        "{shown} lies in the checkout of Specie, where cargo would take the crate for a lost member of the workspace\n\
         help: a folder outside of it, or one below its `target`; documents of the checkout itself go to `specs/`, and `{} regenerate` writes their crates",
        program.as_str(),
    )))
}

/// Whether cargo would take a crate in this folder for a lost member of the workspace of a checkout of Specie, which excludes `target/`.
fn is_claimed(folder: &Path) -> bool {
    let checkouts = folder.ancestors().filter(|above| is_checkout(above));
    checkouts.into_iter().any(|root| {
        let target = root.join("target");
        !folder.starts_with(&target) || folder == target
    })
}

/// The checkout that the current folder lies in; else what this program was installed from; else the checkout that it was built in.
fn origin() -> Result<Option<Origin>, Failure> {
    let here = current_folder()?;
    let here = here.canonicalize().map_err(|error| Failure::at(&here, &error))?;
    if let Some(root) = here.ancestors().find(|folder| is_checkout(folder)) {
        return Ok(Some(Origin::Checkout(root.to_owned())));
    }
    Ok(installed().or_else(own_checkout))
}

fn own_checkout() -> Option<Origin> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2)?.canonicalize().ok()?;
    is_checkout(&root).then_some(Origin::Checkout(root))
}

/// What `cargo install` wrote down beside the folder of its programs.
fn installed() -> Option<Origin> {
    let program = env::current_exe().ok()?.canonicalize().ok()?;
    let record = program.parent()?.parent()?.join(".crates.toml");
    let record: toml::Table = fs::read_to_string(record).ok()?.parse().ok()?;
    record.get("v1")?.as_table()?.keys().find_map(|package| recorded(package))
}

/// The source in a line of cargo's record: `specie 0.1.0 (git+https://example.com/specie?branch=main#0a1b)`.
fn recorded(package: &str) -> Option<Origin> {
    let source = package.strip_prefix("specie ")?.split_once(" (")?.1.strip_suffix(')')?;
    if let Some(git) = source.strip_prefix("git+") {
        let (url, revision) = git.split_once('#')?;
        let url = url.split_once('?').map_or(url, |(url, _)| url);
        return Some(Origin::Git { url: url.to_owned(), revision: revision.to_owned() });
    }
    let cli = Path::new(source.strip_prefix("path+file://")?);
    // Relative paths to it count on there being no link in it.
    let root = cli.ancestors().nth(2)?.canonicalize().ok()?;
    is_checkout(&root).then_some(Origin::Checkout(root))
}

fn runtime_in(checkout: &Path) -> PathBuf {
    checkout.join("codegen").join("runtime")
}

/// The folder that nothing but a checkout of Specie has.
fn is_checkout(folder: &Path) -> bool {
    runtime_in(folder).join("Cargo.toml").is_file() && folder.join("codegen").join("cli").is_dir()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Origin, is_claimed, recorded};

    #[test]
    fn a_program_of_a_repository_names_its_revision() {
        let git = |url: &str, revision: &str| Some(Origin::Git { url: url.into(), revision: revision.into() });
        let url = "https://example.com/specie";
        assert_eq!(recorded("specie 0.1.0 (git+https://example.com/specie#0a1b)"), git(url, "0a1b"));
        assert_eq!(recorded("specie 0.1.0 (git+https://example.com/specie?branch=main#0a1b)"), git(url, "0a1b"));
        assert_eq!(recorded("specie-other 0.1.0 (git+https://example.com/specie#0a1b)"), None);
        assert_eq!(recorded("specie 0.1.0 (registry+https://example.com/index)"), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_program_of_a_checkout_names_it_without_links() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().canonicalize().expect("its real path");
        let root = folder.join("real");
        fs::create_dir_all(root.join("codegen/runtime")).expect("folders");
        fs::create_dir_all(root.join("codegen/cli")).expect("folders");
        fs::write(root.join("codegen/runtime/Cargo.toml"), "").expect("a file");
        std::os::unix::fs::symlink(&root, folder.join("link")).expect("a link");
        let package = format!("specie 0.1.0 (path+file://{}/codegen/cli)", folder.join("link").display());
        assert_eq!(recorded(&package), Some(Origin::Checkout(root)));
    }

    #[test]
    fn only_below_target_may_a_crate_stand_in_the_checkout() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("specie");
        fs::create_dir_all(root.join("codegen/runtime")).expect("folders");
        fs::create_dir_all(root.join("codegen/cli")).expect("folders");
        fs::write(root.join("codegen/runtime/Cargo.toml"), "").expect("a file");
        for claimed in [".", "generated/x", "target", "targets/x"] {
            let path = if claimed == "." { root.clone() } else { root.join(claimed) };
            assert!(is_claimed(&path), "{claimed}");
        }
        for free in ["specie/target/x", "specie2", "x"] {
            assert!(!is_claimed(&folder.path().join(free)), "{free}");
        }
    }
}
