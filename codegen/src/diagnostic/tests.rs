use super::*;
use crate::source::FileId;

fn span(start: u32, end: u32) -> Span {
    Span { file: FileId::ROOT, start, end }
}

#[test]
fn problems_are_ordered_and_said_once() {
    let mut diagnostics = Diagnostics::new();
    diagnostics.warning(Code::YamlTrap, "b", span(5, 6));
    diagnostics.error(Code::Syntax, "a", span(1, 2));
    diagnostics.warning(Code::YamlTrap, "b", span(5, 6));
    diagnostics.sort();
    let messages: Vec<&str> = diagnostics.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(messages, ["a", "b"]);
    assert!(diagnostics.has_errors());
}

#[test]
fn warnings_do_not_crowd_out_errors() {
    let mut diagnostics = Diagnostics::new();
    for start in 0..20_000 {
        diagnostics.warning(Code::YamlTrap, "w", span(start, start));
    }
    diagnostics.error(Code::Syntax, "e", span(0, 0)).help("kept");
    diagnostics.warning(Code::BadKey, "another", span(0, 0));
    diagnostics.sort();
    assert!(diagnostics.iter().any(|found| found.help.is_some()));
    assert_eq!((diagnostics.errors(), diagnostics.len(), diagnostics.omitted()), (1, LIMIT + 2, 20_000 - LIMIT));
    assert_eq!((diagnostics.warnings(), diagnostics.omitted_warnings(Code::YamlTrap)), (20_001, 20_000 - LIMIT));
    let mut more = Diagnostics::new();
    for start in 0..20_000 {
        more.error(Code::Syntax, "e", span(start, start));
    }
    diagnostics.extend(more);
    assert_eq!(diagnostics.errors(), 20_001);
    assert!(diagnostics.len() <= 2 * LIMIT + 1);
}

#[test]
fn a_caller_drops_warnings_and_makes_errors_of_them() {
    let mut diagnostics = Diagnostics::new();
    for start in 0..20_000 {
        diagnostics.warning(Code::YamlTrap, "w", span(start, start));
        diagnostics.warning(Code::BadKey, "w", span(start, start));
    }
    diagnostics.warning(Code::UnknownKey, "w", span(0, 0));
    diagnostics.error(Code::Syntax, "e", span(0, 0));
    diagnostics.level(&[Code::YamlTrap, Code::Syntax, Code::BadKey], &[Code::BadKey]);
    assert_eq!((diagnostics.warnings(), diagnostics.errors()), (1, 20_001));
    let codes: Vec<Code> = diagnostics.iter().map(|found| found.code).collect();
    assert!(!codes.contains(&Code::YamlTrap) && codes.contains(&Code::Syntax));
}

#[test]
fn what_is_allowed_is_dropped_at_its_place() {
    let mut diagnostics = Diagnostics::new();
    diagnostics.warning(Code::YamlTrap, "inside", span(5, 6));
    diagnostics.warning(Code::YamlTrap, "outside", span(15, 16));
    diagnostics.warning(Code::UnquotedStatus, "other", span(5, 6));
    diagnostics.error(Code::YamlTrap, "error", span(5, 6));
    let allowance = |code, start, end| Allowance { code, span: span(start, end), code_span: span(start, start) };
    let allowances =
        [allowance(Code::YamlTrap, 0, 10), allowance(Code::YamlTrap, 30, 40), allowance(Code::UnknownKey, 0, 10)];
    diagnostics.allow(allowances);
    let mut unused: Vec<Code> = diagnostics.drop_allowed().into_iter().map(|unused| unused.code).collect();
    unused.sort_unstable();
    assert_eq!(unused, [Code::YamlTrap, Code::UnknownKey]);
    let messages: Vec<&str> = diagnostics.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(messages, ["outside", "other", "error"]);
}

#[test]
fn each_code_has_a_page() {
    for code in Code::ALL {
        assert!(code.page().starts_with(&format!("# `{}`\n", code.as_str())), "{code:?}");
        assert_eq!(Code::from_name(code.as_str()), Some(*code));
    }
    assert_eq!(explain("no-such-code"), None);
}
