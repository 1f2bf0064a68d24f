//! Nothing that a request holds reaches a log, at any level.

use super::*;
use crate::recording;

#[tokio::test]
async fn logs_name_places_and_hold_no_values() {
    const MARK: &str = "4111111111111111";
    recording::start();
    let body = ORDER.replace("12.50", &format!("\"{MARK}\""));
    let card = ORDER.replace("12.50", &format!("1,\"card\":\"{MARK}\""));
    let uri = format!("/orders/{MARK}?page[number]={MARK}&x={MARK}");
    let cookie = format!("session={MARK}");
    for request in [
        request("POST", "/orders", &[KEY, JSON], &body),
        request("POST", "/orders", &[("api-key", MARK), JSON], &card),
        request("POST", "/orders", &[KEY, ("content-type", MARK)], &card),
        request("POST", "/orders", &[KEY, JSON], &card),
        request("GET", &uri, &[("x-tenant", MARK), ("cookie", &cookie)], ""),
        request("GET", &format!("/{MARK}"), &[], ""),
        request(MARK, "/orders", &[], ""),
    ] {
        call(&shop(Mood::Broken), request).await;
    }
    let text = recording::finish();
    assert!(text.contains("http.route=\"/orders\""), "{text}");
    assert!(text.contains("the disk is full"), "{text}");
    assert!(!text.contains(MARK), "{text}");
}
