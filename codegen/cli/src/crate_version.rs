//! The version that the manifest of a crate states, or that of its workspace.

use std::path::Path;

use specie_diff::Version;
use toml::Table;

const MANIFEST: &str = "Cargo.toml";

/// The version of the crate in a folder, an absolute path; `None` where no manifest states one. `read` gives the text of a file.
pub(crate) fn stated(folder: &Path, read: &dyn Fn(&Path) -> Option<String>) -> Option<Version> {
    let manifest = |folder: &Path| read(&folder.join(MANIFEST))?.parse::<Table>().ok();
    let own = manifest(folder)?;
    let version = own.get("package")?.get("version")?;
    if let Some(version) = version.as_str() {
        return Version::parse(version).ok();
    }
    // `version.workspace = true`: the workspace is the nearest one above (The Cargo Book, "The workspace field").
    let workspace = folder.ancestors().find_map(|folder| manifest(folder)?.remove("workspace"))?;
    Version::parse(workspace.get("package")?.get("version")?.as_str()?).ok()
}

/// The version that a package is to have, or why Cargo would take it for none.
pub(crate) fn checked(text: &str) -> Result<String, String> {
    match Version::parse(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(why) => Err(format!("`{text}` is no version of a package, such as `0.1.0`: {why}")),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::stated;

    #[test]
    fn a_version_is_that_of_the_crate_or_of_its_workspace() {
        let version = |own: &str| {
            let read = |path: &Path| match path.to_str()? {
                "/r/crates/up/Cargo.toml" => Some(own.to_owned()),
                "/r/crates/Cargo.toml" => Some("[package]\nversion = \"9.0.0\"\n".to_owned()),
                "/r/Cargo.toml" => Some("[workspace.package]\nversion = \"0.3.2\"\n".to_owned()),
                _ => None,
            };
            stated(Path::new("/r/crates/up"), &read).map(|version| version.to_string())
        };
        assert_eq!(version("[package]\nversion = \"1.2.3\"\n").as_deref(), Some("1.2.3"));
        assert_eq!(version("[package]\nversion.workspace = true\n").as_deref(), Some("0.3.2"));
        for none in ["[package]\nname = \"up\"\n", "[package]\nversion = \"1\"\n", "[["] {
            assert_eq!(version(none), None);
        }
    }
}
