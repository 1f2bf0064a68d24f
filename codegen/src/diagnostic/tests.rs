use super::*;
use crate::source::FileId;

fn place(start: u32, end: u32) -> Place {
    Place { file: FileId::ROOT, start, end }
}

#[test]
fn problems_are_ordered_and_said_once() {
    let mut diagnostics = Diagnostics::new();
    diagnostics.warning(Code::YamlTrap, "b", place(5, 6));
    diagnostics.error(Code::Syntax, "a", place(1, 2));
    diagnostics.warning(Code::YamlTrap, "b", place(5, 6));
    diagnostics.sort();
    let messages: Vec<&str> = diagnostics.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(messages, ["a", "b"]);
    assert!(diagnostics.has_errors());
}

#[test]
fn warnings_do_not_crowd_out_errors() {
    let mut diagnostics = Diagnostics::new();
    for start in 0..20_000 {
        diagnostics.warning(Code::YamlTrap, "w", place(start, start));
    }
    diagnostics.error(Code::Syntax, "e", place(0, 0)).help("kept");
    diagnostics.sort();
    assert!(diagnostics.iter().any(|found| found.help.is_some()));
    assert_eq!((diagnostics.errors(), diagnostics.len(), diagnostics.omitted()), (1, LIMIT + 1, 20_000 - LIMIT));
    let mut more = Diagnostics::new();
    for start in 0..20_000 {
        more.error(Code::Syntax, "e", place(start, start));
    }
    diagnostics.extend(more);
    assert_eq!(diagnostics.errors(), 20_001);
    assert!(diagnostics.len() <= 2 * LIMIT);
}

#[test]
fn what_is_allowed_is_dropped_at_its_place() {
    let mut diagnostics = Diagnostics::new();
    diagnostics.warning(Code::YamlTrap, "inside", place(5, 6));
    diagnostics.warning(Code::YamlTrap, "outside", place(15, 16));
    diagnostics.warning(Code::UnquotedStatus, "other", place(5, 6));
    diagnostics.error(Code::YamlTrap, "error", place(5, 6));
    diagnostics.allow(&[Allowance { code: Code::YamlTrap, place: place(0, 10) }]);
    let messages: Vec<&str> = diagnostics.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(messages, ["outside", "other", "error"]);
}

#[test]
fn a_listing_marks_the_place() {
    let source = Source::new("specs/a.yaml", "a: 1\nschema:\n  requried: [x]\n");
    let mut diagnostics = Diagnostics::new();
    diagnostics
        .error(Code::UnknownKey, "`requried` is not a key of a schema", place(15, 23))
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
    assert_eq!(render(&diagnostics, &source, Format::Human { color: false }), expected);
    assert!(render(&diagnostics, &source, Format::Human { color: true }).contains("\u{1b}["));
    let json: serde_json::Value =
        serde_json::from_str(&render(&diagnostics, &source, Format::Json)).expect("one object");
    assert_eq!(json["pointer"], "/schema/requried");
    assert_eq!((&json["line"], &json["column"]), (&3.into(), &3.into()));
    assert_eq!(json["help"], "did you mean `required`?");
    let annotation = "::error file=specs/a.yaml,line=3,col=3,endColumn=11,title=unknown-key::`requried` is not a key of a schema%0Adid you mean `required`?\n";
    assert_eq!(render(&diagnostics, &source, Format::GitHub), annotation);
}

#[test]
fn long_lines_and_odd_characters_do_no_harm() {
    let text = format!("{}\u{202e}\u{1b}[2J{}", "a".repeat(1_000_000), "b".repeat(1_000_000));
    let source = Source::new("a.json", text);
    let mut diagnostics = Diagnostics::new();
    diagnostics.error(Code::Syntax, quoted("\u{202e}\n\u{1b}[2J`"), place(999_999, 1_000_003));
    // Places that are out of the text, or within a character, are shown as well as can be.
    diagnostics.error(Code::Syntax, "beyond", place(1_000_001, 90_000_000)).label(place(80_000_000, 90_000_000), "far");
    for format in [Format::Human { color: false }, Format::Json, Format::GitHub] {
        let shown = render(&diagnostics, &source, format);
        assert!(shown.len() < 4_000, "{}", shown.len());
        assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{shown}");
    }
    let human = render(&diagnostics, &source, Format::Human { color: false });
    assert!(human.contains("a.json:1:1000000"), "{human}");
}

#[test]
fn each_code_has_a_page() {
    for code in Code::ALL {
        assert!(code.page().starts_with(&format!("# `{}`\n", code.as_str())), "{code:?}");
        assert_eq!(Code::from_name(code.as_str()), Some(*code));
    }
    assert_eq!(explain("no-such-code"), None);
}
