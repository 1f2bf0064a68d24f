//! The public API of each crate in plain lines, beside its spec: what a change of a spec is reviewed by.

use std::collections::BTreeSet;
use std::fs;

use specie_codegen::source::Source;
use specie_codegen::{Generated, Manifest, Options, Program, Strictness, generate};
use syn::{Item, Visibility};

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

/// The names of the public items of a file but modules and what is given out from elsewhere.
fn public_items(text: &str) -> Vec<String> {
    let file = syn::parse_file(text).expect("what is emitted parses");
    let named = file.items.iter().filter_map(|item| match item {
        Item::Const(of) => Some((&of.vis, &of.ident)),
        Item::Enum(of) => Some((&of.vis, &of.ident)),
        Item::Fn(of) => Some((&of.vis, &of.sig.ident)),
        Item::Static(of) => Some((&of.vis, &of.ident)),
        Item::Struct(of) => Some((&of.vis, &of.ident)),
        Item::Trait(of) => Some((&of.vis, &of.ident)),
        Item::Type(of) => Some((&of.vis, &of.ident)),
        _ => None,
    });
    let public = named.filter(|(visibility, _)| matches!(visibility, Visibility::Public(_)));
    public.map(|(_, name)| name.to_string().trim_start_matches("r#").to_owned()).collect()
}

/// How many public items a crate has; each has to stand in its surface.
fn items_in_surface(what: &str, generated: Generated) -> usize {
    let tree = generated.tree.unwrap_or_else(|| panic!("{what} is generated"));
    let surface = generated.surface.expect("a crate has a surface");
    let words: BTreeSet<&str> = surface.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let rust = tree.0.iter().filter(|(path, _)| path.ends_with(".rs"));
    let items: Vec<String> = rust.flat_map(|(_, text)| public_items(text)).collect();
    let missing: Vec<&String> = items.iter().filter(|name| !words.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "{what}: the surface lacks {missing:?}");
    items.len()
}

#[test]
fn every_public_item_of_a_crate_stands_in_its_surface() {
    let mut items = 0;
    for name in specs::names() {
        items += items_in_surface(&name, generated(&name, &specs::source(&name), Strictness::Strict));
    }
    for entry in fs::read_dir(checkout().join("tests/fixtures/accepted")).unwrap() {
        let path = entry.unwrap().path();
        let source = Source::new("fixture.yaml", fs::read_to_string(&path).unwrap());
        items += items_in_surface(&path.display().to_string(), generated("fixture", &source, Strictness::Lenient));
    }
    assert!(items > 1000, "{items}");
}
