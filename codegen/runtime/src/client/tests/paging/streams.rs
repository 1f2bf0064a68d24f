//! What each kind of paging asks for, and where it ends.

use futures_core::Stream;

use super::*;

#[tokio::test]
async fn numbers_count_up_to_the_total() {
    let script = pages(&[r#"{"items": [1, 2], "meta": {"pages": 2}}"#, r#"{"items": [3], "meta": {"pages": 2}}"#]);
    let request = Numbered { filter: Some("x y".into()), page: None };
    let items = Call::new(&client(script.clone()), request).items();
    assert_eq!(rest(items).await.unwrap(), [1, 2, 3]);
    assert_eq!(queries(&script), ["filter[a]=x%20y", "filter[a]=x%20y&page[x]=2"]);
}

#[tokio::test]
async fn numbers_start_where_the_request_says() {
    let script = pages(&[r#"{"items": [7], "meta": {"pages": 7}}"#]);
    let request = Numbered { filter: None, page: Some("7".into()) };
    let items = Call::new(&client(script.clone()), request).items();
    assert_eq!(rest(items).await.unwrap(), [7]);
    assert_eq!(queries(&script), ["page[x]=7"]);
}

#[tokio::test]
async fn without_a_total_an_empty_page_ends_the_list() {
    let script = pages(&[r#"{"items": [1]}"#, r#"{"items": [2]}"#, "{}"]);
    let items = call::<Counted>(&script).items();
    assert_eq!(rest(items).await.unwrap(), [1, 2]);
    assert_eq!(queries(&script), ["", "page[x]=2", "page[x]=3"]);
    // A total that a page does not give, or gives as null, is no total.
    let script = pages(&[r#"{"items": [1]}"#, r#"{"items": [ ], "meta": {"pages": null}}"#]);
    assert_eq!(rest(call::<Numbered>(&script).items()).await.unwrap(), [1]);
}

#[tokio::test]
async fn links_are_followed_by_their_query_alone() {
    let script = pages(&[
        r#"{"items": [1, 2], "next": "/api/v9/things?page%5Bx%5D=a&size=2&key=secret"}"#,
        r#"{"items": [], "next": "https://api.example.com/other?page[x]=b"}"#,
        r#"{"items": [3], "next": ""}"#,
    ]);
    let request = Linked { filter: Some("f".into()), page: None };
    let items = Call::new(&client(script.clone()), request).items();
    assert_eq!(rest(items).await.unwrap(), [1, 2, 3]);
    assert_eq!(queries(&script), ["filter[a]=f", "page%5Bx%5D=a&size=2", "page[x]=b"]);
    let sent = script.sent();
    assert!(sent.iter().all(|sent| sent.uri.host() == Some("api.example.com")));
}

#[tokio::test]
async fn a_link_that_is_absent_or_null_ends_the_list() {
    for end in ["{}", r#"{"items": [1], "next": null}"#] {
        let script = pages(&[end]);
        assert!(rest(call::<Linked>(&script).items()).await.is_ok());
        assert_eq!(script.sent().len(), 1);
    }
}

#[tokio::test]
async fn cursors_go_into_their_parameter() {
    let script = pages(&[r#"{"items": [1], "next": "a/b="}"#, r#"{"items": [2], "next": 17}"#, r#"{"items": [3]}"#]);
    let items = call::<Cursor>(&script).items();
    assert_eq!(rest(items).await.unwrap(), [1, 2, 3]);
    assert_eq!(queries(&script), ["", "page[x]=a%2Fb%3D", "page[x]=17"]);
}

#[tokio::test]
async fn nothing_is_sent_before_or_ahead() {
    let script = pages(&[r#"{"items": [1, 2]}"#, r#"{"items": [3]}"#]);
    let mut items = call::<Counted>(&script).items();
    assert_eq!(script.sent().len(), 0);
    items.try_next().await.unwrap();
    items.try_next().await.unwrap();
    assert_eq!(script.sent().len(), 1);
    assert_eq!(items.try_next().await.unwrap(), Some(3));
    assert_eq!(script.sent().len(), 2);
}

#[tokio::test]
async fn whole_pages_come_with_everything_they_hold() {
    let script = pages(&[r#"{"items": [1]}"#, "{}"]);
    let mut pages = call::<Counted>(&script).pages();
    assert_eq!(pages.position().unwrap().to_string(), "start");
    let first = pages.try_next().await.unwrap();
    assert_eq!(first, Some(Page { items: vec![1] }));
    assert_eq!(pages.position().unwrap().to_string(), "page:2");
    // The page that ends the list is still a page.
    let last = pages.try_next().await.unwrap();
    assert_eq!(last, Some(Page { items: vec![] }));
    assert_eq!(pages.position(), None);
    assert_eq!(pages.try_next().await.unwrap(), None);
    assert_eq!(pages.try_next().await.unwrap(), None);
    assert_eq!(format!("{pages:?}"), r#"Pages { operation: "list", position: None, .. }"#);
}

#[tokio::test]
async fn positions_are_texts_to_go_on_from() {
    for (kind, text) in [("number", "page:3"), ("link", "query:page[x]=c&a=%20b"), ("cursor", "cursor:c/d: e")] {
        let position: Position = text.parse().unwrap();
        let json = serde_json::to_string(&position).unwrap();
        assert_eq!(serde_json::from_str::<Position>(&json).unwrap(), position);
        assert!(!format!("{position:?}").contains('c') || kind != "link");
        let script = pages(&[r#"{"items": [5], "meta": {"pages": 3}}"#]);
        let all = match kind {
            "number" => rest(call::<Numbered>(&script).items().from(position)).await,
            "link" => rest(call::<Linked>(&script).items().from(position)).await,
            _ => rest(call::<Cursor>(&script).items().from(position)).await,
        };
        assert_eq!(all.unwrap(), [5]);
        let query = match kind {
            "number" => "page[x]=3",
            "link" => "page[x]=c&a=%20b",
            _ => "page[x]=c%2Fd%3A%20e",
        };
        assert_eq!(queries(&script), [query]);
    }
    for text in ["", "page", "page:", "page:x", "page:-1", "cursor:", "elsewhere:1"] {
        assert!(text.parse::<Position>().is_err(), "{text}");
    }
}

#[tokio::test]
async fn an_item_stream_says_which_page_it_is_in() {
    let script = pages(&[r#"{"items": [1, 2], "next": "a"}"#, r#"{"items": [3], "next": null}"#]);
    let mut items = call::<Cursor>(&script).items();
    let mut positions = Vec::new();
    loop {
        positions.push(items.position().map(Position::to_string));
        if items.try_next().await.unwrap().is_none() {
            break;
        }
    }
    let positions: Vec<_> = positions.iter().map(Option::as_deref).collect();
    assert_eq!(positions, [Some("start"), Some("start"), Some("cursor:a"), None]);
}

#[tokio::test]
async fn they_are_streams() {
    async fn collect<S: Stream + Unpin>(mut stream: S) -> Vec<S::Item> {
        let mut all = Vec::new();
        while let Some(one) = std::future::poll_fn(|context| std::pin::Pin::new(&mut stream).poll_next(context)).await {
            all.push(one);
        }
        all
    }
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let script = pages(&[r#"{"items": [1]}"#, "{}", "not a page"]);
    let items = collect(is_send(call::<Counted>(&script).items())).await;
    assert_eq!(items.into_iter().map(Result::unwrap).collect::<Vec<_>>(), [1]);
    // A consumer that passes over errors comes to an end, too.
    let pages = collect(is_send(call::<Counted>(&script).pages())).await;
    assert_eq!(pages.len(), 1);
    assert!(pages[0].is_err());
}
