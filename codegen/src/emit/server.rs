//! `server.rs`: the trait to implement, and the `tower` service around an implementation.

mod rejections;

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::attributes::{derives, non_exhaustive};
use super::imports::ident;
use super::rust_types::Unit;
use super::source_file::{File, FormattedItems};
use super::{docs, operations};
use crate::rust::{
    self, Bound, CREDENTIAL, Crate, DESCRIPTION, Operation, OperationId, OwnNames, Prelude, RejectionTable,
    RejectionTableId, SERVER_PARAMETER, SHAREABLE, ServerBounds, ServerTrait, TakenNames, fixed_docs,
};

/// The file with the trait and its server.
pub(super) fn file<'a>(mut file: File<'a>, krate: &'a Crate, taken: &'a TakenNames<'a>, ids: &[OperationId]) -> String {
    let (own, taken) = (&taken.of_server, &taken.server);
    let operations = operations::at(krate, ids);
    file.uses(&operations::uses(krate, [DESCRIPTION], own.imported_requests(&operations)));
    let credential = FormattedItems::one(krate, taken, false, credential);
    let api = FormattedItems::one(krate, taken, false, |unit| api_trait(unit, own, &operations));
    let service = FormattedItems::one(krate, taken, false, service);
    let routes = FormattedItems::one(krate, taken, false, |_| {
        if operations.is_empty() { TokenStream::new() } else { routes(own, &krate.trait_name, &operations) }
    });
    let dispatch = FormattedItems::one(krate, taken, false, dispatch);
    let by_tag = FormattedItems::one(krate, taken, false, |unit| by_tag(unit, own));
    file.parts([credential, api, by_tag, service, routes, dispatch]);
    file.finish()
}

/// The file with one of the traits that the server trait is made of.
pub(super) fn trait_file<'a>(
    mut file: File<'a>,
    krate: &'a Crate,
    taken: &'a TakenNames<'a>,
    stated: &ServerTrait,
) -> String {
    let (own, taken) = (&taken.of_server, &taken.server);
    let operations = operations::at(krate, &stated.operations);
    file.uses(&operations::uses(krate, [], own.imported_requests(&operations)));
    file.parts([
        FormattedItems::one(krate, taken, false, |unit| group_trait(unit, own, stated, &operations)),
        FormattedItems::one(krate, taken, false, |_| routes(own, &stated.name, &operations)),
    ]);
    file.finish()
}

/// The file with the documented errors in which rejections are written, or with some of their tables.
pub(super) fn rejections_file<'a>(
    mut file: File<'a>,
    krate: &'a Crate,
    taken: &'a BTreeSet<&'a str>,
    part: &rust::FileShare<RejectionTableId>,
) -> String {
    let tables: Vec<&RejectionTable> = part.here().iter().filter_map(|id| krate.rejection_forms.table(*id)).collect();
    if let rust::FileShare::Module(_) = part {
        file.uses(&rejections::uses(krate, &tables));
    } else {
        file.parts([FormattedItems::one(krate, taken, false, rejections::forms)]);
    }
    file.parts([FormattedItems::one(krate, taken, false, |unit| rejections::tables(unit, &tables))]);
    file.finish()
}

