//! Crates that are too large for a file of each kind: in which file each item stands, and that no public path says it.

use std::collections::{BTreeMap, BTreeSet};

use specie_codegen::plan::layout::layout;
use specie_codegen::rust::{Crate, Group};
use specie_codegen::{Manifest, Options, Program, Strictness, Tree, emit, planned, source::Source};

/// So few lines for a file that every kind of item is divided, and most modules are.
const SHORT: usize = 16;

/// The crate of a document, divided as if files could have no more lines than this.
pub(super) fn divided(crate_name: &str, text: &str, limit: usize) -> Tree {
    emit::tree(&plan(crate_name, text, limit), &Manifest::Workspace)
}

fn plan(crate_name: &str, text: &str, limit: usize) -> Crate {
    let options = Options {
        crate_name: crate_name.into(),
        strictness: Strictness::Lenient,
        manifest: Manifest::Workspace,
        only: vec![],
        program: Program::Xtask,
    };
    let (krate, diagnostics) = planned(&Source::new("fixture.yaml", text), &options);
    let said: Vec<&str> = diagnostics.iter().map(|found| found.message.as_str()).collect();
    let krate = krate.unwrap_or_else(|| panic!("{said:?}"));
    Crate { layout: layout(&krate, limit), ..krate }
}

fn fixture() -> String {
    std::fs::read_to_string(crate::support::checkout().join("tests/fixtures/accepted/tags.yaml")).unwrap()
}

/// The items that a user can name, by module, found by following what each file gives out.
fn public(tree: &Tree) -> BTreeMap<&'static str, BTreeSet<String>> {
    let of = |module: &'static str| {
        let inside = format!("src/{module}/");
        // The tables of documented errors have no public items.
        let is_of = |path: &str| {
            (path == format!("src/{module}.rs") || path.starts_with(&inside)) && path != "src/server/rejections.rs"
        };
        let files = tree.0.iter().filter(|(path, _)| is_of(path));
        let items = files.flat_map(|(path, text)| {
            let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert!(gives_out(tree, module, path), "{path} is not given out");
            file.items.into_iter().filter_map(|item| public_name(&item))
        });
        (module, items.collect())
    };
    ["types", "operations", "client", "server"].map(of).into()
}

/// Whether the file of a module gives out what a file below it has.
fn gives_out(tree: &Tree, module: &str, path: &str) -> bool {
    let stem = path.trim_end_matches(".rs").rsplit('/').next().unwrap_or_default();
    let above = &tree.0[&format!("src/{module}.rs")];
    // A module of the client has methods only, a page of the index has no items.
    stem == module
        || above.contains(&format!("#[cfg(doc)]\npub mod {stem};"))
        || above.contains(&format!("pub use {stem}::"))
        || (module == "client" && above.contains(&format!("mod {stem};")))
}

fn public_name(item: &syn::Item) -> Option<String> {
    let (vis, name) = match item {
        syn::Item::Struct(item) => (&item.vis, &item.ident),
        syn::Item::Enum(item) => (&item.vis, &item.ident),
        syn::Item::Type(item) => (&item.vis, &item.ident),
        syn::Item::Trait(item) => (&item.vis, &item.ident),
        _ => return None,
    };
    matches!(vis, syn::Visibility::Public(_)).then(|| name.to_string())
}

/// The names of the methods of the client and the server.
fn methods(tree: &Tree) -> BTreeSet<String> {
    let files = tree.0.iter().filter(|(path, _)| path.starts_with("src/client") || path.starts_with("src/server"));
    let lines = files.flat_map(|(_, text)| text.lines());
    let names = lines.filter_map(|line| line.trim_start().trim_start_matches("pub ").strip_prefix("fn "));
    names.filter_map(|rest| rest.split(['(', '<']).next().map(str::to_owned)).collect()
}

/// The public names of a crate in one file of each kind, for comparison.
fn whole(text: &str) -> BTreeMap<&'static str, BTreeSet<String>> {
    public(&divided("fixture", text, usize::MAX))
}

#[test]
fn items_stand_with_the_tag_that_alone_uses_them() {
    let tree = divided("fixture", &fixture(), SHORT);
    let mut shown = String::new();
    for (path, text) in tree.0.iter().filter(|(path, _)| path.ends_with(".rs") && !path.contains("lib.rs")) {
        let items: Vec<&str> = text.lines().filter(|line| declares(line)).collect();
        shown.push_str(&format!("{path}\n  {}\n", items.join("\n  ")));
    }
    insta::with_settings!({ omit_expression => true, snapshot_path => "../snapshots/emission", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("items_of_a_divided_crate", shown);
        let hubs = ["src/types.rs", "src/operations.rs", "src/client/payouts_a_to_g.rs", "src/server.rs", "src/server/payouts_a_to_g.rs"];
        let hubs = hubs.map(|path| format!("// ── {path}\n{}\n", tree.0[path]));
        insta::assert_snapshot!("files_of_a_divided_crate", hubs.concat());
    });
}

/// Whether a line begins a declaration, for the overview.
fn declares(line: &str) -> bool {
    ["mod ", "pub ", "pub(", "use crate::", "impl Client"].iter().any(|start| line.starts_with(start))
}

