//! The layout of structs and enums in their usual form, straight from their tokens: nearly half of what is generated, and simple enough
//! that it is not parsed for it. The formatter makes the same of it, by test.

use std::fmt::Write as _;

use proc_macro2::Delimiter;

use super::doc_comments;
use super::token_trees::{Tree, print};

/// A line that comes near this width is left to the formatter, which may break it.
const WIDTH: usize = 80;

/// `pub struct X { … }` or `pub enum X { … }`, as the formatter lays it out; `None` for anything that is not in its usual form.
pub(super) fn layout(item: &[Tree]) -> Option<String> {
    let mut text = String::new();
    let rest = attributes(item, "", &mut text)?;
    let [Tree::Word(public), Tree::Word(keyword), Tree::Word(name), Tree::Group(Delimiter::Brace, body)] = rest else {
        return None;
    };
    let is_struct = *keyword == "struct";
    let is_declaration = *public == "pub" && (is_struct || *keyword == "enum");
    if !is_declaration || body.is_empty() {
        return None;
    }
    writeln!(text, "pub {keyword} {name} {{").ok()?;
    members(body, is_struct, &mut text)?;
    text.push_str("}\n");
    Some(text)
}

/// Fields with their types, or variants with what they hold.
fn members(body: &[Tree], is_struct: bool, text: &mut String) -> Option<()> {
    let mut rest = body;
    while !rest.is_empty() {
        rest = attributes(rest, "    ", text)?;
        let start = text.len();
        let (after, follows) = match rest {
            [Tree::Word(public), Tree::Word(name), Tree::Mark(':', _), after @ ..] if is_struct && *public == "pub" => {
                write!(text, "    pub {name}: ").ok()?;
                ty(after, text)?
            }
            [Tree::Word(name), after @ ..] if !is_struct => {
                write!(text, "    {name}").ok()?;
                holds(after, text)?
            }
            _ => return None,
        };
        if text.len() - start > WIDTH {
            return None;
        }
        text.push_str(",\n");
        rest = follows.then_some(after)?;
    }
    Some(())
}

/// What a variant holds, and what stands behind the comma after it; whether there is a comma or the end.
fn holds<'a>(tokens: &'a [Tree], line: &mut String) -> Option<(&'a [Tree], bool)> {
    let [Tree::Group(delimiter, held), after @ ..] = tokens else { return Some(behind_comma(tokens)) };
    if *delimiter != Delimiter::Parenthesis {
        return None;
    }
    line.push('(');
    let mut rest = held.as_slice();
    let mut is_first = true;
    while !rest.is_empty() {
        if !is_first {
            line.push_str(", ");
        }
        let (after, follows) = ty(rest, line)?;
        rest = follows.then_some(after)?;
        is_first = false;
    }
    line.push(')');
    Some(behind_comma(after))
}

fn behind_comma(tokens: &[Tree]) -> (&[Tree], bool) {
    match tokens {
        [] => (tokens, true),
        [Tree::Mark(',', _), after @ ..] => (after, true),
        _ => (tokens, false),
    }
}

/// A path with its arguments, up to the comma after it.
fn ty<'a>(tokens: &'a [Tree], line: &mut String) -> Option<(&'a [Tree], bool)> {
    let mut open = 0_usize;
    for (place, token) in tokens.iter().enumerate() {
        match token {
            Tree::Word(word) => write!(line, "{word}").ok()?,
            Tree::Mark(',', _) if open == 0 => return Some(behind_comma(tokens.get(place..)?)),
            Tree::Mark(',', _) => line.push_str(", "),
            Tree::Mark(':', _) => line.push(':'),
            Tree::Mark('<', _) => {
                open += 1;
                line.push('<');
            }
            Tree::Mark('>', _) => {
                open = open.checked_sub(1)?;
                line.push('>');
            }
            Tree::Mark(..) | Tree::Group(..) | Tree::Literal(_) => return None,
        }
    }
    (open == 0).then_some((&[], true))
}

