//! What is printed for a person: the result of a command, and its progress.

use std::io::{self, IsTerminal, Write as _};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::failure::Failure;
use crate::standard_error::say;

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
                say(&format!("  {what} …"));
                // Waits for the sender to be dropped; the response is always an error.
                let _ = stopped.recv();
                say("\r\u{1b}[K");
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
