//! Schemas that are another name for a type.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{self, Doc};
use super::rust_types::Unit;
use super::scope::ident;
use crate::ir::{TypeDef, TypeRef};

/// `pub type Name = …;`
pub(crate) fn alias(unit: &Unit<'_>, def: &TypeDef, target: &TypeRef) -> TokenStream {
    let (name, ty) = (ident(&def.name), unit.rust_type(target));
    let doc = Doc::new().document(&def.docs).or(format!("The schema {}.", docs::code(&def.name))).tokens();
    quote!(#doc pub type #name = #ty;)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::fixtures::{self, items, printed};
    use crate::ir::TypeKind;

    #[test]
    fn an_alias_names_its_type() {
        let target = TypeRef::List(Box::new(TypeRef::Json));
        let def = fixtures::definition("Ids", TypeKind::Alias(target.clone()));
        let found = items(&fixtures::api(), |unit, _| alias(unit, &def, &target));
        assert_eq!(
            found.iter().map(printed).collect::<Vec<_>>(),
            ["/// The schema `Ids`.\npub type Ids = Vec<Json>;\n"]
        );
    }
}
