//! Lists of any length, in pages of any size, however they hang together.

use std::sync::{Arc, Mutex};

use crate::body::Body;
use http::{Request, Response};
use proptest::prelude::*;

use super::*;
use crate::client::{BoxFuture, PagingError, TransportError};

/// A server that gives out the numbers below `length`, `size` to a page.
#[derive(Clone)]
struct Shelf {
    length: u32,
    size: u32,
    /// After this many pages, the server starts again with the first one.
    wraps_after: Option<u32>,
    /// Whether pages say how many there are.
    says_total: bool,
    asked: Arc<Mutex<Vec<u32>>>,
}

impl Shelf {
    fn new(length: u32, size: u32) -> Self {
        Self { length, size, wraps_after: None, says_total: true, asked: Arc::default() }
    }

    fn body(&self, query: &str) -> String {
        let pairs: Vec<_> = query.split('&').collect();
        let page = pairs.iter().find_map(|pair| pair.strip_prefix("page[x]="));
        let page: u32 = page.map_or(1, |page| page.parse().unwrap());
        self.asked.lock().unwrap().push(page);
        let shown = match self.wraps_after {
            Some(wrap) => (page - 1) % wrap + 1,
            None => page,
        };
        let first = (shown - 1) * self.size;
        let items: Vec<_> = (first..self.length.min(first + self.size)).collect();
        let pages = self.length.div_ceil(self.size);
        let next = if page < pages || self.wraps_after.is_some() {
            format!(r#""next": "/api/things?page[x]={0}", "cursor": {0},"#, page + 1)
        } else {
            r#""next": "", "cursor": null,"#.to_owned()
        };
        let total = if self.says_total { format!(r#""meta": {{"pages": {pages}}},"#) } else { String::new() };
        format!(r#"{{{next} {total} "items": {items:?}}}"#)
    }
}

impl Transport for Shelf {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let body = self.body(request.uri().query().unwrap_or_default());
        Box::pin(async { Ok(Response::new(body.into())) })
    }
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.build().unwrap().block_on(future)
}

fn items<O>(shelf: &Shelf) -> Items<O>
where
    O: Paged<Item = u32> + Default,
{
    Call::new(&client(shelf.clone()), O::default()).items()
}

/// Everything once and in order, and again from each position on the way.
fn reads_all<O>(shelf: &Shelf)
where
    O: Paged<Item = u32> + Default,
    O::Error: std::fmt::Debug,
{
    let all: Vec<u32> = (0..shelf.length).collect();
    run(async {
        let mut items = items::<O>(shelf);
        let mut given = 0;
        loop {
            let position = items.position().map(Position::to_string);
            if let Some(position) = position {
                let resumed = self::items::<O>(shelf).from(position.parse().unwrap());
                let resumed = rest(resumed).await.unwrap();
                // From the start of the page that is being read, so nothing is missed.
                let is_over = given == all.len();
                let start = given - if is_over { 0 } else { given % shelf.size as usize };
                assert_eq!(resumed, all[start..]);
            }
            match items.try_next().await.unwrap() {
                Some(item) => assert_eq!(item, all[given]),
                None => break,
            }
            given += 1;
        }
        assert_eq!(given, all.len());
    });
}

/// A server that starts again is found out before it gives an item twice.
fn notices_a_wrap<O>(shelf: &Shelf, wrap: u32)
where
    O: Paged<Item = u32> + Default,
    O::Error: std::fmt::Debug,
{
    run(async {
        let mut items = items::<O>(shelf);
        for item in 0..wrap * shelf.size {
            assert_eq!(items.try_next().await.unwrap(), Some(item));
        }
        let error = items.try_next().await.unwrap_err();
        assert!(matches!(error, Error::Paging(PagingError::Repeated, _)), "{error:?}");
    });
    let asked = shelf.asked.lock().unwrap().len();
    assert_eq!(asked, wrap as usize + 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn every_item_comes_once_and_in_order(length in 0..40_u32, size in 1..12_u32) {
        let shelf = Shelf::new(length, size);
        reads_all::<Numbered>(&shelf);
        reads_all::<Linked>(&shelf);
        reads_all::<ByCursor>(&shelf);
        reads_all::<Counted>(&Shelf { says_total: false, ..shelf });
    }

    #[test]
    fn a_server_that_starts_again_is_noticed(size in 1..12_u32, wrap in 1..6_u32) {
        let shelf = || Shelf { wraps_after: Some(wrap), ..Shelf::new(size * (wrap + 10), size) };
        notices_a_wrap::<Numbered>(&shelf(), wrap);
        notices_a_wrap::<Linked>(&shelf(), wrap);
        notices_a_wrap::<ByCursor>(&shelf(), wrap);
        notices_a_wrap::<Counted>(&shelf(), wrap);
    }
}
