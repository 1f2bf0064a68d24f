//! `types.rs`: every schema of the document.

use super::context::Context;
use super::files::{File, Part};
use super::rust_types::Unit;
use super::{aliases, enums, structs, unions};
use crate::ir::{TypeDef, TypeId, TypeKind};

/// The file with all types, in the order of their names.
pub(crate) fn file(context: &Context<'_>) -> String {
    let taken = context.api.types.iter().map(|def| def.name.as_str()).collect();
    let ids: Vec<(TypeId, &TypeDef)> =
        context.api.types.iter().enumerate().map(|(index, def)| (TypeId(index), def)).collect();
    let parts = Part::each(context, &taken, true, &ids, |unit, (id, def)| emit(unit, *id, def));
    let mut file = File::new(context, "The schemas of the document.");
    file.parts(parts);
    file.finish()
}

fn emit(unit: &Unit<'_>, id: TypeId, def: &TypeDef) -> proc_macro2::TokenStream {
    match &def.kind {
        TypeKind::Struct(object) => structs::structure(unit, id, def, object),
        TypeKind::Enum(values) => enums::string_enum(unit, def, values),
        TypeKind::Union(union) => unions::union(unit, id, def, union),
        TypeKind::Alias(target) => aliases::alias(unit, def, target),
    }
}
