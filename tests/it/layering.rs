//! Checks which modules may depend on which.

mod directions;
mod thin;
mod uses;
mod visibility;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;

use crate::support::checkout;

/// Every Rust file under a folder of the checkout.
fn rust_files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![checkout().join(folder)];
    while let Some(path) = waiting.pop() {
        for entry in fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                waiting.push(entry);
            } else if entry.extension().is_some_and(|extension| extension == "rs") {
                found.push(entry);
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{folder} has no Rust files");
    found
}

/// Whether a file is only part of test builds: it or a folder that it stands in is declared so.
fn is_of_tests(path: &Path) -> bool {
    let (Some(folder), Some(name)) = (path.parent(), path.file_stem()) else { return false };
    let root = folder.join("lib.rs");
    let parent = if root.exists() { root } else { folder.with_extension("rs") };
    if parent == path {
        return false;
    }
    let Ok(text) = fs::read_to_string(&parent) else { return false };
    let is_declaration = |line: &str| {
        let line = line.trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ");
        line.strip_prefix("mod ").is_some_and(|line| line.strip_suffix(';').is_some_and(|of| name == of))
    };
    let lines: Vec<&str> = text.lines().collect();
    lines.windows(2).any(|pair| is_for_tests(pair[0]) && is_declaration(pair[1])) || is_of_tests(&parent)
}

/// Whether a line leaves what follows it to test builds.
fn is_for_tests(line: &str) -> bool {
    line == "#[cfg(test)]" || line.starts_with("#[cfg(all(test, ")
}

