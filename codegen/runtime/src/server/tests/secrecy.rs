//! Nothing that a request holds reaches a log, at any level.

use super::*;
use crate::test_spans;

#[tokio::test]
async fn logs_name_places_and_hold_no_values() {
    const MARK: &str = "4111111111111111";
    test_spans::start();
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
    let text = test_spans::finish();
    assert!(text.contains("http.route=\"/orders\""), "{text}");
    assert!(text.contains("the disk is full"), "{text}");
    assert!(!text.contains(MARK), "{text}");
}

#[test]
fn bodies_on_their_way_to_their_types_are_not_shown() {
    let json = ObjectReader::read(br#"{"card":"4111","4112":"x"}"#, &[], true).unwrap();
    let form = FormReader::read(b"card=4111&4112=x", true, &[]).unwrap();
    let shown = format!("{json:?} {json:#?} {form:?} {form:#?}");
    assert!(!shown.contains("411"), "{shown}");
}

#[test]
fn a_response_that_cannot_be_written_is_not_quoted() {
    struct Talkative;

    impl serde::Serialize for Talkative {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("4111"))
        }
    }

    test_spans::start();
    let response = ServerResponse::json(200, &Talkative);
    let text = test_spans::finish();
    assert_eq!(response.status(), 500);
    assert!(text.contains("does not serialize") && !text.contains("4111"), "{text}");
}
