use super::*;
use crate::syntax;
use crate::{Generated, Manifest, Options, Program, Strictness, generate};

const SHOP: &str = "\
openapi: 3.0.3
info: {title: Shop, version: '1'}
paths:
  /payments:
    get:
      operationId: list_payments
      tags: [payments]
      responses:
        '200':
          description: All.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Payment'}}}}
          links: {undo: {operationId: refund}, again: {operationId: list_payments}}
    post:
      operationId: pay
      tags: [payments]
      x-specie-reconcile: {operation: list_payments, parameter: reference, value: /reference, find: ''}
      responses: {'201': {description: Paid.}}
  /payments/{id}/refunds:
    post:
      operationId: refund
      tags: [refunds]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '201':
          description: Refunded.
          content: {application/json: {schema: {$ref: '#/components/schemas/Refund'}}}
  /broken:
    get:
      operationId: broken
      responses: {'200': {description: No., content: {application/json: {schema: {$ref: '#/components/schemas/Nowhere'}}}}}
x-webhooks:
  paid: {post: {operationId: paid, tags: [payments], responses: {'200': {description: Thanks.}}}}
components:
  schemas:
    Payment: {type: object, properties: {method: {$ref: '#/components/schemas/Method'}}}
    Method:
      type: object
      discriminator: {propertyName: kind}
      required: [kind]
      properties: {kind: {type: string}}
    Card:
      allOf: [{$ref: '#/components/schemas/Method'}, {type: object, properties: {pan: {$ref: '#/components/schemas/Pan'}}}]
    Pan: {type: string}
    Refund: {type: object, properties: {reason: {type: string}}}
    Wrong: {type: strnig, type: string}
";

fn selectors(only: &[&str]) -> Vec<Selector> {
    only.iter().map(|text| text.parse().expect("a selector")).collect()
}

/// The documents with no more than is selected, the first one being the root.
fn chosen(source: &Source, only: &[&str]) -> (Vec<Node>, Diagnostics) {
    let (documents, _) = syntax::read(source);
    let (selection, diagnostics) = apply(source, documents, &selectors(only));
    (selection.expect("a selection").documents.trees.into_iter().flatten().collect(), diagnostics)
}

fn root(text: &str, only: &[&str]) -> Node {
    chosen(&Source::new("shop.yaml", text), only).0.swap_remove(0)
}

fn keys(root: &Node, pointer: &str) -> Vec<String> {
    root.at(pointer).into_iter().flat_map(Node::entries).map(|(key, _)| key.text().to_owned()).collect()
}

fn generated(text: &str, only: &[&str]) -> Generated {
    let options = Options {
        crate_name: "shop".into(),
        strictness: Strictness::Lenient,
        manifest: Manifest::Workspace,
        only: selectors(only),
        program: Program::Xtask,
    };
    generate(&Source::new("shop.yaml", text), &options)
}

#[test]
fn patterns_stand_for_paths() {
    for (pattern, path) in
        [("/a*", "/a"), ("/a*", "/a/b"), ("*", "/a"), ("/a/*/c", "/a/{b}/c"), ("/*/c*", "/b/c/d"), ("/a", "/a")]
    {
        assert!(matches(pattern, path), "{pattern} {path}");
    }
    for (pattern, path) in [("/a", "/a/b"), ("/a/*/c", "/a/c"), ("/b*", "/a/b"), ("/a*a", "/a")] {
        assert!(!matches(pattern, path), "{pattern} {path}");
    }
    assert_eq!("".parse::<Selector>(), Err(EmptySelector));
    assert_eq!("tag:".parse::<Selector>(), Err(EmptySelector));
    assert_eq!("List payments".parse(), Ok(Selector::Id("List payments".into())));
}

#[test]
fn what_is_not_reached_is_left_out() {
    let tree = root(SHOP, &["POST /payments/*"]);
    assert_eq!(keys(&tree, "/paths"), ["/payments/{id}/refunds"]);
    assert_eq!(keys(&tree, "/components/schemas"), ["Refund"]);
    assert_eq!(keys(&tree, "/x-webhooks"), [""; 0]);
    let tree = root(SHOP, &["tag:payments"]);
    assert_eq!(keys(&tree, "/paths"), ["/payments"]);
    assert_eq!(keys(&tree, "/x-webhooks"), ["paid"]);
    // What extends a schema with a discriminator is among its values.
    assert_eq!(keys(&tree, "/components/schemas"), ["Payment", "Method", "Card", "Pan"]);
}

#[test]
fn an_operation_brings_the_one_that_it_asks() {
    assert_eq!(keys(&root(SHOP, &["pay"]), "/paths/~1payments"), ["get", "post"]);
    assert_eq!(keys(&root(SHOP, &["list_payments"]), "/paths/~1payments"), ["get"]);
}

#[test]
fn links_to_what_is_left_out_are_left_out() {
    let tree = root(SHOP, &["list_payments"]);
    assert_eq!(keys(&tree, "/paths/~1payments/get/responses/200/links"), ["again"]);
}

#[test]
fn a_link_of_components_is_left_out_however_its_name_is_written_in_a_reference() {
    let text = SHOP
        .replace("undo: {operationId: refund}", "undo: {$ref: '#/components/links/un~1do'}")
        .replace("components:\n", "components:\n  links: {un/do: {operationId: refund}}\n");
    let tree = root(&text, &["list_payments"]);
    assert_eq!(keys(&tree, "/paths/~1payments/get/responses/200/links"), ["again"]);
}

