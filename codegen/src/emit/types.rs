//! Types that are made of schemas (`types.rs`).

mod checks;
mod enums;
mod recursive_containers;
mod runtime_macros;
mod structs;
mod tuples;
mod unions;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

pub(super) use runtime_macros::method as presence_method;
pub(super) use structs::construction;
pub(super) use unions::from as conversion_from;

use super::docs;
use super::imports::ident;
use super::rust_types::Unit;
use super::source_file::{File, FormattedItems};
use crate::rust::{self, Crate, Docs, Item, ItemKind, Type, TypeId};

/// A file of types.
pub(super) fn file<'a>(
    mut file: File<'a>,
    krate: &'a Crate,
    taken: &'a BTreeSet<&'a str>,
    part: &rust::FileShare<TypeId>,
) -> String {
    let items: Vec<&Item> = part.here().iter().filter_map(|id| krate.item(*id)).collect();
    let parts = FormattedItems::each(krate, taken, true, &items, |unit, item| emit(unit, item));
    file.parts(parts);
    file.uses_types(&items.iter().map(|item| item.name.as_str()).collect());
    file.finish()
}

/// A type with its implementations.
pub(super) fn emit(unit: &Unit<'_>, item: &Item) -> TokenStream {
    let parameter = item.in_parameter.then(|| {
        let (value, name) = (unit.scope.import("specie_runtime::param::ParameterValue"), ident(&item.name));
        quote!(impl #value for #name {})
    });
    let definition = definition(unit, item);
    quote!(#definition #parameter)
}

fn definition(unit: &Unit<'_>, item: &Item) -> TokenStream {
    match &item.kind {
        ItemKind::Object(object) => structs::object(unit, item, object),
        ItemKind::Enum(values) => enums::listed_values(unit, &item.name, values),
        ItemKind::Union(union) => unions::union(unit, item, union),
        ItemKind::Tuple(tuple) => tuples::tuple(unit, item, tuple),
        ItemKind::Nested(value) => recursive_containers::nested(unit, &item.name, value, item.checked),
        ItemKind::Alias { target, docs } => alias(unit, &item.name, target, docs),
    }
}

/// `pub type Name = …;`
fn alias(unit: &Unit<'_>, name: &str, target: &Type, docs: &Docs) -> TokenStream {
    let (doc, name, ty) = (docs::tokens(docs), ident(name), unit.rust_type(target));
    quote!(#doc pub type #name = #ty;)
}

#[cfg(test)]
mod tests {
    use crate::emit::test_fixtures::{self, items, printed};
    use crate::rust::{Docs, Text, Type};

    #[test]
    fn an_alias_names_its_type() {
        let krate = test_fixtures::schemas("");
        let docs = Docs::line(Text::from("Any identifiers."));
        let found = items(&krate, |unit| super::alias(unit, "Ids", &Type::Json, &docs));
        assert_eq!(found.iter().map(printed).collect::<Vec<_>>(), ["/// Any identifiers.\npub type Ids = Json;\n"]);
    }
}
