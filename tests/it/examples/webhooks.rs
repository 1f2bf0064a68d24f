//! Payloads that an API sends by itself: no client and no server has them, so their types are used directly.

use serde::Serialize;
use serde::de::DeserializeOwned;
use specie_runtime::decode;

use crate::support::apis::Api;

/// A webhook's payload, decoded into its type and encoded again.
pub fn decoded_and_encoded(api: Api, webhook: &str, body: &[u8]) -> Vec<u8> {
    match (api, webhook) {
        (Api::Cublox, "payoutInvoice") => through::<cublox::webhooks::PayoutInvoice>(body),
        (Api::Paymega, "payoutInvoice") => through::<paymega::webhooks::PayoutInvoice>(body),
        (Api::Omno, "transaction") => through::<omno::webhooks::Transaction>(body),
        (api, other) => panic!("{} has no webhook {other}", api.name()),
    }
}

fn through<T: Serialize + DeserializeOwned>(body: &[u8]) -> Vec<u8> {
    let payload: T = decode::from_slice(body).unwrap();
    serde_json::to_vec(&payload).unwrap()
}
