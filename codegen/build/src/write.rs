//! Puts files in their place so that an interruption at any moment leaves each of them whole: either as it was or as it should be.
//!
//! All files are written under other names in their folders, brought to the disk together, and renamed; a rename is atomic. What an
//! interruption can leave is files under such names, an empty folder, or files that were not reached, and comparing the folder with
//! the tree names all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::panic::resume_unwind;
use std::path::{Component, Path, PathBuf};
use std::thread;

use specie_codegen::diagnostic::plain;
use specie_codegen::drift::{Drift, State, UNFINISHED};

use crate::failure::Failure;

/// The operations that change the disk. A trait, so that tests can let any of them be the last.
trait Disk {
    fn create_folder(&mut self, path: &Path) -> io::Result<()>;
    /// Makes a file that must not exist yet.
    fn create_file(&mut self, path: &Path, text: &str) -> io::Result<()>;
    /// Brings the text of files to the disk.
    fn sync_files(&mut self, paths: &[&Path]) -> Result<(), Failure>;
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

    fn create_file(&mut self, path: &Path, text: &str) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(text.as_bytes())
    }

    fn sync_files(&mut self, paths: &[&Path]) -> Result<(), Failure> {
        let sync = |path: &Path| {
            let file = OpenOptions::new().write(true).open(path)?;
            file.sync_all()
        };
        let sync_all = |paths: &[&Path]| {
            let mut synced = paths.iter().map(|path| sync(path).map_err(|error| Failure::at(path, &error)));
            synced.try_for_each(|synced| synced)
        };
        // Each waits for the disk, which brings many files to it at once.
        thread::scope(|scope| {
            let shares = paths.chunks(paths.len().div_ceil(SYNCING_THREADS).max(1));
            let threads: Vec<_> = shares.map(|share| scope.spawn(move || sync_all(share))).collect();
            threads.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
        })
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

/// Makes the folder hold what it should, one difference after the other. Nothing that is in the way may be among them.
///
/// # Errors
///
/// Where the disk says so; each file is whole then, as it was or as it should be.
pub fn apply(folder: &Path, drift: &Drift, wanted: &BTreeMap<String, String>) -> Result<(), Failure> {
    apply_on(&mut RealDisk, folder, drift, wanted)
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
    let mut writer = Writer { disk, folder, touched: BTreeSet::new() };
    // What goes away goes first: a path may have been a file and become a folder, or the other way round.
    for (path, state) in drift {
        match (state, wanted.get(path)) {
            (State::Orphaned | State::Unfinished, _) => writer.remove(path)?,
            (State::Stale, Some(_)) if folder.join(path).is_dir() => writer.remove(path)?,
            _ => {}
        }
    }
    let changed = wanted.iter().filter(|(path, _)| matches!(drift.get(*path), Some(State::Missing | State::Stale)));
    let unfinished = changed.map(|(path, text)| writer.create(path, text)).collect::<Result<Vec<_>, _>>()?;
    writer.put_in_place(&unfinished)?;
    writer.finish()
}

/// Whether a path, joined to a folder, could lead out of it.
fn leaves(path: &str) -> bool {
    !Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// A file that does not have its name yet.
struct Unfinished {
    written: PathBuf,
    path: PathBuf,
}

struct Writer<'a> {
    disk: &'a mut dyn Disk,
    folder: &'a Path,
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

    /// Makes a file under another name, in the folder where it will stand.
    fn create(&mut self, path: &str, text: &str) -> Result<Unfinished, Failure> {
        let path = self.folder.join(path);
        let parent = path.parent().unwrap_or(self.folder);
        self.create_folders(parent)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let unfinished = parent.join(format!(".{name}.{}{UNFINISHED}", std::process::id()));
        self.disk.create_file(&unfinished, text).map_err(|error| Failure::at(&unfinished, &error))?;
        Ok(Unfinished { written: unfinished, path })
    }

    /// Gives files their names, in the place of another or where there was none.
    fn put_in_place(&mut self, files: &[Unfinished]) -> Result<(), Failure> {
        if files.is_empty() {
            return Ok(());
        }
        let written: Vec<&Path> = files.iter().map(|file| file.written.as_path()).collect();
        self.disk.sync_files(&written)?;
        for Unfinished { written, path } in files {
            self.disk.rename(written, path).map_err(|error| Failure::at(path, &error))?;
            self.touched.insert(path.parent().unwrap_or(self.folder).to_owned());
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
        for folder in &self.touched {
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
