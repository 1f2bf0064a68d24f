//! The folder that `generate` writes: the one that the arguments name, else the one of the configuration.

use std::path::{Path, PathBuf};

use crate::args::Generate;
use crate::failure::Failure;
use crate::named_document::NamedDocument;
use crate::paths::{real_path, relative};

/// A folder to write a crate or a module into.
pub(super) struct Out {
    /// Without symbolic links.
    pub(super) folder: PathBuf,
    /// For messages, from the current folder.
    pub(super) shown: String,
    /// Whether the configuration has the same document written there.
    pub(super) is_configured: bool,
}

impl Out {
    /// The folder, or that nothing names one. What the configuration has in it for other documents is not written.
    pub(super) fn of(arguments: &Generate, document: NamedDocument<'_>, here: &Path) -> Result<Self, Failure> {
        let real = |path: &Path| real_path(path).map_err(|error| Failure::at(path, &error));
        let configured = document.configured.and_then(|(project, api)| project.output_folder(api));
        let configured = configured.map(|folder| real(&folder)).transpose()?;
        match (&arguments.out, configured) {
            (Some(named), configured) => {
                let folder = real(named)?;
                let is_configured = configured.as_ref() == Some(&folder);
                Ok(Self { folder, shown: named.display().to_string(), is_configured })
            }
            (None, Some(folder)) => Ok(Self { shown: relative(&real(here)?, &folder), folder, is_configured: true }),
            (None, None) => {
                let spec = document.spec.display();
                Err(Failure::Usage(format!(
                    "{spec} is no document of a configuration, so nothing says where its crate goes\n\
                     help: name a folder with --out DIR"
                )))
            }
        }
    }
}
