//! The file under a journal: opened for one process alone, and written so that what failed is not in it.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// What a journal asks of its file.
pub(super) trait Storage: Write + fmt::Debug + Send + 'static {
    /// Waits until what was written is on the disk.
    fn sync(&mut self) -> io::Result<()>;

    /// Cuts off what stands after so many bytes.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

impl Storage for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }
}

/// A file, and where its whole lines end.
#[derive(Debug)]
pub(super) struct Pen {
    file: Box<dyn Storage>,
    end: u64,
}

impl Pen {
    pub(super) fn new(file: impl Storage, end: u64) -> Self {
        Self { file: Box::new(file), end }
    }

    /// Adds whole lines, all of them or none.
    ///
    /// Whoever is told that an entry could not be written sends nothing and may ask for a new call; an entry that is found all the same,
    /// after a restart, would be sent beside that one.
    pub(super) fn add(&mut self, lines: &str, durable: bool) -> io::Result<()> {
        let written = self.file.write_all(lines.as_bytes());
        let done = if durable { written.and_then(|()| self.file.sync()) } else { written };
        match done {
            Ok(()) => self.end = self.end.saturating_add(u64::try_from(lines.len()).unwrap_or(u64::MAX)),
            // Nothing more can be done where this fails, too: the error is reported in any case.
            Err(_) => drop(self.file.cut(self.end).and_then(|()| self.file.sync())),
        }
        done
    }
}

/// Opens or creates a file that no other process has open, for reading and for adding to it.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // FILE_SHARE_READ: others may look at it.
    #[cfg(windows)]
    std::os::windows::fs::OpenOptionsExt::share_mode(&mut options, 1);
    let file = options.open(path)?;
    reserve(&file)?;
    Ok(file)
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
