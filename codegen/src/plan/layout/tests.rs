use std::collections::BTreeMap;

use super::layout;
use crate::Program;
use crate::emit::Manifest;
use crate::pipeline::{Options, planned};
use crate::rust::{Contents, Crate, FileShare, Group, Index, OperationId};
use crate::source::Source;
use crate::strictness::Strictness;

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: T, version: \"1\"}\npaths:\n";

/// An operation with a type of its own, by the words of its name.
fn operation(tag: &str, name: &str) -> String {
    format!(
        "  /{name}:\n    get:\n      tags: [{tag}]\n      operationId: {name}\n      responses:\n        \"200\":\n          \
         description: D.\n          content: {{application/json: {{schema: {{title: {name}, type: object, properties: {{a: {{type: string}}}}}}}}}}\n"
    )
}

fn krate(paths: &str, limit: usize) -> Crate {
    let options = Options {
        crate_name: "fixture".into(),
        strictness: Strictness::Lenient,
        manifest: Manifest::Workspace,
        only: vec![],
        program: Program::Xtask,
    };
    let (krate, diagnostics) = planned(&Source::new("fixture.yaml", format!("{HEAD}{paths}")), &options);
    let messages: Vec<&str> = diagnostics.iter().map(|found| found.message.as_str()).collect();
    let krate = krate.unwrap_or_else(|| panic!("{messages:?}"));
    Crate { layout: layout(&krate, limit), ..krate }
}

/// The file in which each type, each request and each method of the server stands.
fn places(krate: &Crate) -> BTreeMap<String, String> {
    let mut places = BTreeMap::new();
    for file in &krate.layout.files {
        let operation = |id: &OperationId| krate.operations[id.0].request.name.clone();
        let names: Vec<String> = match &file.contents {
            Contents::Types(part) => {
                part.here().iter().map(|id| format!("type {}", krate.item(*id).expect("it is there").name)).collect()
            }
            Contents::Operations(part) => {
                part.here().iter().map(|place| format!("request {}", operation(place))).collect()
            }
            Contents::ServerTrait(place) => {
                let stated = &krate.layout.server_traits[place.0];
                stated.operations.iter().map(|place| format!("{} in a trait", operation(place))).collect()
            }
            _ => continue,
        };
        places.extend(names.into_iter().map(|name| (name, file.path.clone())));
    }
    places
}

/// Words of which names are made, in an order that the alphabet has not.
const WORDS: [&str; 8] = ["payment", "refund", "account", "link", "zone", "method", "card", "payments"];

fn names() -> impl Iterator<Item = String> {
    (0..WORDS.len() * WORDS.len()).map(|place| {
        let (first, second) = (place * 5 % WORDS.len(), place * 3 / WORDS.len() % WORDS.len());
        format!("get_{}_{}_{}", WORDS[first], WORDS[second], ["of", "at", "by"][place % 3])
    })
}

#[test]
fn an_item_moves_only_when_its_file_is_divided() {
    let (mut text, mut seen) = (String::new(), std::collections::BTreeSet::new());
    let mut before: BTreeMap<String, String> = BTreeMap::new();
    let mut divided = 0;
    for (turn, name) in names().enumerate().filter(|(_, name)| seen.insert(name.clone())).collect::<Vec<_>>() {
        text.push_str(&operation(["Payments", "Refunds", "Payments"][turn % 3], &name));
        if turn % 4 != 0 {
            continue;
        }
        let krate = krate(&text, 150);
        let after = places(&krate);
        let files: Vec<&str> = krate.layout.files.iter().map(|file| file.path.as_str()).collect();
        let holds = |path: &str| after.values().any(|file| file == path);
        for (item, file) in &before {
            let now = after.get(item).unwrap_or_else(|| panic!("{item} is gone"));
            if now != file {
                divided += 1;
                assert!(!holds(file), "{item} left {file} for {now}, which others did not: {files:#?}");
            }
        }
        before = after;
    }
    assert!(divided > 10, "nothing was ever divided");
}

#[test]
fn a_large_group_has_several_traits() {
    let text: String = WORDS.iter().map(|word| operation("Payments", &format!("get_{word}_list"))).collect();
    let krate = krate(&text, 60);
    let traits: Vec<(&str, usize)> =
        krate.layout.server_traits.iter().map(|of| (of.name.as_str(), of.operations.len())).collect();
    assert!(traits.len() > 1, "{traits:?}");
    assert!(traits.iter().all(|(name, _)| name.starts_with("FixturePayments")), "{traits:?}");
    assert_eq!(traits.iter().map(|(_, operations)| operations).sum::<usize>(), WORDS.len());
    assert!(krate.layout.server_traits.iter().all(|of| of.group == Group::Of("Payments".into())));
}

