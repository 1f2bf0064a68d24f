//! Operations that the API sends (`callbacks.rs`, `webhook_operations.rs` and the files below them), receiving them and sending them.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::imports::{self, ident};
use super::rust_types::Unit;
use super::source_file::{File, FormattedItems};
use super::{docs, operations, value_expressions, webhooks};
use crate::rust::{
    self, AddressPart, Callback, CallbackAddress, CallbackId, CallbackKind, Crate, Operation, Prelude,
    RECEIVER_PARAMETER, Success,
};

/// The file with the requests and responses of callbacks, or with some of them.
pub(super) fn file<'a>(
    mut file: File<'a>,
    krate: &'a Crate,
    taken: &'a BTreeSet<&'a str>,
    part: &rust::FileShare<CallbackId>,
) -> String {
    let of = at(krate, part);
    let parts =
        FormattedItems::each(krate, taken, false, &of, |unit, callback| operations::emit(unit, &callback.operation));
    file.parts(parts);
    file.finish()
}

/// The file with their receivers, or with some of them.
pub(super) fn receivers_file<'a>(
    mut file: File<'a>,
    krate: &'a Crate,
    taken: &'a BTreeSet<&'a str>,
    (kind, part): (CallbackKind, &rust::FileShare<CallbackId>),
) -> String {
    let of = at(krate, part);
    let defined = receiver_names(&of);
    let requests = of.iter().map(|callback| callback.operation.request.name.as_str());
    file.uses(&uses((krate, kind), requests.filter(|name| !defined.contains(name))));
    file.parts(FormattedItems::each(krate, taken, false, &of, |unit, callback| receiver(unit, callback, &defined)));
    file.finish()
}

/// The file with what sends them, or some of them, and where to.
pub(super) fn senders_file<'a>(
    mut file: File<'a>,
    krate: &'a Crate,
    taken: &'a BTreeSet<&'a str>,
    (kind, part): (CallbackKind, &rust::FileShare<CallbackId>),
) -> String {
    let of = at(krate, part);
    file.uses(&uses((krate, kind), of.iter().flat_map(|callback| sent(callback))));
    file.parts(FormattedItems::each(krate, taken, false, &of, |unit, callback| {
        let sender = sender(unit, callback);
        let addresses = callback.addresses.iter().map(|address| address_function(unit, address));
        quote!(#sender #(#addresses)*)
    }));
    file.finish()
}

/// The names of what a sender takes and gives.
fn sent(callback: &Callback) -> impl Iterator<Item = &str> {
    let Operation { request, errors, success, .. } = &callback.operation;
    let output = if let Success::Several(several) = success { Some(several.name.as_str()) } else { None };
    let errors = errors.as_ref().map(|errors| errors.name.as_str());
    [callback.constant.as_str(), request.name.as_str()].into_iter().chain(output).chain(errors)
}

fn uses<'a>((krate, kind): (&Crate, CallbackKind), names: impl Iterator<Item = &'a str>) -> Vec<TokenStream> {
    let names: BTreeSet<&str> = names.collect();
    imports::use_own(krate.root(), kind.module(), &names.into_iter().collect::<Vec<_>>())
}

fn at<'a>(krate: &'a Crate, part: &rust::FileShare<CallbackId>) -> Vec<&'a Callback> {
    part.here().iter().filter_map(|id| krate.callback(*id)).collect()
}

/// The names that a file of receivers has for its own: their constants, and their type parameter.
fn receiver_names<'a>(of: &[&'a Callback]) -> BTreeSet<&'a str> {
    of.iter().map(|callback| callback.constant.as_str()).chain([RECEIVER_PARAMETER]).collect()
}

fn receiver(unit: &Unit<'_>, callback: &Callback, defined: &BTreeSet<&str>) -> TokenStream {
    let (doc, constant_doc) = (docs::tokens(&callback.receiver_docs), docs::tokens(&callback.constant_docs));
    let (constant, id) = (ident(&callback.constant), Literal::string(&callback.operation.id));
    let spec = unit.scope.import("specie_runtime::webhook::WebhookSpec");
    let signature = webhooks::signature(unit, callback.signature.as_ref());
    let security = webhooks::security(unit, callback.credentials.as_ref());
    let name = ident(&callback.operation.method_name);
    let (module, request) = (callback.kind.module(), &callback.operation.request.name);
    let request = imports::own_type(unit.krate.root(), module, defined, request);
    let receiver = unit.scope.import("specie_runtime::webhook::Receiver");
    let handled = unit.scope.import("specie_runtime::server::Handled");
    let context = unit.scope.import("specie_runtime::server::RequestContext");
    let (future, send, sync) =
        (unit.scope.prelude(Prelude::Future), unit.scope.prelude(Prelude::Send), unit.scope.prelude(Prelude::Sync));
    let output = ident(RECEIVER_PARAMETER);
    let (proof, make) = webhooks::made(unit, (callback.constructor, callback.credentials.as_ref()), &constant);
    quote! {
        #constant_doc
        pub const #constant: #spec = #spec::new(#id)#signature #security;

        #doc
        pub fn #name<#output>(#proof handler: impl Fn(#request, #context) -> #output + #send + #sync + 'static) -> #receiver
        where
            #output: #future<Output = #handled<#request>> + #send + 'static,
        {
            #receiver::#make
        }
    }
}

