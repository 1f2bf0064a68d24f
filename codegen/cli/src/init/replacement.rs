//! The configuration with another text, in one step, and by one run at a time.
//!
//! The new text is written under another name beside the file, which only one run can make, and takes the name of the file when all else is
//! written. A link to the configuration stays, and leads to the new text.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use specie_build::left_over;
use specie_codegen::drift::UNFINISHED;

use crate::configuration;
use crate::failure::Failure;
use crate::paths::real_path;

/// The new text of a file, which does not have its name yet; dropped before it has, it goes away.
#[derive(Debug)]
pub(super) struct Replacement {
    /// The file itself, no link to it.
    file: PathBuf,
    unfinished: PathBuf,
    text: File,
    /// Whether the file has the new text. The other name may be that of another run from then on.
    is_finished: bool,
}

impl Replacement {
    /// Begins to replace a file whose text was read before, or one that was not there. Refused while another run does so, and where the text
    /// is another one now.
    pub(super) fn begin(named: &Path, read: Option<&str>) -> Result<Self, Failure> {
        let file = real_path(named).map_err(|error| Failure::at(named, &error))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let unfinished = file.with_file_name(format!(".{name}{UNFINISHED}"));
        if left_over::is_old(&unfinished) {
            // Where it cannot be removed, it is in the way of this run, which says so.
            let _ = fs::remove_file(&unfinished);
        }
        let text = match OpenOptions::new().write(true).create_new(true).open(&unfinished) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(changed(named)),
            Err(error) => return Err(Failure::at(named, &error)),
        };
        let begun = Self { file, unfinished, text, is_finished: false };
        if configuration::text_of(named)?.as_deref() == read { Ok(begun) } else { Err(changed(named)) }
    }

    /// Gives the file its new text.
    pub(super) fn finish(mut self, text: &str) -> Result<(), Failure> {
        let written = self.text.write_all(text.as_bytes()).and_then(|()| self.text.sync_all());
        let named = written.and_then(|()| match fs::metadata(&self.file) {
            Ok(before) => self.text.set_permissions(before.permissions()),
            Err(_) => Ok(()),
        });
        let named = named.and_then(|()| fs::rename(&self.unfinished, &self.file));
        self.is_finished = named.is_ok();
        named.map_err(|error| Failure::at(&self.file, &error))
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        if !self.is_finished {
            let _ = fs::remove_file(&self.unfinished);
        }
    }
}

fn changed(file: &Path) -> Failure {
    let file = file.file_name().unwrap_or_default().display();
    Failure::Input(format!(
        "nothing was written: {file} was changed meanwhile, or is being changed\nhelp: run the command again"
    ))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::{Duration, SystemTime};

    use super::Replacement;

    #[test]
    fn one_run_at_a_time_replaces_what_it_has_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("specie.toml");
        let first = Replacement::begin(&file, None).expect("the first");
        assert!(Replacement::begin(&file, None).expect_err("a second").to_string().contains("being changed"));
        first.finish("one").expect("written");
        assert!(
            Replacement::begin(&file, None).expect_err("it is there now").to_string().contains("changed meanwhile")
        );
        assert!(Replacement::begin(&file, Some("two")).is_err());
        drop(Replacement::begin(&file, Some("one")).expect("what was read"));
        Replacement::begin(&file, Some("one")).expect("begun").finish("two").expect("written");
        assert_eq!(fs::read_to_string(&file).expect("a text"), "two");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn what_an_ended_run_has_left_is_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("specie.toml");
        let left = fs::File::create(folder.path().join(".specie.toml.specie-tmp")).expect("a file");
        assert!(Replacement::begin(&file, None).is_err());
        let long_ago = SystemTime::now() - Duration::from_secs(3600);
        left.set_modified(long_ago).expect("its time");
        Replacement::begin(&file, None).expect("begun").finish("one").expect("written");
        assert_eq!(fs::read_to_string(&file).expect("a text"), "one");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_one() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("there")).expect("a folder");
        fs::write(folder.path().join("there/mine.toml"), "one").expect("a file");
        let link = folder.path().join("specie.toml");
        std::os::unix::fs::symlink("there/mine.toml", &link).expect("a link");
        Replacement::begin(&link, Some("one")).expect("begun").finish("two").expect("written");
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(folder.path().join("there/mine.toml")).expect("a text"), "two");
    }
}
