//! `cargo xtask lint SPEC…`: what is wrong with documents, and nothing else.

use std::path::Path;

use crate::args::{Format, Lint};
use crate::failure::Failure;
use crate::listing::{self, Seen};
use crate::project::{Checkout, current_folder};
use crate::read;
use crate::report;
use crate::terminal::{Progress, print};

pub(crate) fn run(arguments: &Lint) -> Result<(), Failure> {
    let here = current_folder()?;
    let checkout = Checkout::around()?;
    let mut at_fault = Vec::new();
    let mut seen = Seen::new();
    for spec in &arguments.specs {
        let progress = Progress::start(&format!("reading {}", spec.display()));
        let gathered = read::gather(&here, spec, &arguments.reading)?;
        let in_specs = is_in_specs(checkout.as_ref(), &here.join(spec));
        let strictness =
            if in_specs { specie_codegen::Strictness::Strict } else { specie_codegen::Strictness::Lenient };
        let mut found = specie_codegen::check(&gathered, strictness);
        report::level(&mut found, &arguments.reporting);
        drop(progress);
        let source = &gathered.source;
        report::all(&found, source, &arguments.reporting, &mut seen)?;
        // What `regenerate` would refuse, `lint` does not let pass.
        let refused = if in_specs { !found.is_empty() } else { found.has_errors() };
        if refused {
            at_fault.push(format!("{} ({})", source.root, listing::tally(&found)));
        } else if arguments.reporting.format == Format::Human && !arguments.reporting.quiet {
            print(&format!("  {}  {}\n", source.root, listing::tally(&found)))?;
        }
    }
    if at_fault.is_empty() { Ok(()) } else { Err(Failure::Input(format!("at fault: {}", at_fault.join(", ")))) }
}

/// Whether a document is one of those that `regenerate` reads, and so has to be without warnings.
pub(crate) fn is_in_specs(checkout: Option<&Checkout>, document: &Path) -> bool {
    let folder = document.parent().and_then(|folder| folder.canonicalize().ok());
    checkout.is_some_and(|checkout| folder.is_some_and(|folder| folder == checkout.specs()))
}
