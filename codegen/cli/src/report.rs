//! What a command says about a document.

use specie_codegen::diagnostic::{Code, Diagnostics};
use specie_codegen::diagnostic_formats::{self as render, Format as Rendered, Terminal};
use specie_codegen::{Gathered, Program, Strictness};

use crate::args::{Format, Reporting};
use crate::failure::Failure;
use crate::printed_problems::{self, Seen};
use crate::project::Api;
use crate::standard_error::{colour, say};
use crate::terminal::print;

/// The problems as the configuration wants to have them taken, and then the user: some warnings dropped, others made errors.
pub(crate) fn level(found: &mut Diagnostics, api: Option<&Api>, reporting: &Reporting) {
    if let Some(Api { allow, deny, .. }) = api {
        found.level(allow, deny);
    }
    found.level(&reporting.allow, &reporting.deny);
}

/// Whether nothing is made of a document because of its problems: errors, and for one that is read strictly warnings as well.
pub(crate) fn is_refused(found: &Diagnostics, strictness: Strictness) -> bool {
    if strictness.is_lenient() { found.has_errors() } else { !found.is_empty() }
}

/// Drops what is about the style of a description, unless the user asks for it by `--deny`; returns how many warnings that were.
pub(crate) fn drop_style(found: &mut Diagnostics) -> usize {
    let before = found.warnings();
    let style: Vec<Code> = Code::ALL.iter().copied().filter(|code| code.is_style()).collect();
    found.level(&style, &[]);
    before - found.warnings()
}

/// The files as the listing of their problems needs them: JSON names each place by a pointer too.
pub(crate) fn parsed(gathered: Gathered, reporting: &Reporting) -> Gathered {
    if reporting.format == Format::Json { gathered.with_all_parsed() } else { gathered }
}

/// Prints every problem where a reader of the format looks for it.
pub(crate) fn all(
    found: &Diagnostics,
    gathered: &Gathered,
    reporting: &Reporting,
    seen: &mut Seen,
    program: Program,
) -> Result<(), Failure> {
    let found = &shown(found, reporting);
    if let Some(format) = machine(reporting.format) {
        return print(&printed_problems::rendered(found, gathered.into(), format, seen));
    }
    printed_problems::problems(found, gathered, seen, program);
    Ok(())
}

/// The end of a command: problems of the configuration are printed where a reader of the format looks for them.
pub(crate) fn ended(done: Result<(), Failure>, reporting: &Reporting) -> Result<(), Failure> {
    match (done, machine(reporting.format)) {
        (Err(Failure::Listed(listing)), Some(format)) => {
            print(&render::render(&listing.problems, &listing.configuration, format))?;
            Err(Failure::Io(listing.last))
        }
        (done, _) => done,
    }
}

/// Prints warnings by code, a few places of each, and errors last; programs get every problem.
pub(crate) fn in_short(
    found: &Diagnostics,
    gathered: &Gathered,
    reporting: &Reporting,
    program: Program,
) -> Result<(), Failure> {
    let found = &shown(found, reporting);
    if let Some(format) = machine(reporting.format) {
        return print(&render::render(found, gathered, format));
    }
    say(&render::summary(found, gathered, Terminal { color: colour(), program }));
    Ok(())
}

fn shown(found: &Diagnostics, reporting: &Reporting) -> Diagnostics {
    let mut shown = found.clone();
    if reporting.quiet {
        shown.level(Code::ALL, &[]);
    }
    shown
}

fn machine(format: Format) -> Option<Rendered> {
    match format {
        Format::Human => None,
        Format::Json => Some(Rendered::Json),
        Format::Github => Some(Rendered::GitHub),
    }
}
