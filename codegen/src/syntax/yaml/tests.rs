use super::read;
use crate::diagnostic::{Code, Diagnostics};
use crate::source::FileId;
use crate::syntax::Node;

fn tree(text: &str) -> Node {
    let mut diagnostics = Diagnostics::new();
    let tree = read(FileId::ROOT, text, "begin", &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    tree.expect("a tree")
}

fn codes(text: &str) -> Vec<Code> {
    let mut diagnostics = Diagnostics::new();
    read(FileId::ROOT, text, "begin", &mut diagnostics);
    diagnostics.iter().map(|found| found.code).collect()
}

/// What a node's place covers.
fn covered<'a>(text: &'a str, node: &Node) -> &'a str {
    &text[node.span.start as usize..node.span.end as usize]
}

#[test]
fn places_count_bytes() {
    let text = "a: \"käse\"\nbü: [1.10, no]\nc:\n  d: e f\n\n# end\n";
    let root = tree(text);
    assert_eq!(covered(text, root.get("a").expect("a")), "\"käse\"");
    assert_eq!(covered(text, root.at("/bü/0").expect("number")), "1.10");
    assert_eq!(covered(text, root.get("bü").expect("list")), "[1.10, no]");
    assert_eq!(covered(text, root.get("c").expect("object")), "d: e f");
    let (key, _) = root.entry("bü").expect("entry");
    assert_eq!(&text[key.span.start as usize..key.span.end as usize], "bü");
}

#[test]
fn scalars_keep_text_and_style() {
    let root = tree("a: 10.00\nb: '10.00'\nc: !!str 10.00\nd: |\n  x\n  y\ne:\nf: no\n200: s\n");
    assert_eq!(root.get("a").and_then(Node::number_text).as_deref(), Some("10.00"));
    assert_eq!(root.get("b").and_then(Node::as_str), Some("10.00"));
    assert_eq!(root.get("c").and_then(Node::as_str), Some("10.00"));
    assert_eq!(root.get("d").and_then(Node::as_str), Some("x\ny\n"));
    assert!(root.get("e").is_some_and(Node::is_null));
    assert_eq!(root.get("f").and_then(Node::as_str), Some("no"));
    assert_eq!(root.get("200").and_then(Node::as_str), Some("s"));
}

#[test]
fn aliases_and_merges_are_copied() {
    let root = tree("base: &b {x: 1, y: [2]}\ncopy: *b\nmore:\n  <<: *b\n  x: 3\n");
    assert_eq!(root.get("copy").map(Node::to_json_text).as_deref(), Some(r#"{"x":1,"y":[2]}"#));
    assert_eq!(root.get("more").map(Node::to_json_text).as_deref(), Some(r#"{"x":3,"y":[2]}"#));
}

#[test]
fn hostile_texts_end_in_a_diagnostic() {
    let bomb = ('b'..='h').fold("a: &a [z, z, z, z, z, z, z, z, z]\n".to_owned(), |text, name| {
        let before = char::from(name as u8 - 1);
        format!("{text}{name}: &{name} [{}]\n", vec![format!("*{before}"); 9].join(", "))
    });
    assert_eq!(codes(&bomb), [Code::TooLarge]);
    assert_eq!(codes(&"[".repeat(10_000)), [Code::TooDeep]);
    let block: Vec<String> = (0..1_000).map(|level| " ".repeat(level) + "a:").collect();
    assert_eq!(codes(&block.join("\n")), [Code::TooDeep]);
    assert_eq!(codes("a: &a [*a]\n"), [Code::Syntax]);
    assert_eq!(codes("a: b\0c\n"), [Code::Syntax]);
    assert_eq!(codes(""), [Code::Syntax]);
    assert_eq!(codes("# nothing\n"), [Code::Syntax]);
    assert_eq!(codes("a: 1\n---\nb: 1\n"), [Code::ManyDocuments]);
    assert_eq!(codes("{a: 1}: 2\n"), [Code::BadKey]);
    assert_eq!(codes("a: 1\na: 2\n"), [Code::DuplicateKey]);
    assert_eq!(codes("a:\n\t- 1\n"), [Code::Syntax]);
}

#[test]
fn loose_indentation_is_read_as_it_is_meant() {
    let text = "a:\n  b: \"x\nyä\n  z\"\n  c: [\n  1\n]\nd: é\n";
    let mut diagnostics = Diagnostics::new();
    let root = read(FileId::ROOT, text, "begin", &mut diagnostics).expect("a tree");
    assert!(diagnostics.iter().all(|found| found.code == Code::LooseIndentation) && !diagnostics.is_empty());
    assert_eq!(root.to_json_text(), r#"{"a":{"b":"x yä z","c":[1]},"d":"é"}"#);
    assert_eq!(covered(text, root.at("/a/c/0").expect("item")), "1");
    assert_eq!(covered(text, root.get("d").expect("d")), "é");
}
