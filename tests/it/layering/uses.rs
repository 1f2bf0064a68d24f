//! Which items a crate has, and which of its files name each: paths are followed through imports to what they mean.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{ImplItem, Visibility};

use super::rust_files;
use crate::support::checkout;

/// A path from the root of the crate.
type ItemPath = Vec<String>;

/// A function, method or constant that is visible within the crate.
///
/// Types are left out, because a type is as visible as the functions that take it.
pub(super) struct Item {
    /// Its file, below `src`.
    pub(super) file: String,
    /// What stands in the parentheses: `crate`, `super` or `in crate::emit`.
    pub(super) reach: String,
    /// Its name.
    pub(super) name: String,
    /// Where it is.
    place: ItemPath,
    /// Whether it is called on a value, whose type nobody knows here: then each call of that name counts.
    is_method: bool,
}

/// What the files of a crate declare and name.
#[derive(Default)]
pub(super) struct Code {
    items: Vec<Item>,
    /// Every module. A function may be called as one, so that a path may go through both.
    modules: BTreeSet<ItemPath>,
    /// Every name that a module declares.
    declared: BTreeSet<ItemPath>,
    /// What is imported, by the place at which it has a name.
    imports: BTreeMap<ItemPath, ItemPath>,
    /// The modules from which all is imported, by the module that does so.
    globs: BTreeMap<ItemPath, Vec<ItemPath>>,
    /// The paths that each file names, from the root, before imports are followed.
    paths: BTreeMap<String, BTreeSet<ItemPath>>,
    /// The files that name what stands at a place.
    users: BTreeMap<ItemPath, BTreeSet<String>>,
    /// The files that call a method, by its name.
    calls: BTreeMap<String, BTreeSet<String>>,
}

impl Code {
    /// The files of a folder of the checkout, each as it is read.
    pub(super) fn below(folder: &str, read: impl Fn(&Path) -> String) -> Self {
        let root = checkout().join(folder);
        let file = |path: PathBuf| (path.strip_prefix(&root).unwrap().to_string_lossy().into_owned(), read(&path));
        Self::read(rust_files(folder).into_iter().map(file))
    }

    /// Forgets that a file names what stands at a path from the root of the crate.
    pub(super) fn without(mut self, file: &str, path: &str) -> Self {
        let place: ItemPath = path.split("::").map(str::to_owned).collect();
        assert!(self.users.get_mut(&place).is_some_and(|users| users.remove(file)), "{file} does not name {path}");
        self
    }

    /// Reads the files of a crate, by their paths below `src`.
    pub(super) fn read(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut code = Self::default();
        for (file, text) in files {
            let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
            let module: ItemPath = match file.trim_end_matches(".rs") {
                "lib" => Vec::new(),
                path => path.split('/').map(str::to_owned).collect(),
            };
            code.modules.insert(module.clone());
            let mut reader = Reader { code: &mut code, file, module, of: None };
            reader.visit_file(&parsed);
        }
        for (file, paths) in std::mem::take(&mut code.paths) {
            for path in paths {
                code.users.entry(code.meaning(path)).or_default().insert(file.clone());
            }
        }
        for mut item in std::mem::take(&mut code.items) {
            item.place = code.meaning(item.place);
            code.items.push(item);
        }
        code
    }

    pub(super) fn items(&self) -> &[Item] {
        &self.items
    }

    /// The parts of a folder below `src` (the files and folders in it) that each part of it names; of the root, with an empty path.
    pub(super) fn parts_named(&self, folder: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let above: ItemPath = folder.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let within: String = above.iter().flat_map(|part| [part, "/"]).collect();
        for (place, files) in &self.users {
            let Some([part, ..]) = place.strip_prefix(above.as_slice()) else { continue };
            let is_part = self.modules.contains(&[above.as_slice(), std::slice::from_ref(part)].concat());
            for user in files.iter().filter(|_| is_part).filter_map(|file| file.strip_prefix(&within)) {
                let user = user.split('/').next().unwrap_or_default().trim_end_matches(".rs");
                found.entry(user.to_owned()).or_default().extend((user != part).then(|| part.clone()));
            }
        }
        found
    }

