//! Pages of every size in every order: what is returned, and where it ends, against a model that is written by hand.

use std::sync::{Arc, Mutex};

use crate::body::Body;
use http::{Request, Response};
use proptest::prelude::*;

use super::*;
use crate::client::{BoxFuture, PagingError, TransportError};

/// A server with these pages, each with so many items and a page to go on to.
#[derive(Clone, Debug)]
struct Book {
    pages: Vec<(u32, Option<usize>)>,
    asked: Arc<Mutex<Vec<usize>>>,
}

impl Book {
    /// Pages in their order.
    fn in_order(sizes: &[u32]) -> Self {
        let next = |index: usize| Some(index + 1).filter(|next| *next < sizes.len());
        let pages = sizes.iter().enumerate().map(|(index, size)| (*size, next(index))).collect();
        Self { pages, asked: Arc::default() }
    }

    /// The items of a page; no two pages share one.
    fn items(&self, page: usize) -> Vec<u32> {
        let before: u32 = self.pages[..page].iter().map(|(size, _)| size).sum();
        (before..before + self.pages[page].0).collect()
    }

    fn body(&self, query: &str) -> String {
        let page = query.split('&').find_map(|pair| pair.strip_prefix("page[x]="));
        let page: usize = page.map_or(1, |page| page.parse().unwrap()) - 1;
        self.asked.lock().unwrap().push(page);
        let Some((_, next)) = self.pages.get(page) else { return r#"{"items": []}"#.to_owned() };
        let next = next.map_or(r#""next": "", "cursor": """#.to_owned(), |next| {
            format!(r#""next": "/things?page[x]={0}", "cursor": {0}"#, next + 1)
        });
        format!(r#"{{{next}, "meta": {{"pages": {}}}, "items": {:?}}}"#, self.pages.len(), self.items(page))
    }

    /// What a reader of the pages that lead on from the first one gets, and whether it comes to an end.
    fn walked(&self) -> (Vec<u32>, bool) {
        let (mut page, mut seen, mut items) = (0, Vec::new(), Vec::new());
        loop {
            seen.push(page);
            items.extend(self.items(page));
            match self.pages[page].1 {
                None => return (items, true),
                Some(next) if seen.contains(&next) => return (items, false),
                Some(next) => page = next,
            }
        }
    }
}

impl Transport for Book {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let body = self.body(request.uri().query().unwrap_or_default());
        Box::pin(async { Ok(Response::new(body.into())) })
    }
}

/// All items, and the error that ended the list.
fn read<O: Paged<Item = u32> + Default>(book: &Book) -> (Vec<u32>, Option<PagingError>) {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.build().unwrap().block_on(async {
        let mut items = Call::new(&client(book.clone()), O::default()).items();
        let mut all = Vec::new();
        loop {
            match items.try_next().await {
                Ok(Some(item)) => all.push(item),
                Ok(None) => return (all, None),
                Err(Error::Paging(error, _)) => return (all, Some(error)),
                Err(error) => panic!("{error:?}"),
            }
        }
    })
}

fn sizes() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(0..4_u32, 1..12)
}

proptest! {
    #[test]
    fn pages_of_any_size_are_read_to_the_end_also_empty_ones_in_between(sizes in sizes()) {
        let book = Book::in_order(&sizes);
        let all: Vec<u32> = (0..sizes.iter().sum()).collect();
        prop_assert_eq!(read::<Linked>(&book), (all.clone(), None));
        prop_assert_eq!(read::<ByCursor>(&book), (all.clone(), None));
        // The pages say how many there are, so one without items is not the last one.
        prop_assert_eq!(read::<Numbered>(&book), (all, None));
        let asked = std::mem::take(&mut *book.asked.lock().unwrap());
        prop_assert_eq!(asked.len(), 3 * sizes.len(), "each page once");
        // Where nothing says how many there are, it is.
        let until_empty: u32 = sizes.iter().take_while(|size| **size > 0).sum();
        prop_assert_eq!(read::<Counted>(&book), ((0..until_empty).collect(), None));
    }

    #[test]
    fn pages_that_lead_anywhere_come_to_an_end(
        pages in prop::collection::vec((0..4_u32, prop::option::weighted(0.9, any::<prop::sample::Index>())), 1..12),
    ) {
        let length = pages.len();
        let pages = pages.into_iter().map(|(size, next)| (size, next.map(|next| next.index(length)))).collect();
        let book = Book { pages, asked: Arc::default() };
        let (all, ends) = book.walked();
        let expected = (all, (!ends).then_some(PagingError::Repeated));
        prop_assert_eq!(read::<ByCursor>(&book), expected.clone());
        // The first page is asked for without its number, so coming back to it is noticed by its items, if it has any, or by what follows.
        prop_assert_eq!(read::<Linked>(&book), expected);
        prop_assert!(book.asked.lock().unwrap().len() <= 2 * (length + 1));
    }
}

/// A server that always has another page, and nothing on it.
#[derive(Clone, Default)]
struct Endless(Arc<Mutex<usize>>);

impl Transport for Endless {
    fn send(&self, _: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let mut asked = self.0.lock().unwrap();
        *asked += 1;
        let body = format!(
            r#"{{"next": "/things?page[x]={0}", "cursor": {0}, "meta": {{"pages": 18446744073709551615}}}}"#,
            *asked + 1
        );
        Box::pin(async { Ok(Response::new(body.into())) })
    }
}

#[tokio::test]
async fn pages_without_items_that_never_end_are_an_error() {
    async fn ends<O: Paged<Item = u32> + Default>() {
        let server = Endless::default();
        let error = Call::new(&client(server.clone()), O::default()).items().try_next().await.err().unwrap();
        assert!(matches!(error, Error::Paging(PagingError::Repeated, _)), "{error:?}");
        assert_eq!(*server.0.lock().unwrap(), 1000);
    }
    ends::<Linked>().await;
    ends::<ByCursor>().await;
    ends::<Numbered>().await;
}
