//! What the span of a request says, word by word.

use super::*;
use crate::test_spans;

async fn written(mood: Mood, method: &str, uri: &str, headers: &[(&str, &str)]) -> String {
    test_spans::start();
    call(&shop(mood), request(method, uri, headers, ORDER)).await;
    test_spans::finish()
}

#[tokio::test]
async fn a_span_names_method_route_and_status() {
    let text = written(Mood::Fine, "POST", "/orders", &[KEY, JSON, ("x-request-id", "r-1")]).await;
    let beginning = "otel.kind=\"server\" http.request.method=\"POST\" request_id=\"r-1\" ";
    let route = "otel.name=POST /orders operation=\"createOrder\" http.route=\"/orders\" ";
    assert_eq!(text, format!("{beginning}{route}http.response.status_code=201 "));
}

#[tokio::test]
async fn only_a_failure_of_the_server_is_an_error() {
    let text = written(Mood::Conflict, "POST", "/orders", &[KEY, JSON]).await;
    assert!(text.ends_with("http.response.status_code=409 "), "{text}");
    let text = written(Mood::Broken, "POST", "/orders", &[KEY, JSON]).await;
    let end = "http.response.status_code=500 error.type=\"500\" otel.status_code=\"ERROR\" ";
    assert!(text.ends_with(end), "{text}");
}

#[tokio::test]
async fn what_has_no_operation_has_no_route() {
    let text = written(Mood::Fine, "BREW", "/teapots", &[]).await;
    assert!(text.starts_with("otel.kind=\"server\" http.request.method=\"_OTHER\" "), "{text}");
    assert!(!text.contains("http.route") && !text.contains("teapots") && !text.contains("BREW"), "{text}");
    assert!(text.ends_with("http.response.status_code=404 "), "{text}");
    for method in ["TRACE", "CONNECT", "QUERY"] {
        let text = written(Mood::Fine, method, "/teapots", &[]).await;
        assert!(text.contains(&format!("http.request.method=\"{method}\" ")), "{text}");
    }
}