    /// The stages (files and folders of `src`) of which a stage imports something, as its imports are written.
    pub(super) fn imported_by(&self, stage: &str) -> BTreeSet<&str> {
        let of = self.imports.iter().filter(|(place, _)| place.first().is_some_and(|part| part == stage));
        of.filter_map(|(_, target)| target.first()).map(String::as_str).collect()
    }

    /// The folders below `src` that have several parts.
    pub(super) fn folders(&self) -> BTreeSet<String> {
        let folder = |module: &ItemPath| Some(module.split_last()?.1.join("/")).filter(|folder| !folder.is_empty());
        self.modules.iter().filter_map(folder).collect()
    }

    /// Whether another file that fits names an item.
    pub(super) fn is_used(&self, item: &Item, fits: impl Fn(&str) -> bool) -> bool {
        let users = self.users.get(&item.place).into_iter();
        let callers = self.calls.get(&item.name).filter(|_| item.is_method).into_iter();
        users.chain(callers).flatten().any(|file| *file != item.file && fits(file))
    }

    /// What a path means, once the imports on it are followed.
    fn meaning(&self, mut path: ItemPath) -> ItemPath {
        // Imports that lead in a circle do not compile.
        for _ in 0..16 {
            let Some(next) = (1..=path.len()).find_map(|length| self.followed(&path, length)) else { break };
            path = next;
        }
        path
    }

    /// The path with its first so many parts followed, where they are imported.
    fn followed(&self, path: &ItemPath, length: usize) -> Option<ItemPath> {
        let (front, rest) = path.split_at_checked(length)?;
        if !rest.is_empty() && self.modules.contains(front) {
            return None;
        }
        if let Some(target) = self.imports.get(front).filter(|target| target.as_slice() != front) {
            return Some([target, rest].concat());
        }
        if self.declared.contains(front) {
            return None;
        }
        let (name, module) = front.split_last()?;
        let targets =
            self.globs.get(module)?.iter().map(|target| [target.as_slice(), std::slice::from_ref(name)].concat());
        let found = targets.map(|target| self.meaning_of_glob(target)).find(|target| self.declared.contains(target))?;
        (found != front).then(|| [found.as_slice(), rest].concat())
    }

    /// What a name in a module means from which all is imported.
    fn meaning_of_glob(&self, target: ItemPath) -> ItemPath {
        self.imports.get(&target).cloned().unwrap_or(target)
    }
}

/// Reads one file.
struct Reader<'a> {
    code: &'a mut Code,
    file: String,
    /// The module in which it reads.
    module: ItemPath,
    /// The type whose functions it reads.
    of: Option<String>,
}

