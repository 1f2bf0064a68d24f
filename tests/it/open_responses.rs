//! Responses whose form the documents leave open are read in each form that they may have, and a doubt is never told as a refusal.

use serde_json::{Value, json};
use specie_runtime::client::{Error, Scripted};
use specie_runtime::decode::from_slice;
use specie_runtime::{Outcome, dec};

use crate::support::{checkout, run};

const REFERENCE: &str = "ada8c01f-f5d4-4037-88f1-d222ee6497ad";
const CARD: &str = "5123817234060000";

fn payload(file: &str) -> Value {
    serde_json::from_slice(&std::fs::read(checkout().join("specs").join(file)).unwrap()).unwrap()
}

/// The documented invoice, created under [`REFERENCE`].
fn invoice() -> Value {
    payload("cublox/examples/create-payout-invoice.response.201.json")["data"].clone()
}

/// The request that [`invoice`] responses, as it was sent.
fn echo() -> Value {
    let mut request = payload("cublox/examples/create-payout-invoice.request.json");
    request["data"]["attributes"]["reference_id"] = json!(REFERENCE);
    request["data"].take()
}

macro_rules! brands {
    ($($brand:ident)*) => {$(
        mod $brand {
            use ::$brand::types::{PayoutInvoiceConflict, PayoutInvoiceDuplicate, PayoutOptions, ValidationErrors};
            use ::$brand::{Client, CreatePayoutInvoice, CreatePayoutInvoiceRequired, ListPayoutInvoices, ProcessPayoutInvoice};

            use super::*;

            fn request() -> CreatePayoutInvoice {
                CreatePayoutInvoice::new(CreatePayoutInvoiceRequired {
                    reference_id: REFERENCE.into(),
                    service: "card".into(),
                    currency: "USD".into(),
                    amount: dec!(10),
                    fields: [("card_number", CARD)].into(),
                })
            }

            fn client(responses: Scripted) -> Client {
                Client::builder().private("https://api.example.com").basic_auth("account", "key").transport(responses).build().unwrap()
            }

            fn conflict(body: &Value) -> PayoutInvoiceConflict {
                from_slice(body.to_string().as_bytes()).unwrap()
            }

            #[test]
            fn a_conflict_is_read_with_the_invoice_or_with_the_request() {
                let list = json!([{"status": "Conflict", "code": "409"}]);
                let read = conflict(&json!({"errors": list, "data": invoice()}));
                assert!(matches!(&read.errors, ValidationErrors::List(errors) if errors.len() == 1));
                let earlier = read.data.as_ref().and_then(PayoutInvoiceDuplicate::payout_invoice).unwrap();
                assert_eq!((&*earlier.id, &*earlier.attributes.reference_id), ("cpoi_VdHYVxq4RsLEebAQ", REFERENCE));

                let body = json!({"errors": {"reference_id": "This value is already used."}, "data": echo()});
                let read = conflict(&body);
                assert!(matches!(read.errors, ValidationErrors::ByField(_)));
                assert!(read.data.as_ref().and_then(PayoutInvoiceDuplicate::request).is_some());
                assert_eq!(serde_json::to_value(&read).unwrap(), body);
                assert!(!format!("{read:?} {read:#?}").contains(CARD));

                assert!(conflict(&json!({"errors": list})).data.is_none());
                // Any gateway's object would be a conflict if it needed no error.
                assert!(from_slice::<PayoutInvoiceConflict>(br#"{"message": "no Route matched with those values"}"#).is_err());
            }

            #[test]
            fn a_duplicate_that_is_but_an_echo_is_looked_up_and_found_on_its_own() {
                let conflict = json!({"errors": {"reference_id": "This value is already used."}, "data": echo()});
                let responses = Scripted::new()
                    .respond(409, conflict.to_string())
                    .respond(200, json!({"data": invoice()}).to_string());
                let found = run(async { client(responses.clone()).create_payout_invoice(request()).reconciled().await }).unwrap();
                assert_eq!(found.data.id, "cpoi_VdHYVxq4RsLEebAQ");
                let methods: Vec<_> = responses.sent().iter().map(|sent| sent.method.clone()).collect();
                assert_eq!(methods, ["POST", "GET"]);
            }

            #[test]
            fn one_invoice_in_the_place_of_a_list_is_a_page_of_one() {
                run(async {
                    for (data, count) in [(invoice(), 1), (json!([invoice(), invoice()]), 2), (json!([]), 0)] {
                        let responses = Scripted::new().respond(200, json!({"data": data}).to_string());
                        let mut items = client(responses).list_payout_invoices_with(ListPayoutInvoices::new().filter_reference_id(REFERENCE)).items();
                        let mut read = 0;
                        while let Some(invoice) = items.try_next().await.unwrap() {
                            assert_eq!(invoice.attributes.reference_id, REFERENCE);
                            read += 1;
                        }
                        assert_eq!(read, count);
                    }
                });
            }

            #[test]
            fn options_that_support_names_are_carried_beside_the_four() {
                let text = br#"{"auto_process":true,"attempts_limit":3}"#;
                let options: PayoutOptions = from_slice(text).unwrap();
                assert_eq!(options.auto_process, Some(true));
                assert_eq!(serde_json::to_vec(&options).unwrap(), text);
            }

            #[test]
            fn only_what_the_documents_call_a_failure_is_a_refusal() {
                run(async {
                    let list = r#"{"errors": [{"status": "Not Found", "code": "404"}]}"#;
                    let fields = r#"{"errors": {"amount": "This value should be greater than 0."}}"#;
                    for (status, body, outcome) in [
                        (400, list, Outcome::Unknown),
                        (401, list, Outcome::Refused),
                        (403, list, Outcome::Refused),
                        (404, list, Outcome::Unknown),
                        (405, list, Outcome::Refused),
                        (422, fields, Outcome::Refused),
                        (500, list, Outcome::Unknown),
                    ] {
                        let client = client(Scripted::new().respond(status, body).respond(status, body));
                        let created = client.create_payout_invoice(request()).await.map(drop).map_err(|error| told(&error));
                        let processed = client
                            .process_payout_invoice(ProcessPayoutInvoice::new("cpoi_1"))
                            .await
                            .map(drop)
                            .map_err(|error| told(&error));
                        assert_eq!((created, processed), (Err(outcome), Err(outcome)), "{status}");
                    }
                });
            }
        }
    )*};
}

brands! { cublox paymega }

fn told<E>(error: &Error<E>) -> Outcome {
    error.outcome()
}

#[test]
fn the_older_response_to_a_pay_in_is_read() {
    let older =
        br#"{"payoutId":"944732c4608c441aa91379478b91f76e","status":"PROCESSED","iframeUrls":{"card":"c","apm":"a"}}"#;
    let read: omno::types::PayinResponse = from_slice(older).unwrap();
    assert_eq!(
        (read.payment_id.as_deref(), read.payout_id.as_deref()),
        (None, Some("944732c4608c441aa91379478b91f76e"))
    );
    assert_eq!(read.status, omno::types::PayinStatus::Processed);
    assert_eq!(serde_json::to_vec(&read).unwrap(), older);

    // What became of the money is readable without the id, which the request has.
    let card: omno::types::CardProcessResponse = from_slice(br#"{"payoutId":"p-1","status":"PROCESSED"}"#).unwrap();
    assert_eq!((card.payment_id, card.status), (None, omno::types::PayinStatus::Processed));
    let link: omno::types::PayinDirectLinkResponse =
        from_slice(br#"{"status":"PENDING","redirectUrl":"https://psp.example.com"}"#).unwrap();
    assert_eq!(link.redirect_url.as_deref(), Some("https://psp.example.com"));
}

#[test]
fn a_transaction_is_read_with_half_of_its_return_addresses() {
    let read: omno::types::PayinTransaction =
        from_slice(br#"{"id":"p-1","status":"SUCCESS","returnUrls":{"success":"https://shop.example.com"}}"#).unwrap();
    let urls = read.return_urls.unwrap();
    assert_eq!((urls.success.as_deref(), urls.failure), (Some("https://shop.example.com"), None));
}

#[test]
fn an_unexplained_404_of_omno_is_no_refusal() {
    run(async {
        for (status, outcome) in [(401, Outcome::Refused), (403, Outcome::Refused), (404, Outcome::Unknown)] {
            let responses = Scripted::new().respond(status, r#"{"errorKey": "X"}"#);
            let client = omno::Client::builder().base_url("https://api.example.com").bearer_auth("token");
            let client = client.transport(responses).build().unwrap();
            let error = client.confirm_payout(omno::ConfirmPayout::new("p-1")).await.unwrap_err();
            assert_eq!(told(&error), outcome, "{status}");
        }
    });
}

#[test]
fn a_gateway_s_object_is_no_refusal_of_omno() {
    run(async {
        for status in [400, 401, 403, 404] {
            for body in [r#"{"message": "Unauthorized"}"#, r#"{"error": "forbidden", "status": 403}"#, "{}"] {
                let responses = Scripted::new().respond(status, body);
                let client = omno::Client::builder().base_url("https://api.example.com").bearer_auth("token");
                let client = client.transport(responses).build().unwrap();
                let error = client.confirm_payout(omno::ConfirmPayout::new("p-1")).await.unwrap_err();
                assert_eq!(told(&error), Outcome::Unknown, "{status} {body}");
            }
        }
    });
}

#[test]
fn internal_data_of_a_part_is_read_and_not_shown() {
    let text = r#"{"id":"po_1","resolution":"ok","provider_id":7,"provider_code":"psp","payload":{"card":"5123817234060000"}}"#;
    let part: ::cublox::types::PayoutPart = from_slice(text.as_bytes()).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&serde_json::to_string(&part).unwrap()).unwrap(), payload_of(text));
    assert!(!format!("{part:?}").contains(CARD));
    let empty: ::cublox::types::PayoutPart = from_slice(br#"{"id":"po_1","payload":[]}"#).unwrap();
    assert!(empty.payload.is_some());
}

fn payload_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}
