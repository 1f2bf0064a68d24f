//! Read everything, a page at a time or an item at a time, and go on where you stopped. With `SPECIE_TARGET=sandbox` the lists are those of
//! the sandbox.

#[allow(dead_code, reason = "each example uses its own part of it")]
mod target;

use std::error::Error;

use cublox::{Client, CreatePayoutInvoice, CreatePayoutInvoiceRequired, ListPayoutServices};
use specie_runtime::client::{Position, Scripted};
use specie_runtime::dec;

use target::{Api, Target};

/// A page of services as the API documents it, in short.
fn services(number: u32, names: [&str; 2]) -> String {
    let item = |name: &str| {
        let attributes =
            format!(r#"{{"service": "{name}_usd", "service_method": "{name}", "service_currency": "USD"}}"#);
        format!(r#"{{"type": "payout-services", "id": "comcpos_{name}", "attributes": {attributes}}}"#)
    };
    format!(r#"{{"meta": {{"pages": 3, "page": {number}}}, "data": [{}, {}]}}"#, item(names[0]), item(names[1]))
}

/// A page without invoices that links to another one.
fn invoices(next: &str) -> String {
    format!(r#"{{"data": [], "links": {{"prev": "", "next": "{next}"}}}}"#)
}

fn client(target: &Target) -> Result<Client, Box<dyn Error>> {
    let client = Client::builder().private(&target.url).basic_auth(&target.account, target.key.clone());
    Ok(client.transport(target.transport.clone()).build()?)
}

fn payout(number: u32) -> CreatePayoutInvoice {
    CreatePayoutInvoice::new(CreatePayoutInvoiceRequired {
        reference_id: format!("inv-{number}"),
        service: "card".into(),
        currency: "USD".into(),
        amount: dec!(10),
        fields: [("card_number", "5123817234060000")].into(),
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let responses = Scripted::new()
        .respond(200, services(1, ["card", "swift"]))
        .respond(200, services(2, ["sepa", "pix"]))
        .respond(200, services(3, ["upi", "wallet"]))
        .respond(200, services(2, ["sepa", "pix"]))
        .respond(200, services(3, ["upi", "wallet"]));
    let target = Target::start(Api::Cublox, responses).await?;
    let client = client(&target)?;

    // An item at a time.
    let request = ListPayoutServices::new().page_size(2);
    let mut services = client.list_payout_services_with(request.clone()).items();
    let (mut kept, mut read) = (None, 0);
    while let Some(service) = services.try_next().await? {
        println!("{} pays by {}", service.id, service.attributes.service_method);
        read += 1;
        if read == 2 {
            // The first page is dealt with: this is where to go on.
            kept = services.position().map(Position::to_string);
        }
    }
    for request in target.transport.requests() {
        println!("asked {request}");
    }

    // Another process, another day.
    let kept = kept.ok_or("the list has a second page")?;
    let mut rest = client.list_payout_services_with(request).items().from(kept.parse()?);
    let mut left = 0;
    while rest.try_next().await?.is_some() {
        left += 1;
    }
    println!("{left} services from {kept} on");

    // A page at a time, with what else a page holds. A link elsewhere is not followed.
    let responses = Scripted::new()
        .respond(200, invoices("/api/payout-invoices?page[before]=cpoi_1"))
        .respond(200, invoices("https://elsewhere.example.com/api/payout-invoices?page[before]=cpoi_2"));
    let target = Target::start(Api::Cublox, responses).await?;
    let client = self::client(&target)?;
    if target.sandbox.is_some() {
        // One more than a page of the sandbox holds. It has no link elsewhere: the list ends.
        for number in 0..21 {
            client.create_payout_invoice(payout(number)).await?;
        }
    }
    let mut pages = client.list_payout_invoices().pages();
    loop {
        match pages.try_next().await {
            Ok(Some(page)) => {
                let next = page.links.and_then(|links| links.next);
                println!(
                    "{} invoices, then {}",
                    page.data.list().map_or(1, Vec::len),
                    next.as_deref().unwrap_or("none")
                );
            }
            Ok(None) => break,
            Err(error) => {
                println!("{error}");
                break;
            }
        }
    }
    let asked: Vec<String> =
        target.transport.requests().into_iter().filter(|request| request.starts_with("GET")).collect();
    println!("{} pages asked for, the last one by {}", asked.len(), asked.last().map_or("nobody", String::as_str));
    Ok(())
}