#[test]
fn several_tags_have_a_trait_each_beside_the_whole_one() {
    let operations = [("Refunds", "list_refunds"), ("Payments", "get_payment"), ("Payments", "list_payments")];
    let text: String = operations.iter().map(|(tag, name)| operation(tag, name)).collect();
    let of = |krate: &Crate| -> Vec<(String, Vec<String>)> {
        let names = |ids: &[OperationId]| ids.iter().map(|id| krate.operations[id.0].id.clone()).collect();
        krate.layout.tag_traits.iter().map(|of| (of.name.clone(), names(&of.operations))).collect()
    };
    let traits = |name: &str, operations: &[&str]| {
        (name.to_owned(), operations.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>())
    };
    let whole = krate(&text, usize::MAX);
    assert_eq!(
        of(&whole),
        [traits("FixturePayments", &["get_payment", "list_payments"]), traits("FixtureRefunds", &["list_refunds"])]
    );
    assert!(whole.layout.server_traits.is_empty());
    // One tag is the whole; a trait that is made of those of its groups has none beside it.
    assert!(krate(&operation("Payments", "get_payment"), usize::MAX).layout.tag_traits.is_empty());
    let divided = krate(&text, 1);
    assert!(divided.layout.server_traits.len() > 1 && divided.layout.tag_traits.is_empty());
}

/// A module that is called as the one around it is what clippy refuses (`module_inception`).
#[test]
fn a_tag_that_is_called_as_a_module_of_the_crate_gets_another_name() {
    let tags = ["client", "fake", "operations", "rejections", "server", "shared", "types", "webhooks"];
    let text: String = tags.iter().map(|tag| operation(tag, &format!("get_{tag}_list"))).collect();
    let krate = krate(&text, 20);
    let paths: Vec<&str> = krate.layout.files.iter().map(|file| file.path.as_str()).collect();
    assert!(paths.contains(&"src/fake/fake2.rs"), "{paths:#?}");
    for path in paths {
        let mut parts = path.trim_end_matches(".rs").rsplit('/');
        assert_ne!(parts.next(), parts.next(), "{path}");
    }
}

/// Each operation documents other errors, so that each has a table of its own.
#[test]
fn tables_of_rejections_are_divided_where_they_are_long() {
    let statuses = [400, 401, 403, 404, 406, 408, 413, 415];
    let errors = |place: usize| {
        let documented = statuses.iter().enumerate().filter(|(bit, _)| (place + 1) >> bit & 1 == 1);
        let documented = documented.map(|(_, status)| format!("        \"{status}\": {{description: No.}}\n"));
        documented.collect::<Vec<_>>().concat()
    };
    let text: String = (0..60).map(|place| operation("Payments", &format!("get_{place}")) + &errors(place)).collect();
    let paths = |limit| -> Vec<String> {
        let files = krate(&text, limit).layout.files;
        files.into_iter().map(|file| file.path).filter(|path| path.contains("rejections")).collect()
    };
    assert_eq!(paths(2_500), ["src/server/rejections.rs"]);
    let divided = paths(100);
    assert!(divided.len() > 3 && divided.contains(&"src/server/rejections.rs".to_owned()), "{divided:?}");
}

#[test]
fn a_long_index_has_pages() {
    let text: String = WORDS.iter().map(|word| operation(word, &format!("get_{word}_list"))).collect();
    let of = |limit| {
        let krate = krate(&text, limit);
        let found = krate.layout.files.into_iter().find_map(|file| match file.contents {
            Contents::Types(FileShare::Index(Index { modules, pages })) => Some((modules, pages)),
            _ => None,
        });
        found.expect("the types are divided")
    };
    assert!(of(80).1.is_empty());
    let (modules, pages) = of(20);
    let listed: usize = pages.iter().flat_map(|page| &page.groups).map(|(_, items)| items.len()).sum();
    assert!(pages.len() > 1);
    assert!(pages.iter().all(|page| page.name.starts_with("index_")));
    assert_eq!(listed, modules.iter().map(|module| module.items.len()).sum::<usize>());
}
