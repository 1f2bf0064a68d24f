//! What the built-in transport takes from the system around the process: proxies, and roots of trust. Both are read from the
//! environment, so each case is a process of its own.

use std::env;
use std::process::Command;

use super::fixtures::{API, ByBasic};
use super::loopback::serve;
use crate::client::http::tls;
use crate::client::{ApiClientBuilder, Basic, Call, Options, RetryPolicy};

const URL: &str = "SPECIE_PROBE_URL";

/// Calls an operation, and prints what came of it.
#[test]
#[ignore = "the process that other tests start"]
fn the_caller() {
    let Ok(url) = env::var(URL) else { return };
    let client = ApiClientBuilder::new(&API)
        .base(0, url)
        .credential(0, Basic::new("shop", "s3cr3t"))
        .options(Options::new().retry(RetryPolicy::never()).allow_plain_http())
        .build()
        .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    match runtime.block_on(async { Call::new(&client, ByBasic).await }) {
        Ok(value) => println!("value: {value}"),
        Err(error) => println!("error: {error}"),
    }
    // The one that looks at the system's store has a verifier of its own around rustls's.
    let is_bundled = format!("{:?}", tls::configuration().unwrap()).contains(" verifier: WebPkiServerVerifier");
    println!("roots: {}", if is_bundled { "bundled" } else { "the system's" });
}

/// What the caller prints, with these variables and no proxy but theirs.
fn caller(url: &str, variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["client::tests::environment::the_caller", "--exact", "--ignored", "--nocapture"]).env(URL, url);
    for proxy in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
        command.env_remove(proxy).env_remove(proxy.to_uppercase());
    }
    let output = command.envs(variables.iter().copied()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

const FINE: &[u8] = b"HTTP/1.1 201 Created\r\ncontent-length: 6\r\n\r\n\"po_1\"";

#[test]
fn a_missing_store_of_roots_prevents_nothing() {
    let (address, _requests) = serve(vec![FINE; 2]);
    let url = format!("http://{address}");
    let there_are_none = [("SSL_CERT_FILE", "/nonexistent/roots.pem"), ("SSL_CERT_DIR", "/nonexistent")];
    let said = caller(&url, &there_are_none);
    assert!(said.contains("value: po_1"), "{said}");
    // Other systems than these do not look at the variables.
    if cfg!(all(unix, not(target_vendor = "apple"), not(target_os = "android"))) {
        assert!(said.contains("roots: bundled"), "{said}");
    }
    let said = caller(&url, &[]);
    assert!(said.contains("value: po_1"), "{said}");
}

#[test]
fn a_tunnel_through_the_proxy_sees_no_credentials_and_proves_what_was_not_sent() {
    let (address, requests) = serve(vec![b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n"]);
    let said = caller("https://api.example.com", &[("HTTPS_PROXY", &format!("http://{address}"))]);
    assert!(said.contains("error: pay: no connection was established (not sent)"), "{said}");
    let request = requests.recv().unwrap();
    assert!(request.starts_with("CONNECT api.example.com:443 HTTP/1.1\r\n"), "{request}");
    assert!(!request.to_lowercase().contains("authorization") && !request.contains("payouts"), "{request}");
}

#[test]
fn plain_http_goes_through_the_proxy_and_loopback_past_it() {
    let (address, requests) = serve(vec![FINE; 2]);
    let proxy = format!("http://{address}");
    let said = caller("http://api.example.com", &[("HTTP_PROXY", &proxy), ("http_proxy", &proxy)]);
    assert!(said.contains("value: po_1"), "{said}");
    assert!(requests.recv().unwrap().starts_with("POST http://api.example.com/payouts HTTP/1.1\r\n"));

    let (server, arrived) = serve(vec![FINE]);
    let said =
        caller(&format!("http://{server}"), &[("HTTP_PROXY", &proxy), ("http_proxy", &proxy), ("ALL_PROXY", &proxy)]);
    assert!(said.contains("value: po_1"), "{said}");
    assert!(requests.try_recv().is_err());
    assert!(arrived.try_recv().unwrap().starts_with("POST /payouts HTTP/1.1\r\n"));
}
