//! The signed callbacks of both Corefy brands: what is taken, what is refused, what comes again.

use proptest::prelude::*;

use super::{Handled, post, status, vector};
use crate::support::run;

macro_rules! brands {
    ($($brand:ident)*) => {$(
        mod $brand {
            use specie_runtime::webhook::Receiver;
            use ::$brand::types::PayoutInvoiceStatus;

            use super::*;

            /// Handles everything but a payout that has expired.
            fn receiver(secrets: &[&str], handled: &Handled) -> Receiver {
                let handled = handled.clone();
                ::$brand::webhooks::payout_invoice(secrets.iter().copied(), move |callback| {
                    let handled = handled.clone();
                    async move {
                        handled.push(format!("{} {}", callback.data.id, callback.data.attributes.status));
                        match callback.data.attributes.status {
                            PayoutInvoiceStatus::Expired => Err("the ledger is closed"),
                            _ => Ok(()),
                        }
                    }
                })
            }

            #[test]
            fn the_documented_vector_is_taken() {
                let (vector, handled) = (vector(), Handled::default());
                for secrets in [&[&*vector.secret][..], &["sk_live_other", &vector.secret], &[&vector.secret, "sk_live_other"]] {
                    let request = post(vector.raw_body.clone(), &[(&vector.header, vector.x_signature.as_bytes())]);
                    assert_eq!(run(status(&receiver(secrets, &handled), request)), 200);
                    assert_eq!(handled.take(), ["cpoi_VdHYVxq4RsLEebAQ processed"]);
                }
                for (secrets, expected) in [(&[][..], 401), (&["sk_live_other"], 401), (&[""], 500), (&["", "sk_live_other"], 500)] {
                    let request = post(vector.raw_body.clone(), &[(&vector.header, vector.x_signature.as_bytes())]);
                    assert_eq!(run(status(&receiver(secrets, &handled), request)), expected);
                }
                assert_eq!(handled.take(), [""; 0]);
            }

            proptest! {
                #[test]
                fn one_bit_of_body_or_signature_is_enough_to_be_refused(bit in 0..10_000_usize) {
                    let (vector, handled) = (vector(), Handled::default());
                    let (mut body, mut signature) = (vector.raw_body.clone().into_bytes(), vector.x_signature.clone().into_bytes());
                    let bit = bit % ((body.len() + signature.len()) * 8);
                    let length = body.len();
                    let byte = if bit / 8 < length { &mut body[bit / 8] } else { &mut signature[bit / 8 - length] };
                    *byte ^= 1 << (bit % 8);
                    let receiver = receiver(&[&vector.secret, "sk_live_other"], &handled);
                    prop_assert_eq!(run(status(&receiver, post(body, &[(&vector.header, &signature)]))), 401);
                    prop_assert!(handled.take().is_empty());
                }

                #[test]
                fn a_secret_that_is_nearly_right_is_wrong(at in 0..22_usize, by in 1..=255_u8) {
                    let (vector, handled) = (vector(), Handled::default());
                    let mut secret = vector.secret.clone().into_bytes();
                    secret[at] = secret[at].wrapping_add(by);
                    let Ok(secret) = String::from_utf8(secret) else { return Ok(()) };
                    let request = post(vector.raw_body, &[(&vector.header, vector.x_signature.as_bytes())]);
                    prop_assert_eq!(run(status(&receiver(&[&secret], &handled), request)), 401);
                }
            }

            fn signed(body: &str) -> http::Request<specie_runtime::server::Bytes> {
                use specie_runtime::webhook::{MessageStamp, SignatureAlgorithm::Base64Sha1SecretBodySecret};
                let stamp = MessageStamp::new("", std::time::SystemTime::UNIX_EPOCH);
                let headers = Base64Sha1SecretBodySecret.sign("x-signature", &"sk".into(), &stamp, body.as_bytes()).unwrap();
                post(body.to_owned(), &[("X-Signature", headers["x-signature"].as_bytes())])
            }

            fn callback(status: &str) -> String {
                format!(r#"{{"data": {{"type": "payout-invoices", "id": "cpoi_1", "attributes": {{"status": "{status}"}}}}}}"#)
            }

            #[test]
            fn a_handler_that_fails_gets_it_again() {
                let handled = Handled::default();
                let receiver = receiver(&["sk"], &handled);
                run(async {
                    assert_eq!(status(&receiver, signed(&callback("expired"))).await, 500);
                    assert_eq!(status(&receiver, signed(&callback("expired"))).await, 500);
                    assert_eq!(status(&receiver, signed(&callback("processed"))).await, 200);
                    // A status that the document does not list is no reason to lose a callback.
                    assert_eq!(status(&receiver, signed(&callback("paid_in_gold"))).await, 200);
                });
                let all = ["cpoi_1 expired", "cpoi_1 expired", "cpoi_1 processed", "cpoi_1 paid_in_gold"];
                assert_eq!(handled.take(), all);
            }

            #[test]
            fn what_cannot_be_handled_does_not_reach_the_handler() {
                let handled = Handled::default();
                let mut read = signed(&callback("processed"));
                *read.method_mut() = http::Method::GET;
                let long = callback(&"x".repeat(2000));
                let receiver = receiver(&["sk"], &handled).body_limit(1000);
                run(async {
                    for (request, expected) in [
                        (signed("not JSON"), 400),
                        (signed(r#"{"data": {}}"#), 400),
                        (signed(""), 400),
                        (post(callback("processed"), &[]), 401),
                        (post("not JSON", &[]), 401),
                        (read, 405),
                        (signed(&long), 413),
                    ] {
                        assert_eq!(status(&receiver, request).await, expected);
                    }
                });
                assert_eq!(handled.take(), [""; 0]);
            }
        }
    )*};
}

brands! { cublox paymega }
