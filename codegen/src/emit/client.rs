//! `client.rs`: the client, its builder, and a method for each operation.

mod pagination;
mod server_variables;

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::attributes::{derives, non_exhaustive};
use super::imports::ident;
use super::rust_types::Unit;
use super::source_file::{File, FormattedItems};
use super::{docs, imports, operations};
use crate::rust::{
    self, Base, CLIENT, CLIENT_BUILDER, CREDENTIALS, ClientMethod, Crate, CredentialInput, DESCRIPTION, Docs,
    MethodArgument, Module, Operation, OperationId, Prelude, SERVER, Scheme, ServerEnum, ServerUrl, fixed_docs,
    fixed_modules,
};

fn addresses(krate: &Crate) -> impl Iterator<Item = &ServerUrl> {
    krate.bases.iter().flat_map(|base| &base.addresses)
}

/// The file with the client.
pub(super) fn file<'a>(
    mut file: File<'a>,
    krate: &'a Crate,
    taken: &'a BTreeSet<&'a str>,
    part: &rust::FileShare<OperationId>,
) -> String {
    let addresses: Vec<&ServerUrl> = addresses(krate).collect();
    let operations = operations::at(krate, part.here());
    file.uses(&operations::uses(
        krate,
        [DESCRIPTION],
        operations.iter().map(|operation| operation.request.name.as_str()),
    ));
    file.parts([
        FormattedItems::one(krate, taken, false, |unit| client(unit, &operations)),
        FormattedItems::one(krate, taken, false, |unit| {
            krate.server_enums().map(|servers| server_enum(unit, servers)).collect()
        }),
        FormattedItems::one(krate, taken, false, builder),
        FormattedItems::one(krate, taken, false, credentials),
    ]);
    file.parts(FormattedItems::each(krate, taken, false, &operations, |unit, operation| paged(unit, operation)));
    file.parts(FormattedItems::each(krate, taken, false, &addresses, |unit, address| {
        server_variables::address(unit, address)
    }));
    file.finish()
}

/// The file with the methods for a group of operations.
pub(super) fn methods_file<'a>(
    mut file: File<'a>,
    krate: &'a Crate,
    taken: &'a BTreeSet<&'a str>,
    module: &Module<OperationId>,
    impl_docs: &Docs,
) -> String {
    let operations = operations::at(krate, &module.items);
    let requests = operations.iter().map(|operation| operation.request.name.as_str());
    file.uses(&imports::use_own(krate.root(), fixed_modules::CLIENT, &[CLIENT.name]));
    file.uses(&operations::uses(krate, [], requests));
    let (doc, client) = (docs::tokens(impl_docs), ident(CLIENT.name));
    file.parts([FormattedItems::one(krate, taken, false, |unit| {
        let methods = operations.iter().map(|operation| methods(unit, operation));
        quote! {
            #doc
            impl #client { #(#methods)* }
        }
    })]);
    file.parts(FormattedItems::each(krate, taken, false, &operations, |unit, operation| paged(unit, operation)));
    file.finish()
}

/// `impl Paged` of a request, where the operation has pages.
pub(super) fn paged(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    pagination::paged(unit, operation).unwrap_or_default()
}

fn client(unit: &Unit<'_>, operations: &[&Operation]) -> TokenStream {
    let (api_client, transport) = (
        unit.scope.import("specie_runtime::client::ApiClient"),
        unit.scope.import("specie_runtime::client::Transport"),
    );
    let builder = unit.scope.import("specie_runtime::client::ApiClientBuilder");
    let doc = docs::tokens(&unit.krate.client_docs);
    let [builder_doc, over_doc] = [fixed_docs::CLIENT_BUILDER_FUNCTION, fixed_docs::CLIENT_OVER].map(docs::fixed);
    let methods = operations.iter().map(|operation| methods(unit, operation));
    let (derives, description) = (derives(&CLIENT.derives()), ident(DESCRIPTION));
    let [client, client_builder] = [CLIENT.name, CLIENT_BUILDER.name].map(ident);
    quote! {
        #doc
        #derives
        pub struct #client { inner: #api_client }

        impl #client {
            #builder_doc
            pub fn builder() -> #client_builder { #client_builder { inner: #builder::new(#description) } }
            #over_doc
            #[must_use]
            pub fn over(transport: impl #transport) -> Self { Self { inner: #api_client::over(#description, transport) } }
            #(#methods)*
        }
    }
}

