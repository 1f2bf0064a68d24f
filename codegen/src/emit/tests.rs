//! What holds for whole crates, whatever the document says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::test_fixtures;
use super::{Manifest, Tree};
use crate::api::ApiKeyLocation;
use crate::rust::{
    Crate, Docs, Enum, EnvelopeLevel, GeneratedModule, Idempotency, Item, ItemKind, Paragraph, Response, SchemeKind,
    Side, Signature, SignatureAlgorithm, Text, Value,
};
use crate::source::EntrySpan;
use crate::{Options, Program, Strictness, generate, syntax};

/// A document with something of everything.
const DOCUMENT: &str = "\
servers: [{url: 'https://live.example', description: Live}, {url: 'https://test.example', description: Test}]
paths:
  /pay/{id}:
    post:
      operationId: pay
      security: [{key: []}]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody:
        required: true
        content:
          application/json:
            x-specie-envelope: data
            schema: {type: object, properties: {data: {type: object, properties: {state: {$ref: '#/components/schemas/State'}}}}}
      responses:
        '200': {description: Ok., content: {text/plain: {schema: {type: string}}}}
        '201': {description: Created., content: {text/plain: {schema: {type: string}}}}
        '400': {description: Wrong., content: {text/plain: {schema: {type: string}}}}
        default: {description: Failed., content: {text/plain: {schema: {type: string}}}}
x-webhooks:
  paid: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Payment'}}}}, responses: {}}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Payment: {type: object, required: [type], properties: {r: {type: number, nullable: true}, type: {$ref: '#/components/schemas/State'}}}
    State: {type: string, enum: [a]}
    Event:
      oneOf: [{$ref: '#/components/schemas/Payment'}, {$ref: '#/components/schemas/Other'}]
      discriminator: {propertyName: type, mapping: {a: '#/components/schemas/Payment', b: '#/components/schemas/Other'}}
    Other: {type: object, properties: {type: {type: string}}}
";

/// The crate of that document with one text wherever a document's text can stand.
fn krate(text: &str) -> Crate {
    let mut krate = test_fixtures::krate(DOCUMENT);
    krate.spec_path = text.into();
    krate.title = text.into();
    krate.version = text.into();
    krate.docs = with_text(krate.docs, text);
    krate.types.iter_mut().for_each(|item| of_item(item, text));
    krate.operations.iter_mut().for_each(|operation| of_operation(operation, text));
    for base in &mut krate.bases {
        base.docs = with_text(base.docs.clone(), text);
        base.urls.iter_mut().for_each(|url| *url = Some(text.into()));
        for address in &mut base.addresses {
            address.docs = with_text(address.docs.clone(), text);
            address.end = text.into();
            address.pieces.iter_mut().for_each(|(before, _)| *before = text.into());
            for variable in &mut address.variables {
                variable.default = text.into();
                variable.docs = with_text(variable.docs.clone(), text);
                if let Some(values) = &mut variable.values {
                    values.docs = with_text(values.docs.clone(), text);
                    values.variants.iter_mut().for_each(|one| {
                        one.value = text.into();
                        one.docs = with_text(one.docs.clone(), text);
                    });
                }
            }
        }
        for server in base.servers.iter_mut().flat_map(|servers| &mut servers.variants) {
            server.url = text.into();
            server.docs = with_text(server.docs.clone(), text);
        }
    }
    for scheme in &mut krate.schemes {
        scheme.key = text.into();
        scheme.kind = SchemeKind::ApiKey { place: ApiKeyLocation::Header, name: text.into() };
        scheme.docs = with_text(scheme.docs.clone(), text);
        scheme.variant_docs = with_text(scheme.variant_docs.clone(), text);
    }
    for webhook in &mut krate.webhooks {
        webhook.id = text.into();
        webhook.signature =
            Some(Signature { header: text.into(), algorithm: signature_of(text), span: EntrySpan::START });
        for docs in
            [&mut webhook.docs, &mut webhook.constant_docs, &mut webhook.receiver_docs, &mut webhook.sender_docs]
        {
            *docs = with_text(docs.clone(), text);
        }
    }
    krate
}

/// An algorithm with a text wherever the document gives one.
fn signature_of(text: &str) -> SignatureAlgorithm {
    SignatureAlgorithm::HmacSha256 { hex: true, prefix: text.into(), timestamp: Some((text.into(), 1)) }
}

