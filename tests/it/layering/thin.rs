//! Generated code states facts and hands bytes over: what repeats, waits or fails by itself is the runtime's.

use std::fs;

use syn::visit::{self, Visit};
use syn::{
    Attribute, Expr, ExprCall, ExprForLoop, ExprLoop, ExprMethodCall, ExprUnsafe, ExprWhile, Ident, Macro, Path,
    UseTree,
};

use super::rust_files;

/// Functions and methods that wait, start something, do it again, or end the process, under any path.
const CALLS: &[&str] = &[
    "sleep",
    "sleep_until",
    "interval",
    "timeout",
    "spawn",
    "spawn_blocking",
    "spawn_local",
    "block_on",
    "retry",
    "repeat_with",
    "unwrap",
    "expect",
    "exit",
    "abort",
];
/// Macros that end in a panic, or repeat.
const MACROS: &[&str] =
    &["panic", "todo", "unimplemented", "unreachable", "assert", "assert_eq", "assert_ne", "debug_assert", "select"];
/// Crates of whose existence a generated crate knows nothing.
const CRATES: &[&str] = &["reqwest", "hyper", "axum", "tokio", "tower", "rustls", "url"];
/// What may not stand in the arguments of a macro, which are no syntax yet.
const KEYWORDS: &[&str] = &["loop", "while", "unsafe"];

/// Everything in a source that generated code may not hold, in words.
#[derive(Default)]
struct Findings(Vec<String>);

impl Findings {
    fn of(source: &str) -> Vec<String> {
        let file = syn::parse_file(source).unwrap();
        let mut findings = Self::default();
        findings.visit_file(&file);
        findings.0
    }

    fn note(&mut self, what: impl Into<String>) {
        self.0.push(what.into());
    }

    fn call(&mut self, name: &Ident) {
        if CALLS.iter().any(|call| name == call) {
            self.note(format!("a call of `{name}`"));
        }
    }

    fn root(&mut self, name: &Ident) {
        if CRATES.iter().any(|known| name == known) {
            self.note(format!("the crate `{name}`"));
        }
    }
}

impl<'ast> Visit<'ast> for Findings {
    fn visit_expr_for_loop(&mut self, node: &'ast ExprForLoop) {
        self.note("a `for` loop");
        visit::visit_expr_for_loop(self, node);
    }

    fn visit_expr_while(&mut self, node: &'ast ExprWhile) {
        self.note("a `while` loop");
        visit::visit_expr_while(self, node);
    }

    fn visit_expr_loop(&mut self, node: &'ast ExprLoop) {
        self.note("a `loop`");
        visit::visit_expr_loop(self, node);
    }

    fn visit_expr_unsafe(&mut self, node: &'ast ExprUnsafe) {
        self.note("an `unsafe` block");
        visit::visit_expr_unsafe(self, node);
    }

    fn visit_expr_call(&mut self, node: &'ast ExprCall) {
        if let Expr::Path(function) = &*node.func
            && let Some(last) = function.path.segments.last()
        {
            self.call(&last.ident);
        }
        visit::visit_expr_call(self, node);
    }

    fn visit_expr_method_call(&mut self, node: &'ast ExprMethodCall) {
        self.call(&node.method);
        visit::visit_expr_method_call(self, node);
    }

    fn visit_path(&mut self, node: &'ast Path) {
        if let Some(first) = node.segments.first().filter(|_| node.segments.len() > 1) {
            self.root(&first.ident);
        }
        visit::visit_path(self, node);
    }

    fn visit_use_tree(&mut self, node: &'ast UseTree) {
        match node {
            UseTree::Path(path) => self.root(&path.ident),
            // Under another name, a call would not be known again.
            UseTree::Name(name) => self.call(&name.ident),
            UseTree::Rename(rename) => self.call(&rename.ident),
            UseTree::Glob(_) | UseTree::Group(_) => {}
        }
        visit::visit_use_tree(self, node);
    }

    fn visit_macro(&mut self, node: &'ast Macro) {
        if let Some(last) = node.path.segments.last().filter(|last| MACROS.iter().any(|known| last.ident == known)) {
            self.note(format!("the macro `{}`", last.ident));
        }
        let text = node.tokens.to_string();
        for word in text.split(|c: char| !c.is_alphanumeric() && c != '_') {
            if CALLS.iter().chain(KEYWORDS).any(|known| word == *known) {
                self.note(format!("`{word}` inside a macro"));
            }
        }
        visit::visit_macro(self, node);
    }

    fn visit_attribute(&mut self, node: &'ast Attribute) {
        if matches!(node.style, syn::AttrStyle::Inner(_)) && node.path().is_ident("allow") {
            self.note("a lint allowed for a whole file");
        }
        visit::visit_attribute(self, node);
    }
}

#[test]
fn generated_code_holds_no_loop_sleep_or_retry() {
    for path in rust_files("generated") {
        let findings = Findings::of(&fs::read_to_string(&path).unwrap());
        assert!(findings.is_empty(), "{} holds {findings:?}", path.display());
    }
}

#[test]
fn a_loop_a_sleep_and_a_retry_would_be_found() {
    for (source, expected) in [
        ("fn f() { for _ in 0..2 { g() } }", "a `for` loop"),
        ("fn f() { let _ = || { while g() {} }; }", "a `while` loop"),
        ("fn f() { while let Some(x) = g() {} }", "a `while` loop"),
        ("async fn f() { loop { g().await } }", "a `loop`"),
        ("impl X { async fn f() { tokio::time::sleep(second()).await } }", "a call of `sleep`"),
        ("fn f() { std::thread::sleep(second()) }", "a call of `sleep`"),
        ("use std::thread::sleep as rest; fn f() { rest(second()) }", "a call of `sleep`"),
        ("fn f() { task::spawn(g()); }", "a call of `spawn`"),
        ("fn f() { g().retry(3); }", "a call of `retry`"),
        ("fn f() { x.unwrap(); }", "a call of `unwrap`"),
        ("const X: u8 = { panic!() };", "the macro `panic`"),
        ("fn f() { print!(\"{}\", { loop {} }) }", "`loop` inside a macro"),
        ("fn f() { unsafe { g() } }", "an `unsafe` block"),
        ("use reqwest::Client;", "the crate `reqwest`"),
        ("fn f() -> axum::Router { g() }", "the crate `axum`"),
        ("#![allow(dead_code)]", "a lint allowed for a whole file"),
    ] {
        assert!(Findings::of(source).iter().any(|found| found == expected), "{source}: {:?}", Findings::of(source));
    }
}

#[test]
fn names_of_a_document_and_comments_are_not_taken_for_code() {
    let source = "
        //! Loops, sleeps and retries: loop { sleep() }
        /// while true, unwrap()
        pub struct Policy { pub retry: bool, pub sleep: i64, pub timeout: i64 }
        impl Policy {
            pub fn retry(mut self, retry: bool) -> Self { self.retry = retry; self }
        }
        impl Check for Policy {}
    ";
    assert_eq!(Findings::of(source), [""; 0]);
}
