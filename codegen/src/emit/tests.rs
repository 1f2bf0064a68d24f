//! What holds for whole crates, whatever the document says.

use std::collections::BTreeMap;

use super::fixtures::{self, body, definition, field, parameter, reply, structure};
use super::{Manifest, Tree};
use crate::ir::{
    Api, ApiKeyPlace, Argument, Base, Branch, Docs, EnumDef, MediaKind, Operation, ParameterPlace, Provenance, Reply,
    Requirement, Scheme, SchemeKind, Server, Signature, Status, TypeId, TypeKind, TypeRef, UnionDef, Variant, Webhook,
};

use crate::rust::Presence;

/// An API with something of everything, in which one text stands wherever a document's text can stand.
fn api(text: &str) -> Api {
    let docs = Docs {
        summary: Some(text.into()),
        description: Some(text.into()),
        deprecated: true,
        provenance: vec![Provenance {
            source: text.into(),
            reason: text.into(),
            what: Some(text.into()),
            of: vec![text.into()],
        }],
        notes: vec![crate::ir::Note::OfTheBody(text.into())],
    };
    let mut api = fixtures::api();
    api.spec_path = text.into();
    api.info.title = text.into();
    api.info.version = text.into();
    api.info.description = Some(text.into());
    api.info.documentation = Some(text.into());
    api.info.contact = Some(text.into());
    api.info.license = Some(text.into());
    api.info.provenance = docs.provenance.clone();
    types(&mut api, text, &docs);
    operations(&mut api, text, &docs);
    let servers = vec![
        Server { variant: "Live".into(), url: Some(text.into()), docs: docs.clone() },
        Server { variant: "Test".into(), url: Some(text.into()), docs: docs.clone() },
    ];
    api.bases.push(Base { method_name: "base_url".into(), servers, enumerated: true, docs: docs.clone() });
    let kind = SchemeKind::ApiKey { place: ApiKeyPlace::Header, name: text.into() };
    api.schemes.push(Scheme {
        key: text.into(),
        method_name: "key".into(),
        variant: "Key".into(),
        kind,
        docs: docs.clone(),
    });
    api.webhooks.push(Webhook {
        id: text.into(),
        method_name: "paid".into(),
        payload: TypeRef::Named(TypeId(0)),
        signature: Some(Signature { header: text.into(), algorithm: text.into() }),
        docs,
    });
    api
}

fn types(api: &mut Api, text: &str, docs: &Docs) {
    let mut object = structure(
        "Payment",
        vec![
            crate::ir::Field { wire: text.into(), docs: docs.clone(), ..field("r", TypeRef::Decimal, Presence::Maybe) },
            field("type", TypeRef::Named(TypeId(1)), Presence::Required),
        ],
    );
    object.docs = docs.clone();
    let variants = vec![Variant { name: "A".into(), wire: text.into(), docs: docs.clone() }];
    let mut values = definition("State", TypeKind::Enum(EnumDef { variants, open: false }));
    values.docs = docs.clone();
    let branch =
        Branch { name: "Payment".into(), ty: TypeRef::Named(TypeId(0)), tags: vec![text.into()], docs: docs.clone() };
    let union = UnionDef { branches: vec![branch], discriminator: Some(text.into()) };
    let union = definition("Event", TypeKind::Union(union));
    api.types.extend([object, values, union]);
}

fn operations(api: &mut Api, text: &str, docs: &Docs) {
    let answer = |status: Status, variant: &str| Reply {
        body: Some((MediaKind::Text, text.to_owned(), TypeRef::String)),
        docs: docs.clone(),
        headers: vec![(text.to_owned(), docs.clone())],
        ..reply(status, variant)
    };
    let mut parameter = parameter("id", ParameterPlace::Path, TypeRef::String, true);
    parameter.wire = text.into();
    parameter.docs = docs.clone();
    let mut body = body(vec![crate::ir::Field {
        wire: text.into(),
        ..field("state", TypeRef::Named(TypeId(1)), Presence::Optional)
    }]);
    body.docs = docs.clone();
    api.operations.push(Operation {
        id: text.into(),
        docs: docs.clone(),
        security: vec![Requirement { schemes: vec![(0, vec![text.to_owned()])] }],
        parameters: vec![parameter],
        body: Some(body),
        arguments: vec![Argument::Parameter(0), Argument::BodyField(0)],
        successes: vec![answer(Status::Code(200), "Ok"), answer(Status::Code(201), "Created")],
        errors: vec![answer(Status::Code(400), "BadRequest"), answer(Status::Default, "Default")],
        idempotency: crate::ir::Idempotency::Header(text.into()),
        ..fixtures::operation("Pay", "POST", text)
    });
}

fn tree(api: &Api, manifest: &Manifest) -> Tree {
    super::tree(&crate::plan::krate(api), manifest)
}

/// The items of every file of a crate, by path.
fn items(api: &Api) -> BTreeMap<String, Vec<String>> {
    let files = tree(api, &Manifest::Workspace).0.into_iter().filter(|(path, _)| path != "Cargo.toml");
    files
        .map(|(path, text)| {
            assert!(!text.contains(['\0', '\r', '\u{202e}', '\u{2028}', '\u{e000}']), "{path}");
            let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
            (path, fixtures::names(&file.items))
        })
        .collect()
}

#[test]
fn hostile_texts_keep_the_same_items() {
    let plain = items(&api("plain"));
    for hostile in [
        "*/ pub fn evil() {} /*",
        "\"; pub fn evil() {} //",
        "\"#]] pub fn evil() {} #[doc = \"",
        "\n}\npub fn evil() {}\n",
        "```\npub fn evil() {}\n```rust\n",
        "` `` ``` [`evil`] </textarea><script>",
        "\u{202e}\u{2028}\0\r\u{e000}\u{feff}",
        "{}{{}}\\u{0}\\",
        "",
    ] {
        for (path, found) in items(&api(hostile)) {
            assert_eq!(Some(&found), plain.get(&path), "{path} with {hostile:?}");
        }
    }
}

#[test]
fn the_same_api_gives_the_same_bytes() {
    assert_eq!(tree(&api("text"), &Manifest::Workspace), tree(&api("text"), &Manifest::Workspace));
}

#[test]
fn an_api_without_operations_is_its_types() {
    let mut api = api("text");
    api.operations.clear();
    api.webhooks.clear();
    let files: Vec<String> = tree(&api, &Manifest::Workspace).0.into_keys().collect();
    assert_eq!(files, ["Cargo.toml", "src/lib.rs", "src/types.rs"]);
    api.types.clear();
    assert_eq!(items(&api)["src/types.rs"], Vec::<String>::new());
}

#[test]
fn every_file_says_that_it_is_generated() {
    for (path, text) in tree(&api("specs/x.yaml"), &Manifest::Workspace).0 {
        let mark = if path == "Cargo.toml" { "#" } else { "//" };
        assert!(
            text.starts_with(&format!("{mark} @generated by cargo xtask regenerate from specs/x.yaml.\n")),
            "{path}"
        );
    }
}
