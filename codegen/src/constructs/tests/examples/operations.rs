//! Path items and operations.

use super::{Example, document, operation};

pub(super) const ALL: &[Example] = &[
    document(
        "a path item",
        "$ref",
        "info: {title: T, version: '1'}\npaths: {/a: {«$ref: '#/components/pathItems/A'»}}\ncomponents: {pathItems: {A: {get: {operationId: a, responses: {'204': {description: D.}}}}}}",
    ),
    document(
        "a path item",
        "summary",
        "info: {title: T, version: '1'}\npaths: {/a: {«summary: All of a., »get: {operationId: a, responses: {'204': {description: D.}}}}}",
    ),
    document(
        "a path item",
        "description",
        "info: {title: T, version: '1'}\npaths: {/a: {«description: All of a., »get: {operationId: a, responses: {'204': {description: D.}}}}}",
    ),
    document(
        "a path item",
        "get",
        "info: {title: T, version: '1'}\npaths: {/a: {«get: {operationId: a, responses: {'204': {description: D.}}}»}}",
    ),
    document(
        "a path item",
        "put",
        "info: {title: T, version: '1'}\npaths: {/a: {«put: {operationId: a, responses: {'204': {description: D.}}}»}}",
    ),
    document(
        "a path item",
        "post",
        "info: {title: T, version: '1'}\npaths: {/a: {«post: {operationId: a, responses: {'204': {description: D.}}}»}}",
    ),
    document(
        "a path item",
        "delete",
        "info: {title: T, version: '1'}\npaths: {/a: {«delete: {operationId: a, responses: {'204': {description: D.}}}»}}",
    ),
    document(
        "a path item",
        "options",
        "info: {title: T, version: '1'}\npaths: {/a: {«options: {operationId: a, responses: {'204': {description: D.}}}»}}",
    ),
    document(
        "a path item",
        "head",
        "info: {title: T, version: '1'}\npaths: {/a: {«head: {operationId: a, responses: {'204': {description: D.}}}»}}",
    ),
    document(
        "a path item",
        "patch",
        "info: {title: T, version: '1'}\npaths: {/a: {«patch: {operationId: a, responses: {'204': {description: D.}}}»}}",
    ),
    document(
        "a path item",
        "trace",
        "info: {title: T, version: '1'}\npaths: {/a: {«trace: {operationId: a, responses: {'204': {description: D.}}}»}}",
    ),
    document(
        "a path item",
        "query",
        "info: {title: T, version: '1'}\npaths: {/a: {«query: {operationId: a, responses: {'204': {description: D.}}}»}}",
    ),
    document(
        "a path item",
        "additionalOperations",
        "info: {title: T, version: '1'}\npaths: {/a: {«additionalOperations: {COPY: {operationId: a, responses: {'204': {description: D.}}}}»}}",
    ),
    document(
        "a path item",
        "servers",
        "info: {title: T, version: '1'}\npaths: {/a: {«servers: [{url: 'https://other.example.com'}], »get: {operationId: a, responses: {'204': {description: D.}}}}}",
    ),
    document(
        "a path item",
        "parameters",
        "info: {title: T, version: '1'}\npaths: {/a: {«parameters: [{name: q, in: query, schema: {type: string}}], »get: {operationId: a, responses: {'204': {description: D.}}}}}",
    ),
    operation("an operation", "tags", "«tags: [x], »responses: {'204': {description: D.}}"),
    operation("an operation", "summary", "«summary: Makes it., »responses: {'204': {description: D.}}"),
    operation("an operation", "description", "«description: Makes it., »responses: {'204': {description: D.}}"),
    operation(
        "an operation",
        "externalDocs",
        "«externalDocs: {url: 'https://example.com/more'}, »responses: {'204': {description: D.}}",
    ),
    document(
        "an operation",
        "operationId",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {«operationId: fetch, »responses: {'204': {description: D.}}}}}",
    ),
    operation(
        "an operation",
        "parameters",
        "«parameters: [{name: q, in: query, schema: {type: string}}], »responses: {'204': {description: D.}}",
    ),
    operation(
        "an operation",
        "requestBody",
        "«requestBody: {required: true, content: {text/plain: {schema: {type: string}}}}, »responses: {'204': {description: D.}}",
    ),
    operation("an operation", "responses", "«responses: {'204': {description: D.}}»"),
    operation(
        "an operation",
        "callbacks",
        "«callbacks: {paid: {'https://example.com/{$request.path.id}': {post: {responses: {'200': {description: D.}}}}}}, »responses: {'204': {description: D.}}",
    ),
    operation("an operation", "deprecated", "«deprecated: true, »responses: {'204': {description: D.}}"),
    operation("an operation", "security", "«security: [{key: []}], »responses: {'204': {description: D.}}"),
    operation(
        "an operation",
        "servers",
        "«servers: [{url: 'https://other.example.com'}], »responses: {'204': {description: D.}}",
    ),
];
