//! Keywords of schemas as constants of the runtime: `&[Assertion::Required(&["card"])]`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::imports::ident;
use super::rust_types::Unit;
use crate::rust::{Assertion, ValueType};

/// A schema: all that it says.
pub(super) fn schema(unit: &Unit<'_>, asserted: &[Assertion]) -> TokenStream {
    let asserted = asserted.iter().map(|one| assertion(unit, one));
    quote!(&[#(#asserted),*])
}

fn assertion(unit: &Unit<'_>, stated: &Assertion) -> TokenStream {
    let (variant, arguments) = parts(unit, stated);
    let (of, variant) = (unit.scope.import("specie_runtime::check::Assertion"), ident(variant));
    if arguments.is_empty() { quote!(#of::#variant) } else { quote!(#of::#variant(#arguments)) }
}

/// The variant's name, and what it holds.
fn parts(unit: &Unit<'_>, stated: &Assertion) -> (&'static str, TokenStream) {
    let count = |count: u64| {
        let count = Literal::u64_unsuffixed(count);
        quote!(#count)
    };
    match stated {
        Assertion::Never => ("Never", TokenStream::new()),
        Assertion::UniqueItems => ("UniqueItems", TokenStream::new()),
        Assertion::Type(types) => ("Type", types_of(unit, types)),
        Assertion::Enum(listed) => ("Enum", texts(listed)),
        Assertion::Minimum(bound) => ("Minimum", text(bound)),
        Assertion::ExclusiveMinimum(bound) => ("ExclusiveMinimum", text(bound)),
        Assertion::Maximum(bound) => ("Maximum", text(bound)),
        Assertion::ExclusiveMaximum(bound) => ("ExclusiveMaximum", text(bound)),
        Assertion::MultipleOf(step) => ("MultipleOf", text(step)),
        Assertion::MinLength(least) => ("MinLength", count(*least)),
        Assertion::MaxLength(most) => ("MaxLength", count(*most)),
        Assertion::Pattern(pattern) => ("Pattern", text(pattern)),
        Assertion::MinItems(least) => ("MinItems", count(*least)),
        Assertion::MaxItems(most) => ("MaxItems", count(*most)),
        Assertion::MinProperties(least) => ("MinProperties", count(*least)),
        Assertion::MaxProperties(most) => ("MaxProperties", count(*most)),
        Assertion::Required(names) => ("Required", texts(names)),
        Assertion::DependentRequired(entries) => ("DependentRequired", by_name(entries, |names| texts(names))),
        other => composed(unit, other),
    }
}

/// Assertions that contain schemas: `not`, `if`, `items`.
fn composed(unit: &Unit<'_>, stated: &Assertion) -> (&'static str, TokenStream) {
    let schema = |stated: &Vec<Assertion>| schema(unit, stated);
    let schemas = |stated: &[Vec<Assertion>]| {
        let stated = stated.iter().map(schema);
        quote!(&[#(#stated),*])
    };
    match stated {
        Assertion::Items(places, others) => {
            let (places, others) = (schemas(places), schema(others));
            ("Items", quote!(#places, #others))
        }
        Assertion::Contains(of, least, most) => {
            let (of, least) = (schema(of), Literal::u64_unsuffixed(*least));
            let most = most.map(Literal::u64_unsuffixed).map_or_else(|| quote!(None), |most| quote!(Some(#most)));
            ("Contains", quote!(#of, #least, #most))
        }
        Assertion::Properties { named, patterns, others } if patterns.is_empty() => {
            let (named, others) = (by_name(named, schema), schema(others));
            ("Properties", quote!(#named, #others))
        }
        Assertion::Properties { named, patterns, others } => {
            let (named, patterns, others) = (by_name(named, schema), by_name(patterns, schema), schema(others));
            ("PatternProperties", quote!(#named, #patterns, #others))
        }
        Assertion::PropertyNames(of) => ("PropertyNames", schema(of)),
        Assertion::DependentSchemas(entries) => ("DependentSchemas", by_name(entries, schema)),
        Assertion::AnyOf(several) => ("AnyOf", schemas(several)),
        Assertion::OneOf(several) => ("OneOf", schemas(several)),
        Assertion::If(condition, then, otherwise) => {
            let (condition, then, otherwise) = (schema(condition), schema(then), schema(otherwise));
            ("If", quote!(#condition, #then, #otherwise))
        }
        Assertion::Not(of) => ("Not", schema(of)),
        _ => ("Never", TokenStream::new()),
    }
}

fn text(text: &str) -> TokenStream {
    let text = Literal::string(text);
    quote!(#text)
}

fn texts(texts: &[String]) -> TokenStream {
    let texts = texts.iter().map(|one| Literal::string(one));
    quote!(&[#(#texts),*])
}

fn by_name<T>(entries: &[(String, T)], value: impl Fn(&T) -> TokenStream) -> TokenStream {
    let entries = entries.iter().map(|(name, of)| {
        let (name, of) = (Literal::string(name), value(of));
        quote!((#name, #of))
    });
    quote!(&[#(#entries),*])
}

fn types_of(unit: &Unit<'_>, types: &[ValueType]) -> TokenStream {
    let of = unit.scope.import("specie_runtime::check::SchemaType");
    let types = types.iter().map(|one| {
        let variant = ident(match one {
            ValueType::Null => "Null",
            ValueType::Boolean => "Boolean",
            ValueType::Object => "Object",
            ValueType::Array => "Array",
            ValueType::Number => "Number",
            ValueType::String => "String",
            ValueType::Integer => "Integer",
        });
        quote!(#of::#variant)
    });
    quote!(&[#(#types),*])
}
