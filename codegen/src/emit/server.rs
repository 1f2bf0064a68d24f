//! `server.rs`: the trait to implement, and the `tower` service around an implementation.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::{Context, OperationNames};
use super::docs::{self, Doc};
use super::files::{File, Part, operation_uses};
use super::rust_types::Unit;
use super::scope::ident;
use super::{errors, operation_docs, operations_rs, outputs, server_calls};
use crate::ir::{Api, Operation, Scheme, SchemeKind};

/// The file with the trait and its server.
pub(crate) fn file(context: &Context<'_>) -> String {
    let own = OwnNames::of(context.api);
    let mut taken = operations_rs::names(context);
    taken.extend(own.all());
    let purpose = format!("The server's side: implement [`{}`], mount a [`{}`].", own.api, own.server);
    let mut file = File::new(context, &purpose);
    file.modules(quote!(
        mod calls;
    ));
    file.uses(&uses(context, &own));
    let credential = Part::one(context, &taken, false, credential);
    let api = Part::one(context, &taken, false, |unit| api_trait(unit, &own));
    let service = Part::one(context, &taken, false, |unit| service(unit, &own));
    let dispatch = Part::one(context, &taken, false, |unit| dispatch(unit, &own));
    file.parts([credential, api, service, dispatch]);
    file.finish()
}

/// The file with what each operation looks like on the wire.
pub(crate) fn calls_file(context: &Context<'_>) -> String {
    let taken: BTreeSet<&str> = operations_rs::names(context);
    let operations: Vec<(&Operation, &OperationNames)> = context.operations().collect();
    let parts = Part::each(context, &taken, false, &operations, |unit, (operation, names)| {
        server_calls::serve(unit, operation, names)
    });
    let mut file = File::new(context, "How each operation is read from and written to the wire, on the server's side.");
    file.uses(&super::client_calls::uses(context));
    file.parts(parts);
    file.finish()
}

/// The names that the file defines.
struct OwnNames<'a> {
    api: &'a str,
    server: String,
}

impl<'a> OwnNames<'a> {
    fn of(api: &'a Api) -> Self {
        Self { api: &api.type_name, server: format!("{}Server", api.type_name) }
    }

    /// The parameter of the server is called `T`.
    fn all(&self) -> [&str; 4] {
        [self.api, &self.server, CREDENTIAL, "T"]
    }

    /// A type of the operations, by its name or, where this file has the name, its path.
    fn operation_type(&self, name: &str) -> TokenStream {
        let ident = ident(name);
        if self.all().contains(&name) { quote!(crate::operations::#ident) } else { quote!(#ident) }
    }
}

/// The enum of what callers present.
const CREDENTIAL: &str = "Credential";

fn uses(context: &Context<'_>, own: &OwnNames<'_>) -> Vec<TokenStream> {
    let mut types: BTreeSet<&str> = BTreeSet::new();
    for (operation, names) in context.operations() {
        types.insert(&operation.type_name);
        if !operation.errors.is_empty() {
            types.insert(&names.error);
        }
        if operation.successes.len() > 1 {
            types.insert(&names.output);
        }
    }
    let types: Vec<&str> = types.into_iter().filter(|name| !own.all().contains(name)).collect();
    operation_uses(&["DESCRIPTION"], &types)
}

fn credential(unit: &Unit<'_>) -> TokenStream {
    let schemes = &unit.context.api.schemes;
    if schemes.is_empty() {
        return TokenStream::new();
    }
    let variants = schemes.iter().map(|scheme| {
        let doc = Doc::line(format!("{}.", docs::code(&scheme.key))).document(&scheme.docs).tokens();
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

fn api_trait(unit: &Unit<'_>, own: &OwnNames<'_>) -> TokenStream {
    let name = ident(own.api);
    let doc = Doc::line(format!("The operations of {}.", docs::line(&unit.context.api.info.title)))
        .own("A method that is missing is a compile error, also when a new version of the document adds one.")
        .tokens();
    let authenticate = authenticate(unit);
    let methods = unit.context.operations().map(|(operation, names)| method(unit, own, operation, names));
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

fn authenticate(unit: &Unit<'_>) -> TokenStream {
    if unit.context.api.schemes.is_empty() {
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

fn method(unit: &Unit<'_>, own: &OwnNames<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let doc = operation_docs::of_method(operation).tokens();
    let (name, request) = (ident(&operation.method_name), own.operation_type(&operation.type_name));
    let output = match operation.successes.len() {
        0 | 1 => outputs::output_type(unit, operation, names),
        _ => own.operation_type(&names.output),
    };
    let error = if operation.errors.is_empty() {
        errors::error_type(unit, operation, names)
    } else {
        own.operation_type(&names.error)
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
    let (name, api) = (ident(&own.server), ident(own.api));
    let server = unit.scope.import("specie_runtime::server::Server");
    let doc = Doc::line(format!(
        "A [`{}`] as a `tower` service, which axum mounts with `fallback_service`; cloning is cheap.",
        own.api
    ))
    .tokens();
    quote! {
        #doc
        pub struct #name<T> { server: #server<T> }
        specie_runtime::service!(#name, #api);
    }
}

fn dispatch(unit: &Unit<'_>, own: &OwnNames<'_>) -> TokenStream {
    let (name, api) = (ident(&own.server), ident(own.api));
    let (dispatch, route) =
        (unit.scope.import("specie_runtime::server::Dispatch"), unit.scope.import("specie_runtime::server::Route"));
    let (incoming, answering) =
        (unit.scope.import("specie_runtime::server::Incoming"), unit.scope.import("specie_runtime::server::Answering"));
    let (rejection, reply) =
        (unit.scope.import("specie_runtime::server::Rejection"), unit.scope.import("specie_runtime::server::Reply"));
    let description = unit.scope.import("specie_runtime::ApiDescription");
    let operations = &unit.context.api.operations;
    let routes = operations.iter().map(|operation| {
        let request = own.operation_type(&operation.type_name);
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
    if unit.context.api.schemes.is_empty() {
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
