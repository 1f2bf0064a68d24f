//! Token trees to text: formatted item by item, with blank lines where a reader wants them.

mod item_tokens;
mod token_trees;

pub(crate) mod doc_comments;

// What is laid out straight from its tokens.
mod declarations;
mod impls_and_traits;
mod macro_layout;
mod one_line;

// What the formatter's text is changed to.
mod closure_layout;
mod statement_semicolons;

use proc_macro2::{TokenStream, TokenTree};

/// Formats items, a blank line between them; `use` and `mod` items that follow each other stay together, and so do tables.
///
/// Tokens that are not items are a mistake of an emitter. What is written for them is not Rust either, so that whoever parses
/// the result, as the command line does before it writes anything, finds it.
#[must_use]
pub fn items(tokens: TokenStream) -> String {
    let mut text = String::new();
    let mut before: Option<Kind> = None;
    for item in item_tokens::of(tokens) {
        let (kind, written) = match laid_out(item) {
            Ok(laid_out) => laid_out,
            Err(error) => return format!("not Rust: {error}\n"),
        };
        if before.is_some_and(|before| before != kind || kind == Kind::Other) {
            text.push('\n');
        }
        before = Some(kind);
        text.push_str(&written);
    }
    text
}

/// One item.
fn laid_out(tokens: Vec<TokenTree>) -> syn::Result<(Kind, String)> {
    let trees = token_trees::of(tokens);
    if let Some(text) = declarations::layout(&trees).or_else(|| impls_and_traits::layout(&trees)) {
        return Ok((Kind::Other, text));
    }
    if let Some(table) = macro_layout::layout(&trees) {
        return Ok((Kind::Table, table));
    }
    if let Some(import) = one_line::import(&trees) {
        return Ok((Kind::Use, import));
    }
    let item: syn::Item = syn::parse2(token_trees::together(trees))?;
    let kind = Kind::of(&item);
    let spaced = matches!(item, syn::Item::Impl(_) | syn::Item::Trait(_));
    let ended = statement_semicolons::end_statements(unparse(item));
    let formatted = closure_layout::tidy(doc_comments::break_lines(ended));
    Ok((kind, allow_long_functions(if spaced { space_members(&formatted) } else { formatted })))
}

/// One item, as the formatter leaves it.
fn unparse(item: syn::Item) -> String {
    prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] })
}

