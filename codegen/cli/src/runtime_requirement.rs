//! How a manifest says where `specie-runtime` comes from.

use std::collections::BTreeMap;
use std::path::Path;

use semver::VersionReq;
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
    fits(&table.iter().filter(|(key, _)| *key != LAST).collect())?;
    Ok(requirement.trim().to_owned())
}

/// The folder that a requirement of a crate in `out` names and that is not there.
pub(crate) fn missing_folder(requirement: &str, out: &Path) -> Option<String> {
    let keys: Table = format!("runtime = {{ {requirement} }}").parse().ok()?;
    let path = keys.get("runtime")?.get("path")?.as_str()?;
    // What precedes `..` need not be there yet, as the crate is not.
    let is_there = real_path(&out.join(path)).is_ok_and(|folder| folder.is_dir());
    (!is_there).then(|| path.to_owned())
}

/// The requirement of a configuration: a version, or a table whose path is relative to the configuration's folder.
pub(crate) fn configured(written: &Value, root: &Path, out: &Path) -> Result<String, String> {
    match written {
        Value::String(version) => {
            is_version(version)?;
            Ok(format!("version = {}", Value::from(version.as_str())))
        }
        Value::Table(table) => {
            fits(&table.iter().collect())?;
            let keys = table.iter().map(|(key, value)| match value {
                Value::String(path) if key == "path" => {
                    let target = real_path(&root.join(path)).map_err(|error| format!("{path}: {error}"))?;
                    Ok(to_path(out, &target))
                }
                value => Ok(format!("{key} = {value}")),
            });
            let keys: Vec<String> = keys.collect::<Result<_, String>>()?;
            Ok(keys.join(", "))
        }
        _ => Err("a version, or a table such as `{ path = \"…\" }`".to_owned()),
    }
}

/// The requirement for a runtime at a path, as a crate in `out` has to write it.
pub(crate) fn to_path(out: &Path, runtime: &Path) -> String {
    format!("path = {}", Value::from(relative(out, runtime)))
}

/// The keys of a requirement and what they say.
type Keys<'a> = BTreeMap<&'a String, &'a Value>;

/// Whether Cargo takes these keys beside each other and what each of them says, or why not (The Cargo Book, "Specifying Dependencies").
fn fits(keys: &Keys<'_>) -> Result<(), String> {
    for (key, value) in keys {
        is_taken(key, value)?;
    }
    let has = |key: &str| keys.keys().any(|known| *known == key);
    if !["version", "path", "git", "workspace"].into_iter().any(has) {
        return Err("no requirement: `version`, `path`, `git` or `workspace` is needed".to_owned());
    }
    for exclusive in [&["git", "path"][..], &["git", "registry"], &["branch", "rev", "tag"]] {
        let mut there = exclusive.iter().filter(|key| has(key));
        if let (Some(one), Some(other)) = (there.next(), there.next()) {
            return Err(format!("`{one}` and `{other}` exclude each other"));
        }
    }
    match ["branch", "rev", "tag"].into_iter().find(|key| has(key) && !has("git")) {
        Some(key) => Err(format!("`{key}` is one of a `git`")),
        None => Ok(()),
    }
}

/// Whether Cargo takes what a key says.
fn is_taken(key: &str, value: &Value) -> Result<(), String> {
    match (key, value) {
        (key, _) if !KEYS.contains(&key) => Err(format!("`{key}` does not say where the runtime comes from")),
        ("workspace", Value::Boolean(true)) => Ok(()),
        ("workspace", _) => Err("`workspace` is `true`, or not there".to_owned()),
        ("version", Value::String(version)) => is_version(version),
        ("git", Value::String(address)) if !has_scheme(address) => Err(format!(
            "`git` is a URL, such as `ssh://git@example.com/specie.git`, and `{}` is none",
            address.escape_debug()
        )),
        (_, Value::String(text)) if text.is_empty() => Err(format!("`{key}` is empty")),
        (_, Value::String(_)) => Ok(()),
        _ => Err(format!("`{key}` is a text")),
    }
}

fn is_version(text: &str) -> Result<(), String> {
    match VersionReq::parse(text) {
        Ok(_) => Ok(()),
        Err(why) => Err(format!("`{}` is no requirement of a version, such as `0.1`: {why}", text.escape_debug())),
    }
}

/// Whether a text begins with the scheme of a URL (RFC 3986, section 3.1). Addresses of the form `user@host:path` do not, and Cargo takes none.
fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(|char| char.is_ascii_alphanumeric() || "+-.".contains(char))
    })
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
            "version = \"abc\"",
            "version = true",
            "version = \"\"",
            "workspace = false",
            "registry = \"x\"",
            "path = \"\"",
            "path = \"x\", git = \"https://x.example\"",
            "path = \"x\", branch = \"main\"",
            "git = \"https://x.example\", registry = \"x\"",
            "git = \"https://x.example\", tag = \"v1\", rev = \"ab\"",
            "git = \"git@x.example:specie.git\"",
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
        assert!(requirement("runtime = {}").is_err());
        let why = requirement("runtime = \"abc\"").expect_err("no version");
        assert!(why.starts_with("`abc` is no requirement of a version, such as `0.1`: "), "{why}");
        assert!(requirement("runtime = { version = \"1.0.0-\" }").is_err());
        assert!(configured(&toml::Value::from(true), Path::new("/"), Path::new("/x")).is_err());
    }
}
