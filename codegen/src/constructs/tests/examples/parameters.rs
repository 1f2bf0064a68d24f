//! Parameters and headers.

use super::{Example, operation};

pub(super) const ALL: &[Example] = &[
    operation(
        "a parameter",
        "name",
        "parameters: [{name: q«q», in: query, schema: {type: string}}], responses: {'204': {description: D.}}",
    ),
    operation(
        "a parameter",
        "in",
        "parameters: [{name: q, in: «query¦header», schema: {type: string}}], responses: {'204': {description: D.}}",
    ),
    operation(
        "a parameter",
        "description",
        "parameters: [{name: q, in: query«, description: What.», schema: {type: string}}], responses: {'204': {description: D.}}",
    ),
    operation(
        "a parameter",
        "required",
        "parameters: [{name: q, in: query«, required: true», schema: {type: string}}], responses: {'204': {description: D.}}",
    ),
    operation(
        "a parameter",
        "deprecated",
        "parameters: [{name: q, in: query«, deprecated: true», schema: {type: string}}], responses: {'204': {description: D.}}",
    ),
    operation(
        "a parameter",
        "allowEmptyValue",
        "parameters: [{name: q, in: query«, allowEmptyValue: true», schema: {type: string}}], responses: {'204': {description: D.}}",
    ),
    operation(
        "a parameter",
        "style",
        "parameters: [{name: q, in: cookie«, style: cookie», schema: {type: array, items: {type: string}}}], responses: {'204': {description: D.}}",
    ),
    operation(
        "a parameter",
        "style",
        "parameters: [{name: q, in: query, explode: false«, style: pipeDelimited», schema: {type: array, items: {type: string}}}], responses: {'204': {description: D.}}",
    ),
    operation(
        "a parameter",
        "style",
        "parameters: [{name: q, in: query«, style: deepObject», schema: {type: object, properties: {a: {type: string}}}}], responses: {'204': {description: D.}}",
    ),
    operation(
        "a parameter",
        "style",
        "parameters: [{name: q, in: header«, style: simple, explode: true», schema: {type: object, properties: {a: {type: string}}}}], responses: {'204': {description: D.}}",
    ),
    operation(
        "a parameter",
        "explode",
        "parameters: [{name: q, in: query«, explode: false», schema: {type: array, items: {type: string}}}], responses: {'204': {description: D.}}",
    ),
    operation(
        "a parameter",
        "allowReserved",
        "parameters: [{name: q, in: query«, allowReserved: true», schema: {type: string}}], responses: {'204': {description: D.}}",
    ),
    operation(
        "a parameter",
        "schema",
        "parameters: [{name: q, in: query, schema: {type: «integer¦string»}}], responses: {'204': {description: D.}}",
    ),
    operation(
        "a parameter",
        "example",
        "parameters: [{name: q, in: query«, example: abc», schema: {type: string}}], responses: {'204': {description: D.}}",
    ),
    operation(
        "a parameter",
        "examples",
        "parameters: [{name: q, in: query«, examples: {one: {value: abc}}», schema: {type: string}}], responses: {'204': {description: D.}}",
    ),
    operation(
        "a parameter",
        "content",
        "parameters: [{name: q, in: query, content: {«application/json¦text/plain»: {schema: {type: string}}}}], responses: {'204': {description: D.}}",
    ),
    operation(
        "a parameter",
        "in",
        "parameters: [{name: q, in: «querystring, content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}}}}}¦query, schema: {type: string}»}], responses: {'204': {description: D.}}",
    ),
    operation(
        "a parameter",
        "explode",
        "parameters: [{name: q, in: query«, explode: false», schema: {type: object, properties: {a: {type: string}}}}], responses: {'204': {description: D.}}",
    ),
    operation(
        "a parameter",
        "schema",
        "parameters: [{name: q, in: query, schema: {type: «object, properties: {a: {type: string}}¦string»}}], responses: {'204': {description: D.}}",
    ),
    operation(
        "a header",
        "description",
        "responses: {'204': {description: D., headers: {X-A: {schema: {type: string}«, description: What.»}}}}",
    ),
    operation(
        "a header",
        "required",
        "responses: {'204': {description: D., headers: {X-A: {schema: {type: string}«, required: true»}}}}",
    ),
    operation(
        "a header",
        "deprecated",
        "responses: {'204': {description: D., headers: {X-A: {schema: {type: string}«, deprecated: true»}}}}",
    ),
    operation(
        "a header",
        "allowEmptyValue",
        "responses: {'204': {description: D., headers: {X-A: {schema: {type: string}«, allowEmptyValue: true»}}}}",
    ),
    operation(
        "a header",
        "style",
        "responses: {'204': {description: D., headers: {X-A: {schema: {type: string}«, style: simple»}}}}",
    ),
    operation(
        "a header",
        "explode",
        "responses: {'204': {description: D., headers: {X-A: {schema: {type: object, properties: {a: {type: string}}}«, explode: true»}}}}",
    ),
    operation(
        "a header",
        "allowReserved",
        "responses: {'204': {description: D., headers: {X-A: {schema: {type: string}«, allowReserved: true»}}}}",
    ),
    operation(
        "a header",
        "schema",
        "responses: {'204': {description: D., headers: {X-A: {schema: {type: «integer¦string»}}}}}",
    ),
    operation(
        "a header",
        "example",
        "responses: {'204': {description: D., headers: {X-A: {schema: {type: string}«, example: abc»}}}}",
    ),
    operation(
        "a header",
        "examples",
        "responses: {'204': {description: D., headers: {X-A: {schema: {type: string}«, examples: {one: {value: abc}}»}}}}",
    ),
    operation(
        "a header",
        "content",
        "responses: {'204': {description: D., headers: {X-A: {«content: {application/json: {schema: {type: string}}}¦schema: {type: string}»}}}}",
    ),
];
