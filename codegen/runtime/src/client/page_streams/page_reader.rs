//! Reads page after page, as bytes and positions; compiled once for all operations.

use std::task::{Context, Poll, ready};
use std::time::Duration;

use serde_json::value::RawValue;

use crate::client::api_client::ApiClient;
use crate::client::call::options::{CallOptions, Key};
use crate::client::call::response_class::ClassifyResponse;
use crate::client::call::result::CallResult;
use crate::client::call::send::send;
use crate::client::next_page::error::PagingError;
use crate::client::next_page::link;
use crate::client::next_page::loop_guard::Seen;
use crate::client::next_page::position::{Page, Position};
use crate::client::next_page::spec::{PageSpec, Style};
use crate::client::request::Encoded;
use crate::client::request::build_error::BuildError;
use crate::client::response::meta::Meta;
use crate::client::transport::BoxFuture;
use crate::client::transport::environment::random_key;
use crate::decode::pointer;
use crate::operation::{OperationSpec, SchemeKind};
use crate::outcome::Outcome;
use crate::wire::query;

/// The position in a list, and what is needed to read its next page.
pub(in crate::client) struct Walk {
    client: ApiClient,
    spec: &'static OperationSpec,
    classify: ClassifyResponse,
    paging: PageSpec,
    request: Result<Encoded, BuildError>,
    options: CallOptions,
    next: Next,
    seen: Seen,
    sending: Option<BoxFuture<'static, CallResult>>,
}

enum Next {
    Page(Position),
    Fault(PagingError, Meta),
    End,
}

/// The result of asking for the next page.
pub(in crate::client) enum Step {
    /// The call has ended.
    Finished(CallResult),
    /// There is no such call to make.
    Fault(PagingError, Meta),
    /// The list has ended.
    End,
}

impl Walk {
    pub(in crate::client) fn new(
        client: ApiClient,
        spec: &'static OperationSpec,
        classify: ClassifyResponse,
        paging: PageSpec,
        request: Result<Encoded, BuildError>,
        options: CallOptions,
    ) -> Self {
        Self {
            client,
            spec,
            classify,
            paging,
            request,
            options,
            next: Next::Page(Position::default()),
            seen: Seen::default(),
            sending: None,
        }
    }

    /// Limits the calls of the pages that were not asked for yet.
    pub(in crate::client) fn limit(&mut self, deadline: Duration) {
        self.options.deadline = Some(deadline);
    }

    /// Goes to another page; what was read before counts as not read.
    pub(in crate::client) fn go_to(&mut self, position: Position) {
        self.next = Next::Page(position);
        self.seen = Seen::default();
        self.sending = None;
    }

    /// The page that comes next.
    pub(in crate::client) fn position(&self) -> Option<&Position> {
        match &self.next {
            Next::Page(position) => Some(position),
            Next::Fault(..) | Next::End => None,
        }
    }

    /// Asks for the next page. Until [`advance`](Self::advance) is called, that is the same page again.
    pub(in crate::client) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Step> {
        let sending = match self.sending.take() {
            Some(sending) => sending,
            None => match &self.next {
                Next::Page(position) => match self.start(position) {
                    Ok(sending) => sending,
                    // Nothing was sent, and nothing will be until another position is chosen.
                    Err(error) => return Poll::Ready(Step::Fault(error, Meta::new(self.spec, Outcome::NotSent))),
                },
                Next::Fault(error, meta) => return Poll::Ready(Step::Fault(*error, meta.clone())),
                Next::End => return Poll::Ready(Step::End),
            },
        };
        let result = ready!(self.sending.insert(sending).as_mut().poll(context));
        self.sending = None;
        Poll::Ready(Step::Finished(result))
    }

