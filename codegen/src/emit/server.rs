//! `server.rs`: the trait to implement, and the `tower` service around an implementation.

mod calls;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::files::{File, Part};
use super::rust_types::Unit;
use super::scope::ident;
use super::{client, docs, operations};
use crate::rust::{Crate, Operation, Scheme, SchemeKind, Success};

/// The file with the trait and its server.
pub(super) fn file(krate: &Crate, places: &[usize]) -> String {
    let own = OwnNames::of(krate);
    let mut taken = operations::names(krate);
    taken.extend(own.all());
    let operations = operations::at(krate, places);
    let purpose = format!("The server's side: implement [`{}`], mount a [`{}`].", own.api, own.server);
    let mut file = File::new(krate, &purpose);
    file.modules(quote!(
        mod calls;
    ));
    let types = operations::types(krate).into_iter().filter(|name| !own.all().contains(name));
    file.uses(&operations::uses(["DESCRIPTION"], types));
    let credential = Part::one(krate, &taken, false, credential);
    let api = Part::one(krate, &taken, false, |unit| api_trait(unit, &own, &operations));
    let service = Part::one(krate, &taken, false, |unit| service(unit, &own));
    let dispatch = Part::one(krate, &taken, false, |unit| dispatch(unit, &own, &operations));
    file.parts([credential, api, service, dispatch]);
    file.finish()
}

/// The file with what each operation looks like on the wire.
pub(super) fn calls_file(krate: &Crate, places: &[usize]) -> String {
    let taken = operations::names(krate);
    let operations = operations::at(krate, places);
    let parts = Part::each(krate, &taken, false, &operations, |unit, operation| calls::serve(unit, operation));
    let mut file = File::new(krate, "How each operation is read from and written to the wire, on the server's side.");
    file.uses(&client::calls_uses(krate));
    file.parts(parts);
    file.finish()
}

/// The names that the file defines.
struct OwnNames<'a> {
    api: &'a str,
    server: &'a str,
}

impl<'a> OwnNames<'a> {
    fn of(krate: &'a Crate) -> Self {
        Self { api: &krate.trait_name, server: &krate.server_name }
    }

    /// The parameter of the server is called `T`.
    fn all(&self) -> [&'a str; 4] {
        [self.api, self.server, CREDENTIAL, "T"]
    }