/// Formats statements, as they stand in a function's body.
#[must_use]
pub fn statements(tokens: &TokenStream) -> String {
    if let Some(plain) = one_line::statements(&token_trees::of(tokens.clone())) {
        return plain;
    }
    let function = items(quote::quote!(fn example() { #tokens }));
    let body: Vec<&str> = function.lines().collect();
    let inner = body.get(1..body.len().saturating_sub(1)).unwrap_or_default();
    let mut text = String::new();
    for line in inner {
        text.push_str(line.strip_prefix("    ").unwrap_or(line));
        text.push('\n');
    }
    text
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Use,
    Module,
    /// A table that is handed to a macro. Those of one type stand together.
    Table,
    Other,
}

impl Kind {
    fn of(item: &syn::Item) -> Self {
        match item {
            syn::Item::Use(_) => Self::Use,
            syn::Item::Mod(module) if module.content.is_none() => Self::Module,
            syn::Item::Macro(call) if call.ident.is_none() && call.attrs.is_empty() => Self::Table,
            _ => Self::Other,
        }
    }
}

/// Puts a blank line before each function of an `impl` or a trait but the first member.
fn space_members(formatted: &str) -> String {
    let mut text = String::with_capacity(formatted.len() + 64);
    let mut before = "";
    for line in formatted.lines() {
        let ended =
            before == "    }" || (is_member_line(before) && before.ends_with(';') && !before.starts_with("    //"));
        let begins = is_member_line(line) && !line.starts_with("    }");
        if ended && begins && (before == "    }" || !is_associated(line)) {
            text.push('\n');
        }
        text.push_str(line);
        text.push('\n');
        before = line;
    }
    text
}

/// A line at the indentation of members.
fn is_member_line(line: &str) -> bool {
    line.strip_prefix("    ").is_some_and(|rest| !rest.starts_with(' ') && !rest.is_empty())
}

/// An associated type or constant, of which several stand together.
fn is_associated(line: &str) -> bool {
    line.starts_with("    type ") || line.starts_with("    const ")
}

/// What clippy's `too_many_lines` allows a function's body.
const LONGEST_BODY: usize = 100;

/// Exempts functions with one line per field or value from clippy's limit, where they are longer than it.
fn allow_long_functions(formatted: String) -> String {
    if formatted.lines().nth(LONGEST_BODY).is_none() {
        return formatted;
    }
    let lines: Vec<&str> = formatted.lines().collect();
    let mut text = String::with_capacity(formatted.len() + 128);
    for (index, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        if is_function(line.trim_start()) && body_length(lines.get(index..).unwrap_or_default(), indent) > LONGEST_BODY
        {
            text.push_str(line.get(..indent).unwrap_or_default());
            text.push_str("#[allow(clippy::too_many_lines, reason = \"one line for each part of the document\")]\n");
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}

fn is_function(line: &str) -> bool {
    ["fn ", "pub fn ", "async fn ", "pub async fn "].iter().any(|start| line.starts_with(start))
}

/// How many lines there are up to the brace that closes a function at this indentation; none where it only is declared.
fn body_length(lines: &[&str], indent: usize) -> usize {
    let at_indent = |line: &str| line.len() - line.trim_start().len() == indent && !line.is_empty();
    // A signature of several lines comes back to the indentation before the body begins.
    let is_signature = |line: &str| line.trim_start().starts_with([')', '{']) || line.trim_start().starts_with("where");
    let next = lines.iter().skip(1).position(|line| at_indent(line) && !is_signature(line));
    match next.and_then(|next| Some((next + 1, lines.get(next + 1)?))) {
        Some((end, line)) if line.trim_start() == "}" => end,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn items_and_methods_are_set_apart() {
        let text = items(quote! {
            mod a; mod b; use c::D; use e::F;
            pub struct S;
            impl S { const A: u8 = 1; const B: u8 = 2; pub fn f(&self) {} #[doc = " Two;"] pub fn g(&self) {} }
            pub trait T { fn h(&self); #[doc = " Three."] fn i(&self); }
        });
        assert_eq!(
            text,
            "mod a;\nmod b;\n\nuse c::D;\nuse e::F;\n\npub struct S;\n\nimpl S {\n    const A: u8 = 1;\n    const B: u8 = 2;\n\n    \
             pub fn f(&self) {}\n    /// Two;\n    pub fn g(&self) {}\n}\n\npub trait T {\n    fn h(&self);\n\n    /// Three.\n    fn i(&self);\n}\n"
        );
    }

    #[test]
    fn statements_lose_their_indentation() {
        assert_eq!(statements(&quote!(let a = S { b: 1 }; f(a);)), "let a = S { b: 1 };\nf(a);\n");
    }

    #[test]
    fn long_functions_say_so() {
        let lines: TokenStream = (0..120_u32).map(|i| quote!(f(#i);)).collect();
        let text = items(quote!(impl S { fn short() { f(1); } fn long() { #lines } }));
        assert_eq!(text.matches("clippy::too_many_lines").count(), 1);
        assert!(syn::parse_file(&text).is_ok());
    }

    #[test]
    fn checks_in_blocks_are_statements() {
        let long = "x".repeat(80);
        let text = items(quote! {
            impl Check for X {
                fn check(&self, checker: &mut Checker<'_>) {
                    checker.at("a", |checker| checker.minimum(&self.a, #long));
                    checker.at("b", |checker| Check::check(&self.b, checker));
                }
                fn count(&self, checker: &mut Checker<'_>) -> usize {
                    checker.count()
                }
            }
        });
        assert!(text.contains("                );\n        });\n"), "{text}");
        assert!(text.contains("checker.at(\"b\", |checker| Check::check(&self.b, checker));"), "{text}");
        assert!(text.contains("        checker.count()\n"), "{text}");
        let file = syn::parse_file(&text).expect("it is Rust");
        let syn::Item::Impl(item) = &file.items[0] else { panic!("{text}") };
        assert_eq!(item.items.len(), 2);
    }

    #[test]
    fn what_is_not_rust_is_left_for_the_parser() {
        assert!(syn::parse_file(&items(quote!(struct;))).is_err());
    }
}
