//! The examples of a request and of its response carry the same reference, amount and currency, because a success is held against the request.

use serde_json::Value;

use crate::support::apis::Api;
use crate::support::documents::document;

/// The schema at a pointer below a schema.
fn follow(api: Api, schema: &'static Value, pointer: &str) -> &'static Value {
    let document = document(api);
    pointer
        .split('/')
        .skip(1)
        .fold(document.resolve(schema), |schema, key| document.resolve(&schema["properties"][key]))
}

#[test]
fn the_examples_of_a_request_and_of_its_response_are_of_one_operation() {
    let mut count = 0;
    for api in Api::ALL {
        for (path, item) in document(api).root["paths"].as_object().unwrap() {
            for (method, operation) in document(api).resolve(item).as_object().unwrap() {
                let how = &operation["x-specie-reconcile"];
                if how.is_null() {
                    continue;
                }
                let documented = &document(api).operations[operation["operationId"].as_str().unwrap()];
                let request = documented.body_schema().unwrap();
                let (_, success) =
                    documented.responses.iter().find(|(status, _)| (200..300).contains(*status)).unwrap();
                let success = &success["content"]["application/json"]["schema"];
                let resource = follow(api, success, how["resource"].as_str().unwrap_or_default());
                let reference = (&how["value"], &how["find"]["match"]);
                let agree =
                    how["agree"].as_array().into_iter().flatten().map(|pair| (&pair["request"], &pair["answer"]));
                for (sent, found) in agree.chain([reference]) {
                    let sent = &follow(api, request, sent.as_str().unwrap())["example"];
                    let found = &follow(api, resource, found.as_str().unwrap())["example"];
                    assert!(!sent.is_null(), "{method} {path}");
                    assert_eq!(sent, found, "{method} {path}");
                    count += 1;
                }
            }
        }
    }
    assert_eq!(count, 6);
}
