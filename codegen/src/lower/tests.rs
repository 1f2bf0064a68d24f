use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use crate::api::{
    Additional, Api, Combination, Content, Direction, Find, Idempotency, Key, Object, Outcome, ParameterPlace,
    Property, Schema, SchemaId, Sensitivity, Shape, Status, Style, Untyped, Value,
};
use crate::diagnostic::Diagnostics;
use crate::grammar::Strictness;
use crate::resolve::Resolved;
use crate::source::Source;
use crate::{resolve, syntax};

fn resolved(source: &Source) -> Resolved {
    let mut diagnostics = Diagnostics::new();
    let documents = syntax::read(source, &mut diagnostics);
    let found = resolve::resolve(source, documents, Strictness::Lenient, &mut diagnostics);
    found.unwrap_or_else(|| panic!("{:?}", diagnostics.iter().map(|one| &one.message).collect::<Vec<_>>()))
}

fn lowered(text: &str) -> (Api, Vec<String>) {
    let document = resolved(&Source::new("a.yaml", text)).document;
    let (api, diagnostics) = super::api(&document);
    (api, diagnostics.iter().map(|found| found.code.as_str().to_owned()).collect())
}

/// A document with these component schemas.
fn schemas(components: &str) -> (Api, Vec<String>) {
    let head = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n";
    lowered(&format!("{head}{components}"))
}

/// The same in the terms of OpenAPI 3.1.
fn later_schemas(components: &str) -> (Api, Vec<String>) {
    lowered(&format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents:\n  schemas:\n{components}"))
}

fn component<'a>(api: &'a Api, name: &str) -> (SchemaId, &'a Schema) {
    let id = api.schemas.find(&Key::Component(name.to_owned())).unwrap_or_else(|| panic!("no {name}"));
    (id, api.schemas.get(id).unwrap())
}

fn properties(api: &Api, id: SchemaId) -> &[Property] {
    match &api.schemas.get(api.schemas.resolve(id)).unwrap().shape {
        Shape::Object(object) => &object.properties,
        other => panic!("{other:?} is no object"),
    }
}

fn property<'a>(api: &'a Api, schema: SchemaId, name: &str) -> (&'a Property, &'a Schema) {
    let found = properties(api, schema).iter().find(|property| property.name == name);
    let found = found.unwrap_or_else(|| panic!("no property {name}"));
    (found, api.schemas.get(found.schema).unwrap())
}

fn names(properties: &[Property]) -> Vec<(&str, bool)> {
    properties.iter().map(|property| (&*property.name, property.required)).collect()
}

const TEXT: Shape = Shape::String { format: None, encoding: None, media_type: None };

#[test]
fn each_kind_of_schema_has_its_shape() {
    let (api, found) = schemas(
        "    Text: {type: string, format: uuid, minLength: 1, maxLength: 10}\n\
         \x20   Alias: {$ref: '#/components/schemas/Text'}\n\
         \x20   Described: {description: More., allOf: [{$ref: '#/components/schemas/Text'}]}\n\
         \x20   Amount: {type: number, format: decimal, minimum: 0.10, exclusiveMinimum: true, multipleOf: 0.010}\n\
         \x20   Flag: {type: boolean, default: false}\n\
         \x20   Texts: {type: array, minItems: 2, uniqueItems: true, items: {$ref: '#/components/schemas/Alias'}}\n\
         \x20   Map: {type: object, additionalProperties: {type: integer}, maxProperties: 3}\n\
         \x20   Closed: {type: object, properties: {a: {type: string}}, required: [a, b], additionalProperties: false}\n\
         \x20   Anything: {description: What it is.}\n",
    );
    assert_eq!(found, [""; 0]);
    let (text, schema) = component(&api, "Text");
    assert_eq!(schema.shape, Shape::String { format: Some("uuid".into()), encoding: None, media_type: None });
    assert_eq!((schema.constraints.min_length, schema.constraints.max_length), (Some(1), Some(10)));
    for name in ["Alias", "Described"] {
        let (id, _) = component(&api, name);
        assert_eq!(api.schemas.resolve(id), text, "{name}");
    }
    let amount = component(&api, "Amount").1;
    assert_eq!(amount.shape, Shape::Number { format: Some("decimal".into()) });
    let bound = amount.constraints.minimum.as_ref().unwrap();
    assert_eq!((&*bound.value, bound.exclusive), ("0.10", true));
    assert_eq!(amount.constraints.multiple_of.as_deref(), Some("0.010"));
    assert_eq!(component(&api, "Flag").1.default, Some(Value::Bool(false)));
    let Shape::List(list) = &component(&api, "Texts").1.shape else { panic!("a list") };
    assert_eq!(api.schemas.resolve(list.items.unwrap()), text);
    let Shape::Object(map) = &component(&api, "Map").1.shape else { panic!("an object") };
    let Additional::Schema(values) = map.additional else { panic!("{map:?}") };
    assert_eq!(api.schemas.get(values).unwrap().shape, Shape::Integer { format: None });
    let Shape::Object(closed) = &component(&api, "Closed").1.shape else { panic!("an object") };
    assert_eq!((closed.additional, names(&closed.properties)), (Additional::None, vec![("a", true)]));
    assert_eq!(closed.required_beside, ["b"]);
    assert_eq!(component(&api, "Anything").1.shape, Shape::Any(Untyped::NoType));
}

