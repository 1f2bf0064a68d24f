//! Which values are shown of schemas and responses.

use super::{NoSample, choose, of_response, of_schema, success};
use crate::api::{Api, Direction, Key};
use crate::instance::tests::api;
use crate::source::Source;
use crate::strictness::Strictness;

fn sample_in(schemas: &str, direction: Direction) -> Result<String, NoSample> {
    let api = api(schemas);
    let schema = api.schemas.find(&Key::Component("A".into())).expect("a schema A");
    of_schema(&api.schemas, schema, direction).map(|value| value.to_string())
}

fn sample(schemas: &str) -> Result<String, NoSample> {
    sample_in(schemas, Direction::Response)
}

fn one(schema: &str) -> Result<String, NoSample> {
    sample(&format!("    A: {schema}\n"))
}

#[test]
fn documented_values_come_first_where_they_are_valid() {
    assert_eq!(one("{type: string, example: shown, default: usual}").as_deref(), Ok(r#""shown""#));
    assert_eq!(one("{type: string, maxLength: 5, example: too long, default: usual}").as_deref(), Ok(r#""usual""#));
    assert_eq!(one("{type: string, enum: [first, second], default: second}").as_deref(), Ok(r#""second""#));
    assert_eq!(one("{type: integer, examples: [word, 7]}").as_deref(), Ok("7"));
    assert_eq!(one("{const: [1]}").as_deref(), Ok("[1]"));
    assert_eq!(one("{type: number, example: 100.50}").as_deref(), Ok("100.50"));
}

#[test]
fn a_value_that_doubles_with_each_schema_is_too_large() {
    let doubled = |last: usize| {
        let pair = |at: usize| {
            let name = if at == 0 { "A".to_owned() } else { format!("A{at}") };
            let part = format!("{{$ref: '#/components/schemas/A{}'}}", at + 1);
            format!("    {name}: {{type: object, required: [l, r], properties: {{l: {part}, r: {part}}}}}\n")
        };
        (0..last).map(pair).chain([format!("    A{last}: {{type: string}}\n")]).collect::<String>()
    };
    let small = r#"{"l":{"l":"text","r":"text"},"r":{"l":"text","r":"text"}}"#;
    assert_eq!(sample(&doubled(2)).as_deref(), Ok(small));
    assert_eq!(sample(&doubled(50)), Err(NoSample::TooLarge));
}

#[test]
fn numbers_keep_their_limits() {
    for (schema, expected) in [
        ("{type: integer}", "1"),
        ("{type: integer, minimum: 5}", "5"),
        ("{type: integer, exclusiveMinimum: 5}", "6"),
        ("{type: integer, maximum: -3, multipleOf: 5}", "-5"),
        ("{type: integer, minimum: 1.5, multipleOf: 0.75}", "3"),
        ("{type: number, exclusiveMinimum: 0, exclusiveMaximum: 1}", "0.01"),
        ("{type: number, minimum: 0.001, maximum: 0.002}", "0.001"),
        ("{type: number, multipleOf: 0.25, minimum: 1.1}", "1.25"),
        ("{type: integer, minimum: 9007199254740993}", "9007199254740993"),
    ] {
        assert_eq!(one(schema).as_deref(), Ok(expected), "{schema}");
    }
    assert_eq!(one("{type: integer, format: int32, minimum: 3000000000}"), Err(NoSample::Limits));
}

#[test]
fn texts_keep_format_length_and_pattern() {
    for (schema, expected) in [
        ("{type: string}", "text"),
        ("{type: string, format: date}", "2026-02-28"),
        ("{type: string, maxLength: 2}", "te"),
        ("{type: string, minLength: 6}", "textte"),
        ("{type: string, format: uri, minLength: 30}", "https://example.com/aaaaaaaaaa"),
        ("{type: string, pattern: '^[A-Z]{3}$'}", "AAA"),
        ("{type: string, pattern: '^(live|test)_[0-9a-f]{4,}$', minLength: 12}", "live_aaaaaaa"),
        (r"{type: string, pattern: '^\d{4}-\d{2}$'}", "1111-11"),
        ("{type: string, pattern: 'x$', minLength: 3, maxLength: 5}", ""),
        ("{type: string, format: email, maxLength: 19}", "someone@example.com"),
    ] {
        let found = one(schema);
        if expected.is_empty() {
            assert!(matches!(found, Err(NoSample::Pattern(_))), "{schema}: {found:?}");
        } else {
            assert_eq!(found.as_deref(), Ok(format!("\"{expected}\"").as_str()), "{schema}");
        }
    }
    assert_eq!(one("{type: string, pattern: '^(?=a)a$'}"), Err(NoSample::Pattern("^(?=a)a$".into())));
    assert_eq!(one("{type: string, format: uuid, maxLength: 4}"), Err(NoSample::Limits));
}

#[test]
fn objects_and_lists_hold_what_is_required_and_end() {
    let node = "    A: {type: object, required: [id], properties: {id: {type: string, readOnly: true},
      next: {$ref: '#/components/schemas/A'}, secret: {type: string, writeOnly: true},
      others: {type: array, items: {$ref: '#/components/schemas/A'}}}}\n";
    assert_eq!(sample(node).as_deref(), Ok(r#"{"id":"text","others":[]}"#));
    assert_eq!(sample_in(node, Direction::Request).as_deref(), Ok(r#"{"secret":"text","others":[]}"#));
    let endless = "    A: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/A'}}}\n";
    assert_eq!(sample(endless), Err(NoSample::Endless));
    let ending = "    A: {type: object, required: [a], properties: {a: {oneOf: [{$ref: '#/components/schemas/A'}, {type: integer}]}}}\n";
    assert_eq!(sample(ending).as_deref(), Ok(r#"{"a":1}"#));
    assert_eq!(
        one("{type: array, minItems: 3, uniqueItems: true, items: {type: integer, multipleOf: 5}}").as_deref(),
        Ok("[5,10,0]")
    );
    assert_eq!(one("{type: array, minItems: 3, uniqueItems: true, items: {type: boolean}}"), Err(NoSample::Limits));
    assert_eq!(
        one("{type: object, minProperties: 2, additionalProperties: {type: integer}}").as_deref(),
        Ok(r#"{"key1":1,"key2":1}"#)
    );
    assert_eq!(
        one("{type: object, required: [b], additionalProperties: {type: integer}}").as_deref(),
        Ok(r#"{"b":1}"#)
    );
}

#[test]
fn unions_take_a_branch_that_is_told_from_the_others() {
    let tagged = "    A: {oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}], discriminator: {propertyName: kind, mapping: {bee: '#/components/schemas/B'}}}
    B: {type: object, required: [kind], properties: {kind: {type: string}}}
    C: {type: object, required: [kind], properties: {kind: {type: string}}}\n";
    assert_eq!(sample(tagged).as_deref(), Ok(r#"{"kind":"bee"}"#));
    assert_eq!(one("{oneOf: [{type: number}, {type: integer}, {type: string}]}").as_deref(), Ok(r#""text""#));
    assert_eq!(one("{oneOf: [{type: number}, {type: number}]}"), Err(NoSample::SeveralBranches));
    assert_eq!(one("{anyOf: [{type: number}, {type: number}]}").as_deref(), Ok("1"));
    assert_eq!(one("false"), Err(NoSample::Never));
}

#[test]
fn a_response_is_shown_as_it_is_sent() {
    let document = "openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a:
    get:
      responses:
        4XX: {description: Bad.}
        '202':
          description: Taken.
          headers:
            Location: {required: true, schema: {type: array, items: {type: string, format: uri}}}
            X-Other: {schema: {type: string}}
          content:
            text/csv: {schema: {type: string, example: 'a,b'}}
            application/vnd.x+json: {schema: {type: object}, examples: {one: {value: {b: 1.0}}}}
        '204': {description: Done.}
";
    let (api, _) = crate::api_and_document(&Source::new("a.yaml", document), Strictness::Lenient, &[]);
    let api: Api = api.expect("a document").api;
    let operation = &api.operations[0];
    let response = success(operation).expect("a success");
    let sample = of_response(&api.schemas, operation, (response, choose(&response.content)), None).expect("a sample");
    assert_eq!((sample.status, sample.media_type.as_deref()), (202, Some("application/vnd.x+json")));
    assert_eq!(sample.headers, [("Location".to_owned(), "https://example.com".to_owned())]);
    assert_eq!(sample.body, r#"{"b":1.0}"#);
    let text = of_response(&api.schemas, operation, (response, response.content.first()), None).expect("a sample");
    assert_eq!(text.body, "a,b");
}

#[test]
fn a_page_leads_to_no_other() {
    let document = "openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a:
    get:
      operationId: list
      x-specie-pagination: {style: link, items: /data, next: /links/next}
      responses:
        '200':
          description: A page.
          content: {application/json: {schema: {type: object, required: [links], properties: {data: {type: array, items: {type: string}},
            links: {type: object, required: [next], properties: {next: {type: [string, 'null'], format: uri}}}}}}}
";
    let (api, found) = crate::api_and_document(&Source::new("a.yaml", document), Strictness::Lenient, &[]);
    let api: Api = api.unwrap_or_else(|| panic!("{found:?}")).api;
    let operation = &api.operations[0];
    let response = success(operation).expect("a success");
    let sample = of_response(&api.schemas, operation, (response, response.content.first()), None);
    assert_eq!(sample.expect("a sample").body, r#"{"data":["text"],"links":{"next":null}}"#);
}
