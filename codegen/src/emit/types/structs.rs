//! Schemas that are objects: a struct, its constructors, the table that reads and writes it, and its check.

use proc_macro2::TokenStream;
use quote::quote;

use super::{checks, runtime_macros};
use crate::emit::attributes::{derives, lints, non_exhaustive};
use crate::emit::docs;
use crate::emit::imports::{braced, ident};
use crate::emit::rust_types::Unit;
use crate::rust::{Field, Item, Object, Struct, fixed_docs};

/// The struct of an object schema with its constructors, table and check.
pub(super) fn object(unit: &Unit<'_>, item: &Item, object: &Object) -> TokenStream {
    let declaration = declaration(unit, object);
    let construction = construction(unit, &object.structure, object.rest.as_ref().map(|rest| rest.name.as_str()));
    let table = runtime_macros::object(object);
    let check = item.checked.then(|| checks::of_object(unit, object, &item.assertions));
    quote!(#declaration #construction #table #check)
}

/// How a struct is made: the companion with its required fields, the table of `new`, and that of the setters. `rest` is the field that keeps
/// further properties.
pub(in crate::emit) fn construction(unit: &Unit<'_>, structure: &Struct, rest: Option<&str>) -> TokenStream {
    let companion = companion(unit, structure);
    let new = runtime_macros::new(unit, structure, rest);
    let setters = runtime_macros::setters(unit, structure);
    quote!(#companion #new #setters)
}

/// The companion, if `new` takes one.
fn companion(unit: &Unit<'_>, structure: &Struct) -> Option<TokenStream> {
    let companion = structure.companion()?;
    let (doc, name) = (docs::tokens(&companion.docs), ident(&companion.name));
    let (derives, lints) = (derives(&companion.derives), lints(&companion.lints));
    let fields = structure.required().map(|field| {
        let (doc, name, ty) = (docs::tokens(&field.brief), ident(&field.name), unit.rust_type(&field.given()));
        quote!(#doc pub #name: #ty)
    });
    let fields = braced(fields);
    Some(quote!(#doc #derives #lints pub struct #name #fields))
}

fn declaration(unit: &Unit<'_>, object: &Object) -> TokenStream {
    let structure = &object.structure;
    let (doc, name) = (docs::tokens(&structure.docs), ident(&structure.name));
    let (derives, lints) = (derives(&structure.derives), lints(&structure.lints));
    let fields = structure.fields.iter().map(|of| field(unit, of));
    let rest = object.rest.as_ref().map(|rest| {
        let (name, ty) = (ident(&rest.name), unit.map_of(&rest.value));
        let own_doc = docs::fixed(fixed_docs::REST);
        quote!(#own_doc pub #name: #ty)
    });
    let (fields, open) = (braced(fields.chain(rest)), non_exhaustive(Struct::IS_NON_EXHAUSTIVE));
    quote! {
        #doc
        #derives
        #lints
        #open
        pub struct #name #fields
    }
}

/// One public field.
fn field(unit: &Unit<'_>, field: &Field) -> TokenStream {
    let (doc, name, ty) = (docs::tokens(&field.docs), ident(&field.name), unit.rust_type(&field.stored()));
    quote!(#doc pub #name: #ty)
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::{TokenStream, object};
    use crate::emit::test_fixtures::{self, items, printed};
    use crate::rust::{Item, ItemKind};

    fn emitted(payment: &str) -> Vec<syn::Item> {
        items(&test_fixtures::schemas(&format!("Payment: {payment}")), |unit| {
            let item = Item { checked: false, ..unit.krate.types[0].clone() };
            let ItemKind::Object(found) = &item.kind else { return TokenStream::new() };
            object(unit, &item, found)
        })
    }

    #[test]
    fn presence_decides_the_type_and_stands_in_the_table() {
        let found = emitted(
            "{type: object, required: [id, type], properties: {id: {type: string}, type: {type: number, nullable: true}, \
             note: {type: string}, ref: {type: string, nullable: true}}}",
        );
        let expected: syn::Item = parse_quote! {
            /// The schema `Payment`.
            #[derive(Clone, Debug, PartialEq, Eq)]
            #[non_exhaustive]
            pub struct Payment {
                /// `id`.
                pub id: String,
                /// `type`.
                pub r#type: Option<Decimal>,
                /// `note`.
                pub note: Option<String>,
                /// `ref`.
                pub r#ref: Maybe<String>,
            }
        };
        assert_eq!(printed(&found[0]), printed(&expected));
        assert_eq!(
            found[2..].iter().map(printed).collect::<String>(),
            "specie_runtime::new!(Payment from PaymentRequired { id, r#type; note, r#ref });\n\
             specie_runtime::setters!(Payment { note: into String, r#ref(r#ref, \"ref\"): maybe String });\n\
             specie_runtime::object!(Payment {\n    id: required, r#type: nullable = \"type\", note: optional, r#ref: maybe = \"ref\",\n});\n"
        );
    }

    #[test]
    fn one_required_field_is_given_directly() {
        let found = emitted("{type: object, required: [id], properties: {id: {type: string}}}");
        assert_eq!(printed(&found[1]), "specie_runtime::new!(Payment { id: into String });\n");
    }

    #[test]
    fn nothing_required_has_a_default() {
        let found = emitted("{type: object, properties: {check: {type: boolean}}}");
        assert_eq!(printed(&found[1]), "specie_runtime::new!(Payment);\n");
        let setters = "specie_runtime::setters!(Payment { with_check(check, \"check\"): plain bool });\n";
        assert_eq!(printed(&found[2]), setters);
    }
}
