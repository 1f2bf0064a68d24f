//! The layout of implementations and traits whose functions are declared only, or are one plain call: the methods of clients and servers,
//! straight from their tokens. The formatter makes the same of them, by test.

use proc_macro2::Delimiter;

use super::declarations::attributes;
use super::token_trees::{Tree, parts, print};

/// The width that the formatter breaks a longer line at.
const WIDTH: usize = 89;

/// `impl X { … }` or `pub trait X { … }`, as it stands with blank lines between its functions; `None` for anything that is not in its usual
/// form.
pub(super) fn layout(item: &[Tree]) -> Option<String> {
    let mut text = String::new();
    let rest = attributes(item, "", &mut text)?;
    let [head @ .., Tree::Group(Delimiter::Brace, body)] = rest else { return None };
    if !is_head(head) {
        return None;
    }
    line("", head, " {", &mut text)?;
    if body.is_empty() {
        text.push_str("}\n");
        return Some(text);
    }
    text.push('\n');
    let mut rest = body.as_slice();
    while !rest.is_empty() {
        if rest.len() < body.len() {
            text.push('\n');
        }
        rest = function(rest, &mut text)?;
    }
    text.push_str("}\n");
    Some(text)
}

/// Whether these words are what an implementation or a trait begins with, without parameters.
fn is_head(head: &[Tree]) -> bool {
    let begins = match head {
        [Tree::Word(first), ..] if *first == "impl" => true,
        [Tree::Word(first), Tree::Word(second), ..] => *first == "pub" && *second == "trait",
        _ => false,
    };
    let is_usual = |tree: &Tree| match tree {
        Tree::Word(word) => word != "where",
        Tree::Mark(mark, _) => matches!(mark, ':' | '+' | '\''),
        Tree::Literal(_) | Tree::Group(..) => false,
    };
    begins && head.iter().all(is_usual)
}

/// Adds a function with its attributes; returns what stands behind it.
fn function<'a>(tokens: &'a [Tree], text: &mut String) -> Option<&'a [Tree]> {
    let rest = attributes(tokens, "    ", text)?;
    let at = rest.iter().position(|tree| tree.is_mark(';') || tree.braced().is_some())?;
    let (signature, behind) = rest.split_at_checked(at)?;
    let (end, behind) = behind.split_first()?;
    let Some(body) = end.braced() else {
        self::signature(signature, ";", text)?;
        text.push('\n');
        return Some(behind);
    };
    if body.is_empty() || !is_call(body) {
        return None;
    }
    self::signature(signature, " {", text)?;
    text.push('\n');
    line("        ", body, "", text)?;
    text.push_str("\n    }\n");
    Some(behind)
}

/// `pub fn name(…) -> …`, on one line or with a line for each parameter.
fn signature(tokens: &[Tree], end: &str, text: &mut String) -> Option<()> {
    let at = tokens.iter().position(|tree| matches!(tree, Tree::Group(..)))?;
    let (name, behind) = tokens.split_at_checked(at)?;
    let [Tree::Group(Delimiter::Parenthesis, parameters), result @ ..] = behind else { return None };
    let names = name.iter().all(|tree| matches!(tree, Tree::Word(_)));
    if !names || !name.iter().any(|tree| matches!(tree, Tree::Word(word) if word == "fn")) || !is_type(result) {
        return None;
    }
    let parameters = parts(parameters);
    if !parameters.iter().all(|parameter| is_parameter(parameter)) {
        return None;
    }
    let start = text.len();
    text.push_str("    ");
    print(tokens, text);
    text.push_str(end);
    if text.len() - start <= WIDTH {
        return Some(());
    }
    text.truncate(start);
    line("    ", name, "(", text)?;
    text.push('\n');
    for parameter in parameters {
        line("        ", parameter, ",", text)?;
        text.push('\n');
    }
    line(if result.is_empty() { "    )" } else { "    ) " }, result, end, text)
}

/// `&self`, or what is written without a reference.
fn is_parameter(tokens: &[Tree]) -> bool {
    match tokens {
        [reference, Tree::Word(_)] if reference.is_mark('&') => true,
        others => is_type(others),
    }
}

