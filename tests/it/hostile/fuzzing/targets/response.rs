//! Responses to clients: whatever a server says, a call comes to an output or an error that keeps the secrets, and what is not a documented
//! response to an operation that acts says nothing of what happened.

use std::sync::LazyLock;

use specie_runtime::Outcome;
use specie_runtime::client::Scripted;

use super::super::{Target, seeds};
use super::decode::has_canary_as_key;
use super::{gist, head_and_body, header, mutate_message, reached};
use crate::support::apis::{AnyTransport, Row, rows};
use crate::support::clients::client;
use crate::support::instances::{Extent, MARKER};
use crate::support::raw::request;
use crate::support::run as block_on;
use crate::support::values::Value;

pub static TARGET: Target = Target { name: "response", seeds: seeds::responses, mutate: mutate_message, run };

/// A request of each operation, made once.
static REQUESTS: LazyLock<Vec<(&Row, Box<dyn Value>)>> =
    LazyLock::new(|| rows().map(|row| (row, block_on(request(row, Extent::Smallest)))).collect());

fn run(input: &[u8]) -> Result<u64, String> {
    let (head, body) = head_and_body(input);
    let Some((row, request, status)) = head.first().and_then(|line| named(line)) else { return Ok(0) };
    let headers: Vec<_> = head[1..].iter().filter_map(|line| header(line)).collect();
    let texts: Vec<(&str, &str)> =
        headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?))).collect();
    let script = Scripted::new().respond_with(status, &texts, body.to_vec());
    let settled = block_on((row.call)(&client(row.api, AnyTransport::new(script)), request.copied()));
    if !row.spec.is_safe() && !is_documented(row, status, &texts, body) {
        let told = match &settled {
            Ok(_) => Outcome::Done,
            Err(failure) => failure.outcome,
        };
        if !matches!(told, Outcome::Unknown | Outcome::NotSent) {
            return Err(format!("{} is told as {told:?} by an undocumented {status}", row.name()));
        }
    }
    match settled {
        Ok(output) if (200..300).contains(&status) => Ok(reached((row.spec.id, status, output.shown().len() / 32))),
        Ok(_) => Err(format!("{} takes {status} for success", row.name())),
        Err(failure) => {
            // The body itself is kept for whoever asks for it, and documented errors show what is not secret.
            if failure.api.is_none()
                && failure.texts.contains(MARKER)
                && !has_canary_as_key(body)
                && !head.concat().windows(6).any(|part| part == b"canary")
            {
                return Err(format!("an error quotes the payload: {}", failure.texts));
            }
            Ok(reached((row.spec.id, status, failure.kind as u8, gist(&failure.texts))))
        }
    }
}

/// Whether the document gives the status, and for it this media type, or no body.
fn is_documented(row: &Row, status: u16, headers: &[(&str, &str)], body: &[u8]) -> bool {
    let Some(response) = row.documented().responses.get(&status) else { return false };
    let Some(content) = response["content"].as_object() else { return body.is_empty() };
    let mut named = headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    named.all(|(_, value)| {
        let essence = value.split(';').next().unwrap_or_default().trim();
        content.keys().any(|known| known.eq_ignore_ascii_case(essence))
    })
}

/// The operation and status that the first line of an input names.
fn named(line: &[u8]) -> Option<(&'static Row, &'static dyn Value, u16)> {
    let line = str::from_utf8(line).ok()?;
    let mut words = line.split(' ');
    let (api, id, status) = (words.next()?, words.next()?, words.next()?.parse().ok()?);
    let (row, request) = REQUESTS.iter().find(|(row, _)| row.api.name() == api && row.spec.id == id)?;
    (100..1000).contains(&status).then_some((*row, &**request, status))
}
