//! A module in a crate of the user's own, in place of a crate.

use std::collections::BTreeSet;

use crate::rust_identifiers::{is_keyword, is_written_raw, last_segment};

/// Where a module stands in its crate, and which sides it has beside the types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedModule {
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

impl GeneratedModule {
    /// A module at a path from the root of its crate on, such as `crate::api`; `None` where that is no path of a module in a file of its
    /// name, which is ASCII (rustc's E0754).
    #[must_use]
    pub fn new(path: &str, sides: impl IntoIterator<Item = Side>) -> Option<Self> {
        let mut names = path.split("::");
        let is_below_root = names.next() == Some("crate");
        let names: Option<Vec<String>> = names.map(written).collect();
        let names = names.filter(|names| is_below_root && !names.is_empty())?;
        let mut sides: BTreeSet<Side> = sides.into_iter().collect();
        if sides.contains(&Side::Fake) {
            sides.extend([Side::Client, Side::Server]);
        }
        Some(Self { path: format!("crate::{}", names.join("::")), sides })
    }

    /// Its path from the root of its crate on, as code writes it.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its name, as code writes it.
    #[must_use]
    pub fn name(&self) -> &str {
        last_segment(&self.path)
    }

    /// The sides that it has.
    pub fn sides(&self) -> impl Iterator<Item = Side> {
        self.sides.iter().copied()
    }

    /// The sides that a program uses: those without the fake, which is for tests.
    pub fn program_sides(&self) -> impl Iterator<Item = Side> {
        self.sides().filter(|side| *side != Side::Fake)
    }

    /// Whether it has a side.
    #[must_use]
    pub fn has(&self, side: Side) -> bool {
        self.sides.contains(&side)
    }
}

/// The name of a module as code writes it; `None` where no module can have it.
fn written(name: &str) -> Option<String> {
    let bare = name.strip_prefix("r#").unwrap_or(name);
    let is_word = bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let is_name = is_word && bare != "_" && bare.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    match (is_written_raw(bare), is_keyword(bare)) {
        _ if !is_name => None,
        (true, _) if bare == name => None,
        (true, _) => Some(name.to_owned()),
        (false, is_start_of_path) => (!is_start_of_path).then(|| bare.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_below_the_root_are_those_of_modules() {
        for path in [
            "",
            "crate",
            "api",
            "crate::",
            "crate::a b",
            "crate::type",
            "crate::a::1",
            "::crate::api",
            "super::api",
            "crate::self",
            "crate::r#self",
            "crate::_",
            "crate::größe",
        ] {
            assert_eq!(GeneratedModule::new(path, []), None, "{path}");
        }
        for (path, written) in [("crate::pay::r#type", "crate::pay::r#type"), ("crate::r#pay", "crate::pay")] {
            let module = GeneratedModule::new(path, [Side::Client]).expect("a path");
            assert_eq!(module.path(), written);
        }
    }

    #[test]
    fn a_fake_has_both_sides() {
        let module = GeneratedModule::new("crate::api", [Side::Fake]).expect("a path");
        assert!(module.sides().eq(Side::ALL));
    }
}
