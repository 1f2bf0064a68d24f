//! Links: what they make, and why one makes nothing.

use super::planned;
use crate::rust::{LinkOrigin, LinkValue, OperationId, ValueAccess, ValueConversion};

/// A link of `make`, whose response has texts, numbers and a list, to `find`.
fn linked(link: &str) -> (Vec<crate::rust::Link>, Vec<String>) {
    let (krate, mut found) = planned(&format!(
        "paths:\n  /a: {{post: {{operationId: make, parameters: [{{name: X-Shop, in: header, schema: {{type: string}}}}], \
         responses: {{'201': {{description: D., content: {{application/json: {{schema: {{$ref: '#/components/schemas/Made'}}}}}}, \
         links: {{next: {{{link}}}}}}}}}}}}}\n  \
         /b/{{id}}: {{get: {{operationId: find, responses: {{}}, parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}, \
         {{name: id, in: query, schema: {{type: string}}}}, {{name: size, in: query, schema: {{type: integer, format: int64}}}}, \
         {{name: state, in: query, schema: {{type: string, enum: [open, closed]}}}}]}}}}\n\
         components:\n  schemas:\n    Made: {{type: object, required: [id, no], properties: {{id: {{type: string}}, \
         no: {{type: integer, format: int32}}, part: {{type: object, properties: {{name: {{type: string}}}}}}}}}}\n"
    ));
    // Two parameters of one name are told apart, which is said.
    found.retain(|message| message.starts_with("nothing is generated"));
    (krate.links, found)
}

#[test]
fn every_value_finds_its_field() {
    let (links, found) = linked(
        "operationId: find, parameters: {path.id: $response.body#/id, query.id: $request.header.x-shop, size: $response.body#/no, state: open}",
    );
    assert_eq!(found, [""; 0]);
    let [link] = links.as_slice() else { panic!("{links:?}") };
    assert_eq!((link.function.as_str(), link.is_optional), ("make_next", false));
    // Operations are ordered by name: `find` and `make`.
    assert_eq!((link.target, link.request), (OperationId(0), Some(OperationId(1))));
    let conversions = link.fields.iter().map(|field| {
        let source = field.value.source().expect("a value");
        (matches!(field.value, LinkValue::InSome(_)), source.access, source.conversion)
    });
    let expected = [
        (false, ValueAccess::Cloned, ValueConversion::None),
        (true, ValueAccess::Cloned, ValueConversion::None),
        (true, ValueAccess::Direct, ValueConversion::Into),
        // What may not be one of the listed values is an `Option` by itself.
        (false, ValueAccess::Direct, ValueConversion::Parse),
    ];
    assert_eq!(conversions.collect::<Vec<_>>(), expected);
}

#[test]
fn a_constant_is_an_integer_however_it_is_written() {
    for (text, expected) in [("'+5'", 5), ("'007'", 7), ("-3", -3)] {
        let (links, found) = linked(&format!("operationId: find, parameters: {{path.id: a, size: {text}}}"));
        assert_eq!(found, [""; 0], "{text}");
        let sizes = links[0].fields.iter().filter(|field| field.name == "size");
        let sizes: Vec<_> = sizes.filter_map(|field| field.value.source()).map(|source| &source.origin).collect();
        assert_eq!(sizes, [&LinkOrigin::Integer(expected)], "{text}");
    }
}

#[test]
fn what_is_required_and_may_not_be_there_makes_the_link_optional() {
    for link in ["operationId: find", "operationRef: '#/paths/~1b~1%7Bid%7D/get'"] {
        let (links, found) = linked(&format!("{link}, parameters: {{id: $response.body#/part/name}}"));
        assert_eq!(found, [""; 0], "{link}");
        assert!(links[0].is_optional && links[0].request.is_none() && links[0].response.is_some());
        let LinkValue::Plain(source) = &links[0].fields[0].value else { panic!("{links:?}") };
        assert_eq!(source.path().map(|path| path.steps.len()), Some(2));
    }
}

