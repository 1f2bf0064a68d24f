//! `Check`: what a server demands of a value beyond its type.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::unions;
use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::rust::{Check, Decoding, Field, Nested, Object, Presence, Union};

/// `impl Check` of an object.
pub(super) fn of_object(unit: &Unit<'_>, object: &Object) -> TokenStream {
    let fields: TokenStream = object.structure.fields.iter().map(field).collect();
    let rest = object.rest.as_ref().filter(|rest| rest.checks_value).map(|rest| {
        let (rest, check) = (ident(&rest.name), unit.scope.import("specie_runtime::Check"));
        quote!(#check::check(&self.#rest, checker);)
    });
    implementation(unit, &object.structure.name, &quote!(#fields #rest))
}

/// `impl Check` of a union.
pub(super) fn of_union(unit: &Unit<'_>, name: &str, union: &Union) -> TokenStream {
    let check = unit.scope.import("specie_runtime::Check");
    let demanding = unions::patterns(union, |branch| branch.checks_value);
    if demanding.is_empty() && union.unknown.is_none() {
        return implementation(unit, name, &TokenStream::new());
    }
    let demanding = demanding.iter().map(|pattern| quote!(#pattern => #check::check(value, checker),));
    let silent = union.branches.iter().filter(|branch| !branch.checks_value);
    let silent: Vec<_> = silent.map(|branch| ident(&branch.name)).collect();
    let silent = (!silent.is_empty()).then(|| quote!(#(Self::#silent(_))|* => {}));
    let unknown = union.unknown.as_ref().map(|unknown| unlisted(union, unknown));
    implementation(unit, name, &quote!(match self { #(#demanding)* #silent #unknown }))
}

/// The arm of a value whose discriminator the document does not list.
fn unlisted(union: &Union, unknown: &str) -> TokenStream {
    let unknown = ident(unknown);
    let tags: Vec<String> =
        union.branches.iter().flat_map(|branch| &branch.tags).map(|tag| format!("`{tag}`")).collect();
    let key = Literal::string(match &union.decoding {
        Decoding::Tag { property, .. } => property,
        Decoding::Shape(_) => "",
    });
    let message = Literal::string(&format!("must be one of {}", tags.join(", ")));
    let report = at(&quote!(checker.at), &key, &[quote!(checker.violation(#message))]);
    quote!(Self::#unknown(_) => { #report })
}

/// `impl Check` of a list or map that is a type of its own.
pub(super) fn of_nested(unit: &Unit<'_>, name: &str, nested: &Nested) -> TokenStream {
    let check = unit.scope.import("specie_runtime::Check");
    let subject = quote!(self.0);
    let calls = nested.checks.iter().map(|check| call(check, &subject, || quote!(&#subject)));
    implementation(unit, name, &quote!(#(#calls;)* #check::check(&#subject, checker);))
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

/// What is demanded of one field.
pub(in crate::emit) fn field(field: &Field) -> TokenStream {
    let (key, name) = (Literal::string(&field.wire), ident(&field.name));
    let inner = field.checks_value.then(|| quote!(checker.field(#key, &self.#name);));
    let constraints = at(&quote!(checker.at), &key, &calls(field, &quote!(self.#name)));
    quote!(#constraints #inner)
}

/// What is demanded of a field whose place is marked already: its constraints, then the check of its value.
///
/// `subject` is the expression that holds the value.
pub(in crate::emit) fn value(unit: &Unit<'_>, field: &Field, subject: &TokenStream) -> Vec<TokenStream> {
    let mut statements = calls(field, subject);
    if field.checks_value {
        let check = unit.scope.import("specie_runtime::Check");
        statements.push(quote!(#check::check(&#subject, checker)));
    }
    statements
}

/// Statements at a place: `checker.at("key", |checker| …)`.
pub(in crate::emit) fn at(method: &TokenStream, key: &Literal, statements: &[TokenStream]) -> TokenStream {
    match statements {
        [] => TokenStream::new(),
        [only] => quote!(#method(#key, |checker| #only);),
        several => quote!(#method(#key, |checker| { #(#several;)* });),
    }
}

/// The constraints of a field as calls of the checker.
fn calls(field: &Field, subject: &TokenStream) -> Vec<TokenStream> {
    field.checks.iter().map(|check| call(check, subject, || items(field, subject))).collect()
}

/// One constraint as a call; `items` gives the items of a list.
fn call(check: &Check, subject: &TokenStream, items: impl Fn() -> TokenStream) -> TokenStream {
    let bounded = |method: &str, bound: Literal| {
        let method = ident(method);
        quote!(checker.#method(&#subject, #bound))
    };
    match check {
        Check::MinLength(bound) => bounded("min_length", Literal::u64_unsuffixed(*bound)),
        Check::MaxLength(bound) => bounded("max_length", Literal::u64_unsuffixed(*bound)),
        Check::Minimum(bound) => bounded("minimum", Literal::string(bound)),
        Check::ExclusiveMinimum(bound) => bounded("exclusive_minimum", Literal::string(bound)),
        Check::Maximum(bound) => bounded("maximum", Literal::string(bound)),
        Check::ExclusiveMaximum(bound) => bounded("exclusive_maximum", Literal::string(bound)),
        Check::MultipleOf(step) => bounded("multiple_of", Literal::string(step)),
        Check::Unique => {
            let items = items();
            quote!(checker.unique(#items))
        }
    }
}

/// The items of a list that may be absent.
fn items(field: &Field, subject: &TokenStream) -> TokenStream {
    match field.presence {
        Presence::Required if field.boxed => quote!(#subject.iter()),
        Presence::Required => quote!(&#subject),
        Presence::RequiredNullable | Presence::Optional => quote!(#subject.iter().flatten()),
        Presence::Patch | Presence::Maybe => quote!(#subject.get().into_iter().flatten()),
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::{TokenStream, of_object};
    use crate::emit::fixtures::{self, items, printed};
    use crate::rust::ItemKind;

    fn emitted(properties: &str) -> Vec<syn::Item> {
        let object = format!("X: {{type: object, required: [id], properties: {{id: {{type: string}}{properties}}}}}");
        items(&fixtures::schemas(&object), |unit| {
            let ItemKind::Object(object) = &unit.krate.types[0].kind else { return TokenStream::new() };
            of_object(unit, object)
        })
    }

    #[test]
    fn only_what_can_be_violated_is_checked() {
        let found = emitted(
            ", amount: {type: number, minimum: 0.01, multipleOf: 0.01}, \
             tags: {type: array, items: {type: string}, uniqueItems: true, nullable: true}, due: {type: string, format: date}",
        );
        let expected: syn::Item = parse_quote! {
            impl Check for X {
                fn check(&self, checker: &mut Checker<'_>) {
                    checker.at("amount", |checker| {
                        checker.minimum(&self.amount, "0.01");
                        checker.multiple_of(&self.amount, "0.01");
                    });
                    checker.at("tags", |checker| checker.unique(self.tags.get().into_iter().flatten()));
                    checker.field("due", &self.due);
                }
            }
        };
        assert_eq!(printed(&found[0]), printed(&expected));
    }

    #[test]
    fn what_cannot_be_violated_is_a_trivial_check() {
        let found = emitted("");
        assert_eq!(
            found.iter().map(printed).collect::<Vec<_>>(),
            [printed(&parse_quote! { impl Check for X { fn check(&self, _: &mut Checker<'_>) {} } })]
        );
    }
}
