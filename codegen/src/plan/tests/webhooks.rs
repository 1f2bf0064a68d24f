//! Webhooks and their payloads.

use super::{planned, wires};
use crate::rust::{Presence, Type};

#[test]
fn payloads_of_webhooks_are_known_by_any_json_name() {
    for name in ["application/json", "application/json; charset=utf-8", "application/cloudevents+json"] {
        let (krate, found) = planned(&format!(
            "paths: {{}}\nx-webhooks:\n  changed:\n    post:\n      operationId: changed\n      requestBody: {{content: {{'{name}': \
             {{schema: {{$ref: '#/components/schemas/Event'}}}}}}}}\n      responses: {{'200': {{description: Read.}}}}\n\
             components:\n  schemas:\n    Event: {{type: object, properties: {{id: {{type: string}}}}}}\n"
        ));
        assert_eq!(found, [""; 0], "{name}");
        assert!(matches!(krate.webhooks.as_slice(), [webhook] if matches!(webhook.payload, Type::Named(_))), "{name}");
    }
}

#[test]
fn a_webhook_that_carries_any_json_is_counted() {
    let (krate, found) = planned(
        "paths: {}\nx-webhooks: {paid: {post: {requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {}}}}\n",
    );
    let places: Vec<&str> = krate.untyped.iter().map(|untyped| untyped.place.as_str()).collect();
    assert_eq!(places, ["Paid.payload"]);
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_payload_in_place_is_a_type_called_after_the_webhook() {
    let (krate, found) = planned(
        "paths: {}\nx-webhooks: {berth.freed: {post: {requestBody: {content: {application/json: \
         {schema: {type: object, required: [code], properties: {code: {type: string}}}}}}, responses: {}}}}\n",
    );
    assert_eq!(found, [""; 0]);
    assert_eq!(wires(&krate, "BerthFreedWebhook"), [("code".to_owned(), Presence::Required)]);
    assert!(matches!(krate.webhooks[0].payload, Type::Named(_)));
}

#[test]
fn a_webhook_without_a_json_schema_is_said() {
    for content in ["text/plain: {schema: {type: string}}", "application/json: {}"] {
        let (krate, found) = planned(&format!(
            "paths: {{}}\nx-webhooks: {{paid: {{post: {{requestBody: {{content: {{{content}}}}}, responses: {{}}}}}}}}\n",
        ));
        assert_eq!(found, ["a webhook's payload has to be a JSON body with a component schema"], "{content}");
        assert_eq!(krate.webhooks[0].payload, Type::Json, "{content}");
    }
}

#[test]
fn no_two_constants_of_webhooks_have_one_name() {
    let webhook = |name: &str| {
        format!(
            "{name}: {{post: {{requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Event'}}}}}}}}, \
             responses: {{}}}}}}"
        )
    };
    let (krate, _) = planned(&format!(
        "paths: {{}}\nx-webhooks: {{{}, {}}}\ncomponents: {{schemas: {{Event: {{type: object, properties: {{id: {{type: string}}}}}}}}}}\n",
        webhook("straße"),
        webhook("strasse"),
    ));
    let constants = krate.webhooks.iter().map(|webhook| (webhook.function.as_str(), webhook.constant.as_str()));
    assert_eq!(constants.collect::<Vec<_>>(), [("strasse", "STRASSE"), ("straße", "STRASSE2")]);
}

const EVENT: &str = "{content: {application/json: {schema: {$ref: '#/components/schemas/Event'}}}}";

/// The document of some webhooks.
fn webhooks(stated: &str) -> String {
    let stated = stated.replace("BODY", &format!("requestBody: {EVENT}, responses: {{'200': {{description: Read.}}}}"));
    format!(
        "openapi: 3.1.0\npaths: {{}}\nwebhooks: {{{stated}}}\n\
         components: {{schemas: {{Event: {{type: object, properties: {{id: {{type: string}}}}}}}}, \
         securitySchemes: {{key: {{type: apiKey, in: header, name: X-Key}}}}}}\n"
    )
}

#[test]
fn webhooks_of_other_methods_are_called_after_their_method_beside_post() {
    let (krate, found) = planned(&webhooks("paid: {put: {BODY}, post: {BODY}}, moved: {patch: {BODY}}"));
    let found_names = krate.webhooks.iter().map(|one| (one.function.as_str(), one.http_method.as_str()));
    assert_eq!(found_names.collect::<Vec<_>>(), [("moved", "PATCH"), ("paid", "POST"), ("paid_put", "PUT")]);
    assert_eq!(found, ["the name `paid` is taken already; this one becomes `paid_put`"]);
}

#[test]
fn what_of_a_webhook_is_not_generated_is_said() {
    let content = "application/json: {schema: {$ref: '#/components/schemas/Event'}}";
    let (_, found) = planned(&webhooks(&format!(
        "asked: {{get: {{responses: {{'200': {{description: Read.}}}}}}}}, \
         paid: {{post: {{parameters: [{{name: X-Topic, in: header, required: true, schema: {{type: string}}}}], security: [{{key: []}}], \
         requestBody: {{content: {{{content}, text/plain: {{schema: {{type: string}}}}}}}}, responses: {{\
         '200': {{description: Read., content: {{{content}}}, headers: {{X-Seen: {{schema: {{type: string}}}}}}}}, \
         '400': {{description: Bad.}}, '410': {{description: Gone.}}}}}}}}"
    )));
    assert_eq!(
        found,
        [
            "nothing is generated for the webhook `asked`, which is sent by `GET` without a body",
            "nothing is generated for the parameter `X-Topic` of a webhook",
            "`text/plain` is left out; `application/json` is generated",
            "nothing is generated for the body of the response `200` of a webhook",
            "nothing is generated for the headers of the response `200` of a webhook",
            "nothing is generated for the response `410` of a webhook",
            "nothing is generated for the security of a webhook",
        ]
    );
}
