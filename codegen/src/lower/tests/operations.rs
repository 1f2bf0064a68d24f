//! Operations, their responses, servers and security, and how many parts they may have.

use super::*;

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
            ("id", ParameterLocation::Path, true),
            ("page", ParameterLocation::Query, false),
            ("x-trace", ParameterLocation::Header, true),
            ("tags", ParameterLocation::Query, false),
            ("filter", ParameterLocation::Query, false)
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
fn parts_copied_too_often_are_refused_once() {
    let many: Vec<String> = (0..200).map(|at| format!("p{at}: {{}}")).collect();
    let inherits = |at: usize| {
        format!("    S{at}: {{allOf: [{{$ref: '#/components/schemas/Base'}}, {{properties: {{x: {{}}}}}}]}}")
    };
    let inheritors: Vec<String> = (0..1200).map(inherits).collect();
    let text = format!("    Base: {{type: object, properties: {{{}}}}}\n{}\n", many.join(", "), inheritors.join("\n"));
    assert_eq!(schemas(&text).1, ["too-large"]);
}

#[test]
fn one_object_into_which_too_much_is_copied_is_refused_and_left_empty() {
    let list = |prefix: &str, entry: &str, count: usize| {
        let all: Vec<String> = (0..count).map(|at| format!("{{properties: {{{prefix}{at}: {{}}}}{entry}}}")).collect();
        all.join(", ")
    };
    let (closed, open) = (list("c", ", additionalProperties: {minimum: 1}", 400), list("o", "", 400));
    let (api, found) = schemas(&format!("    A: {{type: object, allOf: [{closed}, {open}]}}\n"));
    assert_eq!(found, ["too-large"]);
    assert!(properties(&api, component(&api, "A").0).is_empty());
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

#[test]
fn parts_that_callbacks_have_in_common_are_refused_where_they_are_too_much() {
    let long = "long ".repeat(100_000);
    let component =
        format!("components: {{parameters: {{q: {{name: q, in: query, schema: {{}}, description: {long}}}}}}}\n");
    let operation = "parameters: [{$ref: '#/components/parameters/q'}], responses: {'204': {description: Ok.}}";
    let callbacks: Vec<String> = (0..600).map(|at| format!("c{at}: {{'/c': {{post: {{{operation}}}}}}}")).collect();
    let callbacks = format!("callbacks: {{{}}}", callbacks.join(", "));
    let paths = format!("{{/a: {{get: {{{operation}, {callbacks}}}}}, /b: {{get: {{{operation}}}}}}}");
    let (api, found) =
        lowered(&format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\n{component}paths: {paths}\n"));
    assert_eq!(found, ["too-large"]);
    let [only] = api.operations.as_slice() else { panic!("nothing behind what is too much") };
    assert!(only.callbacks.len() < 300, "{}", only.callbacks.len());
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

#[test]
fn flows_and_extensions_lead_to_their_keys() {
    let text = "\
openapi: 3.2.0
info: {title: T, version: '1'}
servers: [{url: 'https://a.example', x-specie-server-name: live}]
paths:
  /a/{id}:
    post:
      operationId: make
      security: [{}, {flow: []}]
      x-specie-outcome: none
      x-specie-idempotency: {header: Idempotency-Key}
      x-specie-provenance: {source: public, reason: Seen.}
      x-specie-pagination: {style: link, next: /next, items: /items}
      parameters: [{name: id, in: path, required: true, x-specie-path: any, schema: {type: string}}]
      responses: {'200': {description: Ok., x-specie-outcome: done}}
webhooks:
  paid: {post: {x-specie-signature: {algorithm: stripe, header: Signed}, responses: {'200': {description: Ok.}}}}
components:
  securitySchemes:
    flow:
      type: oauth2
      flows:
        implicit: {authorizationUrl: a, scopes: {}}
        deviceAuthorization: {deviceAuthorizationUrl: a, tokenUrl: b, scopes: {}}
";
    let source = Source::new("a.yaml", text);
    let (api, _) = crate::lower::api(&resolved(&source));
    let key = |span: EntrySpan| &text[span.key.start as usize..span.key.end as usize];
    let [make] = api.operations.as_slice() else { panic!("one operation") };
    let stated = [
        make.outcome_span,
        make.idempotency_span,
        make.docs.provenance_span,
        make.pagination.as_ref().map(|stated| stated.span),
        make.parameters[0].any_path,
        make.responses[0].outcome_span,
        api.webhooks[0].signature.as_ref().map(|stated| stated.span),
    ];
    let keys: Vec<&str> = stated.into_iter().map(|span| span.map_or("", key)).collect();
    let expected = ["outcome", "idempotency", "provenance", "pagination", "path", "outcome", "signature"];
    assert_eq!(keys, expected.map(|name| format!("x-specie-{name}")));
    let SecurityKind::OAuth2 { flows } = &api.security_schemes[0].kind else { panic!("OAuth") };
    let keys: Vec<&str> = flows.iter().map(|flow| key(flow.span)).collect();
    assert_eq!(keys, ["implicit", "deviceAuthorization"]);
    let wholes: Vec<&str> =
        make.security.iter().map(|one| &text[one.span.value.start as usize..one.span.value.end as usize]).collect();
    assert_eq!(wholes, ["{}", "{flow: []}"]);
    let name = api.servers[0].servers[0].name_span.expect("a name");
    assert_eq!(&text[name.start as usize..name.end as usize], "live");
}

#[test]
fn a_response_in_place_stands_where_its_own_status_does() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      responses:\n\
                \x20       2xx: {$ref: '#/components/responses/Done'}\n        2XX: {description: In place.}\n\
                \x20       default: {$ref: '#/components/responses/Done'}\ncomponents: {responses: {Done: {description: Done.}}}\n";
    let (api, _) = lowered(text);
    let shown = |span: crate::source::Span| &text[span.start as usize..span.end as usize];
    let responses = &api.operations[0].responses;
    let places: Vec<(Option<&str>, &str)> =
        responses.iter().map(|one| (one.docs.description.as_deref(), shown(one.span))).collect();
    assert_eq!(places, [(Some("In place."), "2XX"), (Some("Done."), "default")]);
}
