//! What has a name like a secret's becomes one.

use super::*;

/// Whether the property of an object with these properties is a secret, and what is said.
fn property_of(name: &str, schema: &str) -> (bool, Vec<String>) {
    let (api, found) = schemas(&format!(
        "    Digits: {{type: string}}\n    Kind: {{type: string, enum: [a, b]}}\n    A: {{type: object, properties: {{{name}: {schema}}}}}\n"
    ));
    let (holder, _) = component(&api, "A");
    let is_secret = api.schemas.secret(property(&api, holder, name).0.schema).is_some();
    assert!(api.schemas.secret(component(&api, "Digits").0).is_none(), "a reference changes nothing where it leads");
    (is_secret, found)
}

#[test]
fn texts_and_numbers_that_are_called_so_are_secrets() {
    let digits = "$ref: '#/components/schemas/Digits'";
    for schema in [
        "{type: string}".to_owned(),
        "{type: string, nullable: true}".to_owned(),
        "{type: integer}".to_owned(),
        "{oneOf: [{type: string}, {nullable: true, enum: [null]}]}".to_owned(),
        format!("{{{digits}}}"),
        format!("{{allOf: [{{{digits}}}], description: Three digits.}}"),
        "{type: string, x-extensible-enum: [none]}".to_owned(),
        "{anyOf: [{type: string, enum: [none]}, {type: string}]}".to_owned(),
    ] {
        assert_eq!(property_of("cvc", &schema), (true, vec!["secret-not-marked".to_owned()]), "{schema}");
    }
    for name in ["cardNumber", "individual_tax_id", "token", "accessKey"] {
        assert!(property_of(name, "{type: string}").0, "{name}");
    }
}

#[test]
fn what_is_marked_or_no_text_is_not_taken_for_a_secret() {
    let digits = "$ref: '#/components/schemas/Digits'";
    for schema in [
        "{type: string, x-specie-sensitive: false}".to_owned(),
        format!("{{{digits}, x-specie-sensitive: false}}"),
        format!("{{allOf: [{{{digits}}}], x-specie-sensitive: false}}"),
        format!("{{allOf: [{{{digits}, x-specie-sensitive: false}}]}}"),
        "{$ref: '#/components/schemas/Kind'}".to_owned(),
        "{type: boolean}".to_owned(),
        "{type: object, properties: {a: {type: string}}}".to_owned(),
    ] {
        assert_eq!(property_of("pin", &schema), (false, Vec::new()), "{schema}");
    }
    for schema in ["{type: string, x-specie-sensitive: true}", "{type: string, format: password}"] {
        assert_eq!(property_of("pin", schema), (true, Vec::new()), "{schema}");
    }
    for name in ["page_token", "masked_pan", "secret_id"] {
        assert_eq!(property_of(name, "{type: string}"), (false, Vec::new()), "{name}");
    }
}

#[test]
fn what_a_part_says_of_a_name_is_said_of_the_whole() {
    let (api, found) = schemas(
        "    Card: {type: object, properties: {pan: {type: string}}}\n\
         \x20   Stored: {allOf: [{$ref: '#/components/schemas/Card'}, {properties: {pan: {type: string, x-specie-sensitive: false}}}]}\n",
    );
    let is_secret = |name| {
        let (holder, _) = component(&api, name);
        api.schemas.secret(property(&api, holder, "pan").0.schema).is_some()
    };
    assert_eq!((is_secret("Card"), is_secret("Stored")), (true, false));
    assert_eq!(found, ["secret-not-marked"]);
}

#[test]
fn what_tells_branches_apart_is_no_secret() {
    let (api, found) = schemas(
        "    A: {type: object, required: [token], properties: {token: {type: string}}}\n\
         \x20   B: {type: object, required: [token], properties: {token: {type: string}}}\n\
         \x20   Either: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: token, mapping: {a: A, aa: A, b: B, bb: B}}}\n",
    );
    let (holder, _) = component(&api, "A");
    assert_eq!(property(&api, holder, "token").1.sensitivity, Sensitivity::Unstated);
    assert_eq!(found, [""; 0]);
}

#[test]
fn parameters_and_headers_are_secrets_by_their_names() {
    let (api, found) = lowered(
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      parameters:\n\
         \x20       - {name: X-Api-Key, in: header, schema: {type: string}}\n        - {name: token, in: query, schema: {type: string}}\n\
         \x20       - {name: limit, in: query, schema: {type: string}}\n      responses:\n        '200':\n          description: Done.\n\
         \x20         headers: {X-Auth-Token: {schema: {type: string}}}\n",
    );
    let operation = &api.operations[0];
    let contents = operation.parameters.iter().map(|one| &one.content);
    let contents = contents.chain(operation.responses[0].headers.iter().map(|header| &header.content));
    let secrets = contents.map(|content| content.schema().is_some_and(|schema| api.schemas.secret(schema).is_some()));
    assert_eq!(secrets.collect::<Vec<_>>(), [true, true, false, true]);
    // What is sent in the URL is reported as that.
    assert_eq!(found, ["secret-not-marked", "secret-not-marked"]);
}

#[test]
fn what_an_operation_is_known_by_and_cursors_are_no_secrets() {
    let body = "content: {application/json: {schema: {type: object, properties: {token: {type: string}, pin: {type: string}}}}}";
    let (api, found) = lowered(&format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    post:\n\
         \x20     x-specie-idempotency: {{field: /token, duplicate: 409}}\n      requestBody: {{{body}}}\n\
         \x20     responses: {{'204': {{description: Done.}}}}\n"
    ));
    let body = api.operations[0].request_body.as_ref().and_then(|body| body.content[0].schema).unwrap();
    let sensitivity = |name| property(&api, body, name).1.sensitivity;
    assert_eq!(sensitivity("token"), Sensitivity::Unstated);
    assert!(matches!(sensitivity("pin"), Sensitivity::Secret(_)));
    assert_eq!(found, ["secret-not-marked"]);
}

#[test]
fn texts_of_a_media_type_and_headers_of_parts_are_secrets_as_well() {
    let text = "{content: {text/plain: {schema: {type: string}}}}";
    let (api, found) = lowered(&format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    post:\n      parameters:\n\
         \x20       - {{name: X-Api-Key, in: header, content: {{text/plain: {{schema: {{type: string}}}}}}}}\n\
         \x20     requestBody:\n        content:\n          multipart/form-data:\n\
         \x20           schema: {{type: object, properties: {{file: {{type: string}}}}}}\n\
         \x20           encoding: {{file: {{headers: {{X-Part-Api-Key: {{schema: {{type: string}}}}}}}}}}\n\
         \x20     responses:\n        '200':\n          description: Done.\n          headers: {{X-Auth-Token: {text}}}\n"
    ));
    let operation = &api.operations[0];
    let body = operation.request_body.as_ref().unwrap();
    let headers =
        [&operation.parameters[0], &body.content[0].encoding[0].headers[0], &operation.responses[0].headers[0]];
    for header in headers {
        let schema = header.content.schema().unwrap();
        assert!(api.schemas.secret(schema).is_some(), "{}", header.name);
    }
    assert_eq!(found, ["secret-not-marked"; 3]);
}
