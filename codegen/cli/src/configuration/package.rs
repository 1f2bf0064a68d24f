//! What a configuration states of the package of a crate, and what is said of it where the configuration does not.

use std::fs;
use std::path::Path;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use specie_codegen::Package;

use super::MANIFEST;
use crate::crate_version;
use crate::failure::Failure;

/// What is stated of a package.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnPackage {
    #[serde(default, deserialize_with = "package_version")]
    pub(crate) version: Option<String>,
    pub(crate) license: Option<String>,
    pub(crate) publish: Option<bool>,
}

impl OwnPackage {
    /// The package of a crate in `out`. What is not stated stays as the manifest there says, which its owner may have changed; where there is
    /// none, it is what a first version has.
    pub(crate) fn or_as_it_is_in(&self, out: &Path) -> Result<Package, Failure> {
        let there = kept(out)?;
        Ok(Package {
            version: self.version.clone().unwrap_or(there.version),
            license: self.license.clone().or(there.license),
            publish: self.publish.unwrap_or(there.publish),
        })
    }
}

/// A version that Cargo takes for one of a package, or why it is none.
fn package_version<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(from)?;
    crate_version::checked(&text).map(Some).map_err(D::Error::custom)
}

/// What the manifest of an earlier run says of its package.
fn kept(out: &Path) -> Result<Package, Failure> {
    let file = out.join(MANIFEST);
    let default = Package::default();
    if !file.is_file() {
        return Ok(default);
    }
    let text = fs::read_to_string(&file).map_err(|error| Failure::at(&file, &error))?;
    // A manifest that is no TOML is damaged, and written anew.
    let manifest: toml::Table = text.parse().unwrap_or_default();
    let Some(package) = manifest.get("package").and_then(toml::Value::as_table) else {
        return Ok(default);
    };
    let text = |key: &str| package.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    Ok(Package {
        version: text("version").filter(|version| crate_version::checked(version).is_ok()).unwrap_or(default.version),
        license: text("license"),
        publish: package.get("publish").and_then(toml::Value::as_bool) != Some(false),
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use specie_codegen::Package;

    use super::OwnPackage;

    #[test]
    fn what_is_not_stated_stays_as_the_manifest_says() {
        let folder = tempfile::tempdir().expect("a folder");
        let package = |stated: &OwnPackage| stated.or_as_it_is_in(folder.path()).expect("a package");
        assert_eq!(package(&OwnPackage::default()), Package::default());
        let manifest = "[package]\nname = \"up\"\nversion = \"2.0.0\"\nlicense = \"MIT\"\n";
        fs::write(folder.path().join("Cargo.toml"), manifest).expect("a file");
        let there = Package { version: "2.0.0".to_owned(), license: Some("MIT".to_owned()), publish: true };
        assert_eq!(package(&OwnPackage::default()), there);
        let stated = OwnPackage { version: Some("3.0.0".to_owned()), license: None, publish: Some(false) };
        assert_eq!(package(&stated), Package { version: "3.0.0".to_owned(), publish: false, ..there });
        fs::write(folder.path().join("Cargo.toml"), "[package").expect("a file");
        assert_eq!(package(&OwnPackage::default()), Package::default());
    }
}
