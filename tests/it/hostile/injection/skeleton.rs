//! Rust without its texts: the tokens that are left when literals are masked and doc comments dropped.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Whether names are part of what is compared.
#[derive(Clone, Copy, PartialEq)]
pub enum Names {
    Same,
    /// They are made of the text, so only where they stand is compared.
    Differ,
}

/// Asserts that two files are the same but for their texts.
#[track_caller]
pub fn assert_same(expected: &str, found: &str, names: Names, what: &str) {
    let [expected, found] = [expected, found].map(|text| skeleton(text, names));
    if let Some(at) = (0..expected.len().max(found.len())).find(|at| expected.get(*at) != found.get(*at)) {
        let around =
            |items: &[String]| items.iter().skip(at.saturating_sub(15)).take(30).cloned().collect::<Vec<_>>().join(" ");
        panic!("{what}: expected … {} …, found … {} …", around(&expected), around(&found));
    }
}

fn skeleton(text: &str, names: Names) -> Vec<String> {
    // What rustc reads, and not only a tokenizer.
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{error} in\n{text}"));
    assert!(file.shebang.is_none());
    let mut items: Vec<Vec<String>> = vec![Vec::new()];
    let tokens: TokenStream = text.parse().expect("tokens");
    let mut item = Vec::new();
    for token in tokens {
        // Where an item ends, and an attribute of the file.
        let ends = match &token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            TokenTree::Punct(punct) => punct.as_char() == ';',
            _ => false,
        };
        item.push(token);
        if ends {
            let mut out = Vec::new();
            flatten(item.drain(..).collect(), names, &mut out);
            items.push(out);
        }
    }
    assert!(item.is_empty(), "tokens behind the last item");
    if names == Names::Differ {
        // Items stand in the order of their names.
        items.sort();
    }
    items.concat()
}

fn flatten(stream: TokenStream, names: Names, out: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if let Some(length) = doc_comment(&tokens[at..]) {
            at += length;
            continue;
        }
        match token {
            // An arm or a closure that is too long for its line gets braces.
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && is_body(&tokens[..at]) => {
                flatten(group.stream(), names, out);
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                out.push(open.to_owned());
                flatten(group.stream(), names, out);
                out.push(close.to_owned());
            }
            TokenTree::Ident(name) if names == Names::Same || is_keyword(&name.to_string()) => {
                out.push(name.to_string());
            }
            TokenTree::Ident(_) => out.push("name".to_owned()),
            // Lists and arms end with a comma where they are broken into lines, which is a matter of length; no comma makes an item.
            TokenTree::Punct(punct) if punct.as_char() == ',' => {}
            TokenTree::Punct(punct) => out.push(punct.to_string()),
            TokenTree::Literal(literal) => out.push(kind(&literal.to_string()).to_owned()),
        }
        at += 1;
    }
}

/// Whether what follows these tokens is the body of an arm or of a closure.
fn is_body(tokens: &[TokenTree]) -> bool {
    let is = |token: &TokenTree, mark: char| matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark);
    matches!(tokens, [.., equal, greater] if is(equal, '=') && is(greater, '>'))
        || tokens.last().is_some_and(|bar| is(bar, '|'))
}

/// How many tokens a doc comment takes, if one begins here: `#[doc = "…"]` or `#![doc = "…"]`.
fn doc_comment(tokens: &[TokenTree]) -> Option<usize> {
    let is = |token: &TokenTree, mark: char| matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark);
    let group = match tokens {
        [hash, bang, group, ..] if is(hash, '#') && is(bang, '!') => (group, 3),
        [hash, group, ..] if is(hash, '#') => (group, 2),
        _ => return None,
    };
    match group {
        (TokenTree::Group(group), length) if group.stream().to_string().starts_with("doc =") => Some(length),
        _ => None,
    }
}

/// Words that change what the code is; everything else is a name.
fn is_keyword(word: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "as",
        "async",
        "await",
        "const",
        "crate",
        "dyn",
        "else",
        "enum",
        "extern",
        "fn",
        "for",
        "if",
        "impl",
        "in",
        "let",
        "loop",
        "match",
        "mod",
        "move",
        "mut",
        "pub",
        "ref",
        "return",
        "self",
        "static",
        "struct",
        "super",
        "trait",
        "type",
        "unsafe",
        "use",
        "where",
        "while",
        "derive",
        "serde",
        "allow",
        "cfg",
        "path",
        "include",
        "macro_rules",
    ];
    KEYWORDS.contains(&word)
}

fn kind(literal: &str) -> &'static str {
    match literal.as_bytes() {
        [b'0'..=b'9', ..] => "number",
        [b'\'', ..] => "character",
        _ => "text",
    }
}
