//! Every documented payload is valid under its schema, decodes, and encodes back to the same JSON: nothing lost, nothing added, null and
//! absent kept apart, numbers equal to the digit.

mod agreeing;
mod programs;
mod published;
mod webhooks;

use std::fs;

use serde_json::Value;

use crate::support::apis::{Api, Row, row};
use crate::support::documents::document;
use crate::support::exact::assert_same;
use crate::support::raw::{Raw, received};
use crate::support::schemas::{assert_valid, validator};
use crate::support::{checkout, passes, run};

/// One entry of an index.
struct Example {
    api: Api,
    operation: String,
    direction: String,
    status: Option<u16>,
    body: Vec<u8>,
    /// For messages.
    name: String,
}

impl Example {
    fn row(&self) -> &'static Row {
        row(self.api, &self.operation)
    }

    fn schema(&self) -> &'static Value {
        let schema = match self.direction.as_str() {
            "webhook" => Some(document(self.api).webhook(&self.operation)),
            "request" => self.row().documented().body_schema(),
            "response" => self.row().documented().response_schema(self.status.unwrap()),
            other => panic!("{}: a direction called {other}", self.name),
        };
        schema.unwrap_or_else(|| panic!("{}: the document gives no body", self.name))
    }
}

fn examples() -> Vec<Example> {
    let mut examples = Vec::new();
    for api in Api::ALL {
        let folder = checkout().join("specs").join(api.name()).join("examples");
        let index = fs::read_to_string(folder.join("index.yaml")).unwrap();
        let entries: Vec<Value> = serde_yaml::from_str(&index).unwrap();
        // Counted in the text, so that an entry which is read as something else does not go missing.
        assert_eq!(entries.len(), index.lines().filter(|line| line.starts_with("- file: ")).count());
        for entry in entries {
            let text = |key: &str| entry[key].as_str().unwrap().to_owned();
            let status = entry["status"].as_u64().map(|status| u16::try_from(status).unwrap());
            let name =
                format!("{} {} {} {status:?} {}", api.name(), text("operation"), text("direction"), text("file"));
            let body = fs::read(folder.join(text("file"))).unwrap();
            examples.push(Example {
                api,
                operation: text("operation"),
                direction: text("direction"),
                status,
                body,
                name,
            });
        }
    }
    examples
}

#[test]
fn every_payload_of_the_folders_is_in_an_index() {
    for api in Api::ALL {
        let folder = checkout().join("specs").join(api.name()).join("examples");
        let index = fs::read_to_string(folder.join("index.yaml")).unwrap();
        for entry in fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(
                name == "index.yaml" || index.contains(&format!("- file: {name}\n")),
                "{name} of {} is tied to nothing",
                api.name()
            );
        }
    }
}

#[test]
fn every_payload_is_valid_under_its_schema() {
    for example in examples() {
        assert_valid(&validator(document(example.api), example.schema()), &example.body, &example.name);
    }
}

#[test]
fn every_payload_decodes_and_encodes_to_the_same_json() {
    let examples = examples();
    let total = examples.len();
    let mut counts = [0; 3];
    run(async {
        for example in examples {
            let encoded = match example.direction.as_str() {
                "request" => {
                    counts[0] += 1;
                    through_server_and_client(&example).await
                }
                "response" => {
                    counts[1] += 1;
                    passes::response(example.row(), example.status.unwrap(), &example.body).await
                }
                _ => {
                    counts[2] += 1;
                    webhooks::decoded_and_encoded(example.api, &example.operation, &example.body)
                }
            };
            assert_same(&example.body, &encoded, &example.name);
        }
    });
    println!("{} requests, {} responses and {} webhooks came back as they were", counts[0], counts[1], counts[2]);
    assert_eq!(counts.iter().sum::<usize>(), total);
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
}

/// The server decodes it, the client encodes it.
async fn through_server_and_client(example: &Example) -> Vec<u8> {
    let row = example.row();
    let request = received(row, &Raw::with_body(row, &example.body)).await;
    passes::sent(row, request).await.unwrap_or_else(|| panic!("{} was not sent", example.name)).body.to_vec()
}
