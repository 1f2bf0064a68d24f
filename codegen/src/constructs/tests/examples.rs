//! One small document for each key: the key stands between `«` and `»`, so that the document is known with and without it; behind `¦` stands what
//! takes its place in the document without it.

mod bodies;
mod components;
mod documents;
mod operations;
mod parameters;
mod schemas;
mod security;

/// What an example is put into. `@` stands for the example.
#[derive(Clone, Copy)]
pub(super) enum Frame {
    /// The whole document, below its version.
    Document,
    /// What stands on the schema of a property, in a body that is sent and received.
    Property,
    /// What stands on the schema of a component, in a body that is sent and received.
    Component,
    /// What stands on an operation.
    Operation,
    /// What stands under `components`, beside an operation that sends and receives text.
    Components,
}

impl Frame {
    const fn text(self) -> &'static str {
        match self {
            Self::Document => "@",
            Self::Property => {
                r##"
info: {title: T, version: "1"}
paths:
  /things:
    post:
      operationId: make
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
      responses: {"200": {description: Made., content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}}
components:
  schemas:
    Other: {type: object, required: [kind, b], properties: {kind: {type: string}, b: {type: string}}}
    Thing: {type: object, required: [a], properties: {a: {@}}}
"##
            }
            Self::Component => {
                r##"
info: {title: T, version: "1"}
paths:
  /things:
    post:
      operationId: make
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
      responses: {"200": {description: Made., content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}}
components:
  schemas:
    Other: {type: object, required: [kind, b], properties: {kind: {type: string}, b: {type: string}}}
    Another: {type: object, required: [kind, c], properties: {kind: {type: string}, c: {type: integer}}}
    Thing: {@}
"##
            }
            Self::Operation => {
                r#"
info: {title: T, version: "1"}
paths:
  /things/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    post: {operationId: make, @}
components:
  securitySchemes: {key: {type: apiKey, name: X-Key, in: header}}
"#
            }
            Self::Components => {
                r#"
info: {title: T, version: "1"}
security: [{it: []}]
paths:
  /things:
    get:
      operationId: make
      responses: {"204": {description: Done.}}
components: {@}
"#
            }
        }
    }
}

/// An example: the object and its key as the table names them, the version that the document is written in, and the text.
#[derive(Clone, Copy)]
pub(super) struct Example {
    pub(super) object: &'static str,
    pub(super) key: &'static str,
    pub(super) version: &'static str,
    frame: Frame,
    text: &'static str,
}

impl Example {
    /// The document with the key.
    pub(super) fn with(&self) -> String {
        self.document(|marked| marked.0)
    }

    /// The document without the key, or with another value under it.
    pub(super) fn without(&self) -> String {
        self.document(|marked| marked.1)
    }

    fn document(&self, choose: fn((&'static str, &'static str)) -> &'static str) -> String {
        let mut text = String::new();
        for part in self.text.split('«') {
            let Some((marked, rest)) = part.split_once('»') else {
                text.push_str(part);
                continue;
            };
            text.push_str(choose(marked.split_once('¦').unwrap_or((marked, ""))));
            text.push_str(rest);
        }
        format!("openapi: {}\n{}", self.version, self.frame.text().replace('@', &text))
    }
}

const fn example(object: &'static str, key: &'static str, frame: Frame, text: &'static str) -> Example {
    Example { object, key, version: "3.2.0", frame, text }
}

const fn schema(key: &'static str, text: &'static str) -> Example {
    example("a schema", key, Frame::Property, text)
}

const fn component(key: &'static str, text: &'static str) -> Example {
    example("a schema", key, Frame::Component, text)
}

const fn operation(object: &'static str, key: &'static str, text: &'static str) -> Example {
    example(object, key, Frame::Operation, text)
}

const fn document(object: &'static str, key: &'static str, text: &'static str) -> Example {
    example(object, key, Frame::Document, text)
}

const fn scheme(object: &'static str, key: &'static str, text: &'static str) -> Example {
    example(object, key, Frame::Components, text)
}

/// An example in a document of OpenAPI 3.0.
const fn former(example: Example) -> Example {
    Example { version: "3.0.4", ..example }
}

pub(super) const ALL: &[&[Example]] =
    &[documents::ALL, operations::ALL, parameters::ALL, bodies::ALL, schemas::ALL, security::ALL, components::ALL];

