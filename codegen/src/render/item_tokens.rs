//! The tokens of a file, item by item.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The tokens of each item. What is no item comes with those around it.
pub(super) fn of(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut items = Vec::new();
    let mut item: Vec<TokenTree> = Vec::new();
    let mut ends_by_semicolon = None;
    for token in tokens {
        if let TokenTree::Ident(word) = &token {
            ends_by_semicolon = ends_by_semicolon.or_else(|| ends(&word.to_string()));
        }
        let is_end = match &token {
            TokenTree::Punct(mark) => mark.as_char() == ';',
            TokenTree::Group(group) => {
                group.delimiter() == Delimiter::Brace && (ends_by_semicolon == Some(false) || is_call(&item))
            }
            _ => false,
        };
        item.push(token);
        if is_end {
            items.push(std::mem::take(&mut item));
            ends_by_semicolon = None;
        }
    }
    if !item.is_empty() {
        items.push(item);
    }
    items
}

/// Whether a macro is called by what stands before its braces.
fn is_call(before: &[TokenTree]) -> bool {
    matches!(before.last(), Some(TokenTree::Punct(mark)) if mark.as_char() == '!')
}

/// Whether an item that begins with this word ends by a semicolon only, and not by braces; `None` where a later word tells.
fn ends(word: &str) -> Option<bool> {
    match word {
        // `const fn`, `unsafe impl` and the like.
        "pub" | "const" | "async" | "unsafe" | "default" => None,
        "struct" | "enum" | "union" | "trait" | "impl" | "fn" | "mod" | "extern" | "macro_rules" => Some(false),
        _ => Some(true),
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn items_end_where_the_grammar_says() {
        let items = [
            quote!(
                mod a;
            ),
            quote!(
                mod b {
                    use c::d;
                }
            ),
            quote!(
                use e::{F, G};
            ),
            quote!(
                #[cfg(test)]
                pub(crate) const H: I = I { j: 1 };
            ),
            quote!(
                pub const fn k() -> u8 {
                    1
                }
            ),
            quote!(
                pub static L: &str = "m";
            ),
            quote!(
                type N = [u8; 2];
            ),
            quote!(
                #[doc = " O."]
                #[derive(Clone)]
                pub struct O {
                    pub p: u8,
                }
            ),
            quote!(
                pub struct Q(u8);
            ),
            quote!(
                pub enum R {
                    S,
                }
            ),
            quote!(
                pub trait T {
                    fn u(&self);
                }
            ),
            quote!(impl T for O { fn u(&self) {} }),
            quote!(
                pub async fn v() {}
            ),
            quote!(specie_runtime::object!(O { p: required });),
            quote!(specie_runtime::written_for! { from: "0.1.0" }),
            quote!(
                macro_rules! w {
                    () => {};
                }
            ),
        ];
        let found: Vec<String> =
            of(quote!(#(#items)*)).into_iter().map(|item| TokenStream::from_iter(item).to_string()).collect();
        assert_eq!(found, items.iter().map(ToString::to_string).collect::<Vec<_>>());
    }

    #[test]
    fn what_has_no_end_is_an_item_for_the_parser_to_refuse() {
        assert_eq!(of(quote!(struct A)).len(), 1);
        assert!(of(TokenStream::new()).is_empty());
    }
}
