//! What a server demands of a value beyond its type, as words of a table: `where { max_length(3) each { valid } }`.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

use crate::emit::assertions;
use crate::emit::imports::ident;
use crate::emit::rust_types::Unit;
use crate::rust::{Check, Checks, Type, Within};

/// The constraints of a field; `None` where only its type is checked.
pub(super) fn beyond_type(unit: &Unit<'_>, checks: &Checks) -> Option<TokenStream> {
    checks.are_own().then(|| list(unit, checks))
}

/// All constraints as `where { … }`; `None` without any.
pub(super) fn of(unit: &Unit<'_>, checks: &Checks) -> Option<TokenStream> {
    let demands = list(unit, checks);
    (!demands.is_empty()).then(|| quote!(where { #demands }))
}

/// The same for a body, whose constraints may be those of the items of a stream.
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
    let demand = |check| {
        let (method, arguments) = method(unit, check);
        quote!(#method(#arguments))
    };
    checks.iter().map(demand).collect()
}

/// The method of `Checker` for a constraint, and its arguments after the value.
pub(super) fn method(unit: &Unit<'_>, check: &Check) -> (Ident, TokenStream) {
    let count = |count: &u64| Literal::u64_unsuffixed(*count).into_token_stream();
    let (name, arguments) = match check {
        Check::Length(least, most) => {
            let (least, most) = (count(least), count(most));
            ("length", quote!(#least, #most))
        }
        Check::Range(least, most) => ("range", quote!(#least, #most)),
        Check::MinLength(bound) => ("min_length", count(bound)),
        Check::MaxLength(bound) => ("max_length", count(bound)),
        Check::Minimum(bound) => ("minimum", quote!(#bound)),
        Check::ExclusiveMinimum(bound) => ("exclusive_minimum", quote!(#bound)),
        Check::Maximum(bound) => ("maximum", quote!(#bound)),
        Check::ExclusiveMaximum(bound) => ("exclusive_maximum", quote!(#bound)),
        Check::MultipleOf(step) => ("multiple_of", quote!(#step)),
        Check::Unique => ("unique", TokenStream::new()),
        Check::OneOf(listed) => ("one_of", quote!(&[#(#listed),*])),
        Check::Pattern(pattern) => ("pattern", quote!(#pattern)),
        Check::Satisfies(asserted) => ("satisfies", assertions::schema(unit, asserted)),
    };
    (ident(name), arguments)
}
