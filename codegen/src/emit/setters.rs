//! How structs are made: `new`, the companion with the required fields, and a setter for each optional one.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::required;
use super::docs::{self, Doc};
use super::members::{self, Member};
use super::rust_types::{Unit, is_plain};
use super::scope::{ident, written};
use crate::ir::Presence;

/// A struct that is about to get its constructors.
pub(crate) struct Construction<'a> {
    /// The struct's name.
    pub(crate) name: &'a str,
    /// Its companion's name.
    pub(crate) required: &'a str,
    /// Its members.
    pub(crate) members: &'a [Member<'a>],
    /// The field that keeps further properties, and its first value.
    pub(crate) rest: Option<(&'a str, TokenStream)>,
    /// What the companion derives.
    pub(crate) derives: TokenStream,
}

impl Construction<'_> {
    /// Whether the struct can be made out of nothing.
    pub(crate) fn is_default(&self) -> bool {
        required(self.members).is_empty()
    }

    /// The companion, if `new` takes one.
    pub(crate) fn companion(&self, unit: &Unit<'_>) -> TokenStream {
        let required = required(self.members);
        if required.len() < 2 {
            return TokenStream::new();
        }
        let (name, derives) = (ident(self.required), &self.derives);
        // `new` would otherwise only copy out of what it is given.
        let copy =
            required.iter().all(|member| !member.boxed && unit.is_copy(member.ty)).then(|| quote!(#[derive(Copy)]));
        let doc = Doc::line(format!("What a [`{}`] must have.", self.name)).tokens();
        let bools = excessive_bools(required.iter().copied());
        let fields = required.iter().map(|member| {
            let doc = brief(member).tokens();
            let (name, ty) = (ident(member.name), unit.given_type(member));
            quote!(#doc pub #name: #ty)
        });
        quote!(#doc #derives #copy #bools pub struct #name { #(#fields),* })
    }

    /// `impl` with `new` and the setters.
    pub(crate) fn inherent(&self, unit: &Unit<'_>) -> TokenStream {
        let name = ident(self.name);
        let new = self.new_function(unit);
        let setters =
            self.members.iter().filter(|member| !member.is_required()).map(|member| setter(unit, member, self.members));
        quote!(impl #name { #new #(#setters)* })
    }

    fn new_function(&self, unit: &Unit<'_>) -> TokenStream {
        match required(self.members).as_slice() {
            [] => quote! {
                /// One in which every field is absent.
                #[must_use]
                pub fn new() -> Self { Self::default() }
            },
            [only] => self.new_of_one(unit, only),
            _ => {
                let required = ident(self.required);
                let fields = self.fields(unit, |member| {
                    let name = ident(member.name);
                    quote!(required.#name)
                });
                let doc = self.new_doc("fields").tokens();
                quote! {
                    #doc
                    #[must_use]
                    pub fn new(required: #required) -> Self { Self { #fields } }
                }
            }
        }
    }

    /// What `new` gives, other fields than the required ones being mentioned where there are any.
    fn new_doc(&self, required: &str) -> Doc {
        let others = if self.members.iter().all(Member::is_required) { "" } else { "; the others are absent" };
        Doc::line(format!("One with its required {required}{others}."))
    }

    fn new_of_one(&self, unit: &Unit<'_>, only: &Member<'_>) -> TokenStream {
        // Clippy takes these for placeholders.
        let placeholder = matches!(only.name, "foo" | "baz" | "quux");
        let name = ident(if placeholder { "value" } else { only.name });
        let (ty, value) = argument(unit, only, &name);
        let fields = self.fields(unit, |_| value.clone());
        let doc = self.new_doc(&format!("field, {}", docs::code(&written(only.name)))).tokens();
        quote! {
            #doc
            #[must_use]
            pub fn new(#name: #ty) -> Self { Self { #fields } }
        }
    }

    /// The fields of the struct literal in `new`.
    fn fields(&self, unit: &Unit<'_>, given: impl Fn(&Member<'_>) -> TokenStream) -> TokenStream {
        let fields = self.members.iter().map(|member| {
            let name = ident(member.name);
            if !member.is_required() {
                let absent = unit.absent(member.presence);
                return quote!(#name: #absent,);
            }
            let value = unit.boxed(member, given(member));
            if name == value.to_string() { quote!(#name,) } else { quote!(#name: #value,) }
        });
        let rest = self.rest.as_ref().map(|(name, value)| {
            let name = ident(name);
            quote!(#name: #value,)
        });
        quote!(#(#fields)* #rest)
    }
}

/// The parameter type of `new` or a setter, and the value it becomes.
fn argument(unit: &Unit<'_>, member: &Member<'_>, name: &Ident) -> (TokenStream, TokenStream) {
    // The value of a plain optional field is given as it is; a three-state field takes the states as well.
    let ty = match member.presence {
        Presence::Required | Presence::Optional => unit.rust_type(member.ty),
        Presence::RequiredNullable | Presence::Patch | Presence::Maybe => unit.given_type(member),
    };
    let plain = is_plain(member.ty) && matches!(member.presence, Presence::Required | Presence::Optional);
    if plain {
        return (ty, quote!(#name));
    }
    let into = unit.scope.prelude("Into");
    (quote!(impl #into<#ty>), quote!(#name.into()))
}

fn setter(unit: &Unit<'_>, member: &Member<'_>, members: &[Member<'_>]) -> TokenStream {
    let method = ident(&members::setter(member, members));
    let (name, argument_name) = (ident(member.name), ident("value"));
    let (ty, value) = argument(unit, member, &argument_name);
    let value = unit.boxed(member, value);
    let value = if member.presence == Presence::Optional { quote!(Some(#value)) } else { value };
    let states = match member.presence {
        Presence::Patch => "; `Patch::Clear` writes null",
        Presence::Maybe => "; `Maybe::Null` writes null",
        _ => "",
    };
    let doc = Doc::line(format!("Sets {}{states}.", docs::code(wire_name(member)))).tokens();
    quote! {
        #doc
        #[must_use]
        pub fn #method(mut self, #argument_name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}

/// What a member is called on the wire; a whole body has no name there.
fn wire_name<'m>(member: &Member<'m>) -> &'m str {
    if member.wire.is_empty() { member.name } else { member.wire }
}

/// The first line of a member's documentation, for places that repeat it.
fn brief(member: &Member<'_>) -> Doc {
    Doc::line(docs::summary(member.docs).unwrap_or_else(|| format!("{}.", docs::code(wire_name(member)))))
}

/// Says that a struct has more flags than clippy likes, where it has.
pub(crate) fn excessive_bools<'a>(members: impl Iterator<Item = &'a Member<'a>>) -> TokenStream {
    let flags =
        members.filter(|member| *member.ty == crate::ir::TypeRef::Bool && member.presence == Presence::Required);
    if flags.count() <= 3 {
        return TokenStream::new();
    }
    quote!(#[expect(clippy::struct_excessive_bools, reason = "the fields are the document's")])
}