fn sender(unit: &Unit<'_>, callback: &Callback) -> TokenStream {
    let doc = docs::tokens(&callback.sender_docs);
    let (name, constant) = (ident(&callback.operation.method_name), ident(&callback.constant));
    let request = ident(&callback.operation.request.name);
    let sender = unit.scope.import("specie_runtime::webhook::Sender");
    let failure = unit.scope.import("specie_runtime::webhook::CallbackError");
    let result = unit.scope.prelude(Prelude::Result);
    let output = operations::output_type(unit, &callback.operation.success);
    let error = operations::error_type(unit, &callback.operation);
    quote! {
        #doc
        pub async fn #name(sender: &#sender, url: &str, request: &#request) -> #result<#output, #failure<#error>> {
            sender.call(&#constant, url, request).await
        }
    }
}

/// The function that makes the address of a callback of one operation.
fn address_function(unit: &Unit<'_>, address: &CallbackAddress) -> TokenStream {
    let (doc, name) = (docs::tokens(&address.docs), ident(&address.function));
    let request = address.request.map(|id| {
        let (root, request) = (imports::path_tokens(unit.krate.root()), ident(unit.krate.request_name(id)));
        quote!(request: &#root::#request,)
    });
    let response = address.response.as_ref().map(|response| {
        let response = value_expressions::borrowed(unit, response);
        quote!(response: #response,)
    });
    let (option, string) = (unit.scope.prelude(Prelude::Option), unit.scope.prelude(Prelude::String));
    let make = unit.scope.import("specie_runtime::webhook::callback_url");
    let part = unit.scope.import("specie_runtime::webhook::UrlPart");
    let parts = address.parts.iter().map(|stated| match stated {
        AddressPart::Text(text) => {
            let text = Literal::string(text);
            quote!(#part::Text(#text))
        }
        AddressPart::Value(path, access) => {
            let value = value_expressions::taken(&value_expressions::path(path), *access);
            quote!(#part::Value(#value))
        }
    });
    quote! {
        #doc
        #[must_use]
        pub fn #name(#request #response) -> #option<#string> {
            #make(&[#(#parts),*])
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::emit::{self, Manifest, test_fixtures};

    /// The server, and the receivers of callbacks, of a crate with one operation and one callback.
    fn files(operation: &str, callback: &str) -> [String; 2] {
        let sent = format!("{{operationId: {callback}, responses: {{'204': {{description: Ok.}}}}}}");
        let krate = test_fixtures::krate(&format!(
            "paths: {{/a: {{get: {{operationId: {operation}, security: [{{key: []}}], responses: {{}}, parameters: \
             [{{name: to, in: query, required: true, schema: {{type: string}}}}], \
             callbacks: {{told: {{'{{$request.query.to}}': {{post: {sent}}}}}}}}}}}}}\n\
             components: {{securitySchemes: {{key: {{type: apiKey, in: header, name: X-Key}}}}}}\n"
        ));
        let mut tree = emit::tree(&krate, &Manifest::Workspace);
        ["src/server.rs", "src/callbacks/receive.rs"].map(|path| tree.0.remove(path).unwrap_or_default())
    }

    #[test]
    fn requests_may_be_called_as_the_trait_of_futures() {
        let [server, receivers] = files("future", "told");
        assert!(server.contains("-> impl std::future::Future<Output = Handled<Future>> + Send;"), "{server}");
        assert!(server.contains("-> impl std::future::Future<Output = Result<(), Rejection>> + Send;"), "{server}");
        assert!(receivers.contains("F: Future<Output = Handled<Told>>"), "{receivers}");
        let [server, receivers] = files("pay", "future");
        assert!(server.contains("-> impl Future<Output = Handled<Pay>> + Send;"), "{server}");
        assert!(receivers.contains("F: std::future::Future<Output = Handled<Future>>"), "{receivers}");
    }

    #[test]
    fn a_request_may_be_called_as_the_type_parameter_of_its_receiver() {
        let [_, receivers] = files("pay", "f");
        assert!(receivers.contains("F: Future<Output = Handled<crate::callbacks::F>>"), "{receivers}");
        assert!(!receivers.contains("use crate::callbacks::F;"), "{receivers}");
    }

    #[test]
    fn a_request_may_be_called_as_the_constant_of_its_receiver() {
        for (key, name) in [("e", "E"), ("v2", "V2"), ("f", "F")] {
            let [_, receivers] = files("pay", key);
            assert!(receivers.contains(&format!("pub const {name}: WebhookSpec")), "{receivers}");
            assert!(receivers.contains(&format!("Output = Handled<crate::callbacks::{name}>>")), "{receivers}");
            assert!(!receivers.contains(&format!("use crate::callbacks::{name};")), "{receivers}");
        }
    }
}
