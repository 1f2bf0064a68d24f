//! `operations.rs`: a request type, an error type and the facts of each operation, for client and server alike.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::{Context, OperationNames};
use super::files::{File, Part};
use super::rust_types::Unit;
use super::{envelopes, errors, facts, outputs, requests};
use crate::ir::{ApiKeyPlace, Operation, Scheme, SchemeKind};

/// The file with all operations, in the order of their names.
pub(crate) fn file(context: &Context<'_>) -> String {
    let taken = names(context);
    let operations: Vec<(&Operation, &OperationNames)> = context.operations().collect();
    let parts =
        Part::each(context, &taken, false, &operations, |unit, (operation, names)| emit(unit, operation, names));
    let mut file =
        File::new(context, "A request type and an error type for each operation, shared by client and server.");
    file.parts([Part::one(context, &taken, false, description)]);
    file.parts(parts);
    file.finish()
}

fn emit(unit: &Unit<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let request = requests::request(unit, operation, names);
    let output = outputs::output(unit, operation, names);
    let errors = errors::errors(unit, operation, names);
    let envelope = envelopes::constant(unit, operation);
    let facts = facts::operation(unit, operation, names);
    quote!(#request #output #errors #envelope #facts)
}

/// The names that operations take in every file that has them all.
pub(crate) fn names<'a>(context: &'a Context<'_>) -> BTreeSet<&'a str> {
    let each = context.operations().flat_map(|(operation, names)| {
        [operation.type_name.as_str(), names.required.as_str(), names.error.as_str(), names.output.as_str()]
    });
    each.collect()
}

/// What client and server share besides the operations.
fn description(unit: &Unit<'_>) -> TokenStream {
    let api = unit.context.api;
    let description = unit.scope.import("specie_runtime::ApiDescription");
    let name = Literal::string(&api.crate_name);
    let bases = api.bases.iter().map(|base| {
        let spec = unit.scope.import("specie_runtime::BaseSpec");
        let name = Literal::string(&base.method_name);
        // Of several servers the caller chooses one: money must not go to a sandbox, or from it, by default.
        let default = match base.servers.as_slice() {
            [only] => only.url.as_deref(),
            _ => None,
        };
        let default = default.map_or_else(
            || quote!(None),
            |url| {
                let url = Literal::string(url);
                quote!(Some(#url))
            },
        );
        quote!(#spec { name: #name, default: #default })
    });
    let schemes = api.schemes.iter().map(|scheme| {
        let spec = unit.scope.import("specie_runtime::SchemeSpec");
        let (key, kind) = (Literal::string(&scheme.key), scheme_kind(unit, scheme));
        quote!(#spec { key: #key, kind: #kind })
    });
    quote! {
        /// What the operations share.
        pub(crate) const DESCRIPTION: &#description = &#description {
            name: #name,
            bases: &[#(#bases),*],
            schemes: &[#(#schemes),*],
        };
    }
}

fn scheme_kind(unit: &Unit<'_>, scheme: &Scheme) -> TokenStream {
    let kind = unit.scope.import("specie_runtime::SchemeKind");
    match &scheme.kind {
        SchemeKind::Basic => quote!(#kind::Basic),
        SchemeKind::Bearer { .. } => quote!(#kind::Bearer),
        SchemeKind::ApiKey { place, name } => {
            let name = Literal::string(name);
            match place {
                ApiKeyPlace::Header => quote!(#kind::ApiKeyHeader(#name)),
                ApiKeyPlace::Query => quote!(#kind::ApiKeyQuery(#name)),
                ApiKeyPlace::Cookie => quote!(#kind::ApiKeyCookie(#name)),
            }
        }
    }
}
