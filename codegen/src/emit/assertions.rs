//! Keywords of schemas as constants of the runtime: `&[Assertion::Required(&["card"])]`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::imports::ident;
use super::rust_types::Unit;
use crate::rust::{Assertion, ValueType};

/// All assertions of a schema, as a slice.
pub(super) fn schema(unit: &Unit<'_>, asserted: &[Assertion]) -> TokenStream {
    let asserted = asserted.iter().map(|one| assertion(unit, one));
    quote!(&[#(#asserted),*])
}

fn assertion(unit: &Unit<'_>, stated: &Assertion) -> TokenStream {
    let (variant, arguments) = parts(unit, stated);
    let (of, variant) = (unit.scope.import("specie_runtime::check::Assertion"), ident(variant));
    if arguments.is_empty() { quote!(#of::#variant) } else { quote!(#of::#variant(#arguments)) }
}

/// The name of a variant of the runtime's `Assertion`, and its arguments.
fn parts(unit: &Unit<'_>, stated: &Assertion) -> (&'static str, TokenStream) {
    let schema = |of: &Vec<Assertion>| schema(unit, of);
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
        Assertion::Items(places, others) => ("Items", listed(&[schemas(unit, places), schema(others)])),
        Assertion::Contains(of, least, most) => ("Contains", listed(&[schema(of), count(*least), optional(*most)])),
        Assertion::Properties { named, patterns, others } if patterns.is_empty() => {
            ("Properties", listed(&[by_name(named, schema), schema(others)]))
        }
        Assertion::Properties { named, patterns, others } => {
            ("PatternProperties", listed(&[by_name(named, schema), by_name(patterns, schema), schema(others)]))
        }
        Assertion::PropertyNames(of) => ("PropertyNames", schema(of)),
        Assertion::DependentSchemas(entries) => ("DependentSchemas", by_name(entries, schema)),
        Assertion::AnyOf(several) => ("AnyOf", schemas(unit, several)),
        Assertion::OneOf(several) => ("OneOf", schemas(unit, several)),
        Assertion::If(condition, then, otherwise) => ("If", listed(&[condition, then, otherwise].map(schema))),
        Assertion::Not(of) => ("Not", schema(of)),
    }
}

fn schemas(unit: &Unit<'_>, stated: &[Vec<Assertion>]) -> TokenStream {
    let stated = stated.iter().map(|one| schema(unit, one));
    quote!(&[#(#stated),*])
}

fn listed(arguments: &[TokenStream]) -> TokenStream {
    quote!(#(#arguments),*)
}

fn count(count: u64) -> TokenStream {
    let count = Literal::u64_unsuffixed(count);
    quote!(#count)
}

fn optional(count: Option<u64>) -> TokenStream {
    count.map(Literal::u64_unsuffixed).map_or_else(|| quote!(None), |count| quote!(Some(#count)))
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
