//! A `reqwest::Client` of one's own as the transport: what its failures prove, and what they do not.

use std::net::SocketAddr;
use std::time::Duration;

use super::fixtures::{API, Bare, Get};
use super::loopback::{failure, nobody, serve};
use crate::client::{ApiClient, ApiClientBuilder, Call, Http, Options, RetryPolicy, TransportErrorKind};
use crate::outcome::Outcome;

/// A builder of a client that is not ours, with reqwest's own habits: it follows redirects.
fn foreign() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .tls_backend_preconfigured(crate::client::http::tls::configuration().unwrap())
        .no_proxy()
        .default_headers(http::HeaderMap::from_iter([(http::header::FROM, http::HeaderValue::from_static("me"))]))
}

fn over(address: SocketAddr, transport: Http) -> ApiClient {
    let options = Options::new().retry(RetryPolicy::never());
    let builder = ApiClientBuilder::new(&API).base(0, format!("http://{address}")).options(options);
    builder.transport(transport).build().unwrap()
}

#[tokio::test]
async fn a_client_of_ones_own_is_used() {
    let (address, requests) = serve(vec!["HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n\"ok\""]);
    let client = over(address, Http::with_client(foreign().build().unwrap()));
    assert_eq!(Call::new(&client, Get).await.unwrap(), "ok");
    assert!(requests.recv().unwrap().contains("from: me"));
}

#[tokio::test]
async fn a_client_that_may_follow_redirects_proves_nothing_by_a_connection_that_failed() {
    let followed = Http::with_client(foreign().build().unwrap());
    // The payout was made, and its page is on a host that is down.
    let elsewhere = format!(
        "HTTP/1.1 303 See Other\r\nconnection: close\r\nlocation: http://{}/po_1\r\ncontent-length: 0\r\n\r\n",
        nobody()
    );
    let (address, _requests) = serve(vec![elsewhere]);
    let error = Call::new(&over(address, followed.clone()), Bare).await.unwrap_err();
    assert_eq!(failure(error), (TransportErrorKind::Interrupted, None, Outcome::Unknown));
    // Of a scheme that cannot be followed.
    let (address, _requests) = serve(vec![
        "HTTP/1.1 303 See Other\r\nconnection: close\r\nlocation: ftp://example.com/po_1\r\ncontent-length: 0\r\n\r\n",
    ]);
    let error = Call::new(&over(address, followed.clone()), Bare).await.unwrap_err();
    assert_eq!(failure(error), (TransportErrorKind::Interrupted, None, Outcome::Unknown));
    // Not even the first connection proves anything: it may have been the second one.
    let error = Call::new(&over(nobody(), followed), Bare).await.unwrap_err();
    assert_eq!(failure(error), (TransportErrorKind::Interrupted, None, Outcome::Unknown));

    let single = foreign().redirect(reqwest::redirect::Policy::none()).retry(reqwest::retry::never()).build().unwrap();
    let error = Call::new(&over(nobody(), Http::with_client(single).sends_once()), Bare).await.unwrap_err();
    assert_eq!(failure(error), (TransportErrorKind::NotSent, None, Outcome::NotSent));
}

#[tokio::test]
async fn what_stands_behind_a_redirect_is_no_response_to_a_payment() {
    for behind in ["404 Not Found", "422 Unprocessable", "200 OK"] {
        let response = format!("HTTP/1.1 {behind}\r\ncontent-length: 4\r\n\r\n\"ok\"");
        let redirect =
            "HTTP/1.1 303 See Other\r\nconnection: close\r\nlocation: /po_1\r\ncontent-length: 0\r\n\r\n".to_owned();
        let (address, requests) = serve(vec![redirect.clone(), response.clone()]);
        let error = Call::new(&over(address, Http::with_client(foreign().build().unwrap())), Bare).await.unwrap_err();
        assert_eq!(failure(error), (TransportErrorKind::Interrupted, None, Outcome::Unknown), "{behind}");
        assert!(requests.recv().unwrap().starts_with("POST "));
        assert!(requests.recv().unwrap().starts_with("GET /po_1 "));
    }
    let redirect = "HTTP/1.1 303 See Other\r\nconnection: close\r\nlocation: /po_1\r\ncontent-length: 0\r\n\r\n";
    let (address, _requests) = serve(vec![redirect, "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n\"ok\""]);
    let client = over(address, Http::with_client(foreign().build().unwrap()));
    assert_eq!(Call::new(&client, Get).await.unwrap(), "ok", "whoever only reads may be sent elsewhere");
}

#[tokio::test]
async fn a_proxy_that_makes_no_tunnel_proves_that_nothing_was_sent() {
    let (address, requests) = serve(vec!["HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"]);
    let proxy = reqwest::Proxy::all(format!("http://{address}")).unwrap();
    let single = foreign().redirect(reqwest::redirect::Policy::none()).retry(reqwest::retry::never()).proxy(proxy);
    let transport = Http::with_client(single.build().unwrap()).sends_once();
    let options = Options::new().retry(RetryPolicy::never());
    let builder = ApiClientBuilder::new(&API).base(0, "https://api.example.invalid").options(options);
    let error = Call::new(&builder.transport(transport).build().unwrap(), Bare).await.unwrap_err();
    assert_eq!(failure(error), (TransportErrorKind::NotSent, None, Outcome::NotSent));
    let request = requests.recv().unwrap();
    assert!(request.starts_with("CONNECT api.example.invalid:443 ") && !request.contains("paid"), "{request}");
}

#[tokio::test]
async fn the_built_in_client_writes_what_a_reqwest_client_writes() {
    const FINE: &str = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n\"ok\"";
    let (address, requests) = serve(vec![FINE; 4]);
    // The server closes after each response, at which a pool would lose a request now and then.
    let own = foreign().pool_max_idle_per_host(0).build().unwrap();
    for transport in [Http::new(&Options::new()).unwrap(), Http::with_client(own)] {
        let client = over(address, transport);
        let _ = Call::new(&client, Get).await;
        let _ = Call::new(&client, Bare).await;
    }
    let next = |_| requests.recv_timeout(Duration::from_secs(20)).expect("four requests came");
    let written: Vec<_> = (0..4).map(next).collect();
    assert_eq!(lines(&written[0]), lines(&written[2]));
    assert_eq!(lines(&written[1]), lines(&written[3]));
}

/// The lines of a request without the header of [`foreign`]; the order of the others means nothing.
fn lines(request: &str) -> (Option<&str>, Vec<&str>) {
    let mut lines = request.lines();
    let first = lines.next();
    let mut headers: Vec<_> = lines.filter(|line| *line != "from: me").collect();
    headers.sort_unstable();
    (first, headers)
}
