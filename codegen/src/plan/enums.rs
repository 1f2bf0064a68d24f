//! Schemas that are lists of strings.

use std::collections::BTreeSet;

use super::docs;
use crate::ir::{EnumDef, TypeDef};
use crate::rust::{Docs, Enum, Text, Variant};

/// The enum of a list of values.
pub(super) fn string_enum(def: &TypeDef, values: &EnumDef, is_open: bool) -> Enum {
    let variants = values.variants.iter().map(|variant| Variant {
        name: variant.name.clone(),
        wire: variant.wire.clone(),
        // What a variant stands for on the wire comes first: it is what a reader looks for.
        docs: docs::document(Docs::line(Text::of_code(&variant.wire)), &variant.docs),
    });
    Enum {
        docs: docs::of_type(def),
        variants: variants.collect(),
        allows_others: values.open,
        unknown: (is_open || values.open)
            .then(|| catch_all(values.variants.iter().map(|variant| variant.name.as_str()))),
    }
}

/// The variant for what the document does not list.
pub(super) fn catch_all<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let taken: BTreeSet<&str> = names.collect();
    let free = |wish: &str| !taken.contains(wish);
    let found = ["Unknown", "Unrecognized", "Unlisted"].into_iter().find(|wish| free(wish));
    found.unwrap_or("UnlistedValue").to_owned()
}
