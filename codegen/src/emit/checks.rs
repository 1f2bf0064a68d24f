//! `Check`: what a server demands of a value beyond its type.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::branches;
use super::members::Member;
use super::rust_types::{Unit, is_plain};
use super::scope::ident;
use crate::ir::{Presence, TypeKind, TypeRef, UnionDef};

/// `impl Check` of an object.
pub(crate) fn of_struct(
    unit: &Unit<'_>,
    name: &str,
    members: &[Member<'_>],
    rest: Option<(&str, &TypeRef)>,
) -> TokenStream {
    let fields: TokenStream = members.iter().map(|member| field(unit, member)).collect();
    let rest = rest.filter(|(_, value)| demands(unit, value)).map(|(rest, _)| {
        let (rest, check) = (ident(rest), unit.scope.import("specie_runtime::Check"));
        quote!(#check::check(&self.#rest, checker);)
    });
    implementation(unit, name, &quote!(#fields #rest))
}

/// `impl Check` of a union.
pub(crate) fn of_union(unit: &Unit<'_>, name: &str, union: &UnionDef, unknown: Option<&str>) -> TokenStream {
    let check = unit.scope.import("specie_runtime::Check");
    let (demanding, silent): (Vec<_>, Vec<_>) = union.branches.iter().partition(|branch| demands(unit, &branch.ty));
    if demanding.is_empty() && unknown.is_none() {
        return implementation(unit, name, &TokenStream::new());
    }
    let demanding = branches::arms(unit, demanding.into_iter());
    let demanding = demanding.iter().map(|pattern| quote!(#pattern => #check::check(value, checker),));
    let silent: Vec<_> = silent.iter().map(|branch| ident(&branch.name)).collect();
    let silent = (!silent.is_empty()).then(|| quote!(#(Self::#silent(_))|* => {}));
    let unknown = unknown.map(|unknown| {
        let unknown = ident(unknown);
        let tags: Vec<String> =
            union.branches.iter().flat_map(|branch| &branch.tags).map(|tag| format!("`{tag}`")).collect();
        let key = Literal::string(union.discriminator.as_deref().unwrap_or_default());
        let message = Literal::string(&format!("must be one of {}", tags.join(", ")));
        let report = at(&quote!(checker.at), &key, &[quote!(checker.violation(#message))]);
        quote!(Self::#unknown(_) => { #report })
    });
    implementation(unit, name, &quote!(match self { #(#demanding)* #silent #unknown }))
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
pub(crate) fn field(unit: &Unit<'_>, member: &Member<'_>) -> TokenStream {
    let (key, name) = (Literal::string(member.wire), ident(member.name));
    let inner = demands(unit, member.ty).then(|| quote!(checker.field(#key, &self.#name);));
    let constraints = constraints(unit, member, &quote!(self.#name));
    let constraints = at(&quote!(checker.at), &key, &constraints);
    quote!(#constraints #inner)
}

/// Statements at a place: `checker.at("key", |checker| …)`.
pub(crate) fn at(method: &TokenStream, key: &Literal, statements: &[TokenStream]) -> TokenStream {
    match statements {
        [] => TokenStream::new(),
        [only] => quote!(#method(#key, |checker| #only);),
        several => quote!(#method(#key, |checker| { #(#several;)* });),
    }
}

/// The constraints of a member as calls of the checker; `subject` is the expression that holds its value.
pub(crate) fn constraints(unit: &Unit<'_>, member: &Member<'_>, subject: &TokenStream) -> Vec<TokenStream> {
    let stated = member.constraints;
    let ty = unit.context.resolved(member.ty);
    let mut calls = Vec::new();
    if has_length(ty) {
        calls.extend(stated.min_length.map(|bound| bounded("min_length", subject, &Literal::u64_unsuffixed(bound))));
        calls.extend(stated.max_length.map(|bound| bounded("max_length", subject, &Literal::u64_unsuffixed(bound))));
    }
    if is_number(ty) {
        if let Some((bound, exclusive)) = &stated.minimum {
            let method = if *exclusive { "exclusive_minimum" } else { "minimum" };
            calls.push(bounded(method, subject, &Literal::string(bound)));
        }
        if let Some((bound, exclusive)) = &stated.maximum {
            let method = if *exclusive { "exclusive_maximum" } else { "maximum" };
            calls.push(bounded(method, subject, &Literal::string(bound)));
        }
        calls.extend(stated.multiple_of.as_ref().map(|step| bounded("multiple_of", subject, &Literal::string(step))));
    }
    if stated.unique && matches!(ty, TypeRef::List(_)) {
        let items = items(member, subject);
        calls.push(quote!(checker.unique(#items)));
    }
    calls
}

fn bounded(method: &str, subject: &TokenStream, bound: &Literal) -> TokenStream {
    let method = ident(method);
    quote!(checker.#method(&#subject, #bound))
}

/// The items of a list that may be absent.
fn items(member: &Member<'_>, subject: &TokenStream) -> TokenStream {
    match member.presence {
        Presence::Required if member.boxed => quote!(#subject.iter()),
        Presence::Required => quote!(&#subject),
        Presence::RequiredNullable | Presence::Optional => quote!(#subject.iter().flatten()),
        Presence::Patch | Presence::Maybe => quote!(#subject.get().into_iter().flatten()),
    }
}

/// Whether values of a type can violate anything by themselves.
pub(crate) fn demands(unit: &Unit<'_>, ty: &TypeRef) -> bool {
    match unit.context.resolved(ty) {
        TypeRef::Formatted(_) => true,
        TypeRef::Named(id) => match unit.context.definition(*id).map(|def| &def.kind) {
            // A value of a closed enum is always one of the list.
            Some(TypeKind::Enum(values)) => values.open,
            _ => true,
        },
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) | TypeRef::Secret(inner) => {
            demands(unit, inner)
        }
        _ => false,
    }
}

fn has_length(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::String | TypeRef::Formatted(_) | TypeRef::List(_) | TypeRef::Map(_) | TypeRef::JsonObject => true,
        TypeRef::Secret(inner) => has_length(inner),
        _ => false,
    }
}

fn is_number(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Decimal | TypeRef::QuotedDecimal | TypeRef::UnixTime => true,
        TypeRef::Secret(inner) => is_number(inner),
        TypeRef::Bool => false,
        other => is_plain(other),
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;
    use crate::emit::fixtures::{self, items, printed};
    use crate::emit::members::of_field;
    use crate::ir::{Constraints, Field, Format};

    #[test]
    fn only_what_can_be_violated_is_checked() {
        let amount = Constraints {
            minimum: Some(("0.01".into(), false)),
            multiple_of: Some("0.01".into()),
            ..Constraints::default()
        };
        let tags = Constraints { unique: true, ..Constraints::default() };
        let fields = [
            fixtures::field("id", TypeRef::String, Presence::Required),
            Field { constraints: amount, ..fixtures::field("amount", TypeRef::Decimal, Presence::Optional) },
            Field {
                constraints: tags,
                ..fixtures::field("tags", TypeRef::List(Box::new(TypeRef::String)), Presence::Patch)
            },
            fixtures::field("due", TypeRef::Formatted(Format::Date), Presence::Required),
        ];
        let members: Vec<_> = fields.iter().map(of_field).collect();
        let found = items(&fixtures::api(), |unit, _| of_struct(unit, "X", &members, None));
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
        let found = items(&fixtures::api(), |unit, _| of_struct(unit, "X", &[], None));
        assert_eq!(
            found.iter().map(printed).collect::<Vec<_>>(),
            [printed(&parse_quote! { impl Check for X { fn check(&self, _: &mut Checker<'_>) {} } })]
        );
    }
}