/// Whether tokens print in the usual spacing: names, paths and what stands between angles.
fn is_type(tokens: &[Tree]) -> bool {
    let is_usual = |tree: &Tree| matches!(tree, Tree::Word(_) | Tree::Mark(':' | '<' | '>' | ',' | '-' | '=' | '+', _));
    tokens.iter().all(is_usual)
}

/// Whether tokens are a call, with arguments that are names, references, literals and calls.
fn is_call(tokens: &[Tree]) -> bool {
    tokens.iter().enumerate().all(|(place, tree)| match tree {
        Tree::Word(_) | Tree::Literal(_) | Tree::Mark(':' | '.' | ',', _) => true,
        Tree::Mark('&', _) => place == 0,
        Tree::Group(Delimiter::Parenthesis, inside) => is_call(inside),
        Tree::Mark(..) | Tree::Group(..) => false,
    })
}

/// Adds tokens as a line of its own, where they fit on one.
fn line(indent: &str, tokens: &[Tree], end: &str, text: &mut String) -> Option<()> {
    let start = text.len();
    text.push_str(indent);
    print(tokens, text);
    text.push_str(end);
    (text.len() - start <= WIDTH).then_some(())
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;
    use quote::{format_ident, quote};

    use super::super::{doc_comments, space_members, token_trees, unparse};
    use super::*;

    fn laid_out(tokens: TokenStream) -> Option<String> {
        layout(&token_trees::of(tokens))
    }

    fn formatted(tokens: TokenStream) -> String {
        space_members(&doc_comments::break_lines(unparse(syn::parse2(tokens).expect("an item"))))
    }

    #[test]
    fn the_formatter_makes_the_same() {
        // Names of each length lead to lines just below and above what fits.
        for length in 1..70 {
            let name = format_ident!("a{}", "b".repeat(length));
            let usual = [
                quote! {
                    #[doc = " Of a group.\u{e000}\u{e000} With two paragraphs."]
                    impl Client {
                        #[doc = " One."] pub fn #name(&self) -> Call<#name> { Call::new(&self.inner, #name::new()) }
                        pub fn two(&self, request: impl Into<#name>) -> Call<#name> { Call::new(&self.inner, request.into()) }
                        #[must_use] pub fn r#type(self, one: types::#name, two: Vec<M<K, u8>>) -> Self { f(1) }
                    }
                },
                quote! {
                    pub trait Server: Send + Sync + 'static {
                        #[doc = " One;"]
                        fn #name(&self, request: One, context: RequestContext) -> impl Future<Output = Handled<#name>> + Send;
                        fn two(&self);
                    }
                },
                quote! { impl #name for B {} },
                quote! { impl Default for Credentials { fn default() -> Self { Self::#name() } } },
            ];
            for tokens in usual {
                let found = laid_out(tokens.clone());
                assert!(found.is_some() || length > 10, "{tokens}");
                if let Some(found) = found {
                    assert_eq!(found, formatted(tokens));
                }
            }
        }
    }

    #[test]
    fn what_is_not_usual_is_left_to_the_formatter() {
        let unusual = [
            quote! { impl<T> A for B<T> { fn a(&self) { b() } } },
            quote! { impl A for B { type C = D; } },
            quote! { impl A { fn a(&self) {} } },
            quote! { impl A { fn a(&self, b: &mut C) { d() } } },
            quote! { impl A { fn a(&self, b: Check<'_>) { d() } } },
            quote! { impl A { fn a(&self) -> [u8; 2] { d() } } },
            quote! { impl A { fn a(&self) { d(); e() } } },
            quote! { impl A { fn a(&self) { d(e, &f) } } },
            quote! { impl A { fn a(self) -> Self { Self { b: self.c } } } },
            quote! { impl A { fn a<T>(self, b: T) { b() } } },
            quote! { impl A { const B: u8 = 1; fn a(&self) { d() } } },
            quote! { trait A { fn a(&self); } },
            quote! { pub trait A where Self: B { fn a(&self); } },
            quote! { pub fn a() { b() } },
        ];
        for tokens in unusual {
            assert_eq!(laid_out(tokens.clone()), None, "{tokens}");
        }
    }
}
