//! The control API and the pages, as a program that knows nothing of the library sees them.

use serde_json::{Value, json};
use specie_runtime::dec;
use specie_sandbox::Sandbox;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::support::{cublox, order, start};

/// Sends a request by hand; returns the status, the head and the body.
async fn send(url: &str, method: &str, headers: &str, body: &str) -> (u16, String, String) {
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    let host = if headers.contains("Host:") { String::new() } else { format!("Host: {host}\r\n") };
    let length = body.len();
    let text = format!(
        "{method} {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, head.to_ascii_lowercase(), body.to_owned())
}

async fn ask(sandbox: &Sandbox, method: &str, path: &str, body: &Value) -> Value {
    let url = format!("{}{path}", sandbox.inspector_url());
    let (status, _, text) = send(&url, method, "", &body.to_string()).await;
    assert_eq!(status, 200, "{path}: {text}");
    serde_json::from_str(&text).unwrap()
}

#[tokio::test]
async fn a_program_moves_the_clock_arms_faults_and_pushes_objects() {
    let sandbox = cublox().await;
    let api = sandbox.cublox("shop").unwrap();
    assert_eq!(ask(&sandbox, "GET", "health", &json!({})).await["status"], "ready");
    let rule = json!({"on": {"operation": "createPayoutInvoice"}, "at": "after_commit", "kind": "drop", "times": 1});
    let id = ask(&sandbox, "POST", "faults", &rule).await["id"].as_u64().unwrap();
    let invoice = api.create_payout_invoice(order("ref-1", dec!(10))).reconciled().await.unwrap().data;
    let state = ask(&sandbox, "GET", "state", &json!({})).await;
    assert_eq!(state["faults"][0]["hits"], 1);
    ask(&sandbox, "DELETE", &format!("faults/{id}"), &json!({})).await;

    api.process_payout_invoice(&invoice.id).await.unwrap();
    let happened = ask(&sandbox, "POST", "clock/advance", &json!({"by": "1m"})).await;
    assert_eq!(happened[0]["to"], "processed");
    let path = format!("objects/cublox/payout_invoice/{}", invoice.id);
    let shown = ask(&sandbox, "GET", &path, &json!({})).await;
    assert_eq!((&shown["next"], &shown["object"]["state"]), (&json!(["canceling"]), &json!("processed")));
    assert_eq!(shown["events"].as_array().unwrap().len(), 3);
    let shown = ask(&sandbox, "POST", &format!("{path}/push"), &json!({"to": "canceling"})).await;
    assert_eq!(shown["object"]["state"], "canceling");
    let url = format!("{}{path}/push", sandbox.inspector_url());
    assert_eq!(send(&url, "POST", "", r#"{"to":"created"}"#).await.0, 409);
    assert_eq!(ask(&sandbox, "GET", "objects", &json!({})).await.as_array().unwrap().len(), 1);
    ask(&sandbox, "POST", "reset", &json!({})).await;
    assert!(sandbox.objects().unwrap().is_empty() && sandbox.journal().entries().is_empty());
}

#[tokio::test]
async fn pages_of_other_sites_and_other_hosts_are_refused() {
    let sandbox = cublox().await;
    for base in [sandbox.base_url("cublox").unwrap(), sandbox.inspector_url().trim_end_matches("/_sandbox/").to_owned()]
    {
        let reset = format!("{base}/_sandbox/reset");
        assert_eq!(send(&reset, "POST", "Origin: http://evil.example\r\n", "").await.0, 403);
        assert_eq!(send(&reset, "POST", "Origin: null\r\n", "").await.0, 403);
        let health = format!("{base}/_sandbox/health");
        assert_eq!(send(&health, "GET", "Host: evil.example\r\n", "").await.0, 421);
        assert_eq!(send(&health, "GET", "Host: localhost:1\r\n", "").await.0, 200);
    }
}

#[tokio::test]
async fn pages_are_there_and_load_nothing_from_elsewhere() {
    let sandbox = start(Sandbox::builder().all()).await;
    let api = sandbox.base_url("cublox").unwrap();
    for path in [
        "/_sandbox/",
        "/_sandbox/page/inspector.js",
        "/_sandbox/docs",
        "/_sandbox/docs/cublox.yaml",
        "/_sandbox/docs/corefy/schemas.yaml",
        "/_sandbox/page/rapidoc-LICENSE.txt",
    ] {
        let (status, head, _) = send(&format!("{api}{path}"), "GET", "", "").await;
        assert_eq!(status, 200, "{path}");
        assert!(head.contains("content-security-policy: default-src 'self'"), "{path}: {head}");
    }
    assert_eq!(send(&format!("{api}/_sandbox/docs/../secret"), "GET", "", "").await.0, 404);
    assert_eq!(send(&format!("{api}/_sandbox/nothing"), "GET", "", "").await.0, 404);
    let environment = sandbox.environment("export ");
    assert!(environment.contains(&format!("export CUBLOX_BASE_URL='{api}'")), "{environment}");
}

#[tokio::test]
async fn the_hosted_pages_do_what_their_buttons_say() {
    let sandbox = start(Sandbox::builder().omno()).await;
    let api = sandbox.omno("shop").unwrap();
    for (order, body, state) in [
        ("order-1", "action=succeed", "SUCCESS"),
        ("order-2", "action=decline", "DECLINED"),
        ("order-3", "action=abandon", "FAILED"),
        ("order-4", "action=pay&card=4000+0000+0000+0002", "DECLINED"),
        ("order-5", "action=pay&card=4000000000003220", "PENDING_3DS"),
    ] {
        let created = api.create_payin(crate::omno::payin(order, dec!(1))).await.unwrap();
        let page = created.iframe_urls.unwrap().card.unwrap();
        let (status, _, text) = send(&page, "GET", "", "").await;
        assert!(status == 200 && text.contains("CREATED"), "{text}");
        assert_eq!(send(&page, "POST", "", body).await.0, 303, "{order}");
        assert_eq!(sandbox.merchant("shop").object(order).unwrap().unwrap().state, state, "{order}");
        // A second press changes nothing.
        if state != "PENDING_3DS" {
            assert_eq!(send(&page, "POST", "", body).await.0, 409, "{order}");
        }
    }
    let challenged = sandbox.merchant("shop").object("order-5").unwrap().unwrap();
    let page = format!("{}/_sandbox/pay/payin/{}/challenge", sandbox.base_url("omno").unwrap(), challenged.id);
    assert_eq!(send(&page, "POST", "", "action=decline").await.0, 303);
    assert_eq!(sandbox.merchant("shop").object("order-5").unwrap().unwrap().state, "DECLINED");
}

#[tokio::test]
async fn the_cashier_takes_a_second_deposit_while_the_clock_stands_still() {
    let sandbox = start(Sandbox::builder().omno()).await;
    let api = sandbox.omno("shop").unwrap();
    let session = api.create_cashier_session(crate::omno::cashier_session()).await.unwrap();
    let page = session.checkout_url.unwrap();
    for action in ["deposit", "deposit", "withdraw", "withdraw"] {
        let (status, _, text) = send(&page, "POST", "", &format!("action={action}&amount=5")).await;
        assert_eq!(status, 303, "{text}");
    }
    assert_eq!(sandbox.objects().unwrap().len(), 5);
}
