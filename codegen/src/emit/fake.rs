//! `fake.rs`: a fake of the API for tests, which implements the server trait.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::rust_types::Unit;
use super::scope::{self, ident};
use super::source_file::{File, Part};
use super::{module_index, operations};
use crate::rust::{Crate, Operation, ServerTrait};

/// The file with the fake and the operations that the server trait has itself.
pub(super) fn file(krate: &Crate, taken: &BTreeSet<&str>) -> String {
    let traits = &krate.server_traits;
    let all: Vec<&Operation> = krate.operations.iter().filter(|_| traits.is_empty()).collect();
    let mut file = File::new(krate, &format!("A fake of the API for tests: [`{}`].", krate.fake_name));
    file.docs(&example(krate));
    file.modules(module_index::declarations(traits.iter().map(|of| of.module.as_str())));
    file.uses(&operations::uses([], importable(krate, &all)));
    file.uses(&scope::use_item("crate::server", &[&krate.server_name]).into_iter().collect::<Vec<_>>());
    file.parts([
        Part::one(krate, taken, false, fake),
        Part::one(krate, taken, false, |unit| handlers(unit, &krate.trait_name, !krate.schemes.is_empty(), &all)),
    ]);
    file.finish()
}

/// How the fake is used, shown for the first operation.
fn example(krate: &Crate) -> Vec<String> {
    let Some(operation) = krate.operations.first() else { return Vec::new() };
    let (name, fake, method) = (&krate.name, &krate.fake_name, scope::written(&operation.method_name));
    let text = format!(
        "\nOnly the operations that a test is about get a handler; the others answer that they are not faked.\n\n\
         ```\nuse {name}::Client;\nuse {name}::fake::{fake};\nuse specie_runtime::server::{{Refusal, Rejection}};\n\n\
         let fake = {fake}::new().{method}(|_| async {{\n    \
             Err(Refusal::rejected(Rejection::forbidden(\"not in this test\")))\n\
         }});\n\
         let client = Client::over(fake.in_process());\n\
         # drop(client);\n\
         // What the test is about calls the client, and then:\n\
         assert!(fake.calls().{method}().is_empty());\n\
         assert!(fake.calls().in_order().is_empty());\n```"
    );
    text.lines().map(str::to_owned).collect()
}

/// The file with the operations that one of the server traits has.
pub(super) fn trait_file(krate: &Crate, taken: &BTreeSet<&str>, stated: &ServerTrait) -> String {
    let all = operations::at(krate, &stated.operations);
    let mut file = File::new(krate, &module_index::line("The fake's ", &stated.group, "."));
    let own = scope::use_item("crate::fake", &["Calls", &krate.fake_name]);
    file.uses(&own.into_iter().collect::<Vec<_>>());
    file.uses(&operations::uses([], importable(krate, &all)));
    file.parts([Part::one(krate, taken, false, |unit| handlers(unit, &stated.name, false, &all))]);
    file.finish()
}

/// The requests of some operations whose names no item of the files has.
fn importable<'o>(krate: &Crate, operations: &[&'o Operation]) -> BTreeSet<&'o str> {
    let names = operations.iter().map(|operation| operation.request.name.as_str());
    names.filter(|name| !is_own(krate, name)).collect()
}

fn is_own(krate: &Crate, name: &str) -> bool {
    [krate.fake_name.as_str(), krate.server_name.as_str(), "Calls"].contains(&name)
}

fn fake(unit: &Unit<'_>) -> TokenStream {
    let (name, server) = (ident(&unit.krate.fake_name), ident(&unit.krate.server_name));
    quote!(specie_runtime::fake!(#name, #server);)
}

/// The operations that a trait has, with `authenticate` where it has that too.
fn handlers(unit: &Unit<'_>, of: &str, has_credentials: bool, operations: &[&Operation]) -> TokenStream {
    let (name, of) = (ident(&unit.krate.fake_name), ident(of));
    let credential = has_credentials.then(|| quote!(, crate::server::Credential));
    let lines = operations.iter().map(|operation| {
        let (method, request) = (ident(&operation.method_name), ident(&operation.request.name));
        let path = is_own(unit.krate, &operation.request.name).then(|| quote!(crate::operations::));
        quote!(#method: #path #request)
    });
    quote! {
        specie_runtime::fake_operations!(#name: crate::server::#of #credential { #(#lines),* });
    }
}
