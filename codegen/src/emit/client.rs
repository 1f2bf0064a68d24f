//! `client.rs`: the client, its builder, and a method for each operation.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::client_calls;
use super::context::{Context, OperationNames};
use super::docs::{self, Doc};
use super::files::{File, Part, operation_uses};
use super::rust_types::Unit;
use super::scope::ident;
use super::{members, operation_docs, operations_rs, paging, requests};
use crate::ir::{ApiKeyPlace, Base, Operation, Scheme, SchemeKind};

/// The file with the client.
pub(crate) fn file(context: &Context<'_>) -> String {
    let mut taken = operations_rs::names(context);
    taken.extend(["Client", "ClientBuilder", "Server"]);
    let mut file = File::new(context, "The client: make a [`Client`], call its methods.");
    file.modules(quote!(
        mod calls;
    ));
    let operations: Vec<&str> = context.api.operations.iter().map(|operation| operation.type_name.as_str()).collect();
    file.uses(&operation_uses(&["DESCRIPTION"], &operations));
    file.parts([
        Part::one(context, &taken, false, client),
        Part::one(context, &taken, false, servers),
        Part::one(context, &taken, false, builder),
    ]);
    file.finish()
}

/// The file with what each operation looks like on the wire.
pub(crate) fn calls_file(context: &Context<'_>) -> String {
    let taken: BTreeSet<&str> = operations_rs::names(context);
    let operations: Vec<(&Operation, &OperationNames)> = context.operations().collect();
    let parts = Part::each(context, &taken, false, &operations, |unit, (operation, names)| {
        let (invoke, paged) = (client_calls::invoke(unit, operation, names), paging::paged(unit, operation));
        quote!(#invoke #paged)
    });
    let mut file = File::new(context, "How each operation is written to and read from the wire, on the client's side.");
    file.uses(&client_calls::uses(context));
    file.parts(parts);
    file.finish()
}

fn client(unit: &Unit<'_>) -> TokenStream {
    let api = unit.context.api;
    let (core, transport) =
        (unit.scope.import("specie_runtime::client::Core"), unit.scope.import("specie_runtime::client::Transport"));
    let builder = unit.scope.import("specie_runtime::client::CoreBuilder");
    let doc = Doc::line(format!("A client of {}; cloning is cheap.", docs::line(&api.info.title))).tokens();
    let methods = unit.context.operations().map(|(operation, _)| method(unit, operation));
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct Client { core: #core }

        impl Client {
            /// Starts a client: base URLs, credentials, options.
            pub fn builder() -> ClientBuilder { ClientBuilder { core: #builder::new(DESCRIPTION) } }
            /// A client over an in-process server or a scripted transport, with placeholders for base URLs and credentials.
            #[must_use]
            pub fn over(transport: impl #transport) -> Self { Self { core: #core::over(DESCRIPTION, transport) } }
            #(#methods)*
        }
    }
}

/// What else a call of such an operation has.
const PAGES: &str = "The list comes in pages: `.pages()` gives one at a time, `.items()` the items of all.";

fn method(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let doc = operation_docs::of_method(operation);
    let doc = if operation.pagination.is_some() { doc.own(PAGES) } else { doc }.tokens();
    let (name, request) = (ident(&operation.method_name), ident(&operation.type_name));
    let call = unit.scope.import("specie_runtime::client::Call");
    if requests::only_text(unit, &members::of_operation(operation)).is_some() {
        let into = unit.scope.prelude("Into");
        return quote! {
            #doc
            pub fn #name(&self, request: impl #into<#request>) -> #call<#request> { #call::new(&self.core, request.into()) }
        };
    }
    quote! {
        #doc
        pub fn #name(&self, request: #request) -> #call<#request> { #call::new(&self.core, request) }
    }
}

/// The enum of declared servers, where the document declares several.
fn servers(unit: &Unit<'_>) -> TokenStream {
    let Some(base) = unit.context.api.bases.iter().find(|base| base.enumerated) else {
        return TokenStream::new();
    };
    let variants = base.servers.iter().map(|server| {
        let doc =
            Doc::new().document(&server.docs).own(server.url.as_deref().map_or_else(String::new, docs::code)).tokens();
        let name = ident(&server.variant);
        quote!(#doc #name)
    });
    let arms = base.servers.iter().map(|server| {
        let (name, url) = (ident(&server.variant), Literal::string(server.url.as_deref().unwrap_or_default()));
        quote!(Self::#name => #url,)
    });
    quote! {
        /// The servers that the document declares.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Server { #(#variants),* }

        impl Server {
            /// Its base URL.
            #[must_use]
            pub const fn url(self) -> &'static str {
                match self { #(#arms)* }
            }
        }
    }
}

fn builder(unit: &Unit<'_>) -> TokenStream {
    let api = unit.context.api;
    let core = unit.scope.import("specie_runtime::client::CoreBuilder");
    let (options, transport) =
        (unit.scope.import("specie_runtime::client::Options"), unit.scope.import("specie_runtime::client::Transport"));
    let (error, result) = (unit.scope.import("specie_runtime::client::BuildError"), unit.scope.prelude("Result"));
    let bases = api.bases.iter().enumerate().map(|(index, base)| base_setters(unit, index, base));
    let schemes = api.schemes.iter().enumerate().map(|(index, scheme)| credential_setter(unit, index, scheme));
    quote! {
        /// Collects what a [`Client`] needs.
        #[derive(Clone, Debug)]
        #[must_use = "`build` makes the client"]
        pub struct ClientBuilder { core: #core }

        impl ClientBuilder {
            #(#bases)*
            #(#schemes)*
            /// Sets timeouts, limits, retries and the name that the client goes by.
            pub fn options(self, options: #options) -> Self { Self { core: self.core.options(options) } }
            /// Sets another transport than the built-in one.
            pub fn transport(self, transport: impl #transport) -> Self { Self { core: self.core.transport(transport) } }
            /// Builds the client; fails where no base URL is known, or what was given cannot be sent.
            pub fn build(self) -> #result<Client, #error> { Ok(Client { core: self.core.build()? }) }
        }
    }
}

/// The setter of a base URL, and of a declared server where there are several.
fn base_setters(unit: &Unit<'_>, index: usize, base: &Base) -> TokenStream {
    let at = Literal::usize_unsuffixed(index);
    let (into, string) = (unit.scope.prelude("Into"), unit.scope.prelude("String"));
    let server = base.enumerated.then(|| {
        quote! {
            /// Chooses one of the servers that the document declares.
            pub fn server(self, server: Server) -> Self { Self { core: self.core.base(#at, server.url()) } }
        }
    });
    let default = match base.servers.as_slice() {
        [only] => only.url.as_deref().map(|url| format!("By default {}.", docs::code(url))),
        _ => None,
    };
    let default = default.unwrap_or_else(|| {
        let also = if base.enumerated { " Also set by `server`." } else { "" };
        format!("The document has no default.{also}")
    });
    let doc = Doc::line("Sets the base URL.").document(&base.docs).own(default).tokens();
    let name = ident(&base.method_name);
    quote! {
        #server
        #doc
        pub fn #name(self, url: impl #into<#string>) -> Self { Self { core: self.core.base(#at, url) } }
    }
}

fn credential_setter(unit: &Unit<'_>, index: usize, scheme: &Scheme) -> TokenStream {
    let at = Literal::usize_unsuffixed(index);
    let name = ident(&scheme.method_name);
    let (into, string) = (unit.scope.prelude("Into"), unit.scope.prelude("String"));
    let secret = || {
        let secret = unit.scope.import("specie_runtime::Secret");
        quote!(impl #into<#secret<#string>>)
    };
    let doc = Doc::line(how(scheme)).document(&scheme.docs).tokens();
    match &scheme.kind {
        SchemeKind::Basic => {
            let (basic, secret) = (unit.scope.import("specie_runtime::client::Basic"), secret());
            quote! {
                #doc
                pub fn #name(self, username: impl #into<#string>, password: #secret) -> Self {
                    Self { core: self.core.credential(#at, #basic::new(username, password)) }
                }
            }
        }
        SchemeKind::Bearer { .. } => {
            let (bearer, source) = (
                unit.scope.import("specie_runtime::client::Bearer"),
                unit.scope.import("specie_runtime::client::IntoTokenSource"),
            );
            quote! {
                #doc
                pub fn #name(self, token: impl #source) -> Self {
                    Self { core: self.core.credential(#at, #bearer::new(token)) }
                }
            }
        }
        SchemeKind::ApiKey { .. } => {
            let (api_key, secret) = (unit.scope.import("specie_runtime::client::ApiKey"), secret());
            quote! {
                #doc
                pub fn #name(self, key: #secret) -> Self {
                    Self { core: self.core.credential(#at, #api_key::new(key)) }
                }
            }
        }
    }
}

/// What a credential is and how it travels.
fn how(scheme: &Scheme) -> String {
    let key = docs::code(&scheme.key);
    match &scheme.kind {
        SchemeKind::Basic => format!("Sets name and password of {key} (HTTP Basic)."),
        SchemeKind::Bearer { token_url: None } => {
            format!(
                "Sets the bearer token of {key}: a text, or a source of tokens such as [`ClientCredentials`](specie_runtime::client::ClientCredentials)."
            )
        }
        SchemeKind::Bearer { token_url: Some(url) } => format!(
            "Sets the bearer token of {key}: a text, or [`ClientCredentials`](specie_runtime::client::ClientCredentials), which fetch tokens from {} and renew them.",
            docs::code(url)
        ),
        SchemeKind::ApiKey { place, name } => {
            let place = match place {
                ApiKeyPlace::Header => "header",
                ApiKeyPlace::Query => "query parameter",
                ApiKeyPlace::Cookie => "cookie",
            };
            format!("Sets the API key of {key}, sent as the {place} {}.", docs::code(name))
        }
    }
}
