//! Webhooks and their payloads.

use super::{planned, wires};
use crate::rust::{CallbackKind, Crate, Presence, Type};

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
         securitySchemes: {{key: {{type: apiKey, in: header, name: X-Key}}, \
         session: {{type: apiKey, in: cookie, name: sid}}, bearer: {{type: http, scheme: bearer}}}}}}\n"
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
         paid: {{post: {{parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}], security: [{{session: []}}], \
         requestBody: {{content: {{{content}, text/plain: {{schema: {{type: string}}}}}}}}, responses: {{\
         '200': {{description: Read.}}, '400': {{description: Bad.}}}}}}}}"
    )));
    assert_eq!(
        found,
        [
            "nothing is generated for the webhook `asked`, which is sent by `GET` without a body",
            "nothing is generated for the parameter `id` of a webhook",
            "`text/plain` is left out; `application/json` is generated",
            "nothing is generated for the security of a webhook, which no header carries",
        ]
    );
}

/// A webhook `paid` with this beside its payload.
fn paid(beside: &str, responses: &str) -> (Crate, Vec<String>) {
    planned(&webhooks(&format!("paid: {{post: {{{beside}requestBody: {EVENT}, responses: {{{responses}}}}}}}")))
}

const TOPIC: &str = "parameters: [{name: X-Topic, in: header, required: true, schema: {type: string}}, \
     {name: access_token, in: query, schema: {type: string}}], ";

#[test]
fn a_webhook_with_parameters_is_a_whole_operation() {
    let (krate, found) = paid(TOPIC, "'200': {description: Read.}");
    assert_eq!(found, [""; 0]);
    assert!(krate.webhooks.is_empty());
    let [webhook] = krate.callbacks.as_slice() else { panic!("{:?}", krate.callbacks) };
    assert_eq!((webhook.kind, webhook.addresses.len()), (CallbackKind::Webhook, 0));
    let request = &webhook.operation.request;
    let fields: Vec<(&str, &Type)> = request.fields.iter().map(|one| (one.name.as_str(), &one.value)).collect();
    assert_eq!(fields[0], ("x_topic", &Type::String));
    assert_eq!(fields[1], ("access_token", &Type::Secret(Box::new(Type::String))));
    assert_eq!((fields[2].0, webhook.operation.path.as_str()), ("body", "paid"));
    assert_eq!(webhook.constructor.function, "unsigned_callback");
}

/// What receives events hands them on, and what stores them reads them again.
#[test]
fn the_payload_of_a_whole_operation_stays_one_type() {
    let (krate, found) = planned(
        "paths: {}\nx-webhooks:\n  paid:\n    post:\n      operationId: paid\n      parameters: [{name: X-Try, in: header, schema: {type: integer}}]\n      \
         requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Event'}}}}\n      responses: {'200': {description: Read.}}\n\
         components:\n  schemas:\n    Event: {type: object, required: [id], properties: {id: {type: string}}}\n",
    );
    assert_eq!(found, [""; 0]);
    assert_eq!(wires(&krate, "Event"), [("id".to_owned(), Presence::Required)]);
    let fields = &krate.callbacks[0].operation.request.fields;
    assert!(fields.iter().any(|field| matches!(field.value, Type::Named(_))), "{fields:?}");
}

#[test]
fn answers_of_a_webhook_beside_its_acknowledgement_make_it_a_whole_operation() {
    let content = "content: {application/json: {schema: {$ref: '#/components/schemas/Event'}}}";
    for responses in [
        format!("'200': {{description: Read., {content}}}"),
        "'200': {description: Read., headers: {X-Seen: {schema: {type: string}}}}".to_owned(),
        "'200': {description: Read.}, '410': {description: Gone.}".to_owned(),
        format!("'200': {{description: Read.}}, '400': {{description: Bad., {content}}}"),
        format!("'200': {{description: Read.}}, default: {{description: Bad., {content}}}"),
    ] {
        let (krate, found) = paid("", &responses);
        assert_eq!((krate.callbacks.len(), krate.webhooks.len(), found), (1, 0, Vec::new()), "{responses}");
    }
    for responses in ["'204': {description: Read.}, '400': {description: Bad.}", "2XX: {description: Read.}", ""] {
        let (krate, found) = paid("", responses);
        assert_eq!((krate.callbacks.len(), krate.webhooks.len(), found), (0, 1, Vec::new()), "{responses}");
    }
}

#[test]
fn a_header_that_is_no_parameter_makes_no_whole_operation() {
    let (krate, found) = paid("parameters: [{name: Authorization, in: header, schema: {type: string}}], ", "");
    assert_eq!((krate.callbacks.len(), krate.webhooks.len()), (0, 1));
    assert_eq!(found, ["nothing is generated for the parameter `Authorization` of a webhook"]);
}

#[test]
fn a_parameter_in_the_path_of_a_whole_operation_is_said() {
    let path = "{name: id, in: path, required: true, schema: {type: string}}";
    let (krate, found) = paid(&TOPIC.replace("[{", &format!("[{path}, {{")), "");
    assert_eq!(krate.callbacks.len(), 1);
    assert_eq!(found, ["nothing is generated for a parameter in the path of a webhook"]);
}

#[test]
fn a_receiver_verifies_what_headers_carry() {
    for beside in ["", TOPIC] {
        let security = "security: [{key: [], bearer: []}, {bearer: []}, {}], ";
        let (krate, found) = paid(&format!("{security}{beside}"), "'200': {description: Read.}");
        assert_eq!(found, [""; 0]);
        let of_webhooks = krate.webhooks.iter().map(|one| &one.credentials);
        let all = of_webhooks.chain(krate.callbacks.iter().map(|one| &one.credentials)).collect::<Vec<_>>();
        let [Some(credentials)] = all.as_slice() else { panic!("{all:?}") };
        let keys: Vec<&str> = credentials.schemes.iter().map(|scheme| scheme.key.as_str()).collect();
        assert_eq!(keys, ["key", "bearer"]);
        assert_eq!(credentials.alternatives, [vec!["key", "bearer"], vec!["bearer"], vec![]]);
        assert!(krate.schemes.is_empty() && krate.callbacks.iter().all(|one| one.operation.security.is_empty()));
    }
}

#[test]
fn one_scheme_that_no_header_carries_leaves_all_of_them_to_the_service_around() {
    let (krate, found) = paid("security: [{key: []}, {session: []}], ", "");
    assert_eq!(found, ["nothing is generated for the security of a webhook, which no header carries"]);
    assert_eq!(krate.webhooks[0].credentials, None);
}
