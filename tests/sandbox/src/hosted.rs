//! The hosted pages of OMNO: payment by card or otherwise, the challenge of a card, and the cashier.

use std::sync::Arc;

use http::{HeaderValue, Response, StatusCode, header};
use serde_json::Value;
use specie_runtime::Decimal;

use crate::apis::omno::{
    Means, NewTransaction, Operations, PAYIN, PAYOUT, Quiet, Refused, Transaction, Transactions, pay,
};
use crate::control::{Asked, Page, Wrong};
use crate::credentials;
use crate::engine::Engine;
use crate::error::SandboxError;
use crate::faulty_connection::WireBody;
use crate::kind::Kind as _;
use crate::machine::Cause;
use crate::pages::{escaped, html};
use crate::record::Object;
use crate::scenario::Plan;
use crate::serve::plain;

/// The buttons of a payment, and where they lead.
const BUTTONS: &[(&str, &str, &str)] =
    &[("succeed", "Succeed", "SUCCESS"), ("decline", "Decline", "DECLINED"), ("abandon", "Abandon", "FAILED")];

pub(crate) async fn answer(engine: &Arc<Engine>, asked: &Asked<'_>, rest: &[&str]) -> Page {
    let form = String::from_utf8_lossy(&asked.body).into_owned();
    match (asked.method.as_str(), rest) {
        ("GET", ["payin", id, page @ ("card" | "apm" | "challenge")]) => payment(&payin(engine, id)?, page),
        ("POST", ["payin", id, page @ ("card" | "apm" | "challenge")]) => {
            pressed(engine, id, &form).await?;
            again(&format!("/_sandbox/pay/payin/{id}/{page}"))
        }
        ("GET", ["payout", id, "card" | "apm"]) => payout(&found(engine, &Transactions { machine: &PAYOUT }, id)?),
        ("POST", ["payout", id, page @ ("card" | "apm")]) => {
            let object = found(engine, &Transactions { machine: &PAYOUT }, id)?;
            operations(engine).start_payout(object.merchant, object.id, Cause::Page).await.map_err(wrong)?;
            again(&format!("/_sandbox/pay/payout/{id}/{page}"))
        }
        ("GET", ["cashier", id]) => cashier(&engine.object(&Quiet::SESSIONS, None, id)?.ok_or(Wrong::NoPage)?),
        ("POST", ["cashier", id]) => {
            let session = engine.object(&Quiet::SESSIONS, None, id)?.ok_or(Wrong::NoPage)?;
            again(&begin(engine, session, &form).await?)
        }
        _ => Err(Wrong::NoPage),
    }
}

fn operations(engine: &Arc<Engine>) -> Operations {
    let transactions = |machine| Arc::new(Transactions { machine });
    Operations { engine: Arc::clone(engine), payins: transactions(&PAYIN), payouts: transactions(&PAYOUT) }
}

fn found(engine: &Engine, kind: &Transactions, id: &str) -> Result<Object, Wrong> {
    engine.object(kind, None, id)?.ok_or(Wrong::NoPage)
}

fn payin(engine: &Engine, id: &str) -> Result<Object, Wrong> {
    found(engine, &Transactions { machine: &PAYIN }, id)
}

fn wrong(refused: Refused) -> Wrong {
    Wrong::Refused(match refused {
        Refused::BadRequest(text) | Refused::Conflict(text) => SandboxError::usage(text),
        Refused::NotFound => SandboxError::usage("it does not exist"),
        Refused::Failed(error) => error,
    })
}

/// Shows a page anew after a button.
fn again(path: &str) -> Page {
    let mut response = plain(StatusCode::SEE_OTHER, "");
    response.headers_mut().insert(header::LOCATION, HeaderValue::try_from(path).map_err(|_| Wrong::NoPage)?);
    Ok(response)
}

/// What a button of a payment page does.
async fn pressed(engine: &Arc<Engine>, id: &str, form: &str) -> Result<(), Wrong> {
    let action = credentials::query(form, "action").unwrap_or_default();
    if let Some((.., to)) = BUTTONS.iter().find(|(name, ..)| *name == action) {
        engine.push(("omno", "payin", id), Cause::Page, to, None).await?;
        return Ok(());
    }
    let number = credentials::query(form, "card").unwrap_or_default();
    let number: String = number.chars().filter(char::is_ascii_digit).collect();
    let object = payin(engine, id)?;
    let paid = engine.decide(move |draft| {
        let kind = Transactions { machine: &PAYIN };
        let found = draft.object(&kind, &object.merchant, &object.id)?;
        let mut object = found.ok_or(Refused::NotFound)?;
        if object.state != "CREATED" {
            return Err(Refused::Conflict("the pay-in was processed before"));
        }
        pay(draft, &kind, &mut object, (Means::Card { number, save: false }, Plan::default()), Cause::Page)
    });
    paid.await.map_err(wrong)
}

