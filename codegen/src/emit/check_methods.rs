//! The methods of the runtime's checker that hold values to constraints.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

use super::assertions;
use super::rust_types::Unit;
use super::scope::ident;
use crate::rust::Check;

/// The method that checks a constraint, and its arguments behind the value.
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
