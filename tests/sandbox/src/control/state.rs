//! What the sandbox is at the moment: clock, APIs, merchants, what is due.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddr;

use serde_json::{Value, json};

use super::{Asked, Control, Wrong};
use crate::caps::Caps;
use crate::clock::ClockMode;
use crate::error::SandboxError;
use crate::moment::Moment;
use crate::record;
use crate::store::{Rows, Table};

/// Where everything listens.
#[derive(Clone, Debug)]
pub(crate) struct Addresses {
    pub(crate) apis: BTreeMap<&'static str, SocketAddr>,
    pub(crate) inspector: SocketAddr,
}

/// The state, for pages and programs.
pub(super) fn state(control: &Control) -> Result<Value, SandboxError> {
    let engine = &control.engine;
    let now = engine.clock.now();
    let mode = match engine.clock.mode() {
        ClockMode::Real => "real".to_owned(),
        ClockMode::Frozen => "frozen".to_owned(),
        ClockMode::Scaled(factor) => format!("{factor} times as fast"),
    };
    let due = engine.read(|rows| record::first_due(rows, Moment(u64::MAX), 5))?;
    let due: Vec<Value> = due.iter().map(|(at, _, what)| json!({"at": at.to_string(), "what": what})).collect();
    let apis = control.addresses.get().map(|addresses| &addresses.apis);
    let apis: BTreeMap<&str, String> =
        apis.into_iter().flatten().map(|(api, address)| (*api, format!("http://{address}"))).collect();
    let merchants: Vec<Value> = engine
        .merchants
        .all()
        .iter()
        .map(|account| {
            let urls = engine.targets.urls(&account.name);
            json!({"name": account.name, "blocked": account.blocked, "paused": account.paused, "urls": urls})
        })
        .collect();
    Ok(json!({
        "clock": {"now": now.to_string(), "millis": now.0, "mode": mode},
        "due": due,
        "apis": apis,
        "merchants": merchants,
        "faults": engine.faults.list(),
        "kept": engine.read(|rows| kept(rows, engine.caps))?,
        "troubles": engine.troubles.all(),
    }))
}

/// How much is kept, and the most of it.
fn kept(rows: &dyn Rows, caps: Caps) -> Result<Value, SandboxError> {
    let (objects, events) = (rows.len(Table::Objects)?, rows.len(Table::Events)?);
    Ok(json!({"objects": objects, "most_objects": caps.objects, "events": events, "most_events": caps.events}))
}

/// What a merchant calls an API with, for its documentation: by the names of the document's schemes, and headers beside them. `merchant` in
/// the query names another merchant than the first.
pub(super) fn credentials(control: &Control, api: &str, asked: &Asked<'_>) -> Result<Value, Wrong> {
    let engine = &control.engine;
    let account = match crate::credentials::query(asked.query, "merchant") {
        Some(name) => engine.merchants.get(&name),
        None => engine.merchants.get("shop").or_else(|| engine.merchants.all().into_iter().next()),
    };
    let account = account.ok_or(Wrong::NoPage)?;
    let keys = &account.credentials;
    Ok(match api {
        "omno" => json!([{"scheme": "bearerAuth", "key": crate::apis::omno::issue_token(engine, &account.name)}]),
        "gormic" => json!([
            {"scheme": "api-key", "key": keys.gormic_key.expose()},
            {"header": "organization-id", "key": keys.organization_id},
        ]),
        _ => json!([
            {"scheme": "basicAuth", "username": keys.account_id, "password": keys.api_key.expose()},
            {"scheme": "publicKey", "key": keys.public_key},
        ]),
    })
}

/// Base URLs and credentials as the assignments of a shell; `prefix` stands before each.
pub(crate) fn environment(control: &Control, prefix: &str) -> String {
    let mut text = String::new();
    let Some(addresses) = control.addresses.get() else { return text };
    let mut set = |name: &str, value: &str| {
        // Names are letters and digits, values have no quotes: they are made here.
        let _ = writeln!(text, "{prefix}{name}='{value}'");
    };
    set("SANDBOX_INSPECTOR", &format!("http://{}/_sandbox/", addresses.inspector));
    for account in control.engine.merchants.all() {
        let merchant: String =
            account.name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
        let keys = &account.credentials;
        for (api, address) in &addresses.apis {
            let place = format!("{}_{merchant}", api.to_ascii_uppercase());
            set(&format!("{}_BASE_URL", api.to_ascii_uppercase()), &format!("http://{address}"));
            match *api {
                "omno" => {
                    set("OMNO_TOKEN_URL", &format!("http://{address}{}", crate::apis::omno::TOKEN_PATH));
                    set(&format!("{place}_CLIENT_ID"), &keys.client_id);
                    set(&format!("{place}_CLIENT_SECRET"), keys.client_secret.expose());
                }
                "gormic" => {
                    set(&format!("{place}_API_KEY"), keys.gormic_key.expose());
                    set(&format!("{place}_ORGANIZATION_ID"), &keys.organization_id);
                }
                _ => {
                    set(&format!("{place}_ACCOUNT_ID"), &keys.account_id);
                    set(&format!("{place}_API_KEY"), keys.api_key.expose());
                    set(&format!("{place}_PUBLIC_KEY"), &keys.public_key);
                    set(&format!("{place}_PRIVATE_KEY"), keys.private_key.expose());
                }
            }
        }
    }
    text
}
