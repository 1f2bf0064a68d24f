//! Why a command did not do what it was asked, and the exit code that says so.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use specie_codegen::Program;
use specie_codegen::diagnostic::{Diagnostics, plain};
use specie_codegen::source::Source;

use crate::printed_problems::{self, Seen};
use crate::standard_error::{Style, paint, say};

/// The end of a command that failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The input is at fault or out of date. Listings were printed before; this is the last line.
    Input(String),
    /// The command was called in a way that cannot work.
    Usage(String),
    /// Reading or writing failed.
    Io(String),
    /// What the configuration names cannot be read, which is listed before the last line.
    Listed(Box<Listing>),
    /// Nobody reads the output any more, as in `… | head`; nothing is wrong.
    NobodyListens,
}

/// Problems of the configuration, in its text.
#[derive(Debug)]
pub(crate) struct Listing {
    pub(crate) problems: Diagnostics,
    pub(crate) configuration: Source,
    /// Whose commands the reader can type.
    pub(crate) program: Program,
    /// The last line.
    pub(crate) last: String,
}

impl Listing {
    /// Prints the problems on standard error.
    fn print(&self) {
        printed_problems::problems(&self.problems, &self.configuration, &mut Seen::new(), self.program);
    }
}

impl Failure {
    /// Reading or writing `path` failed.
    pub(crate) fn at(path: &Path, error: &io::Error) -> Self {
        Self::Io(format!("{}: {error}", path.display()))
    }

    /// Writing to standard output failed.
    pub(crate) fn output(error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::NobodyListens
        } else {
            Self::Io(format!("standard output: {error}"))
        }
    }

    /// Prints the failure on standard error; returns the exit code that the README promises.
    pub(crate) fn report(&self) -> ExitCode {
        let code = match self {
            Self::NobodyListens => return ExitCode::SUCCESS,
            Self::Input(_) => 1,
            Self::Usage(_) => 2,
            Self::Io(_) => 3,
            Self::Listed(listing) => {
                listing.print();
                3
            }
        };
        say(&format!("{}: {}\n", paint(Style::Error, "error"), shown(&self.to_string())));
        ExitCode::from(code)
    }
}

/// A text as a terminal is given it: what it repeats of files moves no cursor, and the word before an advice has its colour.
fn shown(text: &str) -> String {
    plain(text.replace('\t', " ")).replace("\nhelp: ", &format!("\n{}: ", paint(Style::Help, "help")))
}

impl From<specie_build::Failure> for Failure {
    fn from(failure: specie_build::Failure) -> Self {
        match failure {
            specie_build::Failure::Input(text) => Self::Input(text),
            specie_build::Failure::Usage(text) => Self::Usage(text),
            specie_build::Failure::Io(text) => Self::Io(text),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(text) | Self::Usage(text) | Self::Io(text) => formatter.write_str(text),
            Self::Listed(listing) => formatter.write_str(&listing.last),
            Self::NobodyListens => Ok(()),
        }
    }
}
