//! What requests get: samples, documented rejections, problem documents.

use http::{Request, Response};
use specie_codegen::Strictness;
use specie_codegen::source::Source;

use super::Mock;
use crate::Reason;

const DOCUMENT: &str = r"
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example.com/{stage}', variables: {stage: {default: v1}}}]
security: [{basic: []}]
paths:
  /payouts:
    post:
      operationId: pay
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: '#/components/schemas/Payout'}}
          application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Payout'}}
      responses:
        '201':
          description: Made.
          headers: {Location: {required: true, schema: {type: string, example: /payouts/7}}}
          content:
            application/json: {schema: {$ref: '#/components/schemas/Payout'}, examples: {large: {value: {amount: 900, currency: EUR}}, odd: {value: {amount: x}}}}
            text/csv: {schema: {type: string, example: 'amount,currency'}}
        '422': {description: Invalid., content: {application/json: {schema: {type: object, required: [error], properties: {error: {type: string}}}}}}
        '401': {description: Who?}
    get:
      operationId: list
      security: []
      parameters:
        - {name: limit, in: query, schema: {type: integer, maximum: 10}}
        - {name: ids, in: query, explode: false, schema: {type: array, items: {type: integer}}}
        - {name: filter, in: query, style: deepObject, schema: {type: object, properties: {on: {type: string, format: date}}}}
        - {name: X-Flag, in: header, schema: {type: boolean}}
      responses: {'200': {description: All., content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Payout'}}}}}, default: {description: No., content: {application/json: {schema: {type: object}}}}}
  /batches:
    post:
      operationId: batch
      security: []
      requestBody:
        content:
          application/jsonl: {schema: {$ref: '#/components/schemas/Payout'}}
          application/json-seq: {schema: {$ref: '#/components/schemas/Payout'}}
      responses: {'202': {description: Taken.}, '400': {description: Unreadable.}, '422': {description: Invalid.}}
  /files:
    post:
      operationId: upload
      security: []
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file, count]
              additionalProperties: false
              properties:
                file: {type: string, format: binary}
                count: {type: integer, minimum: 1}
                tags: {type: array, items: {type: string, minLength: 2}}
                payout: {$ref: '#/components/schemas/Payout'}
                id: {type: string, readOnly: true}
      responses: {'204': {description: Kept.}, '400': {description: Unreadable.}, '422': {description: Invalid.}}
  /payouts/last: {get: {operationId: last, security: [], responses: {'204': {description: None.}}}}
  /payouts/{id}.json: {get: {operationId: one, security: [], parameters: [{name: id, in: path, required: true, schema: {type: integer}}], responses: {'200': {description: One.}}}}
components:
  securitySchemes: {basic: {type: http, scheme: basic}}
  schemas:
    Payout: {type: object, required: [amount, currency], properties: {amount: {type: number, exclusiveMinimum: 0}, currency: {type: string, pattern: '^[A-Z]{3}$', example: USD}}}
";

fn mock() -> Mock {
    let (read, found) = specie_codegen::api_and_document(&Source::new("t.yaml", DOCUMENT), Strictness::Lenient, &[]);
    Mock::new(read.unwrap_or_else(|| panic!("{found:?}")))
}

fn get(target: &str, headers: &[(&str, &str)]) -> Response<Vec<u8>> {
    let request = headers.iter().fold(Request::get(target), |request, (name, value)| request.header(*name, *value));
    mock().respond(&request.body(Vec::new()).expect("a request"))
}

fn pay(body: &str, headers: &[(&str, &str)]) -> Response<Vec<u8>> {
    let request = Request::post("/v1/payouts").header("authorization", "Basic YTpi");
    let named = headers.iter().any(|(name, _)| *name == "content-type");
    let request = if named || body.is_empty() { request } else { request.header("content-type", "application/json") };
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    mock().respond(&request.body(body.as_bytes().to_vec()).expect("a request"))
}

/// Status, media type and body.
fn shown(response: &Response<Vec<u8>>) -> (u16, String, String) {
    let media = response.headers().get("content-type").map_or("", |media| media.to_str().expect("a text"));
    (response.status().as_u16(), media.to_owned(), String::from_utf8(response.body().clone()).expect("a text"))
}

fn reason(response: &Response<Vec<u8>>) -> &str {
    &response.extensions().get::<Reason>().expect("a rejection").0
}

#[track_caller]
fn assert_shown(response: &Response<Vec<u8>>, status: u16, media: &str, body: &str) {
    assert_eq!(shown(response), (status, media.to_owned(), body.to_owned()));
}

const VALID: &str = r#"{"amount": 10.50, "currency": "USD"}"#;

#[test]
fn a_valid_request_gets_the_documented_response() {
    let response = pay(VALID, &[]);
    assert_shown(&response, 201, "application/json", r#"{"amount":900,"currency":"EUR"}"#);
    assert_eq!(response.headers()["location"], "/payouts/7");
    let form = [("content-type", "application/x-www-form-urlencoded; charset=utf-8")];
    assert_eq!(pay("amount=1.5&currency=EUR", &form).status(), 201);
    assert_shown(&pay(VALID, &[("accept", "text/*, application/json;q=0.5")]), 201, "text/csv", "amount,currency");
    assert_shown(&get("/payouts", &[]), 200, "application/json", r#"[{"amount":1,"currency":"USD"}]"#);
    assert_shown(&get("/v1/payouts/last", &[]), 204, "", "");
    assert_eq!(get("/payouts/7.json", &[]).status(), 200);
}

#[test]
fn what_the_document_does_not_allow_is_rejected_in_its_words_where_it_has_some() {
    let invalid = pay(r#"{"amount": 0, "currency": "usd"}"#, &[]);
    assert_shown(&invalid, 422, "application/json", r#"{"error":"text"}"#);
    assert_eq!(
        reason(&invalid),
        "the body's /amount is not above the minimum 0; the body's /currency does not match the pattern ^[A-Z]{3}$"
    );
    assert_eq!((pay("{", &[]).status().as_u16(), pay("", &[]).status().as_u16()), (422, 422), "400 is not documented");
    let deep = "[".repeat(20_000) + &"]".repeat(20_000);
    assert!(reason(&pay(&deep, &[])).contains("nested more than 128 deep"));
    let anonymous = mock().respond(&Request::post("/payouts").body(VALID.as_bytes()).expect("a request"));
    assert_shown(&anonymous, 401, "", "");
    assert_eq!(anonymous.headers()["www-authenticate"], "basic realm=\"mock\"");
    let unsupported = pay(VALID, &[("content-type", "text/plain")]);
    assert_eq!(shown(&unsupported).1, "application/problem+json");
    assert_eq!(
        (unsupported.status().as_u16(), &unsupported.headers()["accept"]),
        (415, &"application/json, application/x-www-form-urlencoded".parse().expect("a header"))
    );
    assert_eq!(pay(VALID, &[("accept", "image/png")]).status(), 406);
}

#[test]
fn parameters_are_read_in_their_style() {
    assert_eq!(get("/payouts?limit=10&ids=1,2&filter[on]=2026-02-28&other=1", &[("x-flag", "true")]).status(), 200);
    let wrong = get("/payouts?limit=11&ids=1,b&filter%5Bon%5D=today", &[("x-flag", "perhaps")]);
    assert_shown(&wrong, 400, "application/json", "{}");
    assert_eq!(
        reason(&wrong),
        "the query parameter `limit` is above the maximum 10; the query parameter `ids`/1 is not an integer; \
         the query parameter `filter`/on is no date such as 2026-02-28; the header parameter `X-Flag` is not true or false"
    );
    assert_eq!(get("/payouts/x.json", &[]).status(), 400);
}

#[test]
fn paths_and_methods_that_are_not_there_are_said_to_be_so() {
    let response = get("/payout", &[]);
    assert_eq!(shown(&response).0, 404);
    assert!(shown(&response).2.contains("the document gives no path /payout"));
    // The list documents its other responses by `default`.
    let response = mock().respond(&Request::delete("/payouts").body("").expect("a request"));
    assert_eq!(shown(&response).2, "{}");
    let response = mock().respond(&Request::post("/payouts/last").body("").expect("a request"));
    assert_eq!((response.status().as_u16(), shown(&response).1.as_str()), (405, "application/problem+json"));
    let response = mock().respond(&Request::delete("/payouts").body("").expect("a request"));
    assert_eq!(
        (response.status().as_u16(), &response.headers()["allow"]),
        (405, &"POST, GET".parse().expect("a header"))
    );
}

#[test]
fn a_caller_chooses_status_and_example() {
    let prefer = |value: &str| pay(VALID, &[("prefer", value)]);
    let response = prefer("code=422");
    assert_shown(&response, 422, "application/json", r#"{"error":"text"}"#);
    assert_eq!(response.headers()["preference-applied"], "code=422");
    assert_shown(&prefer("example=odd"), 201, "application/json", r#"{"amount":"x"}"#);
    assert_eq!(reason(&prefer("code=404")), "the document gives POST /payouts no response for the status 404");
    let unknown = prefer("example=none");
    assert_eq!(reason(&unknown), "the response 201 of POST /payouts has no example `none`: there is large, odd");
    assert_shown(&get("/payouts", &[("prefer", "code=503")]), 503, "application/json", "{}");
}

#[test]
fn the_document_is_served_beside_its_operations() {
    for (path, media) in [("/openapi.json", "application/json"), ("/openapi.yaml", "application/yaml")] {
        let response = get(path, &[]);
        assert_eq!((shown(&response).0, shown(&response).1.as_str()), (200, media));
        let document: serde_json::Value = serde_json::from_slice(response.body()).expect("JSON");
        assert_eq!(document["paths"]["/payouts"]["post"]["operationId"], "pay");
    }
    assert_eq!(mock().base_paths(), ["/v1"]);
}

/// The status of the response to a body, and why it was refused.
fn sent(path: &str, media_type: &str, body: &str) -> (u16, String) {
    let request = Request::post(path).header("content-type", media_type).body(body.as_bytes().to_vec());
    let response = mock().respond(&request.expect("a request"));
    let reason = response.extensions().get::<Reason>().map_or_else(String::new, |reason| reason.0.clone());
    (response.status().as_u16(), reason)
}

#[test]
fn each_item_of_a_sequence_is_held_to_its_schema() {
    let lines = |body: &str| sent("/batches", "application/jsonl", body);
    let whole = format!("{VALID}\n\n  {VALID}\r\n{VALID}");
    assert_eq!(lines(&whole), (202, String::new()));
    let invalid = lines(&format!("{VALID}\n{{\"amount\": 0, \"currency\": \"USD\"}}\n{{}}\n"));
    assert_eq!(invalid.0, 422);
    assert_eq!(
        invalid.1,
        "the body's item 2/amount is not above the minimum 0; the body's item 3 lacks the required property `amount`; \
         the body's item 3 lacks the required property `currency`"
    );
    let (status, reason) = lines(&format!("{VALID}\n{{"));
    assert!(status == 400 && reason.starts_with("the body's item 2 is no JSON: it may be cut off"), "{reason}");
    let sequence = |body: &str| sent("/batches", "application/json-seq", body);
    assert_eq!(sequence(&format!("\u{1e}{VALID}\n\u{1e}{VALID}\n")), (202, String::new()));
    assert_eq!(sequence(&format!("\u{1e}{VALID}\n\u{1e}{{}}\n")).0, 422);
    assert!(sequence(VALID).1.contains("it stands before the first record separator"));
    assert!(sequence("\u{1e}1").1.contains("it may be cut off: no white space follows it"));
}

/// A form of these parts, each with its headers beside the name and its content.
fn form(parts: &[(&str, &str)]) -> String {
    let part = |(name, content): &(&str, &str)| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n")
    };
    format!("{}--b--\r\n", parts.iter().map(part).collect::<String>())
}

#[test]
fn parts_of_a_form_are_held_to_their_schemas() {
    let sent = |body: &str| sent("/files", "multipart/form-data; boundary=\"b\"", body);
    let file = ("file\"; filename=\"a;b.csv", "id,amount\r\n--a bound\r\n");
    assert_eq!(
        sent(&form(&[file, ("count", "2"), ("tags", "ab"), ("tags", "cd"), ("payout", VALID)])),
        (204, String::new())
    );
    assert_eq!(sent(&format!("what no reader looks at\r\n{}", form(&[("count", "1"), file]))).0, 204);
    let (status, reason) =
        sent(&form(&[("count", "0"), ("tags", "ab"), ("tags", "c"), ("payout", "{}"), ("other", "")]));
    assert_eq!(status, 422);
    assert_eq!(
        reason,
        "the body's part `file` is missing; the body's part `count` is below the minimum 1; \
         the body's part `tags` has fewer than 2 characters; \
         the body's part `payout` lacks the required property `amount`; \
         the body's part `payout` lacks the required property `currency`; \
         the body has a part `other` that the document does not allow"
    );
    assert!(sent(&form(&[file, ("count", "1"), ("count", "2")])).1.contains("part `count` is there more than once"));
    assert!(sent(&form(&[file, ("count", "1"), ("payout", "{")])).1.contains("part `payout` is no JSON: "));
    for (body, fault) in [
        ("no part", "it has no boundary"),
        ("--b\r\nContent-Disposition: form-data; name=count\r\n\r\n1", "it ends before its last boundary"),
        ("--b\r\nX: y\r\n\r\n1\r\n--b--", "a part has no name"),
        ("--b\r\n1\r\n--b--", "the headers of a part have no end"),
    ] {
        let (status, reason) = sent(body);
        assert!(status == 400 && reason.contains(fault), "{body}: {reason}");
    }
    assert!(self::sent("/files", "multipart/form-data", "--b--").1.contains("names no boundary"));
}
