//! The file under a journal: opened for one process alone, watched, and written so that what failed is not in it.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::client::journal::file_format::Checksum;
use crate::client::transport::environment::{System, random_key};

/// What a journal asks of its file.
pub(super) trait Storage: fmt::Debug + Send + Sync + 'static {
    /// Adds bytes at the end.
    fn write(&self, bytes: &[u8]) -> io::Result<()>;

    /// Waits until what was written is on the disk.
    fn sync(&self) -> io::Result<()>;

    /// Cuts off what stands after so many bytes.
    fn cut(&self, length: u64) -> io::Result<()>;

    /// How many bytes there are.
    fn length(&self) -> io::Result<u64>;

    /// Whether its path still leads to it.
    fn is_in_place(&self) -> io::Result<bool>;
}

/// A file at its path.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) file: File,
    /// Absolute, so that it means the same after a change of the current folder.
    pub(super) path: PathBuf,
}

impl Storage for Placed {
    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        (&self.file).write_all(bytes)
    }

    fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    fn cut(&self, length: u64) -> io::Result<()> {
        self.file.set_len(length)
    }

    fn length(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }

    #[cfg(unix)]
    fn is_in_place(&self) -> io::Result<bool> {
        use std::os::unix::fs::MetadataExt;
        let own = self.file.metadata()?;
        match std::fs::metadata(&self.path) {
            Ok(there) => Ok((there.dev(), there.ino()) == (own.dev(), own.ino())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// On other systems a file that is open in this way cannot be moved or replaced.
    #[cfg(not(unix))]
    fn is_in_place(&self) -> io::Result<bool> {
        self.path.try_exists()
    }
}

/// Where the whole lines of a file end, and their checksum.
#[derive(Clone)]
pub(super) struct Pen {
    pub(super) end: u64,
    pub(super) checksum: Checksum,
}

impl fmt::Debug for Pen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pen").field("end", &self.end).finish_non_exhaustive()
    }
}

/// Why lines were not added.
pub(super) struct Unwritten {
    pub(super) error: io::Error,
    /// Whether something of them may be in the file all the same.
    pub(super) is_torn: bool,
}

impl Pen {
    /// Adds whole lines, all of them or none.
    ///
    /// Whoever is told that an entry could not be written sends nothing and may ask for a new call; an entry that is found all the same,
    /// after a restart, would be sent beside that one.
    pub(super) fn add<'t>(
        &mut self,
        storage: &dyn Storage,
        texts: impl Iterator<Item = &'t str>,
        durable: bool,
    ) -> Result<(), Unwritten> {
        watch(storage, |length| length == self.end).map_err(|error| Unwritten { error, is_torn: false })?;
        let mut checksum = self.checksum.clone();
        let lines: String = texts.map(|text| checksum.seal(text)).collect();
        let end = self.end.saturating_add(u64::try_from(lines.len()).unwrap_or(u64::MAX));
        let written = storage.write(lines.as_bytes());
        let synced = if durable { written.and_then(|()| storage.sync()) } else { written };
        // Once more: what was moved away or emptied meanwhile is not where the next start looks for it.
        match synced.and_then(|()| watch(storage, |length| length == end)) {
            Ok(()) => {
                *self = Self { end, checksum };
                Ok(())
            }
            Err(error) => Err(Unwritten { error, is_torn: self.take_back(storage).is_err() }),
        }
    }

    /// Cuts off what stands behind the whole lines.
    fn take_back(&self, storage: &dyn Storage) -> io::Result<()> {
        if storage.length()? < self.end {
            return Err(shrunk());
        }
        storage.cut(self.end)?;
        storage.sync()
    }
}

/// An error if the file is no longer the journal's alone.
pub(super) fn watch(storage: &dyn Storage, is_right: impl Fn(u64) -> bool) -> io::Result<()> {
    if !storage.is_in_place()? {
        let text = "the journal's file was moved, replaced or removed; put it back, or open the journal again";
        return Err(io::Error::new(io::ErrorKind::NotFound, text));
    }
    if is_right(storage.length()?) { Ok(()) } else { Err(shrunk()) }
}

fn shrunk() -> io::Error {
    let text = "somebody else cut or wrote the journal's file; look for a copy of it, put that back, and open the journal again";
    io::Error::new(io::ErrorKind::InvalidData, text)
}

/// Opens a file that no other process has open, for reading and for adding to it.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true);
    let file = shared(&mut options).open(path)?;
    reserve(&file)?;
    Ok(file)
}

/// Creates a file with this text, as a whole or not at all; `AlreadyExists` if there is one.
pub(super) fn create(path: &Path, text: &str) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    if !cfg!(unix) {
        let file = shared(&mut options).open(path)?;
        return written(file, text);
    }
    // Under another name first: a file without a header is never taken for a journal.
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", random_key(&System)?));
    let other = path.with_file_name(name);
    let file = shared(&mut options).open(&other).and_then(|file| written(file, text));
    let placed = file.and_then(|file| place(&other, path).map(|()| file));
    // What is left of it is an empty journal that nobody looks for.
    let _ = std::fs::remove_file(&other);
    placed
}

/// Gives a file another name, unless that is taken.
fn place(from: &Path, to: &Path) -> io::Result<()> {
    match std::fs::hard_link(from, to) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists && !to.try_exists()? => {
            // This file system knows no links. Whoever is replaced just now finds its file moved, before it sends anything.
            std::fs::rename(from, to)
        }
        other => other,
    }
}

fn written(mut file: File, text: &str) -> io::Result<File> {
    reserve(&file)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(file)
}

fn shared(options: &mut OpenOptions) -> &mut OpenOptions {
    // FILE_SHARE_READ: others may look at it.
    #[cfg(windows)]
    std::os::windows::fs::OpenOptionsExt::share_mode(options, 1);
    options
}

/// Keeps everybody else out for as long as the file is open. The system lets go of it when the process ends, however that comes about.
#[cfg(all(unix, not(target_os = "solaris")))]
fn reserve(file: &File) -> io::Result<()> {
    use rustix::fs::{FlockOperation, flock};
    match flock(file, FlockOperation::NonBlockingLockExclusive) {
        Err(rustix::io::Errno::WOULDBLOCK) => {
            let text = "the journal is open already, in this process or another one; each needs a file of its own";
            Err(io::Error::new(io::ErrorKind::WouldBlock, text))
        }
        other => Ok(other?),
    }
}

#[cfg(not(all(unix, not(target_os = "solaris"))))]
fn reserve(_: &File) -> io::Result<()> {
    Ok(())
}
