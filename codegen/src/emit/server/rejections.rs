//! `server/rejections.rs`: the documented errors in which rejections are written.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::docs;
use crate::emit::imports::{self, ident};
use crate::emit::rust_types::Unit;
use crate::rust::{Crate, RejectionForm, RejectionRow, RejectionTable};

/// The constants of the forms.
pub(super) fn forms(unit: &Unit<'_>) -> TokenStream {
    if unit.krate.rejection_forms.forms.is_empty() {
        return TokenStream::new();
    }
    let of = unit.scope.import("specie_runtime::server::ErrorForm");
    let forms = unit.krate.rejection_forms.forms.iter().map(|(name, stated)| {
        let (name, form) = (ident(name), form(&of, stated));
        quote!(const #name: &#of = &#form;)
    });
    quote!(#(#forms)*)
}

/// The forms that tables name, which stand in the file above.
pub(super) fn uses(krate: &Crate, tables: &[&RejectionTable]) -> Vec<TokenStream> {
    let forms = tables.iter().flat_map(|table| &table.rows).filter_map(|row| row.body.as_ref());
    let names: BTreeSet<&str> = forms.map(|(_, name)| name.as_str()).collect();
    imports::use_item(krate.root(), "super", &names.into_iter().collect::<Vec<_>>()).into_iter().collect()
}

/// The constants of the tables.
pub(super) fn tables(unit: &Unit<'_>, tables: &[&RejectionTable]) -> TokenStream {
    if tables.is_empty() {
        return TokenStream::new();
    }
    let of = unit.scope.import("specie_runtime::server::DocumentedRejection");
    let tables = tables.iter().map(|table| {
        let (name, doc) = (ident(&table.name), docs::tokens(&table.docs));
        let rows = table.rows.iter().map(|row| one(&of, row));
        quote!(#doc pub(crate) const #name: &[#of] = &[#(#rows),*];)
    });
    quote!(#(#tables)*)
}

fn one(of: &TokenStream, row: &RejectionRow) -> TokenStream {
    let status = Literal::u16_unsuffixed(row.status);
    let Some((media, form)) = &row.body else {
        return quote!(#of::empty(#status));
    };
    let (media, form) = (Literal::string(media), ident(form));
    quote!(#of::json(#status, #media, #form))
}

fn form(of: &TokenStream, stated: &RejectionForm) -> TokenStream {
    match stated {
        RejectionForm::Status => quote!(#of::Status),
        RejectionForm::StatusText => quote!(#of::StatusText),
        RejectionForm::Reason => quote!(#of::Reason),
        RejectionForm::Code => quote!(#of::Code),
        RejectionForm::Detail => quote!(#of::Detail),
        RejectionForm::Pointer => quote!(#of::Pointer),
        RejectionForm::Text(text) | RejectionForm::Listed(text) => {
            let text = Literal::string(text);
            quote!(#of::Text(#text))
        }
        RejectionForm::Object(members) => {
            let members = members.iter().map(|(name, stated)| {
                let (name, form) = (Literal::string(name), form(of, stated));
                quote!((#name, #form))
            });
            quote!(#of::Object(&[#(#members),*]))
        }
        RejectionForm::Faults(stated) => {
            let form = form(of, stated);
            quote!(#of::Faults(&#form))
        }
    }
}
