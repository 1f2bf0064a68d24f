//! What a server demands of a value beyond its type, as words of a table: `where { max_length(3) each { valid } }`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::check_methods::method;
use crate::emit::rust_types::Unit;
use crate::rust::{Check, Checks, Type, Within};

/// What is demanded of a field, as words; nothing where there is no demand but that of its type.
pub(super) fn beyond_type(unit: &Unit<'_>, checks: &Checks) -> Option<TokenStream> {
    checks.are_own().then(|| list(unit, checks))
}

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
    let demand = |check| {
        let (method, arguments) = method(unit, check);
        quote!(#method(#arguments))
    };
    checks.iter().map(demand).collect()
}
