//! What a person reads: problems of documents, and how a folder differs from the tree of files that it should hold.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use similar::{ChangeTag, TextDiff};
use specie_codegen::Program;
use specie_codegen::diagnostic::{Diagnostic, Diagnostics, plain};
use specie_codegen::drift::{Contents, Drift, FolderEntry, State};
use specie_codegen::listing::{Format, Terminal, render};
use specie_codegen::source::Source;

use crate::failure::Failure;
use crate::terminal::{Style, colour, paint};

/// Prints problems as listings on standard error. Those of a file that several documents share are printed once.
pub(crate) fn problems(found: &Diagnostics, source: &Source, seen: &mut Seen, program: Program) {
    let terminal = Terminal { color: colour(), program };
    eprint!("{}", rendered(found, source, Format::Human(terminal), seen));
}

/// Renders the problems that were not seen before, and remembers them.
pub(crate) fn rendered(found: &Diagnostics, source: &Source, format: Format, seen: &mut Seen) -> String {
    let key = |one: &Diagnostic| {
        let place = one.span();
        (source.name(place.file).to_owned(), place.start, one.message.clone())
    };
    let text = if found.iter().any(|one| seen.contains(&key(one))) {
        let mut new = Diagnostics::new();
        for one in found.iter().filter(|one| !seen.contains(&key(one))) {
            new.push(one.clone());
        }
        render(&new, source, format)
    } else {
        render(found, source, format)
    };
    seen.extend(found.iter().map(key));
    text
}

/// The problems that were printed: the file's name, the place in it, and the message.
pub(crate) type Seen = HashSet<(String, u32, String)>;

/// How many problems there are, in words.
pub(crate) fn tally(found: &Diagnostics) -> String {
    let warnings = found.warnings();
    let count = |number: usize, what: &str| match number {
        0 => None,
        1 => Some(format!("1 {what}")),
        several => Some(format!("{several} {what}s")),
    };
    let counts: Vec<String> =
        [count(found.errors(), "error"), count(warnings, "warning")].into_iter().flatten().collect();
    if counts.is_empty() { "no problems".to_owned() } else { counts.join(", ") }
}

/// Names what a run would destroy that the generator did not write, and refuses.
pub(crate) fn refuse_to_overwrite(folder: &Path, drift: &Drift) -> Result<(), Failure> {
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

/// The number of files that a run changed, in words.
pub(crate) fn count(files: usize) -> String {
    match files {
        0 => "unchanged".to_owned(),
        1 => "1 file changed".to_owned(),
        several => format!("{several} files changed"),
    }
}

/// A listing of what differs below `folder`, with a short diff of each file.
pub(crate) fn drift(folder: &str, drift: &Drift, wanted: &BTreeMap<String, String>, found: &Contents) -> String {
    let mut listing = String::new();
    for (path, state) in drift {
        // Writing to a `String` cannot fail.
        let _ = writeln!(listing, "{folder}/{}  {}", plain(path.as_str()), state.as_str());
        if *state == State::InTheWay {
            continue;
        }
        let old = match found.get(path) {
            Some(FolderEntry::File(bytes)) => String::from_utf8_lossy(bytes),
            _ => "".into(),
        };
        let new = wanted.get(path).map_or("", String::as_str);
        listing.push_str(&short_diff(&old, new));
    }
    listing
}

/// How many lines of a file's diff are shown.
const SHOWN: usize = 16;

/// A diff that is not the smallest possible helps as much as one that is, so no time is spent on finding that one.
const DIFF_TIME: Duration = Duration::from_millis(200);

/// The first lines of the unified diff.
pub(crate) fn short_diff(old: &str, new: &str) -> String {
    let diff = TextDiff::configure().timeout(DIFF_TIME).diff_lines(old, new);
    let mut unified = diff.unified_diff();
    let mut lines = Vec::new();
    for hunk in unified.context_radius(1).iter_hunks() {
        lines.push(hunk.header().to_string());
        for change in hunk.iter_changes() {
            let line = plain(change.value().trim_end_matches(['\n', '\r']));
            lines.push(match change.tag() {
                ChangeTag::Delete => paint(Style::Removed, &format!("-{line}")),
                ChangeTag::Insert => paint(Style::Added, &format!("+{line}")),
                ChangeTag::Equal => format!(" {line}"),
            });
        }
    }
    let mut text = String::new();
    for line in lines.iter().take(SHOWN) {
        let _ = writeln!(text, "    {line}");
    }
    if lines.len() > SHOWN {
        let _ = writeln!(text, "    … {} more lines", lines.len() - SHOWN);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use specie_codegen::drift::{Contents, FolderEntry, compare};

    use super::{drift, short_diff};

    const HEADER: &str = "// @generated by cargo xtask regenerate from specs/x.yaml.\n";

    #[test]
    fn a_listing_names_the_path_and_shows_what_changed() {
        let path = "x/a.rs".to_owned();
        let wanted = BTreeMap::from([(path.clone(), format!("{HEADER}one\ntwo\nthree\n"))]);
        let stale = FolderEntry::File(format!("{HEADER}one\n2\nthree\n").into());
        let found = Contents::from([(path, stale)]);
        assert_eq!(
            drift("generated", &compare(&wanted, &found), &wanted, &found),
            "generated/x/a.rs  stale\n    @@ -2,3 +2,3 @@\n     one\n    -2\n    +two\n     three\n"
        );
    }

    #[test]
    fn long_diffs_are_cut() {
        let diff = short_diff("", &"line\n".repeat(100));
        assert_eq!(diff.lines().count(), 17);
        assert!(diff.ends_with("    … 85 more lines\n"), "{diff}");
    }

    #[test]
    fn what_stands_in_a_file_does_not_move_the_cursor() {
        let diff = short_diff("\u{1b}[2J\rgone\n", "");
        assert!(diff.contains("-\u{fffd}[2J") && diff.contains("gone"), "{diff:?}");
        assert!(!diff.contains(['\u{1b}', '\r']), "{diff:?}");
    }
}
