//! `lib.rs`: what the crate is, how to use it and how to depend on it.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Context, OperationNames};
use super::docs::{self, Doc};
use super::files::header;
use super::samples;
use super::scope::ident;
use crate::ir::{Api, Base, Operation, SchemeKind};
use crate::render;

/// The file's text.
pub(crate) fn file(context: &Context<'_>) -> String {
    let api = context.api;
    let mut text = format!("// {}\n\n", header(&api.spec_path));
    inner(&mut text, &about(api));
    if let Some((name, names)) = example_operation(context)
        && let Some(code) = example(context, name, names)
    {
        text.push_str("//!\n//! # Example\n//!\n");
        // Without the client there is nothing to compile the example against.
        text.push_str("#![cfg_attr(feature = \"client\", doc = \"```no_run\")]\n");
        text.push_str("#![cfg_attr(not(feature = \"client\"), doc = \"```ignore\")]\n");
        inner(&mut text, &Doc::new().own(code + "```"));
    }
    text.push_str("//!\n");
    inner(&mut text, &features(api));
    text.push_str(PACKAGE_DOCS);
    inner(&mut text, &depending(api));
    text.push('\n');
    text.push_str(&render::items(modules(api)));
    text
}

/// Version, MSRV and licence as cargo knows them, so that they are never out of date.
const PACKAGE_DOCS: &str = "\
//!
//! # Depending on it
//!
#![doc = concat!(\"This is version \", env!(\"CARGO_PKG_VERSION\"), \", for Rust \", env!(\"CARGO_PKG_RUST_VERSION\"), \" or later, under \", env!(\"CARGO_PKG_LICENSE\"), \".\")]
";

fn inner(text: &mut String, doc: &Doc) {
    for line in doc.lines() {
        text.push_str("//!");
        if !line.is_empty() {
            text.push(' ');
            text.push_str(line);
        }
        text.push('\n');
    }
}

/// The API in its document's words, and where it is.
fn about(api: &Api) -> Doc {
    let info = &api.info;
    let title = docs::line(&info.title);
    let title = if title.is_empty() { docs::code(&api.crate_name) } else { title };
    let mut doc = Doc::line(format!("{title}: types, client and server."));
    doc = doc.prose(info.description.as_deref().unwrap_or_default());
    let mut facts = vec![format!("- version of the API: {}", docs::line(&info.version))];
    facts.extend(info.documentation.as_deref().map(|url| format!("- its documentation: {}", docs::line(url))));
    facts.extend(info.contact.as_deref().map(|contact| format!("- contact: {}", docs::line(contact))));
    facts.extend(info.license.as_deref().map(|license| format!("- licence of its document: {}", docs::line(license))));
    facts.push(format!("- this crate is generated from {}", docs::code(&api.spec_path)));
    doc = doc.own(facts.join("\n"));
    if !info.provenance.is_empty() {
        doc = doc.own("# Where it comes from");
        for entry in &info.provenance {
            doc = doc.prose(&docs::provenance(entry));
        }
    }
    if api.operations.is_empty() {
        return doc;
    }
    let bases: Vec<String> = api.bases.iter().map(base).collect();
    doc = doc.own("# Base URLs").own(bases.join("\n"));
    let schemes: Vec<String> = api
        .schemes
        .iter()
        .map(|scheme| format!("- {}: {}", docs::code(&scheme.method_name), kind(&scheme.kind)))
        .collect();
    if schemes.is_empty() { doc } else { doc.own("# Credentials").own(schemes.join("\n")) }
}

/// One base URL as an item of a list.
fn base(base: &Base) -> String {
    let name = docs::code(&base.method_name);
    match base.servers.as_slice() {
        [only] if only.url.is_some() => {
            format!("- {name}: {} by default", docs::code(only.url.as_deref().unwrap_or_default()))
        }
        servers if base.enumerated => {
            let servers: Vec<String> = servers
                .iter()
                .map(|server| {
                    format!("`Server::{}` is {}", server.variant, docs::code(server.url.as_deref().unwrap_or_default()))
                })
                .collect();
            format!("- {name} or `server`: {}", servers.join(", "))
        }
        _ => format!("- {name}: the document names no host, so it has to be set"),
    }
}

fn kind(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::Basic => "name and password (HTTP Basic)".to_owned(),
        SchemeKind::Bearer { .. } => "a bearer token, or a source of tokens".to_owned(),
        SchemeKind::ApiKey { name, .. } => format!("an API key, sent as {}", docs::code(name)),
    }
}