#[test]
fn null_is_a_value_where_the_document_says_so() {
    let (api, _) = schemas(
        "    Stated: {type: string, nullable: true}\n\
         \x20   Listed: {type: string, nullable: true, enum: [a, null]}\n\
         \x20   Around: {nullable: true, allOf: [{type: string}]}\n\
         \x20   Branch: {oneOf: [{type: string}, {type: string, enum: [null], nullable: true}]}\n\
         \x20   Alias: {$ref: '#/components/schemas/Stated'}\n\
         \x20   Single: {oneOf: [{type: string}]}\n",
    );
    for name in ["Stated", "Listed", "Around", "Branch", "Alias"] {
        assert!(api.schemas.is_nullable(component(&api, name).0), "{name}");
    }
    // A union of one says nothing of null.
    let (single, _) = component(&api, "Single");
    assert!(!api.schemas.is_nullable(single));
    assert_eq!(api.schemas.get(api.schemas.resolve(single)).unwrap().shape, TEXT);
}

#[test]
fn listed_values_are_data_of_any_kind() {
    let (api, _) = schemas(
        "    Status: {type: string, enum: [new, paid, new], x-enum-varnames: [Fresh], x-enum-descriptions: [Just made., Done.]}\n\
         \x20   Code: {type: integer, enum: [1, 2]}\n\
         \x20   Odd: {type: string, enum: [1, yes]}\n",
    );
    let listed = |name: &str| match &component(&api, name).1.shape {
        Shape::Enumeration(listed) => listed.clone(),
        other => panic!("{other:?}"),
    };
    let status = listed("Status");
    let values: Vec<_> = status.values.iter().map(|one| (one.value.as_str(), one.given_name.as_deref())).collect();
    assert_eq!(values, [(Some("new"), Some("Fresh")), (Some("paid"), None)]);
    assert_eq!(status.values[1].docs.description.as_deref(), Some("Done."));
    assert_eq!(*status.base, TEXT);
    let code = listed("Code");
    assert_eq!(code.values[1].value, Value::Number("2".into()));
    assert_eq!(*code.base, Shape::Integer { format: None });
    assert_eq!(listed("Odd").values[0].value, Value::String("1".into()));
}

#[test]
fn branches_keep_their_tags() {
    let (api, found) = schemas(
        "    Cat: {type: object, properties: {kind: {type: string}}}\n\
         \x20   Dog: {type: object, properties: {kind: {type: string}}}\n\
         \x20   Pet:\n\
         \x20     oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]\n\
         \x20     discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', tiger: Cat}}\n\
         \x20   Either: {anyOf: [{type: string}, {type: object, title: Whole, properties: {a: {type: string}}}]}\n\
          \x20   Needs: {type: object, properties: {a: {}, b: {}}, anyOf: [{required: [a]}, {required: [b]}]}\n\
         \x20   Both: {oneOf: [{type: string}, {type: integer}], anyOf: [{type: string}, {type: integer}]}\n",
    );
    let Shape::Union(pet) = &component(&api, "Pet").1.shape else { panic!("a union") };
    assert_eq!(pet.combination, Combination::One);
    assert_eq!(pet.discriminator.as_ref().unwrap().property, "kind");
    let tags: Vec<_> = pet.branches.iter().map(|branch| branch.tags.join(" ")).collect();
    assert_eq!(tags, ["cat tiger", "Dog"]);
    let Shape::Union(either) = &component(&api, "Either").1.shape else { panic!("a union") };
    assert_eq!(either.combination, Combination::Any);
    assert_eq!(api.schemas.get(either.branches[1].schema).unwrap().title.as_deref(), Some("Whole"));
    assert_eq!(found, [""; 0]);
    // A text may be the one and fit the other as well.
    let Shape::Union(beside) = &component(&api, "Both").1.shape else { panic!("a union") };
    assert_eq!(beside.branches.len(), 2);
    // What is left out is said to be.
    assert!(matches!(component(&api, "Needs").1.shape, Shape::Object(_)));
    assert_eq!(component(&api, "Needs").1.unchecked[0].0, "anyOf");
}