/// Documentation that says a text in every way.
fn with_text(docs: Docs, text: &str) -> Docs {
    docs.document(Some(text))
        .text(Text::of_code(text).words(" ").line(text))
        .with(Paragraph::Default(Value::String(text.into())))
        .with(Paragraph::Example(Value::String(text.into())))
        .with(Paragraph::Sentence(Text::from(text).code(text).words(text), text.into()))
        .with(Paragraph::List(vec![Text::of_code(text)]))
        .with(Paragraph::Table(&["a"], vec![vec![Text::of_code(text)]]))
}

fn of_item(item: &mut Item, text: &str) {
    match &mut item.kind {
        ItemKind::Object(object) => {
            object.structure.docs = with_text(object.structure.docs.clone(), text);
            for field in object.structure.fields.iter_mut().filter(|field| field.name == "r") {
                field.wire = text.into();
                field.docs = with_text(field.docs.clone(), text);
                field.brief = with_text(Docs::default(), text);
            }
        }
        ItemKind::Enum(Enum { docs, variants, .. }) => {
            *docs = with_text(docs.clone(), text);
            for variant in variants {
                variant.wire = text.into();
                variant.docs = with_text(variant.docs.clone(), text);
            }
        }
        ItemKind::Union(union) => {
            union.docs = with_text(union.docs.clone(), text);
            if let crate::rust::Decoding::Tag { property, .. } = &mut union.decoding {
                *property = text.into();
            }
            for branch in &mut union.branches {
                branch.docs = with_text(branch.docs.clone(), text);
                branch.tags = vec![text.into()];
            }
        }
        ItemKind::Nested(nested) => nested.docs = with_text(nested.docs.clone(), text),
        ItemKind::Tuple(tuple) => {
            tuple.docs = with_text(tuple.docs.clone(), text);
            for place in &mut tuple.places {
                place.docs = with_text(place.docs.clone(), text);
            }
        }
        ItemKind::Alias { docs, .. } => *docs = with_text(docs.clone(), text),
    }
}

fn of_operation(operation: &mut crate::rust::Operation, text: &str) {
    operation.id = text.into();
    operation.path = text.into();
    operation.tags = vec![text.into()];
    operation.idempotency = Idempotency::Header(text.into());
    for (_, scopes) in operation.security.iter_mut().flat_map(|one| &mut one.schemes) {
        scopes.push(text.into());
    }
    operation.request.docs = with_text(operation.request.docs.clone(), text);
    for method in &mut operation.client_methods {
        method.docs = with_text(method.docs.clone(), text);
    }
    operation.server_docs = with_text(operation.server_docs.clone(), text);
    for field in &mut operation.request.fields {
        field.wire = text.into();
        field.docs = with_text(field.docs.clone(), text);
    }
    if let Some(crate::rust::Payload::Fields { envelope: Some(envelope), .. }) =
        operation.body.as_mut().map(|body| &mut body.payload)
    {
        envelope.levels = vec![EnvelopeLevel { key: text.into(), constants: vec![(text.into(), text.into())] }];
    }
    let answer = |response: &mut Response| {
        response.docs = with_text(response.docs.clone(), text);
        response.headers = vec![text.into()];
        response.body.iter_mut().for_each(|body| body.media.name = text.into());
    };
    if let crate::rust::Success::Several(several) = &mut operation.success {
        several.responses.iter_mut().for_each(answer);
    }
    operation.errors.iter_mut().flat_map(|errors| &mut errors.responses).for_each(answer);
}

fn tree(krate: &Crate, manifest: &Manifest) -> Tree {
    super::tree(krate, manifest)
}

/// The items of every file of a crate, by path.
fn items(krate: &Crate) -> BTreeMap<String, Vec<String>> {
    let files = tree(krate, &Manifest::Workspace).0.into_iter().filter(|(path, _)| path.starts_with("src/"));
    files
        .map(|(path, text)| {
            assert!(!text.contains(['\0', '\r', '\u{202e}', '\u{2028}', '\u{e000}']), "{path}");
            let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
            (path, test_fixtures::names(&file.items))
        })
        .collect()
}

#[test]
fn hostile_texts_keep_the_same_items() {
    let plain = items(&krate("plain"));
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
        for (path, found) in items(&krate(hostile)) {
            assert_eq!(Some(&found), plain.get(&path), "{path} with {hostile:?}");
        }
    }
}

#[test]
fn the_same_api_gives_the_same_bytes() {
    assert_eq!(tree(&krate("text"), &Manifest::Workspace), tree(&krate("text"), &Manifest::Workspace));
}

