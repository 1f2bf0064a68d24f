//! How a manifest says where `specie-runtime` comes from.

use std::path::Path;

use toml::{Table, Value};

use crate::paths::{real_path, relative};

/// The keys that say where a dependency comes from; the generator adds the others itself.
const KEYS: &[&str] = &["branch", "git", "path", "registry", "rev", "tag", "version", "workspace"];

/// A key that the generator writes behind the requirement.
const LAST: &str = "default-features";

/// The requirement that a user wrote as the inside of an inline table, or why it is none.
///
/// It becomes text of a manifest, so it is read as such before it is written there.
pub(crate) fn checked(requirement: &str) -> Result<String, String> {
    if requirement.contains(['\n', '\r']) {
        return Err("more than one line".to_owned());
    }
    let manifest: Table = format!("runtime = {{ {requirement}, {LAST} = false }}")
        .parse()
        .map_err(|error: toml::de::Error| error.message().to_owned())?;
    let table = manifest.get("runtime").and_then(Value::as_table);
    // Whatever swallows the generator's own key, such as a comment, would swallow it in the manifest too.
    let Some(table) = table.filter(|table| table.len() > 1 && table.contains_key(LAST)) else {
        return Err("no requirement".to_owned());
    };
    known(table.keys().map(String::as_str).filter(|key| *key != LAST))?;
    Ok(requirement.trim().to_owned())
}

/// The requirement of a configuration: a version, or a table whose path is relative to the configuration's folder.
pub(crate) fn configured(written: &Value, root: &Path, out: &Path) -> Result<String, String> {
    match written {
        Value::String(version) => Ok(format!("version = {}", Value::from(version.as_str()))),
        Value::Table(table) => {
            known(table.keys().map(String::as_str))?;
            let keys = table.iter().map(|(key, value)| match value {
                Value::String(path) if key == "path" => {
                    let target = real_path(&root.join(path)).map_err(|error| format!("{path}: {error}"))?;
                    Ok(to_path(out, &target))
                }
                Value::String(_) | Value::Boolean(_) => Ok(format!("{key} = {value}")),
                _ => Err(format!("`{key}` is a text")),
            });
            let keys: Vec<String> = keys.collect::<Result<_, String>>()?;
            if keys.is_empty() { Err("no requirement".to_owned()) } else { Ok(keys.join(", ")) }
        }
        _ => Err("a version, or a table such as `{ path = \"…\" }`".to_owned()),
    }
}

/// The requirement for a runtime at a path, as a crate in `out` has to write it.
pub(crate) fn to_path(out: &Path, runtime: &Path) -> String {
    format!("path = {}", Value::from(relative(out, runtime)))
}

fn known<'a>(mut keys: impl Iterator<Item = &'a str>) -> Result<(), String> {
    match keys.find(|key| !KEYS.contains(key)) {
        Some(key) => Err(format!("`{key}` does not say where the runtime comes from")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{checked, configured};

    #[test]
    fn requirements_are_what_a_manifest_takes() {
        for good in
            ["version = \"0.1\"", "path = \"../x\"", "git = \"https://x.example\", tag = \"v1\"", " workspace = true "]
        {
            assert_eq!(checked(good).expect("a requirement"), good.trim());
        }
        let injected = "path = \"x\" }\n[patch.crates-io]\nserde = { path = \"y\"";
        for bad in [
            "",
            "0.1",
            "\"0.1\"",
            "version = 0.1.2",
            "features = [\"x\"]",
            "version = \"1\" } # ",
            "version = \"1\" }, x = { a = 1",
            injected,
        ] {
            assert!(checked(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_configured_path_is_relative_to_the_configuration() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("its real path");
        let written =
            |text: &str| toml::from_str::<toml::Table>(text).expect("TOML").remove("runtime").expect("a value");
        let requirement = |text: &str| configured(&written(text), &root, &root.join("crates/up"));
        assert_eq!(requirement("runtime = \"0.1\""), Ok("version = \"0.1\"".to_owned()));
        assert_eq!(
            requirement("runtime = { path = \"vendor/runtime\" }"),
            Ok("path = \"../../vendor/runtime\"".to_owned())
        );
        assert_eq!(
            requirement("runtime = { git = \"https://x.example\", rev = \"ab\" }"),
            Ok("git = \"https://x.example\", rev = \"ab\"".to_owned())
        );
        assert!(requirement("runtime = { features = [\"x\"] }").is_err());
        assert!(requirement("runtime = 1").is_err());
        assert!(configured(&toml::Value::from(true), Path::new("/"), Path::new("/x")).is_err());
    }
}
