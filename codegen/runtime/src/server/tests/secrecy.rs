//! Nothing that a request holds reaches a log, at any level.

use std::fmt::{self, Write};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::*;

/// Writes every field of every span and event into one text.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<String>>);

impl Visit for Recorder {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        writeln!(self.0.lock().unwrap(), "{field}={value:?}").unwrap();
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn logs_name_places_and_hold_no_values() {
    const MARK: &str = "4111111111111111";
    let recorder = Recorder::default();
    let guard = tracing::subscriber::set_default(recorder.clone());
    // Tests on other threads may have registered these call sites as unwanted while the recorder was set.
    call(
        &shop(Mood::Broken),
        request("POST", "/orders", &[KEY, JSON], ORDER),
    )
    .await;
    call(
        &shop(Mood::Broken),
        request("POST", "/orders", &[KEY, JSON], ""),
    )
    .await;
    tracing::callsite::rebuild_interest_cache();
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
    drop(guard);
    let text = recorder.0.lock().unwrap().clone();
    assert!(text.contains("http.route=\"/orders\""), "{text}");
    assert!(text.contains("the disk is full"), "{text}");
    assert!(!text.contains(MARK), "{text}");
}
