//! Snapshots of surfaces: what is there, and writing them.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use specie_build::write::files;

use crate::failure::Failure;
use crate::paths::real_path;
use crate::project::{Api, Project};
use crate::terminal::print;

/// A snapshot beside the surface that it should be.
pub(super) struct Snapshot<'a> {
    pub(super) api: &'a Api,
    /// The file, without symbolic links.
    file: PathBuf,
    /// Its text; `None` where it is not there.
    pub(super) there: Option<String>,
    /// The surface.
    pub(super) now: String,
}

impl<'a> Snapshot<'a> {
    pub(super) fn of(project: &Project, api: &'a Api, now: String) -> Result<Self, Failure> {
        let failed = |error| Failure::at(&api.surface.path, &error);
        let file = real_path(&project.root.join(&api.surface.path)).map_err(failed)?;
        let there = match fs::read_to_string(&file) {
            Ok(there) => Some(there),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(failed(error)),
        };
        Ok(Self { api, file, there, now })
    }

    fn refuse_other_files(&self) -> Result<(), Failure> {
        if self.there.as_ref().is_none_or(|there| there.is_empty() || is_surface(there)) {
            return Ok(());
        }
        Err(Failure::Input(format!(
            "{}: this is no surface of a crate, so it is not replaced\nhelp: set another `surface` in the configuration, or remove the file",
            self.api.surface.path.display()
        )))
    }
}

/// Writes snapshots, each as a whole, and those of a folder together.
pub(super) fn write(snapshots: &[Snapshot<'_>]) -> Result<(), Failure> {
    snapshots.iter().try_for_each(Snapshot::refuse_other_files)?;
    let mut folders: BTreeMap<PathBuf, Vec<&Snapshot<'_>>> = BTreeMap::new();
    for snapshot in snapshots {
        let folder = snapshot.file.parent().unwrap_or(&snapshot.file);
        folders.entry(folder.to_owned()).or_default().push(snapshot);
    }
    for (folder, snapshots) in folders {
        let name = |file: &Path| file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let wanted = snapshots.iter().map(|snapshot| (name(&snapshot.file), snapshot.now.clone()));
        files(&folder, &wanted.collect())?;
        for snapshot in snapshots {
            print(&format!("  {}  written\n", snapshot.api.surface.path.display()))?;
        }
    }
    Ok(())
}

/// Whether a text begins as a surface does: with the name of a crate, the title of its document and a version.
fn is_surface(text: &str) -> bool {
    let head = text.lines().next().unwrap_or_default();
    head.split_once(": ").is_some_and(|(name, rest)| !name.contains(char::is_whitespace) && rest.contains(", version "))
}