#[test]
fn an_api_without_operations_is_its_types() {
    let schemas = test_fixtures::schemas("State: {type: string, enum: [a]}");
    let files: Vec<String> = tree(&schemas, &Manifest::Workspace).0.into_keys().collect();
    assert_eq!(files, ["Cargo.toml", "rustfmt.toml", "src/lib.rs", "src/types.rs"]);
    assert_eq!(items(&test_fixtures::krate("paths: {}\n"))["src/types.rs"], Vec::<String>::new());
}

#[test]
fn every_file_says_that_it_is_generated() {
    for (path, text) in tree(&krate("specs/x.yaml"), &Manifest::Workspace).0 {
        let mark = if path.starts_with("src/") { "//" } else { "#" };
        assert!(
            text.starts_with(&format!("{mark} @generated by cargo xtask regenerate from specs/x.yaml.\n")),
            "{path}"
        );
    }
}

/// What a module would be called if it were a crate.
const CRATE: &str = "no_crate_of_its_own";

/// The repository's documents as modules with some sides: the name of each, and its files.
fn modules(sides: &[Side]) -> Vec<(String, Tree)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let files = ["specs", "tests/fixtures/accepted"].into_iter().flat_map(|folder| {
        fs::read_dir(root.join(folder)).expect("a folder").map(|entry| entry.expect("a file").path())
    });
    let documents = files.filter(|file| {
        let is_document = file.extension().is_some_and(|ending| ending == "yaml");
        is_document && !file.to_string_lossy().contains(".overlay.")
    });
    let made = documents.map(|file| {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let module = GeneratedModule::new("crate::pay::r#type", sides.iter().copied()).expect("a path");
        let options = Options {
            crate_name: CRATE.to_owned(),
            strictness: Strictness::Lenient,
            manifest: Manifest::Module(module),
            only: Vec::new(),
            program: Program::Specie,
        };
        let folder = file.parent().expect("a folder").to_string_lossy().into_owned();
        let mut read = |path: &str| fs::read_to_string(path).map_err(|error| error.to_string());
        let source = syntax::gather(&file.to_string_lossy(), &folder, &mut read).source;
        (name, generate(&source, &options).tree.expect("a tree"))
    });
    made.collect()
}

#[test]
fn paths_of_a_module_begin_at_it_and_lead_to_its_files() {
    for sides in [&[][..], &[Side::Client], &[Side::Server], &[Side::Client, Side::Server], &[Side::Fake]] {
        for (name, Tree(mut files)) in modules(sides) {
            assert!(files.remove("Cargo.toml").is_none() && files.remove("rustfmt.toml").is_some());
            let mut declared = 1;
            for (path, text) in &files {
                let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{name}/{path}: {error}"));
                let modules: Vec<_> = file.items.iter().filter(|item| matches!(item, syn::Item::Mod(_))).collect();
                declared += modules.len();
                for (at, _) in text.match_indices("crate::") {
                    let (before, rest) = text.split_at(at);
                    let is_word = before.ends_with(|last: char| last.is_alphanumeric() || last == '_');
                    assert!(is_word || rest.starts_with("crate::pay::r#type::"), "{name}/{path}: {rest:.60}");
                }
                assert!(!text.contains("feature = \""), "{name}/{path}");
                // The prelude of edition 2021 does not have it.
                assert!(!text.contains(" Future<"), "{name}/{path}");
                assert!(!text.contains(&format!("{CRATE}::")), "{name}/{path}");
                let mut fences =
                    text.lines().filter(|line| line.trim_start_matches(['/', '!', ' ']).starts_with("```"));
                while let (Some(start), Some(_)) = (fences.next(), fences.next()) {
                    assert!(!start.ends_with("```"), "{name}/{path} has an example that is compiled");
                }
            }
            assert_eq!(files.len(), declared, "{name} with {sides:?}: {:?}", files.keys());
            for of in ["webhooks", "callbacks"] {
                let Some(text) = files.get(&format!("{of}.rs")) else { continue };
                for (told, file) in [("receiving it", "receive"), ("sending it", "send")] {
                    let is_there = files.contains_key(&format!("{of}/{file}.rs"));
                    assert_eq!(text.contains(told), is_there, "{name} with {sides:?}: {told} in {of}");
                }
            }
            for side in Side::ALL {
                let has = GeneratedModule::new("crate::a", sides.iter().copied()).expect("a path").has(side);
                let has = has && files.contains_key("operations.rs");
                assert_eq!(files.contains_key(&format!("{}.rs", side.as_str())), has, "{name} with {sides:?}");
            }
        }
    }
}
