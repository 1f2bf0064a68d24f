//! Documents with one text in every place that takes one.

use serde_json::{Value, json};

/// A text behind a lookahead, which no server checks: whether a text is a regular expression differs from text to text.
fn unread(text: &str) -> String {
    format!("(?=.){text}")
}

/// Titles, descriptions and whatever else is only shown; names stay the same.
pub fn with_texts(text: &str) -> String {
    let extension = json!({ "deep": [text, { text: text }] });
    let said = |mut value: Value| {
        value["description"] = text.into();
        value["x-note"] = extension.clone();
        value
    };
    let provenance = json!({ "source": "public", "reason": text });
    let thing = said(json!({
        "type": "object", "title": text, "required": ["a"], "x-specie-provenance": provenance, "externalDocs": { "url": "https://example.com", "description": text },
        "properties": {
            "a": said(json!({ "type": "string", "example": text, "pattern": unread(text) })),
            "b": said(json!({ "type": "string", "enum": ["x", "y"], "deprecated": true })),
            "c": said(json!({ "type": "number", "format": "decimal", "x-specie-provenance": [{ "source": "inferred", "reason": text }] })),
            "d": said(json!({ "oneOf": [{ "$ref": "#/components/schemas/Other" }, said(json!({ "type": "string" }))] })),
            "e": said(json!({ "type": "object", "additionalProperties": said(json!({ "type": "string" })) })),
            "f": said(json!({ "type": "object", "properties": { "g": said(json!({ "type": "string" })) } })),
            "h": said(json!({ "type": "string", "x-specie-sensitive": true })),
        },
    }));
    let json_content = |schema: &str| json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{schema}") }, "example": text } });
    let operation = |id: &str| {
        said(json!({
            "operationId": id, "summary": text, "x-specie-outcome": "none", "x-specie-provenance": provenance, "deprecated": true,
            "parameters": [said(json!({ "name": "q", "in": "query", "schema": said(json!({ "type": "string" })), "example": text }))],
            "requestBody": said(json!({ "content": json_content("Thing") })),
            "responses": { "200": { "description": text, "content": json_content("Thing") }, "404": { "description": text, "content": json_content("Other") }, "default": { "description": text } },
        }))
    };
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": text, "version": text, "description": text, "termsOfService": text, "contact": { "name": text }, "license": { "name": text } },
        "tags": [{ "name": "things", "description": text }],
        "servers": [{ "url": "https://a.example.com", "description": text, "x-specie-server-name": "one" }, { "url": "https://b.example.com", "description": text, "x-specie-server-name": "two" }],
        "security": [{ "key": [] }],
        "paths": { "/things": { "summary": text, "description": text, "post": operation("createThing"), "put": operation("putThing") } },
        "x-webhooks": { "changed": { "post": operation("changed") } },
        "components": {
            "schemas": { "Thing": thing, "Other": said(json!({ "type": "object", "properties": { "z": said(json!({ "type": "integer" })) } })) },
            "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key", "description": text } },
        },
        "x-anything": extension,
    });
    document.to_string()
}

/// Names of properties, parameters, operations, tags and values, each made of the text.
pub fn with_names(text: &str) -> String {
    let object = |value: Value| json!({ "type": "object", "required": [text], "properties": { text: value, format!("{text} 2"): { "type": "boolean" } } });
    let parameter = |name: String, place: &str| json!({ "name": name, "in": place, "schema": { "type": "string" } });
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": text, "version": "1" },
        "tags": [{ "name": text }],
        "servers": [{ "url": "https://a.example.com", "x-specie-server-name": "one" }, { "url": "https://b.example.com", "x-specie-server-name": "two" }],
        "security": [{ "key": [] }],
        "paths": {
            "/things": {
                "post": {
                    "operationId": text, "tags": [text], "x-specie-outcome": "none",
                    "parameters": [parameter(text.to_owned(), "query"), parameter(format!("{text} 2"), "query")],
                    "requestBody": { "content": { "application/json": { "schema": object(json!({ "type": "string" })) } } },
                    "responses": {
                        "200": { "description": "It.", "content": { "application/json": { "schema": object(object(json!({ "type": "array", "items": object(json!({})) }))) } } },
                        "400": { "description": "No.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Union" } } } },
                    },
                },
            },
        },
        "components": {
            "schemas": {
                "One": object(json!({ "type": "string" })), "Two": object(json!({ "type": "string" })),
                "Union": {
                    "oneOf": [{ "$ref": "#/components/schemas/One" }, { "$ref": "#/components/schemas/Two" }],
                    "discriminator": { "propertyName": text, "mapping": { format!("{text} 1"): "#/components/schemas/One", format!("{text} 2"): "#/components/schemas/Two" } },
                },
            },
            "securitySchemes": { "key": { "type": "apiKey", "in": "query", "name": text } },
        },
    });
    document.to_string()
}

/// Enum values, defaults, examples, media types, URLs and the like.
pub fn with_values(text: &str) -> String {
    let values = json!({ "type": "string", "enum": [text, format!("{text} 2"), "other"] });
    // In a URL braces name variables, and it is an error not to declare them.
    let path = text.replace('{', "(").replace('}', ")");
    let media = format!("application/json; note={}", Value::from(text));
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Hostile", "version": text, "termsOfService": text, "contact": { "url": text, "email": text }, "license": { "name": text, "url": text } },
        "servers": [{ "url": format!("https://a.example.com/{path}") }],
        "externalDocs": { "url": text },
        "paths": {
            "/things": {
                "post": {
                    "operationId": "createThing", "x-specie-outcome": "none",
                    "parameters": [{ "name": "q", "in": "query", "schema": { "type": "string", "enum": [text, "other"], "default": text } }],
                    "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" }, "examples": { text: { "value": text } } }, media: { "schema": {} } } },
                    "responses": { "200": { "description": "It.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } } } },
                },
            },
        },
        "components": { "schemas": { "Thing": {
            "type": "object",
            "properties": {
                "a": values,
                "b": { "type": "string", "default": text, "example": text, "pattern": unread(text) },
                "c": { "type": "array", "items": values.clone(), "example": [text] },
                "d": { "type": "string", "format": text },
            },
        } } },
    });
    document.to_string()
}