#[test]
fn all_parts_of_an_object_are_one() {
    let (api, found) = schemas(
        "    Base: {type: object, required: [id], properties: {id: {type: string}, note: {type: string}}}\n\
         \x20   Middle: {allOf: [{$ref: '#/components/schemas/Base'}, {required: [note], additionalProperties: false}]}\n\
         \x20   Top:\n\
         \x20     allOf: [{$ref: '#/components/schemas/Middle'}, {properties: {more: {type: integer}}}]\n\
         \x20     properties: {id: {type: string, format: uuid}}\n\
         \x20   Not: {allOf: [{$ref: '#/components/schemas/Base'}, {type: string}]}\n",
    );
    let (top, _) = component(&api, "Top");
    assert_eq!(names(properties(&api, top)), [("id", true), ("note", true), ("more", false)]);
    let (id, schema) = property(&api, top, "id");
    assert_eq!((id.owner, &schema.key), (None, &Key::Pointer("/components/schemas/Top/properties/id".into())));
    assert_eq!(property(&api, top, "note").0.owner, Some(component(&api, "Base").0));
    let Shape::Object(object) = &component(&api, "Top").1.shape else { panic!("an object") };
    assert_eq!((object.additional, object.additional_owner), (Additional::None, Some(component(&api, "Middle").0)));
    // No value is an object and a text at once.
    assert_eq!(component(&api, "Not").1.shape, Shape::Any(Untyped::Never));
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_secret_of_any_part_stays_one() {
    let (api, found) = schemas(
        "    Card: {type: object, properties: {number: {type: string, x-specie-sensitive: true}, cvc: {type: string, format: password}}}\n\
         \x20   Stored:\n\
         \x20     allOf:\n\
         \x20       - {$ref: '#/components/schemas/Card'}\n\
         \x20       - {type: object, properties: {number: {type: string, maxLength: 19}, cvc: {type: string}}}\n",
    );
    let (stored, _) = component(&api, "Stored");
    for name in ["number", "cvc"] {
        let (property, _) = property(&api, stored, name);
        assert!(api.schemas.secret(property.schema).is_some(), "{name}");
    }
    assert_eq!(property(&api, stored, "number").1.constraints.max_length, Some(19));
    assert_eq!(found, [""; 0]);

    let (_, found) = schemas(
        "    Card: {type: object, properties: {number: {type: string, x-specie-sensitive: true}}}\n\
         \x20   Shown: {allOf: [{$ref: '#/components/schemas/Card'}, {properties: {number: {type: string, x-specie-sensitive: false}}}]}\n",
    );
    assert_eq!(found, ["malformed-extension"]);
}

#[test]
fn what_says_of_itself_that_it_is_no_secret_may_not_be_one() {
    let (api, found) = schemas(
        "    Token: {type: string, format: password}\n\
         \x20   Plain: {type: string, x-specie-sensitive: false}\n\
         \x20   Holder: {type: object, properties: {a: {$ref: '#/components/schemas/Token', x-specie-sensitive: false}, b: {$ref: '#/components/schemas/Plain', x-specie-sensitive: true}}}\n",
    );
    assert_eq!(found, ["malformed-extension"]);
    assert!(matches!(component(&api, "Plain").1.sensitivity, Sensitivity::Plain(_)));
    let (holder, _) = component(&api, "Holder");
    assert!(api.schemas.secret(property(&api, holder, "b").0.schema).is_some());
}

#[test]
fn parts_are_put_together_at_each_depth() {
    let (api, found) = schemas(
        "    Base:\n\
         \x20     type: object\n\
         \x20     properties:\n\
         \x20       payer: {type: object, required: [name], properties: {name: {type: string, minLength: 1}, bank: {type: object, properties: {bic: {type: string}}}}}\n\
         \x20       kind: {type: string, enum: [a, b]}\n\
         \x20       note: {type: string}\n\
         \x20   More:\n\
         \x20     allOf: [{$ref: '#/components/schemas/Base'}]\n\
         \x20     properties:\n\
         \x20       payer: {type: object, required: [email], properties: {email: {type: string}, name: {type: string, maxLength: 9}, bank: {type: object, properties: {iban: {type: string}}}}}\n\
         \x20       kind: {type: string}\n\
         \x20       note: {description: For the payer.}\n",
    );
    assert_eq!(found, [""; 0]);
    let (more, _) = component(&api, "More");
    let payer = property(&api, more, "payer").0.schema;
    assert_eq!(names(properties(&api, payer)), [("name", true), ("bank", false), ("email", true)]);
    let name = property(&api, payer, "name").1;
    assert_eq!((name.constraints.min_length, name.constraints.max_length), (Some(1), Some(9)));
    let bank = property(&api, payer, "bank").0.schema;
    assert_eq!(names(properties(&api, bank)), [("bic", false), ("iban", false)]);
    let kind = property(&api, more, "kind").0.schema;
    assert!(matches!(api.schemas.get(api.schemas.resolve(kind)).unwrap().shape, Shape::Enumeration(_)));
    let (note, schema) = property(&api, more, "note");
    assert_eq!(api.schemas.get(api.schemas.resolve(note.schema)).unwrap().shape, TEXT);
    assert_eq!(schema.docs.description.as_deref(), Some("For the payer."));
}

#[test]
fn schemas_that_hold_themselves_end() {
    let (api, found) = schemas(
        "    Node: {type: object, properties: {next: {$ref: '#/components/schemas/Node'}, all: {type: array, items: {$ref: '#/components/schemas/Node'}}}}\n\
         \x20   Other: {type: object, properties: {next: {$ref: '#/components/schemas/Other'}, name: {type: string}}}\n\
         \x20   Both: {allOf: [{$ref: '#/components/schemas/Node'}, {$ref: '#/components/schemas/Other'}]}\n\
         \x20   Lists: {type: array, items: {$ref: '#/components/schemas/Lists'}}\n",
    );
    assert_eq!(found, [""; 0]);
    let (node, _) = component(&api, "Node");
    assert_eq!(api.schemas.resolve(property(&api, node, "next").0.schema), node);
    // What follows is a node and another at once, and so is what follows that.
    let (both, _) = component(&api, "Both");
    let next = property(&api, both, "next").0.schema;
    assert_eq!(names(properties(&api, next)), [("next", false), ("all", false), ("name", false)]);
    assert_eq!(property(&api, next, "next").0.schema, next);
    let (lists, schema) = component(&api, "Lists");
    let Shape::List(list) = &schema.shape else { panic!("a list") };
    assert_eq!(api.schemas.resolve(list.items.unwrap()), lists);
}

#[test]
fn names_of_our_own_reach_properties_and_types() {
    let (api, _) = schemas(
        "    A: {type: object, x-specie-name: Account, properties: {b: {type: string, x-specie-name: balance}}}\n\
         \x20   B: {allOf: [{$ref: '#/components/schemas/A'}], properties: {b: {type: string}}}\n",
    );
    let (a, schema) = component(&api, "A");
    assert_eq!(schema.given_name.as_ref().unwrap().text, "Account");
    assert_eq!(property(&api, a, "b").0.given_name.as_ref().unwrap().text, "balance");
    // A later part leaves the name to an earlier one.
    let (b, _) = component(&api, "B");
    assert_eq!(property(&api, b, "b").0.given_name.as_ref().unwrap().text, "balance");
}

#[test]
fn later_versions_are_read_in_the_same_terms() {
    let (api, found) = later_schemas(
        "    Maybe: {type: [string, 'null']}\n\
         \x20   Either: {type: [string, integer, 'null'], minLength: 2}\n\
         \x20   Pair: {type: array, prefixItems: [{type: string}, {type: integer}], items: false}\n\
         \x20   One: {const: a}\n\
         \x20   Beside: {$ref: '#/components/schemas/Object', properties: {more: {type: string}}}\n\
         \x20   Object: {type: object, properties: {a: {type: string}}, patternProperties: {'^x': {type: integer}}}\n\
         \x20   Bounds: {type: number, minimum: 1, exclusiveMinimum: 1.0}\n",
    );
    assert_eq!(found, [""; 0]);
    let (maybe, schema) = component(&api, "Maybe");
    assert_eq!((&schema.shape, api.schemas.is_nullable(maybe)), (&TEXT, true));
    let either = component(&api, "Either").1;
    let Shape::Union(either) = &either.shape else { panic!("{either:?}") };
    let shapes: Vec<_> = either.branches.iter().map(|branch| &api.schemas.get(branch.schema).unwrap().shape).collect();
    assert_eq!(shapes, [&TEXT, &Shape::Integer { format: None }]);
    let Shape::List(pair) = &component(&api, "Pair").1.shape else { panic!("a list") };
    assert_eq!(pair.prefix.len(), 2);
    assert_eq!(api.schemas.get(pair.items.unwrap()).unwrap().shape, Shape::Any(Untyped::Never));
    let Shape::Enumeration(one) = &component(&api, "One").1.shape else { panic!("a value") };
    assert_eq!(one.values[0].value, Value::String("a".into()));
    let (beside, _) = component(&api, "Beside");
    assert_eq!(names(properties(&api, beside)), [("a", false), ("more", false)]);
    let Shape::Object(object) = &component(&api, "Object").1.shape else { panic!("an object") };
    assert_eq!(object.patterns[0].0, "^x");
    let bound = component(&api, "Bounds").1.constraints.minimum.clone().unwrap();
    assert_eq!((&*bound.value, bound.exclusive), ("1.0", true));
}

const OPERATIONS: &str = r"
openapi: 3.0.3
info: {title: T, version: '1.10'}
servers: [{url: 'https://{r}.example.com', variables: {r: {default: eu}}}]
security: [{key: []}, {}]
x-webhooks:
  paid: {post: {operationId: on paid, x-specie-signature: {header: X-S, algorithm: base64-sha1-secret-body-secret}, responses: {'200': {description: Ok.}}}}
paths:
  /a/{id}:
    parameters:
      - {$ref: '#/components/parameters/Id'}
      - {name: X-Trace, in: header, schema: {type: string}}
      - {name: page, in: query, schema: {type: integer}}
    post:
      operationId: make
      x-specie-name: make_it
      x-specie-idempotency: {field: /ref, duplicate: 422}
      x-specie-reconcile: {operation: list, parameter: ref, value: /ref, find: {items: /data, match: /ref}, agree: [{request: /a, answer: /b}]}
      security: [{key: []}]
      servers: [{url: 'https://b.example.com', x-specie-server-name: b}]
      parameters:
        - {name: x-trace, in: header, required: true, schema: {type: string}}
        - {name: tags, in: query, style: pipeDelimited, explode: false, allowReserved: true, schema: {type: array, items: {type: string}}}
        - {name: filter, in: query, content: {application/json: {schema: {type: object}}}}
      requestBody:
        required: true
        content:
          application/json: {x-specie-envelope: data.attributes, schema: {type: object}, example: {amount: 10.00}}
          multipart/form-data: {schema: {type: object, properties: {f: {type: string}}}, encoding: {f: {contentType: image/png}}}
      callbacks: {done: {'{$request.body#/url}': {post: {responses: {'200': {description: Ok.}}}}}}
      responses:
        '201':
          description: Made.
          x-specie-outcome: done
          headers: {X-Left: {schema: {type: integer}}}
          content: {application/json: {schema: {type: object}}, text/csv: {}}
          links: {next: {operationId: list, parameters: {ref: 1.0}}}
        5Xx: {description: Odd., content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}
        default: {$ref: '#/components/responses/Odd'}
    get:
      operationId: list
      x-specie-pagination: {style: page, number: page, items: /data}
      responses: {'200': {description: Ok.}}
components:
  parameters: {Id: {name: id, in: path, required: true, schema: {type: string}}}
  responses: {Odd: {description: Odd., x-specie-outcome: unknown}}
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, other: {type: http, scheme: Bearer}}
";

