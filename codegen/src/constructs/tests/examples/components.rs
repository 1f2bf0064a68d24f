//! Components.

use super::{Example, document};

pub(super) const ALL: &[Example] = &[
    document(
        "a components object",
        "schemas",
        "info: {title: T, version: '1'}\npaths: {}\ncomponents: {schemas: {«A: {type: object, properties: {a: {type: string}}}»}}",
    ),
    document(
        "a components object",
        "responses",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'200': {$ref: '#/components/responses/R'}}}}}\ncomponents: {responses: {R: {description: D.«, content: {text/plain: {schema: {type: string}}}»}}}",
    ),
    document(
        "a components object",
        "parameters",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, parameters: [{$ref: '#/components/parameters/P'}], responses: {'204': {description: D.}}}}}\ncomponents: {parameters: {P: {name: q, in: query«, required: true», schema: {type: string}}}}",
    ),
    document(
        "a components object",
        "examples",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, parameters: [{name: q, in: query, schema: {type: string}, examples: {one: {$ref: '#/components/examples/E'}}}], responses: {'204': {description: D.}}}}}\ncomponents: {examples: {E: {«value: abc»}}}",
    ),
    document(
        "a components object",
        "requestBodies",
        "info: {title: T, version: '1'}\npaths: {/a: {post: {operationId: a, requestBody: {$ref: '#/components/requestBodies/B'}, responses: {'204': {description: D.}}}}}\ncomponents: {requestBodies: {B: {«required: true, »content: {text/plain: {schema: {type: string}}}}}}",
    ),
    document(
        "a components object",
        "headers",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.«, headers: {X-A: {$ref: '#/components/headers/H'}}»}}}}}\ncomponents: {headers: {H: {schema: {type: string}}}}",
    ),
    document(
        "a components object",
        "securitySchemes",
        "info: {title: T, version: '1'}\nsecurity: [{key: []}]\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}\ncomponents: {securitySchemes: {key: {type: apiKey, name: X-Key, in: «query¦header»}}}",
    ),
    document(
        "a components object",
        "links",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.«, links: {again: {$ref: '#/components/links/L'}}»}}}}}\ncomponents: {links: {L: {operationId: a}}}",
    ),
    document(
        "a components object",
        "callbacks",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, parameters: [{name: url, in: query, schema: {type: string}}], responses: {'204': {description: D.}}«, callbacks: {paid: {$ref: '#/components/callbacks/C'}}»}}}\ncomponents: {callbacks: {C: {'{$request.query.url}': {post: {responses: {'200': {description: D.}}}}}}}",
    ),
    document(
        "a components object",
        "pathItems",
        "info: {title: T, version: '1'}\npaths: {/a: {«$ref: '#/components/pathItems/A'»}}\ncomponents: {pathItems: {A: {get: {operationId: a, responses: {'204': {description: D.}}}}}}",
    ),
    document(
        "a components object",
        "mediaTypes",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'200': {description: D., content: {application/json: {«$ref: '#/components/mediaTypes/M'»}}}}}}}\ncomponents: {mediaTypes: {M: {schema: {type: string}}}}",
    ),
];
