//! What a server demands of a value beyond its type, as words of a table: `where { max_length(3) each { valid } }`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::assertions;
use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::rust::{Assertion, Check, Checks, Type, Within};

/// All demands, with the word before them; nothing where there are none.
pub(super) fn of(unit: &Unit<'_>, checks: &Checks) -> Option<TokenStream> {
    let demands = list(unit, checks);
    (!demands.is_empty()).then(|| quote!(where { #demands }))
}

/// All demands of a body, which may be a stream of items.
pub(super) fn of_body(unit: &Unit<'_>, ty: &Type, checks: &Checks) -> Option<TokenStream> {
    let (Some(items), Type::Items(item)) = (checks.of_items(), ty) else { return of(unit, checks) };
    let (item, items) = (unit.rust_type(item), list(unit, items));
    Some(quote!(where { items(#item) { #items } }))
}

fn list(unit: &Unit<'_>, checks: &Checks) -> TokenStream {
    let own = own(unit, &checks.own);
    let within = match &checks.within {
        Within::Nothing | Within::Items(_) => None,
        Within::ByType => Some(quote!(valid)),
        Within::Each(each) => {
            let each = list(unit, each);
            Some(quote!(each { #each }))
        }
    };
    quote!(#own #within)
}

/// Constraints, each by the method of the runtime that checks it.
pub(super) fn own(unit: &Unit<'_>, checks: &[Check]) -> TokenStream {
    checks.iter().map(|check| demand(unit, check)).collect()
}

/// What keywords of a schema say.
fn satisfies(unit: &Unit<'_>, asserted: &[Assertion]) -> TokenStream {
    let schema = assertions::schema(unit, asserted);
    quote!(satisfies(#schema))
}

fn demand(unit: &Unit<'_>, check: &Check) -> TokenStream {
    let bounded = |method: &str, bound: Literal| {
        let method = ident(method);
        quote!(#method(#bound))
    };
    match check {
        Check::Length(least, most) => {
            let (least, most) = (Literal::u64_unsuffixed(*least), Literal::u64_unsuffixed(*most));
            quote!(length(#least, #most))
        }
        Check::Range(least, most) => {
            let (least, most) = (Literal::string(least), Literal::string(most));
            quote!(range(#least, #most))
        }
        Check::MinLength(bound) => bounded("min_length", Literal::u64_unsuffixed(*bound)),
        Check::MaxLength(bound) => bounded("max_length", Literal::u64_unsuffixed(*bound)),
        Check::Minimum(bound) => bounded("minimum", Literal::string(bound)),
        Check::ExclusiveMinimum(bound) => bounded("exclusive_minimum", Literal::string(bound)),
        Check::Maximum(bound) => bounded("maximum", Literal::string(bound)),
        Check::ExclusiveMaximum(bound) => bounded("exclusive_maximum", Literal::string(bound)),
        Check::MultipleOf(step) => bounded("multiple_of", Literal::string(step)),
        Check::Unique => quote!(unique()),
        Check::OneOf(listed) => {
            let listed = listed.iter().map(|one| Literal::string(one));
            quote!(one_of(&[#(#listed),*]))
        }
        Check::Pattern(pattern) => bounded("pattern", Literal::string(pattern)),
        Check::Satisfies(asserted) => satisfies(unit, asserted),
    }
}
