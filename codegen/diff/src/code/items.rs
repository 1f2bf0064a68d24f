//! From the planned crate to its items.

mod calls;
mod clients;
mod operations;
mod senders;
mod structs;
mod types;

use specie_codegen::api::{self, Address, Api};
use specie_codegen::rust::{BorrowedType, Crate, Operation, Type, TypeId};
use specie_codegen::surface::{borrowed_text, type_text};

use super::Origin;
use super::item::{Item, Items, Users};
use senders::Senders;

/// The public items of a crate. Of types that are the same in the other crate that it is compared with, there are none.
pub(crate) fn items(api: &Api, krate: &Crate, other: Option<&Crate>) -> Items {
    let mut found = ItemCollector { api, krate, senders: Senders::of(krate), items: Items::new() };
    let others = other.filter(|other| have_same_names(krate, other)).map_or(&[][..], |other| &other.types);
    types::add(&mut found, others);
    for operation in &krate.operations {
        let label = ItemCollector::label(&api.operations, operation);
        operations::add(&mut found, operation, &label, "", Users::CLIENT);
        clients::method(&mut found, operation, &label);
    }
    clients::add(&mut found);
    clients::webhooks(&mut found);
    clients::callbacks(&mut found);
    clients::links(&mut found);
    found.items
}

/// Whether the types of two crates have the same names in the same order, so that an id is the same type in both.
fn have_same_names(one: &Crate, other: &Crate) -> bool {
    fn names(krate: &Crate) -> impl Iterator<Item = &str> {
        krate.types.iter().map(|item| item.name.as_str())
    }
    names(one).eq(names(other))
}

/// What was found so far.
struct ItemCollector<'a> {
    api: &'a Api,
    krate: &'a Crate,
    senders: Senders,
    items: Items,
}

impl ItemCollector<'_> {
    fn add(&mut self, path: impl Into<String>, item: Item) {
        self.items.insert(path.into(), item);
    }

    fn text(&self, ty: &Type) -> String {
        type_text(self.krate, ty)
    }

    fn borrowed(&self, ty: &BorrowedType) -> String {
        borrowed_text(self.krate, ty)
    }

    /// Who sends values of a type.
    fn senders(&self, id: usize) -> Users {
        self.senders.of_type(TypeId(id))
    }

    /// What the findings call an operation of the crate.
    fn label(among: &[api::Operation], operation: &Operation) -> String {
        let is_it = |one: &&api::Operation| {
            let place = match &one.address {
                Address::Path(path) => path,
                Address::Webhook(name) => name,
                Address::Callback { expression, .. } => expression,
            };
            one.method.as_str() == operation.http_method && *place == operation.path
        };
        among
            .iter()
            .find(is_it)
            .map_or_else(|| format!("{} {}", operation.http_method, operation.path), crate::document_location::label)
    }

    fn part(label: &str, place: impl Into<String>) -> Origin {
        Origin::Part { operation: label.to_owned(), place: place.into() }
    }
}
