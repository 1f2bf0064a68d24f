//! Reads documents as the arguments and the configuration name them.

use std::path::Path;

pub(crate) use specie_build::read::{has_ending, is_document, is_standard_input, overlaid, possible_overlays};
use specie_codegen::Gathered;

use crate::args::Reading;
use crate::failure::Failure;

/// Reads the document at `root`, its overlays, and every file that they refer to within the base. All paths are relative to `from`.
pub(crate) fn gather(from: &Path, root: &Path, reading: &Reading) -> Result<Gathered, Failure> {
    Ok(specie_build::read::gather(from, root, reading.base.as_deref(), &reading.overlay)?)
}
