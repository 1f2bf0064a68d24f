//! Small values of the intermediate representation, for the tests of emitters.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;

use super::rust_types::Unit;
use super::scope::Scope;
use crate::ir::{
    Api, Body, Constraints, Docs, Envelope, EnvelopeLevel, Field, Idempotency, Info, MediaKind, Operation, Parameter,
    ParameterFormat, ParameterKind, ParameterPlace, Payload, Presence, Reply, Status, StructDef, TypeDef, TypeId,
    TypeKind, TypeRef, Webhook,
};
use crate::rust;

/// An API without anything.
pub(crate) fn api() -> Api {
    Api {
        crate_name: "payouts".into(),
        type_name: "Payouts".into(),
        spec_path: "specs/payouts.yaml".into(),
        info: Info { title: "Payouts".into(), version: "1.0".into(), ..Info::default() },
        types: Vec::new(),
        flattened: BTreeSet::new(),
        operations: Vec::new(),
        bases: Vec::new(),
        schemes: Vec::new(),
        webhooks: Vec::new(),
        census: Vec::new(),
    }
}

/// A field whose wire name is its Rust name.
pub(crate) fn field(name: &str, ty: TypeRef, presence: rust::Presence) -> Field {
    Field {
        name: name.into(),
        wire: name.into(),
        ty,
        presence: stated(presence),
        docs: Docs::default(),
        constraints: Constraints::default(),
    }
}

/// What the document says where a field means this.
fn stated(presence: rust::Presence) -> Presence {
    Presence {
        required: presence.is_required(),
        nullable: !matches!(presence, rust::Presence::Required | rust::Presence::Optional),
    }
}

/// Says that the API sends values of a type.
pub(crate) fn sent_by_the_api(api: &mut Api, id: usize) {
    api.webhooks.push(Webhook {
        id: "sent".into(),
        method_name: "sent".into(),
        payload: TypeRef::Named(TypeId(id)),
        signature: None,
        docs: Docs::default(),
    });
}

/// A schema that is an object.
pub(crate) fn structure(name: &str, fields: Vec<Field>) -> TypeDef {
    definition(name, TypeKind::Struct(StructDef { fields, rest: None, closed: false }))
}

/// A schema.
pub(crate) fn definition(name: &str, kind: TypeKind) -> TypeDef {
    TypeDef { name: name.into(), docs: Docs::default(), kind }
}

/// An operation without parameters, body and answers.
pub(crate) fn operation(type_name: &str, http_method: &str, path: &str) -> Operation {
    let safe = http_method != "POST" && http_method != "PATCH";
    Operation {
        id: type_name.into(),
        method_name: type_name.to_lowercase(),
        type_name: type_name.into(),
        http_method: http_method.into(),
        path: path.into(),
        docs: Docs::default(),
        tags: Vec::new(),
        base: 0,
        security: Vec::new(),
        parameters: Vec::new(),
        body: None,
        arguments: Vec::new(),
        successes: Vec::new(),
        errors: Vec::new(),
        outcomes: Vec::new(),
        harmless: false,
        idempotency: if safe { Idempotency::Natural } else { Idempotency::None },
        reconcile: None,
        pagination: None,
    }
}

/// A parameter; its Rust name is the wire name with underscores for everything else than letters.
pub(crate) fn parameter(wire: &str, place: ParameterPlace, ty: TypeRef, required: bool) -> Parameter {
    let name = wire.trim_end_matches(']').replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    let kind = if matches!(ty, TypeRef::List(_)) { ParameterKind::List } else { ParameterKind::Scalar };
    Parameter {
        name,
        wire: wire.into(),
        place,
        any_path: false,
        format: ParameterFormat::of(place, kind),
        ty,
        required,
        docs: Docs::default(),
        constraints: Constraints::default(),
    }
}

/// A body whose properties are fields of the request, inside of `data`.
pub(crate) fn body(fields: Vec<Field>) -> Body {
    let levels = vec![EnvelopeLevel { key: "data".into(), constants: vec![("type".into(), "payout".into())] }];
    Body {
        media_type: "application/json".into(),
        kind: MediaKind::Json,
        required: true,
        payload: Payload::Fields { envelope: Envelope { levels }, fields, closed: false },
        docs: Docs::default(),
    }
}

/// An answer without a body.
pub(crate) fn reply(status: Status, variant: &str) -> Reply {
    Reply { status, variant: variant.into(), body: None, docs: Docs::default(), headers: Vec::new() }
}

/// What an emitter makes of an API, as items.
pub(crate) fn items(api: &Api, emit: impl FnOnce(&Unit<'_>) -> TokenStream) -> Vec<syn::Item> {
    let krate = crate::plan::krate(api);
    let taken = BTreeSet::new();
    let unit = Unit { krate: &krate, scope: Scope::new(&taken), among_types: true };
    let tokens = emit(&unit);
    syn::parse2::<syn::File>(tokens).expect("emitters write Rust").items
}

/// An item as text, so that two can be compared whatever their literals look like.
pub(crate) fn printed(item: &syn::Item) -> String {
    let tokens = quote::quote!(#item);
    crate::render::items(tokens)
}

/// Items in a word or two, to compare which there are.
pub(crate) fn names(items: &[syn::Item]) -> Vec<String> {
    items
        .iter()
        .map(|item| match item {
            syn::Item::Struct(item) => format!("struct {}", item.ident),
            syn::Item::Enum(item) => format!("enum {}", item.ident),
            syn::Item::Const(item) => format!("const {}", item.ident),
            syn::Item::Fn(item) => format!("fn {}", item.sig.ident),
            syn::Item::Trait(item) => format!("trait {}", item.ident),
            syn::Item::Type(item) => format!("type {}", item.ident),
            syn::Item::Impl(item) => {
                let ty = &item.self_ty;
                let ty = quote::quote!(#ty).to_string();
                match &item.trait_ {
                    Some((path, _)) => format!("impl {} for {ty}", quote::quote!(#path)),
                    None => format!("impl {ty}"),
                }
            }
            syn::Item::Macro(item) => {
                let path = &item.mac.path;
                quote::quote!(#path).to_string()
            }
            other => quote::quote!(#other).to_string(),
        })
        .collect()
}
