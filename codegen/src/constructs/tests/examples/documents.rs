//! The document and what stands on it.

use super::{Example, document};

pub(super) const ALL: &[Example] = &[
    Example {
        version: "3.3.0",
        ..document("an OpenAPI document", "openapi", "info: {title: T, version: '1'}\npaths: {}")
    },
    document("an OpenAPI document", "info", "«info: {title: T, version: '1'}»\npaths: {}"),
    document(
        "an OpenAPI document",
        "servers",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}\n«servers: [{url: 'https://api.example.com/v1'}]»",
    ),
    document(
        "an OpenAPI document",
        "paths",
        "info: {title: T, version: '1'}\n«paths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}»\ncomponents: {}",
    ),
    document(
        "an OpenAPI document",
        "webhooks",
        "info: {title: T, version: '1'}\npaths: {}\n«webhooks: {paid: {post: {operationId: paid, requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Paid'}}}}, responses: {'200': {description: D.}}}}}»\ncomponents: {schemas: {Paid: {type: object, properties: {a: {type: string}}}}}",
    ),
    document(
        "an OpenAPI document",
        "jsonSchemaDialect",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}\n«jsonSchemaDialect: 'https://example.com/dialect'»",
    ),
    document(
        "an OpenAPI document",
        "$self",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'204': {$ref: 'https://example.com/api.yaml#/components/responses/Done'}}}}}\ncomponents: {responses: {Done: {description: D.}}}\n«$self: 'https://example.com/api.yaml'»",
    ),
    document(
        "an OpenAPI document",
        "components",
        "info: {title: T, version: '1'}\npaths: {}\n«components: {schemas: {Paid: {type: object, properties: {a: {type: string}}}}}»",
    ),
    document(
        "an OpenAPI document",
        "security",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}\n«security: [{key: []}]»\ncomponents: {securitySchemes: {key: {type: apiKey, name: X-Key, in: header}}}",
    ),
    document(
        "an OpenAPI document",
        "tags",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, tags: [x], responses: {'204': {description: D.}}}}}\n«tags: [{name: x, description: About x.}]»",
    ),
    document(
        "an OpenAPI document",
        "externalDocs",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}\n«externalDocs: {url: 'https://example.com/more'}»",
    ),
    document(
        "an info object",
        "title",
        "info: {«title: T, »version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}",
    ),
    document(
        "an info object",
        "version",
        "info: {title: T«, version: '1'»}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}",
    ),
    document(
        "an info object",
        "summary",
        "info: {title: T, version: '1'«, summary: Short words.»}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}",
    ),
    document(
        "an info object",
        "description",
        "info: {title: T, version: '1'«, description: Long words.»}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}",
    ),
    document(
        "an info object",
        "termsOfService",
        "info: {title: T, version: '1'«, termsOfService: 'https://example.com/terms'»}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}",
    ),
    document(
        "an info object",
        "contact",
        "info: {title: T, version: '1'«, contact: {email: 'a@example.com'}»}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}",
    ),
    document(
        "an info object",
        "license",
        "info: {title: T, version: '1'«, license: {name: MIT}»}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}",
    ),
    document(
        "a contact",
        "name",
        "info: {title: T, version: '1', contact: {«name: Somebody, »email: 'a@example.com'}}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}",
    ),
    document(
        "a contact",
        "url",
        "info: {title: T, version: '1', contact: {«url: 'https://example.com', »email: 'a@example.com'}}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}",
    ),
    document(
        "a contact",
        "email",
        "info: {title: T, version: '1', contact: {name: Somebody«, email: 'a@example.com'»}}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}",
    ),
    document(
        "a license",
        "name",
        "info: {title: T, version: '1', license: {name: «MIT¦Apache-2.0»}}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}",
    ),
    document(
        "a license",
        "url",
        "info: {title: T, version: '1', license: {name: MIT«, url: 'https://example.com/mit'»}}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}",
    ),
    document(
        "a license",
        "identifier",
        "info: {title: T, version: '1', license: {name: MIT«, identifier: MIT-0»}}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}",
    ),
    document(
        "a server",
        "url",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}\nservers: [{url: 'https://api.example.com/«v1¦v2»'}]",
    ),
    document(
        "a server",
        "description",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}\nservers: [{url: 'https://api.example.com/v1'«, description: Live.»}]",
    ),
    document(
        "a server",
        "name",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}\nservers: [{url: 'https://api.example.com/v1'«, name: live»}]",
    ),
    document(
        "a server",
        "variables",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}\nservers: [{url: 'https://{region}.example.com/v1', variables: {region: {default: «eu¦us»}}}]",
    ),
    document(
        "a server variable",
        "default",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}\nservers: [{url: 'https://{region}.example.com/v1', variables: {region: {default: «eu¦us»}}}]",
    ),
    document(
        "a server variable",
        "enum",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}\nservers: [{url: 'https://{region}.example.com/v1', variables: {region: {default: eu«, enum: [eu, us]»}}}]",
    ),
    document(
        "a server variable",
        "description",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}\nservers: [{url: 'https://{region}.example.com/v1', variables: {region: {default: eu«, description: Where.»}}}]",
    ),
    document(
        "an external documentation object",
        "url",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}\nexternalDocs: {description: More., url: 'https://example.com/«more»'}",
    ),
    document(
        "an external documentation object",
        "description",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: D.}}}}}\nexternalDocs: {url: 'https://example.com/more'«, description: More.»}",
    ),
    document(
        "a tag",
        "name",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, tags: [x], responses: {'204': {description: D.}}}}}\ntags: [{name: «x¦y», description: About x.}]",
    ),
    document(
        "a tag",
        "description",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, tags: [x], responses: {'204': {description: D.}}}, put: {operationId: b, tags: [y], responses: {'204': {description: D.}}}}}\ntags: [{name: x«, description: About x.»}]",
    ),
    document(
        "a tag",
        "externalDocs",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, tags: [x], responses: {'204': {description: D.}}}}}\ntags: [{name: x«, externalDocs: {url: 'https://example.com/x'}»}]",
    ),
    document(
        "a tag",
        "summary",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, tags: [x], responses: {'204': {description: D.}}}, put: {operationId: b, tags: [y], responses: {'204': {description: D.}}}}}\ntags: [{name: x«, summary: All of x.»}]",
    ),
    document(
        "a tag",
        "parent",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, tags: [x], responses: {'204': {description: D.}}}}}\ntags: [{name: x«, parent: y»}, {name: y}]",
    ),
    document(
        "a tag",
        "kind",
        "info: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, tags: [x], responses: {'204': {description: D.}}}}}\ntags: [{name: x«, kind: nav»}]",
    ),
];
