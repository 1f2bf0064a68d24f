//! `Check`: what a server requires of a value beyond its type.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::runtime_macros;
use crate::emit::assertions;
use crate::emit::constraints::method;
use crate::emit::imports::ident;
use crate::emit::rust_types::Unit;
use crate::rust::{
    Assertion, BranchChecks, Check, Checks, Decoding, Field, Nested, Object, ObjectCheck, PresenceTest, PropertyCount,
    Tuple, Union, UnknownVariant, Within,
};

/// The check of an object.
pub(super) fn of_object(unit: &Unit<'_>, object: &Object, asserted: &[Assertion]) -> TokenStream {
    let count = match &object.check {
        ObjectCheck::Table => return runtime_macros::checks(unit, &object.structure),
        ObjectCheck::Statements(count) => count.as_ref().map(|count| property_count(unit, count)),
    };
    let fields: TokenStream = object.structure.fields.iter().map(|of| field(unit, of)).collect();
    let rest = object.rest.iter().flat_map(|rest| {
        let name = ident(&rest.name);
        statements(unit, &rest.checks, &quote!(&self.#name))
    });
    let asserted = whole(unit, asserted);
    implementation(unit, &object.structure.name, &quote!(#asserted #count #fields #(#rest;)*))
}

/// Checks the number of properties: those that are always there, fields that are present, and the rest map.
fn property_count(unit: &Unit<'_>, of: &PropertyCount) -> TokenStream {
    let certain = Literal::usize_unsuffixed(of.certain);
    let kept = of.rest.as_ref().map(|rest| ident(rest)).map(|rest| quote!(+ self.#rest.len()));
    let optional = of.optional.iter().map(|(name, test)| {
        let name = ident(name);
        match test {
            PresenceTest::IsSome => quote!(self.#name.is_some()),
            PresenceTest::IsNotKeep => quote!(!self.#name.is_keep()),
            PresenceTest::IsNotAbsent => quote!(!self.#name.is_absent()),
        }
    });
    let count = unit.scope.import("specie_runtime::check::PropertyCount");
    let calls = of.checks.iter().map(|check| call(unit, check, &quote!(&count)));
    quote!(let count = #count::new(#certain #kept, &[#(#optional),*]); #(#calls;)*)
}

/// `impl Check` of a union.
pub(super) fn of_union(unit: &Unit<'_>, name: &str, union: &Union, asserted: &[Assertion]) -> TokenStream {
    let asserted = whole(unit, asserted);
    if union.checks.is_empty() {
        return implementation(unit, name, &quote!(#asserted));
    }
    let arms = union.checks.iter().map(|of| arm(unit, of));
    let unknown = match &union.decoding {
        Decoding::Tag { property, unknown, .. } => unknown.as_ref().map(|unknown| unlisted(property, unknown)),
        Decoding::Shape(_) => None,
    };
    implementation(unit, name, &quote!(#asserted match self { #(#arms)* #unknown }))
}

/// The `match` arm of branches whose values have the same type and constraints.
fn arm(unit: &Unit<'_>, of: &BranchChecks) -> TokenStream {
    let names = of.branches.iter().map(|name| ident(name));
    let bodies = of.any_of.iter().map(|checks| block(&statements(unit, checks, &quote!(value))));
    match bodies.collect::<Vec<_>>().as_slice() {
        [] => quote!(#(Self::#names(_))|* => {}),
        [only] => quote!(#(Self::#names(value))|* => #only,),
        several => quote!(#(Self::#names(value))|* => checker.any(&[#(&|checker| #several),*]),),
    }
}

/// The arm of a value whose discriminator the document does not list.
fn unlisted(property: &str, unknown: &UnknownVariant) -> TokenStream {
    let (name, message) = (ident(&unknown.name), Literal::string(&unknown.violation));
    let report = at(&quote!(checker.at), &Literal::string(property), &[quote!(checker.violation(#message))]);
    quote!(Self::#name(_) => { #report })
}

/// `impl Check` of a list or map that is a type of its own.
pub(super) fn of_nested(unit: &Unit<'_>, name: &str, nested: &Nested) -> TokenStream {
    let statements = statements(unit, &nested.checks, &quote!(&self.0));
    implementation(unit, name, &quote!(#(#statements;)*))
}

/// `impl Check` of a list whose places have types of their own.
pub(super) fn of_tuple(unit: &Unit<'_>, name: &str, tuple: &Tuple, asserted: &[Assertion]) -> TokenStream {
    let asserted = whole(unit, asserted);
    let places = tuple.places.iter().enumerate().map(|(number, place)| {
        let number = Literal::usize_unsuffixed(number);
        at(&quote!(checker.index), &number, &statements(unit, &place.checks, &quote!(&self.#number)))
    });
    let number = Literal::usize_unsuffixed(tuple.places.len());
    let rest = tuple.rest.iter().map(|rest| {
        let size = (!rest.size.is_empty()).then(|| {
            let count = unit.scope.import("specie_runtime::check::ItemCount");
            let calls = rest.size.iter().map(|check| call(unit, check, &quote!(&count)));
            quote!(let count = #count(#number + self.#number.len()); #(#calls;)*)
        });
        let each = statements(unit, &rest.checks, &quote!(each));
        let each = (!each.is_empty()).then(|| block(&each));
        let each = each.map(|body| quote!(checker.following(#number, &self.#number, |checker, each| #body);));
        quote!(#size #each)
    });
    implementation(unit, name, &quote!(#asserted #(#places)* #(#rest)*))
}

/// The check of a value against keywords that no type carries; `None` without any.
fn whole(unit: &Unit<'_>, asserted: &[Assertion]) -> Option<TokenStream> {
    let schema = (!asserted.is_empty()).then(|| assertions::schema(unit, asserted));
    schema.map(|schema| quote!(checker.satisfies(self, #schema);))
}

fn implementation(unit: &Unit<'_>, name: &str, body: &TokenStream) -> TokenStream {
    let (check, checker) = (unit.scope.import("specie_runtime::Check"), unit.scope.import("specie_runtime::Checker"));
    let name = ident(name);
    let argument = if body.is_empty() { quote!(_) } else { quote!(checker) };
    quote! {
        impl #check for #name {
            fn check(&self, #argument: &mut #checker<'_>) { #body }
        }
    }
}

/// The statements that check one field.
fn field(unit: &Unit<'_>, field: &Field) -> TokenStream {
    let (key, name) = (Literal::string(&field.wire), ident(&field.name));
    let value = quote!(&self.#name);
    if field.checks.within == Within::ByType {
        let own: Vec<TokenStream> = field.checks.own.iter().map(|check| call(unit, check, &value)).collect();
        let own = at(&quote!(checker.at), &key, &own);
        return quote!(#own checker.field(#key, #value););
    }
    at(&quote!(checker.at), &key, &statements(unit, &field.checks, &value))
}

/// The statements that check a value, inside of the `at` or `each` that names its location. `value` is a reference to it.
fn statements(unit: &Unit<'_>, checks: &Checks, value: &TokenStream) -> Vec<TokenStream> {
    let mut found: Vec<TokenStream> = checks.own.iter().map(|check| call(unit, check, value)).collect();
    match &checks.within {
        Within::Nothing | Within::Items(_) => {}
        Within::ByType => {
            let check = unit.scope.import("specie_runtime::Check");
            found.push(quote!(#check::check(#value, checker)));
        }
        Within::Each(each) => {
            let body = block(&statements(unit, each, &quote!(each)));
            found.push(quote!(checker.each(#value, |checker, each| #body)));
        }
    }
    found
}

/// Statements as one expression.
fn block(statements: &[TokenStream]) -> TokenStream {
    match statements {
        [only] => only.clone(),
        several => quote!({ #(#several;)* }),
    }
}

/// Statements about a part of the value: `checker.at("key", |checker| …)`.
fn at(method: &TokenStream, key: &Literal, statements: &[TokenStream]) -> TokenStream {
    if statements.is_empty() {
        return TokenStream::new();
    }
    let body = block(statements);
    quote!(#method(#key, |checker| #body);)
}

/// One constraint as a call.
fn call(unit: &Unit<'_>, check: &Check, value: &TokenStream) -> TokenStream {
    let (method, arguments) = method(unit, check);
    if arguments.is_empty() { quote!(checker.#method(#value)) } else { quote!(checker.#method(#value, #arguments)) }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::{TokenStream, of_object, of_union};
    use crate::emit::test_fixtures::{self, items, printed};
    use crate::rust::ItemKind;

    fn emitted(properties: &str) -> Vec<syn::Item> {
        let object = format!("X: {{type: object, required: [id], properties: {{id: {{type: string}}{properties}}}}}");
        items(&test_fixtures::schemas(&object), |unit| {
            let ItemKind::Object(object) = &unit.krate.types[0].kind else { return TokenStream::new() };
            of_object(unit, object, &[])
        })
    }

    #[test]
    fn only_what_can_be_violated_is_checked() {
        let found = emitted(
            ", amount: {type: number, minimum: 0.01, multipleOf: 0.01}, \
             tags: {type: array, items: {type: string}, uniqueItems: true, nullable: true}, due: {type: string, format: date}",
        );
        assert_eq!(
            printed(&found[0]),
            "specie_runtime::checks!(X { amount: minimum(\"0.01\") multiple_of(\"0.01\"), tags: unique(), due });\n"
        );
    }

    #[test]
    fn what_lists_and_maps_hold_is_checked() {
        let found = emitted(
            ", codes: {type: array, items: {type: string, nullable: true, minLength: 3}}, \
             rates: {type: object, additionalProperties: {type: array, maxItems: 2, uniqueItems: true, items: {type: integer, minimum: 0}}}, \
             days: {type: array, items: {type: string, format: date, maxLength: 10}}",
        );
        assert_eq!(
            printed(&found[0]),
            "specie_runtime::checks!(X {\n    codes: each { min_length(3) }, rates: each { max_length(2) unique() each { minimum(\"0\") } },\n    \
             days: each { max_length(10) valid },\n});\n"
        );
    }

    #[test]
    fn branches_that_only_their_limits_tell_apart_share_an_arm() {
        let krate = test_fixtures::sent(
            "X",
            "X: {oneOf: [{title: Short, type: string, maxLength: 2}, {title: Brief, type: string, maxLength: 2}, \
             {title: Long, type: string, minLength: 9}, {title: Some, type: array, items: {type: integer, maximum: 5}}, \
             {title: Flag, type: boolean}]}",
        );
        let found = items(&krate, |unit| match &unit.krate.types[0].kind {
            ItemKind::Union(union) => of_union(unit, "X", union, &[]),
            _ => TokenStream::new(),
        });
        let expected: syn::Item = parse_quote! {
            impl Check for X {
                fn check(&self, checker: &mut Checker<'_>) {
                    match self {
                        Self::Short(value) | Self::Brief(value) | Self::Long(value) => {
                            checker.any(&[&|checker| checker.max_length(value, 2), &|checker| checker.min_length(value, 9)])
                        }
                        Self::Some(value) => checker.each(value, |checker, each| checker.maximum(each, "5")),
                        Self::Flag(_) => {}
                    }
                }
            }
        };
        assert_eq!(printed(&found[0]), printed(&expected));
    }

    #[test]
    fn what_cannot_be_violated_is_a_trivial_check() {
        let found = emitted("");
        assert_eq!(found.iter().map(printed).collect::<String>(), "specie_runtime::checks!(X {});\n");
    }
}
