//! Paths: real ones, relative ones, and the current folder.

use std::path::PathBuf;

pub(crate) use specie_build::paths::{real_path, relative, slashes};

use crate::failure::Failure;

pub(crate) fn current_folder() -> Result<PathBuf, Failure> {
    Ok(specie_build::paths::current_folder()?)
}