    /// A type of the operations, by its name or, where this file has the name, its path.
    fn operation_type(&self, name: &str) -> TokenStream {
        let ident = ident(name);
        if self.all().contains(&name) { quote!(crate::operations::#ident) } else { quote!(#ident) }
    }
}

/// The enum of what callers present.
const CREDENTIAL: &str = "Credential";

fn credential(unit: &Unit<'_>) -> TokenStream {
    let schemes = &unit.krate.schemes;
    if schemes.is_empty() {
        return TokenStream::new();
    }
    let variants = schemes.iter().map(|scheme| {
        let doc = docs::tokens(&scheme.variant_docs);
        let (name, ty) = (ident(&scheme.variant), presented_type(unit, scheme));
        quote!(#doc #name(#ty))
    });
    let (presented, value) = (
        unit.scope.import("specie_runtime::server::Presented"),
        unit.scope.import("specie_runtime::server::PresentedValue"),
    );
    let option = unit.scope.prelude("Option");
    let arms = schemes.iter().enumerate().map(|(index, scheme)| {
        let (index, name) = (Literal::usize_unsuffixed(index), ident(&scheme.variant));
        let kind = ident(if scheme.kind == SchemeKind::Basic { "Basic" } else { "Token" });
        quote!((#index, #value::#kind(value)) => Some(Self::#name(value)),)
    });
    quote! {
        /// What a caller presented, by security scheme.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Credential { #(#variants),* }

        impl Credential {
            fn presented(presented: #presented) -> #option<Self> {
                match (presented.scheme, presented.value) { #(#arms)* _ => None, }
            }
        }
    }
}

fn presented_type(unit: &Unit<'_>, scheme: &Scheme) -> TokenStream {
    if scheme.kind == SchemeKind::Basic {
        return unit.scope.import("specie_runtime::server::BasicCredentials");
    }
    let (secret, string) = (unit.scope.import("specie_runtime::Secret"), unit.scope.prelude("String"));
    quote!(#secret<#string>)
}

fn api_trait(unit: &Unit<'_>, own: &OwnNames<'_>, operations: &[&Operation]) -> TokenStream {
    let name = ident(own.api);
    let doc = docs::with_title("The operations of ", &unit.krate.title, TRAIT_DOCS);
    let authenticate = authenticate(unit);
    let methods = operations.iter().map(|operation| method(unit, own, operation));
    let (rejection, reply) =
        (unit.scope.import("specie_runtime::server::Rejection"), unit.scope.import("specie_runtime::server::Reply"));
    let (send, sync) = (unit.scope.prelude("Send"), unit.scope.prelude("Sync"));
    quote! {
        #doc
        pub trait #name: #send + #sync + 'static {
            #authenticate
            #(#methods)*
            /// What a request that never reached its operation, or whose handler failed, is answered with: by default a
            /// problem document (RFC 9457).
            fn reject(&self, rejection: &#rejection) -> #reply { rejection.to_problem() }
        }
    }
}

const TRAIT_DOCS: &str =
    ".\n\nA method that is missing is a compile error, also when a new version of the document adds one.";

fn authenticate(unit: &Unit<'_>) -> TokenStream {
    if unit.krate.schemes.is_empty() {
        return TokenStream::new();
    }
    let (rejection, context) = (
        unit.scope.import("specie_runtime::server::Rejection"),
        unit.scope.import("specie_runtime::server::RequestContext"),
    );
    let (vec, result, send) = (unit.scope.prelude("Vec"), unit.scope.prelude("Result"), unit.scope.prelude("Send"));
    quote! {
        /// Decides whether a caller may call, before the request is decoded.
        ///
        /// Calls without the credentials that their operation asks for are refused before; where it allows them, they do
        /// not come here. What the handler should know about the caller is left in the context's extensions.
        fn authenticate(
            &self,
            credentials: #vec<Credential>,
            context: &mut #context,
        ) -> impl Future<Output = #result<(), #rejection>> + #send;
    }
}

fn method(unit: &Unit<'_>, own: &OwnNames<'_>, operation: &Operation) -> TokenStream {
    let doc = docs::tokens(&operation.server_docs);
    let (name, request) = (ident(&operation.method_name), own.operation_type(&operation.request.name));
    let output = match &operation.success {
        Success::Several(several) => own.operation_type(&several.name),
        one => operations::output_type(unit, one),
    };
    let error = match &operation.errors {
        Some(errors) => own.operation_type(&errors.name),
        None => operations::error_type(unit, operation),
    };
    let (context, refusal) = (
        unit.scope.import("specie_runtime::server::RequestContext"),
        unit.scope.import("specie_runtime::server::Refusal"),
    );
    let (result, send) = (unit.scope.prelude("Result"), unit.scope.prelude("Send"));
    quote! {
        #doc
        fn #name(&self, request: #request, context: #context) -> impl Future<Output = #result<#output, #refusal<#error>>> + #send;
    }
}

fn service(unit: &Unit<'_>, own: &OwnNames<'_>) -> TokenStream {
    let (name, api) = (ident(own.server), ident(own.api));
    let server = unit.scope.import("specie_runtime::server::Server");
    let doc = docs::plain_tokens(&format!(
        "A [`{}`] as a `tower` service, which axum mounts with `fallback_service`; cloning is cheap.",
        own.api
    ));
    quote! {
        #doc
        pub struct #name<T> { server: #server<T> }
        specie_runtime::service!(#name, #api);
    }
}

fn dispatch(unit: &Unit<'_>, own: &OwnNames<'_>, operations: &[&Operation]) -> TokenStream {
    let (name, api) = (ident(own.server), ident(own.api));
    let (dispatch, route) =
        (unit.scope.import("specie_runtime::server::Dispatch"), unit.scope.import("specie_runtime::server::Route"));
    let (incoming, answering) =
        (unit.scope.import("specie_runtime::server::Incoming"), unit.scope.import("specie_runtime::server::Answering"));
    let (rejection, reply) =
        (unit.scope.import("specie_runtime::server::Rejection"), unit.scope.import("specie_runtime::server::Reply"));
    let description = unit.scope.import("specie_runtime::ApiDescription");
    let routes = operations.iter().map(|operation| {
        let request = own.operation_type(&operation.request.name);
        quote!(#route::of::<#request>())
    });
    let arms = operations.iter().enumerate().map(|(index, operation)| {
        let (index, method) = (Literal::usize_unsuffixed(index), ident(&operation.method_name));
        quote!(#index => incoming.answer(|request, context| api.#method(request, context)),)
    });
    let authenticate = verify(unit);
    quote! {
        impl<T: #api> #dispatch for #name<T> {
            type Api = T;
            const DESCRIPTION: &'static #description = DESCRIPTION;
            const ROUTES: &'static [#route] = &[#(#routes),*];
            #authenticate
            fn dispatch(api: &T, incoming: #incoming) -> #answering<'_> {
                match incoming.route() { #(#arms)* _ => incoming.unrouted(), }
            }
            fn reject(api: &T, rejection: &#rejection) -> #reply { api.reject(rejection) }
        }
    }
}

fn verify(unit: &Unit<'_>) -> TokenStream {
    if unit.krate.schemes.is_empty() {
        return TokenStream::new();
    }
    let (presented, context) = (
        unit.scope.import("specie_runtime::server::Presented"),
        unit.scope.import("specie_runtime::server::RequestContext"),
    );
    let rejection = unit.scope.import("specie_runtime::server::Rejection");
    let (vec, result, send) = (unit.scope.prelude("Vec"), unit.scope.prelude("Result"), unit.scope.prelude("Send"));
    quote! {
        fn authenticate<'a>(
            api: &'a T,
            presented: #vec<#presented>,
            context: &'a mut #context,
        ) -> impl Future<Output = #result<(), #rejection>> + #send + 'a {
            api.authenticate(presented.into_iter().filter_map(Credential::presented).collect(), context)
        }
    }
}
