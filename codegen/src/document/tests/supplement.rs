//! The supplement, held against the grammar: it keeps what `openapiv3` has no room for.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{is_listed, read, tree};
use crate::document::source_map::ObjectId;
use crate::document::{Document, beyond_openapiv3};
use crate::grammar::{Kind, Shape, Version};
use crate::pointer;

/// The keys that have a place of their own in the supplement.
const STRUCTURES: &[(Kind, &[&str])] = &[
    (Kind::OpenApi, &["webhooks"]),
    (Kind::PathItem, &["query", "additionalOperations"]),
    (Kind::MediaType, &["itemSchema"]),
    (Kind::Components, &["pathItems"]),
    (Kind::OAuthFlows, &["deviceAuthorization"]),
];

/// The keys whose objects are copied to where references name them, before a document is read.
const COPIED: &[(Kind, &[&str])] = &[(Kind::PathItem, &["$ref"]), (Kind::Components, &["mediaTypes"])];

/// A kind of object and one of its keys.
type KindAndKey = (&'static str, &'static str);

/// The keys that have a place in the supplement, or need none.
fn listed() -> BTreeSet<KindAndKey> {
    let all = beyond_openapiv3::VALUES.iter().chain(STRUCTURES).chain(COPIED);
    all.flat_map(|(kind, keys)| keys.iter().map(|key| (kind.name(), *key))).collect()
}

#[test]
fn the_supplement_lists_keys_of_the_grammar() {
    for (name, key) in listed() {
        let kind = Kind::ALL.iter().find(|kind| kind.name() == name).expect("a kind");
        assert!(kind.field(key, Version::V32).is_some(), "{name} has no `{key}`");
    }
}

/// `openapiv3` is one of OpenAPI 3.0: it has no field for what came later.
#[test]
fn every_key_of_a_later_version_has_a_place_in_the_supplement() {
    let mut later = BTreeSet::new();
    for kind in Kind::ALL.iter().copied().filter(|kind| is_listed(*kind)) {
        let fields = kind.fields(Version::V32).chain(kind.fields(Version::V31));
        let new = fields.filter(|field| kind.field(field.name, Version::V30).is_none());
        later.extend(new.map(|field| (kind.name(), field.name)));
    }
    let missing: Vec<KindAndKey> = later.difference(&listed()).copied().collect();
    assert!(later.len() > 15 && missing.is_empty(), "{missing:?}");
}

/// A document of OpenAPI 3.0 in which each kind of object has each of its keys, and none the value that it has by default.
const EVERY_KEY: &str = r"
openapi: 3.0.4
info:
  {title: T, description: D, termsOfService: s, version: '1', contact: {name: N, url: u, email: e@a.example}, license: {name: L, url: u}}
servers: [{url: '/{v}', description: D, variables: {v: {default: a, enum: [a], description: D}}}]
tags: [{name: t, description: D, externalDocs: {url: d, description: D}}]
externalDocs: {url: d, description: D}
security: [{key: []}]
paths:
  /a:
    summary: S
    description: D
    servers: [{url: /b}]
    parameters:
      - {name: q, in: query, description: D, required: true, deprecated: true, allowEmptyValue: true, style: pipeDelimited, explode: false,
         allowReserved: true, schema: {type: array, items: {type: string}}, example: 1.10}
      - {name: c, in: cookie, content: {text/plain: {}}, examples: {one: {value: a}}}
    get: {responses: {}}
    put: {responses: {}}
    delete: {responses: {}}
    options: {responses: {}}
    head: {responses: {}}
    patch: {responses: {}}
    trace: {responses: {}}
    post:
      tags: [t]
      summary: S
      description: D
      externalDocs: {url: d}
      operationId: make
      parameters: [{name: h, in: header, schema: {type: string}}]
      requestBody:
        description: D
        required: true
        content:
          multipart/form-data:
            schema: {type: object}
            example: {a: 1.10}
            encoding:
              a: {contentType: text/plain, headers: {X-A: {schema: {type: string}}}, style: deepObject, explode: true, allowReserved: true}
          text/plain: {examples: {one: {summary: S, description: D, value: 1.10}, two: {externalValue: e}}}
      responses:
        '200':
          description: D
          headers:
            X-B: {description: D, required: true, deprecated: true, allowEmptyValue: true, style: simple, explode: true, allowReserved: true,
                  schema: {type: array, items: {type: string}}, example: 1.10}
            X-C: {content: {text/plain: {}}, examples: {one: {value: a}}}
          content: {text/plain: {}}
          links:
            next: {operationId: make, parameters: {id: 1.10}, requestBody: 1.10, description: D, server: {url: /d}}
            last: {operationRef: '#/paths/~1a/post'}
      callbacks: {done: {'{$url}': {description: D}}}
      deprecated: true
      security: [{key: []}]
      servers: [{url: /c}]
components:
  schemas: {A: {type: string}}
  responses: {R: {description: D}}
  parameters: {P: {name: id, in: query, schema: {type: string}}}
  examples: {E: {value: e}}
  requestBodies: {B: {content: {text/plain: {}}}}
  headers: {H: {schema: {type: string}}}
  securitySchemes:
    key: {type: apiKey, description: D, in: header, name: X-Key}
    bearer: {type: http, scheme: bearer, bearerFormat: b}
    open: {type: openIdConnect, openIdConnectUrl: a}
    flow:
      type: oauth2
      flows:
        implicit: {authorizationUrl: a, refreshUrl: c, scopes: {read: R}}
        password: {tokenUrl: a, refreshUrl: c, scopes: {read: R}}
        clientCredentials: {tokenUrl: a, refreshUrl: c, scopes: {read: R}}
        authorizationCode: {authorizationUrl: a, tokenUrl: b, refreshUrl: c, scopes: {read: R}}
  links: {L: {operationId: make}}
  callbacks: {C: {'{$url}': {description: D}}}