fn credential(unit: &Unit<'_>) -> TokenStream {
    let schemes = &unit.krate.schemes;
    if !unit.krate.has_credentials() {
        return TokenStream::new();
    }
    let variants = schemes.iter().map(|scheme| {
        let doc = docs::tokens(&scheme.variant_docs);
        let (name, ty) = (ident(&scheme.variant), unit.spelled(&scheme.presented.spelling()));
        quote!(#doc #name(#ty))
    });
    let (presented, value) = (
        unit.scope.import("specie_runtime::server::Presented"),
        unit.scope.import("specie_runtime::server::PresentedValue"),
    );
    let option = unit.scope.prelude(Prelude::Option);
    let arms = schemes.iter().enumerate().map(|(index, scheme)| {
        let (index, name) = (Literal::usize_unsuffixed(index), ident(&scheme.variant));
        let kind = ident(scheme.presented.runtime_variant());
        quote!((#index, #value::#kind(value)) => Some(Self::#name(value)),)
    });
    let (doc, derives) = (docs::fixed(fixed_docs::CREDENTIAL), derives(&CREDENTIAL.derives()));
    let (credential, open) = (ident(CREDENTIAL.name), non_exhaustive(CREDENTIAL.is_non_exhaustive));
    quote! {
        #doc
        #derives
        #open
        pub enum #credential { #(#variants),* }

        impl #credential {
            fn presented(presented: #presented) -> #option<Self> {
                match (presented.scheme, presented.value) { #(#arms)* _ => None, }
            }
        }
    }
}

fn api_trait(unit: &Unit<'_>, own: &OwnNames<'_>, operations: &[&Operation]) -> TokenStream {
    let name = ident(&unit.krate.trait_name);
    let doc = docs::tokens(&unit.krate.layout.trait_docs);
    let authenticate = authenticate(unit);
    let methods = operations.iter().map(|operation| method(unit, own, operation));
    let (rejection, response) = (
        unit.scope.import("specie_runtime::server::Rejection"),
        unit.scope.import("specie_runtime::server::ServerResponse"),
    );
    let (bounds, reject_doc) = (bounds(unit), docs::fixed(fixed_docs::REJECT));
    quote! {
        #doc
        pub trait #name #bounds {
            #authenticate
            #(#methods)*
            #reject_doc
            fn reject(&self, rejection: &#rejection) -> #response { rejection.to_response() }
        }
    }
}

/// What an implementation of the server trait fulfils.
fn bounds(unit: &Unit<'_>) -> TokenStream {
    match unit.krate.layout.server_bounds() {
        ServerBounds::Shareable => {
            let bounds = shareable(unit);
            quote!(: #bounds)
        }
        // One bound on each line.
        ServerBounds::Traits(traits) => {
            let traits = traits.iter().map(|of| ident(&of.name));
            quote!(where #(Self: #traits),*)
        }
    }
}

/// `Send + Sync + 'static`
fn shareable(unit: &Unit<'_>) -> TokenStream {
    let bounds = SHAREABLE.iter().map(|bound| match bound {
        Bound::Trait(of) => unit.scope.prelude(*of),
        Bound::Static => quote!('static),
    });
    quote!(#(#bounds)+*)
}

/// A trait with the operations of a group.
fn group_trait(unit: &Unit<'_>, own: &OwnNames<'_>, stated: &ServerTrait, operations: &[&Operation]) -> TokenStream {
    let (doc, name) = (docs::tokens(&stated.docs), ident(&stated.name));
    let bounds = shareable(unit);
    let methods = operations.iter().map(|operation| method(unit, own, operation));
    quote! {
        #doc
        pub trait #name: #bounds { #(#methods)* }
    }
}

/// The table of the methods of a trait and the operations that they handle.
fn routes(own: &OwnNames<'_>, of: &str, operations: &[&Operation]) -> TokenStream {
    let (of, rows) = (ident(of), rows(own, operations));
    quote!(specie_runtime::routes!(#of { #(#rows),* });)
}

/// A method and the operation that it handles, for each of some operations.
fn rows(own: &OwnNames<'_>, operations: &[&Operation]) -> Vec<TokenStream> {
    let row = |operation: &&Operation| {
        let (method, request) = (ident(&operation.method_name), operations::type_tokens(own, &operation.request.name));
        quote!(#method: #request)
    };
    operations.iter().map(row).collect()
}

/// The traits of the tags; nothing where there are none.
fn by_tag(unit: &Unit<'_>, own: &OwnNames<'_>) -> TokenStream {
    let krate = unit.krate;
    if krate.layout.tag_traits.is_empty() {
        return TokenStream::new();
    }
    let traits = krate.layout.tag_traits.iter().map(|stated| {
        let (doc, name) = (Literal::string(&docs::text(&stated.docs)), ident(&stated.name));
        let rows = rows(own, &operations::at(krate, &stated.operations));
        quote!(#name: #doc { #(#rows),* })
    });
    let credential = krate.has_credentials().then(|| ident(CREDENTIAL.name)).into_iter();
    let api = ident(&krate.trait_name);
    quote!(specie_runtime::by_tag!(#api #(, #credential)* { #(#traits),* });)
}

fn authenticate(unit: &Unit<'_>) -> TokenStream {
    if !unit.krate.has_credentials() {
        return TokenStream::new();
    }
    let (rejection, context) = (
        unit.scope.import("specie_runtime::server::Rejection"),
        unit.scope.import("specie_runtime::server::RequestContext"),
    );
    let (vec, result) = (unit.scope.prelude(Prelude::Vec), unit.scope.prelude(Prelude::Result));
    let (future, send) = (unit.scope.prelude(Prelude::Future), unit.scope.prelude(Prelude::Send));
    let (doc, credential) = (docs::fixed(fixed_docs::AUTHENTICATE), ident(CREDENTIAL.name));
    quote! {
        #doc
        fn authenticate(
            &self,
            credentials: #vec<#credential>,
            context: &mut #context,
        ) -> impl #future<Output = #result<(), #rejection>> + #send;
    }
}

pub(super) fn method(unit: &Unit<'_>, own: &OwnNames<'_>, operation: &Operation) -> TokenStream {
    let doc = docs::tokens(&operation.server_docs);
    let (name, request) = (ident(&operation.method_name), operations::type_tokens(own, &operation.request.name));
    let (context, handled) = (
        unit.scope.import("specie_runtime::server::RequestContext"),
        unit.scope.import("specie_runtime::server::Handled"),
    );
    let (future, send) = (unit.scope.prelude(Prelude::Future), unit.scope.prelude(Prelude::Send));
    quote! {
        #doc
        fn #name(&self, request: #request, context: #context) -> impl #future<Output = #handled<#request>> + #send;
    }
}

fn service(unit: &Unit<'_>) -> TokenStream {
    let (name, api) = (ident(&unit.krate.server_name), ident(&unit.krate.trait_name));
    let server = unit.scope.import("specie_runtime::server::Server");
    let (doc, handlers) = (docs::tokens(&unit.krate.server_docs), ident(SERVER_PARAMETER));
    quote! {
        #doc
        pub struct #name<#handlers> { server: #server<#handlers> }
        specie_runtime::service!(#name, #api);
    }
}

fn dispatch(unit: &Unit<'_>) -> TokenStream {
    let (name, api) = (ident(&unit.krate.server_name), ident(&unit.krate.trait_name));
    let (dispatch, route) =
        (unit.scope.import("specie_runtime::server::Dispatch"), unit.scope.import("specie_runtime::server::Route"));
    let (incoming, handler_future) = (
        unit.scope.import("specie_runtime::server::Incoming"),
        unit.scope.import("specie_runtime::server::HandlerFuture"),
    );
    let (rejection, response) = (
        unit.scope.import("specie_runtime::server::Rejection"),
        unit.scope.import("specie_runtime::server::ServerResponse"),
    );
    let description = unit.scope.import("specie_runtime::ApiDescription");
    let (routes, handed) = if unit.krate.layout.is_server_divided() {
        let modules = unit.krate.layout.server_traits.iter().map(|of| ident(&of.module));
        let parts = quote!(const PARTS: &'static [&'static [#route]] = &[#(#modules::ROUTES),*];);
        let arms = trait_arms(&unit.krate.layout.server_traits);
        (parts, quote!(match incoming.route() { #arms _ => incoming.unrouted(), }))
    } else {
        (quote!(const ROUTES: &'static [#route] = ROUTES;), quote!(dispatch(api, incoming, 0)))
    };
    let (authenticate, handlers, shared) = (verify(unit), ident(SERVER_PARAMETER), ident(DESCRIPTION));
    quote! {
        impl<#handlers: #api> #dispatch for #name<#handlers> {
            type Api = #handlers;
            const DESCRIPTION: &'static #description = #shared;
            #routes
            #authenticate
            fn dispatch(api: &#handlers, incoming: #incoming) -> #handler_future<'_> {
                #handed
            }
            fn reject(api: &#handlers, rejection: &#rejection) -> #response { api.reject(rejection) }
        }
    }
}

/// A `match` arm for each trait with the numbers of its routes.
fn trait_arms(traits: &[ServerTrait]) -> TokenStream {
    let arms = traits.iter().filter_map(|of| {
        let (module, last) = (ident(&of.module), of.routes.clone().next_back()?);
        let [start, end] = [of.routes.start, last].map(Literal::usize_unsuffixed);
        let range = if of.routes.start == last { quote!(#start) } else { quote!(#start..=#end) };
        Some(quote!(#range => #module::dispatch(api, incoming, #start),))
    });
    arms.collect()
}

fn verify(unit: &Unit<'_>) -> TokenStream {
    if !unit.krate.has_credentials() {
        return TokenStream::new();
    }
    let (presented, context) = (
        unit.scope.import("specie_runtime::server::Presented"),
        unit.scope.import("specie_runtime::server::RequestContext"),
    );
    let rejection = unit.scope.import("specie_runtime::server::Rejection");
    let (vec, result) = (unit.scope.prelude(Prelude::Vec), unit.scope.prelude(Prelude::Result));
    let (future, send) = (unit.scope.prelude(Prelude::Future), unit.scope.prelude(Prelude::Send));
    let [credential, handlers] = [CREDENTIAL.name, SERVER_PARAMETER].map(ident);
    quote! {
        fn authenticate<'a>(
            api: &'a #handlers,
            presented: #vec<#presented>,
            context: &'a mut #context,
        ) -> impl #future<Output = #result<(), #rejection>> + #send + 'a {
            api.authenticate(presented.into_iter().filter_map(#credential::presented).collect(), context)
        }
    }
}
