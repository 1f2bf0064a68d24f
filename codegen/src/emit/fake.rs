//! `fake.rs`: a fake of the API for tests, which implements the server trait.

use proc_macro2::TokenStream;
use quote::quote;

use super::reserved_names::{OwnNames, Taken};
use super::rust_types::Unit;
use super::scope::{self, ident};
use super::source_file::{File, Part};
use super::{module_index, operations};
use crate::rust::{Crate, Operation, ServerTrait};

/// The file with the fake and the operations that the server trait has itself.
pub(super) fn file<'a>(mut file: File<'a>, krate: &'a Crate, taken: &'a Taken<'a>) -> String {
    let (own, taken) = (&taken.of_fake, &taken.operations);
    let traits = &krate.server_traits;
    let all: Vec<&Operation> = krate.operations.iter().filter(|_| traits.is_empty()).collect();
    file.modules(module_index::declarations(traits.iter().map(|of| of.module.as_str())));
    file.uses(&operations::uses([], own.importable(&all)));
    file.uses(&scope::use_item("crate::server", &[&krate.server_name]).into_iter().collect::<Vec<_>>());
    file.parts([
        Part::one(krate, taken, false, fake),
        Part::one(krate, taken, false, |unit| {
            handlers(unit, own, (&krate.trait_name, !krate.schemes.is_empty()), &all)
        }),
    ]);
    file.finish()
}

/// The file with the operations that one of the server traits has.
pub(super) fn trait_file<'a>(
    mut file: File<'a>,
    krate: &'a Crate,
    taken: &'a Taken<'a>,
    stated: &ServerTrait,
) -> String {
    let (own, taken) = (&taken.of_fake, &taken.operations);
    let all = operations::at(krate, &stated.operations);
    let imports = scope::use_item("crate::fake", &["Calls", &krate.fake_name]);
    file.uses(&imports.into_iter().collect::<Vec<_>>());
    file.uses(&operations::uses([], own.importable(&all)));
    file.parts([Part::one(krate, taken, false, |unit| handlers(unit, own, (&stated.name, false), &all))]);
    file.finish()
}

fn fake(unit: &Unit<'_>) -> TokenStream {
    let (name, server) = (ident(&unit.krate.fake_name), ident(&unit.krate.server_name));
    quote!(specie_runtime::fake!(#name, #server);)
}

/// The operations that a trait has, with `authenticate` where it has that too.
fn handlers(
    unit: &Unit<'_>,
    own: &OwnNames<'_>,
    (of, has_credentials): (&str, bool),
    operations: &[&Operation],
) -> TokenStream {
    let (name, of) = (ident(&unit.krate.fake_name), ident(of));
    let credential = has_credentials.then(|| quote!(, crate::server::Credential));
    let lines = operations.iter().map(|operation| {
        let (method, request) = (ident(&operation.method_name), own.operation_type(&operation.request.name));
        quote!(#method: #request)
    });
    quote! {
        specie_runtime::fake_operations!(#name: crate::server::#of #credential { #(#lines),* });
    }
}
