//! Requests to servers: whatever comes over the line, there is a response, and it quotes no secret. What is malformed, or would lead a
//! handler elsewhere, reaches none, and a caller that hangs up changes nothing of what a handler does.

use http::{Method, Request, Uri};
use specie_runtime::server::{Bytes, Full, Service};

use super::super::{Target, seeds};
use super::decode::has_canary_as_key;
use super::{decoded, gist, head_and_body, header, is_malformed, mutate_message, once, reached};
use crate::support::apis::Api;
use crate::support::bench::Bench;
use crate::support::instances::MARKER;
use crate::support::run as block_on;

pub static TARGET: Target = Target { name: "server", seeds: seeds::requests, mutate: mutate_message, run };

fn run(input: &[u8]) -> Result<u64, String> {
    let (head, body) = head_and_body(input);
    let Some((api, request)) = request(&head, body) else { return Ok(0) };
    let path = request.uri().path().to_owned();
    let misleading = is_malformed(request.uri().query().unwrap_or_default()) || path.split('/').any(leads_elsewhere);
    let bench = if body.len() % 2 == 0 { Bench::new() } else { Bench::with_documented_errors() };
    let (status, response) = block_on(response(api, &bench, request.clone()));
    let arrived = bench.arrived().pop();
    if misleading && arrived.is_some() {
        return Err(format!("{status}: a misleading request had arrived"));
    }
    block_on(hang_up(api, &bench, request));
    if bench.arrived().pop().map(|arrived| arrived.operation) != arrived.as_ref().map(|arrived| arrived.operation) {
        return Err("a caller that hangs up is not handled as one that waits".to_owned());
    }
    if arrived.is_some() != (status == 500) {
        return Err(format!("{status} after {:?} had arrived", arrived.map(|arrived| arrived.operation)));
    }
    if !(200..600).contains(&status) {
        return Err(format!("a response of {status}"));
    }
    let text = String::from_utf8_lossy(&response);
    if status == 400
        && text.contains(MARKER)
        && !has_canary_as_key(body)
        && !head.concat().windows(6).any(|part| part == b"canary")
    {
        return Err(format!("a rejection quotes the request: {text}"));
    }
    let problem: Option<serde_json::Value> = serde_json::from_slice(&response).ok();
    if problem.is_none() && !response.is_empty() {
        return Err(format!("a response that is not JSON: {text}"));
    }
    let segments = path.split('/').count();
    Ok(reached((api.name(), status, gist(&text), segments, arrived.map(|arrived| arrived.operation))))
}

/// The request that an input holds, and the API that it goes to; none where HTTP has no such request.
fn request(head: &[&[u8]], body: &[u8]) -> Option<(Api, Request<Full<Bytes>>)> {
    let api = Api::ALL.into_iter().find(|api| head.first().is_some_and(|line| *line == api.name().as_bytes()))?;
    let line = head.get(1)?;
    let space = line.iter().position(|byte| *byte == b' ')?;
    let method = Method::from_bytes(&line[..space]).ok()?;
    let uri = Uri::try_from(&line[space + 1..]).ok()?;
    let mut request = Request::new(Full::new(Bytes::copy_from_slice(body)));
    *request.method_mut() = method;
    *request.uri_mut() = uri;
    for (name, value) in head[2..].iter().filter_map(|line| header(line)) {
        request.headers_mut().append(name, value);
    }
    Some((api, request))
}

/// Whether a segment of a path names something else than it looks like. No document of the four APIs allows that.
fn leads_elsewhere(segment: &str) -> bool {
    decoded(segment).is_none_or(|text| {
        matches!(text.as_str(), "." | "..") || text.contains(['/', '\\']) || text.contains(char::is_control)
    })
}

/// Sends a request, and leaves before it was answered; waits for what the server makes of it.
async fn hang_up(api: Api, bench: &Bench, request: Request<Full<Bytes>>) {
    macro_rules! call {
        ($server:expr) => {{
            let mut server = $server;
            once(server.call(request)).await;
            server.drained().await;
        }};
    }
    match api {
        Api::Omno => call!(omno::server::OmnoServer::new(bench.clone())),
        Api::Gormic => call!(gormic::server::GormicServer::new(bench.clone())),
        Api::Cublox => call!(cublox::server::CubloxServer::new(bench.clone())),
        Api::Paymega => call!(paymega::server::PaymegaServer::new(bench.clone())),
    }
}

/// The status and the body of the response.
async fn response(api: Api, bench: &Bench, request: Request<Full<Bytes>>) -> (u16, Bytes) {
    macro_rules! call {
        ($server:expr) => {{
            let Ok(response) = $server.call(request).await;
            response
        }};
    }
    let response = match api {
        Api::Omno => call!(omno::server::OmnoServer::new(bench.clone())),
        Api::Gormic => call!(gormic::server::GormicServer::new(bench.clone())),
        Api::Cublox => call!(cublox::server::CubloxServer::new(bench.clone())),
        Api::Paymega => call!(paymega::server::PaymegaServer::new(bench.clone())),
    };
    let (head, body) = response.into_parts();
    let body = axum::body::to_bytes(axum::body::Body::new(body), usize::MAX).await.expect("a body in memory");
    (head.status.as_u16(), body)
}
