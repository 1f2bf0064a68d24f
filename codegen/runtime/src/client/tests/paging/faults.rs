//! What is wrong with a page, or with the way to the next one.

use super::*;
use crate::client::{PagingError, TransportError};
use crate::outcome::Outcome;

fn fault<T: std::fmt::Debug, E: std::fmt::Debug>(result: Result<T, Error<E>>) -> PagingError {
    match result {
        Err(Error::Paging(fault, _)) => fault,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_page_whose_items_came_before_is_an_error() {
    let again = r#"{"items": [1, 2], "meta": {"pages": 9}}"#;
    let script = pages(&[again, r#"{"items": [3]}"#, again]);
    let mut items = call::<Numbered>(&script).items();
    for item in 1..=3 {
        assert_eq!(items.try_next().await.unwrap(), Some(item));
    }
    let error = items.try_next().await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Done);
    assert_eq!(error.to_string(), "list: a page came a second time, so the list would not end (carried out)");
    assert_eq!(fault::<(), _>(Err(error)), PagingError::Repeated);
    // It stays one, and nothing more is sent.
    assert_eq!(fault(items.try_next().await), PagingError::Repeated);
    assert_eq!(script.sent().len(), 3);
}

#[tokio::test]
async fn a_way_that_leads_back_is_an_error_after_the_page() {
    let script =
        pages(&[r#"{"items": [1], "next": "?page[x]=b"}"#, r#"{"items": [2], "next": "/things?filter[a]=f"}"#]);
    let request = Linked { filter: Some("f".into()), page: None };
    let mut items = Call::new(&client(script.clone()), request).items();
    assert_eq!(items.try_next().await.unwrap(), Some(1));
    assert_eq!(items.try_next().await.unwrap(), Some(2));
    assert_eq!(fault(items.try_next().await), PagingError::Repeated);

    let script = pages(&[r#"{"items": [1], "next": "a"}"#, r#"{"next": "a"}"#]);
    let mut items = call::<Cursor>(&script).items();
    assert_eq!(items.try_next().await.unwrap(), Some(1));
    assert_eq!(fault(items.try_next().await), PagingError::Repeated);
    assert_eq!(script.sent().len(), 2);
}

#[tokio::test]
async fn credentials_do_not_follow_a_link_to_another_origin() {
    for link in [
        "https://evil.example.com/v1/things?page[x]=b",
        "//evil.example.com/v1/things?page[x]=b",
        "http://api.example.com/v1/things?page[x]=b",
    ] {
        let body = format!(r#"{{"items": [1], "next": "{link}"}}"#);
        let script = pages(&[&body]);
        let mut items = call::<Linked>(&script).items();
        // The page itself is sound.
        assert_eq!(items.try_next().await.unwrap(), Some(1));
        let error = items.try_next().await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("evil"), "{error:?}");
        assert_eq!(fault::<(), _>(Err(error)), PagingError::ForeignLink);
        assert_eq!(script.sent().len(), 1);
    }
}

#[tokio::test]
async fn what_names_no_page_is_an_error() {
    for next in ["{}", "[]", "true", r#""/things""#] {
        let body = format!(r#"{{"items": [1], "next": {next}}}"#);
        let mut items = call::<Linked>(&pages(&[&body])).items();
        items.try_next().await.unwrap();
        assert_eq!(fault(items.try_next().await), PagingError::UnreadableNext, "{next}");
    }
    let mut items = call::<Numbered>(&pages(&[r#"{"items": [1], "meta": {"pages": "x"}}"#])).items();
    items.try_next().await.unwrap();
    assert_eq!(fault(items.try_next().await), PagingError::UnreadableNext);
}

#[tokio::test]
async fn a_position_of_another_kind_is_refused_before_anything_is_sent() {
    let script = Scripted::new();
    for text in ["page:2", "query:page[x]=b"] {
        let mut items = call::<Cursor>(&script).items().from(text.parse().unwrap());
        let error = items.try_next().await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::NotSent);
        assert_eq!(fault::<(), _>(Err(error)), PagingError::UnusablePosition);
    }
    assert!(script.sent().is_empty());
}

#[tokio::test]
async fn a_page_that_could_not_be_read_is_asked_for_again() {
    let script = pages(&[r#"{"items": [1], "next": "a"}"#])
        .fail(|| TransportError::interrupted("the connection broke"))
        .respond(200, "garbage")
        .respond(500, "")
        .respond(200, r#"{"items": [2]}"#);
    let mut items = call::<Cursor>(&script).items();
    assert_eq!(items.try_next().await.unwrap(), Some(1));
    for _ in 0..3 {
        assert!(items.try_next().await.is_err());
        assert_eq!(items.position().unwrap().to_string(), "cursor:a");
    }
    assert_eq!(items.try_next().await.unwrap(), Some(2));
    assert_eq!(items.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn a_call_that_cannot_be_built_says_so_each_time() {
    let client =
        ApiClientBuilder::new(&API).base(0, "https://api.example.com").transport(Scripted::new()).build().unwrap();
    let mut items = Call::new(&client, Counted::default()).items();
    for _ in 0..2 {
        assert!(matches!(items.try_next().await, Err(Error::Auth(..))));
    }
}
