//! `lint [SPEC…]`: what is wrong with documents, and nothing else.

use specie_codegen::{Program, Strictness};

use crate::args::{Format, Lint};
use crate::failure::Failure;
use crate::named_document::Naming;
use crate::paths::current_folder;
use crate::printed_problems::{self, Seen};
use crate::project::Project;
use crate::report;
use crate::terminal::{Progress, print};

pub(crate) fn run(arguments: &Lint, program: Program) -> Result<(), Failure> {
    let here = current_folder()?;
    let project = Project::around(program)?;
    let naming = Naming { project: project.as_ref(), here: &here, program, without: "lint DOCUMENT" };
    let mut at_fault = Vec::new();
    let mut seen = Seen::new();
    for document in naming.all(&arguments.specs)? {
        let progress = Progress::start(&format!("reading {}", document.spec.display()));
        let gathered = document.gather(&here, &arguments.reading)?;
        let gathered = report::parsed(gathered, &arguments.reporting);
        let strictness = document.api().map_or(Strictness::Lenient, |api| api.strictness);
        let mut found = specie_codegen::check(&gathered, strictness);
        report::level(&mut found, document.api(), &arguments.reporting);
        drop(progress);
        let source = &gathered.source;
        report::all(&found, &gathered, &arguments.reporting, &mut seen, program)?;
        // What `regenerate` would refuse, `lint` does not let pass.
        if report::is_refused(&found, strictness) {
            at_fault.push(format!("{} ({})", source.root, printed_problems::tally(&found)));
        } else if arguments.reporting.format == Format::Human && !arguments.reporting.quiet {
            print(&format!("  {}  {}\n", source.root, printed_problems::tally(&found)))?;
        }
    }
    if at_fault.is_empty() { Ok(()) } else { Err(Failure::Input(format!("at fault: {}", at_fault.join(", ")))) }
}
