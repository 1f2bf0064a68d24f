use super::*;
use crate::syntax;
use crate::{Manifest, Options, Program, Strictness, check, generate};

const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: Shop, version: '1'}
tags: [{name: a}]
paths:
  /payments:
    get: {operationId: list, responses: {'200': {description: All.}}}
    post: {operationId: pay, responses: {'201': {description: Paid.}}}
";

fn source(actions: &str) -> Source {
    let overlay = format!("overlay: 1.1.0\ninfo: {{title: Fix, version: '1'}}\nactions:\n{actions}");
    Source::new("shop.yaml", DOCUMENT).with_overlay("fix.yaml", Ok(overlay))
}

fn applied(source: &Source) -> (Option<Node>, Vec<&'static str>) {
    let (documents, mut diagnostics) = syntax::read(source);
    let (changed, found) = apply(source, documents);
    diagnostics.extend(found);
    let root = changed.and_then(|documents| documents.trees.into_iter().next().flatten());
    (root, diagnostics.iter().map(|found| found.code.as_str()).collect())
}

/// What stands at a pointer after these actions, as JSON.
fn at(actions: &str, pointer: &str) -> String {
    let (root, codes) = applied(&source(actions));
    assert!(codes.is_empty(), "{codes:?}");
    root.expect("a tree").at(pointer).map_or_else(String::new, Node::to_json_text)
}

fn codes(actions: &str) -> Vec<&'static str> {
    applied(&source(actions)).1
}

