use super::*;
use crate::diagnostic::{Code, quoted};
use crate::source::Source;
use crate::source::{FileId, Span};

fn span(start: u32, end: u32) -> Span {
    Span { file: FileId::ROOT, start, end }
}

#[test]
fn a_listing_marks_the_place() {
    let source = Source::new("specs/a.yaml", "a: 1\nschema:\n  requried: [x]\n");
    let mut diagnostics = Diagnostics::new();
    diagnostics
        .error(Code::UnknownKey, "`requried` is not a key of a schema", span(15, 23))
        .suggest("did you mean `required`?");
    let expected = "\
error[unknown-key]: `requried` is not a key of a schema
  ┌─ specs/a.yaml:3:3
  │
3 │   requried: [x]
  │   ^^^^^^^^ did you mean `required`?
  │
  = explain: cargo xtask explain unknown-key

";
    assert_eq!(
        render(&diagnostics, &source, Format::Human(Terminal { color: false, program: Program::Xtask })),
        expected
    );
    assert!(
        render(&diagnostics, &source, Format::Human(Terminal { color: true, program: Program::Xtask }))
            .contains("\u{1b}[")
    );
    let json: serde_json::Value =
        serde_json::from_str(&render(&diagnostics, &source, Format::Json)).expect("one object");
    assert_eq!(json["pointer"], "/schema/requried");
    assert_eq!((&json["line"], &json["column"]), (&3.into(), &3.into()));
    assert_eq!(json["help"], "did you mean `required`?");
    let annotation = "::error file=specs/a.yaml,line=3,col=3,endColumn=11,title=unknown-key::`requried` is not a key of a schema%0Adid you mean `required`?\n";
    assert_eq!(render(&diagnostics, &source, Format::GitHub), annotation);
}

#[test]
fn columns_are_counted_as_editors_count_them() {
    // A byte order mark, wide and combined characters, tabs, and line ends of two characters.
    let text = "\u{feff}key: 1\r\n\u{652f}\u{6255}\u{1f600}e\u{301}\tkey: 1\r\n";
    let source = Source::new("a.yaml", text);
    let keys: Vec<usize> = text.match_indices("key").map(|(at, _)| at).collect();
    let mut diagnostics = Diagnostics::new();
    for at in &keys {
        let start = u32::try_from(*at).expect("short");
        diagnostics.error(Code::UnknownKey, "k", span(start, start + 3));
    }
    diagnostics.error(Code::Syntax, "whole", span(0, 0));
    let json = render(&diagnostics, &source, Format::Json);
    let spans: Vec<(u64, u64)> = json
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("an object"))
        .map(|one| (one["line"].as_u64().expect("a line"), one["column"].as_u64().expect("a column")))
        .collect();
    assert_eq!(spans, [(1, 1), (2, 7), (1, 1)]);
    let human = render(&diagnostics, &source, Format::Human(Terminal { color: false, program: Program::Xtask }));
    assert!(human.contains("1 \u{2502} key: 1\n  \u{2502} ^^^\n"), "{human}");
}

#[test]
fn annotations_are_escaped() {
    let source = Source::new("a,b:c%.yaml", "key: 1\n");
    let mut diagnostics = Diagnostics::new();
    // The carriage return is already gone: no message has characters that move the cursor.
    diagnostics.error(Code::UnknownKey, "100%: a, b\r\nc", span(0, 3)).help("x%\ny");
    let expected = "::error file=a%2Cb%3Ac%25.yaml,line=1,col=1,endColumn=4,title=unknown-key::100%25: a, b\u{fffd}%0Ac%0Ax%25%0Ay\n";
    assert_eq!(render(&diagnostics, &source, Format::GitHub), expected);
}