#[test]
fn what_is_left_out_cannot_be_at_fault() {
    assert!(generated(SHOP, &[]).tree.is_none());
    let generated = generated(SHOP, &["refund"]);
    assert!(!generated.diagnostics.has_errors(), "{:?}", generated.diagnostics);
    let surface = generated.surface.expect("a crate");
    assert!(surface.contains("refund") && !surface.contains("Payment"), "{surface}");
}

#[test]
fn what_selects_nothing_is_an_error_that_proposes_names() {
    let found = generated(SHOP, &["list_paymnets", "reufnd", "GET /payment", "tag:payment", "zzz"]).diagnostics;
    let found: Vec<_> = found.iter().filter(|one| one.code == Code::UnmatchedSelector).collect();
    let help: Vec<&str> = found.iter().filter_map(|one| one.help.as_deref()).collect();
    assert_eq!(help.len(), 5, "{found:?}");
    for near in ["`list_payments`", "`refund`", "`GET /payments`", "`tag:payments`", "METHOD /path*"] {
        assert!(help.iter().any(|help| help.contains(near)), "{near} in {help:?}");
    }
}

#[test]
fn a_bare_tag_or_path_proposes_its_selector_first() {
    let help = |word: &str| {
        let found = generated(SHOP, &[word]).diagnostics;
        let found = found.iter().find(|one| one.code == Code::UnmatchedSelector).expect("nothing is called so");
        found.help.clone().expect("a help")
    };
    assert_eq!(help("refunds"), "did you mean one of `tag:refunds`, `refund`?");
    assert!(help("Payments").starts_with("did you mean one of `tag:payments`, "), "{}", help("Payments"));
    assert!(
        help("/payments").starts_with("did you mean one of `GET /payments`, `POST /payments`"),
        "{}",
        help("/payments")
    );
    assert!(help("zzz").contains("METHOD /path*"));
}

#[test]
fn an_error_in_an_operation_says_how_to_go_on_without_it() {
    let text = SHOP.replace("type: strnig, ", "");
    let found = generated(&text, &[]).diagnostics;
    let help: Vec<&str> =
        found.iter().filter(|one| one.code == Code::DanglingReference).filter_map(|one| one.help.as_deref()).collect();
    assert!(
        help.len() == 1 && help.iter().all(|help| help.ends_with("`--only` generates those that it names")),
        "{found:?}"
    );
}

#[test]
fn references_into_operations_that_are_left_out_still_lead_somewhere() {
    let text = SHOP.replace(
        "'#/components/schemas/Refund'",
        "'#/paths/~1payments/get/responses/200/content/application~1json/schema/items'",
    );
    let generated = generated(&text, &["refund"]);
    assert!(!generated.diagnostics.has_errors(), "{:?}", generated.diagnostics);
    let surface = generated.surface.expect("a crate");
    assert!(surface.contains("Payment") && !surface.contains("list_payments"), "{surface}");
}

#[test]
fn path_items_in_other_files_are_selected_from() {
    let root_text = "\
openapi: 3.0.3
info: {title: Shop, version: '1'}
paths:
  /payments: {$ref: paths.yaml#/payments}
components: {schemas: {A: {type: string}, B: {type: string}}}
";
    let paths = "\
payments:
  get:
    operationId: list
    responses: {'200': {description: All., content: {application/json: {schema: {$ref: shop.yaml#/components/schemas/A}}}}}
  post:
    operationId: pay
    responses: {'200': {description: Paid., content: {application/json: {schema: {$ref: shop.yaml#/components/schemas/B}}}}}
";
    let gathered = syntax::gather("shop.yaml", ".", &mut |name| match name {
        "shop.yaml" => Ok(root_text.to_owned()),
        "paths.yaml" => Ok(paths.to_owned()),
        other => Err(format!("{other} was asked for")),
    });
    let (trees, found) = chosen(&gathered.source, &["list"]);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(keys(&trees[0], "/paths/~1payments"), ["get"]);
    assert_eq!(keys(&trees[0], "/components/schemas"), ["A"]);
    let options = Options {
        crate_name: "shop".into(),
        strictness: Strictness::Lenient,
        manifest: Manifest::Workspace,
        only: selectors(&["list"]),
        program: Program::Xtask,
    };
    let generated = generate(&gathered, &options);
    assert!(generated.tree.is_some(), "{:?}", generated.diagnostics);
}

#[test]
fn schemas_that_go_by_names_are_all_kept() {
    for name in ["#refund", "refund", "https://shop.example/refund"] {
        let text = SHOP.replace("$ref: '#/components/schemas/Refund'", &format!("$ref: '{name}'"));
        assert!(keys(&root(&text, &["refund"]), "/components/schemas").contains(&"Payment".to_owned()), "{name}");
    }
}

#[test]
fn a_webhook_without_an_id_is_selected_by_its_key() {
    let text = SHOP.replace("{operationId: paid, tags", "{tags");
    let source = Source::new("shop.yaml", text.as_str());
    let (documents, diagnostics) = chosen(&source, &["paid"]);
    assert_eq!(diagnostics.iter().count(), 0, "{diagnostics:?}");
    assert!(documents[0].get("x-webhooks").is_some_and(|webhooks| webhooks.get("paid").is_some()));
    assert!(documents[0].get("paths").is_some_and(|paths| paths.entries().next().is_none()));
}

#[test]
fn an_operation_beside_the_reference_of_a_path_item_is_selected() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    $ref: '#/components/pathItems/Item'\n    \
                get: {operationId: own, responses: {}}\ncomponents: {pathItems: {Item: {post: {operationId: named, responses: {}}}}}\n";
    for (selector, method) in [("own", "get"), ("POST /a", "post")] {
        assert_eq!(keys(&root(text, &[selector]), "/paths/~1a"), [method], "{selector}");
    }
}
