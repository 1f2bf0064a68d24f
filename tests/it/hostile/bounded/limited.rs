//! The program under limits of the system's.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::command_line::scratch::program;

/// What a run under limits did.
pub struct Limited {
    /// `None`: it was killed, for it went beyond a limit.
    pub code: Option<i32>,
    pub stderr: String,
    /// By the clock.
    pub seconds: f64,
}

/// Processor time in seconds, and memory in KiB.
const LIMITS: &str = "ulimit -t 10 && ulimit -d 1048576";

/// Time by the clock after which a run hangs, whatever it waits for; machines that do much else at once are slow.
const PATIENCE: Duration = Duration::from_secs(300);

/// Runs the program in a folder until it ends or goes beyond a limit.
pub fn limited(folder: &Path, arguments: &[&str]) -> Limited {
    let mut command = Command::new("sh");
    if cfg!(target_os = "linux") {
        command.args(["-c", &format!("{LIMITS} && exec \"$@\""), "sh"]).arg(program());
    } else {
        command = Command::new(program());
    }
    let start = Instant::now();
    let mut child = command
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut stderr = child.stderr.take().expect("a pipe");
    let (sender, receiver) = channel();
    let reader = thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = stderr.read_to_end(&mut bytes);
        // Nobody waits for it where the run hung.
        let _ = sender.send(read.map(|_| bytes));
    });
    let read = receiver.recv_timeout(PATIENCE);
    if matches!(read, Err(RecvTimeoutError::Timeout)) {
        child.kill().expect("a kill");
    }
    let status = child.wait().expect("an end");
    let seconds = start.elapsed().as_secs_f64();
    reader.join().expect("a reader");
    let bytes = read.map(|read| read.expect("text")).unwrap_or_default();
    Limited { code: status.code(), stderr: String::from_utf8_lossy(&bytes).into_owned(), seconds }
}
