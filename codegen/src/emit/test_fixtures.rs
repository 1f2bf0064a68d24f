//! Crates of small documents, for the tests of what is printed.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;

use super::imports::ImportScope;
use super::rust_types::Unit;
use super::{client, operations, server, types, webhooks};
use crate::plan::{self, Settings};
use crate::rust::{Crate, Operation, TakenNames, Webhook};
use crate::source::Source;
use crate::strictness::Strictness;
use crate::{document, lower, syntax};

/// The crate of a document, whose text is given from what follows `info` on.
pub(crate) fn krate(text: &str) -> Crate {
    titled("Payouts", text)
}

/// The same with another title, in double quotes with the escapes of YAML.
pub(crate) fn titled(title: &str, text: &str) -> Crate {
    whole(&format!("openapi: 3.0.4\ninfo: {{title: \"{title}\", version: '1.0'}}\n{text}"))
}

/// The crate of a document from its first line on.
pub(crate) fn whole(text: &str) -> Crate {
    let source = Source::new("specs/payouts.yaml", text);
    let (documents, _) = syntax::read(&source);
    let (resolved, diagnostics) = document::resolved(&source, documents, Strictness::Lenient);
    let resolved = resolved.unwrap_or_else(|| panic!("{diagnostics:?}"));
    let (api, _) = lower::api(&resolved);
    let settings = Settings {
        crate_name: "payouts",
        module: None,
        spec_path: "specs/payouts.yaml",
        program: crate::Program::Xtask,
        strictness: Strictness::Lenient,
    };
    let (krate, found) = plan::krate(&api, &settings);
    krate.unwrap_or_else(|| panic!("{found:?}"))
}

/// The crate of a document that is nothing but schemas, given as lines of YAML.
pub(crate) fn schemas(lines: &str) -> Crate {
    krate(&format!("paths: {{}}\n{}", components(lines)))
}

/// The same, where a server sends values of the one that is named.
pub(crate) fn sent(name: &str, lines: &str) -> Crate {
    let schema = format!("{{$ref: '#/components/schemas/{name}'}}");
    let response = format!("{{description: Ok., content: {{application/json: {{schema: {schema}}}}}}}");
    let operation = format!("{{operationId: Send, responses: {{'200': {response}}}}}");
    krate(&format!("paths: {{/sent: {{get: {operation}}}}}\n{}", components(lines)))
}

fn components(lines: &str) -> String {
    let lines: Vec<String> = lines.lines().map(|line| format!("    {line}\n")).collect();
    format!("components:\n  schemas:\n{}", lines.concat())
}

/// The lines that items of a crate take in their files, by kind of file, with the one that parts each from the next.
pub(crate) fn printed_lines(krate: &Crate) -> [(&'static str, usize); 7] {
    let taken = TakenNames::of(krate);
    let lines = |taken: &BTreeSet<&str>, tokens: &dyn Fn(&Unit<'_>) -> TokenStream| {
        let unit = Unit { krate, scope: ImportScope::new(krate.root(), taken), among_types: true };
        match crate::render::items(tokens(&unit)).lines().count() {
            0 => 0,
            lines => lines + 1,
        }
    };
    let methods = |of: &dyn Fn(&Unit<'_>, &Operation) -> TokenStream, holder: &TokenStream| -> usize {
        let method = |operation: &Operation| {
            lines(&taken.operations, &|unit| {
                let method = of(unit, operation);
                quote::quote!(#holder { #method })
            }) - 2
        };
        krate.operations.iter().map(method).sum()
    };
    let webhooks = |of: &dyn Fn(&Unit<'_>, &Webhook) -> TokenStream| -> usize {
        krate.webhooks.iter().map(|webhook| lines(&taken.webhooks, &|unit| of(unit, webhook))).sum()
    };
    let of_server = |unit: &Unit<'_>, operation: &Operation| server::method(unit, &taken.of_server, operation);
    let pages = krate.operations.iter().map(|of| lines(&taken.operations, &|unit| client::paged(unit, of)));
    [
        ("types", krate.types.iter().map(|item| lines(&taken.types, &|unit| types::emit(unit, item))).sum()),
        (
            "operations",
            krate.operations.iter().map(|of| lines(&taken.operations, &|unit| operations::emit(unit, of))).sum(),
        ),
        ("client", methods(&client::methods, &quote::quote!(impl Client)) + pages.sum::<usize>()),
        ("server", methods(&of_server, &quote::quote!(trait Server))),
        ("payloads", webhooks(&webhooks::payload)),
        ("receivers", webhooks(&webhooks::receiver)),
        ("senders", webhooks(&|unit, webhook| webhooks::sender(unit, 1, webhook))),
    ]
}

/// What an emitter makes of a crate, as items.
pub(super) fn items(krate: &Crate, emit: impl FnOnce(&Unit<'_>) -> TokenStream) -> Vec<syn::Item> {
    let taken = BTreeSet::new();
    let unit = Unit { krate, scope: ImportScope::new(krate.root(), &taken), among_types: true };
    let tokens = emit(&unit);
    syn::parse2::<syn::File>(tokens).expect("emitters write Rust").items
}

/// An item as text, so that two can be compared whatever their literals look like.
pub(super) fn printed(item: &syn::Item) -> String {
    let tokens = quote::quote!(#item);
    crate::render::items(tokens)
}

/// Items in a word or two, to compare which there are.
pub(super) fn names(items: &[syn::Item]) -> Vec<String> {
    items
        .iter()
        .map(|item| match item {
            syn::Item::Struct(item) => format!("struct {}", item.ident),
            syn::Item::Enum(item) => format!("enum {}", item.ident),
            syn::Item::Const(item) => format!("const {}", item.ident),
            syn::Item::Fn(item) => format!("fn {}", item.sig.ident),
            syn::Item::Trait(item) => format!("trait {}", item.ident),
            syn::Item::Type(item) => format!("type {}", item.ident),
            syn::Item::Impl(item) => {
                let ty = &item.self_ty;
                let ty = quote::quote!(#ty).to_string();
                match &item.trait_ {
                    Some((path, _)) => format!("impl {} for {ty}", quote::quote!(#path)),
                    None => format!("impl {ty}"),
                }
            }
            syn::Item::Macro(item) => {
                let path = &item.mac.path;
                quote::quote!(#path).to_string()
            }
            other => quote::quote!(#other).to_string(),
        })
        .collect()
}
