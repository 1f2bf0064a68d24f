//! The layout of structs and enums in their usual form, straight from their tokens: nearly half of what is generated, and simple enough
//! that it is not parsed for it. The formatter makes the same of it, by test.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

/// A line that comes near this width is left to the formatter, which may break it.
const WIDTH: usize = 80;

/// `pub struct X { … }` or `pub enum X { … }`, as the formatter lays it out; `None` for anything that is not in its usual form.
pub(super) fn layout(item: &[TokenTree]) -> Option<String> {
    let mut text = String::new();
    let rest = attributes(item, "", &mut text)?;
    let [TokenTree::Ident(public), TokenTree::Ident(keyword), TokenTree::Ident(name), TokenTree::Group(body)] = rest
    else {
        return None;
    };
    let is_struct = *keyword == "struct";
    let is_declaration = *public == "pub" && (is_struct || *keyword == "enum");
    if !is_declaration || body.delimiter() != Delimiter::Brace || body.stream().is_empty() {
        return None;
    }
    writeln!(text, "pub {keyword} {name} {{").ok()?;
    members(body.stream(), is_struct, &mut text)?;
    text.push_str("}\n");
    Some(text)
}

/// Fields with their types, or variants with what they hold.
fn members(body: TokenStream, is_struct: bool, text: &mut String) -> Option<()> {
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    let mut rest = tokens.as_slice();
    while !rest.is_empty() {
        rest = attributes(rest, "    ", text)?;
        let mut line = String::from("    ");
        let (after, follows) = match rest {
            [TokenTree::Ident(public), TokenTree::Ident(name), TokenTree::Punct(colon), after @ ..]
                if is_struct && *public == "pub" && colon.as_char() == ':' =>
            {
                write!(line, "pub {name}: ").ok()?;
                ty(after, &mut line)?
            }
            [TokenTree::Ident(name), after @ ..] if !is_struct => {
                write!(line, "{name}").ok()?;
                holds(after, &mut line)?
            }
            _ => return None,
        };
        if line.len() > WIDTH {
            return None;
        }
        text.push_str(&line);
        text.push_str(",\n");
        rest = follows.then_some(after)?;
    }
    Some(())
}

/// What a variant holds, and what stands behind the comma after it; whether there is a comma or the end.
fn holds<'a>(tokens: &'a [TokenTree], line: &mut String) -> Option<(&'a [TokenTree], bool)> {
    let [TokenTree::Group(held), after @ ..] = tokens else { return Some(behind_comma(tokens)) };
    if held.delimiter() != Delimiter::Parenthesis {
        return None;
    }
    let held: Vec<TokenTree> = held.stream().into_iter().collect();
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

fn behind_comma(tokens: &[TokenTree]) -> (&[TokenTree], bool) {
    match tokens {
        [] => (tokens, true),
        [TokenTree::Punct(comma), after @ ..] if comma.as_char() == ',' => (after, true),
        _ => (tokens, false),
    }
}

/// A path with its arguments, up to the comma after it.
fn ty<'a>(tokens: &'a [TokenTree], line: &mut String) -> Option<(&'a [TokenTree], bool)> {
    let mut open = 0_usize;
    for (place, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(word) => write!(line, "{word}").ok()?,
            TokenTree::Punct(mark) => match mark.as_char() {
                ',' if open == 0 => return Some(behind_comma(tokens.get(place..)?)),
                ',' => line.push_str(", "),
                ':' => line.push(':'),
                '<' => {
                    open += 1;
                    line.push('<');
                }
                '>' => {
                    open = open.checked_sub(1)?;
                    line.push('>');
                }
                _ => return None,
            },
            TokenTree::Group(_) | TokenTree::Literal(_) => return None,
        }
    }
    (open == 0).then_some((&[], true))
}

/// Attributes, a line for each, and what stands behind them.
fn attributes<'a>(tokens: &'a [TokenTree], indent: &str, text: &mut String) -> Option<&'a [TokenTree]> {
    let mut rest = tokens;
    while let [TokenTree::Punct(hash), TokenTree::Group(inner), after @ ..] = rest {
        if hash.as_char() != '#' || inner.delimiter() != Delimiter::Bracket {
            return None;
        }
        attribute(inner.stream(), indent, text)?;
        rest = after;
    }
    Some(rest)
}

/// A doc comment; on a whole type, also what it derives, and that it is not exhaustive.
fn attribute(inner: TokenStream, indent: &str, text: &mut String) -> Option<()> {
    let inner: Vec<TokenTree> = inner.into_iter().collect();
    match inner.as_slice() {
        [TokenTree::Ident(doc), TokenTree::Punct(_), TokenTree::Literal(literal)] if *doc == "doc" => {
            let syn::Lit::Str(literal) = syn::Lit::new(literal.clone()) else { return None };
            let value = literal.value();
            if value.contains('\n') || value.starts_with('/') {
                return None;
            }
            writeln!(text, "{indent}///{}", value.trim_end_matches(' ')).ok()
        }
        [TokenTree::Ident(word)] if indent.is_empty() && *word == "non_exhaustive" => {
            text.push_str("#[non_exhaustive]\n");
            Some(())
        }
        [TokenTree::Ident(derive), TokenTree::Group(derived)] if indent.is_empty() && *derive == "derive" => {
            let line = format!("#[derive({})]", words(derived.stream())?);
            text.push_str(&line);
            text.push('\n');
            (line.len() <= WIDTH).then_some(())
        }
        _ => None,
    }
}

/// Words with commas between.
fn words(tokens: TokenStream) -> Option<String> {
    let mut words: Vec<Ident> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Ident(word) => words.push(word),
            TokenTree::Punct(comma) if comma.as_char() == ',' => {}
            _ => return None,
        }
    }
    let words: Vec<String> = words.iter().map(ToString::to_string).collect();
    Some(words.join(", "))
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    fn laid_out(tokens: TokenStream) -> Option<String> {
        layout(&tokens.into_iter().collect::<Vec<_>>())
    }

    fn formatted(tokens: TokenStream) -> String {
        super::super::unparse(syn::parse2(tokens).expect("an item"))
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
            quote! { pub struct Shared { #[doc = shared_docs!(a)] pub a: u8 } },
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
