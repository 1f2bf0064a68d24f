//! A module in a crate of the user's own, made of the files of a crate.
//!
//! What a crate leaves to its features is decided here: sides that are not asked for are left out with their files. Paths begin at the
//! module in place of the crate.

use std::collections::{BTreeMap, BTreeSet};

mod paths;

/// Where a module stands in its crate, and which sides it has beside the types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    path: String,
    sides: BTreeSet<Side>,
}

/// A part of the code that a program may not need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The client.
    Client,
    /// The server trait and the service around it.
    Server,
    /// The fake for tests, which takes both.
    Fake,
}

impl Side {
    /// Every side.
    pub const ALL: [Self; 3] = [Self::Client, Self::Server, Self::Fake];

    /// Its name, which is that of the feature of a crate.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Server => "server",
            Self::Fake => "fake",
        }
    }
}

impl std::str::FromStr for Side {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|side| side.as_str() == text);
        found.ok_or_else(|| format!("`{}` is no side; there are `client`, `server` and `fake`", text.escape_debug()))
    }
}

impl Module {
    /// A module at a path from the root of its crate on, such as `crate::api`; `None` where that is no path of a module.
    #[must_use]
    pub fn new(path: &str, sides: impl IntoIterator<Item = Side>) -> Option<Self> {
        let mut names = path.split("::");
        let is_below_root = names.next() == Some("crate");
        let names: Vec<&str> = names.collect();
        let is_path = !names.is_empty() && names.iter().all(|name| syn::parse_str::<syn::Ident>(name).is_ok());
        let mut sides: BTreeSet<Side> = sides.into_iter().collect();
        if sides.contains(&Side::Fake) {
            sides.extend([Side::Client, Side::Server]);
        }
        (is_below_root && is_path).then(|| Self { path: path.to_owned(), sides })
    }

    /// Its path from the root of its crate on.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The sides that it has.
    pub fn sides(&self) -> impl Iterator<Item = Side> {
        self.sides.iter().copied()
    }

    /// Whether the condition of an item holds, as the emitters write them: a feature, `any(…)` or `all(…)` of some, or `doc`.
    fn holds(&self, condition: &str) -> Option<bool> {
        let mut features = condition.split("feature = \"").skip(1).map(|rest| {
            let name = rest.split('"').next().unwrap_or_default();
            self.sides.iter().any(|side| side.as_str() == name)
        });
        match condition {
            "doc" => None,
            _ if condition.starts_with("any(") => Some(features.any(|is_there| is_there)),
            _ => Some(features.all(|is_there| is_there)),
        }
    }
}

/// The files of a crate as those of a module.
pub(super) fn of(files: BTreeMap<String, String>, crate_name: &str, module: &Module) -> BTreeMap<String, String> {
    let files = files.into_iter().filter_map(|(path, text)| {
        let path = path.strip_prefix("src/")?;
        let path = if path == "lib.rs" { ROOT } else { path };
        Some((path.to_owned(), paths::moved(&decided(&text, module), crate_name, module)))
    });
    let files: BTreeMap<String, String> = files.collect();
    let reached = reached(&files);
    files.into_iter().filter(|(path, _)| reached.contains(path)).collect()
}

const ROOT: &str = "mod.rs";

/// How the table of an operation begins, which says for itself what it is for.
const TABLE: &str = "specie_runtime::operation!(";

/// A file without the items whose condition does not hold, and without the conditions that do.
///
/// Conditions stand in lines of their own, above items that end with a semicolon: modules and imports.
fn decided(text: &str, module: &Module) -> String {
    let sides: Vec<&str> = module.sides().filter(|side| *side != Side::Fake).map(Side::as_str).collect();
    let sides = sides.join(", ");
    let mut decided = String::with_capacity(text.len());
    let mut is_left_out = false;
    for line in text.lines() {
        let condition = line.strip_prefix("#[cfg(").and_then(|rest| rest.strip_suffix(")]"));
        if is_left_out {
            is_left_out = !line.ends_with(';');
        } else if let Some(holds) = condition.and_then(|condition| module.holds(condition)) {
            is_left_out = !holds;
        } else if let Some(table) = line.strip_prefix(TABLE) {
            decided.extend([TABLE, "[", &sides, "] ", table, "\n"]);
        } else {
            decided.extend([line, "\n"]);
        }
    }
    decided
}

/// The files that the root leads to.
fn reached(files: &BTreeMap<String, String>) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open = vec![ROOT.to_owned()];
    while let Some(path) = open.pop() {
        if let Some(text) = files.get(&path) {
            let folder = if path == ROOT { "" } else { path.trim_end_matches(".rs") };
            let below = declared(text).map(|name| format!("{folder}/{name}.rs").trim_start_matches('/').to_owned());
            open.extend(below);
            reached.insert(path);
        }
    }
    reached
}

/// The names of the modules that a file declares.
fn declared(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let name = line.strip_suffix(';')?.split_once("mod ")?;
        let is_declaration = name.0.is_empty() || (name.0.starts_with("pub") && name.0.ends_with(' '));
        is_declaration.then(|| name.1.trim_start_matches("r#"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(sides: &[Side]) -> Module {
        Module::new("crate::pay::api", sides.iter().copied()).expect("a path")
    }

    #[test]
    fn only_paths_below_the_root_are_those_of_modules() {
        for path in
            ["", "crate", "api", "crate::", "crate::a b", "crate::type", "crate::a::1", "::crate::api", "super::api"]
        {
            assert_eq!(Module::new(path, []), None, "{path}");
        }
        assert!(Module::new("crate::pay::r#type", [Side::Client]).is_some());
    }

    #[test]
    fn what_no_side_asks_for_is_left_out_with_its_files() {
        let files = [
            (
                "src/lib.rs",
                "#[cfg(feature = \"client\")]\npub mod client;\n#[cfg(feature = \"server\")]\npub mod server;\npub mod types;\n\n\
                 #[cfg(feature = \"client\")]\npub use client::{\n    Client,\n};\n#[cfg(all(feature = \"client\", feature = \"server\"))]\npub use a::{\n    B,\n};\n",
            ),
            ("src/client.rs", "use crate::types::A;\n\nspecie_runtime::operation!(Pay {\n});\n"),
            ("src/server.rs", "mod rejections;\n"),
            ("src/server/rejections.rs", ""),
            ("src/types.rs", "mod orders;\n#[cfg(doc)]\npub mod index;\n"),
            ("src/types/orders.rs", ""),
            ("src/types/index.rs", ""),
            ("Cargo.toml", ""),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
        let made = of(files, "up", &module(&[Side::Client]));
        let paths: Vec<&str> = made.keys().map(String::as_str).collect();
        assert_eq!(paths, ["client.rs", "mod.rs", "types.rs", "types/index.rs", "types/orders.rs"]);
        assert_eq!(made["mod.rs"], "pub mod client;\npub mod types;\n\npub use client::{\n    Client,\n};\n");
        let client = "use crate::pay::api::types::A;\n\nspecie_runtime::operation!([client] Pay {\n});\n";
        assert_eq!(made["client.rs"], client);
    }

    #[test]
    fn a_fake_has_both_sides() {
        let sides: Vec<Side> = module(&[Side::Fake]).sides().collect();
        assert_eq!(sides, Side::ALL);
    }
}