    /// The call that reads one page.
    fn start(&self, position: &Position) -> Result<BoxFuture<'static, CallResult>, PagingError> {
        let request = match &self.request {
            Ok(request) => self.request(request, position)?,
            Err(error) => return Ok(Box::pin(std::future::ready(CallResult::Unbuilt(error.clone())))),
        };
        let mut options = self.options.clone();
        if let Some(Key::Drawn(_)) = options.key {
            // Each page is an operation of its own, which the key of another would hide.
            options.key = random_key(&*self.client.config.options.environment).ok().map(Key::Drawn);
        }
        Ok(Box::pin(send(self.client.clone(), self.spec, self.classify, request, options)))
    }

    /// The operation's request for one page.
    fn request(&self, request: &Encoded, position: &Position) -> Result<Encoded, PagingError> {
        let mut request = request.clone();
        match (&position.0, self.paging.style) {
            (Page::Start, _) => {}
            (Page::Number(number), Style::Number { parameter, .. }) => {
                request.query = query::set(&request.query, parameter, &number.to_string());
            }
            (Page::Cursor(cursor), Style::Cursor { parameter, .. }) => {
                request.query = query::set(&request.query, parameter, cursor);
            }
            (Page::Query(query), Style::Link { .. }) => request.query.clone_from(query),
            _ => return Err(PagingError::UnusablePosition),
        }
        Ok(request)
    }

    /// Takes note of a page that was read, and finds out which one follows.
    ///
    /// An error is about the page itself: it came before. What is wrong with the way to the next page is said when that one is asked
    /// for, because this page is sound.
    pub(in crate::client) fn advance(&mut self, body: &[u8], meta: &Meta) -> Result<(), PagingError> {
        let (Next::Page(position), Ok(request)) = (&self.next, &self.request) else {
            return Ok(());
        };
        let text = std::str::from_utf8(body).unwrap_or_default();
        let here = effective(self.paging.style, position, request);
        let items = pointer::find(text, self.paging.items).unwrap_or_default();
        let is_empty = serde_json::from_str::<Vec<&RawValue>>(items).is_ok_and(|i| i.is_empty());
        let is_empty = is_empty || matches!(items, "" | "null");
        // Pages without items look the same, so they are counted and not compared.
        if !is_empty && !self.seen.items(items) {
            self.next = Next::Fault(PagingError::Repeated, meta.clone());
            return Err(PagingError::Repeated);
        }
        let following = here.and_then(|here| {
            self.seen.place(&here);
            self.following(text, &here, is_empty)
        });
        let goes_on = self.seen.goes_on(is_empty);
        self.next = match following {
            Ok(None) => Next::End,
            Ok(Some(place)) if goes_on && self.seen.place(&place) => Next::Page(Position(place)),
            Ok(Some(_)) => Next::Fault(PagingError::Repeated, meta.clone()),
            Err(error) => Next::Fault(error, meta.clone()),
        };
        Ok(())
    }

    /// The page after this one.
    fn following(&self, text: &str, here: &Page, is_empty: bool) -> Result<Option<Page>, PagingError> {
        match self.paging.style {
            Style::Number { total, .. } => {
                let Page::Number(number) = here else {
                    return Err(PagingError::UnusablePosition);
                };
                let total = total.map_or(Ok(None), |total| count(text, total))?;
                // Where the server says how many pages there are, a page without items is not the end.
                let is_last = total.map_or(is_empty, |total| *number >= total);
                Ok((!is_last).then(|| Page::Number(number.saturating_add(1))))
            }
            Style::Cursor { next, .. } => Ok(named(text, next)?.map(Page::Cursor)),
            Style::Link { next } => {
                let Some(link) = named(text, next)? else {
                    return Ok(None);
                };
                let base = self.client.config.bases.get(self.spec.base);
                let base = base.and_then(Option::as_ref).ok_or(PagingError::UnreadableNext)?;
                let query = link::query(&link, base.as_str())?;
                // An API key that the server repeats in its links is sent anyway, and must not stand in a position.
                let keys = self.client.config.api.schemes.iter().filter_map(|scheme| match scheme.kind {
                    SchemeKind::ApiKeyQuery(name) => Some(name),
                    _ => None,
                });
                let query = query::without(&query, &keys.collect::<Vec<_>>());
                Ok(Some(Page::Query(query)))
            }
        }
    }
}

/// The page that a position stands for; for the start, the one that the request names.
fn effective(style: Style, position: &Position, request: &Encoded) -> Result<Page, PagingError> {
    match (&position.0, style) {
        (Page::Start, Style::Number { parameter, .. }) => {
            let own = query::get(&request.query, parameter);
            // Pages count from 1 where the request does not say otherwise.
            own.map_or(Ok(1), |own| own.parse()).map(Page::Number).map_err(|_| PagingError::UnusablePosition)
        }
        (Page::Start, Style::Link { .. }) => Ok(Page::Query(request.query.clone())),
        (Page::Start, Style::Cursor { parameter, .. }) => {
            Ok(query::get(&request.query, parameter).map_or(Page::Start, Page::Cursor))
        }
        (place, _) => Ok(place.clone()),
    }
}

/// A number of pages; `None` where the page does not say.
fn count(text: &str, pointer: &str) -> Result<Option<u64>, PagingError> {
    match pointer::find(text, pointer) {
        None | Some("null") => Ok(None),
        Some(count) => count.parse().map(Some).map_err(|_| PagingError::UnreadableNext),
    }
}

/// A link or cursor; `None` where it is absent, null or empty. A cursor may be a number.
fn named(text: &str, pointer: &str) -> Result<Option<String>, PagingError> {
    let raw = match pointer::find(text, pointer) {
        None | Some("null") => return Ok(None),
        Some(raw) => raw,
    };
    if raw.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
        return Ok(Some(raw.to_owned()));
    }
    let name: String = serde_json::from_str(raw).map_err(|_| PagingError::UnreadableNext)?;
    Ok((!name.is_empty()).then_some(name))
}
