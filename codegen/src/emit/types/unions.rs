//! Schemas that are one of several shapes: an enum, decoded by its discriminator, by the JSON kind, or by trying.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::checks;
use super::construction::lints;
use crate::emit::docs;
use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::rust::{Branch, Conversion, Decoding, Derive, Item, JsonKind, Type, Union};

/// Everything that belongs to one union.
pub(super) fn union(unit: &Unit<'_>, item: &Item, union: &Union) -> TokenStream {
    let name = &item.name;
    let declaration = declaration(unit, name, union);
    let accessors = accessors(unit, name, union);
    let conversions: TokenStream = union.branches.iter().filter_map(|branch| conversion(unit, name, branch)).collect();
    let serialize = serialize(unit, name, union);
    let deserialize = deserialize(unit, name, union);
    let check = item.checked.then(|| checks::of_union(unit, name, union));
    quote!(#declaration #accessors #conversions #serialize #deserialize #check)
}

fn declaration(unit: &Unit<'_>, name: &str, union: &Union) -> TokenStream {
    let (doc, name) = (docs::tokens(&union.docs), ident(name));
    let hash = union.derives.has(Derive::Hash).then(|| quote!(, Eq, Hash));
    let open = union.unknown.is_some().then(|| quote!(#[non_exhaustive]));
    let lints = lints(&union.lints);
    let variants = union.branches.iter().map(|branch| {
        let (doc, name, value) = (docs::tokens(&branch.docs), ident(&branch.name), unit.rust_type(&branch.value));
        if branch.boxed {
            let boxes = unit.scope.prelude("Box");
            return quote!(#doc #name(#boxes<#value>));
        }
        quote!(#doc #name(#value))
    });
    let unknown = union.unknown.as_ref().map(|unknown| {
        let (unknown, json) = (ident(unknown), unit.scope.import("specie_runtime::Json"));
        quote! {
            /// Another kind than the document lists; it is sent back unchanged.
            #unknown(#json),
        }
    });
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq #hash)]
        #open
        #lints
        pub enum #name { #(#variants,)* #unknown }
    }
}

/// `impl Union { fn by_field(&self) -> Option<&JsonObject> … }`
fn accessors(unit: &Unit<'_>, name: &str, union: &Union) -> TokenStream {
    let (name, option) = (ident(name), unit.scope.prelude("Option"));
    let is_only = union.branches.len() == 1 && union.unknown.is_none();
    let accessors = union.branches.iter().map(|branch| {
        let doc = docs::accessor(&branch.name);
        let (method, variant, ty) = (ident(&branch.accessor), ident(&branch.name), unit.rust_type(&branch.value));
        let body = if is_only {
            quote!(match self { Self::#variant(value) => Some(value) })
        } else {
            quote!(if let Self::#variant(value) = self { Some(value) } else { None })
        };
        quote! {
            #doc
            #[must_use]
            pub fn #method(&self) -> #option<&#ty> {
                #body
            }
        }
    });
    quote!(impl #name { #(#accessors)* })
}

/// `From`, where what is inside says which branch is meant.
fn conversion(unit: &Unit<'_>, name: &str, branch: &Branch) -> Option<TokenStream> {
    (branch.conversion != Conversion::None).then(|| {
        let value = if branch.boxed {
            let boxes = unit.scope.prelude("Box");
            quote!(#boxes::new(value))
        } else {
            quote!(value)
        };
        from(unit, (name, &branch.name), &branch.value, &value, branch.conversion)
    })
}

/// `impl From<Type> for Name`, and the same for a text.
pub(in crate::emit) fn from(
    unit: &Unit<'_>,
    (name, variant): (&str, &str),
    ty: &Type,
    value: &TokenStream,
    conversion: Conversion,
) -> TokenStream {
    let (name, variant) = (ident(name), ident(variant));
    let (from, inner) = (unit.scope.prelude("From"), unit.rust_type(ty));
    let text = (conversion == Conversion::Text).then(|| {
        quote! {
            impl #from<&str> for #name {
                fn from(value: &str) -> Self { Self::#variant(value.to_owned()) }
            }
        }
    });
    quote! {
        impl #from<#inner> for #name {
            fn from(value: #inner) -> Self { Self::#variant(#value) }
        }
        #text
    }
}

/// The pattern of each group of branches that hold the same type, as their arms would read the same: `Self::Card(value)`.
pub(super) fn patterns(union: &Union, wanted: impl Fn(&Branch) -> bool) -> Vec<TokenStream> {
    let groups = union.same.iter().map(|group| {
        let branches = group.iter().filter_map(|&index| union.branches.get(index)).filter(|branch| wanted(branch));
        let variants: Vec<_> = branches.map(|branch| ident(&branch.name)).collect();
        quote!(#(Self::#variants(value))|*)
    });
    groups.filter(|pattern| !pattern.is_empty()).collect()
}

fn serialize(unit: &Unit<'_>, name: &str, union: &Union) -> TokenStream {
    let (name, result) = (ident(name), unit.scope.prelude("Result"));
    let (serialize, serializer) = (unit.scope.import("serde::Serialize"), unit.scope.import("serde::Serializer"));
    let mut patterns = patterns(union, |_| true);
    if let Some(unknown) = union.unknown.as_deref().map(ident) {
        match union.same_as_unknown.and_then(|group| patterns.get_mut(group)) {
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

fn deserialize(unit: &Unit<'_>, name: &str, union: &Union) -> TokenStream {
    let result = unit.scope.prelude("Result");
    let (deserialize, deserializer) =
        (unit.scope.import("serde::Deserialize"), unit.scope.import("serde::Deserializer"));
    let body = match &union.decoding {
        Decoding::Tag { property, arms } => by_tag(unit, name, union, (property, arms)),
        Decoding::Shape(kinds) => by_shape(unit, name, union, kinds),
    };
    let name = ident(name);
    quote! {
        impl<'de> #deserialize<'de> for #name {
            fn deserialize<D: #deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> { #body }
        }
    }
}

type Arms = Vec<(usize, Vec<String>)>;

fn by_tag(unit: &Unit<'_>, name: &str, union: &Union, (property, arms): (&str, &Arms)) -> TokenStream {
    let tagged = unit.scope.import("specie_runtime::union::Tagged");
    let (name, property) = (Literal::string(name), Literal::string(property));
    let arms = arms.iter().filter_map(|(index, tags)| {
        let variant = ident(&union.branches.get(*index)?.name);
        let tags = tags.iter().map(|tag| Literal::string(tag));
        Some(quote!(#(#tags)|* => tagged.decode().map(Self::#variant),))
    });
    let otherwise = if let Some(unknown) = union.unknown.as_deref().map(ident) {
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

fn by_shape(unit: &Unit<'_>, name: &str, union: &Union, kinds: &[Option<JsonKind>]) -> TokenStream {
    let branches = unit.scope.import("specie_runtime::union::Branches");
    let name = Literal::string(name);
    let steps = union.branches.iter().zip(kinds).map(|(branch, kind)| {
        let variant = ident(&branch.name);
        if let Some(kind) = kind.map(kind_name) {
            let (method, label) = (ident(kind), Literal::string(kind));
            quote!(.#method(#label, Self::#variant))
        } else {
            let label = Literal::string(&branch.name);
            quote!(.attempt(#label, Self::#variant))
        }
    });
    quote!(#branches::read(#name, deserializer)? #(#steps)* .finish())
}

/// How the runtime calls a kind of JSON.
fn kind_name(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::Object => "object",
        JsonKind::Array => "array",
        JsonKind::String => "string",
        JsonKind::Number => "number",
        JsonKind::Boolean => "boolean",
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::{TokenStream, quote, union};
    use crate::emit::fixtures::{self, items, printed};
    use crate::rust::{Item, ItemKind};

    /// The union of a schema that a server sends, beside other schemas.
    fn emitted(method: &str) -> Vec<syn::Item> {
        changed(method, |_| {})
    }

    /// The same with a change to the plan.
    fn changed(method: &str, change: impl FnOnce(&mut Item)) -> Vec<syn::Item> {
        let krate = fixtures::sent("Method", method);
        let mut item = krate.types.iter().find(|item| item.name == "Method").expect("there is one").clone();
        change(&mut item);
        items(&krate, |unit| {
            let ItemKind::Union(found) = &item.kind else { return TokenStream::new() };
            union(unit, &item, found)
        })
    }

    #[test]
    fn kinds_decide_where_they_differ() {
        let found = emitted(
            "Method: {oneOf: [{title: Object, type: object}, {title: Text, type: string}, {title: Code, type: string}]}",
        );
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
        let found = emitted("Method: {oneOf: [{title: Any}, {title: Text, type: string}]}");
        let text = quote!(#(#found)*).to_string();
        assert!(text.contains(". attempt (\"Text\""), "{text}");
    }

    #[test]
    fn tags_decide_and_what_is_not_listed_is_kept() {
        let found = emitted(
            "Method:\n  oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Card2'}]\n\
             \x20 discriminator: {propertyName: type, mapping: {card: '#/components/schemas/Card', Card2: '#/components/schemas/Card'}}\n\
             Card: {type: object, properties: {last: {type: string}}}\nCard2: {type: object, properties: {first: {type: string}}}",
        );
        let deserialize: syn::Item = parse_quote! {
            impl<'de> Deserialize<'de> for Method {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let tagged = Tagged::read("Method", "type", deserializer)?;
                    match tagged.tag() {
                        "card" | "Card2" => tagged.decode().map(Self::Card),
                        _ => Ok(Self::Unknown(tagged.into_json())),
                    }
                }
            }
        };
        assert_eq!(found.last().map(printed), Some(printed(&deserialize)));
    }

    #[test]
    fn each_branch_has_a_method() {
        let method = "Method: {oneOf: [{title: ByField, type: object}, {title: Text, type: string}]}";
        let expected: syn::Item = parse_quote! {
            impl Method {
                /// The value, if the variant is `ByField`.
                #[must_use]
                pub fn by_field(&self) -> Option<&JsonObject> {
                    if let Self::ByField(value) = self { Some(value) } else { None }
                }
                /// The value, if the variant is `Text`.
                #[must_use]
                pub fn text(&self) -> Option<&String> {
                    if let Self::Text(value) = self { Some(value) } else { None }
                }
            }
        };
        assert_eq!(printed(&emitted(method)[1]), printed(&expected));
        let alone = changed(method, |item| {
            if let ItemKind::Union(union) = &mut item.kind {
                union.branches.truncate(1);
            }
        });
        assert!(!printed(&alone[1]).contains("else"));
    }

    #[test]
    fn a_method_that_means_something_else_keeps_its_meaning() {
        let text = printed(&emitted("Method: {oneOf: [{title: Clone, type: object}, {title: Type, type: string}]}")[1]);
        assert!(text.contains("fn clone2(") && text.contains("fn r#type("), "{text}");
    }
}