/// Further documents, for codes that the examples above do not have.
pub(super) const LOST: &[Example] = &[
    document(
        "an OpenAPI document",
        "webhooks",
        "info: {title: T, version: '1'}\npaths: {}\n«webhooks: {asked: {get: {responses: {'200': {description: D.}}}}}»",
    ),
    operation(
        "an operation",
        "callbacks",
        "callbacks: {paid: {'{$response.header.Location}': {post: {responses: {'200': {description: D.}}}}}}, responses: {'204': {description: D.}}",
    ),
    operation("a response", "links", "responses: {'204': {description: D., links: {again: {operationId: make}}}}"),
    operation(
        "a link",
        "parameters",
        "responses: {'204': {description: D., links: {again: {operationId: make, parameters: {id: 'a{$request.path.id}'}}}}}",
    ),
    operation(
        "a parameter",
        "in",
        "parameters: [{name: Accept, in: header, schema: {type: string}}], responses: {'204': {description: D.}}",
    ),
    operation(
        "a parameter",
        "schema",
        "parameters: [{name: q, in: query, schema: {type: array, items: {type: array, items: {type: string}}}}], responses: {'204': {description: D.}}",
    ),
    operation(
        "a parameter",
        "content",
        "parameters: [{name: q, in: query, content: {application/xml: {schema: {type: string}}}}], responses: {'204': {description: D.}}",
    ),
    operation("a responses object", "", "responses: {'103': {description: D.}, '204': {description: D.}}"),
    operation(
        "a response",
        "content",
        "responses: {'200': {description: D., content: {application/xml: {schema: {type: string}}}}}",
    ),
    operation(
        "a response",
        "headers",
        "responses: {'204': {description: D., headers: {Set-Cookie: {schema: {type: string}}}}}",
    ),
    operation("a header", "schema", "responses: {'204': {description: D., headers: {X-A: {schema: {}}}}}"),
    operation(
        "a header",
        "content",
        "responses: {'204': {description: D., headers: {X-A: {content: {application/xml: {schema: {type: string}}}}}}}",
    ),
    operation(
        "a callback",
        "",
        "callbacks: {paid: {'{$request.body#/url}': {post: {responses: {'200': {description: D.}}}}}}, responses: {'204': {description: D.}}",
    ),
    document(
        "a schema",
        "default",
        "info: {title: T, version: '1'}\npaths:\n  /things:\n    \
         post: {requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Things'}}}}, responses: {'204': {description: D.}}}\n    \
         patch: {requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Things'}}}}, responses: {'204': {description: D.}}}\n\
         components: {schemas: {Things: {type: array, items: {type: object, properties: {a: {type: integer, default: 1}}}}}}\n",
    ),
    schema("enum", "type: array, items: {type: string}, enum: [a, b]"),
    component(
        "enum",
        "type: object, properties: {a: {type: object, properties: {b: {type: string}}, enum: [{b: x}, {b: y}]}}",
    ),
    component("minProperties", "type: object, minProperties: 1, properties: {a: {type: string}}"),
    component("maxProperties", "type: object, maxProperties: 1, properties: {a: {type: string}}"),
    component("const", "type: object, properties: {a: {type: array, items: {type: string}, const: a}}"),
    component("const", "type: object, properties: {a: {type: object, properties: {b: {type: string}}, const: {b: x}}}"),
    component("oneOf", "type: object, properties: {a: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]"),
    component("anyOf", "type: object, properties: {a: {type: string}}, anyOf: [{required: [a]}, {required: [b]}]"),
    component("not", "type: object, properties: {a: {type: string}}, not: {required: [b]}"),
    component("if", "type: object, properties: {a: {type: string}}, if: {required: [b]}, then: {required: [a]}"),
    component("then", "type: object, properties: {a: {type: string}}, if: {required: [b]}, then: {required: [a]}"),
    component("else", "type: object, properties: {a: {type: string}}, if: {required: [b]}, else: {required: [a]}"),
    component("dependentRequired", "type: object, properties: {a: {type: string}}, dependentRequired: {a: [b]}"),
    component(
        "dependentSchemas",
        "type: object, properties: {a: {type: string}}, dependentSchemas: {b: {required: [a]}}",
    ),
    component("propertyNames", "type: object, properties: {a: {type: string}}, propertyNames: {maxLength: 3}"),
    component("patternProperties", "type: object, patternProperties: {'^(?!x)': {type: string}}"),
    schema("pattern", "type: string, pattern: '^(?!x)'"),
    schema("contains", "type: array, items: {type: string}, contains: {pattern: '^(?!x)'}"),
    schema("minContains", "type: array, items: {type: string}, contains: {pattern: '^(?!x)'}, minContains: 2"),
    schema("maxContains", "type: array, items: {type: string}, contains: {pattern: '^(?!x)'}, maxContains: 2"),
    schema("unevaluatedItems", "type: array, contains: {const: a}, unevaluatedItems: {maxLength: 3}"),
    component(
        "unevaluatedProperties",
        "type: object, if: {required: [a]}, then: {properties: {b: {type: string}}}, properties: {a: {type: string}}, unevaluatedProperties: {type: integer}",
    ),
    component(
        "$dynamicRef",
        "type: object, $dynamicAnchor: node, properties: {a: {$dynamicRef: '#node'}, b: {type: object, $dynamicAnchor: node, properties: {c: {type: string}}}}",
    ),
    scheme("a security scheme", "type", "securitySchemes: {it: {type: mutualTLS}}"),
    scheme("a security scheme", "scheme", "securitySchemes: {it: {type: http, scheme: digest}}"),
    scheme("a security scheme", "scheme", "securitySchemes: {it: {type: http, scheme: 'no scheme'}}"),
];
