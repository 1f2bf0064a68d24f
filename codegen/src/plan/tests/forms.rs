//! Bodies that are forms.

use super::{found_in, planned};
use crate::rust::{Body, Check, Crate, FieldSource, Payload, Type};

/// What is said of a form with one property and its encoding.
fn of_form(media_type: &str, schema: &str, encoding: &str) -> Vec<String> {
    let (_, found) = planned(&format!(
        "paths:\n  /x:\n    post:\n      operationId: send\n      requestBody: {{required: true, content: {{{media_type}: {{schema: {{type: \
         object, properties: {{a: {schema}}}}}, encoding: {{a: {encoding}}}}}}}}}\n      responses: {{'204': {{description: Done.}}}}\n"
    ));
    found
}

#[test]
fn encodings_that_no_form_is_written_by_are_said() {
    let (parts, fields, text) = ("multipart/form-data", "application/x-www-form-urlencoded", "{type: string}");
    let object = "{type: object, properties: {b: {type: string}}}";
    let omitted = |what: &str| vec![format!("nothing is generated for the {what} of `a` in a form")];
    for (media_type, schema, encoding, expected) in [
        (parts, text, "{contentType: text/csv}", Vec::new()),
        (parts, object, "{contentType: application/xml}", Vec::new()),
        (parts, text, "{headers: {X-A: {schema: {type: string}}}}", omitted("headers")),
        (parts, text, "{headers: {Content-Type: {schema: {type: string}}}}", Vec::new()),
        (parts, text, "{style: form}", omitted("style")),
        (parts, text, "{explode: false}", omitted("style")),
        (fields, text, "{contentType: text/plain}", Vec::new()),
        (fields, object, "{contentType: application/json}", Vec::new()),
        (fields, text, "{contentType: application/json}", omitted("content type")),
        (fields, object, "{contentType: application/xml}", omitted("content type")),
        ("application/json", text, "{headers: {X-A: {schema: {type: string}}}}", Vec::new()),
    ] {
        assert_eq!(of_form(media_type, schema, encoding), expected, "{media_type}, {schema}: {encoding}");
    }
}

/// A value that is neither text nor JSON is written by the caller, who knows how.
#[test]
fn parts_of_other_media_types_are_bytes() {
    for (content_type, is_file) in [("application/xml", true), ("text/csv", true), ("application/json", false)] {
        let (krate, _) = planned(&format!(
            "paths:\n  /x:\n    post:\n      operationId: send\n      requestBody: {{required: true, content: {{multipart/form-data: {{schema: \
             {{type: object, properties: {{a: {{type: object, properties: {{b: {{type: string}}}}}}}}}}, encoding: {{a: {{contentType: \
             {content_type}}}}}}}}}}}\n      responses: {{'204': {{description: Done.}}}}\n"
        ));
        let field = &krate.operations[0].request.fields[0];
        assert_eq!(field.value == Type::File, is_file, "{content_type}: {:?}", field.value);
    }
}

/// Default values of `contentType` (OpenAPI 3.1.1, 4.8.15.1.1); of a list, those of each item.
#[test]
fn parts_of_encoded_bytes_have_the_media_type_of_bytes() {
    let text = "{type: string, contentEncoding: base64}";
    for (schema, encoding, expected) in [
        ("{type: string}", "{}", None),
        (text, "{}", Some("application/octet-stream")),
        (text, "{contentType: image/gif}", Some("image/gif")),
        ("{type: string, contentEncoding: base64, contentMediaType: image/png}", "{}", Some("image/png")),
        ("{type: string, contentMediaType: image/png}", "{contentType: 'image/gif, image/png'}", Some("image/png")),
        ("{type: string, contentMediaType: image/png}", "{contentType: 'image/gif, image/jpeg'}", None),
        (text, "{contentType: 'image/gif, image/png'}", None),
        ("{type: array, items: {type: string, contentEncoding: base64}}", "{}", Some("application/octet-stream")),
        ("{type: array, items: {type: string, contentMediaType: image/png}}", "{}", Some("image/png")),
    ] {
        let (krate, _) = found_in(&format!(
            "openapi: 3.1.1\ninfo: {{title: T, version: '1'}}\npaths:\n  /x:\n    post:\n      operationId: send\n      requestBody: {{required: true, content: {{multipart/form-data: {{schema: \
             {{type: object, properties: {{a: {schema}}}}}, encoding: {{a: {encoding}}}}}}}}}\n      responses: {{'204': {{description: \
             Done.}}}}\n"
        ));
        let krate = krate.expect("a crate");
        let FieldSource::Part(part) = &krate.operations[0].request.fields[0].source else { panic!("{schema}") };
        assert_eq!(part.content_type.as_deref(), expected, "{schema} {encoding}");
    }
}

