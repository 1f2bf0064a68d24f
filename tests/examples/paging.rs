//! Read everything, a page at a time or an item at a time, and go on where you stopped.

use std::error::Error;

use cublox::{Client, ListPayoutServices};
use specie_runtime::client::{Position, Scripted};

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

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let responses = Scripted::new()
        .respond(200, services(1, ["card", "swift"]))
        .respond(200, services(2, ["sepa", "pix"]))
        .respond(200, services(3, ["upi", "wallet"]))
        .respond(200, services(2, ["sepa", "pix"]))
        .respond(200, services(3, ["upi", "wallet"]));
    let client = Client::over(responses.clone());

    // An item at a time.
    let request = ListPayoutServices::new().page_size(2);
    let mut services = client.list_payout_services_with(request.clone()).items();
    let mut kept = None;
    while let Some(service) = services.try_next().await? {
        println!("{} pays by {}", service.id, service.attributes.service_method);
        if service.id == "comcpos_swift" {
            // The first page is dealt with: this is where to go on.
            kept = services.position().map(Position::to_string);
        }
    }
    for request in responses.sent() {
        println!("asked {}", request.target());
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
    let client = Client::over(responses.clone());
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
    println!("{} requests, the last one to {}", responses.sent().len(), responses.sent()[1].uri);
    Ok(())
}