#[test]
fn public_paths_do_not_say_in_which_file_an_item_stands() {
    let text = fixture();
    let (one, many) = (divided("fixture", &text, usize::MAX), divided("fixture", &text, SHORT));
    assert!(one.0.len() < many.0.len());
    let mut many_names = public(&many);
    let server = many_names.get_mut("server").unwrap();
    let own: BTreeSet<String> =
        server.iter().filter(|name| name.as_str() > "Fixture" && !name.ends_with("Server")).cloned().collect();
    let traits = ["FixtureBalances", "FixtureMod", "FixturePayoutsAToG", "FixturePayoutsHToM", "FixtureRefunds"];
    assert_eq!(own, traits.map(str::to_owned).into());
    server.retain(|name| !own.contains(name));
    assert_eq!(whole(&text), many_names);
    assert_eq!(methods(&one).difference(&methods(&many)).count(), 0);
}

/// A type that a second tag comes to use, and operations that are added, change no path.
#[test]
fn what_is_added_moves_no_public_path() {
    let text = fixture();
    let more = text.replace(
        "  /v1/balances:\n",
        "  /v1/reasons:\n    get:\n      tags: [Reasons]\n      operationId: listReasons\n      responses: {\"200\": {description: The reasons., content: {application/json: {schema: {type: array, items: {$ref: \"#/components/schemas/Reason\"}}}}}}\n  /v1/balances:\n",
    );
    assert_ne!(text, more);
    for limit in [SHORT, 200, usize::MAX] {
        let (before, after) = (public(&divided("fixture", &text, limit)), public(&divided("fixture", &more, limit)));
        for (module, names) in &before {
            let lost: Vec<&String> = names.difference(&after[module]).collect();
            assert!(lost.is_empty(), "{module} with {limit} lines: {lost:?}");
        }
    }
    let (before, after) = (plan("fixture", &text, SHORT), plan("fixture", &more, SHORT));
    let names = |krate: &Crate| -> BTreeSet<(Group, String)> {
        krate.layout.server_traits.iter().map(|of| (of.group.clone(), of.name.clone())).collect()
    };
    assert!(names(&before).is_subset(&names(&after)));
}

/// Tags that name no file, or the same file on some systems.
#[test]
fn every_tag_has_a_file_of_its_own() {
    let tags = [
        "..",
        "../../etc/passwd",
        "",
        " ",
        "mod",
        "self",
        "crate",
        "type",
        "calls",
        "shared",
        "server",
        "types",
        "CON",
        "com1",
        "nul",
        "Users",
        "users",
        "USERS",
        "größe",
        "grösse",
        "支付",
        "支付 ",
        "🦀",
        "a/b",
        "a\\\\b",
        "a b",
        "a.b",
        "core",
        "serde",
        "2fa",
        "a very long tag, which goes on and on, and has nothing to say of its own, one",
        "a very long tag, which goes on and on, and has nothing to say of its own, two",
        "\\u0000\\u202e`]\\n*/",
    ];
    let paths = tags.iter().enumerate().map(|(place, tag)| {
        format!(
            "  /p{place}:\n    get:\n      tags: [\"{tag}\"]\n      operationId: read{place}\n      responses: {{\"200\": {{description: D., content: {{application/json: {{schema: {{$ref: \"#/components/schemas/S{place}\"}}}}}}}}}}\n"
        )
    });
    let schemas =
        (0..tags.len()).map(|place| format!("    S{place}: {{type: object, properties: {{a: {{type: string}}}}}}\n"));
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: \"1\"}}\npaths:\n{}components:\n  schemas:\n{}",
        paths.collect::<String>(),
        schemas.collect::<String>()
    );
    let tree = divided("fixture", &text, 1);
    let mut seen = BTreeSet::new();
    for (path, text) in &tree.0 {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '/' | '.');
        assert!(path.ends_with(".toml") || (path.chars().all(plain) && !path.contains("..")), "{path}");
        assert!(path.split('/').all(|part| part.len() <= 128), "{path}");
        assert!(seen.insert(path.to_lowercase()), "{path}");
        let stem = path.rsplit('/').next().unwrap().trim_end_matches(".rs");
        assert!(!["con", "com1", "nul", "mod", "self", "crate", "type", "core", "serde"].contains(&stem), "{path}");
        assert!(path.ends_with(".toml") || syn::parse_file(text).is_ok(), "{path}: {text}");
    }
    assert_eq!(public(&tree)["types"], whole(&text)["types"]);
    assert_eq!(public(&tree)["operations"], whole(&text)["operations"]);
}

#[test]
fn the_order_of_a_document_decides_nothing() {
    let text = fixture();
    let (head, rest) = text.split_once("paths:\n").unwrap();
    let (paths, schemas) = rest.split_once("components:\n  schemas:\n").unwrap();
    let starts = |line: &&str| line.starts_with("  /");
    let mut groups: Vec<String> = Vec::new();
    for line in paths.lines() {
        if starts(&line) {
            groups.push(String::new());
        }
        groups.last_mut().unwrap().push_str(&format!("{line}\n"));
    }
    let mut schemas: Vec<&str> = schemas.lines().collect();
    for turn in 1..4 {
        groups.rotate_left(1);
        schemas.rotate_left(turn);
        let turned = format!("{head}paths:\n{}components:\n  schemas:\n{}\n", groups.concat(), schemas.join("\n"));
        for limit in [SHORT, 300, usize::MAX] {
            assert_eq!(divided("fixture", &turned, limit), divided("fixture", &text, limit));
        }
    }
}
