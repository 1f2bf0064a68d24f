//! Lists: invoices by cursor, newest first, and services by number of the page.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use serde::Serialize;
use serde_json::value::RawValue;

use super::create::Refused;
use super::invoice::Invoice;
use super::services::{SERVICES, Service};
use super::view;
use crate::chance::Chance;
use crate::engine::Engine;
use crate::error::SandboxError;
use crate::kind::Kind;
use crate::record::{self, Object};
use crate::store::Direction;

/// Items on a page, where the request does not say.
const SIZE: usize = 20;
/// The most items on a page.
const MOST: usize = 100;

/// Which page is asked for. Its parameters are not documented; callers follow the links.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    size: Option<String>,
    before: Option<String>,
    after: Option<String>,
}

impl Page {
    /// Reads the parameters of a query.
    pub(crate) fn of_query(query: &str) -> Self {
        let mut page = Self::default();
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let name = percent_decode_str(name).decode_utf8_lossy();
            let value = percent_decode_str(value).decode_utf8_lossy().into_owned();
            match &*name {
                "page[size]" => page.size = Some(value),
                "page[before]" => page.before = Some(value),
                "page[after]" => page.after = Some(value),
                _ => {}
            }
        }
        page
    }

    fn size(&self) -> Result<usize, Refused> {
        let size = self.size.as_ref().map_or(Ok(SIZE), |size| size.parse());
        size.ok().filter(|size| (1..=MOST).contains(size)).ok_or_else(|| {
            let reason = format!("This value should be a whole number from 1 to {MOST}.");
            Refused::Invalid(BTreeMap::from([("page[size]".to_owned(), reason)]))
        })
    }
}

#[derive(Serialize)]
struct Meta<'a> {
    count: u64,
    size: usize,
    before: Option<&'a str>,
    after: Option<&'a str>,
}

#[derive(Serialize)]
struct Links {
    prev: String,
    next: String,
}

#[derive(Serialize)]
struct Listed<'a> {
    meta: Meta<'a>,
    links: Links,
    data: Vec<Box<RawValue>>,
}

/// A page of the merchant's invoices.
pub(super) fn invoices(engine: &Engine, kind: &dyn Kind, merchant: &str, page: &Page) -> Result<String, Refused> {
    let size = page.size()?;
    let machine = kind.machine();
    let place = (machine.api, merchant, machine.kind);
    let number = |id: &Option<String>| -> Result<Option<u64>, Refused> {
        let Some(id) = id else { return Ok(None) };
        Ok(Some(engine.object(kind, Some(merchant), id)?.ok_or(Refused::NotFound)?.number))
    };
    let (before, after) = (number(&page.before)?, number(&page.after)?);
    // One transaction reads both, so that a link never skips what is added in between.
    let (items, newer, older, count) = engine.read(|rows| {
        let mut items = match (before, after) {
            // The oldest of the newer ones stand next to the page that the link is on.
            (None, Some(after)) => {
                let mut items = record::objects(rows, place, (Some(after), None), Direction::Up, size)?;
                items.reverse();
                items
            }
            _ => record::objects(rows, place, (after, before), Direction::Down, size)?,
        };
        items.truncate(size);
        let newest = items.first().map(|object| object.number);
        let oldest = items.last().map(|object| object.number);
        let is_some =
            |bounds| Ok::<_, SandboxError>(!record::objects(rows, place, bounds, Direction::Up, 1)?.is_empty());
        let newer = newest.map_or(Ok(false), |newest| is_some((Some(newest), None)))?;
        let older = oldest.map_or(Ok(false), |oldest| is_some((None, Some(oldest))))?;
        Ok((items, newer, older, record::count(rows, place)?))
    })?;
    let ends = (items.first().map(|object| object.id.as_str()), items.last().map(|object| object.id.as_str()));
    let link = |side: &str, id: Option<&str>, is_there: bool| match id {
        Some(id) if is_there => format!("/api/payout-invoices?page[{side}]={id}&page[size]={size}"),
        _ => String::new(),
    };
    let listed = Listed {
        meta: Meta { count, size, before: ends.1, after: ends.0 },
        links: Links { prev: link("after", ends.0, newer), next: link("before", ends.1, older) },
        data: items.iter().map(item).collect::<Result<_, _>>()?,
    };
    Ok(serde_json::to_string(&listed).map_err(SandboxError::from)?)
}

/// The merchant's invoice under a reference, as a list of one or none.
pub(super) fn by_reference(found: Option<&Object>) -> Result<String, Refused> {
    let id = found.map(|object| object.id.as_str());
    let listed = Listed {
        meta: Meta { count: u64::from(found.is_some()), size: SIZE, before: id, after: id },
        links: Links { prev: String::new(), next: String::new() },
        data: found.map(item).into_iter().collect::<Result<_, _>>()?,
    };
    Ok(serde_json::to_string(&listed).map_err(SandboxError::from)?)
}

fn item(object: &Object) -> Result<Box<RawValue>, SandboxError> {
    let invoice: Invoice = object.fields()?;
    Ok(serde_json::value::to_raw_value(&view::resource(object, &invoice, None))?)
}

#[derive(Serialize)]
struct Services {
    meta: serde_json::Value,
    links: serde_json::Value,
    data: Vec<Box<RawValue>>,
}

/// A page of the account's services; a number beyond the last is an empty page.
pub(super) fn services(
    chance: Chance,
    merchant: &str,
    number: Option<i64>,
    size: Option<i64>,
) -> Result<String, Refused> {
    let wrong = |field: &str, reason: &str| Refused::Invalid(BTreeMap::from([(field.to_owned(), reason.to_owned())]));
    let number = usize::try_from(number.unwrap_or(1)).ok().filter(|number| *number > 0);
    let number = number.ok_or_else(|| wrong("page[number]", "This value should be 1 or more."))?;
    let size = usize::try_from(size.unwrap_or(20)).ok().filter(|size| (1..=MOST).contains(size));
    let size = size.ok_or_else(|| wrong("page[size]", "This value should be from 1 to 100."))?;
    let pages = SERVICES.len().div_ceil(size).max(1);
    let shown: &[Service] = SERVICES.chunks(size).nth(number - 1).unwrap_or_default();
    let link = |number: usize| format!("/api/payout-services?page[number]={number}&page[size]={size}");
    let mut links = serde_json::json!({"first": link(1), "last": link(pages)});
    if let Some(links) = links.as_object_mut() {
        if number < pages {
            links.insert("next".to_owned(), link(number + 1).into());
        }
        if number > 1 {
            links.insert("prev".to_owned(), link((number - 1).min(pages)).into());
        }
    }
    let data: Result<_, SandboxError> = shown.iter().map(|service| view::service(chance, merchant, service)).collect();
    let meta = serde_json::json!({"total": SERVICES.len(), "pages": pages, "page": number});
    Ok(serde_json::to_string(&Services { meta, links, data: data? }).map_err(SandboxError::from)?)
}
