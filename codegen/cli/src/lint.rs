//! `lint SPEC…`: what is wrong with documents, and nothing else.

use specie_codegen::{Program, Strictness};

use crate::args::{Format, Lint};
use crate::failure::Failure;
use crate::named_document;
use crate::paths::current_folder;
use crate::printed_problems::{self, Seen};
use crate::project::{Api, Project};
use crate::report;
use crate::terminal::{Progress, print};

pub(crate) fn run(arguments: &Lint, program: Program) -> Result<(), Failure> {
    let here = current_folder()?;
    let project = Project::around(program)?;
    named_document::refuse_missing(project.as_ref(), &here, &arguments.specs)?;
    let mut at_fault = Vec::new();
    let mut seen = Seen::new();
    for spec in &arguments.specs {
        let progress = Progress::start(&format!("reading {}", spec.display()));
        let api = named_document::configured(project.as_ref(), &here, spec);
        let gathered = named_document::gather(project.as_ref(), &here, spec, &arguments.reading)?;
        let gathered = report::parsed(gathered, &arguments.reporting);
        let strictness = api.map_or(Strictness::Lenient, |(_, api)| api.strictness);
        let mut found = specie_codegen::check(&gathered, strictness);
        if let Some((_, Api { allow, deny, .. })) = api {
            found.level(allow, deny);
        }
        report::level(&mut found, &arguments.reporting);
        drop(progress);
        let source = &gathered.source;
        report::all(&found, &gathered, &arguments.reporting, &mut seen, program)?;
        // What `regenerate` would refuse, `lint` does not let pass.
        let refused = if strictness.is_lenient() { found.has_errors() } else { !found.is_empty() };
        if refused {
            at_fault.push(format!("{} ({})", source.root, printed_problems::tally(&found)));
        } else if arguments.reporting.format == Format::Human && !arguments.reporting.quiet {
            print(&format!("  {}  {}\n", source.root, printed_problems::tally(&found)))?;
        }
    }
    if at_fault.is_empty() { Ok(()) } else { Err(Failure::Input(format!("at fault: {}", at_fault.join(", ")))) }
}
