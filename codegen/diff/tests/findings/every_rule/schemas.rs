//! Pairs of schemas, each with the rule and what the change means for old clients and old servers where a request has them.

/// A change of the schema of a request that no keyword alone says: only values that are tried on the documents' own texts show it.
pub(super) const TRIED: (&str, &str, &str) = (
    "values-changed fine breaks",
    "{oneOf: [{type: string, enum: [a, b]}, {type: string, enum: [b, c]}]}",
    "{type: string, enum: [a, b, c]}",
);

/// Changes of the schema of a request.
pub(super) const SCHEMAS: &[(&str, &str, &str)] = &[
    ("type-changed breaks breaks", "{type: integer}", "{type: boolean}"),
    ("type-widened fine breaks", "{type: integer}", "{type: number}"),
    ("type-narrowed breaks fine", "{type: number}", "{type: integer}"),
    ("format-changed breaks breaks", "{type: string, format: uuid}", "{type: string, format: date}"),
    ("format-added breaks fine", "{type: string}", "{type: string, format: date}"),
    ("format-removed fine breaks", "{type: string, format: date}", "{type: string}"),
    ("content-encoding-changed breaks fine", "{type: string}", "{type: string, contentEncoding: base64}"),
    ("became-nullable fine breaks", "{type: string}", "{type: [string, 'null']}"),
    ("became-not-nullable breaks fine", "{type: [string, 'null']}", "{type: string}"),
    ("enum-value-added fine breaks", "{type: string, enum: [a, b]}", "{type: string, enum: [a, b, c]}"),
    ("enum-value-removed breaks fine", "{type: string, enum: [a, b]}", "{type: string, enum: [a]}"),
    ("enum-added breaks fine", "{type: string}", "{type: string, enum: [a]}"),
    ("enum-removed fine breaks", "{type: string, enum: [a]}", "{type: string}"),
    (
        "known-values-changed review fine",
        "{type: string, x-extensible-enum: [a, b]}",
        "{type: string, x-extensible-enum: [a]}",
    ),
    ("const-changed breaks breaks", "{const: a}", "{const: b}"),
    ("minimum-changed breaks fine", "{type: integer, minimum: 0}", "{type: integer, minimum: 1}"),
    ("maximum-changed fine breaks", "{type: integer, maximum: 1}", "{type: integer, maximum: 2}"),
    ("multiple-of-changed breaks breaks", "{type: integer, multipleOf: 2}", "{type: integer, multipleOf: 3}"),
    ("min-length-changed breaks fine", "{type: string}", "{type: string, minLength: 1}"),
    ("max-length-changed breaks fine", "{type: string, maxLength: 3}", "{type: string, maxLength: 2}"),
    ("pattern-changed review review", "{type: string, pattern: '^a'}", "{type: string, pattern: '^b'}"),
    ("pattern-added breaks fine", "{type: string}", "{type: string, pattern: '^b'}"),
    ("pattern-removed fine breaks", "{type: string, pattern: '^a'}", "{type: string}"),
    ("min-items-changed breaks fine", "{type: array, items: {}}", "{type: array, items: {}, minItems: 1}"),
    ("max-items-changed fine breaks", "{type: array, items: {}, maxItems: 1}", "{type: array, items: {}}"),
    ("unique-items-changed breaks fine", "{type: array, items: {}}", "{type: array, items: {}, uniqueItems: true}"),
    ("min-properties-changed breaks fine", "{type: object}", "{type: object, minProperties: 1}"),
    ("max-properties-changed fine breaks", "{type: object, maxProperties: 1}", "{type: object, maxProperties: 2}"),
    ("assertion-added breaks fine", "{type: string}", "{type: string, not: {minLength: 3}}"),
    ("assertion-removed fine breaks", "{type: string, not: {minLength: 3}}", "{type: string}"),
    ("assertion-changed review review", "{type: string, not: {pattern: '^a'}}", "{type: string, not: {pattern: '^b'}}"),
    (
        "unchecked-keyword-changed breaks fine",
        "{type: string, contentMediaType: application/json}",
        "{type: string, contentMediaType: application/json, contentSchema: {type: object}}",
    ),
    ("items-added breaks fine", "{type: array}", "{type: array, items: {type: string}}"),
    ("items-removed fine breaks", "{type: array, items: {type: string}}", "{type: array}"),
    (
        "property-added breaks review",
        "{type: object}",
        "{type: object, required: [a], properties: {a: {type: string}}}",
    ),
    (
        "property-removed breaks fine",
        "{type: object, additionalProperties: false, properties: {a: {type: string}}}",
        "{type: object, additionalProperties: false}",
    ),
    (
        "property-became-required breaks fine",
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, required: [a], properties: {a: {type: string}}}",
    ),
    (
        "property-became-optional fine breaks",
        "{type: object, required: [a], properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string}}}",
    ),
    (
        "read-only-changed review fine",
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string, readOnly: true}}}",
    ),
    ("additional-properties-closed breaks fine", "{type: object}", "{type: object, additionalProperties: false}"),
    ("additional-properties-opened fine breaks", "{type: object, additionalProperties: false}", "{type: object}"),
    (
        "additional-properties-restricted breaks fine",
        "{type: object}",
        "{type: object, additionalProperties: {type: string}}",
    ),
    (
        "additional-properties-unrestricted fine breaks",
        "{type: object, additionalProperties: {type: string}}",
        "{type: object}",
    ),
    (
        "pattern-property-added breaks fine",
        "{type: object}",
        "{type: object, patternProperties: {'^a': {type: string}}}",
    ),
    (
        "pattern-property-removed fine breaks",
        "{type: object, patternProperties: {'^a': {type: string}}}",
        "{type: object}",
    ),
    (
        "became-union breaks breaks",
        "{type: object, required: [k], properties: {k: {const: c}}}",
        "{oneOf: [{type: object, required: [k], properties: {k: {const: a}}}, {type: object, required: [k], properties: {k: {const: b}}}]}",
    ),
    (
        "union-removed breaks breaks",
        "{oneOf: [{type: object, required: [k], properties: {k: {const: a}}}, {type: object, required: [k], properties: {k: {const: b}}}]}",
        "{type: object, required: [k], properties: {k: {const: c}}}",
    ),
    ("branch-added fine breaks", "{type: string}", "{oneOf: [{type: string}, {type: integer}]}"),
    ("branch-removed breaks fine", "{oneOf: [{type: string}, {type: integer}]}", "{type: string}"),
    (
        "branches-overlap review fine",
        "{oneOf: [{type: string, pattern: '^a'}, {type: integer}]}",
        "{oneOf: [{type: string, pattern: '^a'}, {type: string, pattern: 'b$'}, {type: integer}]}",
    ),
    (
        "combination-changed review fine",
        "{anyOf: [{type: string, pattern: '^a'}, {type: string, pattern: 'b$'}]}",
        "{oneOf: [{type: string, pattern: '^a'}, {type: string, pattern: 'b$'}]}",
    ),
    ("default-changed review review", "{type: integer, default: 1}", "{type: integer, default: 2}"),
    ("sensitivity-changed fine fine", "{type: string}", "{type: string, x-specie-sensitive: true}"),
    ("schema-deprecated fine fine", "{type: string}", "{type: string, deprecated: true}"),
];

/// Two objects that a property tells apart, and unions of them.
pub(super) const COMPONENTS: &str = "components:
  schemas:
    A: {type: object, required: [k, t], properties: {k: {type: string}, t: {type: string}}}
    B: {type: object, required: [k, t], properties: {k: {type: string}, t: {type: string}}}
";

/// Changes of the discriminator of a union of these.
pub(super) const DISCRIMINATORS: &[(&str, &str, &str)] = &[
    ("discriminator-changed breaks breaks", "propertyName: k", "propertyName: t"),
    (
        "discriminator-value-added fine breaks",
        "propertyName: k, mapping: {a: A, b: B}",
        "propertyName: k, mapping: {a: A, b: B, c: B}",
    ),
    (
        "discriminator-value-removed breaks fine",
        "propertyName: k, mapping: {a: A, b: B, c: B}",
        "propertyName: k, mapping: {a: A, b: B}",
    ),
    (
        "discriminator-target-changed review review",
        "propertyName: k, mapping: {a: A, b: B}",
        "propertyName: k, mapping: {a: B, b: A}",
    ),
];
