//! The lists of the platform behind both brands, written from its documentation and not by generated code.

use std::fs;
use std::sync::{Arc, Mutex};

use http::{HeaderMap, Request, Response};
use serde_json::{Value, json};
use specie_runtime::Body;
use specie_runtime::client::{BoxFuture, Transport, TransportError};

use crate::support::checkout;

/// A server with so many services and invoices, so many to a page. Clones share what they were asked.
#[derive(Clone)]
pub struct Platform {
    pub length: i64,
    pub size: i64,
    turns: bool,
    /// What its links start with.
    origin: &'static str,
    templates: Arc<[Value; 2]>,
    asked: Arc<Mutex<Vec<HeaderMap>>>,
}

impl Platform {
    pub fn new(length: i64, size: i64) -> Self {
        let templates = ["list-payout-services", "list-payout-invoices"].map(|name| {
            let path = checkout().join(format!("specs/cublox/examples/{name}.response.200.json"));
            let page: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
            page["data"][0].clone()
        });
        Self { length, size, turns: true, origin: "/api", templates: Arc::new(templates), asked: Arc::default() }
    }

    /// One that gives its first page whatever it is asked for.
    pub fn that_never_turns(mut self) -> Self {
        self.turns = false;
        self
    }

    /// One whose links lead somewhere else.
    pub fn linking_to(mut self, origin: &'static str) -> Self {
        self.origin = origin;
        self
    }

    /// The id of a service or an invoice.
    pub fn id(&self, index: i64) -> String {
        format!("id_{index:03}")
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        std::mem::take(&mut *self.asked.lock().unwrap()).len()
    }

    /// Asserts that every request carried this credential.
    pub fn was_asked_by(&self, credential: &str) {
        let asked = std::mem::take(&mut *self.asked.lock().unwrap());
        assert!(!asked.is_empty());
        assert!(asked.iter().all(|headers| headers["authorization"] == credential));
    }

    /// A page of services, by its number.
    pub fn services(&self, number: i64) -> String {
        let number = if self.turns { number } else { 1 };
        let pages = (self.length + self.size - 1) / self.size;
        let link =
            |number: i64| format!("{}/payout-services?page[number]={number}&page[size]={}", self.origin, self.size);
        let page = json!({
            "meta": {"total": self.length, "pages": pages, "page": number},
            "links": {"first": link(1), "next": link(number + 1), "last": link(pages)},
            "data": self.items(0, (number - 1) * self.size),
        });
        page.to_string()
    }

    /// A page of invoices, after the one that a cursor names.
    fn invoices(&self, before: Option<&str>) -> String {
        let before = before.filter(|_| self.turns);
        let start = before.map_or(0, |id| (0..self.length).find(|index| self.id(*index) == id).unwrap() + 1);
        let last = self.length.min(start + self.size) - 1;
        let next = if last + 1 < self.length {
            format!("{}/payout-invoices?page[before]={}&page[size]={}", self.origin, self.id(last), self.size)
        } else {
            String::new()
        };
        let page = json!({
            "meta": {"count": self.length, "size": self.size, "before": null, "after": null},
            "links": {"prev": "", "next": next},
            "data": self.items(1, start),
        });
        page.to_string()
    }

    fn items(&self, template: usize, start: i64) -> Vec<Value> {
        let items = (start..self.length.min(start + self.size)).map(|index| {
            let mut item = self.templates[template].clone();
            item["id"] = self.id(index).into();
            item
        });
        items.collect()
    }
}

impl Transport for Platform {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        self.asked.lock().unwrap().push(request.headers().clone());
        let uri = request.uri();
        assert_eq!(uri.host(), Some("api.example.com"));
        let parameter = |name: &str| {
            let pairs = uri.query().unwrap_or_default().split('&');
            pairs.filter_map(|pair| pair.split_once('=')).find(|(known, _)| *known == name).map(|(_, value)| value)
        };
        let body = match uri.path() {
            "/payout-services" => self.services(parameter("page[number]").map_or(1, |number| number.parse().unwrap())),
            "/payout-invoices" => self.invoices(parameter("page[before]")),
            other => panic!("there is no {other}"),
        };
        Box::pin(async { Ok(Response::new(body.into())) })
    }
}
