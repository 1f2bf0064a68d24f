//! Names of items from other files and crates: imported where the name is free, written with a path where a schema has it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::rust::fixed_modules::FixedModule;
use crate::rust::{NameScope, Prelude};
use crate::rust_identifiers::{is_written_raw, last_segment};

/// The paths that a file imports.
pub(super) type Imports = BTreeSet<&'static str>;

/// The names of one unit of a file: which are taken, and which it has imported.
pub(super) struct ImportScope<'a> {
    names: NameScope<'a>,
    imports: RefCell<Imports>,
    siblings: RefCell<BTreeSet<&'a str>>,
}

impl<'a> ImportScope<'a> {
    /// A scope in which a file's own names are taken.
    pub(super) fn new(root: &'a str, taken: &'a BTreeSet<&'a str>) -> Self {
        Self { names: NameScope { root, taken }, imports: RefCell::default(), siblings: RefCell::default() }
    }

    /// An item by its path, such as `specie_runtime::Decimal`: its name, and an import of it.
    pub(super) fn import(&self, path: &'static str) -> TokenStream {
        if !self.names.imports(path) {
            return rooted(self.names.root, path);
        }
        self.imports.borrow_mut().insert(path);
        ident(last_segment(path)).to_token_stream()
    }

    /// An item of Rust's prelude, such as `Option`.
    pub(super) fn prelude(&self, of: Prelude) -> TokenStream {
        if self.names.has_prelude(of) { ident(of.name()).to_token_stream() } else { path_tokens(of.path()) }
    }

    /// A type of the document by its short name, which its file defines or imports.
    pub(super) fn sibling(&self, name: &'a str) -> TokenStream {
        self.siblings.borrow_mut().insert(name);
        ident(name).to_token_stream()
    }

    /// What was imported, and which types of the document were named.
    pub(super) fn into_imports(self) -> (Imports, BTreeSet<&'a str>) {
        (self.imports.into_inner(), self.siblings.into_inner())
    }
}

/// A path as code.
pub(super) fn path_tokens(path: &str) -> TokenStream {
    let segments = path.split("::").map(|name| ident(name.trim_start_matches("r#")));
    quote!(#(#segments)::*)
}

/// The path of a module of the own crate as code.
pub(super) fn module_tokens(root: &str, module: FixedModule) -> TokenStream {
    rooted(root, module.path())
}

/// A path as code, which begins at the root where it is one of the own crate: `crate::types`.
fn rooted(root: &str, path: &str) -> TokenStream {
    match path.strip_prefix("crate") {
        Some("") => path_tokens(root),
        Some(below) if below.starts_with("::") => path_tokens(&format!("{root}{below}")),
        _ => path_tokens(path),
    }
}

/// A type of a module by its name or, where the file has the name for its own, its path.
pub(super) fn own_type(root: &str, module: FixedModule, defined: &BTreeSet<&str>, name: &str) -> TokenStream {
    let written = ident(name);
    if !defined.contains(name) {
        return written.to_token_stream();
    }
    let module = module_tokens(root, module);
    quote!(#module::#written)
}

/// The `use` items of a file in groups: the standard library, other crates, this crate.
pub(super) fn uses(root: &str, imports: &Imports) -> Vec<Vec<TokenStream>> {
    let mut modules: BTreeMap<(usize, &str), Vec<&str>> = BTreeMap::new();
    for path in imports {
        let (module, name) = path.rsplit_once("::").unwrap_or(("", path));
        let group = match module.split("::").next() {
            Some("std") => 0,
            Some("crate") => 2,
            _ => 1,
        };
        modules.entry((group, module)).or_default().push(name);
    }
    let mut groups = vec![Vec::new(); 3];
    for ((group, module), names) in modules {
        if let (Some(items), Some(item)) = (groups.get_mut(group), use_item(root, module, &names)) {
            items.push(item);
        }
    }
    groups
}

/// `use module::{…};`, where the paths of the own crate begin at the root; nothing for no names.
pub(super) fn use_item(root: &str, module: &str, names: &[&str]) -> Option<TokenStream> {
    let module = rooted(root, module);
    let names: Vec<Ident> = names.iter().map(|name| ident(name)).collect();
    match names.as_slice() {
        [] => None,
        [name] => Some(quote!(use #module::#name;)),
        names => Some(quote!(use #module::{#(#names),*};)),
    }
}

/// The same for a module of the own crate.
pub(super) fn use_own(root: &str, module: FixedModule, names: &[&str]) -> Vec<TokenStream> {
    use_item(root, module.path(), names).into_iter().collect()
}

/// Entries with commas between, in braces. They are moved there, where interpolation would copy all of their tokens.
pub(super) fn braced(entries: impl IntoIterator<Item = TokenStream>) -> Group {
    let mut inside = TokenStream::new();
    for entry in entries {
        if !inside.is_empty() {
            inside.extend(quote!(,));
        }
        inside.extend(entry);
    }
    Group::new(Delimiter::Brace, inside)
}

/// A name as an identifier, raw where it is a keyword.
pub(super) fn ident(name: &str) -> Ident {
    if is_written_raw(name) { Ident::new_raw(name, Span::call_site()) } else { Ident::new(name, Span::call_site()) }
}

/// A name as it is written in text: `r#type`.
pub(super) fn written(name: &str) -> String {
    if is_written_raw(name) { format!("r#{name}") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_schema_has_taken_is_written_with_its_path() {
        let taken = BTreeSet::from(["Option", "Decimal"]);
        let scope = ImportScope::new("crate::api", &taken);
        assert_eq!(scope.prelude(Prelude::Option).to_string(), "std :: option :: Option");
        assert_eq!(scope.prelude(Prelude::Vec).to_string(), "Vec");
        assert_eq!(scope.import("specie_runtime::Decimal").to_string(), "specie_runtime :: Decimal");
        assert_eq!(scope.import("specie_runtime::Maybe").to_string(), "Maybe");
        assert_eq!(scope.sibling("Payment").to_string(), "Payment");
        let (imports, siblings) = scope.into_imports();
        assert_eq!((imports, siblings), (BTreeSet::from(["specie_runtime::Maybe"]), BTreeSet::from(["Payment"])));
    }

    #[test]
    fn imports_are_grouped_by_module() {
        let imports =
            BTreeSet::from(["serde::Serialize", "crate::types", "std::collections::BTreeMap", "serde::Deserialize"]);
        let uses: Vec<String> = uses("crate::api", &imports).concat().iter().map(ToString::to_string).collect();
        assert_eq!(
            uses,
            [
                "use std :: collections :: BTreeMap ;",
                "use serde :: { Deserialize , Serialize } ;",
                "use crate :: api :: types ;"
            ]
        );
    }

    #[test]
    fn keywords_are_raw() {
        assert_eq!(ident("type").to_string(), "r#type");
        assert_eq!(ident("gen").to_string(), "r#gen");
        assert_eq!(ident("kind").to_string(), "kind");
    }
}
