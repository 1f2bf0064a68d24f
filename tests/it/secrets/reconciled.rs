//! Calls that ask before they pay again, and the journal that they are written into.

use std::fs;

use specie_runtime::client::{FileJournal, Options, Scripted, Simulated, TransportError};

use super::assert_silent;
use super::traces::captured;
use crate::support::apis::{Api, row};
use crate::support::instances::{Extent, MARKER};
use crate::support::raw::request;
use crate::support::values::{taken, texts};

/// What comes of a payout whose first response is lost, by what the lookup is answered with.
fn scripts() -> Vec<Scripted> {
    let resource = format!(
        r#"{{"type": "payout-invoices", "id": "{MARKER}", "attributes": {{"status": "created", "amount": 4.11, "currency": "{MARKER}",
        "reference_id": "some text", "created": 1, "updated": 1}}}}"#
    );
    let page = |items: &[&str]| {
        format!(r#"{{"data": [{}], "meta": {{}}, "links": {{"next": ""}}, "extra": "{MARKER}"}}"#, items.join(","))
    };
    let lost = || Scripted::new().fail(|| TransportError::interrupted("the connection broke"));
    vec![
        lost().respond(200, page(&[&resource])),
        lost().respond(200, page(&[&resource, &resource])),
        lost().respond(200, page(&[&resource, &resource.replace("4.11", "4.12")])),
        lost().respond(200, MARKER),
        lost().respond_with(500, &[("location", MARKER)], MARKER),
        Scripted::new().respond(409, format!(r#"{{"data": {resource}, "errors": "{MARKER}"}}"#)),
        Scripted::new().respond(409, MARKER),
        Scripted::new().respond(201, MARKER),
        Scripted::new().respond(422, format!(r#"{{"errors": "{MARKER}"}}"#)),
    ]
}

macro_rules! brands {
    ($($brand:ident $api:ident)*) => {$(
        #[test]
        fn $brand() {
            let folder = tempfile::tempdir().unwrap();
            let mut shown = String::new();
            let traces = captured(async {
                for (index, script) in scripts().into_iter().enumerate() {
                    let path = folder.path().join(index.to_string());
                    let journal = FileJournal::open(&path).await.unwrap();
                    let options = Options::new()
                        .environment(Simulated::new(1))
                        .journal(journal.clone(), format!("{MARKER} {MARKER}").into_bytes());
                    let client = ::$brand::Client::builder()
                        .private(format!("https://example.com/{MARKER}"))
                        .basic_auth(MARKER, MARKER)
                        .options(options)
                        .transport(script.clone())
                        .build()
                        .unwrap();
                    let any = request(row(Api::$api, "createPayoutInvoice"), Extent::Marked).await;
                    let request: ::$brand::CreatePayoutInvoice = taken(any);
                    let error = client.create_payout_invoice(request.clone()).reconciled().await.err().expect("no usable payout");
                    shown += &format!("{client:?} {journal:?} {journal:#?} {} {error:#?}", texts(&error));
                    assert!(script.sent()[0].text().contains(MARKER), "the request holds what must not be shown");
                    for entry in journal.unsettled() {
                        shown += &format!("{entry:?} {}", serde_json::to_string(&entry).unwrap());
                        // Another request than the one that was written down.
                        let error = client.create_payout_invoice(request.clone().description(MARKER)).resuming(&entry).err().unwrap();
                        shown += &texts(&error);
                    }
                    shown += &fs::read_to_string(&path).unwrap();
                }
            });
            assert_silent(&shown, "a text about a reconciled call, or its journal");
            assert_silent(&traces, "a trace of a reconciled call");
            assert!(shown.contains("createPayoutInvoice") && shown.contains("Mismatch") && traces.contains("lookup"), "{shown}");
        }
    )*};
}

brands! { cublox Cublox paymega Paymega }
