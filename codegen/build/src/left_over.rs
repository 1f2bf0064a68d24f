//! Temporary files, and those that interrupted runs have left.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use specie_codegen::drift::{Drift, State, UNFINISHED};

/// A temporary file that is older is taken for one of an interrupted run.
const LONGEST: Duration = Duration::from_secs(60);

/// Where a file is written before it has its name; no two processes have the same one.
pub(crate) fn unfinished(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}{UNFINISHED}", std::process::id()))
}

/// The temporary files of these names in a folder that an interrupted run has left. Younger ones may belong to a run that goes on, and stay.
#[must_use]
pub fn of<'a>(folder: &Path, names: impl IntoIterator<Item = &'a str>) -> Drift {
    let starts: Vec<String> = names.into_iter().map(|name| format!(".{name}.")).collect();
    let mut found = Drift::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let process = starts.iter().find_map(|start| name.strip_prefix(start.as_str())?.strip_suffix(UNFINISHED));
        let is_ours = process.is_some_and(|process| process.bytes().all(|byte| byte.is_ascii_digit()));
        if is_ours && is_old(&entry.path()) {
            found.insert(name, State::Unfinished);
        }
    }
    found
}

/// Whether a file is too old to belong to a run that goes on.
#[must_use]
pub fn is_old(path: &Path) -> bool {
    let made = fs::symlink_metadata(path).and_then(|meta| meta.modified());
    let age = made.ok().and_then(|made| SystemTime::now().duration_since(made).ok());
    age.is_some_and(|age| age > LONGEST)
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    use super::{LONGEST, of, unfinished};

    #[test]
    fn old_files_of_the_names_are_left_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let long_ago = SystemTime::now() - LONGEST - Duration::from_secs(1);
        let own = unfinished(Path::new("a.txt")).to_string_lossy().into_owned();
        for (name, is_old) in [
            (own.as_str(), true),
            (".a.txt.0.specie-tmp", false),
            (".a.txt.mine.specie-tmp", true),
            (".b.txt.12.specie-tmp", true),
            ("a.txt", true),
        ] {
            let file = File::create(folder.path().join(name)).expect("a file");
            if is_old {
                file.set_modified(long_ago).expect("its time");
            }
        }
        let found: Vec<String> = of(folder.path(), ["a.txt"]).into_keys().collect();
        assert_eq!(found, [own]);
    }
}
