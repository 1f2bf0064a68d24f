//! `From`, where what is inside says which variant is meant.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust_types::Unit;
use super::scope::ident;
use crate::ir::TypeRef;

/// `impl From<Branch> for Union` for each variant whose type no other variant holds.
pub(crate) fn of_variants(unit: &Unit<'_>, name: &str, variants: &[(&str, &TypeRef, bool)]) -> TokenStream {
    let types: Vec<TypeRef> = variants.iter().map(|(_, ty, _)| unit.context.canonical(ty)).collect();
    let unique = |index: usize| types.iter().filter(|ty| Some(*ty) == types.get(index)).count() == 1;
    let conversions = variants.iter().enumerate().filter(|(index, _)| unique(*index));
    conversions.map(|(_, (variant, ty, boxed))| of_variant(unit, name, variant, ty, *boxed)).collect()
}

fn of_variant(unit: &Unit<'_>, name: &str, variant: &str, ty: &TypeRef, boxed: bool) -> TokenStream {
    let (union, variant) = (ident(name), ident(variant));
    let from = unit.scope.prelude("From");
    let inner = unit.rust_type(ty);
    let value = if boxed {
        let smart_pointer = unit.scope.prelude("Box");
        quote!(#smart_pointer::new(value))
    } else {
        quote!(value)
    };
    let text = matches!(unit.context.resolved(ty), TypeRef::String).then(|| {
        quote! {
            impl #from<&str> for #union {
                fn from(value: &str) -> Self { Self::#variant(value.to_owned()) }
            }
        }
    });
    quote! {
        impl #from<#inner> for #union {
            fn from(value: #inner) -> Self { Self::#variant(#value) }
        }
        #text
    }
}