/// Attributes, a line for each, and what stands behind them.
pub(super) fn attributes<'a>(tokens: &'a [Tree], indent: &str, text: &mut String) -> Option<&'a [Tree]> {
    let mut rest = tokens;
    while let [Tree::Mark('#', _), Tree::Group(Delimiter::Bracket, inner), after @ ..] = rest {
        attribute(inner, indent, text)?;
        rest = after;
    }
    Some(rest)
}

/// A doc comment, or a reference to one, or a word; on a whole type, also what it derives.
fn attribute(inner: &[Tree], indent: &str, text: &mut String) -> Option<()> {
    let start = text.len();
    match inner {
        [Tree::Word(doc), Tree::Mark('=', _), Tree::Literal(literal)] if *doc == "doc" => {
            let value = doc_comments::value(literal)?;
            // The formatter writes an attribute or a comment of another form for such texts.
            if value.contains('\n') || value.starts_with('/') {
                return None;
            }
            doc_comments::lines(&value, indent, text);
            Some(())
        }
        [Tree::Word(doc), Tree::Mark('=', _), Tree::Word(of), Tree::Mark('!', _), Tree::Group(_, name)]
            if *doc == "doc" =>
        {
            let [Tree::Word(name)] = name.as_slice() else { return None };
            writeln!(text, "{indent}#[doc = {of}!({name})]").ok()?;
            (text.len() - start <= WIDTH).then_some(())
        }
        [Tree::Word(word)] => writeln!(text, "{indent}#[{word}]").ok(),
        [Tree::Word(derive), Tree::Group(_, derived)] if indent.is_empty() && *derive == "derive" => {
            let is_word = |token: &Tree| matches!(token, Tree::Word(_)) || token.is_mark(',');
            if !derived.iter().all(is_word) {
                return None;
            }
            text.push_str("#[derive(");
            print(derived, text);
            text.push_str(")]");
            let fits = text.len() - start <= WIDTH;
            text.push('\n');
            fits.then_some(())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;
    use quote::quote;

    use super::*;

    fn laid_out(tokens: TokenStream) -> Option<String> {
        layout(&super::super::token_trees::of(tokens))
    }

    fn formatted(tokens: TokenStream) -> String {
        doc_comments::break_lines(super::super::unparse(syn::parse2(tokens).expect("an item")))
    }

    #[test]
    fn the_formatter_makes_the_same() {
        let usual = [
            quote! {
                #[doc = " A \"payout\"\u{e000}\u{e000} of it.  "] #[derive(Clone, Debug, PartialEq)] #[non_exhaustive]
                pub struct Payout {
                    #[doc = " Its id."] pub id: String,
                    pub r#type: Option<types::Kind>,
                    #[doc = ""] pub rates: BTreeMap<String, Vec<Option<Decimal>>>
                }
            },
            quote! { pub enum State { #[doc = " Done."] Done, Held(Box<types::Hold>), Moved(Status, Vec<u8>), Last } },
            quote! { pub enum One { One(Secret<String>), } },
            quote! { pub struct Shared { #[doc = shared_docs!(limit)] pub a: u8 } },
            quote! { pub struct Raw { #[doc = r#" A "raw" \ text."#] pub a: u8 } },
        ];
        for tokens in usual {
            assert_eq!(laid_out(tokens.clone()), Some(formatted(tokens)));
        }
    }

    #[test]
    fn what_is_not_usual_is_left_to_the_formatter() {
        let long = quote::format_ident!("a{}", "b".repeat(90));
        let unusual = [
            quote! { pub struct Empty {} },
            quote! { pub struct Tuple(String); },
            quote! { pub struct Generic<T> { pub a: T } },
            quote! { struct Private { a: u8 } },
            quote! { pub struct Inner { a: u8 } },
            quote! { pub struct Borrowed { pub a: &'static str } },
            quote! { #[allow(dead_code)] pub struct Allowed { pub a: u8 } },
            quote! { #[doc = "a\nb"] pub struct Lines { pub a: u8 } },
            quote! { pub enum Numbered { A = 1 } },
            quote! { pub enum Named { A { a: u8 } } },
            quote! { pub struct Long { pub #long: u8 } },
            quote! { pub fn f() {} },
        ];
        for tokens in unusual {
            assert_eq!(laid_out(tokens.clone()), None, "{tokens}");
        }
    }
}