#[test]
fn operations_say_all_that_the_document_says() {
    let (api, found) = lowered(OPERATIONS);
    assert_eq!(found, [""; 0]);
    assert_eq!(api.info.version, "1.10");
    let [make, list] = api.operations.as_slice() else { panic!("two operations") };
    assert_eq!((make.method.as_str(), make.path(), list.method.as_str()), ("POST", "/a/{id}", "GET"));
    assert_eq!(make.given_name.as_ref().unwrap().text, "make_it");
    let parameters: Vec<_> = make.parameters.iter().map(|one| (&*one.name, one.place, one.required)).collect();
    assert_eq!(
        parameters,
        [
            ("id", ParameterPlace::Path, true),
            ("page", ParameterPlace::Query, false),
            ("x-trace", ParameterPlace::Header, true),
            ("tags", ParameterPlace::Query, false),
            ("filter", ParameterPlace::Query, false)
        ]
    );
    let Content::Schema { style, explode, allow_reserved, .. } = make.parameters[3].content else { panic!("a schema") };
    assert_eq!((style, explode, allow_reserved), (Style::PipeDelimited, false, true));
    assert!(
        matches!(&make.parameters[4].content, Content::Media { media_type, .. } if media_type.name == "application/json")
    );
    let body = make.request_body.as_ref().unwrap();
    let media: Vec<_> = body.content.iter().map(|one| &*one.name).collect();
    assert_eq!(media, ["application/json", "multipart/form-data"]);
    assert_eq!(body.content[0].envelope.as_ref().unwrap().keys, ["data", "attributes"]);
    assert_eq!(body.content[0].examples[0].value.as_ref().unwrap().to_string(), r#"{"amount":10.00}"#);
    assert_eq!(body.content[1].encoding[0].content_type.as_deref(), Some("image/png"));
    assert_eq!(make.idempotency, Idempotency::Field { pointer: "/ref".into(), duplicate: 422 });
    assert_eq!(list.idempotency, Idempotency::Natural);
    let reconcile = make.reconcile.as_ref().unwrap();
    assert_eq!(reconcile.find, Find::Among { items: "/data".into(), matches: "/ref".into() });
    assert!((make.safe, list.safe) == (false, true) && list.pagination.is_some());
    let callback = &make.callbacks[0];
    assert_eq!((callback.label(), callback.method.as_str()), ("done".to_owned(), "POST"));
    assert_eq!(api.webhooks[0].label(), "on paid");
    assert_eq!(api.webhooks[0].signature.as_ref().unwrap().header, "X-S");
}

#[test]
fn responses_keep_their_status_media_types_headers_and_links() {
    let (api, _) = lowered(OPERATIONS);
    let responses = &api.operations[0].responses;
    let statuses: Vec<_> = responses.iter().map(|one| one.status).collect();
    assert_eq!(statuses, [Status::Code(201), Status::Range(5), Status::Default]);
    let made = &responses[0];
    assert_eq!(made.content.iter().map(|one| &*one.name).collect::<Vec<_>>(), ["application/json", "text/csv"]);
    assert_eq!(made.headers[0].name, "X-Left");
    assert_eq!(made.links[0].parameters[0].1, Value::Number("1.0".into()));
    assert!(made.headers_span.is_some() && made.links_span.is_some());
    // A range however it is spelled, with its types.
    let odd = responses[1].content[0].schema.unwrap();
    assert_eq!(names(properties(&api, odd)), [("a", false)]);
    // A reference stands where its status does, and says what the component says.
    let default = &responses[2];
    let start = OPERATIONS.find("default: {$ref").unwrap();
    assert_eq!((default.span.start as usize, default.outcome), (start, Some(crate::api::Outcome::Unknown)));
}

#[test]
fn servers_and_security_are_lists_that_operations_refer_to() {
    let (api, _) = lowered(OPERATIONS);
    assert_eq!(api.servers.len(), 2);
    assert_eq!(api.servers[0].servers[0].url().as_deref(), Some("https://eu.example.com"));
    let [make, list] = api.operations.as_slice() else { panic!("two operations") };
    assert_eq!((make.servers.0, list.servers.0), (1, 0));
    assert_eq!(api.servers[1].servers[0].name.as_deref(), Some("b"));
    assert_eq!(api.security_schemes.iter().map(|one| &*one.key).collect::<Vec<_>>(), ["key", "other"]);
    assert_eq!((make.security.len(), list.security.len()), (1, 2));
    assert_eq!(make.security[0].schemes[0].0.0, 0);
}

#[test]
fn parts_taken_over_too_often_are_refused_once() {
    let many: Vec<String> = (0..200).map(|at| format!("p{at}: {{}}")).collect();
    let inherits = |at: usize| {
        format!("    S{at}: {{allOf: [{{$ref: '#/components/schemas/Base'}}, {{properties: {{x: {{}}}}}}]}}")
    };
    let inheritors: Vec<String> = (0..1200).map(inherits).collect();
    let text = format!("    Base: {{type: object, properties: {{{}}}}}\n{}\n", many.join(", "), inheritors.join("\n"));
    assert_eq!(schemas(&text).1, ["too-large"]);
}

#[test]
fn parts_that_operations_have_in_common_are_refused_where_they_are_too_much() {
    let long = "long ".repeat(100_000);
    let component =
        format!("components: {{parameters: {{q: {{name: q, in: query, schema: {{}}, description: {long}}}}}}}\n");
    let operation = "parameters: [{$ref: '#/components/parameters/q'}], responses: {'204': {description: Ok.}}";
    let paths: Vec<String> = (0..600).map(|at| format!("  /a{at}: {{get: {{{operation}}}}}")).collect();
    let paths = paths.join("\n");
    let text = format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\n{component}paths:\n{paths}\n");
    let (api, found) = lowered(&text);
    assert_eq!(found, ["too-large"]);
    assert!(api.operations.len() < 300, "{}", api.operations.len());
}

/// A document as it stands in the repository, read by nothing that lowering reads.
struct Whole {
    name: String,
    api: Api,
    root: Json,
}

fn every_document() -> Vec<Whole> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut all = Vec::new();
    for folder in ["specs", "tests/fixtures/accepted"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let name = entry.unwrap().file_name().to_string_lossy().into_owned();
            if Path::new(&name).extension().is_some_and(|extension| extension == "yaml") {
                all.push(Whole::read(&root, folder, name));
            }
        }
    }
    assert!(all.len() > 30, "{}", all.len());
    all
}

