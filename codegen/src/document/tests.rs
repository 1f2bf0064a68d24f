mod supplement;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use openapiv3::ReferenceOr;
use serde_json::Value;

use super::path_step::PathStep;
use super::source_map::{ID, ObjectId, ObjectSpans};
use super::{Document, Implementer};
use crate::grammar::{Kind, Shape, Version, visit};
use crate::source::{FileId, Source, Span};
use crate::strictness::Strictness;
use crate::syntax::Node;

/// A document with an object of every kind.
const EVERYTHING: &str = r"
openapi: 3.0.4
info: {title: T, version: '1', contact: {name: N}, license: {name: L}}
servers: [{url: '/{v}', x-specie-server-name: a, variables: {v: {default: a, enum: [a]}}}]
tags: [{name: t, externalDocs: {url: d}}]
externalDocs: {url: d}
security: [{key: [], flow: [read]}]
x-webhooks:
  paid: {post: {operationId: paid, responses: {'200': {description: Ok.}}}}
paths:
  /a/{id}:
    servers: [{url: /b}]
    parameters:
      - {$ref: '#/components/parameters/Id'}
      - {name: q, in: query, style: spaceDelimited, explode: true, allowEmptyValue: true, schema: {type: string}, example: 1.10}
    post:
      operationId: make
      deprecated: true
      tags: [t]
      externalDocs: {url: d}
      security: [{key: []}]
      servers: [{url: /c}]
      parameters: [{name: c, in: cookie, schema: {$ref: '#/components/schemas/A'}}, {name: h, in: header, content: {text/plain: {}}}]
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {type: object, properties: {a: {type: string}}}
            encoding: {a: {contentType: text/plain, explode: false, headers: {X-A: {schema: {type: string}}}}}
            examples: {one: {value: {n: 1.10}}, two: {$ref: '#/components/examples/E'}}
      callbacks: {done: {'{$url}': {get: {responses: {default: {description: Odd.}}}}}}
      responses:
        2Xx:
          description: Some.
          headers: {X-B: {required: true, schema: {type: integer}, example: 10.00}}
          content: {application/json: {schema: {type: object}, example: {a: 1.0}}}
          links: {next: {operationId: make, parameters: {id: 1}, server: {url: /d}}}
        default: {$ref: '#/components/responses/R'}
components:
  schemas: {A: {type: string}}
  parameters: {Id: {name: id, in: path, required: true, schema: {type: string}}}
  responses: {R: {description: Odd.}}
  requestBodies: {B: {content: {application/json: {}}}}
  headers: {H: {schema: {type: string}}}
  examples: {E: {externalValue: e}}
  links: {L: {operationRef: '#/paths/~1a~1{id}/post'}}
  callbacks: {C: {'{$url}': {description: None.}}}
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    flow:
      type: oauth2
      flows:
        implicit: {authorizationUrl: a, scopes: {read: Read.}}
        password: {tokenUrl: a, scopes: {}}
        clientCredentials: {tokenUrl: a, scopes: {}}
        authorizationCode: {authorizationUrl: a, tokenUrl: b, scopes: {}}
    basic: {type: http, scheme: basic}
    open: {type: openIdConnect, openIdConnectUrl: a}
";

fn tree(text: &str) -> Node {
    crate::syntax::tree(&Source::new("a.yaml", text), FileId::ROOT).expect("a tree")
}

fn read(root: &Node) -> Document {
    Document::read(root, Version::V30).unwrap_or_else(|refused| panic!("{refused:?}"))
}

/// Whether objects of a kind stand in the list of objects: all but those of schemas and of our own extensions.
fn is_listed(kind: Kind) -> bool {
    let of_extensions = !kind.object().extensible && kind != Kind::SecurityRequirement;
    !(matches!(kind, Kind::Schema | Kind::Discriminator | Kind::Xml) || of_extensions)
}

/// The objects of a tree that the grammar knows and that are no references: kind and span, however often.
fn expected(root: &Node) -> BTreeMap<(Span, Kind), usize> {
    let mut found = BTreeMap::new();
    let mut root = root.clone();
    visit(&mut root, Shape::Object(Kind::OpenApi), Version::V30, &mut |node, shape| {
        if let Some(kind) = shape.kind().filter(|kind| is_listed(*kind) && node.get("$ref").is_none()) {
            *found.entry((node.span, kind)).or_default() += 1;
        }
        true
    });
    found
}

#[test]
fn every_object_leads_to_its_own_span() {
    let root = tree(EVERYTHING);
    let document = read(&root);
    let mut found = BTreeMap::new();
    for (id, object) in document.objects.iter() {
        *found.entry((object.span, object.kind)).or_default() += 1;
        let pointer = document.objects.pointer(id);
        let node = root.at(&pointer).unwrap_or_else(|| panic!("nothing at {pointer}"));
        assert_eq!(node.span, object.span, "{pointer}");
    }
    assert_eq!(found, expected(&root));
    let kinds: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| is_listed(*kind)).collect();
    for kind in kinds {
        assert!(found.keys().any(|(_, other)| *other == kind), "the document has no {kind:?}");
    }
}

