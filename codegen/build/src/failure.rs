//! Why nothing was read, or nothing written.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::Path;

/// Why a document was not read, or files were not written, in the words of the variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The document is at fault, as its listing says, or what stands in the folder is.
    Input(String),
    /// What was asked for cannot work.
    Usage(String),
    /// Reading or writing failed.
    Io(String),
}

impl Failure {
    /// Reading or writing `path` failed.
    #[must_use]
    pub fn at(path: &Path, error: &io::Error) -> Self {
        Self::Io(format!("{}: {error}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(text) | Self::Usage(text) | Self::Io(text) => formatter.write_str(text),
        }
    }
}

impl Error for Failure {}
