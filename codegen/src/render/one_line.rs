//! The layout of imports and of plain statements that fit on a line, straight from their tokens. The formatter makes the same of them, by
//! test.

use std::fmt::Write as _;

use super::token_trees::{Tree, print};

/// A line that comes near this width is left to the formatter, which may break it.
const WIDTH: usize = 80;

/// `use a::b::{C, D};`; `None` for anything else.
pub(super) fn import(item: &[Tree]) -> Option<String> {
    let [Tree::Word(keyword), path @ .., Tree::Mark(';', _)] = item else { return None };
    if *keyword != "use" {
        return None;
    }
    let mut text = String::from("use ");
    for part in path {
        match part {
            // `a as b`
            Tree::Word(_) if !text.ends_with([' ', ':']) => return None,
            Tree::Word(word) => write!(text, "{word}").ok()?,
            Tree::Mark(mark @ (':' | '*'), _) => text.push(*mark),
            braces => {
                let names = braces.braced()?;
                // The formatter leaves braces around one name out.
                if names.len() < 2 || !is_list(names) {
                    return None;
                }
                text.push('{');
                print(names, &mut text);
                text.push('}');
            }
        }
    }
    text.push_str(";\n");
    (text.len() <= WIDTH).then_some(text)
}

/// Names with commas between.
fn is_list(names: &[Tree]) -> bool {
    names.split(|tree| tree.is_mark(',')).all(|name| matches!(name, [Tree::Word(_)]))
}

/// Statements made of names, literals, paths, calls and fields, such as `let request = A::new("b").c(1);`, a line for each.
pub(super) fn statements(tokens: &[Tree]) -> Option<String> {
    let mut text = String::new();
    for statement in tokens.split_inclusive(|tree| tree.is_mark(';')) {
        let start = text.len();
        if !statement.last()?.is_mark(';') || !statement.iter().all(is_plain) {
            return None;
        }
        print(statement, &mut text);
        if text.len() - start > WIDTH {
            return None;
        }
        text.push('\n');
    }
    (!text.is_empty()).then_some(text)
}

fn is_plain(tree: &Tree) -> bool {
    match tree {
        Tree::Word(_) | Tree::Literal(_) => true,
        Tree::Mark(mark, _) => matches!(mark, '=' | ':' | '.' | ',' | ';'),
        Tree::Group(delimiter, inside) => {
            *delimiter == proc_macro2::Delimiter::Parenthesis && inside.iter().all(is_plain)
        }
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;
    use quote::quote;

    use super::super::token_trees;
    use super::*;

    #[test]
    fn the_formatter_makes_the_same() {
        let formatted = |tokens| super::super::unparse(syn::parse2(tokens).expect("an item"));
        for tokens in [
            quote!(
                use a::{B, r#type};
            ),
            quote!(
                use a::B;
            ),
            quote!(
                use super::*;
            ),
            quote!(
                use a::{B, C};
            ),
        ] {
            if let Some(text) = import(&token_trees::of(tokens.clone())) {
                assert_eq!(text, formatted(tokens));
            }
        }
        assert!(
            import(&token_trees::of(quote!(
                use a::{B, C};
            )))
            .is_some()
        );
        for tokens in [
            quote!(let a = B::new();),
            quote!(let request = b::C::new("d", e).f(1.5).g((h, i)); j.k(request);),
            quote!(let a = B { c: 1 };),
            quote!(let a = dec!(1);),
            quote!(a.b(-1);),
            quote!(a.await?;),
        ] {
            if let Some(text) = statements(&token_trees::of(tokens.clone())) {
                let expected = formatted(quote!(fn f() { #tokens }));
                let inner: Vec<&str> = expected.lines().filter_map(|line| line.strip_prefix("    ")).collect();
                assert_eq!(text.lines().collect::<Vec<_>>(), inner);
            }
        }
        assert!(statements(&token_trees::of(quote!(let a = B::new("c").d(1);))).is_some());
    }

    #[test]
    fn what_is_long_or_of_another_form_is_left_to_the_formatter() {
        let long = quote::format_ident!("a{}", "b".repeat(90));
        let others = [
            quote!(
                use a::{b::c, d};
            ),
            quote!(
                pub use a::b;
            ),
            quote!(
                use a as b;
            ),
            quote!(use #long;),
        ];
        for tokens in others {
            assert_eq!(import(&token_trees::of(tokens.clone())), None, "{tokens}");
        }
        for tokens in [quote!(a!(b);), quote!(a), quote!(#long(a);), quote!(a(|| b);), TokenStream::new()] {
            assert_eq!(statements(&token_trees::of(tokens.clone())), None, "{tokens}");
        }
    }
}
