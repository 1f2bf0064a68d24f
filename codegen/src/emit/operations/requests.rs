//! Request structs: the parameters and the body of an operation as one plain value.

use proc_macro2::TokenStream;
use quote::quote;

use super::shared_docs;
use crate::emit::attributes::{derives, lints, non_exhaustive};
use crate::emit::docs;
use crate::emit::imports::{braced, ident};
use crate::emit::rust_types::Unit;
use crate::emit::types::{construction, conversion_from};
use crate::rust::{Constructor, Conversion, MediaEnum, Operation, Struct};

/// The request struct with its companion, its constructors and, where one value is all it needs, a conversion.
pub(super) fn request(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let (structure, conversion) = (structure(unit, &operation.request), conversion(unit, operation));
    quote!(#structure #conversion)
}

/// A struct of parameters with its companion and its constructors.
pub(super) fn structure(unit: &Unit<'_>, structure: &Struct) -> TokenStream {
    let (declaration, construction) = (declaration(unit, structure), construction(unit, structure, None));
    quote!(#declaration #construction)
}

fn declaration(unit: &Unit<'_>, structure: &Struct) -> TokenStream {
    let (doc, name) = (docs::tokens(&structure.docs), ident(&structure.name));
    let (derives, lints) = (derives(&structure.derives), lints(&structure.lints));
    let fields = structure.fields.iter().map(|field| {
        let (doc, name, ty) = (shared_docs::of(field), ident(&field.name), unit.rust_type(&field.stored()));
        quote!(#doc pub #name: #ty)
    });
    let (fields, open) = (braced(fields), non_exhaustive(Struct::IS_NON_EXHAUSTIVE));
    quote! {
        #doc
        #derives
        #lints
        #open
        pub struct #name #fields
    }
}

/// The enum of the media types of a body.
pub(super) fn choice(unit: &Unit<'_>, choice: &MediaEnum) -> TokenStream {
    let (doc, name, lints) = (docs::tokens(&choice.docs), ident(&choice.name), lints(&choice.lints));
    let (derives, open) = (derives(&choice.derives), non_exhaustive(MediaEnum::IS_NON_EXHAUSTIVE));
    let variants = choice.variants.iter().map(|variant| {
        let (doc, name, value) = (docs::tokens(&variant.docs), ident(&variant.name), unit.rust_type(&variant.value));
        quote!(#doc #name(#value))
    });
    let converted = choice.variants.iter().filter(|variant| variant.conversion != Conversion::None);
    let conversions = converted.map(|variant| {
        conversion_from(unit, (&choice.name, &variant.name), &variant.value, &quote!(value), variant.conversion)
    });
    quote! {
        #doc
        #derives
        #lints
        #open
        pub enum #name { #(#variants),* }
        #(#conversions)*
    }
}

/// `client.get_payout(id)` besides `client.get_payout(GetPayout::new(id))`.
fn conversion(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    let Constructor::One { argument, .. } = &operation.request.constructor else { return None };
    let (name, ty) = (ident(&operation.request.name), unit.rust_type(&argument.ty));
    let into = argument.into.then(|| quote!(into));
    Some(quote!(specie_runtime::from_one!(#name: #into #ty);))
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::request;
    use crate::emit::test_fixtures::{self, items, printed};

    fn emitted(parameters: &str) -> Vec<syn::Item> {
        let krate = test_fixtures::krate(&format!(
            "paths: {{'/payouts/{{id}}': {{get: {{operationId: GetPayout, parameters: [{parameters}], responses: {{}}}}}}}}\n"
        ));
        items(&krate, |unit| request(unit, &unit.krate.operations[0]))
    }

    const ID: &str = "{name: id, in: path, required: true, schema: {type: string}}";

    #[test]
    fn an_id_alone_converts_into_its_request() {
        let found = emitted(ID);
        assert_eq!(
            found.last().map(printed),
            Some(printed(&parse_quote!(specie_runtime::from_one!(GetPayout: into String);)))
        );
    }

    #[test]
    fn whatever_is_required_alone_converts_into_its_request() {
        let number = emitted("{name: id, in: path, required: true, schema: {type: integer}}");
        let conversion: syn::Item = parse_quote!(specie_runtime::from_one!(GetPayout: i64););
        assert_eq!(number.last().map(printed), Some(printed(&conversion)));

        let krate = test_fixtures::krate(
            "paths: {/orders: {post: {operationId: createOrder, requestBody: {required: true, content: {application/json: \
             {schema: {$ref: '#/components/schemas/Order'}}}}, responses: {}}}}\n\
             components: {schemas: {Order: {type: array, items: {type: string}}}}\n",
        );
        let found = items(&krate, |unit| request(unit, &unit.krate.operations[0]));
        let text = found.last().map(printed).unwrap_or_default();
        assert_eq!(text, "specie_runtime::from_one!(CreateOrder: into Vec<String>);\n");
    }

    #[test]
    fn several_required_fields_are_given_by_name() {
        let found = emitted(&format!(
            "{ID}, {{name: merchant, in: header, required: true, schema: {{type: string}}}}, \
             {{name: expand, in: query, schema: {{type: boolean}}}}"
        ));
        assert_eq!(
            test_fixtures::names(&found),
            ["struct GetPayout", "struct GetPayoutRequired", "specie_runtime :: new", "specie_runtime :: setters"]
        );
        assert_eq!(
            printed(&found[2]),
            "specie_runtime::new!(GetPayout from GetPayoutRequired { id, merchant; expand });\n"
        );
    }

    #[test]
    fn the_documentation_says_where_each_field_goes() {
        let found = emitted("{name: 'page[size]', in: query, schema: {type: integer}}");
        let text = printed(&found[0]);
        assert!(text.contains("/// `GET /payouts/{id}`. No credential is sent.\n"), "{text}");
        assert!(text.contains("    /// In the query, as `page[size]`.\n    pub page_size: Option<i64>,\n"), "{text}");
        assert!(text.contains("/// let request = GetPayout::new(\"id\");\n"), "{text}");
    }
}
