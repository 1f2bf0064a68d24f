//! The actions of the control API: health, clock, faults, callbacks, merchants, export and reset.

use std::time::Duration;

use http::StatusCode;
use serde::{Deserialize, Serialize};

use super::{Asked, Control, Page, Wrong, state};
use crate::builder::APIS;
use crate::error::SandboxError;
use crate::export;
use crate::faults::{CallbackRule, Rule};
use crate::moment::parse_duration;
use crate::record::{self, Delivery};
use crate::serve::response;
use crate::store::Table;

/// The most records that a list shows.
const MOST: usize = 1000;

pub(super) fn json<T: Serialize>(value: &T) -> Page {
    let text = serde_json::to_string(value).map_err(SandboxError::from)?;
    Ok(response(StatusCode::OK, "application/json", text))
}

/// The number of a list's records that is asked for.
pub(super) fn limit(query: &str) -> usize {
    let asked = crate::credentials::query(query, "limit").and_then(|limit| limit.parse().ok());
    asked.unwrap_or(200).min(MOST)
}

pub(super) async fn answer(control: &Control, asked: &Asked<'_>) -> Page {
    let engine = &control.engine;
    match (asked.method.as_str(), asked.segments.as_slice()) {
        ("GET", ["health"]) => json(&serde_json::json!({"status": "ready"})),
        ("GET", ["state"]) => json(&state::state(control)?),
        ("GET", ["env"]) => Ok(response(StatusCode::OK, "text/plain; charset=utf-8", state::environment(control, ""))),
        ("GET", ["requests"]) => json(&engine.journal.latest(limit(asked.query))),
        ("GET", ["callbacks"]) => {
            let latest: Vec<Delivery> =
                engine.read(|rows| record::latest(rows, Table::Deliveries, limit(asked.query)))?;
            json(&latest.iter().map(export::masked).collect::<Result<Vec<_>, _>>()?)
        }
        ("POST", ["callbacks", number, "resend"]) => {
            let number = number.parse().map_err(|_| Wrong::NoPage)?;
            json(&export::masked(&engine.resend(number).await?)?)
        }
        ("POST", ["clock", "advance"]) => {
            let by: Advance = asked.json()?;
            let by =
                parse_duration(&by.by).ok_or_else(|| SandboxError::usage("`by` is no duration such as 2h or PT30S"))?;
            json(&engine.advance_to(engine.clock.now().after(by)).await?)
        }
        ("POST", ["clock", "next"]) => json(&engine.advance_to_next().await?),
        ("POST", ["clock", "idle"]) => json(&engine.run_until_idle(Duration::from_secs(30 * 24 * 3600)).await?),
        ("GET", ["faults"]) => json(&engine.faults.list()),
        ("POST", ["faults"]) => json(&Armed { id: engine.faults.stand_request(asked.json::<Rule>()?) }),
        ("POST", ["callback-faults"]) => {
            json(&Armed { id: engine.faults.stand_callback(asked.json::<CallbackRule>()?) })
        }
        ("DELETE", ["faults", id]) => {
            let id = id.parse().map_err(|_| Wrong::NoPage)?;
            if engine.faults.clear(id) { json(&Armed { id }) } else { Err(Wrong::NoPage) }
        }
        ("POST", ["merchants", name]) => {
            let account = engine.merchant(name);
            json(&serde_json::json!({"name": account.name}))
        }
        ("POST", ["merchants", name, "block"]) => {
            let Block { blocked } = asked.json()?;
            if engine.block(name, blocked) {
                json(&serde_json::json!({"blocked": blocked}))
            } else {
                Err(Wrong::NoPage)
            }
        }
        ("POST", ["merchants", name, "pause"]) => {
            let Pause { paused } = asked.json()?;
            if engine.pause(name, paused).await? {
                json(&serde_json::json!({"paused": paused}))
            } else {
                Err(Wrong::NoPage)
            }
        }
        ("POST", ["merchants", name, "callback-url"]) => {
            let CallbackUrl { api, url } = asked.json()?;
            if engine.merchants.get(name).is_none() || !APIS.contains(&api.as_str()) {
                return Err(Wrong::NoPage);
            }
            engine.set_callback_url(&api, name, url.clone());
            json(&serde_json::json!({"api": api, "url": url}))
        }
        ("GET", ["export"]) => Ok(response(StatusCode::OK, "application/x-ndjson", export::lines(engine)?)),
        ("POST", ["import"]) => {
            let text = std::str::from_utf8(&asked.body).map_err(|_| SandboxError::usage("an export is UTF-8"))?;
            engine.import(text).await?;
            json(&serde_json::json!({"status": "ready"}))
        }
        ("POST", ["reset"]) => {
            engine.reset().await?;
            json(&serde_json::json!({"status": "ready"}))
        }
        _ => Err(Wrong::NoPage),
    }
}

#[derive(Deserialize)]
struct Advance {
    by: String,
}

#[derive(Serialize)]
struct Armed {
    id: u64,
}

#[derive(Deserialize)]
struct Block {
    blocked: bool,
}

#[derive(Deserialize)]
struct Pause {
    paused: bool,
}

#[derive(Deserialize)]
struct CallbackUrl {
    api: String,
    url: Option<String>,
}