/// The crate of a document with one operation that takes a body, and what was said.
fn of_body(body: &str) -> (Crate, Vec<String>) {
    planned(&format!(
        "paths:\n  /x:\n    post:\n      operationId: send\n      requestBody: {{{body}}}\n      responses: {{'204': {{description: Done.}}}}\n"
    ))
}

#[test]
fn the_number_of_files_is_checked_and_what_limits_one_is_said() {
    let file = "{type: string, format: binary, maxLength: 3}";
    let (krate, found) = of_body(&format!(
        "required: true, content: {{multipart/form-data: {{schema: {{type: object, properties: {{\
         several: {{type: array, minItems: 1, maxItems: 2, uniqueItems: true, items: {file}}}, one: {file}, text: {{type: string, maxLength: 3}}}}}}}}}}"
    ));
    let fields = &krate.operations[0].request.fields;
    let checks = fields.iter().map(|field| (field.wire.as_str(), field.checks.own.clone())).collect::<Vec<_>>();
    let expected = [("several", vec![Check::Length(1, 2)]), ("one", vec![]), ("text", vec![Check::MaxLength(3)])];
    assert_eq!(checks, expected);
    let unchecked = |keyword: &str| format!("`{keyword}` of a file is documented but not checked");
    assert_eq!(found, ["uniqueItems", "maxLength", "maxLength"].map(unchecked));

    let (_, found) = of_body(&format!("content: {{application/octet-stream: {{schema: {file}}}}}"));
    assert_eq!(found, ["maxLength"].map(unchecked));
}

#[test]
fn a_form_without_required_parts_may_be_left_out() {
    for (stated, required, is_required) in
        [("required: false, ", "[]", false), ("required: false, ", "[a]", true), ("required: true, ", "[]", true)]
    {
        let (krate, _) = of_body(&format!(
            "{stated}content: {{multipart/form-data: {{schema: {{type: object, required: {required}, properties: {{a: {{type: string}}}}}}}}}}"
        ));
        let body = krate.operations[0].body.as_ref().expect("a body");
        assert_eq!(body.required, is_required, "{stated}{required}");
    }
}

#[test]
fn encodings_of_a_form_in_the_query_that_are_not_followed_are_said() {
    let (_, found) = found_in(
        "openapi: 3.2.0\ninfo: {title: T, version: '1'}\npaths:\n  /x:\n    get:\n      operationId: find\n      parameters: [{name: q, in: querystring, \
         content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: array, items: {type: string}}, \
         b: {type: array, items: {type: string}}}}, encoding: {a: {style: form, explode: false}, b: {style: form, explode: true}}}}}]\n      \
         responses: {'204': {description: Done.}}\n",
    );
    assert_eq!(found, ["nothing is generated for the style of `a` in a form"]);
}

#[test]
fn ranges_that_are_read_as_less_than_they_allow_are_said() {
    let object = "{type: object, properties: {a: {type: string}}}";
    for (name, schema, expected) in [
        ("'*/*'", object, Some("a request body of the media type `*/*` is taken as JSON alone")),
        ("application/*", object, Some("a request body of the media type `application/*` is given as bytes")),
        ("'*/*'", "{type: string, format: binary}", None),
        ("application/*", "{type: string, format: binary}", None),
    ] {
        let (_, found) = of_body(&format!("required: true, content: {{{name}: {{schema: {schema}}}}}"));
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{name}: {schema}");
    }
}

/// A form of parts is never null, and writes what has one value itself, alone and beside other media types.
#[test]
fn parts_of_one_value_are_no_fields() {
    let card = "{type: object, nullable: true, required: [live, label], properties: {live: {type: boolean, enum: [true]}, label: {type: string}}}";
    let planned = |card: &str, media_types: &[&str]| {
        let content: Vec<String> = media_types.iter().map(|name| format!("{name}: {{schema: {card}}}")).collect();
        let text = format!(
            "paths:\n  /x:\n    post:\n      operationId: send\n      requestBody: {{required: true, content: {{{}}}}}\n      responses: {{'204': \
             {{description: Done.}}}}\n",
            content.join(", ")
        );
        planned(&text)
    };
    let live = [("live".to_owned(), "true".to_owned())];
    let (krate, found) = planned(card, &["application/json", "multipart/form-data"]);
    let parts = krate.operations[0].body.as_ref().and_then(Body::parts).expect("a form of parts");
    assert_eq!((found, parts.structure.fields.len(), &*parts.constants), (Vec::new(), 1, live.as_slice()));
    let (krate, found) = planned(card, &["multipart/form-data"]);
    let Some(Payload::Fields { constants, .. }) = krate.operations[0].body.as_ref().map(|body| &body.payload) else {
        panic!("fields")
    };
    assert_eq!((found, &**constants), (Vec::new(), live.as_slice()));
    let limited = card.replace("required:", "maxProperties: 2, required:");
    let (_, found) = planned(&limited, &["application/json", "multipart/form-data"]);
    assert!(found.iter().any(|one| one.contains("is left out")), "{found:?}");
}
