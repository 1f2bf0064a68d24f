//! Schemas that are one of several shapes: an enum, decoded by its discriminator, by the JSON kind, or by trying.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{self, Doc};
use super::enums::catch_all;
use super::rust_types::{Unit, wrapped};
use super::scope::ident;
use super::{accessors, branches, checks, conversions};
use crate::ir::{Branch, JsonKind, TypeDef, TypeId, TypeRef, UnionDef};

/// Everything that belongs to one union.
pub(crate) fn union(unit: &Unit<'_>, id: TypeId, def: &TypeDef, union: &UnionDef) -> TokenStream {
    let open = union.open && discriminator(union).is_some();
    let unknown = open.then(|| catch_all(union.branches.iter().map(|branch| branch.name.as_str())));
    let declaration = declaration(unit, def, union, unknown);
    let accessors = accessors::of_union(unit, &def.name, union, unknown.is_some());
    let serialize = serialize(unit, def, union, unknown);
    let deserialize = deserialize(unit, def, union, unknown);
    let conversions = conversions::of_variants(
        unit,
        &def.name,
        &union.branches.iter().map(|branch| (branch.name.as_str(), &branch.ty, branch.boxed)).collect::<Vec<_>>(),
    );
    let check = unit.context.is_checked(id).then(|| checks::of_union(unit, &def.name, union, unknown));
    quote!(#declaration #accessors #conversions #serialize #deserialize #check)
}

/// The property that decides; one whose values name no branch decides nothing.
fn discriminator(union: &UnionDef) -> Option<&str> {
    let named = union.branches.iter().any(|branch| !branch.tags.is_empty());
    union.discriminator.as_deref().filter(|_| named)
}

fn declaration(unit: &Unit<'_>, def: &TypeDef, union: &UnionDef, unknown: Option<&str>) -> TokenStream {
    let name = ident(&def.name);
    let doc = Doc::new().document(&def.docs).or(format!("The schema {}.", docs::code(&def.name))).tokens();
    // A branch that is kept as JSON cannot be hashed.
    let hashable = (def.hashable && unknown.is_none()).then(|| quote!(, Eq, Hash));
    let open = unknown.is_some().then(|| quote!(#[non_exhaustive]));
    let large = large(unit, union);
    let variants = union.branches.iter().map(|branch| {
        let doc = Doc::new().document(&branch.docs).or(of_branch(unit, union, branch)).tokens();
        let (name, ty) = (ident(&branch.name), branch_type(unit, branch));
        quote!(#doc #name(#ty))
    });
    let unknown = unknown.map(|unknown| {
        let (unknown, json) = (ident(unknown), unit.scope.import("specie_runtime::Json"));
        quote! {
            /// Another kind than the document lists; it is sent back unchanged.
            #unknown(#json),
        }
    });
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq #hashable)]
        #open
        #large
        pub enum #name { #(#variants,)* #unknown }
    }
}

/// The values that lead to a branch, or else its name.
fn of_branch(unit: &Unit<'_>, union: &UnionDef, branch: &Branch) -> String {
    match discriminator(union) {
        Some(property) if !branch.tags.is_empty() => {
            let tags: Vec<String> = branch.tags.iter().map(|tag| docs::code(tag)).collect();
            format!("Where {} is {}.", docs::code(property), tags.join(" or "))
        }
        _ => match unit.context.resolved(&branch.ty) {
            TypeRef::Named(id) => {
                format!("A {}.", docs::code(unit.context.definition(*id).map_or("", |def| &def.name)))
            }
            _ => format!("{}.", docs::code(&branch.name)),
        },
    }
}

/// Says that the branches differ in size, where they may.
fn large(unit: &Unit<'_>, union: &UnionDef) -> TokenStream {
    let largest =
        union.branches.iter().filter(|branch| !branch.boxed).map(|branch| unit.context.size(&branch.ty)).max();
    if largest.unwrap_or(0) <= 200 {
        return TokenStream::new();
    }
    quote!(#[allow(clippy::large_enum_variant, reason = "the variants are the document's")])
}

fn branch_type(unit: &Unit<'_>, branch: &Branch) -> TokenStream {
    let ty = unit.rust_type(&branch.ty);
    if branch.boxed { wrapped(&unit.scope.prelude("Box"), &ty) } else { ty }
}

fn serialize(unit: &Unit<'_>, def: &TypeDef, union: &UnionDef, unknown: Option<&str>) -> TokenStream {
    let (name, result) = (ident(&def.name), unit.scope.prelude("Result"));
    let (serialize, serializer) = (unit.scope.import("serde::Serialize"), unit.scope.import("serde::Serializer"));
    let mut patterns = branches::arms(unit, union.branches.iter());
    if let Some(unknown) = unknown.map(ident) {
        let json = union
            .branches
            .iter()
            .position(|branch| !branch.boxed && unit.context.canonical(&branch.ty) == TypeRef::Json);
        match json.and_then(|index| patterns.get_mut(index)) {
            Some(same) => same.extend(quote!(| Self::#unknown(value))),
            None => patterns.push(quote!(Self::#unknown(value))),
        }
    }
    let arms = patterns.iter().map(|pattern| quote!(#pattern => value.serialize(serializer),));
    quote! {
        impl #serialize for #name {
            fn serialize<S: #serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                match self { #(#arms)* }
            }
        }
    }
}

fn deserialize(unit: &Unit<'_>, def: &TypeDef, union: &UnionDef, unknown: Option<&str>) -> TokenStream {
    let (name, result) = (ident(&def.name), unit.scope.prelude("Result"));
    let (deserialize, deserializer) =
        (unit.scope.import("serde::Deserialize"), unit.scope.import("serde::Deserializer"));
    let body = match discriminator(union) {
        Some(property) => by_tag(unit, def, union, property, unknown),
        None => by_shape(unit, def, union),
    };
    quote! {
        impl<'de> #deserialize<'de> for #name {
            fn deserialize<D: #deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> { #body }
        }
    }
}

fn by_tag(unit: &Unit<'_>, def: &TypeDef, union: &UnionDef, property: &str, unknown: Option<&str>) -> TokenStream {
    let tagged = unit.scope.import("specie_runtime::union::Tagged");
    let (name, property) = (Literal::string(&def.name), Literal::string(property));
    // A value that names two branches leads to the first.
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let arms: Vec<TokenStream> = union
        .branches
        .iter()
        .filter_map(|branch| {
            let variant = ident(&branch.name);
            let own: Vec<Literal> =
                branch.tags.iter().filter(|tag| seen.insert(tag)).map(|tag| Literal::string(tag)).collect();
            (!own.is_empty()).then(|| quote!(#(#own)|* => tagged.decode().map(Self::#variant),))
        })
        .collect();
    let otherwise = if let Some(unknown) = unknown.map(ident) {
        quote!(Ok(Self::#unknown(tagged.into_json())))
    } else {
        let tags = union.branches.iter().flat_map(|branch| &branch.tags).map(|tag| Literal::string(tag));
        quote!(Err(tagged.unlisted(&[#(#tags),*])))
    };
    quote! {
        let tagged = #tagged::read(#name, #property, deserializer)?;
        match tagged.tag() { #(#arms)* _ => #otherwise, }
    }
}

fn by_shape(unit: &Unit<'_>, def: &TypeDef, union: &UnionDef) -> TokenStream {
    let branches = unit.scope.import("specie_runtime::union::Branches");
    let name = Literal::string(&def.name);
    let steps = union.branches.iter().map(|branch| {
        let variant = ident(&branch.name);
        if let Some(kind) = own_kind(union, branch) {
            let (method, label) = (ident(kind), Literal::string(kind));
            quote!(.#method(#label, Self::#variant))
        } else {
            let label = Literal::string(&branch.name);
            quote!(.attempt(#label, Self::#variant))
        }
    });
    quote!(#branches::read(#name, deserializer)? #(#steps)* .finish())
}

/// The JSON kind of a branch, if no other branch can have it.
fn own_kind(union: &UnionDef, branch: &Branch) -> Option<&'static str> {
    let kind = branch.json?;
    let others = union.branches.iter().filter(|other| !std::ptr::eq(*other, branch));
    let alone = others.into_iter().all(|other| other.json.is_some_and(|other| other != kind));
    alone.then_some(match kind {
        JsonKind::Object => "object",
        JsonKind::Array => "array",
        JsonKind::String => "string",
        JsonKind::Number => "number",
        JsonKind::Boolean => "boolean",
    })
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;
    use crate::emit::fixtures::{self, items, printed};
    use crate::ir::{Docs, TypeKind};

    fn branch(name: &str, ty: TypeRef, json: Option<JsonKind>, tags: &[&str]) -> Branch {
        let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        Branch { name: name.into(), ty, boxed: false, json, tags, docs: Docs::default() }
    }

    fn emitted(union_def: &UnionDef) -> Vec<syn::Item> {
        let mut api = fixtures::api();
        api.types.push(fixtures::definition("Method", TypeKind::Union(union_def.clone())));
        items(&api, |unit, api| union(unit, TypeId(0), &api.types[0], union_def))
    }

    #[test]
    fn kinds_decide_where_they_differ() {
        let found = emitted(&UnionDef {
            branches: vec![
                branch("Object", TypeRef::JsonObject, Some(JsonKind::Object), &[]),
                branch("Text", TypeRef::String, Some(JsonKind::String), &[]),
                branch("Code", TypeRef::String, Some(JsonKind::String), &[]),
            ],
            discriminator: None,
            open: false,
        });
        assert_eq!(
            fixtures::names(&found),
            [
                "enum Method",
                "impl Method",
                "impl From < JsonObject > for Method",
                "impl Serialize for Method",
                "impl Deserialize < 'de > for Method"
            ]
        );
        let serialize: syn::Item = parse_quote! {
            impl Serialize for Method {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    match self {
                        Self::Object(value) => value.serialize(serializer),
                        Self::Text(value) | Self::Code(value) => value.serialize(serializer),
                    }
                }
            }
        };
        let deserialize: syn::Item = parse_quote! {
            impl<'de> Deserialize<'de> for Method {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    Branches::read("Method", deserializer)?
                        .object("object", Self::Object)
                        .attempt("Text", Self::Text)
                        .attempt("Code", Self::Code)
                        .finish()
                }
            }
        };
        assert_eq!(printed(&found[3]), printed(&serialize));
        assert_eq!(printed(&found[4]), printed(&deserialize));
    }

    #[test]
    fn a_branch_of_any_kind_makes_all_others_attempts() {
        let found = emitted(&UnionDef {
            branches: vec![
                branch("Any", TypeRef::Json, None, &[]),
                branch("Text", TypeRef::String, Some(JsonKind::String), &[]),
            ],
            discriminator: None,
            open: false,
        });
        let text = quote!(#(#found)*).to_string();
        assert!(text.contains(". attempt (\"Text\""), "{text}");
    }

    #[test]
    fn tags_decide_and_what_is_not_listed_is_kept() {
        let found = emitted(&UnionDef {
            branches: vec![
                branch("Card", TypeRef::JsonObject, Some(JsonKind::Object), &["card", "CARD"]),
                branch("Card2", TypeRef::JsonObject, Some(JsonKind::Object), &["card"]),
            ],
            discriminator: Some("type".into()),
            open: true,
        });
        let deserialize: syn::Item = parse_quote! {
            impl<'de> Deserialize<'de> for Method {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let tagged = Tagged::read("Method", "type", deserializer)?;
                    match tagged.tag() {
                        "card" | "CARD" => tagged.decode().map(Self::Card),
                        _ => Ok(Self::Unknown(tagged.into_json())),
                    }
                }
            }
        };
        assert_eq!(found.last().map(printed), Some(printed(&deserialize)));
    }
}