impl Whole {
    fn read(root: &Path, folder: &str, name: String) -> Self {
        let mut read = |path: &str| fs::read_to_string(root.join(path)).map_err(|error| error.to_string());
        let source = syntax::gather(&format!("{folder}/{name}"), folder, &mut read);
        let (api, found) = super::api(&resolved(&source).document);
        assert!(!found.has_errors(), "{name}");
        let mut diagnostics = Diagnostics::new();
        let documents = syntax::read(&source, &mut diagnostics);
        let bundled = resolve::bundled(&source, documents, Strictness::Lenient, &mut diagnostics);
        Self { name, api, root: bundled.expect("a document").root.to_json() }
    }

    /// What a value is, or the component that it refers to.
    fn follow<'a>(&'a self, value: &'a Json) -> &'a Json {
        let mut at = value;
        while let Some(reference) = at.get("$ref") {
            at = self.root.pointer(reference.as_str().unwrap().trim_start_matches('#')).unwrap();
        }
        at
    }

    /// Each operation of the document with its address and method.
    fn operations(&self) -> Vec<(String, String, &Json, &Json)> {
        let paths = self.root["paths"].as_object().unwrap().iter();
        let items = paths.map(|(path, item)| (path.clone(), self.follow(item)));
        let operations = items.flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().iter();
            let methods = methods.filter(|(key, _)| crate::grammar::METHODS.contains(&key.as_str()));
            methods.map(move |(method, operation)| (path.clone(), method.to_ascii_uppercase(), item, operation))
        });
        operations.collect()
    }

    fn media_types(holder: &Json) -> BTreeSet<String> {
        holder["content"].as_object().map(|content| content.keys().cloned().collect()).unwrap_or_default()
    }

    /// The properties of a schema and of the parts of its `allOf`, and those that must be there.
    fn members(&self, schema: &Json) -> (BTreeSet<String>, BTreeSet<String>) {
        let mut found = (BTreeSet::new(), BTreeSet::new());
        if schema.get("$ref").is_some() {
            let pointer = schema["$ref"].as_str().unwrap().trim_start_matches('#');
            found = self.members(self.root.pointer(pointer).unwrap());
        }
        found.0.extend(schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone()));
        let required = schema["required"].as_array().into_iter().flatten();
        found.1.extend(required.filter_map(Json::as_str).map(str::to_owned));
        for part in schema["allOf"].as_array().into_iter().flatten() {
            let (properties, required) = self.members(part);
            found.0.extend(properties);
            found.1.extend(required);
        }
        found
    }
}