/// The code of a file: no comments, no tests, so that a mention in prose is no dependency.
fn code(path: &Path) -> String {
    if is_of_tests(path) {
        return String::new();
    }
    let text = fs::read_to_string(path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let tests = lines.windows(2).position(|pair| is_for_tests(pair[0]) && pair[1] == "mod tests {");
    let lines = lines.into_iter().take(tests.unwrap_or(usize::MAX));
    lines.filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The files of `codegen/src` whose code holds a word, as paths below it, shortened to their first folder or file.
fn modules_naming(word: &str) -> BTreeSet<String> {
    let root = checkout().join("codegen/src");
    rust_files("codegen/src")
        .into_iter()
        .filter(|path| code(path).contains(word))
        .map(|path| {
            let inner = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
            inner.split('/').next().unwrap().trim_end_matches(".rs").to_owned()
        })
        .collect()
}

/// The stages of the generator that each stage names, wherever a path leads through imports and through the root of the crate.
fn stages_named() -> BTreeMap<String, BTreeSet<String>> {
    let mut named = directions::production("codegen/src").parts_named("");
    // The root gives out what all the others make.
    named.remove("lib");
    assert!(named["document"].contains("resolve") && named["pipeline"].contains("plan"), "{named:?}");
    named
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

#[test]
fn openapiv3_is_named_only_before_the_api() {
    let naming = modules_naming("openapiv3");
    assert!(naming.is_subset(&set(&["document", "resolve", "validate", "lower"])), "{naming:?}");
    assert!(naming.contains("lower"));
}

/// Behind `resolve` there is one model of a document. Nodes are data there: examples, defaults, listed values and extensions.
#[test]
fn no_stage_behind_resolve_walks_a_tree() {
    for word in ["Bundled", "bundled(", "Document::read(", "shape_under", "shape_at", "visit(node", "\"$ref\""] {
        let naming = modules_naming(word);
        // The table of constructs names keys for its readers, and the pipeline hands the bundled tree on.
        let before = ["syntax", "overlay", "selection", "grammar", "document", "resolve", "constructs", "pipeline"];
        let allowed = set(&before);
        assert!(naming.is_subset(&allowed), "{word} in {naming:?}");
    }
    assert!(modules_naming("\"$ref\"").contains("resolve"));
}

/// Rules read what `document` made of a tree. It keeps some values as they are written: three rules are given such a node, and read the one
/// text that it is.
#[test]
fn rules_take_no_node_apart() {
    let mut reading = BTreeSet::new();
    for path in rust_files("codegen/src/validate") {
        let text: String = code(&path).split_whitespace().collect();
        for word in ["Node", ".entries()", ".items()", ".is_mapping()", ".is_sequence()", ".at("] {
            assert!(!text.contains(word), "{} names {word}", path.display());
        }
        let is_given = [".extension(", "supplement.value("].iter().any(|word| text.contains(word));
        if is_given && text.contains(".as_str().unwrap_or_default()") {
            reading.insert(path.file_stem().unwrap().to_string_lossy().into_owned());
        }
    }
    assert_eq!(reading, set(&["dialects", "parameters", "servers"]));
}

/// Schemas have one model, ours: no module takes those of openapiv3 apart.
#[test]
fn schemas_have_one_model() {
    for word in ["SchemaKind", "SchemaData", "AnySchema", "AdditionalProperties", "ObjectType"] {
        let naming = modules_naming(word);
        assert!(naming.is_empty(), "{word} in {naming:?}");
    }
    assert!(modules_naming("SchemaId").contains("validate"));
}

#[test]
fn what_a_document_means_is_read_without_rust() {
    let files = rust_files("codegen/src/lower").into_iter().chain([checkout().join("codegen/src/lower.rs")]);
    for path in files {
        let text = code(&path);
        for word in ["type_name", "value_name", "Scope", "Patch"] {
            assert!(!text.contains(word), "{} names {word}", path.display());
        }
    }
    assert!(stages_named()["lower"].is_disjoint(&set(&["rust", "plan"])));
}

#[test]
fn syntax_is_named_only_after_the_plan() {
    for word in ["quote!", "syn::", "proc_macro2", "prettyplease"] {
        let naming = modules_naming(word);
        assert!(naming.is_subset(&set(&["emit", "render"])), "{word} in {naming:?}");
    }
}

/// The planned crate is data: it knows the facts of the API that it carries, and no stage.
#[test]
fn the_crate_as_data_knows_only_the_api() {
    let of_no_stage = set(&["api", "module_target", "invoking_program", "rust_identifiers"]);
    let named = &stages_named()["rust"];
    assert!(named.is_subset(&of_no_stage), "rust names {named:?}");
}

#[test]
fn the_api_knows_nothing_but_places_in_text() {
    for path in rust_files("codegen/src/api").into_iter().chain([checkout().join("codegen/src/api.rs")]) {
        let text = code(&path);
        for word in ["Patch", "Maybe", "Box<dyn", "heck::", "quote!"] {
            assert!(!text.contains(word), "{} names {word}", path.display());
        }
    }
    let named = &stages_named()["api"];
    assert!(named.is_subset(&set(&["source", "diagnostic", "http", "number_text"])), "api names {named:?}");
}

/// The module that a line of the root of a crate declares.
fn declared(line: &str) -> Option<&str> {
    line.trim_start_matches("pub(crate) ").trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';')
}

/// The modules of the generator in the order in which `lib.rs` lists them.
fn stages() -> Vec<String> {
    let lib = fs::read_to_string(checkout().join("codegen/src/lib.rs")).unwrap();
    lib.lines().filter_map(declared).map(str::to_owned).collect()
}

/// What stands above a stage in the list, although data passes through it later: the stage makes it.
const MADE: [(&str, &str); 2] = [("lower", "api"), ("plan", "rust")];

/// The stages of a drawing, from `source` to `emit`. What stands further to the right on its lines explains them.
fn drawn(path: &str) -> Vec<String> {
    let text = fs::read_to_string(checkout().join(path)).unwrap();
    let lines = text.lines().skip_while(|line| !line.contains("source ─▶")).filter_map(|line| line.split("   ").next());
    let words: Vec<&str> = lines
        .flat_map(|line| line.split(|c: char| !c.is_ascii_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect();
    let place = |word: &str| words.iter().position(|one| *one == word).unwrap();
    words[place("source")..=place("emit")].iter().map(|&word| word.to_owned()).collect()
}

#[test]
fn modules_stand_in_the_order_of_the_drawing() {
    let drawing = drawn("codegen/src/lib.rs");
    assert!(drawing.len() > 10, "{drawing:?}");
    for page in ["README.md", "CONTRIBUTING.md"] {
        assert_eq!(drawing, drawn(page), "{page}");
    }
    let mut stages: Vec<String> = stages().into_iter().filter(|stage| drawing.contains(stage)).collect();
    for (stage, made) in MADE {
        let at = stages.iter().position(|one| one == made).unwrap();
        assert_eq!(stages[at + 1], stage);
        stages.swap(at, at + 1);
    }
    assert_eq!(stages, drawing);
}

#[test]
fn a_module_names_only_modules_above_it() {
    let stages = stages();
    assert!(stages.len() > 10, "{stages:?}");
    let named = stages_named();
    for (at, stage) in stages.iter().enumerate() {
        let below = named.get(stage).into_iter().flatten().filter(|one| stages[at + 1..].contains(one));
        assert_eq!(below.collect::<Vec<_>>(), Vec::<&String>::new(), "{stage} names what lib.rs lists below it");
    }
    // What the test sees of an arrow, and that it follows what the root of the crate gives out.
    assert!(named["plan"].contains("invoking_program"), "{named:?}");
}

#[test]
fn the_back_end_does_not_look_behind_the_api() {
    let front = set(&["syntax", "overlay", "selection", "grammar", "document", "resolve", "validate", "lower"]);
    let named = stages_named();
    assert!(
        front.iter().all(|stage| named["pipeline"].contains(stage) || named["document"].contains(stage)),
        "{named:?}"
    );
    for stage in ["rust", "plan", "render", "emit", "surface"] {
        let of = named.get(stage).into_iter().flatten().filter(|one| front.contains(*one));
        assert_eq!(of.collect::<Vec<_>>(), Vec::<&String>::new(), "{stage} looks behind the API");
    }
}

/// The facts of `api`, and where a module stands, come through `rust`, which hands on those that it carries.
#[test]
fn what_is_printed_is_read_from_the_plan_alone() {
    let printers = ["render", "emit", "surface"];
    let imported = directions::production("codegen/src");
    for printer in printers {
        assert!(!imported.imported_by(printer).contains("api"), "{printer} imports of crate::api");
    }
    assert!(imported.imported_by("plan").contains("api"));
    let named = stages_named();
    let beside = set(&["render", "printable", "markdown", "rust_identifiers", "invoking_program", "module_target"]);
    let allowed = beside.union(&set(&["rust", "api"])).cloned().collect();
    for printer in printers {
        let of: BTreeSet<String> = named.get(printer).into_iter().flatten().cloned().collect();
        assert!(of.is_subset(&allowed), "{printer} names {of:?}");
    }
    assert!(named["emit"].contains("rust") && named["surface"].contains("rust"));
    let reading: BTreeSet<String> =
        named.iter().filter(|(_, names)| names.contains("rust")).map(|(stage, _)| stage.clone()).collect();
    // The pipeline hands the plan out, and looks into it as little as into any other stage's result.
    assert!(reading.is_subset(&set(&["plan", "emit", "surface", "pipeline"])), "{reading:?}");
}

/// The texts of doc comments and doc attributes among tokens, however deep.
fn documented(tokens: TokenStream) -> Vec<String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match (token, tokens.get(at + 1), tokens.get(at + 2)) {
            (TokenTree::Ident(name), Some(TokenTree::Punct(sign)), Some(TokenTree::Literal(text)))
                if name == "doc" && sign.as_char() == '=' =>
            {
                found.push(text.to_string());
            }
            (TokenTree::Group(group), ..) => found.extend(documented(group.stream())),
            _ => {}
        }
    }
    found
}

/// The documentation that the macros of a file hold: in an emitter, what it would write itself.
struct InMacros(Vec<String>);

impl<'ast> Visit<'ast> for InMacros {
    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.0.extend(documented(item.tokens.clone()));
    }
}

/// The prose that the code of an emitter holds outside of documentation: reasons of attributes in its macros, and comments in its texts.
fn prose(tokens: TokenStream) -> Vec<String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => found.extend(prose(group.stream())),
            TokenTree::Literal(text) if is_reason(&tokens[..place]) || has_comment(&text.to_string()) => {
                found.push(text.to_string());
            }
            _ => {}
        }
    }
    found
}