#[test]
fn a_link_that_the_types_do_not_hold_is_said() {
    for (link, reason) in [
        ("operationId: find", "it does not give everything that the operation requires"),
        ("operationId: lost", "it names no operation"),
        ("operationRef: 'https://a.example/api.yaml#/paths/~1b/get'", "it names an operation of another document"),
        ("operationId: find, parameters: {id: x}, server: {url: 'https://a.example'}", "it goes to another server"),
        ("operationId: find, parameters: {id: x, of: y}", "it gives a parameter that the operation does not have"),
        ("operationId: find, parameters: {id: $response.header.id}", "it is not in the body of the response"),
        ("operationId: find, parameters: {id: '{$response.body#/id}-{$method}'}", "a value of it is made of several"),
        (
            "operationId: find, parameters: {id: $response.body#/part}",
            "the types of a value and of its parameter differ",
        ),
        ("operationId: find, parameters: {id: x, size: many}", "the types of a constant and of its parameter differ"),
    ] {
        let (links, found) = linked(link);
        assert_eq!(found, [format!("nothing is generated for the link `next` ({reason})")], "{link}");
        assert_eq!(links, [], "{link}");
    }
}

#[test]
fn a_closure_is_not_called_like_what_the_function_takes_or_another_field() {
    let query = |name: &str| format!("{{name: {name}, in: query, schema: {{type: string}}}}");
    let given = |name: &str| format!("{name}: $response.body#/part/name");
    let names = ["request", "response", "response_value", "plain"];
    let (krate, _) = planned(&format!(
        "paths:\n  /a: {{post: {{operationId: make, responses: {{'201': {{description: D., content: {{application/json: {{schema: \
         {{$ref: '#/components/schemas/Made'}}}}}}, links: {{next: {{operationId: find, parameters: {{{}}}}}}}}}}}}}}}\n  \
         /b: {{get: {{operationId: find, responses: {{}}, parameters: [{}]}}}}\n\
         components:\n  schemas:\n    Made: {{type: object, properties: {{part: {{type: object, properties: {{name: {{type: string}}}}}}}}}}\n",
        names.map(given).join(", "),
        names.map(query).join(", "),
    ));
    let closures: Vec<Option<&str>> = krate.links[0].fields.iter().map(|field| field.closure.as_deref()).collect();
    assert_eq!(closures, ["request_value", "response_value_", "response_value", "plain"].map(Some));
}

#[test]
fn a_body_of_fields_is_given_by_its_properties() {
    let linked = |body: &str| {
        let (krate, mut found) = planned(&format!(
            "paths:\n  /a: {{post: {{operationId: make, responses: {{'201': {{description: D., content: {{application/json: {{schema: \
             {{$ref: '#/components/schemas/Made'}}}}}}, links: {{next: {{operationId: keep, requestBody: {body}}}}}}}}}}}}}\n  \
             /b: {{put: {{operationId: keep, responses: {{}}, requestBody: {{required: true, content: {{application/json: {{schema: {{type: object, \
             required: [of], properties: {{of: {{type: string}}, days: {{type: integer}}, note: {{type: string}}}}}}}}}}}}}}}}\n\
             components:\n  schemas:\n    Made: {{type: object, required: [id], properties: {{id: {{type: string}}}}}}\n"
        ));
        found.retain(|message| message.starts_with("nothing is generated"));
        (krate.links, found)
    };
    let (links, found) = linked("{of: $response.body#/id, days: 3}");
    assert_eq!(found, [""; 0]);
    let values: Vec<&LinkValue> = links[0].fields.iter().map(|field| &field.value).collect();
    let [LinkValue::Plain(of), LinkValue::InSome(days), LinkValue::Absent] = values[..] else { panic!("{values:?}") };
    assert_eq!(of.path().map(|path| path.steps.len()), Some(1));
    assert_eq!(days.origin, LinkOrigin::Integer(3));
    for (body, reason) in [
        ("{of: a, on: b}", "it gives a property that the body does not have"),
        ("{days: 3}", "it does not give everything that the operation requires"),
        ("$response.body", "the body of the operation is not given as a whole"),
    ] {
        assert_eq!(linked(body).1, [format!("nothing is generated for the link `next` ({reason})")], "{body}");
    }
}
