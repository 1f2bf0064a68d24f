//! Values that a document does not list: kept where a server may send them, refused where only a client does.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::apis::Api;
use crate::support::documents::document;
use crate::support::types::TYPES;

/// The components that a server may send: in responses and webhooks, and whatever those refer to.
fn sent_by_server(api: Api) -> BTreeSet<String> {
    let root = &document(api).root;
    let mut found = BTreeSet::new();
    let mut open = vec![&root["x-webhooks"]];
    let operations = root["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values());
    open.extend(operations.map(|operation| &operation["responses"]));
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(entries) => {
                if let Some(reference) = entries.get("$ref").and_then(Value::as_str)
                    && found.insert(reference.to_owned())
                {
                    open.push(root.pointer(reference.trim_start_matches('#')).unwrap());
                }
                open.extend(entries.values());
            }
            _ => {}
        }
    }
    found.iter().filter_map(|reference| reference.strip_prefix("#/components/schemas/")).map(str::to_owned).collect()
}

#[test]
fn a_value_that_no_enum_lists_is_kept_where_a_server_may_send_it() {
    let (mut kept, mut refused) = (0, 0);
    for typed in TYPES.iter().filter(|typed| typed.schema()["enum"].is_array()) {
        let is_open = sent_by_server(typed.api).contains(typed.component());
        for text in ["\"no-such-value\"", "\"\"", "\"\\u00e9 \\\"\""] {
            match (typed.through)(text.as_bytes()) {
                Ok(encoded) => {
                    assert!(is_open, "{} takes {text}", typed.title());
                    let value: Value = serde_json::from_slice(&encoded).unwrap();
                    assert_eq!(value, serde_json::from_str::<Value>(text).unwrap(), "{}", typed.title());
                    kept += 1;
                }
                Err(fault) => {
                    assert!(!is_open, "{}: {fault}", typed.title());
                    refused += 1;
                }
            }
        }
    }
    assert!(kept >= 3 * 10 && refused >= 3, "{kept} {refused}");
}