/// The code of a file with all lines of its texts, also those that begin as comments do.
fn with_texts(path: &Path) -> String {
    let text = if is_of_tests(path) { String::new() } else { fs::read_to_string(path).unwrap() };
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned()
}

/// Whether what follows these tokens is the reason of an attribute.
fn is_reason(before: &[TokenTree]) -> bool {
    let before: Vec<String> = before.iter().rev().take(2).map(ToString::to_string).collect();
    matches!(before.as_slice(), [sign, name] if sign == "=" && ["must_use", "reason"].contains(&name.as_str()))
}

/// Whether a literal has a comment in words.
fn has_comment(literal: &str) -> bool {
    literal.match_indices("// ").any(|(at, sign)| literal[at + sign.len()..].starts_with(char::is_alphabetic))
}

/// Documentation is planned as well: emitters write none of their own.
#[test]
fn what_generated_code_says_of_itself_is_planned() {
    let of = |text: &str| {
        let mut found = InMacros(Vec::new());
        found.visit_file(&syn::parse_file(text).unwrap());
        found.0
    };
    assert_eq!(of("fn f() { quote!(impl A { /// Text.\n fn b() {} }) }").len(), 1);
    let written = "quote!(#[must_use = \"so\"] A); \"// So\"; quote!(a = \"so\"); \"// {so}\"";
    assert_eq!(prose(written.parse().unwrap()).len(), 2);
    for path in rust_files("codegen/src/emit") {
        let mut found = of(&code(&path));
        found.extend(prose(with_texts(&path).parse().unwrap()));
        assert!(found.is_empty(), "{} says {found:?}", path.display());
    }
}

#[test]
fn each_reader_is_named_in_one_file() {
    let naming = |word: &str| -> Vec<PathBuf> {
        rust_files("codegen/src").into_iter().filter(|path| code(path).contains(word)).collect()
    };
    for reader in ["saphyr_parser", "serde_yaml", "jsonc_parser"] {
        let files = naming(reader);
        assert_eq!(files.len(), 1, "{reader} is named in {files:?}");
    }
}

#[test]
fn codegen_does_no_io() {
    for word in ["std::fs", "std::net", "std::process", "std::env"] {
        let naming = modules_naming(word);
        assert!(naming.is_empty(), "{word} in {naming:?}");
    }
}

#[test]
fn generated_crates_depend_on_the_runtime_and_never_on_the_generator() {
    for entry in fs::read_dir(checkout().join("generated")).unwrap() {
        let manifest = fs::read_to_string(entry.unwrap().path().join("Cargo.toml")).unwrap();
        assert!(manifest.contains("specie-runtime"));
        for forbidden in ["specie-codegen", "reqwest", "axum", "hyper", "tower"] {
            assert!(!manifest.contains(&format!("\n{forbidden}")), "{forbidden} in {manifest}");
        }
    }
    let runtime = fs::read_to_string(checkout().join("codegen/runtime/Cargo.toml")).unwrap();
    assert!(!runtime.contains("specie-codegen"));
}