#[test]
fn objects_merge_lists_grow_and_values_are_replaced() {
    let merged = at("- {target: $, update: {info: {version: '2', x-a: {b: 1}}}}", "/info");
    assert_eq!(merged, r#"{"title":"Shop","version":"2","x-a":{"b":1}}"#);
    assert_eq!(at("- {target: $.tags, update: {name: b}}", "/tags"), r#"[{"name":"a"},{"name":"b"}]"#);
    assert_eq!(at("- {target: $.tags, update: [{name: b}, {name: c}]}", "/tags/2/name"), r#""c""#);
    assert_eq!(at("- {target: $, update: {tags: [{name: b}]}}", "/tags/1/name"), r#""b""#);
    assert_eq!(at("- {target: $.info.title, update: Other}", "/info/title"), r#""Other""#);
    assert_eq!(at("- {target: '$.paths.*.*', update: {tags: [a]}}", "/paths/~1payments/post/tags"), r#"["a"]"#);
}

#[test]
fn what_is_removed_is_gone_and_indices_stay_right() {
    assert_eq!(at("- {target: \"$.paths['/payments'].get\", remove: true}", "/paths/~1payments/get"), "");
    let three = "- {target: $.tags, update: [{name: b}, {name: c}]}\n";
    assert_eq!(at(&format!("{three}- {{target: '$.tags[0,1]', remove: true}}"), "/tags"), r#"[{"name":"c"}]"#);
    assert_eq!(at("- {target: '$.tags..*', remove: true}", "/tags"), "[]");
    assert_eq!(at("- {target: $.tags, remove: false}", "/tags"), r#"[{"name":"a"}]"#);
}

#[test]
fn what_has_no_effect_beside_a_removal_is_said() {
    for beside in ["update: {name: b}", "copy: $.info"] {
        let (root, codes) = applied(&source(&format!("- {{target: $.tags, remove: true, {beside}}}")));
        assert_eq!(codes, ["overlay-remove"], "{beside}");
        assert!(root.expect("a tree").at("/tags").is_none(), "{beside}");
    }
}

#[test]
fn a_copy_takes_the_place_of_a_removed_original() {
    let moved = "\
- {target: $.paths, update: {/orders: {}}}
- {target: \"$.paths['/orders']\", copy: \"$.paths['/payments']\"}
- {target: \"$.paths['/payments']\", remove: true}
";
    assert_eq!(at(moved, "/paths/~1orders/post/operationId"), r#""pay""#);
    assert_eq!(at(moved, "/paths/~1payments"), "");
}

#[test]
fn an_action_sees_what_the_ones_before_it_did() {
    let actions = "- {target: $, update: {x-a: {b: 1}}}\n- {target: '$[?@.b == 1]', update: {c: 2}}\n";
    assert_eq!(at(actions, "/x-a"), r#"{"b":1,"c":2}"#);
    let overlays = source("- {target: $.info, update: {x-a: 1}}");
    let second = "overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions: [{target: \"$.info['x-a']\", remove: true}]";
    let (root, codes) = applied(&overlays.with_overlay("second.yaml", Ok(second.to_owned())));
    assert!(codes.is_empty() && root.expect("a tree").at("/info/x-a").is_none(), "{codes:?}");
}

#[test]
fn what_does_not_fit_is_an_error_and_what_matches_nothing_a_warning() {
    assert_eq!(codes("- {target: $.nowhere, remove: true}"), ["overlay-target"]);
    for actions in [
        "- {target: $.info, update: [1]}",
        "- {target: $.info, update: {title: {a: b}}}",
        "- {target: $.info.title, update: {a: b}}",
        "- {target: $, remove: true}",
        "- {target: $.info, copy: $.nowhere}",
        "- {target: $.info, copy: '$.*'}",
        "- {target: '$.*', update: {a: b}}",
    ] {
        assert_eq!(codes(actions), ["overlay-mismatch"], "{actions}");
    }
}

#[test]
fn every_problem_of_an_overlay_is_reported_at_its_place() {
    let text = "\
overlay: 1.0.0
info: {title: T, versoin: '1'}
actions:
- {target: $.a, update: {}, copy: $.b}
- {target: $.a}
- {target: a.b, remove: true}
- {target: $.a, remove: yes please}
- update: {}
- 1
";
    let source = Source::new("shop.yaml", DOCUMENT).with_overlay("fix.yaml", Ok(text.to_owned()));
    let found = check(&source, Strictness::Lenient);
    assert!(found.iter().all(|one| one.code == Code::MalformedOverlay && one.help.is_some()), "{found:?}");
    assert!(found.iter().all(|one| source.name(one.span().file) == "fix.yaml"), "{found:?}");
    let lines: Vec<usize> = found
        .iter()
        .map(|one| text.get(..one.span().start as usize).map_or(0, |before| before.lines().count().max(1)))
        .collect();
    assert_eq!(found.len(), 9, "{found:?}");
    assert!(lines.is_sorted(), "{lines:?}");
    for text in ["[]", "overlay: 2.0.0", "overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions: []"] {
        let source = Source::new("shop.yaml", DOCUMENT).with_overlay("fix.yaml", Ok(text.to_owned()));
        let found = check(&source, Strictness::Lenient);
        assert_eq!(found.iter().map(|one| one.code).collect::<Vec<_>>(), [Code::MalformedOverlay], "{text}");
    }
    let unreadable = Source::new("shop.yaml", DOCUMENT).with_overlay("fix.yaml", Err("it is gone".to_owned()));
    assert!(check(&unreadable, Strictness::Lenient).iter().any(|one| one.code == Code::UnreadableFile));
    let empty = Source::new("shop.yaml", DOCUMENT).with_overlay("fix.yaml", Ok(String::new()));
    let found = check(&empty, Strictness::Lenient);
    let help: Vec<&str> = found.iter().filter_map(|one| one.help.as_deref()).collect();
    assert_eq!(help, ["start it with `overlay: 1.1.0`"]);
}

#[test]
fn the_document_named_is_the_one_given() {
    for (extends, expected) in
        [("./shop.yaml", &[][..]), ("https://a.example/b.yaml", &[]), ("x.yaml", &["overlay-extends"])]
    {
        let text = format!(
            "overlay: 1.0.0\ninfo: {{title: T, version: '1'}}\nextends: {extends}\nactions: [{{target: $.tags, remove: true}}]"
        );
        let source = Source::new("shop.yaml", DOCUMENT).with_overlay("fix.yaml", Ok(text));
        assert_eq!(applied(&source).1, expected, "{extends}");
    }
}

#[test]
fn copies_have_an_end() {
    let list = format!("- {{target: $, update: {{x-a: [{}]}}}}\n", "0, ".repeat(2_000));
    let doubled = "- {target: \"$['x-a']\", copy: \"$['x-a']\"}\n".repeat(20);
    assert_eq!(codes(&format!("{list}{doubled}")), ["too-large"]);
    let deeper =
        "- {target: $, update: {x-a: {}}}\n".to_owned() + &"- {target: \"$..['x-a']\", update: {x-a: {}}}\n".repeat(3);
    assert!(codes(&deeper).is_empty());
    let deep = format!("- {{target: $, update: {{x-a: {{}}, x-b: {}{}}}}}\n", "[".repeat(95), "]".repeat(95));
    assert_eq!(
        codes(&format!(
            "{deep}- {{target: \"$['x-a']\", update: {{c: {{d: {{e: {{f: {{}}}}}}}}}}}}\n- {{target: $.*.c.d.e.f, copy: $}}"
        )),
        ["too-deep"]
    );
}

#[test]
fn what_an_overlay_adds_means_what_it_would_mean_in_the_document() {
    let source = source("- {target: $.paths.*.post, update: {x-specie-name: settle, x-specie-idempotency: natural}}");
    let options = Options {
        crate_name: "shop".into(),
        strictness: Strictness::Lenient,
        manifest: Manifest::Workspace,
        only: Vec::new(),
        program: Program::Xtask,
    };
    let generated = generate(&source, &options);
    let surface = generated.surface.expect("a crate");
    assert!(surface.contains("settle") && !surface.contains("pay("), "{surface}");
}

#[test]
fn problems_and_references_of_an_overlay_are_told_apart() {
    let wrong = source("- {target: $.paths.*.post, update: {responses: {'400': {description: No., content: 5}}}}");
    let found = check(&wrong, Strictness::Lenient);
    let errors: Vec<&str> =
        found.iter().filter(|one| one.code == Code::WrongType).map(|one| wrong.name(one.span().file)).collect();
    assert_eq!(errors, ["fix.yaml"], "{found:?}");
    // References are those of the document: to its own components, and to files beside it.
    let overlay = "\
overlay: 1.0.0
info: {title: T, version: '1'}
actions:
- target: $
  update: {components: {schemas: {Money: {type: string}}}}
- target: $.paths.*.post.responses['201']
  update:
    content:
      application/json: {schema: {type: object, properties: {a: {$ref: '#/components/schemas/Money'}, b: {$ref: part.yaml#/B}}}}
";
    let overlays = vec![("elsewhere/fix.yaml".to_owned(), Ok(overlay.to_owned()))];
    let gathered = syntax::gather_with_overlays("specs/shop.yaml", "specs", overlays, &mut |name| match name {
        "specs/shop.yaml" => Ok(DOCUMENT.to_owned()),
        "specs/part.yaml" => Ok("B: {type: integer, format: int32}".to_owned()),
        other => Err(format!("{other} was asked for")),
    });
    let found = check(&gathered, Strictness::Lenient);
    assert!(!found.has_errors(), "{found:?}");
    assert!(gathered.source.file("specs/part.yaml").is_some());
}