#[test]
fn every_schema_leads_to_its_own_span() {
    let root = tree(EVERYTHING);
    let document = read(&root);
    assert!(document.schemas.len() > 5);
    for (id, schema) in document.schemas.iter() {
        let pointer = document.schemas.pointer(id, &document.objects);
        // A parameter with neither schema nor content takes anything, and stands for that itself.
        let node = root.at(&pointer).unwrap_or_else(|| panic!("nothing at {pointer}"));
        assert_eq!(node.span, schema.span, "{pointer}");
    }
}

/// Takes the numbers out of `openapiv3`'s types, and says which object stands at each pointer.
fn numbers(value: &mut Value, pointer: &str, found: &mut BTreeMap<String, u64>) {
    match value {
        Value::Object(entries) => {
            if let Some(number) = entries.remove(ID).and_then(|number| number.as_u64()) {
                found.insert(pointer.to_owned(), number);
            }
            for (key, inner) in entries {
                numbers(inner, &format!("{pointer}/{}", crate::pointer::escape(key)), found);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter_mut().enumerate() {
                numbers(inner, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// The numbers of all objects of `openapiv3`'s types, those of the supplement among them.
fn all_numbers(document: &Document) -> BTreeMap<String, u64> {
    let json = |value: serde_json::Result<Value>| value.expect("JSON");
    let pointer = |id: Option<ObjectId>| document.objects.pointer(id.expect("a number"));
    let mut found = BTreeMap::new();
    numbers(&mut json(serde_json::to_value(&document.skeleton)), "", &mut found);
    let items = document.supplement.path_items.values().filter_map(ReferenceOr::as_item);
    for item in document.supplement.webhooks.values().chain(items) {
        numbers(&mut json(serde_json::to_value(item)), &pointer(document.id(item)), &mut found);
    }
    for operation in document.supplement.operations.values().flat_map(IndexMap::values) {
        numbers(&mut json(serde_json::to_value(operation)), &pointer(document.id(operation)), &mut found);
    }
    found
}

/// Each object leads to its own span, and each of `openapiv3`'s objects to its own number.
fn assert_numbered(document: &Document, root: &Node, name: &str) {
    let numbers = all_numbers(document);
    let objects: Vec<(ObjectId, &ObjectSpans)> = document.objects.iter().collect();
    for (pointer, number) in &numbers {
        let (id, _) = objects[usize::try_from(*number).expect("an index")];
        // A status may be spelled in small letters.
        assert!(document.objects.pointer(id).eq_ignore_ascii_case(pointer), "{name}: {pointer}");
    }
    let numbered: BTreeSet<ObjectId> =
        numbers.values().map(|number| objects[usize::try_from(*number).expect("an index")].0).collect();
    for (id, object) in objects {
        let pointer = document.objects.pointer(id);
        let node = root.at(&pointer).unwrap_or_else(|| panic!("{name}: nothing at {pointer}"));
        assert_eq!(node.span, object.span, "{name}: {pointer}");
        if let (Kind::Parameter, Some(stated)) = (object.kind, node.get("name")) {
            assert_eq!(object.name_span("name"), stated.span, "{name}: {pointer}");
        }
        let has_room = match object.kind {
            // These are maps in `openapiv3`'s types.
            Kind::Callback | Kind::SecurityRequirement => false,
            // These are not among them.
            Kind::SecurityScheme => node.get("type").and_then(Node::as_str) != Some("mutualTLS"),
            Kind::Link => node.get("operationId").or(node.get("operationRef")).is_some(),
            // Of a parameter with a schema, `openapiv3` holds no content.
            Kind::MediaType => !is_beside_schema(root, &pointer),
            _ => true,
        };
        assert_eq!(numbered.contains(&id), has_room, "{name}: {pointer}");
    }
}

fn is_beside_schema(root: &Node, media_type: &str) -> bool {
    let holder = media_type.rsplit_once("/content/").and_then(|(holder, _)| root.at(holder));
    holder.is_some_and(|holder| holder.get("schema").is_some())
}

#[test]
fn every_object_of_a_document_with_all_kinds_is_numbered() {
    let root = tree(EVERYTHING);
    let document = read(&root);
    assert_numbered(&document, &root, "EVERYTHING");
    let webhook = document.located(&document.supplement.webhooks["paid"]).expect("a number");
    assert_eq!(document.objects.pointer(webhook.id), "/x-webhooks/paid");
}

/// The documents below a folder of the repository.
fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            documents(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "json") {
            found.push(path);
        }
    }
}

#[test]
fn every_object_of_every_document_of_the_repository_is_numbered() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut paths = Vec::new();
    documents(&root.join("specs"), &mut paths);
    documents(&root.join("tests/fixtures"), &mut paths);
    let mut checked = 0;
    for path in paths {
        let name = path.to_string_lossy();
        let folder = path.parent().expect("a folder").to_string_lossy();
        let mut read = |path: &str| std::fs::read_to_string(path).map_err(|error| error.to_string());
        let gathered = crate::gather(&name, &folder, &mut read);
        let (documents, _) = crate::syntax::read(&gathered);
        // Some fixtures are no documents, and others have errors that leave none.
        let (bundled, _) = crate::resolve::bundled(&gathered.source, documents, Strictness::Lenient);
        let Some((root, document)) = bundled.and_then(|bundled| {
            let root = bundled.root.clone();
            Some((root, crate::document::of(bundled).0?.document))
        }) else {
            continue;
        };
        assert_numbered(&document, &root, &name);
        checked += 1;
    }
    assert!(checked > 100, "{checked}");
}

/// What serde reads, without what we keep elsewhere: schemas, extensions, examples, the values of links.
fn bare(value: &mut Value) {
    match value {
        Value::Object(entries) => {
            let is_example = entries.contains_key("externalValue") || entries.contains_key("value");
            entries.retain(|key, _| {
                !(key.starts_with("x-") || key == ID || key == "example" || is_example && key == "value")
            });
            if entries.contains_key("operationId") && !entries.contains_key("responses") {
                entries.retain(|key, _| key != "parameters");
            }
            if let Some(schemas) = entries.get_mut("schemas").and_then(Value::as_object_mut) {
                schemas.values_mut().for_each(|schema| *schema = Value::Null);
            }
            if let Some(schema) = entries.get_mut("schema") {
                *schema = Value::Null;
            }
            entries.values_mut().for_each(bare);
        }
        Value::Array(items) => items.iter_mut().for_each(bare),
        _ => {}
    }
}

#[test]
fn the_types_of_openapiv3_hold_what_serde_reads() {
    let document = read(&tree(EVERYTHING));
    let mut ours = serde_json::to_value(&document.skeleton).expect("JSON");
    let by_serde: openapiv3::OpenAPI = serde_yaml::from_str(&EVERYTHING.replace("2Xx", "2XX")).expect("a document");
    let mut theirs = serde_json::to_value(&by_serde).expect("JSON");
    bare(&mut ours);
    bare(&mut theirs);
    assert_eq!(ours, theirs);
}

#[test]
fn what_openapiv3_has_no_room_for_stands_beside_it() {
    let root = tree(EVERYTHING);
    let document = read(&root);
    let object = |pointer: &str| {
        let mut objects = document.objects.iter();
        let found = objects.find(|(id, _)| document.objects.pointer(*id) == pointer);
        found.unwrap_or_else(|| panic!("nothing at {pointer}")).0
    };
    let value = |pointer: &str, key: &str| {
        document.supplement.value(object(pointer), key).map(|(_, node)| node.to_json_text()).unwrap_or_default()
    };
    let post = "/paths/~1a~1{id}/post";
    assert_eq!(value("/paths/~1a~1{id}/parameters/1", "example"), "1.10");
    assert_eq!(value(&format!("{post}/responses/2Xx/headers/X-B"), "example"), "10.00");
    assert_eq!(value(&format!("{post}/responses/2Xx/links/next"), "parameters"), r#"{"id":1}"#);
    let form = format!("{post}/requestBody/content/multipart~1form-data");
    assert_eq!(value(&format!("{form}/examples/one"), "value"), r#"{"n":1.10}"#);
    assert_eq!(value(&format!("{form}/encoding/a"), "explode"), "false");
    let site = document.supplement.reference(object(&format!("{post}/responses")), &PathStep::named("", "default"));
    let node = root.at(&format!("{post}/responses/default")).expect("a reference");
    assert_eq!(site.map(|site| site.span), Some(node.span));
    let references: usize = document.objects.iter().map(|(id, _)| document.supplement.references(id).count()).sum();
    assert_eq!(references, 3);
    assert_eq!(
        document.objects[ObjectId::ROOT].field("paths").map(|field| field.key),
        root.entry("paths").map(|(key, _)| key.span)
    );
    assert!(document.objects[object("/servers/0")].extension("x-specie-server-name").is_some());
}

#[test]
fn operations_and_components_are_found_from_the_document() {
    let root = tree(EVERYTHING);
    let document = read(&root);
    let found: Vec<_> = document.operations().iter().map(|at| (at.path, at.method, at.implementer)).collect();
    let expected = [
        ("/a/{id}", "post", Implementer::Api),
        ("{$url}", "get", Implementer::User),
        ("paid", "post", Implementer::User),
    ];
    assert_eq!(found, expected);
    for at in document.operations() {
        let node = root.at(&document.objects.pointer(at.id)).expect("an operation");
        assert_eq!(node.span, document.objects[at.id].span);
    }
    let [post, ..] = document.operations()[..] else { panic!("no operation") };
    let shared =
        document.parameter(&post.item.parameters[0]).map(|found| found.stated.parameter_data_ref().name.as_str());
    assert_eq!(shared, Some("id"));
    let odd = post.operation.responses.default.as_ref().and_then(|response| document.response(response));
    assert_eq!(odd.map(|response| response.stated.description.as_str()), Some("Odd."));
}