/// The methods for an operation.
pub(super) fn methods(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    operation.client_methods.iter().map(|stated| method(unit, operation, stated)).collect()
}

fn method(unit: &Unit<'_>, operation: &Operation, stated: &ClientMethod) -> TokenStream {
    let (doc, name, request) = (docs::tokens(&stated.docs), ident(&stated.name), ident(&operation.request.name));
    let call = unit.scope.import("specie_runtime::client::Call");
    let (taken, made) = match stated.argument {
        MethodArgument::None => (None, quote!(new(&self.inner, #request::new()))),
        MethodArgument::Into => {
            let into = unit.scope.prelude(Prelude::Into);
            (Some(quote!(request: impl #into<#request>)), quote!(new_from(&self.inner, request)))
        }
        MethodArgument::Request => (Some(quote!(request: #request)), quote!(new(&self.inner, request))),
    };
    let taken = taken.into_iter();
    quote! {
        #doc
        pub fn #name(&self #(, #taken)*) -> #call<#request> { #call::#made }
    }
}

/// The enum of the servers of a base URL, of which the document declares several.
fn server_enum(unit: &Unit<'_>, servers: &ServerEnum) -> TokenStream {
    let variants = servers.variants.iter().map(|server| {
        let (doc, name) = (docs::tokens(&server.docs), ident(&server.name));
        quote!(#doc #name)
    });
    let arms = servers.variants.iter().map(|server| {
        let (name, url) = (ident(&server.name), Literal::string(&server.url));
        quote!(Self::#name => #url,)
    });
    let (derives, open, server) =
        (derives(&SERVER.derives()), non_exhaustive(SERVER.is_non_exhaustive), ident(&servers.name));
    let as_url = servers.becomes_url().then(|| {
        let (from, string) = (unit.scope.prelude(Prelude::From), unit.scope.prelude(Prelude::String));
        quote! {
            impl #from<#server> for #string {
                fn from(server: #server) -> Self { server.url().to_owned() }
            }
        }
    });
    let [doc, url_doc] = [fixed_docs::SERVERS, fixed_docs::SERVER_URL].map(docs::fixed);
    quote! {
        #doc
        #derives
        #open
        pub enum #server { #(#variants),* }

        impl #server {
            #url_doc
            #[must_use]
            pub const fn url(self) -> &'static str {
                match self { #(#arms)* }
            }
        }

        #as_url
    }
}

fn builder(unit: &Unit<'_>) -> TokenStream {
    let builder = unit.scope.import("specie_runtime::client::ApiClientBuilder");
    let (options, transport) =
        (unit.scope.import("specie_runtime::client::Options"), unit.scope.import("specie_runtime::client::Transport"));
    let (error, result) =
        (unit.scope.import("specie_runtime::client::BuildError"), unit.scope.prelude(Prelude::Result));
    let bases = unit.krate.bases.iter().enumerate().map(|(index, base)| base_setters(unit, index, base));
    let schemes = unit.krate.schemes.iter().enumerate().map(|(index, scheme)| credential_setter(unit, index, scheme));
    let derives = derives(&CLIENT_BUILDER.derives());
    let [client, client_builder] = [CLIENT.name, CLIENT_BUILDER.name].map(ident);
    let (doc, unused) = (docs::fixed(fixed_docs::CLIENT_BUILDER), fixed_docs::CLIENT_BUILDER_UNUSED);
    let [options_doc, transport_doc, build_doc] =
        [fixed_docs::BUILDER_OPTIONS, fixed_docs::BUILDER_TRANSPORT, fixed_docs::BUILDER_BUILD].map(docs::fixed);
    quote! {
        #doc
        #derives
        #[must_use = #unused]
        pub struct #client_builder { inner: #builder }

        impl #client_builder {
            #(#bases)*
            #(#schemes)*
            #options_doc
            pub fn options(self, options: #options) -> Self { Self { inner: self.inner.options(options) } }
            #transport_doc
            pub fn transport(self, transport: impl #transport) -> Self { Self { inner: self.inner.transport(transport) } }
            #build_doc
            pub fn build(self) -> #result<#client, #error> { Ok(#client { inner: self.inner.build()? }) }
        }
    }
}

/// The credentials of one caller, where the document has security schemes.
fn credentials(unit: &Unit<'_>) -> TokenStream {
    if !unit.krate.has_credentials() {
        return TokenStream::new();
    }
    let credentials = unit.scope.import("specie_runtime::client::CallerCredentials");
    let (into, string) = (unit.scope.prelude(Prelude::Into), unit.scope.prelude(Prelude::String));
    let (from, default) = (unit.scope.prelude(Prelude::From), unit.scope.prelude(Prelude::Default));
    let schemes = unit.krate.schemes.iter().enumerate().map(|(index, scheme)| credential_setter(unit, index, scheme));
    let (derives, description) = (derives(&CREDENTIALS.derives()), ident(DESCRIPTION));
    let (name, unused) = (ident(CREDENTIALS.name), fixed_docs::CREDENTIALS_UNUSED);
    let [doc, new_doc, account_doc] =
        [fixed_docs::CREDENTIALS, fixed_docs::CREDENTIALS_NEW, fixed_docs::CREDENTIALS_ACCOUNT].map(docs::fixed);
    quote! {
        #doc
        #derives
        #[must_use = #unused]
        pub struct #name { inner: #credentials }

        impl #name {
            #new_doc
            pub fn new() -> Self { Self { inner: #credentials::new(#description) } }
            #(#schemes)*
            #account_doc
            pub fn account(self, name: impl #into<#string>) -> Self { Self { inner: self.inner.account(name) } }
        }

        impl #default for #name {
            fn default() -> Self { Self::new() }
        }

        impl #from<#name> for #credentials {
            fn from(credentials: #name) -> Self { credentials.inner }
        }

        impl #from<&#name> for #credentials {
            fn from(credentials: &#name) -> Self { credentials.inner.clone() }
        }
    }
}

/// The setter of a base URL, and of a declared server where there are several.
fn base_setters(unit: &Unit<'_>, index: usize, base: &Base) -> TokenStream {
    let at = Literal::usize_unsuffixed(index);
    let (into, string) = (unit.scope.prelude(Prelude::Into), unit.scope.prelude(Prelude::String));
    let server = base.servers.as_ref().and_then(|servers| {
        let (method, server) = (ident(servers.method_name?), ident(&servers.name));
        let doc = docs::fixed(fixed_docs::BUILDER_SERVER);
        Some(quote! {
            #doc
            pub fn #method(self, server: #server) -> Self { Self { inner: self.inner.base(#at, server.url()) } }
        })
    });
    let doc = docs::tokens(&base.docs);
    let name = ident(&base.method_name);
    quote! {
        #server
        #doc
        pub fn #name(self, url: impl #into<#string>) -> Self { Self { inner: self.inner.base(#at, url) } }
    }
}

fn credential_setter(unit: &Unit<'_>, index: usize, scheme: &Scheme) -> TokenStream {
    let (doc, name, at) = (docs::tokens(&scheme.docs), ident(&scheme.method_name), Literal::usize_unsuffixed(index));
    let made = unit.scope.import(scheme.setter.made);
    let taken = scheme.setter.arguments.iter().map(|argument| {
        let (name, taken) = (ident(argument.name), credential_input(unit, &argument.taken));
        quote!(#name: impl #taken)
    });
    let given = scheme.setter.arguments.iter().map(|argument| ident(argument.name));
    quote! {
        #doc
        pub fn #name(self, #(#taken),*) -> Self {
            Self { inner: self.inner.credential(#at, #made::new(#(#given),*)) }
        }
    }
}

/// The trait of what a setter takes.
fn credential_input(unit: &Unit<'_>, taken: &CredentialInput) -> TokenStream {
    match taken {
        CredentialInput::Into(ty) => {
            let (into, ty) = (unit.scope.prelude(Prelude::Into), unit.rust_type(ty));
            quote!(#into<#ty>)
        }
        CredentialInput::TokenSource => unit.scope.import("specie_runtime::client::IntoTokenSource"),
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use crate::emit::docs::call_example;
    use crate::emit::test_fixtures::{self, items, printed};

    /// The client's methods for operations, without their documentation.
    fn methods(paths: &str) -> Vec<String> {
        let krate = test_fixtures::krate(&format!("paths:\n{paths}"));
        let found = items(&krate, |unit| {
            let methods = krate.operations.iter().map(|operation| super::methods(unit, operation));
            quote!(impl Client { #(#methods)* })
        });
        let text = found.iter().map(printed).collect::<String>();
        text.lines().map(str::trim).filter(|line| line.starts_with("pub fn")).map(str::to_owned).collect()
    }

    #[test]
    fn what_is_required_alone_is_taken_directly_and_nothing_needs_no_argument() {
        let paths = "  /a: {get: {operationId: ping, responses: {}}}\n  \
             /b: {get: {operationId: list, parameters: [{name: page, in: query, schema: {type: integer}}], responses: {}}}\n  \
             /c: {post: {operationId: create, requestBody: {required: true, content: {application/json: {schema: {type: string}}}}, responses: {}}}\n";
        assert_eq!(
            methods(paths),
            [
                "pub fn create(&self, request: impl Into<Create>) -> Call<Create> {",
                "pub fn list(&self) -> Call<List> {",
                "pub fn list_with(&self, request: List) -> Call<List> {",
                "pub fn ping(&self) -> Call<Ping> {",
            ]
        );
    }

    #[test]
    fn a_method_with_a_request_meets_no_other_operation() {
        let found = methods(
            "  /a: {get: {operationId: list, parameters: [{name: page, in: query, schema: {type: integer}}], responses: {}}}\n  \
             /b: {get: {operationId: listWith, responses: {}}}\n",
        );
        assert_eq!(
            found,
            [
                "pub fn list(&self) -> Call<List> {",
                "pub fn list_with2(&self, request: List) -> Call<List> {",
                "pub fn list_with(&self) -> Call<ListWith> {",
            ]
        );
    }

    /// The first example of a crate.
    fn example(operation: &str) -> String {
        let krate = test_fixtures::krate(&format!(
            "paths:\n  /a: {{post: {{operationId: create, {operation}, responses: {{}}}}}}\n"
        ));
        krate.example.as_ref().map(call_example).unwrap_or_default()
    }

    #[test]
    fn the_first_example_gives_what_the_method_takes() {
        let text = example("parameters: [{name: id, in: query, required: true, schema: {type: integer}}]");
        assert!(text.contains("client.create(1).await?;") && !text.contains("Create"), "{text}");
        let text = example("parameters: [{name: id, in: query, schema: {type: integer}}]");
        assert!(text.contains("client.create().await?;") && !text.contains("Create"), "{text}");
    }

    #[test]
    fn the_first_example_shows_a_body_that_may_be_left_out() {
        let body = "requestBody: {content: {application/json: {schema: {type: string}}}}";
        let text = example(body);
        assert!(text.contains("let request = Create::new().body(\"body\");\n"), "{text}");
        assert!(text.contains("client.create_with(request).await?;"), "{text}");
        let text = example(&format!(
            "parameters: [{{name: id, in: query, required: true, schema: {{type: integer}}}}], {body}"
        ));
        assert!(text.contains("let request = Create::new(1).body(\"body\");\n"), "{text}");
        assert!(text.contains("client.create(request).await?;"), "{text}");
    }
}