";

/// What `openapiv3` keeps of a document, as JSON; `None` where it does not read it.
fn kept(document: &Value) -> Option<Value> {
    let read: openapiv3::OpenAPI = serde_json::from_value(document.clone()).ok()?;
    serde_json::to_value(read).ok()
}

/// A document without one key of the object at a pointer.
fn without(document: &Value, object: &str, key: &str) -> Value {
    let mut document = document.clone();
    let object = document.pointer_mut(object).and_then(Value::as_object_mut);
    object.and_then(|object| object.remove(key)).expect("the key");
    document
}

/// A key is lost where nothing changes without it, and where numbers do not keep their text.
#[test]
fn every_key_of_openapi_3_0_that_openapiv3_loses_has_a_place_in_the_supplement() {
    let root = tree(EVERY_KEY);
    let (document, whole) = (read(&root), serde_yaml::from_str::<Value>(EVERY_KEY).expect("a document"));
    let all = kept(&whole).expect("a document of openapiv3");
    let (mut seen, mut lost) = (BTreeSet::new(), BTreeSet::new());
    for (id, object) in document.objects.iter() {
        let at = document.objects.pointer(id);
        let node = root.at(&at).expect("the object");
        for field in object.kind.fields(Version::V30) {
            let Some(value) = node.get(field.name) else { continue };
            seen.insert((object.kind.name(), field.name));
            let kept_value = all.pointer(&format!("{at}/{}", pointer::escape(field.name)));
            let is_changed = matches!(field.shape, Shape::Any | Shape::Map(Shape::Any))
                && kept_value.map(Value::to_string) != Some(value.to_json_text());
            if is_changed || kept(&without(&whole, &at, field.name)).is_some_and(|other| other == all) {
                lost.insert((object.kind.name(), field.name));
            }
        }
    }
    let kinds = Kind::ALL.iter().filter(|kind| is_listed(**kind));
    let every = kinds.flat_map(|kind| kind.fields(Version::V30).map(|field| (*kind, field.name)));
    let is_read = |(kind, key): &(Kind, &str)| !COPIED.iter().any(|(of, keys)| of == kind && keys.contains(key));
    let every: BTreeSet<KindAndKey> = every.filter(is_read).map(|(kind, key)| (kind.name(), key)).collect();
    assert_eq!(every.difference(&seen).collect::<Vec<_>>(), [&("", ""); 0], "keys that the document lacks");
    assert_eq!(lost.difference(&listed()).collect::<Vec<_>>(), [&("", ""); 0], "keys that are lost");
    assert!(lost.contains(&(Kind::Header.name(), "explode")) && lost.contains(&(Kind::Parameter.name(), "example")));
}

#[test]
fn later_versions_keep_what_openapiv3_has_no_room_for() {
    let root = tree(
        r"
openapi: 3.2.0
$self: /a
info: {title: T, version: '1', summary: S, license: {name: L, identifier: MIT}}
webhooks: {paid: {post: {responses: {'200': {description: Ok.}}}}}
paths:
  /a:
    query: {responses: {'200': {description: Ok., content: {application/jsonl: {itemSchema: {type: string}}}}}}
    additionalOperations: {COPY: {responses: {'204': {summary: Done.}}}}
    parameters: [{name: q, in: querystring, content: {text/plain: {}}}]
components:
  pathItems: {P: {get: {responses: {'204': {description: Ok.}}}}}
  securitySchemes:
    tls: {type: mutualTLS}
    flow: {type: oauth2, flows: {deviceAuthorization: {deviceAuthorizationUrl: a, tokenUrl: b, scopes: {}}}}
",
    );
    let document = Document::read(&root, Version::V32).unwrap_or_else(|refused| panic!("{refused:?}"));
    let supplement = &document.supplement;
    let value = |id: ObjectId, key: &str| supplement.value(id, key).and_then(|(_, node)| node.text());
    assert_eq!(value(ObjectId::ROOT, "$self"), Some("/a"));
    let info = document.located(&document.skeleton.info).expect("a number");
    assert_eq!(info.value("summary").and_then(|(_, node)| node.text()), Some("S"));
    assert_eq!(supplement.webhooks.len() + supplement.path_items.len(), 2);
    let item = document.skeleton.paths.paths["/a"].as_item().expect("a path item");
    let methods: Vec<&str> =
        supplement.operations[&document.id(item).expect("a number")].keys().map(String::as_str).collect();
    assert_eq!(methods, ["COPY", "query"]);
    let items: Vec<_> =
        supplement.item_schemas.values().map(|id| document.schemas.key(*id, &document.objects)).collect();
    assert_eq!(items, ["#/paths/~1a/query/responses/200/content/application~1jsonl/itemSchema"]);
    assert_eq!((supplement.query_strings.len(), supplement.security_schemes.len()), (1, 1));
    let device = supplement.device_flows.values().next().and_then(|flow| document.located(flow)).expect("a number");
    assert_eq!((device.object.kind, &*device.stated.authorization_url), (Kind::DeviceFlow, "a"));
}
