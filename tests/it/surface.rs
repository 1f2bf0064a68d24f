//! The public API of each crate in plain lines, beside its spec: what a change of a spec is reviewed by.

use std::collections::BTreeSet;
use std::fs;

use specie_codegen::source::Source;
use specie_codegen::{Generated, Manifest, Options, Program, Strictness, generate};
use syn::token::Pub;
use syn::visit::{self, Visit};
use syn::{Block, Ident, ImplItemFn, Item, TraitItemFn, Visibility};

use crate::support::{checkout, specs};

fn generated(name: &str, source: &Source, strictness: Strictness) -> Generated {
    let options = Options {
        crate_name: name.to_owned(),
        strictness,
        manifest: Manifest::Workspace,
        only: Vec::new(),
        program: Program::Xtask,
    };
    generate(source, &options)
}

#[test]
fn the_public_api_is_the_one_that_was_reviewed() {
    for name in specs::names() {
        let generated = generated(&name, &specs::source(&name), Strictness::Strict);
        let surface = generated.surface.expect("a document without an error has a surface");
        let reviewed = fs::read_to_string(checkout().join(format!("specs/{name}.surface.txt"))).unwrap_or_default();
        let differs = surface.lines().zip(reviewed.lines()).find(|(is, was)| is != was);
        assert!(
            surface == reviewed,
            "the surface is not that of specs/{name}.surface.txt, from {differs:?} on: `cargo xtask surface --check` shows how, \
             `cargo xtask surface --write` takes it"
        );
    }
}

/// The names of what a file gives to programs: items but modules and what is given out from elsewhere, functions of types, and functions
/// of traits.
#[derive(Default)]
struct PublicNames(Vec<String>);

impl PublicNames {
    fn of(text: &str) -> Vec<String> {
        let mut names = Self::default();
        names.visit_file(&syn::parse_file(text).expect("what is emitted parses"));
        names.0
    }

    fn add(&mut self, visibility: &Visibility, name: &Ident) {
        if matches!(visibility, Visibility::Public(_)) {
            self.0.push(name.to_string().trim_start_matches("r#").to_owned());
        }
    }
}

impl<'ast> Visit<'ast> for PublicNames {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Const(of) => self.add(&of.vis, &of.ident),
            Item::Enum(of) => self.add(&of.vis, &of.ident),
            Item::Fn(of) => self.add(&of.vis, &of.sig.ident),
            Item::Static(of) => self.add(&of.vis, &of.ident),
            Item::Struct(of) => self.add(&of.vis, &of.ident),
            Item::Trait(of) => self.add(&of.vis, &of.ident),
            Item::Type(of) => self.add(&of.vis, &of.ident),
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        self.add(&function.vis, &function.sig.ident);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast TraitItemFn) {
        self.add(&Visibility::Public(Pub::default()), &function.sig.ident);
    }

    // What a function holds inside is no name of the crate.
    fn visit_block(&mut self, _: &'ast Block) {}
}

/// The functions of the client, of its builder, of servers and values of their variables, and of the server trait that no document names.
const IN_EVERY_CRATE: [&str; 12] = [
    "account",
    "as_str",
    "authenticate",
    "build",
    "builder",
    "new",
    "options",
    "over",
    "reject",
    "server",
    "transport",
    "url",
];

/// A line without the texts of the document, which stand in quotes.
fn without_quoted(line: &str) -> String {
    let (mut kept, mut is_quoted, mut is_escaped) = (String::new(), false, false);
    for c in line.chars() {
        match c {
            '"' if !is_escaped => is_quoted = !is_quoted,
            _ if is_quoted => {}
            _ => kept.push(c),
        }
        is_escaped = is_quoted && c == '\\' && !is_escaped;
    }
    kept
}

/// The names in a text.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|name| !name.is_empty())
}

/// The names in front of each `(` of a text.
fn called(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('(').filter_map(|(at, _)| names(&text[..at]).last())
}

/// What begins the line of something that has a name, which comes behind it; several names follow `:`.
const NAMED: [&str; 12] = [
    "address ",
    "base ",
    "credential ",
    "enum ",
    "server trait ",
    "struct ",
    "trait of a tag ",
    "type ",
    "union ",
    "values ",
    "webhook ",
    "  errors ",
];

