//! `cargo xtask surface SPEC`: the public surface of a document's crate, a dozen lines per operation and type.

use specie_codegen::{Manifest, Options, Strictness};

use crate::args::Surface;
use crate::failure::Failure;
use crate::generate::name_of;
use crate::lint::is_in_specs;
use crate::listing::{self, Seen};
use crate::project::{Checkout, current_folder};
use crate::read;
use crate::terminal::{Progress, print};

pub(crate) fn run(arguments: &Surface) -> Result<(), Failure> {
    let here = current_folder()?;
    let gathered = read::gather(&here, &arguments.spec, &arguments.reading)?;
    let source = &gathered.source;
    let checkout = Checkout::around()?;
    let strict = is_in_specs(checkout.as_ref(), &here.join(&arguments.spec));
    let options = Options {
        crate_name: name_of(&arguments.spec),
        strictness: if strict { Strictness::Strict } else { Strictness::Lenient },
        manifest: Manifest::Workspace,
        only: Vec::new(),
    };
    let progress = Progress::start(&format!("reading {}", source.root));
    let generated = specie_codegen::generate(&gathered, &options);
    drop(progress);
    listing::problems(&generated.diagnostics, source, &mut Seen::new());
    let refused = || Failure::Input(format!("{} has no surface: it cannot be generated from", source.root));
    print(&generated.surface.ok_or_else(refused)?)
}
