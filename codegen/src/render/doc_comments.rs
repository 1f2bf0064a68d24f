//! Doc comments, each of which is one attribute until it is laid out: an attribute for every line would cost more time than everything else.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::markdown;

/// Where a doc comment of several lines will be taken apart: a character that no text of a document keeps.
const LINE_BREAK: char = markdown::RESERVED;

/// The attribute of a doc comment; nothing where there are no lines.
pub(crate) fn attribute(lines: &[String]) -> TokenStream {
    if lines.is_empty() {
        return TokenStream::new();
    }
    let mut text = String::with_capacity(lines.iter().map(|line| line.len() + 4).sum());
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            text.push(LINE_BREAK);
        }
        if !line.is_empty() {
            text.push(' ');
            text.push_str(line);
        }
    }
    let literal = literal(&text);
    quote!(#[doc = #literal])
}

/// A text as a raw literal, in which nothing has to be escaped, where it can be one.
fn literal(text: &str) -> Literal {
    let hashes = "#".repeat(hashes(text));
    format!("r{hashes}\"{text}\"{hashes}").parse().unwrap_or_else(|_| Literal::string(text))
}

/// How many `#` stand around a raw literal: one more than behind any quotation mark in it.
fn hashes(text: &str) -> usize {
    let behind = |rest: &str| rest.len() - rest.trim_start_matches('#').len();
    text.split('"').skip(1).map(|rest| behind(rest) + 1).max().unwrap_or(0)
}

/// The text of a string literal.
pub(super) fn value(literal: &Literal) -> Option<String> {
    let mut written = literal.to_string();
    if written.starts_with('r') {
        let open = written.find('"')?;
        // As many characters stand behind the text as before it, but for the `r`.
        let end = written.len().checked_sub(open)?;
        written.truncate(end);
        written.drain(..=open);
        return Some(written);
    }
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(literal) => Some(literal.value()),
        _ => None,
    }
}

/// Adds the lines of a doc comment.
pub(super) fn lines(value: &str, indent: &str, text: &mut String) {
    for line in value.split(LINE_BREAK) {
        text.push_str(indent);
        text.push_str("///");
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

/// Takes doc comments apart into their lines.
pub(super) fn break_lines(formatted: String) -> String {
    if !formatted.contains(LINE_BREAK) {
        return formatted;
    }
    let mut text = String::with_capacity(formatted.len() + 256);
    for line in formatted.lines() {
        let indent = line.get(..line.len() - line.trim_start().len()).unwrap_or_default();
        for (index, part) in line.split(LINE_BREAK).enumerate() {
            if index > 0 {
                text.push_str(indent);
                text.push_str("///");
            }
            text.push_str(part.trim_end());
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use quote::ToTokens as _;

    use super::*;

    #[test]
    fn a_literal_keeps_its_text() {
        for text in ["", " a", "\"", "a\"#b\"##", "\\", "\u{e000}", "\r", "r\"a\"", "\0"] {
            assert_eq!(value(&literal(text)).as_deref(), Some(text), "{text:?}");
            let parsed: syn::LitStr = syn::parse2(literal(text).into_token_stream()).unwrap();
            assert_eq!(parsed.value(), text);
        }
        assert_eq!(value(&Literal::u8_unsuffixed(1)), None);
    }
}