/// The names that a surface says are there: not those of fields and values, and none that only stands where a type is used.
fn declared(surface: &str) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = BTreeSet::new();
    let mut is_address = false;
    for line in surface.lines().map(without_quoted) {
        let mut add = |name: &str| found.insert(name.to_owned());
        let (head, rest) = line.split_once([':', '{']).unwrap_or((&line, ""));
        if let Some(named) = NAMED.iter().find_map(|start| head.strip_prefix(start)) {
            names(named).filter(|word| !matches!(*word, "from" | "closed")).take(2).for_each(|name| _ = add(name));
        }
        if ["client", "server", "fake"].contains(&head) {
            names(rest).for_each(|name| _ = add(name));
        }
        if head.starts_with("webhook ") || head.starts_with("callback ") {
            // The constant of the description, and the name of the payload.
            rest.split(',').take(2).filter_map(|part| names(part).next()).for_each(|name| _ = add(name));
            names(head).skip(1).chain(called(rest)).for_each(|name| _ = add(name));
        }
        if head.starts_with("link ") {
            called(head).for_each(|name| _ = add(name));
        }
        // `list() or list_with(List from ListRequired) -> Listed`, `ping() of Ping -> Pong`
        if let Some((methods, output)) = line.strip_prefix("  ").and_then(|line| line.split_once(" -> ")) {
            called(methods).for_each(|name| _ = add(name));
            methods
                .split('(')
                .flat_map(|part| names(part.split(')').next().unwrap_or_default()))
                .for_each(|name| _ = add(name));
            if let Some((_, request)) = methods.split_once(") of ") {
                add(request);
            }
            add(output);
        }
        // `200 Page with ListHeaders { … }`, `body: ListBody of json A(B)`
        for (_, structure) in line.match_indices(" with ").map(|(at, with)| line.split_at(at + with.len())) {
            let structure = structure.split_once(" {").map_or("", |(structure, _)| structure);
            names(structure).filter(|word| *word != "from").for_each(|name| _ = add(name));
        }
        if let Some((body, _)) = rest.split_once(" of ") {
            names(body).for_each(|name| _ = add(name));
        }
        if is_address && line.starts_with("  ") {
            add(head.trim());
        }
        is_address = line.starts_with("address ") || is_address && line.starts_with("  ");
    }
    found
}

/// How many public names a crate has; each has to stand in its surface as what is there.
fn names_in_surface(what: &str, generated: Generated) -> usize {
    let tree = generated.tree.unwrap_or_else(|| panic!("{what} is generated"));
    let declared = declared(&generated.surface.expect("a crate has a surface"));
    let rust = tree.0.iter().filter(|(path, _)| path.ends_with(".rs"));
    let names: Vec<String> = rust.flat_map(|(_, text)| PublicNames::of(text)).collect();
    let is_there = |name: &&String| declared.contains(*name) || IN_EVERY_CRATE.contains(&name.as_str());
    let missing: Vec<&String> = names.iter().filter(|name| !is_there(name)).collect();
    assert!(missing.is_empty(), "{what}: the surface lacks {missing:?}");
    names.len()
}

#[test]
fn every_public_item_and_method_of_a_crate_stands_in_its_surface() {
    let mut count = 0;
    for name in specs::names() {
        count += names_in_surface(&name, generated(&name, &specs::source(&name), Strictness::Strict));
    }
    for entry in fs::read_dir(checkout().join("tests/fixtures/accepted")).unwrap() {
        let path = entry.unwrap().path();
        let source = Source::new("fixture.yaml", fs::read_to_string(&path).unwrap());
        count += names_in_surface(&path.display().to_string(), generated("fixture", &source, Strictness::Lenient));
    }
    assert!(count > 2000, "{count}");
}

#[test]
fn names_that_are_only_used_or_stand_in_texts_are_not_declared() {
    let surface = "a: Struct Hidden, version 1\n\
        credential key: \"Key\", API key in header \"X\"\n\
        client: Client, ClientBuilder\n\n\
        GET /list/Hidden\n  list() or list_with(List) -> Page\n  query:\n    sort: Sort\n  responses: 200 Page with ListHeaders { etag: Tag }\n\n\
        struct Page {\n  items: Vec<Item> as \"struct Item {\",\n}\n\
        link next(List, Page) -> Option<List>\n";
    let expected = ["Client", "ClientBuilder", "List", "ListHeaders", "Page", "key", "list", "list_with", "next"];
    assert_eq!(declared(surface), expected.map(str::to_owned).into());
    let file =
        "pub struct A; impl A { pub fn f(&self) { struct B; } fn g() {} } pub trait T { fn h(&self); } struct C;";
    assert_eq!(PublicNames::of(file), ["A", "f", "T", "h"]);
}
