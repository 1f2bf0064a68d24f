//! `impl Paged`: lists that an operation returns page by page.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::imports::ident;
use crate::emit::rust_types::Unit;
use crate::rust::{OneOrList, Operation, PageAccess, PageStep, PagedList, PaginationStyle, Prelude};

/// `impl Paged` of a request struct; nothing where the operation has no pages.
pub(super) fn paged(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    let stated = operation.pages.as_ref()?;
    let name = ident(&operation.request.name);
    let (trait_name, spec) =
        (unit.scope.import("specie_runtime::client::Paged"), unit.scope.import("specie_runtime::client::PageSpec"));
    let (vec, item) = (unit.scope.prelude(Prelude::Vec), unit.rust_type(&stated.item));
    let (style, list) = (style(stated), list(unit, stated));
    Some(quote! {
        impl #trait_name for #name {
            type Item = #item;
            const PAGING: #spec = #spec::#style;
            fn items(page: Self::Output) -> #vec<Self::Item> { #list }
        }
    })
}

/// The style of pagination as calls of the builder of `PageSpec`.
fn style(pages: &PagedList) -> TokenStream {
    let style = match &pages.style {
        PaginationStyle::Page { number, total, .. } => {
            let number = Literal::string(number);
            let total = total.as_deref().map(Literal::string).map(|total| quote!(.total(#total)));
            quote!(by_number(#number) #total)
        }
        PaginationStyle::Link { next } => {
            let next = Literal::string(next);
            quote!(by_link(#next))
        }
        PaginationStyle::Cursor { parameter, next } => {
            let (parameter, next) = (Literal::string(parameter), Literal::string(next));
            quote!(by_cursor(#parameter, #next))
        }
    };
    let items = (!pages.pointer.is_empty()).then(|| {
        let items = Literal::string(&pages.pointer);
        quote!(.items(#items))
    });
    quote!(#style #items)
}

/// The expression for the list inside of a page; an absent value on the way gives an empty list.
fn list(unit: &Unit<'_>, pages: &PagedList) -> TokenStream {
    let value = pages.steps.iter().fold(quote!(page), |value, step| read(&value, step));
    match (&pages.alone, pages.is_optional) {
        (None, false) => value,
        (None, true) => quote!(#value.unwrap_or_default()),
        (Some(alone), false) => listed(unit, alone, &value),
        (Some(alone), true) => {
            let (found, vec) = (listed(unit, alone, &quote!(found)), unit.scope.prelude(Prelude::Vec));
            quote!(#value.map_or_else(#vec::new, |found| #found))
        }
    }
}

/// A list out of a union of one item and a list of them.
fn listed(unit: &Unit<'_>, alone: &OneOrList, value: &TokenStream) -> TokenStream {
    let (union, one, list) = (unit.rust_type(&alone.union), ident(&alone.one), ident(&alone.list));
    let vec = unit.scope.prelude(Prelude::Vec);
    let single = if alone.boxed { quote!(#vec::from([*item])) } else { quote!(vec![item]) };
    quote!(match #value { #union::#one(item) => #single, #union::#list(items) => items })
}

/// A field of a value.
fn read(value: &TokenStream, step: &PageStep) -> TokenStream {
    let name = ident(&step.field);
    let field = if step.becomes_option { quote!(#name.into_option()) } else { quote!(#name) };
    match step.access {
        PageAccess::Direct => quote!(#value.#field),
        PageAccess::Map => quote!(#value.map(|part| part.#field)),
        PageAccess::AndThen => quote!(#value.and_then(|part| part.#field)),
    }
}

#[cfg(test)]
mod tests {
    use super::paged;
    use crate::emit::test_fixtures::{self, items, printed};
    use crate::rust::{Crate, Presence};

    /// A crate with one operation whose response holds a page, which holds what `data` says.
    fn krate(outer: Presence, inner: Presence, data: &str, schemas: &str) -> Crate {
        let property = |name: &str, presence: Presence, schema: &str| {
            let is_nullable = !matches!(presence, Presence::Required | Presence::Optional);
            let required = if presence.is_required() { format!("required: [{name}], ") } else { String::new() };
            let property = format!("{{allOf: [{schema}], nullable: {is_nullable}}}");
            format!("{{type: object, {required}properties: {{{name}: {property}}}}}")
        };
        let response = property("result", outer, "{$ref: '#/components/schemas/Page'}");
        let page = property("data", inner, data);
        test_fixtures::krate(&format!(
            "paths:\n  /x:\n    get:\n      operationId: List\n\
             \x20     x-specie-pagination: {{style: link, next: /links/next, items: /result/data}}\n\
             \x20     responses: {{'200': {{description: '', content: {{application/json: {{schema: {response}}}}}}}}}\n\
             components:\n  schemas:\n    Page: {page}\n{schemas}"
        ))
    }

    fn emitted(krate: &Crate) -> String {
        let found = items(krate, |unit| paged(unit, &unit.krate.operations[0]).unwrap_or_default());
        printed(&found[0])
    }

    #[test]
    fn absence_on_the_way_means_no_items() {
        use Presence::{Maybe, Optional, Required, RequiredNullable};
        for (outer, inner, expected) in [
            (Required, Required, "page.result.data"),
            (Required, Optional, "page.result.data.unwrap_or_default()"),
            (Optional, Required, "page.result.map(|part| part.data).unwrap_or_default()"),
            (RequiredNullable, Optional, "page.result.and_then(|part| part.data).unwrap_or_default()"),
            (Required, Maybe, "page.result.data.into_option().unwrap_or_default()"),
        ] {
            let text = emitted(&krate(outer, inner, "{type: array, items: {type: number}}", ""));
            let (_, body) = text.split_once("Vec<Self::Item> {\n").expect("there is a function");
            assert_eq!(body.lines().next().map(str::trim), Some(expected), "{outer:?} {inner:?}");
        }
    }

    #[test]
    fn one_item_on_its_own_is_a_list_of_one() {
        let text = |inner, held: &str| {
            let item = "{$ref: '#/components/schemas/Item'}";
            let schemas = format!(
                "    OneOrList: {{oneOf: [{item}, {{title: List, type: array, items: {item}}}]}}\n\
                 \x20   Item: {{type: object, properties: {{held: {held}}}}}\n"
            );
            emitted(&krate(Presence::Required, inner, "{$ref: '#/components/schemas/OneOrList'}", &schemas))
        };
        let plain = text(Presence::Required, "{type: string}");
        assert!(plain.contains("match page.result.data {"), "{plain}");
        assert!(plain.contains("OneOrList::Item(item) => vec![item],"), "{plain}");
        assert!(plain.contains("OneOrList::List(items) => items,"), "{plain}");
        let optional = text(Presence::Optional, "{$ref: '#/components/schemas/OneOrList'}");
        assert!(optional.contains(".map_or_else(Vec::new, |found| match found {"), "{optional}");
        assert!(optional.contains("OneOrList::Item(item) => Vec::from([*item]),"), "{optional}");
    }
}