fn page(title: &str, body: &str) -> Response<WireBody> {
    html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title><link rel=\"icon\" href=\"data:,\">\
         <style>:root{{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}}body{{max-width:32rem;margin:3rem auto}}\
         button,input{{font:inherit;padding:.3rem .8rem}}</style></head><body><h1>{title}</h1>{body}</body></html>"
    ))
}

fn payment(object: &Object, kind: &str) -> Page {
    let transaction: Transaction = object.fields()?;
    let state = escaped(&object.state);
    let amount = format!("{} {}", transaction.amount, escaped(&transaction.currency));
    let mut body = format!(
        "<p>Order {}: {amount}</p><p id=\"state\">{state}</p>",
        escaped(object.reference.as_deref().unwrap_or_default())
    );
    let expected = if kind == "challenge" { "PENDING_3DS" } else { "CREATED" };
    if object.state == expected {
        if kind == "card" {
            body.push_str(
                "<form method=\"post\"><label>Card number <input name=\"card\" inputmode=\"numeric\" autocomplete=\"off\"></label> \
                 <button name=\"action\" value=\"pay\">Pay</button></form>",
            );
        }
        body.push_str("<form method=\"post\">");
        for (name, text, _) in BUTTONS {
            body.extend(["<button name=\"action\" value=\"", name, "\">", text, "</button> "]);
        }
        body.push_str("</form>");
    } else if object.state == "PENDING_3DS" {
        let id = escaped(&object.id);
        body.extend(["<p><a href=\"/_sandbox/pay/payin/", &id, "/challenge\">Confirm the payment</a></p>"]);
    } else if let Some((success, failure)) = transaction.return_urls {
        // Only web addresses become links: others could be scripts.
        let url = if matches!(object.state.as_str(), "SUCCESS" | "PENDING") { success } else { failure };
        if url.starts_with("https://") || url.starts_with("http://") {
            body.extend(["<p><a href=\"", &escaped(&url), "\">Back to the shop</a></p>"]);
        }
    }
    Ok(page(if kind == "challenge" { "Confirm your payment" } else { "Payment" }, &body))
}

fn payout(object: &Object) -> Page {
    let transaction: Transaction = object.fields()?;
    let amount = format!("{} {}", transaction.amount, escaped(&transaction.currency));
    let mut body = format!("<p>You receive {amount}</p><p id=\"state\">{}</p>", escaped(&object.state));
    if object.state == "CREATED" {
        body.push_str("<form method=\"post\"><button name=\"action\" value=\"start\">Receive</button></form>");
    }
    Ok(page("Payout", &body))
}

fn cashier(session: &Object) -> Page {
    let fields: Value = session.fields()?;
    let currency = escaped(fields["currency"].as_str().unwrap_or_default());
    let mut body = format!("<p id=\"state\">{}</p>", escaped(&session.state));
    if session.state == "OPEN" {
        body.extend([
            "<form method=\"post\"><label>Amount in ",
            &currency,
            " <input name=\"amount\" inputmode=\"decimal\" required></label> \
             <button name=\"action\" value=\"deposit\">Deposit</button> \
             <button name=\"action\" value=\"withdraw\">Withdraw</button></form>",
        ]);
    }
    Ok(page("Cashier", &body))
}

/// Begins what the cashier was asked for, and says on which page it goes on.
async fn begin(engine: &Arc<Engine>, session: Object, form: &str) -> Result<String, Wrong> {
    if session.state != "OPEN" {
        return Err(SandboxError::usage("the session is over").into());
    }
    let fields: Value = session.fields()?;
    let amount: Option<Decimal> = credentials::query(form, "amount").and_then(|amount| amount.parse().ok());
    let amount = amount.ok_or_else(|| SandboxError::usage("the amount is no number"))?;
    let operations = operations(engine);
    // A number of its own, as the clock may stand still between two of them.
    let session_id = session.id.clone();
    let order_id =
        engine.decide(move |draft| Ok::<_, SandboxError>(format!("cashier-{session_id}-{}", draft.number()?))).await?;
    let is_deposit = credentials::query(form, "action").as_deref() == Some("deposit");
    let kind = if is_deposit { &operations.payins } else { &operations.payouts };
    let new = NewTransaction {
        order_id,
        amount,
        currency: fields["currency"].as_str().unwrap_or_default().to_owned(),
        external_user_id: fields["external_user_id"].as_str().unwrap_or_default().to_owned(),
        return_urls: None,
        router_id: None,
        previous_transaction_count: None,
        scenario: None,
    };
    let created = operations.create(kind, session.merchant, new, Plan::default()).await.map_err(wrong)?;
    Ok(format!("/_sandbox/pay/{}/{}/card", kind.machine().kind, created.id))
}