#[test]
fn every_operation_parameter_and_response_of_every_document_is_there() {
    for whole in every_document() {
        let stated = whole.operations();
        assert_eq!(whole.api.operations.len(), stated.len(), "{}", whole.name);
        for (path, method, item, operation) in stated {
            let place = format!("{} {method} {path}", whole.name);
            let found = whole.api.operations.iter().find(|one| one.path() == path && one.method.as_str() == method);
            let found = found.unwrap_or_else(|| panic!("{place}"));
            let lists = [&item["parameters"], &operation["parameters"]];
            let stated: BTreeMap<_, _> = lists
                .into_iter()
                .filter_map(Json::as_array)
                .flatten()
                .map(|parameter| whole.follow(parameter))
                .map(|one| {
                    let is_header = one["in"] == "header";
                    let name = one["name"].as_str().unwrap();
                    let name = if is_header { name.to_ascii_lowercase() } else { name.to_owned() };
                    ((one["in"].as_str().unwrap().to_owned(), name), one["required"] == true)
                })
                .collect();
            let lowered: BTreeMap<_, _> = found
                .parameters
                .iter()
                .map(|one| {
                    let (place, name) = match one.place {
                        ParameterPlace::Path => ("path", one.name.clone()),
                        ParameterPlace::Query => ("query", one.name.clone()),
                        ParameterPlace::Header => ("header", one.name.to_ascii_lowercase()),
                        ParameterPlace::Cookie => ("cookie", one.name.clone()),
                        ParameterPlace::QueryString => panic!("{place}"),
                    };
                    ((place.to_owned(), name), one.required)
                })
                .collect();
            assert_eq!(lowered, stated, "{place}");
            assert_eq!(found.parameters.len(), stated.len(), "{place}");
            let body = found.request_body.as_ref();
            let lowered: BTreeSet<_> = body.iter().flat_map(|body| &body.content).map(|one| one.name.clone()).collect();
            assert_eq!(lowered, Whole::media_types(whole.follow(&operation["requestBody"])), "{place}");
            let stated: BTreeMap<_, _> = operation["responses"]
                .as_object()
                .unwrap()
                .iter()
                .map(|(status, response)| (status.to_uppercase(), Whole::media_types(whole.follow(response))))
                .collect();
            let media = |one: &crate::api::Response| one.content.iter().map(|one| one.name.clone()).collect();
            let lowered: BTreeMap<_, _> =
                found.responses.iter().map(|one| (one.status.to_string().to_uppercase(), media(one))).collect();
            assert_eq!(lowered, stated, "{place}");
        }
    }
}

