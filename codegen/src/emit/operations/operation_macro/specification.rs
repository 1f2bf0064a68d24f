//! What the table of an operation says of it as a whole: base URL, security, idempotency, outcomes, reconciliation.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::imports::ident;
use crate::emit::operations::macro_tokens;
use crate::rust::{BaseId, Crate, Find, Idempotency, Operation, Reconcile, Safety, StatedOutcome};

/// The facts of an operation that differ from what the runtime assumes.
pub(super) fn specification(krate: &Crate, operation: &Operation) -> TokenStream {
    let base = operation.stated_base().map(|BaseId(base)| {
        let base = Literal::usize_unsuffixed(base);
        quote!(base: #base,)
    });
    let security = (!operation.security.is_empty()).then(|| security(operation));
    let idempotency = (!operation.idempotency_is_implied).then(|| idempotency(&operation.idempotency));
    let outcomes = outcomes(operation);
    let safe = (operation.safety == Safety::Stated).then(|| quote!(safe: true,));
    let reconcile = operation.reconcile.as_ref().map(|stated| reconcile(krate, stated));
    quote!(#base #security #idempotency #outcomes #safe #reconcile)
}

fn security(operation: &Operation) -> TokenStream {
    let alternatives = operation.security.iter().map(|requirement| {
        // Every scheme is printed: a server lets callers in that present the printed ones.
        let keys = requirement.schemes.iter().map(|(key, _)| Literal::string(key));
        quote!([#(#keys),*])
    });
    quote!(security: [#(#alternatives),*],)
}

/// What makes a repetition safe.
fn idempotency(stated: &Idempotency) -> TokenStream {
    let kind = match stated {
        Idempotency::Natural => quote!(Natural),
        Idempotency::None => quote!(None),
        Idempotency::Header(name) => {
            let name = Literal::string(name);
            quote!(Header(#name))
        }
        Idempotency::Field { pointer, duplicate } => {
            let (pointer, duplicate) = (Literal::string(pointer), Literal::u16_unsuffixed(*duplicate));
            quote!(Field { pointer: #pointer, duplicate: #duplicate })
        }
    };
    quote!(idempotency: #kind,)
}

/// What the document says that a status means for the operation.
fn outcomes(operation: &Operation) -> Option<TokenStream> {
    let rules = operation.outcomes.iter().map(|(status, outcome)| {
        let status = macro_tokens::status(*status);
        let outcome = match outcome {
            StatedOutcome::Done => quote!(Done),
            StatedOutcome::Refused => quote!(Refused),
            StatedOutcome::Unknown => quote!(Unknown),
            StatedOutcome::Duplicate => quote!(Duplicate),
        };
        quote!(#status: #outcome)
    });
    (!operation.outcomes.is_empty()).then(|| quote!(outcomes: { #(#rules),* },))
}

/// How to ask whether the operation happened.
fn reconcile(krate: &Crate, stated: &Reconcile) -> TokenStream {
    let how = ident(if stated.paged { "paged" } else { "of" });
    let (lookup, index, value) = (
        ident(krate.request_name(stated.lookup)),
        Literal::usize_unsuffixed(stated.index.0),
        Literal::string(&stated.value),
    );
    let find = match &stated.find {
        Find::One { matches } => {
            let matches = Literal::string(matches);
            quote!(matches: #matches)
        }
        Find::Among { items, matches } => {
            let (items, matches) = (Literal::string(items), Literal::string(matches));
            quote!(items: #items, matches: #matches)
        }
    };
    let agree = stated.agree.iter().map(|(request, found)| {
        let (request, found) = (Literal::string(request), Literal::string(found));
        quote!(#request = #found)
    });
    let (success, resource) = (Literal::u16_unsuffixed(stated.success), Literal::string(&stated.resource));
    let identity = stated.identity.as_ref().map(|identity| {
        let identity = Literal::string(identity);
        quote!(, identity: #identity)
    });
    let settling = stated.settling.map(|seconds| {
        let seconds = Literal::u64_unsuffixed(seconds);
        quote!(, settling: #seconds)
    });
    quote! {
        reconcile: #how #lookup {
            parameter: #index, value: #value, #find, agree: { #(#agree),* },
            resource: #success #resource #identity #settling
        },
    }
}
