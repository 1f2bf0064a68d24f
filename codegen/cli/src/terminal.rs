//! What depends on whether a person looks on: colour and progress.

use std::io::{self, IsTerminal, Write as _};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::failure::Failure;

/// What a word on standard error stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Style {
    Error,
    Help,
    Added,
    Removed,
}

/// Whether listings on standard error are coloured: on a terminal, unless `NO_COLOR` is set (<https://no-color.org>).
pub(crate) fn colour() -> bool {
    let forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    !forbidden && !dumb && io::stderr().is_terminal()
}

/// The text in its colour where colour is wanted.
pub(crate) fn paint(style: Style, text: &str) -> String {
    if !colour() {
        return text.to_owned();
    }
    let code = match style {
        Style::Error => "1;31",
        Style::Help => "1;36",
        Style::Added => "32",
        Style::Removed => "31",
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}

/// Writes to standard output. Unlike `print!` it does not panic when nobody reads it.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut output = io::stdout().lock();
    output.write_all(text.as_bytes()).and_then(|()| output.flush()).map_err(|error| Failure::output(&error))
}

/// How long a command may work before it says what it does.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line on the terminal that says what takes so long, until dropped. Nothing is shown for quick work or where no person looks on.
#[derive(Debug)]
pub(crate) struct Progress {
    shown: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    pub(crate) fn start(what: &str) -> Self {
        if !io::stderr().is_terminal() {
            return Self { shown: None };
        }
        let what = what.to_owned();
        let (stop, stopped) = channel::<()>();
        let thread = thread::spawn(move || {
            if stopped.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                eprint!("  {what} …");
                // Waits for the sender to be dropped; the response is always an error.
                let _ = stopped.recv();
                eprint!("\r\u{1b}[K");
            }
        });
        Self { shown: Some((stop, thread)) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.shown.take() {
            drop(stop);
            // The thread only prints; nothing depends on how it ended.
            let _ = thread.join();
        }
    }
}
