//! Asking: what a lookup proves, and asking before the first request.

use std::time::Duration;

use super::payouts::{
    ByMethod, CREATED, FOUND, Keyed, NOTHING, Numbered, OTHER_AMOUNT, Once, Unique, core_over, listing,
};
use super::reconciling::summary;
use crate::client::{ApiClientBuilder, Call, Environment, Options, Scripted, Simulated, TransportError};
use crate::outcome::Outcome;

const FIRST_PAGE: &str = r#"{"data": [], "links": {"next": "/payouts?page=2"}}"#;

fn lost() -> Scripted {
    Scripted::new().fail(|| TransportError::interrupted("the connection broke"))
}

#[tokio::test]
async fn an_empty_page_with_a_next_one_is_not_the_end() {
    let gets = Scripted::new().respond(200, FIRST_PAGE).respond(200, FOUND);
    let server = ByMethod::new(lost().respond(201, CREATED), gets);
    let result = Call::new(&core_over(server.clone(), &Simulated::new(1)), Unique::new()).reconciled().await;
    assert_eq!((summary(result).as_str(), server.posts.sent().len()), ("po_1 10.5", 1));
    assert_eq!(server.gets.sent()[1].target(), "/payouts?page=2");

    let gets = Scripted::new().respond(200, FIRST_PAGE).respond(200, NOTHING);
    let server = ByMethod::new(lost().respond(201, CREATED), gets);
    let result = Call::new(&core_over(server.clone(), &Simulated::new(1)), Unique::new()).reconciled().await;
    assert_eq!((summary(result).as_str(), server.posts.sent().len()), ("po_1 10.50", 2), "read to its end");

    // A page that cannot be read leaves it open, and so does one that leads elsewhere.
    for second in [r#"{"data": []"#, r#"{"data": null}"#] {
        let gets = Scripted::new().respond(200, FIRST_PAGE).respond(200, second).respond(200, FOUND);
        let server = ByMethod::new(lost().respond(201, CREATED), gets);
        let result = Call::new(&core_over(server.clone(), &Simulated::new(1)), Unique::new()).reconciled().await;
        assert_eq!((summary(result).as_str(), server.posts.sent().len()), ("po_1 10.5", 1), "{second}");
    }
    // A later page that is gone is not the end of the list.
    let gone = (0..5000).fold(Scripted::new(), |script, number| match number % 2 {
        0 => script.respond(200, FIRST_PAGE),
        _ => script.respond(404, r#"{"errors": []}"#),
    });
    let server = ByMethod::new(lost().respond(201, CREATED), gone);
    let result = Call::new(&core_over(server.clone(), &Simulated::new(1)), Unique::new()).reconciled().await;
    let came = summary(result);
    assert!(came.contains("unknown whether it happened") && came.contains("404 Not Found for a later page"), "{came}");
    assert_eq!(server.posts.sent().len(), 1);
    let elsewhere = listing(r#"{"data": [], "links": {"next": "https://evil.example/payouts?page=2"}}"#);
    let server = ByMethod::new(lost().respond(201, CREATED), elsewhere);
    let result = Call::new(&core_over(server.clone(), &Simulated::new(1)), Unique::new()).reconciled().await;
    assert!(summary(result).contains("unknown whether it happened"));
    assert_eq!(server.posts.sent().len(), 1);
}

#[tokio::test]
async fn what_is_not_as_the_lookup_documents_it_never_means_that_nothing_is_there() {
    for (status, media_type, body) in [
        (404, "application/json", r#"{"message": "no route"}"#),
        (404, "text/html", "<html>"),
        (404, "application/problem+json", r#"{"errors": []}"#),
        (404, "application/json", ""),
        (200, "text/html", NOTHING),
        (200, "application/json", r#"{"data": {}}"#),
        (204, "application/json", ""),
    ] {
        let headers = [("content-type", media_type)];
        let gets = (0..5000).fold(Scripted::new(), |script, _| script.respond_with(status, &headers, body));
        let server = ByMethod::new(lost().respond(422, "").respond(201, CREATED), gets);
        let result = Call::new(&core_over(server.clone(), &Simulated::new(1)), Unique::new()).reconciled().await;
        let came = summary(result);
        assert!(came.contains("unknown whether it happened") && came.contains("the lookup failed"), "{came}");
        assert_eq!(server.posts.sent().len(), 1, "{status} {media_type} {body}");
    }
}

#[tokio::test]
async fn one_payout_that_is_listed_twice_is_one() {
    let item = r#"{"id": "po_1", "reference": "inv 1", "amount": 10.5}"#;
    let other = r#"{"amount":10.5,"id":"po_1","reference":"inv 1"}"#;
    let gets = Scripted::new().respond(200, format!("{{\"data\": [{item}, {other}, {item}]}}"));
    let server = ByMethod::new(lost(), gets);
    let result = Call::new(&core_over(server, &Simulated::new(1)), Unique::new()).reconciled().await;
    assert_eq!(summary(result), "po_1 10.5");
}

#[tokio::test]
async fn asked_first_what_is_there_is_not_sent() {
    let server = ByMethod::new(Scripted::new(), Scripted::new().respond(200, FOUND));
    let result =
        Call::new(&core_over(server.clone(), &Simulated::new(1)), Unique::new()).reconciled().lookup_first().await;
    assert_eq!((summary(result).as_str(), server.posts.sent().len()), ("po_1 10.5", 0));

    let server = ByMethod::new(Scripted::new(), Scripted::new().respond(200, OTHER_AMOUNT));
    let result =
        Call::new(&core_over(server.clone(), &Simulated::new(1)), Unique::new()).reconciled().lookup_first().await;
    assert_eq!((summary(result).as_str(), server.posts.sent().len()), (r#"10.51 instead, ["/amount"] differ"#, 0));
}

#[tokio::test]
async fn asked_first_what_is_not_there_is_sent_at_once_where_the_reference_is_unique() {
    let (server, time) = (ByMethod::new(Scripted::new().respond(201, CREATED), listing(NOTHING)), Simulated::new(1));
    let result = Call::new(&core_over(server.clone(), &time), Unique::new()).reconciled().lookup_first().await;
    assert_eq!(summary(result), "po_1 10.50");
    assert_eq!((server.gets.sent().len(), time.slept().iter().sum::<Duration>()), (1, Duration::ZERO));
}

#[tokio::test]
async fn asked_first_nothing_is_sent_until_the_api_itself_has_answered() {
    let gets = (0..5000).fold(Scripted::new(), |script, _| script.respond(404, "<html>"));
    let server = ByMethod::new(Scripted::new().respond(201, CREATED), gets);
    let call = Call::new(&core_over(server.clone(), &Simulated::new(1)), Unique::new()).reconciled().lookup_first();
    let error = call.await.unwrap_err();
    assert_eq!((error.outcome(), server.posts.sent().len()), (Outcome::Unknown, 0));
}

#[tokio::test]
async fn asked_first_a_refusal_is_told_only_when_an_earlier_request_has_had_its_time() {
    // The earlier call paid: its payout comes to light after the refusal of this one.
    let gets = Scripted::new().respond(200, NOTHING).respond(200, NOTHING).respond(200, FOUND);
    let server = ByMethod::new(Scripted::new().respond(422, ""), gets);
    let result = Call::new(&core_over(server, &Simulated::new(1)), Unique::new()).reconciled().lookup_first().await;
    assert_eq!(summary(result), "po_1 10.5");
    let (server, time) = (ByMethod::new(Scripted::new().respond(422, ""), listing(NOTHING)), Simulated::new(1));
    let result = Call::new(&core_over(server.clone(), &time), Unique::new()).reconciled().lookup_first().await;
    assert_eq!(summary(result), "pay: 422 Unprocessable Entity (refused)");
    assert_eq!(server.posts.sent().len(), 1);
    assert!(time.slept().iter().sum::<Duration>() >= Duration::from_secs(30));
}

#[tokio::test]
async fn asked_first_where_references_are_not_unique_it_is_sent_once_after_the_settling_time() {
    let (server, time) = (ByMethod::new(Scripted::new().respond(201, CREATED), listing(NOTHING)), Simulated::new(1));
    let result = Call::new(&core_over(server.clone(), &time), Once::new()).reconciled().lookup_first().await;
    assert_eq!((summary(result).as_str(), server.posts.sent().len()), ("po_1 10.50", 1));
    assert!(time.slept().iter().sum::<Duration>() >= Duration::from_secs(30));
    let (server, time) = (ByMethod::new(lost().respond(201, CREATED), listing(NOTHING)), Simulated::new(1));
    let call = Call::new(&core_over(server.clone(), &time), Once::new()).deadline(Duration::from_secs(600));
    let error = call.reconciled().lookup_first().await.unwrap_err();
    assert_eq!((error.outcome(), server.posts.sent().len()), (Outcome::Unknown, 1), "never twice");
}

#[tokio::test]
async fn the_settling_time_is_the_documents_unless_the_client_has_one() {
    let waited = async |own: Option<u64>| {
        let (server, time) = (ByMethod::new(lost().respond(422, ""), listing(NOTHING)), Simulated::new(1));
        let options = Options::new().environment(time.clone());
        let options = own.map_or(options.clone(), |own| options.settling_time(Duration::from_secs(own)));
        let builder = ApiClientBuilder::new(&super::fixtures::API).base(0, "https://api.example.com");
        let builder = builder.base(1, "https://lists.example.com");
        let builder = builder.credential(0, crate::client::Basic::new("account", "key"));
        let client = builder.options(options).transport(server).build().unwrap();
        let call = Call::new(&client, super::payouts::Slow::new()).deadline(Duration::from_secs(600));
        assert_eq!(call.reconciled().await.unwrap_err().outcome(), Outcome::Refused);
        time.slept().iter().sum::<Duration>().as_secs()
    };
    assert!((120..200).contains(&waited(None).await));
    assert!((10..40).contains(&waited(Some(10)).await));
}

#[tokio::test]
async fn asked_first_a_new_key_is_sent_only_after_the_settling_time() {
    // The earlier call had another key, so the server would not know this one for a repetition.
    let (server, time) = (ByMethod::new(Scripted::new().respond(201, CREATED), listing(NOTHING)), Simulated::new(1));
    let result = Call::new(&core_over(server.clone(), &time), Keyed::new()).reconciled().lookup_first().await;
    assert_eq!((summary(result).as_str(), server.posts.sent().len()), ("po_1 10.50", 1));
    assert!(time.slept().iter().sum::<Duration>() >= Duration::from_secs(30));
    // It is carried out meanwhile.
    let gets = Scripted::new().respond(200, NOTHING).respond(200, FOUND);
    let server = ByMethod::new(Scripted::new().respond(201, CREATED), gets);
    let result =
        Call::new(&core_over(server.clone(), &Simulated::new(1)), Keyed::new()).reconciled().lookup_first().await;
    assert_eq!((summary(result).as_str(), server.posts.sent().len()), ("po_1 10.5", 0));
    // The request of this call is repeated with its own key.
    let server = ByMethod::new(lost().respond(201, CREATED), listing(NOTHING));
    let result =
        Call::new(&core_over(server.clone(), &Simulated::new(1)), Keyed::new()).reconciled().lookup_first().await;
    assert_eq!((summary(result).as_str(), server.posts.sent().len()), ("po_1 10.50", 2));
}

#[tokio::test]
async fn asked_first_the_key_of_the_earlier_call_is_sent_at_once() {
    let (server, time) = (ByMethod::new(Scripted::new().respond(201, CREATED), listing(NOTHING)), Simulated::new(1));
    let call = Call::new(&core_over(server.clone(), &time), Keyed::new()).idempotency_key("that of the earlier call");
    assert_eq!(summary(call.reconciled().lookup_first().await), "po_1 10.50");
    assert_eq!((server.gets.sent().len(), time.slept().iter().sum::<Duration>()), (1, Duration::ZERO));
}

#[tokio::test]
async fn asked_first_a_unique_field_that_is_not_the_reference_proves_nothing_of_an_earlier_request() {
    let (server, time) = (ByMethod::new(Scripted::new().respond(201, CREATED), listing(NOTHING)), Simulated::new(1));
    let result = Call::new(&core_over(server.clone(), &time), Numbered::new()).reconciled().lookup_first().await;
    assert_eq!((summary(result).as_str(), server.posts.sent().len()), ("po_1 10.50", 1));
    assert!(time.slept().iter().sum::<Duration>() >= Duration::from_secs(30));
    // The same request once more has the same value in it.
    let server = ByMethod::new(lost().respond(201, CREATED), listing(NOTHING));
    let result = Call::new(&core_over(server.clone(), &Simulated::new(1)), Numbered::new()).reconciled().await;
    assert_eq!((summary(result).as_str(), server.posts.sent().len()), ("po_1 10.50", 2));
}

#[tokio::test]
async fn asked_first_what_cannot_be_built_is_not_told_as_nothing() {
    // The same fault says nothing of an earlier call, which another version of the program may have sent.
    let (script, time) = (Scripted::new(), Simulated::new(1));
    let unnamed = || Call::new(&core_over(script.clone(), &time), Unique { reference: "", ..Unique::new() });
    assert_eq!(unnamed().reconciled().lookup_first().await.unwrap_err().outcome(), Outcome::Unknown);
    assert_eq!(unnamed().reconciled().await.unwrap_err().outcome(), Outcome::NotSent);
    let unwritten =
        || Call::new(&core_over(script.clone(), &time), Unique::new()).idempotency_key("of an operation without one");
    assert_eq!(unwritten().reconciled().await.unwrap_err().outcome(), Outcome::NotSent);
    assert!(script.sent().is_empty());
}

#[tokio::test]
async fn a_lookup_that_is_asked_to_wait_for_too_long_is_followed_by_one_more() {
    let far = [("retry-after", "3600")];
    let gets = Scripted::new().respond_with(503, &far, "").respond(200, FOUND);
    let (server, time) = (ByMethod::new(lost(), gets), Simulated::new(1));
    let start = time.now();
    let result = Call::new(&core_over(server.clone(), &time), Unique::new()).reconciled().await;
    assert_eq!((summary(result).as_str(), server.gets.sent().len()), ("po_1 10.5", 2));
    let took = time.now() - start;
    assert!(took > Duration::from_secs(45) && took < Duration::from_secs(90), "{took:?}");
    // Whoever means it is not asked a third time.
    let gets = (0..5000).fold(Scripted::new(), |script, _| script.respond_with(503, &far, ""));
    let (server, time) = (ByMethod::new(lost(), gets), Simulated::new(1));
    let error = Call::new(&core_over(server.clone(), &time), Unique::new()).reconciled().await.unwrap_err();
    assert_eq!((error.outcome(), server.gets.sent().len()), (Outcome::Unknown, 2));
}
