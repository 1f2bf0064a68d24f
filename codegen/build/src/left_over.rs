//! What runs leave that were ended before they could give their files the names that these were to have.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use specie_codegen::drift::{Drift, State, UNFINISHED};

/// A run that takes longer was ended.
const LONGEST: Duration = Duration::from_secs(60);

/// The files in a folder that were to have one of these names and are left over. Younger ones may be those of another run, and stay.
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

/// Whether a file is older than one that a run still writes.
#[must_use]
pub fn is_old(path: &Path) -> bool {
    let made = fs::symlink_metadata(path).and_then(|meta| meta.modified());
    let age = made.ok().and_then(|made| SystemTime::now().duration_since(made).ok());
    age.is_some_and(|age| age > LONGEST)
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::time::{Duration, SystemTime};

    use super::{LONGEST, of};

    #[test]
    fn old_files_of_the_names_are_left_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let long_ago = SystemTime::now() - LONGEST - Duration::from_secs(1);
        for (name, is_old) in [
            (".a.txt.12.specie-tmp", true),
            (".a.txt.13.specie-tmp", false),
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
        assert_eq!(found, [".a.txt.12.specie-tmp"]);
    }
}
