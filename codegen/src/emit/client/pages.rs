//! `impl Paged`: lists that an operation gives out page by page.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::rust::{OneOrList, Operation, Pages, PaginationStyle, Presence, Step};

/// `impl Paged` of a request struct; nothing where the operation has no pages.
pub(super) fn paged(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    let stated = operation.pages.as_ref()?;
    let name = ident(&operation.request.name);
    let (trait_name, spec) =
        (unit.scope.import("specie_runtime::client::Paged"), unit.scope.import("specie_runtime::client::PageSpec"));
    let (vec, item) = (unit.scope.prelude("Vec"), unit.rust_type(&stated.item));
    let (style, list) = (style(stated), list(unit, stated));
    Some(quote! {
        impl #trait_name for #name {
            type Item = #item;
            const PAGING: #spec = #spec::#style;
            fn items(page: Self::Output) -> #vec<Self::Item> { #list }
        }
    })
}

/// What the document says, as calls of the runtime's builder.
fn style(pages: &Pages) -> TokenStream {
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

/// The list inside of a page; where something on the way is absent there are no items.
fn list(unit: &Unit<'_>, pages: &Pages) -> TokenStream {
    let (value, may_be_absent) = walk(&pages.steps);
    match (&pages.alone, may_be_absent) {
        (None, false) => value,
        (None, true) => quote!(#value.unwrap_or_default()),
        (Some(alone), false) => listed(unit, alone, &value),
        (Some(alone), true) => {
            let (found, vec) = (listed(unit, alone, &quote!(found)), unit.scope.prelude("Vec"));
            quote!(#value.map_or_else(#vec::new, |found| #found))
        }
    }
}

/// A list out of a union of one item and a list of them.
fn listed(unit: &Unit<'_>, alone: &OneOrList, value: &TokenStream) -> TokenStream {
    let (union, one, list) = (unit.rust_type(&alone.union), ident(&alone.one), ident(&alone.list));
    let vec = unit.scope.prelude("Vec");
    let single = if alone.boxed { quote!(#vec::from([*item])) } else { quote!(vec![item]) };
    quote!(match #value { #union::#one(item) => #single, #union::#list(items) => items })
}

/// The value at the end of the way, and whether it may be absent.
fn walk(steps: &[Step]) -> (TokenStream, bool) {
    let mut value = quote!(page);
    let mut may_be_absent = false;
    for step in steps {
        let name = ident(&step.name);
        let (field, is_option) = match step.presence {
            Presence::Required => (quote!(#name), false),
            Presence::RequiredNullable | Presence::Optional => (quote!(#name), true),
            Presence::Patch | Presence::Maybe => (quote!(#name.into_option()), true),
        };
        value = match (may_be_absent, is_option) {
            (false, _) => quote!(#value.#field),
            (true, false) => quote!(#value.map(|part| part.#field)),
            (true, true) => quote!(#value.and_then(|part| part.#field)),
        };
        may_be_absent |= is_option;
    }
    (value, may_be_absent)
}

#[cfg(test)]
mod tests {
    use super::paged;
    use crate::emit::fixtures::{self, definition, field, items, operation, printed, reply, structure};
    use crate::ir::{
        Api, Branch, Docs, MediaKind, NoPages, Operation, Pagination, Reply, Status, TypeId, TypeKind, TypeRef,
        UnionDef,
    };
    use crate::rust::Presence;

    fn paging(next: &str, items: &str) -> Pagination {
        Pagination::Link { next: next.into(), items: items.into() }
    }

    /// An API with one operation that answers with the type at 0, which holds the one at 1.
    fn api(items: &str, outer: Presence, inner: Presence) -> Api {
        let mut api = fixtures::api();
        let list = TypeRef::List(Box::new(TypeRef::Decimal));
        api.types.push(structure(
            "Answer",
            vec![field("result", TypeRef::Named(TypeId(1)), outer), field("id", TypeRef::String, Presence::Required)],
        ));
        api.types.push(structure("Page", vec![field("data", list, inner)]));
        let body = Some((MediaKind::Json, "application/json".into(), TypeRef::Named(TypeId(0))));
        api.operations.push(Operation {
            pagination: Some(paging("/links/next", items)),
            successes: vec![Reply { body, ..reply(Status::Code(200), "Ok") }],
            ..operation("List", "GET", "/x")
        });
        api
    }

    fn body(outer: Presence, inner: Presence) -> String {
        let found = items(&api("/result/data", outer, inner), |unit| {
            paged(unit, &unit.krate.operations[0]).unwrap_or_default()
        });
        let text = printed(&found[0]);
        let (_, body) = text.split_once("Vec<Self::Item> {\n").expect("there is a function");
        body.lines().next().map(str::trim).unwrap_or_default().to_owned()
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
            assert_eq!(body(outer, inner), expected, "{outer:?} {inner:?}");
        }
    }

    /// The page of [`api`], with one item or a list of them where the list was; the item holds itself if it is `recursive`.
    fn alone(inner: Presence, item: &TypeRef, recursive: bool) -> Api {
        let mut api = api("/result/data", Presence::Required, inner);
        let branch = |name: &str, ty| Branch { name: name.into(), ty, tags: Vec::new(), docs: Docs::default() };
        let list = TypeRef::List(Box::new(TypeRef::Named(TypeId(3))));
        let branches = vec![branch("One", item.clone()), branch("List", list)];
        let union = UnionDef { discriminator: None, branches };
        api.types[1] = structure("Page", vec![field("data", TypeRef::Named(TypeId(2)), inner)]);
        api.types.push(definition("OneOrList", TypeKind::Union(union)));
        let held = if recursive { TypeRef::Named(TypeId(2)) } else { TypeRef::String };
        api.types.push(structure("Item", vec![field("held", held, Presence::Optional)]));
        api
    }

    #[test]
    fn one_item_on_its_own_is_a_list_of_one() {
        let item = TypeRef::Named(TypeId(3));
        let text = |inner, recursive| {
            let found = items(&alone(inner, &item, recursive), |unit| {
                paged(unit, &unit.krate.operations[0]).unwrap_or_default()
            });
            printed(&found[0])
        };
        let plain = text(Presence::Required, false);
        assert!(plain.contains("match page.result.data {"), "{plain}");
        assert!(plain.contains("OneOrList::One(item) => vec![item],"), "{plain}");
        assert!(plain.contains("OneOrList::List(items) => items,"), "{plain}");
        let optional = text(Presence::Optional, true);
        assert!(optional.contains(".map_or_else(Vec::new, |found| match found {"), "{optional}");
        assert!(optional.contains("OneOrList::One(item) => Vec::from([*item]),"), "{optional}");
    }

    #[test]
    fn one_of_another_kind_beside_a_list_is_no_page() {
        let api = alone(Presence::Required, &TypeRef::String, false);
        assert_eq!(api.operations[0].page_items(&api), Some(Err(NoPages::Items)));
    }

    #[test]
    fn what_leads_to_no_list_is_no_page() {
        for (pointer, expected) in [
            ("/result/data", None),
            ("/id", Some(NoPages::Items)),
            ("/result", Some(NoPages::Items)),
            ("/result/data/0", Some(NoPages::Items)),
            ("", Some(NoPages::Items)),
        ] {
            let api = api(pointer, Presence::Required, Presence::Required);
            let found = api.operations[0].page_items(&api).and_then(Result::err);
            assert_eq!(found, expected, "{pointer}");
        }
        let mut api = api("/result/data", Presence::Required, Presence::Required);
        api.operations[0].pagination =
            Some(Pagination::Cursor { parameter: "after".into(), next: "/next".into(), items: "/result/data".into() });
        assert_eq!(api.operations[0].page_items(&api), Some(Err(NoPages::Parameter)));
        api.operations[0].successes.clear();
        api.operations[0].pagination = Some(paging("/next", "/result/data"));
        assert_eq!(api.operations[0].page_items(&api), Some(Err(NoPages::Answer)));
    }
}
