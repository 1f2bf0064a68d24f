//! Bodies, responses, examples and links.

use super::{Example, document, operation};

pub(super) const ALL: &[Example] = &[
    operation(
        "a request body",
        "description",
        "requestBody: {«description: The text., »required: true, content: {text/plain: {schema: {type: string}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "a request body",
        "content",
        "requestBody: {required: true, content: {text/plain: {schema: {type: string}}«, application/json: {schema: {type: string}}»}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "a request body",
        "content",
        "requestBody: {required: true, content: {text/plain: {schema: {type: string}}«, multipart/form-data: {schema: {type: object, properties: {a: {type: string}}}}»}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "a request body",
        "content",
        "requestBody: {required: true, content: {text/plain: {schema: {type: string}}«, multipart/mixed: {schema: {type: object, properties: {a: {type: string}}}}»}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "a request body",
        "content",
        "requestBody: {required: true, content: {«application/xml¦application/json»: {schema: {type: object, properties: {a: {type: string}}}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "a request body",
        "content",
        "requestBody: {required: true, content: {«multipart/form-data¦application/json»: {schema: {type: object, properties: {a: {type: string}}}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "a request body",
        "required",
        "requestBody: {«required: true, »content: {text/plain: {schema: {type: string}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "a request body",
        "required",
        "requestBody: {content: {«multipart/form-data¦application/json»: {schema: {type: object, required: [a], properties: {a: {type: string}}}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "a media type",
        "schema",
        "requestBody: {required: true, content: {application/json: {«schema: {type: string}»}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "a media type",
        "itemSchema",
        "responses: {'200': {description: D., content: {application/jsonl: {«itemSchema: {type: string}»}}}}",
    ),
    operation(
        "a media type",
        "itemSchema",
        "requestBody: {required: true, content: {application/json-seq: {«itemSchema: {type: string}»}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "a media type",
        "itemSchema",
        "responses: {'200': {description: D., content: {text/event-stream: {itemSchema: {type: object, properties: {data: {type: «integer¦boolean»}}}}}}}",
    ),
    operation(
        "a media type",
        "itemSchema",
        "responses: {'400': {description: D., content: {application/jsonl: {«itemSchema: {type: string}»}}}}",
    ),
    operation(
        "a media type",
        "itemSchema",
        "responses: {'200': {description: D., content: {text/event-stream: {itemSchema: {type: object, properties: {data: {type: string, contentMediaType: application/json«, contentSchema: {type: integer}»}}}}}}}",
    ),
    operation(
        "a media type",
        "example",
        "requestBody: {required: true, content: {application/json: {schema: {type: string}«, example: abc»}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "a media type",
        "examples",
        "requestBody: {required: true, content: {application/json: {schema: {type: string}«, examples: {one: {value: abc}}»}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "a media type",
        "encoding",
        "requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, properties: {a: {type: string}}}«, encoding: {a: {contentType: image/png}}»}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "a media type",
        "prefixEncoding",
        "requestBody: {required: true, content: {multipart/mixed: {schema: {type: array}«, prefixEncoding: [{contentType: text/plain}]»}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "a media type",
        "itemEncoding",
        "requestBody: {required: true, content: {multipart/mixed: {schema: {type: array}«, itemEncoding: {contentType: text/plain}»}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "an encoding",
        "contentType",
        "requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, properties: {a: {type: string}}}, encoding: {a: {«contentType: text/csv»}}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "an encoding",
        "contentType",
        "requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, properties: {a: {type: object, properties: {b: {type: string}}}}}, encoding: {a: {«contentType: application/xml»}}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "an encoding",
        "contentType",
        "requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: array, items: {type: string}}}}, encoding: {a: {«contentType: application/json»}}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "an encoding",
        "headers",
        "requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, properties: {a: {type: string}}}, encoding: {a: {«headers: {X-A: {schema: {type: string}}}»}}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "an encoding",
        "encoding",
        "requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, properties: {a: {type: object, properties: {b: {type: string}}}}}, encoding: {a: {«encoding: {b: {contentType: text/csv}}»}}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "an encoding",
        "prefixEncoding",
        "requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, properties: {a: {type: array, items: {type: string}}}}, encoding: {a: {«prefixEncoding: [{contentType: text/csv}]»}}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "an encoding",
        "itemEncoding",
        "requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, properties: {a: {type: array, items: {type: string}}}}, encoding: {a: {«itemEncoding: {contentType: text/csv}»}}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "an encoding",
        "style",
        "requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: array, items: {type: string}}}}, encoding: {a: {explode: false«, style: pipeDelimited»}}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "an encoding",
        "style",
        "requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, properties: {a: {type: array, items: {type: string}}}}, encoding: {a: {«style: form»}}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "an encoding",
        "explode",
        "requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: array, items: {type: string}}}}, encoding: {a: {«explode: false»}}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "an encoding",
        "explode",
        "requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, properties: {a: {type: array, items: {type: string}}}}, encoding: {a: {«explode: true»}}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "an encoding",
        "allowReserved",
        "requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}}}, encoding: {a: {«allowReserved: true»}}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "an encoding",
        "allowReserved",
        "requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, properties: {a: {type: string}}}, encoding: {a: {«allowReserved: true»}}}}}, responses: {'204': {description: D.}}",
    ),
    operation("a response", "description", "responses: {'204': {description: «Done.¦D.»}}"),
    operation("a response", "summary", "responses: {'204': {description: D.«, summary: Nothing to say.»}}"),
    operation(
        "a response",
        "headers",
        "responses: {'204': {description: D.«, headers: {X-A: {schema: {type: string}}}»}}",
    ),
    operation(
        "a response",
        "content",
        "responses: {'200': {description: D.«, content: {text/plain: {schema: {type: string}}}»}}",
    ),
    operation(
        "a response",
        "content",
        "responses: {'200': {description: D., content: {text/plain: {schema: {type: string}}«, application/json: {schema: {type: integer}}»}}}",
    ),
    operation(
        "a response",
        "content",
        "responses: {'200': {description: D., content: {«text/event-stream¦application/json»: {schema: {type: integer}}}}}",
    ),
    document(
        "a response",
        "content",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'200': {description: D., content: {application/json: {schema: {$ref: '#/components/schemas/It'}}«, text/plain: {schema: {$ref: '#/components/schemas/It'}}»}}}}}}\ncomponents: {schemas: {It: {type: object, properties: {a: {type: string}}}}}",
    ),
    operation(
        "a response",
        "content",
        "responses: {'204': {description: D.«, content: {text/plain: {schema: {type: string}}}»}}",
    ),
    operation(
        "a response",
        "links",
        "responses: {'204': {description: D.«, links: {again: {operationId: make, parameters: {id: $request.path.id}}}»}}",
    ),
    operation(
        "an example",
        "summary",
        "requestBody: {required: true, content: {application/json: {schema: {type: string}, examples: {one: {«summary: The first., »value: abc}}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "an example",
        "description",
        "requestBody: {required: true, content: {application/json: {schema: {type: string}, examples: {one: {«description: The first., »value: abc}}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "an example",
        "value",
        "requestBody: {required: true, content: {application/json: {schema: {type: string}, examples: {one: {summary: S.«, value: abc»}}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "an example",
        "externalValue",
        "requestBody: {required: true, content: {application/json: {schema: {type: string}, examples: {one: {summary: S.«, externalValue: 'https://example.com/one.json'»}}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "an example",
        "dataValue",
        "requestBody: {required: true, content: {application/json: {schema: {type: string}, examples: {one: {summary: S.«, dataValue: abc»}}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "an example",
        "serializedValue",
        "requestBody: {required: true, content: {application/json: {schema: {type: string}, examples: {one: {summary: S.«, serializedValue: '\"abc\"'»}}}}}, responses: {'204': {description: D.}}",
    ),
    operation(
        "a link",
        "operationRef",
        "responses: {'204': {description: D., links: {again: {«operationRef: '#/paths/~1things~1{id}/post', »parameters: {id: $request.path.id}}}}}",
    ),
    operation(
        "a link",
        "operationId",
        "responses: {'204': {description: D., links: {again: {«operationId: make, »parameters: {id: $request.path.id}}}}}",
    ),
    operation(
        "a link",
        "parameters",
        "responses: {'204': {description: D., links: {again: {operationId: make«, parameters: {id: $request.path.id}»}}}}",
    ),
    operation(
        "a link",
        "requestBody",
        "responses: {'204': {description: D., links: {again: {operationId: make«, requestBody: $request.body»}}}}",
    ),
    operation(
        "a link",
        "description",
        "responses: {'204': {description: D., links: {again: {operationId: make, parameters: {id: $request.path.id}«, description: Once more.»}}}}",
    ),
    operation(
        "a link",
        "server",
        "responses: {'204': {description: D., links: {again: {operationId: make, parameters: {id: $request.path.id}«, server: {url: 'https://other.example.com'}»}}}}",
    ),
];
