//! `corpus PATH…`: what becomes of many documents, a line each, and a sum.
//!
//! Each document is read in a process of its own, so that one that ends in a panic, or not at all, is a line like the others.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use rayon::prelude::*;
use specie_codegen::diagnostic::{Code, Severity};
use specie_codegen::{Manifest, Options, Program, Strictness};

use crate::args::{Corpus, Reading};
use crate::failure::Failure;
use crate::generate::name_of;
use crate::paths::current_folder;
use crate::read;
use crate::terminal::print;

/// What becomes of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    /// A crate is generated.
    Ok,
    /// It has an error.
    Refused,
    /// It is no OpenAPI document of a known version, as the parts of one are not.
    Other,
    /// The generator broke.
    Panic,
    /// The generator took too long.
    Timeout,
}

const STATES: [State; 5] = [State::Ok, State::Refused, State::Other, State::Panic, State::Timeout];

impl fmt::Display for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Ok => "ok",
            Self::Refused => "refused",
            Self::Other => "other",
            Self::Panic => "panic",
            Self::Timeout => "timeout",
        })
    }
}

/// What is known of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    state: State,
    /// How many fields and types are free JSON; zero where no crate is generated.
    untyped: usize,
    /// The codes of what was reported: errors where it is refused, else warnings.
    codes: Vec<String>,
}

impl Row {
    const fn bare(state: State) -> Self {
        Self { state, untyped: 0, codes: Vec::new() }
    }

    /// The row of a document whose text cannot be read.
    fn unreadable() -> Self {
        Self { codes: vec![Code::UnreadableFile.as_str().to_owned()], ..Self::bare(State::Refused) }
    }

    /// The columns before the document's name, as [`Row::parse`] reads them.
    fn columns(&self) -> String {
        format!("{:7}\t{}\t{}", self.state, self.untyped, self.codes.join(","))
    }

    fn parse(line: &str) -> Option<Self> {
        let mut columns = line.split('\t');
        let word = columns.next()?.trim_end();
        let state = STATES.into_iter().find(|state| state.to_string() == word)?;
        let untyped = columns.next()?.parse().ok()?;
        let codes = columns.next()?.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect();
        Some(Self { state, untyped, codes })
    }
}

pub(crate) fn run(arguments: &Corpus) -> Result<(), Failure> {
    let mut documents = Vec::new();
    for path in &arguments.paths {
        find(path, &mut documents)?;
    }
    if arguments.here {
        let rows = documents.iter().map(|document| Ok((row(document)?, document)));
        return print(&report(&rows.collect::<Result<Vec<_>, Failure>>()?));
    }
    let limit = Duration::from_secs(arguments.timeout);
    let rows: Result<Vec<_>, Failure> =
        documents.par_iter().map(|document| Ok((row_apart(document, limit)?, document))).collect();
    let rows = rows?;
    print(&report(&rows))?;
    let broken = rows.iter().filter(|(row, _)| matches!(row.state, State::Panic | State::Timeout)).count();
    if broken == 0 { Ok(()) } else { Err(Failure::Input(format!("the generator broke on {broken} documents"))) }
}

/// The documents at or below a path, in the order of their names. Overlays are none.
fn find(path: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let at = |error| Failure::at(path, &error);
    if !fs::metadata(path).map_err(at)?.is_dir() {
        found.push(path.to_owned());
        return Ok(());
    }
    let entries: Result<Vec<_>, _> = fs::read_dir(path).map_err(at)?.collect();
    let mut inner: Vec<PathBuf> = entries.map_err(at)?.into_iter().map(|entry| entry.path()).collect();
    inner.sort();
    for path in inner {
        if path.is_dir() || read::is_document(&path) {
            find(&path, found)?;
        }
    }
    Ok(())
}

/// Generates the crate of a document, and forgets it.
fn row(document: &Path) -> Result<Row, Failure> {
    let gathered = match read::gather(&current_folder()?, document, &Reading::default()) {
        Err(Failure::Io(_)) => return Ok(Row::unreadable()),
        gathered => gathered?,
    };
    let manifest = Manifest::Workspace;
    let options = Options {
        crate_name: name_of(document),
        strictness: Strictness::Lenient,
        manifest,
        only: Vec::new(),
        program: Program::Xtask,
    };
    let (krate, found) = specie_codegen::planned(&gathered, &options);
    let severity = if krate.is_some() { Severity::Warning } else { Severity::Error };
    let stated = found.iter().filter(|found| found.severity == severity && !found.code.is_style());
    let mut codes: Vec<String> = stated.map(|found| found.code.as_str().to_owned()).collect();
    codes.sort_unstable();
    codes.dedup();
    let Some(krate) = krate else {
        let is_other = [Code::NotOpenApi, Code::UnsupportedVersion].iter().any(|code| codes == [code.as_str()]);
        return Ok(Row { state: if is_other { State::Other } else { State::Refused }, untyped: 0, codes });
    };
    drop(specie_codegen::emit::tree(&krate, &options.manifest));
    Ok(Row { state: State::Ok, untyped: krate.untyped.len(), codes })
}

