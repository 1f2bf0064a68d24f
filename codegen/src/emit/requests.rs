//! Request structs: the parameters and the body of an operation as one plain value.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{OperationNames, required};
use super::docs;
use super::members::{self, Member, Source};
use super::rust_types::Unit;
use super::scope::ident;
use super::setters::{Construction, excessive_bools};
use super::{notes, operation_docs};
use crate::ir::{Operation, ParameterPlace, TypeRef};

/// The request struct with its companion, its constructors and, where one text is all it needs, a conversion.
pub(crate) fn request(unit: &Unit<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let members = members::of_operation(operation);
    let construction = Construction {
        name: &operation.type_name,
        required: &names.required,
        members: &members,
        rest: None,
        derives: quote!(#[derive(Clone, Debug, PartialEq)]),
    };
    let declaration = declaration(unit, operation, names, &construction);
    let companion = construction.companion(unit);
    let inherent = construction.inherent(unit);
    let conversion = conversion(unit, operation, &members);
    quote!(#declaration #companion #inherent #conversion)
}

fn declaration(
    unit: &Unit<'_>,
    operation: &Operation,
    names: &OperationNames,
    construction: &Construction<'_>,
) -> TokenStream {
    let doc = operation_docs::of_request(unit.context, operation, names).tokens();
    let name = ident(&operation.type_name);
    let default = construction.is_default().then(|| quote!(, Default));
    let bools = excessive_bools(construction.members.iter());
    let fields = construction.members.iter().map(|member| {
        let doc = notes::of_member(unit.context, member).or(fallback(member)).tokens();
        let (name, ty) = (ident(member.name), unit.field_type(member));
        quote!(#doc pub #name: #ty)
    });
    quote! {
        #doc
        #[derive(Clone, Debug #default, PartialEq)]
        #bools
        #[non_exhaustive]
        pub struct #name { #(#fields),* }
    }
}

/// What a member is where the document says nothing about it.
fn fallback(member: &Member<'_>) -> String {
    match member.source {
        Some(Source::Body) => "The body.".to_owned(),
        _ => format!("{}.", docs::code(member.wire)),
    }
}

/// The one text that a request needs, if it needs nothing else: the id in its path.
pub(crate) fn only_text<'m, 'a>(unit: &Unit<'_>, members: &'m [Member<'a>]) -> Option<&'m Member<'a>> {
    let required = required(members);
    let [only] = required.as_slice() else { return None };
    let in_path = matches!(only.source, Some(Source::Parameter(parameter)) if parameter.place == ParameterPlace::Path);
    (in_path && *unit.context.resolved(only.ty) == TypeRef::String).then_some(*only)
}

/// `client.get_payout(id)` besides `client.get_payout(GetPayout::new(id))`.
fn conversion(unit: &Unit<'_>, operation: &Operation, members: &[Member<'_>]) -> TokenStream {
    let Some(only) = only_text(unit, members) else {
        return TokenStream::new();
    };
    let (name, value) = (ident(&operation.type_name), ident(only.name));
    let (from, into, string) = (unit.scope.prelude("From"), unit.scope.prelude("Into"), unit.scope.prelude("String"));
    let text = ident(if operation.type_name == "S" { "T" } else { "S" });
    quote! {
        impl<#text: #into<#string>> #from<#text> for #name {
            fn from(#value: #text) -> Self { Self::new(#value) }
        }
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;
    use crate::emit::fixtures::{self, items, parameter, printed};
    use crate::ir::{Argument, Parameter};

    fn emitted(parameters: Vec<Parameter>) -> Vec<syn::Item> {
        let mut api = fixtures::api();
        let arguments = (0..parameters.len()).map(Argument::Parameter).collect();
        api.operations.push(Operation {
            parameters,
            arguments,
            ..fixtures::operation("GetPayout", "GET", "/payouts/{id}")
        });
        items(&api, |unit, _| {
            unit.context.operations().map(|(operation, names)| request(unit, operation, names)).collect()
        })
    }

    #[test]
    fn an_id_alone_converts_into_its_request() {
        let found = emitted(vec![parameter("id", ParameterPlace::Path, TypeRef::String, true)]);
        let conversion: syn::Item = parse_quote! {
            impl<S: Into<String>> From<S> for GetPayout {
                fn from(id: S) -> Self {
                    Self::new(id)
                }
            }
        };
        assert_eq!(found.last().map(printed), Some(printed(&conversion)));
    }

    #[test]
    fn several_required_fields_are_given_by_name() {
        let found = emitted(vec![
            parameter("id", ParameterPlace::Path, TypeRef::String, true),
            parameter("merchant", ParameterPlace::Header, TypeRef::String, true),
            parameter("expand", ParameterPlace::Query, TypeRef::Bool, false),
        ]);
        assert_eq!(fixtures::names(&found), ["struct GetPayout", "struct GetPayoutRequired", "impl GetPayout"]);
        let constructor = printed(&found[2]);
        assert!(constructor.contains("pub fn new(required: GetPayoutRequired) -> Self"), "{constructor}");
        assert!(constructor.contains("expand: None,"), "{constructor}");
    }

    #[test]
    fn the_documentation_says_where_each_field_goes() {
        let found = emitted(vec![parameter("page[size]", ParameterPlace::Query, TypeRef::I64, false)]);
        let text = printed(&found[0]);
        assert!(text.contains("/// `GET /payouts/{id}`\n///\n/// No credential is sent.\n"), "{text}");
        assert!(text.contains("    /// In the query, as `page[size]`.\n    pub page_size: Option<i64>,\n"), "{text}");
        assert!(text.contains("/// let request = GetPayout::new();\n"), "{text}");
    }
}