impl Reader<'_> {
    /// A path from the root: `super`, `self` and `crate` are where they lead, and all else begins in the module.
    fn absolute(&self, segments: &[String]) -> ItemPath {
        let mut place = self.module.clone();
        for (at, segment) in segments.iter().enumerate() {
            match segment.as_str() {
                "crate" if at == 0 => place.clear(),
                "self" if at == 0 => {}
                "super" => drop(place.pop()),
                "Self" if at == 0 => place.extend(self.of.clone()),
                name => place.push(name.trim_start_matches("r#").to_owned()),
            }
        }
        place
    }

    fn name(&mut self, segments: &[String]) {
        let place = self.absolute(segments);
        self.code.paths.entry(self.file.clone()).or_default().insert(place);
    }

    fn declare(&mut self, name: &syn::Ident) {
        let place = self.absolute(&[name.to_string()]);
        self.code.declared.insert(place);
    }

    fn item(&mut self, visibility: &Visibility, name: &syn::Ident, is_method: bool) {
        let Visibility::Restricted(restricted) = visibility else { return };
        let path: Vec<String> = restricted.path.segments.iter().map(|one| one.ident.to_string()).collect();
        let reach = [if restricted.in_token.is_some() { "in " } else { "" }, &path.join("::")].concat();
        let name = name.to_string();
        let in_module = self.of.clone().into_iter().chain([name.trim_start_matches("r#").to_owned()]);
        let place = self.module.iter().cloned().chain(in_module).collect();
        self.code.items.push(Item { file: self.file.clone(), reach, name, place, is_method });
    }

    fn import(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.import(&with(&path.ident), &path.tree),
            syn::UseTree::Name(name) if name.ident == "self" => self.import_as(before, before.last().cloned()),
            syn::UseTree::Name(name) => self.import_as(&with(&name.ident), Some(name.ident.to_string())),
            syn::UseTree::Rename(rename) if rename.ident == "self" => {
                self.import_as(before, Some(rename.rename.to_string()));
            }
            syn::UseTree::Rename(rename) => self.import_as(&with(&rename.ident), Some(rename.rename.to_string())),
            syn::UseTree::Glob(_) => {
                let target = self.absolute(before);
                self.code.globs.entry(self.module.clone()).or_default().push(target);
            }
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(before, tree)),
        }
    }

    fn import_as(&mut self, path: &[String], name: Option<String>) {
        let (Some(name), target) = (name, self.absolute(path)) else { return };
        self.name(path);
        let place = self.absolute(&[name]);
        self.code.imports.insert(place, target);
    }

    /// The paths and calls in the tokens of a macro.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let (mut colons, mut is_behind_dot) = (0, false);
        for token in tokens {
            match token {
                TokenTree::Ident(ident) if is_behind_dot => {
                    self.code.calls.entry(ident.to_string()).or_default().insert(self.file.clone());
                    (colons, is_behind_dot) = (0, false);
                }
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.name(&std::mem::take(&mut path));
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Punct(punct) => {
                    self.name(&std::mem::take(&mut path));
                    (colons, is_behind_dot) = (0, punct.as_char() == '.');
                }
                TokenTree::Group(group) => {
                    self.name(&std::mem::take(&mut path));
                    (colons, is_behind_dot) = (0, false);
                    self.tokens(group.stream());
                }
                TokenTree::Literal(_) => self.name(&std::mem::take(&mut path)),
            }
        }
        self.name(&path);
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let place = self.absolute(&[item.ident.to_string()]);
        self.code.modules.insert(place.clone());
        self.code.declared.insert(place);
        if item.content.is_some() {
            self.module.push(item.ident.to_string());
            visit::visit_item_mod(self, item);
            self.module.pop();
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.import(&[], &item.tree);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.declare(&item.sig.ident);
        self.item(&item.vis, &item.sig.ident, false);
        visit::visit_item_fn(self, item);
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        self.declare(&item.ident);
        self.item(&item.vis, &item.ident, false);
        visit::visit_item_const(self, item);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.declare(&item.ident);
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.declare(&item.ident);
        visit::visit_item_enum(self, item);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.declare(&item.ident);
        visit::visit_item_trait(self, item);
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.declare(&item.ident);
        visit::visit_item_type(self, item);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let of = match &*item.self_ty {
            syn::Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
            _ => None,
        };
        let around = std::mem::replace(&mut self.of, of);
        for inner in &item.items {
            match inner {
                ImplItem::Fn(function) => {
                    self.item(&function.vis, &function.sig.ident, function.sig.receiver().is_some());
                }
                ImplItem::Const(constant) => self.item(&constant.vis, &constant.ident, false),
                _ => {}
            }
        }
        visit::visit_item_impl(self, item);
        self.of = around;
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.name(&segments);
        visit::visit_path(self, path);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.code.calls.entry(call.method.to_string()).or_default().insert(self.file.clone());
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.name(&item.path.segments.iter().map(|segment| segment.ident.to_string()).collect::<Vec<_>>());
        self.tokens(item.tokens.clone());
    }
}
