//! Puts files in their place so that an interruption at any moment leaves each of them whole: either as it was or as it should be.
//!
//! All files are written under other names in their folders, brought to the disk together, and renamed; a rename is atomic. Where the disk
//! refuses one of these steps, the files under such names are removed again. What an interruption can leave is files under such names, an
//! empty folder, or files that were not reached, and comparing the folder with the tree names all of them.
//!
//! A folder that holds nothing yet is not waited for: the system brings its files to the disk in its own time. Where the power fails before,
//! files can be empty or cut. The next run writes those anew that are empty or begin with the whole header; others it names as in the way and
//! writes nothing, until they are deleted.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::{Component, Path, PathBuf};
use std::thread;

use specie_codegen::diagnostic::plain;
use specie_codegen::drift::{Drift, State};

use crate::failure::Failure;
use crate::left_over::{self, unfinished};

/// The operations that change the disk. A trait, so that tests can let any of them be the last.
trait Disk {
    fn create_folder(&mut self, path: &Path) -> io::Result<()>;
    /// Makes files that must not exist yet, in folders that do.
    fn create_files(&mut self, files: &[Unfinished<'_>]) -> Result<(), Failure>;
    /// Brings the text of files to the disk.
    fn sync_files(&mut self, files: &[Unfinished<'_>]) -> Result<(), Failure>;
    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()>;
    fn remove_file(&mut self, path: &Path) -> io::Result<()>;
    fn remove_folder(&mut self, path: &Path) -> io::Result<()>;
    /// Brings the names in a folder to the disk.
    fn sync_folder(&mut self, path: &Path) -> io::Result<()>;
}

/// How many files are brought to the disk at a time.
const SYNCING_THREADS: usize = 16;

/// The disk itself.
#[derive(Debug)]
struct RealDisk;

impl Disk for RealDisk {
    fn create_folder(&mut self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn create_files(&mut self, files: &[Unfinished<'_>]) -> Result<(), Failure> {
        let create = |file: &Unfinished<'_>| {
            let mut written = OpenOptions::new().write(true).create_new(true).open(&file.written)?;
            written.write_all(file.text.as_bytes())
        };
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        on_threads(cores, files, |file| create(file).map_err(|error| file.failure(&error)))
    }

    fn sync_files(&mut self, files: &[Unfinished<'_>]) -> Result<(), Failure> {
        let sync = |path: &Path| {
            let file = OpenOptions::new().write(true).open(path)?;
            file.sync_all()
        };
        // Each waits for the disk, which brings many files to it at once.
        on_threads(SYNCING_THREADS, files, |file| sync(&file.written).map_err(|error| file.failure(&error)))
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&mut self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&mut self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn sync_folder(&mut self, path: &Path) -> io::Result<()> {
        // Elsewhere a folder cannot be opened like a file, and renames are durable without this.
        if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
    }
}

/// Names what a run would destroy that the generator did not write, and refuses.
///
/// # Errors
///
/// Where something is in the way; the text names all of it.
pub fn refuse_to_overwrite(folder: &Path, drift: &Drift) -> Result<(), Failure> {
    let mut list = String::new();
    for (path, _) in drift.iter().filter(|(_, state)| **state == State::InTheWay) {
        // Writing to a `String` cannot fail.
        let _ = write!(list, "\n  {}", plain(folder.join(path).display().to_string()));
    }
    if list.is_empty() {
        return Ok(());
    }
    Err(Failure::Input(format!(
        "nothing was written: the generator did not write what stands there, so it does not replace or remove it{list}\n\
         help: move it away, or delete it if nothing in it is needed"
    )))
}

/// Does something to each of the items, on so many threads; the first error of each thread ends it.
fn on_threads<T: Sync>(
    threads: usize,
    items: &[T],
    act: impl Fn(&T) -> Result<(), Failure> + Sync,
) -> Result<(), Failure> {
    let act = &act;
    thread::scope(|scope| {
        let shares = items.chunks(items.len().div_ceil(threads).max(1));
        let running: Vec<_> = shares.map(|share| scope.spawn(move || share.iter().try_for_each(act))).collect();
        running.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

/// Makes the folder hold what it should, one difference after the other. Nothing that is in the way may be among them.
///
/// # Errors
///
/// Where the disk says so; each file is whole then, as it was or as it should be.
pub fn apply(folder: &Path, drift: &Drift, wanted: &BTreeMap<String, String>) -> Result<(), Failure> {
    apply_on(&mut RealDisk, folder, drift, wanted)
}

/// Writes some files of a folder, each as a whole, and removes what interrupted runs have left of them. All else in the folder stays.
///
/// # Errors
///
/// Where the disk says so; each file is whole then, as it was or as it should be.
pub fn files(folder: &Path, wanted: &BTreeMap<String, String>) -> Result<(), Failure> {
    let mut drift = Drift::new();
    for path in wanted.keys() {
        let is_there = folder.join(path).exists();
        drift.insert(path.clone(), if is_there { State::Stale } else { State::Missing });
        let (parent, name) = path.rsplit_once('/').map_or(("", path.as_str()), |(parent, name)| (parent, name));
        let prefix = path.strip_suffix(name).unwrap_or_default();
        let left = left_over::of(&folder.join(parent), [name]);
        drift.extend(left.into_iter().map(|(name, state)| (format!("{prefix}{name}"), state)));
    }
    apply(folder, &drift, wanted)
}

fn apply_on(
    disk: &mut dyn Disk,
    folder: &Path,
    drift: &Drift,
    wanted: &BTreeMap<String, String>,
) -> Result<(), Failure> {
    if let Some(path) = drift.keys().find(|path| leaves(path)) {
        return Err(Failure::Io(format!("`{path}` leads out of its folder")));
    }
    let keeps_nothing = !folder.exists() || is_empty(folder)?;
    let mut writer = Writer { disk, folder, keeps_nothing, touched: BTreeSet::new() };
    // What goes away goes first: a path may have been a file and become a folder, or the other way round.
    for (path, state) in drift {
        match (state, wanted.get(path)) {
            (State::Orphaned | State::Unfinished, _) => writer.remove(path)?,
            (State::Stale, Some(_)) if folder.join(path).is_dir() => writer.remove(path)?,
            _ => {}
        }
    }
    let changed = wanted.iter().filter(|(path, _)| matches!(drift.get(*path), Some(State::Missing | State::Stale)));
    let changed: Vec<(PathBuf, &str)> = changed.map(|(path, text)| (folder.join(path), text.as_str())).collect();
    writer.create_parents(&changed)?;
    writer.write(&changed.iter().map(|(path, text)| Unfinished::new(path, text)).collect::<Vec<_>>())?;
    writer.finish()
}

/// Whether a path, joined to a folder, could lead out of it.
fn leaves(path: &str) -> bool {
    !Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// A file that does not have its name yet.
struct Unfinished<'a> {
    /// Where it is written.
    written: PathBuf,
    /// Where it belongs, which is what messages name.
    path: &'a Path,
    text: &'a str,
}

impl<'a> Unfinished<'a> {
    fn new(path: &'a Path, text: &'a str) -> Self {
        Self { written: unfinished(path), path, text }
    }

    fn failure(&self, error: &io::Error) -> Failure {
        Failure::at(self.path, error)
    }
}

struct Writer<'a> {
    disk: &'a mut dyn Disk,
    folder: &'a Path,
    /// Whether the folder held nothing before.
    keeps_nothing: bool,
    /// Folders in which a name appeared or went away.
    touched: BTreeSet<PathBuf>,
}

impl Writer<'_> {
    /// Removes a file or an empty folder, and every folder that is empty without it.
    fn remove(&mut self, path: &str) -> Result<(), Failure> {
        let path = self.folder.join(path);
        let removed = if path.is_dir() { self.disk.remove_folder(&path) } else { self.disk.remove_file(&path) };
        removed.map_err(|error| Failure::at(&path, &error))?;
        self.touched.remove(&path);
        for parent in path.ancestors().skip(1) {
            if parent == self.folder || !is_empty(parent)? {
                self.touched.insert(parent.to_owned());
                break;
            }
            self.disk.remove_folder(parent).map_err(|error| Failure::at(parent, &error))?;
            self.touched.remove(parent);
        }
        Ok(())
    }

    /// Makes the folders in which files will stand.
    fn create_parents(&mut self, files: &[(PathBuf, &str)]) -> Result<(), Failure> {
        let parents: BTreeSet<&Path> = files.iter().filter_map(|(path, _)| path.parent()).collect();
        parents.into_iter().try_for_each(|parent| self.create_folders(parent))
    }

    /// Makes files under other names and gives them their own; where one of these steps fails, none is left under another name.
    fn write(&mut self, files: &[Unfinished<'_>]) -> Result<(), Failure> {
        if files.is_empty() {
            return Ok(());
        }
        let written = self.disk.create_files(files).and_then(|()| self.put_in_place(files));
        if written.is_err() {
            for file in files {
                // Those that have their names already are not there any more, and what failed before is what has to be said.
                let _ = self.disk.remove_file(&file.written);
            }
        }
        written
    }

    /// Gives files their names, in the place of another or where there was none.
    fn put_in_place(&mut self, files: &[Unfinished<'_>]) -> Result<(), Failure> {
        if !self.keeps_nothing {
            self.disk.sync_files(files)?;
        }
        for file in files {
            self.disk.rename(&file.written, file.path).map_err(|error| file.failure(&error))?;
            self.touched.insert(file.path.parent().unwrap_or(self.folder).to_owned());
        }
        Ok(())
    }

    /// Makes a folder and the folders it stands in.
    fn create_folders(&mut self, folder: &Path) -> Result<(), Failure> {
        let missing: Vec<&Path> = folder.ancestors().take_while(|path| !path.is_dir()).collect();
        for folder in missing.into_iter().rev() {
            self.disk.create_folder(folder).map_err(|error| Failure::at(folder, &error))?;
            if let Some(parent) = folder.parent() {
                self.touched.insert(parent.to_owned());
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<(), Failure> {
        let waited_for = if self.keeps_nothing { BTreeSet::new() } else { self.touched };
        for folder in &waited_for {
            self.disk.sync_folder(folder).map_err(|error| Failure::at(folder, &error))?;
        }
        Ok(())
    }
}

fn is_empty(folder: &Path) -> Result<bool, Failure> {
    let mut entries = fs::read_dir(folder).map_err(|error| Failure::at(folder, &error))?;
    Ok(entries.next().is_none())
}

#[cfg(test)]
mod tests;
