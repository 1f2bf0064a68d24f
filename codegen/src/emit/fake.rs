//! `fake.rs`: a fake of the API for tests, which implements the server trait.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::imports::{self, ident};
use super::operations;
use super::rust_types::Unit;
use super::source_file::{File, FormattedItems};
use crate::rust::{
    CREDENTIAL, Crate, FAKE_CALLS, FAKE_SAMPLES, Operation, OperationId, OwnNames, ServerTrait, TakenNames,
    fixed_modules,
};

/// The file with the fake and the operations that the server trait has itself.
pub(super) fn file<'a>(mut file: File<'a>, krate: &'a Crate, taken: &'a TakenNames<'a>, ids: &[OperationId]) -> String {
    let (own, taken) = (&taken.of_fake, &taken.operations);
    let all = operations::at(krate, ids);
    file.uses(&operations::uses(krate, [], own.imported_requests(&all)));
    file.uses(&imports::use_own(krate.root(), fixed_modules::SERVER, &[&krate.server_name]));
    file.parts([
        FormattedItems::one(krate, taken, false, |unit| fake(unit, !all.is_empty())),
        FormattedItems::one(krate, taken, false, |unit| {
            handlers(unit, own, (&krate.trait_name, krate.has_credentials()), &all)
        }),
        FormattedItems::one(krate, taken, false, |_| samples(&all)),
    ]);
    file.finish()
}

/// The file with the operations that one of the server traits has.
pub(super) fn trait_file<'a>(
    mut file: File<'a>,
    krate: &'a Crate,
    taken: &'a TakenNames<'a>,
    stated: &ServerTrait,
) -> String {
    let (own, taken) = (&taken.of_fake, &taken.operations);
    let all = operations::at(krate, &stated.operations);
    file.uses(&imports::use_own(krate.root(), fixed_modules::FAKE, &[FAKE_CALLS, &krate.fake_name]));
    file.uses(&operations::uses(krate, [], own.imported_requests(&all)));
    file.parts([
        FormattedItems::one(krate, taken, false, |unit| handlers(unit, own, (&stated.name, false), &all)),
        FormattedItems::one(krate, taken, false, |_| samples(&all)),
    ]);
    file.finish()
}

/// The fake and its list of samples. `has_samples` says whether this file has samples besides those of the modules below it.
fn fake(unit: &Unit<'_>, has_samples: bool) -> TokenStream {
    let (name, server) = (ident(&unit.krate.fake_name), ident(&unit.krate.server_name));
    let constant = ident(FAKE_SAMPLES);
    let own = has_samples.then(|| quote!(#constant));
    let inner = unit.krate.layout.server_traits.iter().map(|of| {
        let module = ident(&of.module);
        quote!(#module::#constant)
    });
    let samples = own.into_iter().chain(inner);
    quote!(specie_runtime::fake!(#name, #server, [#(#samples),*]);)
}

/// What the document shows of the responses of some operations; nothing for none.
fn samples(operations: &[&Operation]) -> TokenStream {
    let rows = operations.iter().map(|operation| {
        let (id, sample) = (literal(&operation.id), sample(operation));
        quote!(#id: #sample)
    });
    if operations.is_empty() {
        TokenStream::new()
    } else {
        let constant = ident(FAKE_SAMPLES);
        quote!(specie_runtime::fake_samples!(#constant { #(#rows),* });)
    }
}

fn sample(operation: &Operation) -> TokenStream {
    let sample = match &operation.sample {
        Ok(sample) => sample,
        Err(reason) => {
            let reason = literal(reason);
            return quote!(none #reason);
        }
    };
    let status = Literal::u16_unsuffixed(sample.status);
    let body = sample.media_type.iter().flat_map(|media| [literal(media), literal(&sample.body)]);
    let headers = sample.headers.iter().map(|(name, value)| {
        let (name, value) = (literal(name), literal(value));
        quote!(#name = #value)
    });
    let headers = (!sample.headers.is_empty()).then(|| quote!({ #(#headers),* }));
    quote!(#status #(#body)* #headers)
}

/// A text as a literal: JSON without a backslash before each quote, and nothing but ASCII.
fn literal(text: &str) -> TokenStream {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    let written = if is_plain && text.contains(['"', '\\']) && !text.contains("\"#") {
        format!("r#\"{text}\"#")
    } else {
        format!("\"{}\"", text.escape_default())
    };
    // Both are literals, whatever the text is.
    written.parse::<Literal>().unwrap_or_else(|_| Literal::string(text)).into_token_stream()
}

/// The operations that a trait has, with `authenticate` where it has that too.
fn handlers(
    unit: &Unit<'_>,
    own: &OwnNames<'_>,
    (of, has_credentials): (&str, bool),
    operations: &[&Operation],
) -> TokenStream {
    let (name, of) = (ident(&unit.krate.fake_name), ident(of));
    let server = imports::module_tokens(unit.krate.root(), fixed_modules::SERVER);
    let credential = has_credentials.then(|| {
        let name = ident(CREDENTIAL.name);
        quote!(, #server::#name)
    });
    let lines = operations.iter().map(|operation| {
        let (method, request) = (ident(&operation.method_name), operations::type_tokens(own, &operation.request.name));
        quote!(#method: #request)
    });
    quote! {
        specie_runtime::fake_operations!(#name: #server::#of #credential { #(#lines),* });
    }
}