fn features(api: &Api) -> Doc {
    let types = "- none: the module `types`, without an HTTP stack";
    if api.operations.is_empty() {
        return Doc::line("# Features").own(types);
    }
    Doc::line("# Features").own(format!(
        "- `client` (default): `Client`, with a method per operation\n\
         - `server` (default): the trait `server::{}`, and a `tower` service around it\n{types}",
        api.type_name
    ))
}

fn depending(api: &Api) -> Doc {
    let name = &api.crate_name;
    Doc::new().own(format!(
        "\nThe types of fields (`Decimal`, `Secret`, `Patch` …) are those of `specie-runtime`. Outside of this workspace, both are named by\n\
         their path, or by the `git` address of the repository that holds them:\n\n\
         ```toml\n[dependencies]\n{name} = {{ path = \"…/generated/{name}\" }}\nspecie-runtime = {{ path = \"…/codegen/runtime\" }}\n```"
    ))
}

/// The operation that shows the API best: one that sends something, with nothing left out.
fn example_operation<'c>(context: &'c Context<'_>) -> Option<(&'c Operation, &'c OperationNames)> {
    let mut best = None;
    for (operation, names) in context.operations() {
        let Some(request) = samples::of_call(context, operation, names, &[]) else { continue };
        let rank = (request.parameters.is_empty(), operation.http_method == "POST", operation.path.len() < 100);
        if best.as_ref().is_none_or(|(known, _, _)| rank > *known) {
            best = Some((rank, operation, names));
        }
    }
    best.map(|(_, operation, names)| (operation, names))
}

fn example(context: &Context<'_>, operation: &Operation, names: &OperationNames) -> Option<String> {
    let request = samples::of_call(context, operation, names, &["Client"])?;
    let builder = builder(context, operation);
    let expression = &request.expression;
    let method = ident(&operation.method_name);
    let make = render::statements(&quote!(let client = #builder; let request = #expression;));
    let silent = operation.successes.len() < 2 && operation.successes.iter().all(|reply| reply.body.is_none());
    let call = if silent {
        render::statements(&quote!(client.#method(request).await?;))
    } else {
        render::statements(&quote!(let answer = client.#method(request).await?; println!("{answer:?}");))
    };
    Some(format!(
        "{}\n# async fn example({}) -> Result<(), Box<dyn std::error::Error>> {{\n{make}{call}# Ok(())\n# }}\n",
        request.imports, request.parameters
    ))
}

/// `Client::builder()` with what the operation needs.
fn builder(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let api = context.api;
    let base = api.bases.get(operation.base).map(|base| base_call(api, base));
    let schemes = operation.security.iter().find(|requirement| !requirement.schemes.is_empty());
    let credentials = schemes.into_iter().flat_map(|requirement| &requirement.schemes).filter_map(|(index, _)| {
        let scheme = api.schemes.get(*index)?;
        let method = ident(&scheme.method_name);
        Some(match scheme.kind {
            SchemeKind::Basic => quote!(.#method("name", "password")),
            SchemeKind::Bearer { .. } => quote!(.#method("token")),
            SchemeKind::ApiKey { .. } => quote!(.#method("key")),
        })
    });
    quote!(Client::builder() #base #(#credentials)* .build()?)
}

fn base_call(api: &Api, base: &Base) -> TokenStream {
    let method = ident(&base.method_name);
    if base.enumerated {
        let is_test = |name: &str| ["Sandbox", "Test", "Staging"].iter().any(|word| name.contains(word));
        let test = base.servers.iter().find(|server| is_test(&server.variant)).or(base.servers.first());
        let (krate, variant) = (ident(&api.crate_name), ident(test.map_or("", |server| &server.variant)));
        return quote!(.server(#krate::Server::#variant));
    }
    match base.servers.as_slice() {
        [only] if only.url.is_some() => TokenStream::new(),
        _ => quote!(.#method("https://api.example.com")),
    }
}

fn modules(api: &Api) -> TokenStream {
    let webhooks = (!api.webhooks.is_empty()).then(|| {
        quote!(
            pub mod webhooks;
        )
    });
    if api.operations.is_empty() {
        return quote!(pub mod types; #webhooks);
    }
    let server = api.bases.iter().any(|base| base.enumerated).then(|| quote!(, Server));
    quote! {
        #[cfg(feature = "client")]
        pub mod client;
        #[cfg(any(feature = "client", feature = "server"))]
        pub mod operations;
        #[cfg(feature = "server")]
        pub mod server;
        pub mod types;
        #webhooks
        #[cfg(feature = "client")]
        pub use client::{Client, ClientBuilder #server};
        #[cfg(any(feature = "client", feature = "server"))]
        pub use operations::*;
    }
}
