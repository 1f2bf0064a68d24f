//! Callbacks: which there are, what they are called, and where they go to.

use super::planned;
use crate::rust::{AddressPart, BaseId, Callback, Crate, Paragraph, Presence, Type, ValueAccess, ValueStep};

const BODY: &str =
    "requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Event'}}}}";
const EVENT: &str = "components:\n  schemas:\n    Event:\n      type: object\n      required: [id, at]\n      properties:\n        \
     id: {type: string, minLength: 3}\n        at: {type: string, readOnly: true}\n        pin: {type: string, writeOnly: true, x-specie-sensitive: true}\n        \
     note: {type: string, nullable: true}\n";

fn names(krate: &Crate) -> Vec<&str> {
    krate.callbacks.iter().map(|callback| callback.operation.request.name.as_str()).collect()
}

fn addresses(krate: &Crate) -> Vec<&str> {
    krate.callbacks.iter().flat_map(|callback| &callback.addresses).map(|address| address.function.as_str()).collect()
}

#[test]
fn a_callback_holds_what_the_api_sends_and_nothing_of_it_is_refused() {
    let (krate, found) = planned(&format!(
        "paths: {{/a: {{post: {{operationId: make, responses: {{}}, callbacks: {{paid: {{'https://a.example/': {{post: {{{BODY}, \
         responses: {{'200': {{description: D.}}}}}}}}}}}}}}}}}}\n{EVENT}"
    ));
    let operation = &krate.callbacks[0].operation;
    let fields: Vec<(&str, Presence)> =
        operation.request.fields.iter().map(|field| (field.wire.as_str(), field.presence)).collect();
    // What is only in requests of a client is not there, and what may be null is no order to clear something.
    assert_eq!(fields, [("id", Presence::Required), ("at", Presence::Required), ("note", Presence::Maybe)]);
    assert!(operation.request.fields.iter().all(|field| field.checks.is_empty()));
    let of_response = Paragraph::Text("Only in responses.".into());
    assert!(operation.request.fields.iter().all(|field| !field.docs.paragraphs.contains(&of_response)));
    assert_eq!(krate.operations.len(), 1);
    // It goes to the address that is named, and never to a server of the document.
    assert_eq!((krate.operations[0].base, operation.base), (Some(BaseId(0)), None));
    assert_eq!(found, [""; 0]);
}

#[test]
fn one_key_of_two_operations_is_told_apart_in_any_order() {
    let operation = |path: &str, id: &str| {
        format!(
            "  {path}: {{post: {{operationId: {id}, responses: {{}}, callbacks: {{paid: {{'{{$request.query.url}}': {{post: {{{BODY}, responses: {{}}}}}}}}, \
             only{id}: {{'{{$request.query.url}}': {{post: {{responses: {{}}}}}}}}}}, parameters: [{{name: url, in: query, schema: {{type: string}}}}]}}}}\n"
        )
    };
    let (one, other) = (operation("/a", "make"), operation("/b", "change"));
    let (krate, _) = planned(&format!("paths:\n{one}{other}{EVENT}"));
    assert_eq!(names(&krate), ["ChangePaid", "MakePaid", "Onlychange", "Onlymake"]);
    let (turned, _) = planned(&format!("paths:\n{other}{one}{EVENT}"));
    assert_eq!(names(&turned), names(&krate));
    assert_eq!(addresses(&turned), addresses(&krate));
}

#[test]
fn a_shared_callback_is_one_with_an_address_for_each_operation() {
    let operation = |id: &str| {
        format!(
            "{{post: {{operationId: {id}, responses: {{}}, callbacks: {{paid: {{$ref: '#/components/callbacks/Paid'}}}}, \
             parameters: [{{name: url, in: query, required: true, schema: {{type: string, format: uri}}}}]}}}}"
        )
    };
    let (krate, found) = planned(&format!(
        "paths:\n  /a: {}\n  /b: {}\n{EVENT}  callbacks: {{Paid: {{'{{$request.query.url}}/paid': {{put: {{{BODY}, responses: {{}}}}}}}}}}\n",
        operation("make"),
        operation("change")
    ));
    assert_eq!(names(&krate), ["Paid"]);
    assert_eq!(addresses(&krate), ["paid_url_of_change", "paid_url_of_make"]);
    let [AddressPart::Value(path, access), AddressPart::Text(text)] = krate.callbacks[0].addresses[0].parts.as_slice()
    else {
        panic!("{:?}", krate.callbacks[0].addresses)
    };
    assert_eq!((path.steps.as_slice(), &path.value), ([ValueStep::Field("url".to_owned())].as_slice(), &Type::Uri));
    assert_eq!(*access, ValueAccess::Borrowed);
    assert_eq!((text.as_str(), krate.callbacks[0].operation.http_method.as_str()), ("/paid", "PUT"));
    assert_eq!(found, [""; 0]);
}

#[test]
fn an_address_that_the_types_do_not_hold_is_said() {
    let said = |expression: &str| {
        let (krate, found) = planned(&format!(
            "paths: {{/a: {{post: {{operationId: make, {BODY}, callbacks: {{paid: {{'{expression}': {{post: {{responses: {{}}}}}}}}}}, \
             responses: {{'200': {{description: D.}}, '201': {{description: D., content: {{application/json: {{schema: {{type: string}}}}}}}}}}}}}}}}\n{EVENT}"
        ));
        (krate.callbacks.len(), addresses(&krate).len(), found)
    };
    let none = |reason: &str| (1, 0, vec![format!("nothing is generated for the address of a callback ({reason})")]);
    for (expression, reason) in [
        ("{$url}", "`$url`: it is no value of the request or of the body of the response"),
        ("{$response.body}", "`$response.body`: the document has several successes"),
        ("{$response.header.Location}", "`$response.header.Location`: it is not in the body of the response"),
        ("{$request.query.url}", "`$request.query.url`: the request has no such parameter"),
        ("{$request.body#/url}", "`$request.body#/url`: the type has no field for it"),
        ("{$request.body}", "`$request.body`: it is an object"),
        ("callback", "`callback`: it is no absolute URL"),
    ] {
        assert_eq!(said(expression), none(reason), "{expression}");
    }
    assert_eq!(said("https://a.example/{$request.body#/id}?{$method}"), (1, 1, Vec::new()));
}

#[test]
fn no_two_constants_of_callbacks_have_one_name() {
    let envelope = "requestBody: {required: true, content: {application/json: {x-specie-envelope: data, schema: {type: object, required: [data], properties: \
                    {data: {type: object, required: [id], properties: {id: {type: string}}}}}}}}";
    let callback = |key: &str| format!("{key}: {{'https://a.example/': {{post: {{{envelope}, responses: {{}}}}}}}}");
    let (krate, _) = planned(&format!(
        "paths: {{/a: {{post: {{operationId: make, responses: {{}}, callbacks: {{{}, {}}}}}}}}}\n",
        callback("pay"),
        callback("payEnvelope"),
    ));
    let names =
        |callback: &Callback| (callback.constant.clone(), callback.operation.envelope().unwrap().constant.clone());
    let names: Vec<(String, String)> = krate.callbacks.iter().map(names).collect();
    let expected = [("PAY", "PAY_ENVELOPE2"), ("PAY_ENVELOPE", "PAY_ENVELOPE_ENVELOPE")];
    assert_eq!(names, expected.map(|(of, envelope)| (of.to_owned(), envelope.to_owned())));
}
