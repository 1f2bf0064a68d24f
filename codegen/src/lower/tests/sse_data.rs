//! Which `contentSchema` is checked, because the text stands in events that are read as its JSON.

use super::*;

const EVENT: &str = "{type: object, properties: {data: {type: string, contentMediaType: application/json, contentSchema: {type: integer}}}}";

/// How many `contentSchema` are not checked in a document whose component `Event` has JSON as its data.
fn omitted(paths: &str) -> usize {
    let paths = paths.replace("EVENT", EVENT);
    let (api, _) = lowered(&format!(
        "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\ncomponents: {{schemas: {{Event: {EVENT}}}}}\npaths: {{{paths}}}\n"
    ));
    api.schemas.iter().flat_map(|(_, schema)| &schema.omitted).filter(|(name, _)| *name == "contentSchema").count()
}

const SHARED: &str = "{$ref: '#/components/schemas/Event'}";

fn get(path: &str, status: &str, content: &str) -> String {
    format!("{path}: {{get: {{responses: {{{status}: {{description: D., content: {{{content}}}}}}}}}}}")
}

fn events(of: &str) -> String {
    format!("text/event-stream: {{itemSchema: {of}}}")
}

#[test]
fn json_in_the_events_of_a_success_is_checked() {
    assert_eq!(omitted(&get("/a", "'200'", &events(SHARED))), 0);
    assert_eq!(omitted(&get("/a", "default", &events(SHARED))), 0);
    // That of the component, which nothing uses, and that of an error, which is read as bytes.
    assert_eq!(omitted(&get("/a", "'400'", &events("EVENT"))), 2);
}

#[test]
fn what_is_json_in_an_event_and_text_elsewhere_is_not_checked() {
    let (events, json) = (get("/a", "'200'", &events(SHARED)), format!("application/json: {{schema: {SHARED}}}"));
    assert_eq!(omitted(&format!("{events}, {}", get("/b", "'200'", &json))), 1);
    let list =
        format!("application/json: {{schema: {{type: array, items: {{allOf: [{SHARED}, {{required: [data]}}]}}}}}}");
    assert_eq!(omitted(&format!("{events}, {}", get("/b", "'200'", &list))), 1);
}

#[test]
fn callbacks_answer_with_events_that_are_checked() {
    let content = events("EVENT");
    let of = |body: &str| {
        let callback = format!("{{back: {{'{{$request.query.u}}': {{post: {{{body}}}}}}}}}");
        omitted(&format!("/a: {{get: {{responses: {{'204': {{description: D.}}}}, callbacks: {callback}}}}}"))
    };
    // The component is used nowhere.
    assert_eq!(of(&format!("responses: {{'200': {{description: D., content: {{{content}}}}}}}")), 1);
    let request = format!("requestBody: {{content: {{{content}}}}}, responses: {{'204': {{description: D.}}}}");
    assert_eq!(of(&request), 2);
}
