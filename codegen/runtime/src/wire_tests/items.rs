//! Streams of typed items, in both directions.

use super::api::{API, Lines, Row, Sequence, VaultServer, Watch, row};
use super::{clients, clients_of};
use crate::client::{ApiClient, Call, Scripted};
use crate::server::{Refusal, RequestContext};
use crate::{Event, ItemStream, NoError};

async fn all<T: Send + 'static>(mut items: ItemStream<T>) -> Vec<Result<T, String>> {
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push(item.map_err(|error| error.to_string()));
    }
    all
}

fn rows() -> Vec<Row> {
    (0..500).map(|id| row(id, "a\nb\u{1e}c")).collect()
}

fn expected() -> Vec<Result<Row, String>> {
    rows().into_iter().map(Ok).collect()
}

#[tokio::test]
async fn json_values_go_both_ways() {
    for client in clients().await {
        let lines = Call::new(&client, Lines { body: ItemStream::from_items(rows()) }).await.unwrap();
        assert_eq!(all(lines).await, expected());
        let sequence = Call::new(&client, Sequence { body: ItemStream::from_items(rows()) }).await.unwrap();
        assert_eq!(all(sequence).await, expected());
        let none = Call::new(&client, Lines { body: ItemStream::from_items([]) }).await.unwrap();
        assert_eq!(all(none).await, []);
    }
}

#[tokio::test]
async fn events_arrive_with_their_types_and_ids() {
    for client in clients().await {
        let events = all(Call::new(&client, Watch).await.unwrap()).await;
        let id = Some("7".to_owned());
        let first = Event { event: Some("added".to_owned()), id: id.clone(), ..Event::new(row(1, "a\nb")) };
        assert_eq!(events, [Ok(first), Ok(Event { id, ..Event::new(row(2, "")) })]);
    }
}

/// The items of a response.
async fn lines(media_type: &str, body: &'static str) -> Vec<Result<u32, String>> {
    let headers = [("content-type", media_type)];
    let client = ApiClient::over(&API, Scripted::new().respond_with(200, &headers, body));
    let items = match media_type {
        "application/x-ndjson" => Call::new(&client, Lines { body: ItemStream::from_items([]) }).await.unwrap(),
        _ => Call::new(&client, Sequence { body: ItemStream::from_items([]) }).await.unwrap(),
    };
    all(items).await.into_iter().map(|item| item.map(|row| row.id)).collect()
}

#[tokio::test]
async fn an_item_of_another_form_is_an_error_and_not_the_end() {
    let body = "{\"id\":1,\"note\":\"\"}\r\n\n \n{\"id\":\"4111\",\"note\":\"\"}\n{\"id\":3,\"note\":\"\"}";
    let wrong = "item 1: /id: invalid type: string, expected u32";
    assert_eq!(lines("application/x-ndjson", body).await, [Ok(1), Err(wrong.to_owned()), Ok(3)]);
    let body = "\u{1e}{\"id\":1,\"note\":\"\"}\n\u{1e}12\u{1e}\u{1e}{\"id\":3,\"note\":\"\"}\n";
    let cut = "item 1: it may be cut off: no white space follows it";
    assert_eq!(lines("application/json-seq", body).await, [Ok(1), Err(cut.to_owned()), Ok(3)]);
    let [Err(error)] = &lines("application/json-seq", "{\"id\":1,\"note\":\"\"}\n").await[..] else { panic!() };
    assert_eq!(error, "item 0: it stands before the first record separator");
}

/// The events of a response that comes in pieces.
async fn events(text: &str, size: usize) -> Vec<Result<Event<u32>, String>> {
    let pieces: Vec<_> = text.as_bytes().chunks(size).map(<[u8]>::to_vec).collect();
    let (mut sender, body) = crate::Body::channel(1);
    let writing = async move {
        for piece in pieces {
            sender.send(piece).await.unwrap();
        }
        sender.finish().await.unwrap();
    };
    let decoded = crate::body_kinds::events::decode_json(body, 100);
    tokio::join!(writing, all(decoded)).1
}

