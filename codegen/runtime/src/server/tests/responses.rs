//! What a handler's result becomes, and what every response gets.

use super::*;

fn order() -> Request<Full<Bytes>> {
    request("POST", "/orders", &[KEY, JSON], ORDER)
}

#[tokio::test]
async fn successes_and_documented_errors_keep_their_status() {
    let basic = ("authorization", "Basic bWU6cmlnaHQ=");
    let response = call(&shop(Mood::Fine), request("POST", "/orders", &[basic, JSON], ORDER)).await;
    assert_eq!((response.status().as_u16(), json(&response)), (201, "me".into()));
    let response = call(&shop(Mood::Conflict), order()).await;
    assert_eq!((response.status().as_u16(), json(&response)), (409, "o1".into()));
    assert_eq!(call(&shop(Mood::Status(418)), order()).await.status(), 418);
}

#[tokio::test]
async fn a_status_that_is_not_documented_is_never_sent() {
    assert_eq!(call(&shop(Mood::Status(200)), order()).await.status(), 500);
    assert_eq!(call(&shop(Mood::Status(503)), order()).await.status(), 500);
}

#[tokio::test]
async fn a_failure_is_not_told() {
    let response = call(&shop(Mood::Broken), order()).await;
    assert_eq!(response.status(), 500);
    assert!(!String::from_utf8_lossy(response.body()).contains("disk"));
}

#[tokio::test]
async fn an_api_may_have_its_own_form_of_rejections() {
    let response = call(&shop(Mood::Forbidding), order()).await;
    assert_eq!((response.status().as_u16(), json(&response)), (403, serde_json::json!(["own form"])));
}

#[tokio::test]
async fn statuses_come_with_their_headers() {
    let shop = shop(Mood::Fine);
    let response = call(&shop, request("DELETE", "/orders", &[], "")).await;
    assert_eq!(header(&response, "allow"), "POST");
    let response = call(&shop, request("POST", "/orders", &[], "")).await;
    assert_eq!(header(&response, "www-authenticate"), "Basic realm=\"shop\", charset=\"UTF-8\", ApiKey realm=\"shop\"");
    let id = [("x-request-id", "r1")];
    let response = call(&shop, request("GET", "/orders/1", &id, "")).await;
    assert_eq!(header(&response, "x-request-id"), "r1");
}

#[tokio::test]
async fn a_request_without_a_name_gets_one_of_its_own() {
    let shop = shop(Mood::Fine);
    let mut names = Vec::new();
    let (long, odd) = ("x".repeat(129), "r\u{e4}");
    for given in [&[][..], &[("x-request-id", long.as_str())], &[("x-request-id", odd)], &[("x-request-id", "")]] {
        for uri in ["/orders/1", "/unknown"] {
            let response = call(&shop, request("GET", uri, given, "")).await;
            names.push(header(&response, "x-request-id").to_owned());
        }
    }
    assert!(names.iter().all(|name| name.len() >= 18 && name != &long), "{names:?}");
    let told = names.iter().collect::<std::collections::HashSet<_>>().len();
    assert_eq!(told, names.len());
}

#[tokio::test]
async fn what_has_no_body_is_sent_without_one() {
    let shop = shop(Mood::Fine);
    let response = call(&shop, request("HEAD", "/orders/1", &[], "")).await;
    assert_eq!((response.status().as_u16(), response.body().len()), (405, 0));
    let response = call(&shop, request("GET", "/orders/1", &[], "")).await;
    assert_eq!((response.status().as_u16(), response.body().len()), (204, 0));
    assert_eq!(header(&response, "content-type"), "");
}

#[test]
fn nothing_prints_what_a_request_holds() {
    let mut headers = HeaderMap::new();
    headers.insert("api-key", "s3cret".parse().unwrap());
    let context = RequestContext::from_parts(CreateOrder::SPEC, headers, Extensions::new(), &["key"]);
    assert!(!format!("{context:?}").contains("s3cret"));
    assert_eq!(format!("{:?}", ShopServer::new(shop(Mood::Fine)).clone()), "ShopServer { .. }");
}
