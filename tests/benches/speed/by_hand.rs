//! A payout invoice as one would write it down without a generator: plain serde, with the same types for money and free JSON.

use serde::{Deserialize, Serialize};
use specie_runtime::{Decimal, Json};

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct PayoutInvoiceDocument {
    data: PayoutInvoice,
}

impl PayoutInvoiceDocument {
    pub(super) fn id(&self) -> &str {
        &self.data.id
    }
}

#[derive(Clone, Serialize, Deserialize)]
struct PayoutInvoice {
    r#type: Type,
    id: String,
    attributes: Attributes,
    #[serde(skip_serializing_if = "Option::is_none")]
    relationships: Option<Relationships>,
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<Links>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Type {
    PayoutInvoices,
}

#[derive(Clone, Serialize, Deserialize)]
struct Attributes {
    #[serde(skip_serializing_if = "Option::is_none")]
    serial_number: Option<String>,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolution: Option<String>,
    amount: Decimal,
    #[serde(skip_serializing_if = "Option::is_none")]
    payout_amount: Option<Decimal>,
    currency: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    service_currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service_amount: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service_payout_amount: Option<Decimal>,
    reference_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    test_mode: Option<bool>,
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fee: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    writeoff: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exchange_rate: Option<Decimal>,
    processed: Option<i64>,
    processed_amount: Option<Decimal>,
    processed_fee: Option<Decimal>,
    processed_writeoff: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<Json>,
    created: i64,
    updated: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    callback_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    #[serde(skip_serializing_if = "Option::is_none")]
    callback_logs: Option<Vec<Json>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payouts: Option<Vec<Part>>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Created,
    Processing,
    ProcessPending,
    ProcessError,
    Processed,
    PartiallyProcessed,
    ProcessFailed,
    Expired,
    Terminated,
    Canceling,
    CancelPending,
    CancelError,
    CancelFailed,
    PartiallyCanceled,
    Canceled,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Source {
    MerchantApi,
    MerchantDashboard,
    PlatformApi,
    PlatformDashboard,
    PlatformPublicApi,
    Addon,
}

#[derive(Clone, Serialize, Deserialize)]
struct Part {
    id: String,
    rrn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Relationships {
    #[serde(skip_serializing_if = "Option::is_none")]
    payout_service: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payout_method: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer: Option<Reference>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Reference {
    data: Identifier,
}

#[derive(Clone, Serialize, Deserialize)]
struct Identifier {
    r#type: String,
    id: String,
}

#[derive(Clone, Serialize, Deserialize)]
struct Links {
    #[serde(rename = "self", skip_serializing_if = "Option::is_none")]
    itself: Option<String>,
}