#[tokio::test]
async fn events_are_read_as_the_standard_says() {
    let text = "\u{feff}: hello\n\ndata: 1\n\nevent: e\r\ndata:2\r\nretry: 10\r\n\r\nid: x\rdata: [\rdata: ]\r\rid: y\n\ndata\n\nunknown: 1\ndata: 5\r\n\r\ndata: 6";
    for size in [1, 2, 5, 1000] {
        let events = events(text, size).await;
        let [one, two, three, four, five, six] = &events[..] else { panic!("{events:?}") };
        assert_eq!(one.as_ref().unwrap(), &Event::new(1));
        let retry = Some(std::time::Duration::from_millis(10));
        assert_eq!(two.as_ref().unwrap(), &Event { event: Some("e".into()), retry, ..Event::new(2) });
        assert_eq!(three.as_ref().unwrap_err(), "item 2: invalid type: sequence, expected u32");
        assert!(four.as_ref().unwrap_err().starts_with("item 3: not valid JSON"), "{four:?}");
        assert_eq!(five.as_ref().unwrap(), &Event { id: Some("y".into()), ..Event::new(5) });
        assert_eq!(six.as_ref().unwrap_err(), "item 5: the stream ended within it");
    }
}

#[tokio::test]
async fn no_more_of_an_item_is_held_than_the_limit() {
    let long = "x".repeat(10_000);
    for client in clients_of(VaultServer::new(super::Fake).item_limit(5000)).await {
        let body = ItemStream::from_items([row(1, "a"), row(2, &long), row(3, "c")]);
        let items = all(Call::new(&client, Lines { body }).await.unwrap()).await;
        assert_eq!(items.first(), Some(&Ok(row(1, "a"))));
        assert!(items.last().unwrap().is_err() && items.len() == 2, "{} items", items.len());
    }
}

#[tokio::test]
async fn an_item_that_the_document_does_not_allow_is_an_error_and_not_the_end() {
    let items = ItemStream::from_items([row(1, "a"), row(2, "too long"), row(3, "b")]);
    let checked = items.checked(|row: &Row, checker| {
        checker.at("note", |checker| checker.max_length(&row.note, 3));
    });
    let violated = "item 1: /note: must have at most 3 characters".to_owned();
    assert_eq!(all(checked).await, [Ok(row(1, "a")), Err(violated), Ok(row(3, "b"))]);
}

/// The items that a handler sees, or what it is told of them.
pub(super) struct Short {
    body: ItemStream<String>,
}

crate::operation!(Short {
    id: "short", POST: "/short",
    body: json_lines("application/x-ndjson") body where { items(String) { max_length(3) } },
    success: Vec<String> { 200: json }, errors: NoError {},
});

/// The same in one of two media types, or nothing.
pub(super) struct Either {
    body: Option<EitherBody>,
}

pub(super) enum EitherBody {
    Lines(ItemStream<String>),
    Sequence(ItemStream<String>),
}

crate::operation!(Either {
    id: "either", POST: "/either",
    body: optional EitherBody body of {
        Lines: json_lines("application/x-ndjson"),
        Sequence: json_sequence("application/json-seq") where { items(String) { max_length(3) } },
    },
    success: Vec<String> { 200: json }, errors: NoError {},
});

async fn told(items: ItemStream<String>) -> Result<Vec<String>, Refusal<NoError>> {
    Ok(all(items).await.into_iter().map(|item| item.unwrap_or_else(|error| error)).collect())
}

pub(super) async fn short(request: Short, _: RequestContext) -> Result<Vec<String>, Refusal<NoError>> {
    told(request.body).await
}

pub(super) async fn either(request: Either, _: RequestContext) -> Result<Vec<String>, Refusal<NoError>> {
    match request.body {
        Some(EitherBody::Lines(items) | EitherBody::Sequence(items)) => told(items).await,
        None => Ok(Vec::new()),
    }
}

#[tokio::test]
async fn a_server_checks_the_items_that_its_table_demands_something_of() {
    let items = || ItemStream::from_items(["one".to_owned(), "four".to_owned()]);
    let checked = ["one", "item 1: must have at most 3 characters"];
    for client in clients().await {
        assert_eq!(Call::new(&client, Short { body: items() }).await.unwrap(), checked);
        let sequence = Either { body: Some(EitherBody::Sequence(items())) };
        assert_eq!(Call::new(&client, sequence).await.unwrap(), checked);
        let lines = Either { body: Some(EitherBody::Lines(items())) };
        assert_eq!(Call::new(&client, lines).await.unwrap(), ["one", "four"]);
        assert!(Call::new(&client, Either { body: None }).await.unwrap().is_empty());
    }
}