#[test]
fn every_property_required_name_and_listed_value_of_every_document_is_there() {
    for whole in every_document() {
        let mut objects = 0;
        for (_, schema) in whole.api.schemas.iter() {
            let pointer = match &schema.key {
                Key::Component(name) => format!("/components/schemas/{name}"),
                Key::Pointer(pointer) => pointer.clone(),
            };
            // What several parts say together stands nowhere as a whole.
            let Some(stated) = whole.root.pointer(&pointer) else { continue };
            let place = format!("{} {pointer}", whole.name);
            if let Shape::Object(object) = &schema.shape {
                objects += 1;
                assert_eq!(members(object), whole.members(stated), "{place}");
            } else if let Shape::Reference(target) = schema.shape {
                let target = whole.api.schemas.resolve(target);
                let is_union = matches!(whole.api.schemas.get(target).unwrap().shape, Shape::Union(_));
                assert!(is_union || whole.members(stated) == members_of(&whole.api, target), "{place}");
            } else if let Shape::Union(union) = &schema.shape {
                // What stands beside the branches holds for each of them that is an object.
                let beside = whole.members(stated).0;
                let branches = union.branches.iter().map(|branch| whole.api.schemas.resolve(branch.schema));
                let is_object = |id: &SchemaId| matches!(whole.api.schemas.get(*id).unwrap().shape, Shape::Object(_));
                let objects: Vec<SchemaId> = branches.filter(is_object).collect();
                assert!(beside.is_empty() || !objects.is_empty(), "{place}");
                for branch in objects {
                    assert!(beside.is_subset(&members_of(&whole.api, branch).0), "{place}");
                }
            } else {
                assert!(whole.members(stated).0.is_empty() || matches!(schema.shape, Shape::Any(_)), "{place}");
            }
            // A union of lists is a list as well.
            if stated.get("anyOf").or(stated.get("oneOf")).is_some() {
                continue;
            }
            let constant = stated.get("const").into_iter();
            let stated = stated["enum"].as_array().into_iter().flatten().chain(constant);
            let stated: Vec<_> = stated.filter(|one| !one.is_null()).collect();
            let lowered = match &schema.shape {
                Shape::Enumeration(listed) => listed.values.iter().map(|one| one.value.to_string()).collect(),
                _ => Vec::new(),
            };
            let text =
                |one: &Json| if schema.is_text() && one.is_number() { format!("\"{one}\"") } else { one.to_string() };
            assert_eq!(lowered, stated.into_iter().map(text).collect::<Vec<_>>(), "{place}");
        }
        assert!(
            objects > 0 || whole.root["components"]["schemas"].is_null() || whole.name.contains("enum"),
            "{}",
            whole.name
        );
    }
}

