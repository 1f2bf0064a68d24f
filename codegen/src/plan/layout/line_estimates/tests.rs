//! How far the estimates are from what is printed.

use std::fs;
use std::path::Path;

use super::*;
use crate::emit::Manifest;
use crate::emit::test_fixtures::printed_lines;
use crate::rust::Crate;
use crate::source;
use crate::{Options, Program, Strictness, planned, syntax};

/// The lines by which the estimate for a few items may be off.
const FEW: usize = 10;

fn plan(name: &str, source: &source::Source) -> Option<Crate> {
    let options = Options {
        crate_name: name.replace('-', "_"),
        strictness: Strictness::Lenient,
        manifest: Manifest::Workspace,
        only: Vec::new(),
        program: Program::Xtask,
    };
    planned(source, &options).0
}

/// The crates of the repository's documents.
fn documented() -> Vec<Crate> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for folder in ["specs", "tests/fixtures/accepted"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let file = entry.unwrap().file_name().to_string_lossy().into_owned();
            let Some(name) = file.strip_suffix(".yaml") else { continue };
            let mut read = |path: &str| fs::read_to_string(root.join(path)).map_err(|error| error.to_string());
            found.extend(plan(name, &syntax::gather(&format!("{folder}/{file}"), folder, &mut read).source));
        }
    }
    assert!(found.len() > 30, "{}", found.len());
    found
}

/// A crate with many operations, so that what a file has beside them weighs little.
fn many() -> Crate {
    let problem =
        "{description: Refused., content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}";
    let paths = (0..120).map(|number| {
        format!(
            "  /berths/{{berth}}/calls{number}:\n    parameters: [{{name: berth, in: path, required: true, schema: {{type: string}}}}]\n    \
             get: {{summary: Lists the calls at a berth., operationId: listCalls{number}, responses: {{'200': {{description: The calls., \
             content: {{application/json: {{schema: {{type: array, items: {{type: string}}}}}}}}}}, '404': {problem}}}}}\n    \
             post: {{operationId: bookCall{number}, requestBody: {{required: true, content: {{application/json: {{schema: {{type: object, \
             required: [ship], properties: {{ship: {{type: string}}, draught: {{type: number}}, hours: {{type: integer}}}}}}}}}}}}, \
             responses: {{'201': {{description: Booked.}}, '409': {problem}, '422': {problem}}}}}\n"
        )
    });
    let text = format!(
        "openapi: 3.0.4\ninfo: {{title: Harbour, version: '1'}}\npaths:\n{}components:\n  schemas:\n    \
         Problem: {{type: object, properties: {{code: {{type: string}}}}}}\n",
        paths.collect::<String>()
    );
    plan("harbour", &source::Source::new("harbour.yaml", text)).expect("the document is valid")
}

fn estimated_lines(krate: &Crate) -> [usize; 7] {
    let of_operations = |of: fn(&Operation) -> usize| krate.operations.iter().map(of).sum();
    let operations = krate.operations.iter().map(of_operation);
    let of_webhooks = |of: fn(&Webhook) -> usize| krate.webhooks.iter().map(of).sum();
    [
        krate.types.iter().map(of_type).sum(),
        operations.sum(),
        of_operations(of_client_method),
        of_operations(of_server_method),
        of_webhooks(of_payload),
        of_webhooks(of_receiver),
        of_webhooks(of_sender),
    ]
}

#[test]
fn estimates_are_within_a_tenth_of_what_is_printed() {
    let mut long = 0;
    let mut far = Vec::new();
    for krate in documented().into_iter().chain([many()]) {
        for ((kind, printed), estimate) in printed_lines(&krate).into_iter().zip(estimated_lines(&krate)) {
            let is_near = estimate.abs_diff(printed) <= printed / 10 + FEW;
            if !is_near {
                far.push(format!("{kind} of {}: {estimate} for {printed}", krate.name));
            }
            long += usize::from(printed > 1_000);
        }
    }
    assert!(far.is_empty(), "{far:#?}");
    assert!(long > 6, "{long}");
}