#[test]
fn long_lines_and_odd_characters_do_no_harm() {
    let text = format!("{}\u{202e}\u{1b}[2J{}", "a".repeat(1_000_000), "b".repeat(1_000_000));
    let source = Source::new("a.json", text);
    let mut diagnostics = Diagnostics::new();
    diagnostics.error(Code::Syntax, quoted("\u{202e}\n\u{1b}[2J`"), span(999_999, 1_000_003));
    // Places that are out of the text, or within a character, are shown as well as can be.
    diagnostics.error(Code::Syntax, "beyond", span(1_000_001, 90_000_000)).label(span(80_000_000, 90_000_000), "far");
    for format in [Format::Human(Terminal { color: false, program: Program::Xtask }), Format::Json, Format::GitHub] {
        let shown = render(&diagnostics, &source, format);
        assert!(shown.len() < 4_000, "{}", shown.len());
        assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{shown}");
    }
    let human = render(&diagnostics, &source, Format::Human(Terminal { color: false, program: Program::Xtask }));
    assert!(human.contains("a.json:1:1000000"), "{human}");
}

#[test]
fn a_summary_names_three_places_of_a_code_and_lists_errors_last() {
    let source = Source::new("a.yaml", "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n");
    let mut diagnostics = Diagnostics::new();
    diagnostics.error(Code::Syntax, "it cannot be", span(0, 1));
    for start in [0, 5, 10, 15, 20] {
        diagnostics.warning(Code::ResponseAsBytes, format!("at {start}"), span(start, start + 1));
    }
    let head = format!("warning[response-as-bytes]: {}\n", Code::ResponseAsBytes.summary());
    let expected = head
        + "  a.yaml:1:1  at 0
  a.yaml:2:1  at 5
  a.yaml:3:1  at 10
  … and 2 more
  = explain: cargo xtask explain response-as-bytes

error[syntax]: it cannot be
  ┌─ a.yaml:1:1
  │
1 │ a: 1
  │ ^
  │
  = explain: cargo xtask explain syntax

";
    assert_eq!(summary(&diagnostics, &source, Terminal { color: false, program: Program::Xtask }), expected);
    assert!(
        summary(&diagnostics, &source, Terminal { color: true, program: Program::Xtask })
            .contains("\u{1b}[1;33mwarning[response-as-bytes]")
    );
}

#[test]
fn a_summary_of_a_thousand_errors_is_short() {
    let source = Source::new("a.yaml", "a: 1\n".repeat(2_000));
    let mut diagnostics = Diagnostics::new();
    for start in 0..2_000 {
        diagnostics.error(Code::UnknownKey, "wrong", span(start * 5, start * 5 + 1));
    }
    let shown = summary(&diagnostics, &source, Terminal { color: false, program: Program::Xtask });
    assert!(shown.contains("… and 1980 more errors") && shown.lines().count() < 200, "{shown}");
}

#[test]
fn on_one_long_line_the_pointer_says_where() {
    let filler = "x".repeat(1_000);
    let text = format!(r#"{{"info":{{"title":"{filler}"}},"paths":{{"/a":{{"gte":{{}}}}}}}}"#);
    let at = u32::try_from(text.find("\"gte\"").expect("a key")).expect("short");
    let source = Source::new("a.json", text);
    let mut diagnostics = Diagnostics::new();
    diagnostics.error(Code::UnknownKey, "`gte` is not a key", span(at, at + 5));
    diagnostics.warning(Code::UnknownKey, "`gte` is not a key", span(at, at + 5));
    let human = render(&diagnostics, &source, Format::Human(Terminal { color: false, program: Program::Xtask }));
    assert!(human.contains("at: /paths/~1a/gte") && human.len() < 2_000, "{human}");
    let shown = summary(&diagnostics, &source, Terminal { color: false, program: Program::Xtask });
    assert!(shown.contains("a.json:1:1037 /paths/~1a/gte  `gte`"), "{shown}");
}

#[test]
fn pointers_come_from_the_trees_that_were_parsed_for_the_run() {
    let mut gathered = crate::gather("a.yaml", ".", &mut |_| Ok("a: {b: 1}\n".to_owned())).with_all_parsed();
    // What is read now is what was parsed then, not the text.
    gathered.source.files.insert("a.yaml".to_owned(), Ok(String::new()));
    let mut diagnostics = Diagnostics::new();
    diagnostics.error(Code::UnknownKey, "`b` is not a key", span(4, 5));
    let json = render(&diagnostics, &gathered, Format::Json);
    assert!(json.contains(r#""pointer":"/a/b""#), "{json}");
}