fn members_of(api: &Api, id: SchemaId) -> (BTreeSet<String>, BTreeSet<String>) {
    match &api.schemas.get(api.schemas.resolve(id)).unwrap().shape {
        Shape::Object(object) => members(object),
        _ => Default::default(),
    }
}

/// The names of the properties of an object, and those that are required.
fn members(object: &Object) -> (BTreeSet<String>, BTreeSet<String>) {
    let constants = || object.constants.iter().map(|one| one.name.clone());
    let required = object.properties.iter().filter(|one| one.required).map(|one| one.name.clone());
    let properties = object.properties.iter().map(|one| one.name.clone());
    (
        properties.chain(constants()).collect(),
        required.chain(object.required_beside.iter().cloned()).chain(constants()).collect(),
    )
}

impl Schema {
    fn is_text(&self) -> bool {
        matches!(&self.shape, Shape::Enumeration(listed) if matches!(*listed.base, Shape::String { .. }))
    }
}

#[test]
fn every_schema_stands_under_its_number_and_key() {
    for whole in every_document() {
        for (id, schema) in whole.api.schemas.iter() {
            assert_eq!(whole.api.schemas.find(&schema.key), Some(id), "{} {:?}", whole.name, schema.key);
            schema.shape.visit_parts(&mut |part| assert!(whole.api.schemas.get(part).is_some()));
        }
        whole.api.visit_schemas(&mut |id, _: Direction| {
            assert!(whole.api.schemas.get(id).is_some(), "{}", whole.name);
        });
    }
}

#[test]
fn a_range_has_its_body_however_it_is_spelled() {
    for status in ["2XX", "2xx", "2Xx", "2xX"] {
        let (api, _) = lowered(&format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    get:\n      responses:\n        '400': {{description: Odd.}}\n        {status}:\n          description: Good.\n          x-specie-outcome: done\n          content: {{application/json: {{schema: {{type: string, x-specie-sensitive: true}}}}}}\n"
        ));
        let found = api.operations[0].responses.iter().find(|response| response.status == Status::Range(2)).unwrap();
        assert_eq!(
            (found.docs.description.as_deref(), found.outcome),
            (Some("Good."), Some(Outcome::Done)),
            "{status}"
        );
        let schema = api.schemas.get(found.content[0].schema.unwrap()).unwrap();
        assert!(matches!(schema.sensitivity, Sensitivity::Secret(_)), "{status}: {schema:?}");
    }
}

mod composition;
mod secrets;
