//! Operations (`operations.rs`): a request type, its responses and its specification, for client and server alike.

mod macro_tokens;
mod operation_macro;
mod parameters;
mod request_body;
mod requests;
mod responses;
mod shared_docs;

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::imports::{self, ident, module_tokens};
use super::rust_types::Unit;
use super::source_file::{File, FormattedItems};
use crate::rust::{
    self, ApiKeyLocation, Crate, DESCRIPTION, Operation, OperationId, OwnNames, SchemeKind, fixed_docs, fixed_modules,
};
pub(super) use responses::{error_type, output_type};

/// A file of operations.
pub(super) fn file<'a>(
    mut file: File<'a>,
    krate: &'a Crate,
    taken: &'a BTreeSet<&'a str>,
    part: &rust::FileShare<OperationId>,
) -> String {
    let operations = at(krate, part.here());
    let parts = FormattedItems::each(krate, taken, false, &operations, |unit, operation| emit(unit, operation));
    if let rust::FileShare::Module(_) = part {
        file.uses(&uses(krate, [], elsewhere(krate, &operations)));
        file.parts(parts);
        return file.finish();
    }
    file.macros(&shared_docs::macro_text(krate));
    file.parts([FormattedItems::one(krate, taken, false, description)]);
    file.parts(parts);
    file.finish()
}

/// The requests of lookups (`x-specie-reconcile`) that another file defines.
fn elsewhere<'a>(krate: &'a Crate, operations: &[&'a Operation]) -> BTreeSet<&'a str> {
    let lookups = operations.iter().filter_map(|operation| operation.reconcile.as_ref());
    let here: BTreeSet<&str> = operations.iter().map(|operation| operation.request.name.as_str()).collect();
    lookups.map(|stated| krate.request_name(stated.lookup)).filter(|name| !here.contains(name)).collect()
}

/// The operations behind some ids.
pub(super) fn at<'a>(krate: &'a Crate, ids: &[OperationId]) -> Vec<&'a Operation> {
    ids.iter().filter_map(|id| krate.operation(*id)).collect()
}

/// A type of the operations in the files of one side: its name, or its path where these files have the name.
pub(super) fn type_tokens(own: &OwnNames<'_>, name: &str) -> TokenStream {
    let ident = ident(name);
    if own.is_free(name) {
        return quote!(#ident);
    }
    let operations = module_tokens(own.root(), fixed_modules::OPERATIONS);
    quote!(#operations::#ident)
}

/// A request with its responses and its table.
pub(super) fn emit(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let request = requests::request(unit, operation);
    let choice = operation.body.as_ref().and_then(|body| body.choice()).map(|choice| requests::choice(unit, choice));
    let parts = operation.body.as_ref().and_then(|body| body.parts()).map(|form| {
        let (structure, table) = (requests::structure(unit, &form.structure), request_body::parts(unit, form));
        quote!(#structure #table)
    });
    let output = responses::output(unit, operation);
    let errors = responses::errors(unit, operation);
    let headers = responses::headers(unit, operation);
    let constants = request_body::constants(unit, operation);
    let table = operation_macro::operation(unit, operation);
    quote!(#request #choice #parts #output #errors #headers #constants #table)
}

/// `use crate::operations::{…}`: constants and types, in the order in which formatters leave them.
pub(super) fn uses<'a>(
    krate: &Crate,
    constants: impl IntoIterator<Item = &'a str>,
    types: impl IntoIterator<Item = &'a str>,
) -> Vec<TokenStream> {
    let mut names: Vec<&str> = constants.into_iter().chain(types).collect();
    names.sort_unstable();
    imports::use_own(krate.root(), fixed_modules::OPERATIONS, &names)
}

/// The constant with base URLs and security schemes, which client and server share.
fn description(unit: &Unit<'_>) -> TokenStream {
    let description = unit.scope.import("specie_runtime::ApiDescription");
    let name = Literal::string(&unit.krate.name);
    let bases = unit.krate.bases.iter().map(|base| {
        let spec = unit.scope.import("specie_runtime::BaseSpec");
        let name = Literal::string(&base.method_name);
        let default = base.default.as_deref().map_or_else(
            || quote!(None),
            |url| {
                let url = Literal::string(url);
                quote!(Some(#url))
            },
        );
        quote!(#spec { name: #name, default: #default })
    });
    let schemes = unit.krate.schemes.iter().map(|scheme| {
        let spec = unit.scope.import("specie_runtime::SchemeSpec");
        let (key, kind) = (Literal::string(&scheme.key), scheme_kind(unit, &scheme.kind));
        quote!(#spec { key: #key, kind: #kind })
    });
    let (doc, constant) = (docs::fixed(fixed_docs::DESCRIPTION), imports::ident(DESCRIPTION));
    quote! {
        #doc
        pub(crate) const #constant: &#description = &#description {
            name: #name,
            bases: &[#(#bases),*],
            schemes: &[#(#schemes),*],
        };
    }
}

/// What a security scheme is, as the runtime has it.
pub(super) fn scheme_kind(unit: &Unit<'_>, stated: &SchemeKind) -> TokenStream {
    let kind = unit.scope.import("specie_runtime::SchemeKind");
    match stated {
        SchemeKind::Basic => quote!(#kind::Basic),
        SchemeKind::Bearer { .. } => quote!(#kind::Bearer),
        SchemeKind::Http(scheme) => {
            let scheme = Literal::string(scheme);
            quote!(#kind::Http(#scheme))
        }
        SchemeKind::ApiKey { place, name } => {
            let name = Literal::string(name);
            match place {
                ApiKeyLocation::Header => quote!(#kind::ApiKeyHeader(#name)),
                ApiKeyLocation::Query => quote!(#kind::ApiKeyQuery(#name)),
                ApiKeyLocation::Cookie => quote!(#kind::ApiKeyCookie(#name)),
            }
        }
    }
}