/// The same in a process of its own, which is ended after so long.
fn row_apart(document: &Path, limit: Duration) -> Result<Row, Failure> {
    let unstarted = |error| Failure::Io(format!("this program cannot be started again: {error}"));
    let program = std::env::current_exe().map_err(unstarted)?;
    let mut command = Command::new(program);
    command.args(["corpus", "--here"]).arg(document).stdin(Stdio::null());
    let spawned = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut child = spawned.map_err(unstarted)?;
    let row = match output(&mut child, limit) {
        Some(text) => text.lines().next().and_then(Row::parse).unwrap_or(Row::bare(State::Panic)),
        None => Row::bare(State::Timeout),
    };
    // It has ended, or has to.
    drop(child.kill());
    drop(child.wait());
    Ok(row)
}

/// What a process prints until it ends; `None` where it takes longer than allowed.
fn output(child: &mut Child, limit: Duration) -> Option<String> {
    let mut stdout = child.stdout.take()?;
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut text = String::new();
        // A text that is cut off is no row.
        drop(stdout.read_to_string(&mut text));
        drop(sender.send(text));
    });
    receiver.recv_timeout(limit).ok()
}

/// A line for each document, a line for each code that refuses some, and the sum.
fn report(rows: &[(Row, &PathBuf)]) -> String {
    let mut lines: Vec<String> =
        rows.iter().map(|(row, document)| format!("{}\t{}\n", row.columns(), document.display())).collect();
    let mut refusals = BTreeMap::<&str, usize>::new();
    let refused = rows.iter().filter(|(row, _)| row.state == State::Refused);
    for code in refused.flat_map(|(row, _)| &row.codes) {
        *refusals.entry(code).or_default() += 1;
    }
    lines.extend(refusals.iter().map(|(code, count)| format!("refused by {code}: {count}\n")));
    let count = |state| rows.iter().filter(|(row, _)| row.state == state).count();
    let states = STATES.map(|state| format!("{} {state}", count(state))).join(", ");
    let untyped: usize = rows.iter().map(|(row, _)| row.untyped).sum();
    lines.push(format!("{} documents: {states}; {untyped} untyped\n", rows.len()));
    lines.concat()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use std::process::{Command, Stdio};
    use std::time::Duration;

    use super::{Row, State, find, output, report, row};

    #[test]
    fn a_process_that_does_not_end_is_given_up() {
        // It reads an input that nobody closes.
        let mut child = Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        assert_eq!(output(&mut child, Duration::from_millis(1)), None);
        child.kill().unwrap();
        child.wait().unwrap();
    }

    #[test]
    fn rows_are_read_as_they_are_written() {
        let codes = vec!["not-generated".to_owned(), "unchecked-keyword".to_owned()];
        for row in [Row { state: State::Ok, untyped: 3, codes }, Row::bare(State::Timeout)] {
            assert_eq!(Row::parse(&format!("{}\ta b.yaml", row.columns())), Some(row));
        }
        assert_eq!(Row::parse("thread 'main' panicked"), None);
    }

    #[test]
    fn documents_of_a_folder_are_counted() {
        let folder = tempfile::tempdir().unwrap();
        let head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";
        for (name, text) in [
            (
                "a.yaml",
                format!(
                    "{head}paths: {{}}\ncomponents: {{schemas: {{A: {{type: object, properties: {{a: {{}}}}}}}}}}\n"
                ),
            ),
            ("in/b.yaml", format!("{head}paths: {{/a: {{get: {{parameters: 1}}}}}}\n")),
            ("in/c.json", "{\"type\": \"object\"}".to_owned()),
            ("other.overlay.yaml", "overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions: []\n".to_owned()),
            ("notes.txt", String::new()),
        ] {
            fs::create_dir_all(folder.path().join(name).parent().unwrap()).unwrap();
            fs::write(folder.path().join(name), text).unwrap();
        }
        let mut documents = Vec::new();
        find(folder.path(), &mut documents).unwrap();
        let rows: Vec<_> = documents.iter().map(|document| (row(document).unwrap(), document)).collect();
        let states: Vec<State> = rows.iter().map(|(row, _)| row.state).collect();
        assert_eq!(states, [State::Ok, State::Refused, State::Other], "{rows:?}");
        assert_eq!(rows[0].0.untyped, 1);
        let text = report(&rows);
        assert!(text.contains("refused by wrong-type: 1\n"), "{text}");
        assert!(text.ends_with("3 documents: 1 ok, 1 refused, 1 other, 0 panic, 0 timeout; 1 untyped\n"), "{text}");
    }
}
