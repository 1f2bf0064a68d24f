//! Error enums: a variant for each documented error of an operation.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::OperationNames;
use super::docs::Doc;
use super::operation_docs;
use super::rust_types::{Unit, wrapped};
use super::scope::ident;
use crate::ir::{Operation, Reply, Status, TypeKind, TypeRef};

/// The error enum; nothing where the document has no errors.
pub(crate) fn errors(unit: &Unit<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    if operation.errors.is_empty() {
        return TokenStream::new();
    }
    let name = ident(&names.error);
    let doc = Doc::line(format!("Every error that the document gives [`{}`].", operation.type_name)).tokens();
    let api_error = unit.scope.import("specie_runtime::ApiError");
    let variants = operation.errors.iter().map(|reply| variant(unit, reply));
    let statuses = statuses(&operation.errors);
    quote! {
        #doc
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }

        impl #api_error for #name {
            fn status(&self) -> u16 {
                match self { #statuses }
            }
        }

        specie_runtime::opaque_api_error!(#name);
    }
}

/// The error type of an operation.
pub(crate) fn error_type(unit: &Unit<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    if operation.errors.is_empty() {
        return unit.scope.import("specie_runtime::NoError");
    }
    let name = ident(&names.error);
    quote!(#name)
}

fn variant(unit: &Unit<'_>, reply: &Reply) -> TokenStream {
    let (doc, name) = (operation_docs::of_reply(reply).tokens(), ident(&reply.variant));
    let body = reply.body.as_ref().map(|(_, _, ty)| body_type(unit, ty));
    let status = (!matches!(reply.status, Status::Code(_))).then(|| unit.scope.import("specie_runtime::Status"));
    let parts: Vec<TokenStream> = status.into_iter().chain(body).collect();
    if parts.is_empty() { quote!(#doc #name) } else { quote!(#doc #name(#(#parts),*)) }
}

/// The type of an error's body.
///
/// Objects are boxed, always: an error is moved through many results, and one that is boxed only when it is large would
/// change its type the day the document adds a property.
fn body_type(unit: &Unit<'_>, ty: &TypeRef) -> TokenStream {
    let body = unit.rust_type(ty);
    let is_large = match unit.context.resolved(ty) {
        TypeRef::Named(id) => !matches!(unit.context.definition(*id).map(|def| &def.kind), Some(TypeKind::Enum(_))),
        _ => false,
    };
    if is_large { wrapped(&unit.scope.prelude("Box"), &body) } else { body }
}

/// The arms that say which status each variant has.
fn statuses(errors: &[Reply]) -> TokenStream {
    let (mut fixed, mut carried) = (Vec::new(), Vec::new());
    for reply in errors {
        let variant = ident(&reply.variant);
        let has_body = reply.body.is_some();
        match reply.status {
            Status::Code(code) => {
                let code = Literal::u16_unsuffixed(code);
                let pattern = if has_body { quote!(Self::#variant(_)) } else { quote!(Self::#variant) };
                fixed.push(quote!(#pattern => #code,));
            }
            _ if has_body => carried.push(quote!(Self::#variant(status, _))),
            _ => carried.push(quote!(Self::#variant(status))),
        }
    }
    let carried = (!carried.is_empty()).then(|| quote!(#(#carried)|* => status.as_u16(),));
    quote!(#(#fixed)* #carried)
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;
    use crate::emit::fixtures::{self, items, printed, reply};
    use crate::ir::MediaKind;

    fn emitted(errors_of: Vec<Reply>) -> Vec<syn::Item> {
        let mut api = fixtures::api();
        api.types.push(fixtures::structure("Problem", Vec::new()));
        let operation = Operation { errors: errors_of, ..fixtures::operation("Pay", "POST", "/pay") };
        api.operations.push(operation);
        items(&api, |unit, _| {
            let (operation, names) = unit.context.operations().next().expect("there is one");
            errors(unit, operation, names)
        })
    }

    #[test]
    fn every_documented_error_is_a_variant() {
        let json =
            |id: usize| Some((MediaKind::Json, "application/json".to_owned(), TypeRef::Named(crate::ir::TypeId(id))));
        let found = emitted(vec![
            Reply { body: json(0), ..reply(Status::Code(400), "BadRequest") },
            reply(Status::Code(429), "TooManyRequests"),
            Reply { body: json(0), ..reply(Status::Range(5), "ServerError") },
            reply(Status::Default, "Default"),
        ]);
        let declaration: syn::Item = parse_quote! {
            /// Every error that the document gives [`Pay`].
            #[derive(Clone, PartialEq)]
            #[non_exhaustive]
            pub enum PayError {
                /// 400 Bad Request.
                BadRequest(Box<Problem>),
                /// 429 Too Many Requests.
                TooManyRequests,
                /// Any status from 500 to 599.
                ServerError(Status, Box<Problem>),
                /// Any other status.
                Default(Status),
            }
        };
        let status: syn::Item = parse_quote! {
            impl ApiError for PayError {
                fn status(&self) -> u16 {
                    match self {
                        Self::BadRequest(_) => 400,
                        Self::TooManyRequests => 429,
                        Self::ServerError(status, _) | Self::Default(status) => status.as_u16(),
                    }
                }
            }
        };
        assert_eq!(printed(&found[0]), printed(&declaration));
        assert_eq!(printed(&found[1]), printed(&status));
        assert_eq!(printed(&found[2]), "specie_runtime::opaque_api_error!(PayError);\n");
    }

    #[test]
    fn without_errors_there_is_no_enum() {
        assert!(emitted(Vec::new()).is_empty());
    }
}
