//! An invoice as its readers see it.

use serde::Serialize;
use serde_json::json;
use specie_runtime::{Decimal, JsonObject};

use super::invoice::Invoice;
use super::services::{SERVICES, Service};
use crate::chance::Chance;
use crate::error::SandboxError;
use crate::record::{Delivery, Object};

#[derive(Serialize)]
pub(super) struct Attributes<'a> {
    serial_number: &'a str,
    status: &'a str,
    resolution: &'a str,
    amount: Decimal,
    payout_amount: Decimal,
    currency: &'a str,
    service_currency: &'a str,
    service_amount: Decimal,
    service_payout_amount: Decimal,
    reference_id: &'a str,
    test_mode: bool,
    description: Option<&'a str>,
    fee: Decimal,
    writeoff: Decimal,
    exchange_rate: u8,
    processed: Option<u64>,
    processed_amount: Option<Decimal>,
    processed_fee: Decimal,
    processed_writeoff: Option<Decimal>,
    pub(super) metadata: Map<'a>,
    created: u64,
    updated: u64,
    pub(super) fields: Map<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    callback_url: Option<&'a str>,
    source: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    callback_logs: Option<Vec<Log<'a>>>,
}

/// A map, or the empty list that stands for an empty one.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Map<'a> {
    Object(&'a JsonObject),
    Empty([(); 0]),
}

#[derive(Serialize)]
struct Log<'a> {
    at: u64,
    url: &'a str,
    status: Option<u16>,
    attempt: usize,
}

pub(super) fn attributes<'a>(
    object: &'a Object,
    invoice: &'a Invoice,
    callbacks: Option<&'a [Delivery]>,
) -> Attributes<'a> {
    Attributes {
        serial_number: &invoice.serial_number,
        status: &object.state,
        resolution: &invoice.resolution,
        amount: invoice.amount,
        payout_amount: invoice.amount,
        currency: &invoice.currency,
        service_currency: &invoice.service_currency,
        service_amount: invoice.amount,
        service_payout_amount: invoice.amount,
        reference_id: object.reference.as_deref().unwrap_or_default(),
        test_mode: invoice.test_mode,
        description: invoice.description.as_deref(),
        fee: invoice.fee,
        writeoff: invoice.writeoff,
        exchange_rate: 1,
        processed: invoice.processed,
        processed_amount: invoice.processed_amount,
        processed_fee: invoice.processed_fee.unwrap_or_default(),
        processed_writeoff: invoice.processed_writeoff,
        metadata: Map::Object(&invoice.metadata),
        created: object.created.seconds(),
        updated: object.updated.seconds(),
        fields: Map::Object(&invoice.fields),
        callback_url: invoice.callback_url.as_deref(),
        source: "merchant_api",
        callback_logs: callbacks.map(logs),
    }
}

fn logs(callbacks: &[Delivery]) -> Vec<Log<'_>> {
    let attempts = callbacks.iter().flat_map(|callback| {
        callback.attempts.iter().enumerate().map(move |(at, attempt)| Log {
            at: attempt.at.seconds(),
            url: &callback.url,
            status: attempt.status,
            attempt: at + 1,
        })
    });
    attempts.collect()
}

#[derive(Serialize)]
pub(super) struct Resource<'a> {
    r#type: &'static str,
    id: &'a str,
    pub(super) attributes: Attributes<'a>,
    relationships: serde_json::Value,
    links: serde_json::Value,
}

/// The invoice over the private API; without callbacks, as it stands in lists.
pub(super) fn resource<'a>(
    object: &'a Object,
    invoice: &'a Invoice,
    callbacks: Option<&'a [Delivery]>,
) -> Resource<'a> {
    let reference = |kind: &str, id: &str| json!({"data": {"type": kind, "id": id}});
    let mut relationships = json!({
        "payout-service": reference("payout-services", &invoice.service),
        "payout-method": reference("payout-methods", &invoice.method),
    });
    if let (Some(customer), Some(entries)) = (&invoice.customer, relationships.as_object_mut()) {
        entries.insert("customer".to_owned(), reference("customers", customer));
    }
    Resource {
        r#type: "payout-invoices",
        id: &object.id,
        attributes: attributes(object, invoice, callbacks),
        relationships,
        links: json!({"self": format!("/api/payout-invoices/{}", object.id)}),
    }
}

/// `{"data": …}`.
#[derive(Serialize)]
pub(super) struct Document<T> {
    pub(super) data: T,
}

/// The document of one invoice.
pub(super) fn document(object: &Object, callbacks: &[Delivery]) -> Result<String, SandboxError> {
    let invoice: Invoice = object.fields()?;
    Ok(serde_json::to_string(&Document { data: resource(object, &invoice, Some(callbacks)) })?)
}

/// What the public key allows to know.
#[derive(Serialize)]
pub(super) struct Public {
    id: String,
    serial_number: String,
    created: u64,
    status: String,
    resolution: String,
    test_mode: bool,
    currency: String,
    amount: Decimal,
    payout_amount: Decimal,
    service: String,
    service_amount: Decimal,
    service_payout_amount: Decimal,
    service_method: String,
    service_currency: String,
    processed: Option<u64>,
    processed_amount: Option<Decimal>,
}

pub(super) fn public(object: &Object) -> Result<Public, SandboxError> {
    let invoice: Invoice = object.fields()?;
    Ok(Public {
        id: object.id.clone(),
        serial_number: invoice.serial_number,
        created: object.created.seconds(),
        status: object.state.clone(),
        resolution: invoice.resolution,
        test_mode: invoice.test_mode,
        currency: invoice.currency,
        amount: invoice.amount,
        payout_amount: invoice.amount,
        service: invoice.service,
        service_amount: invoice.amount,
        service_payout_amount: invoice.amount,
        service_method: invoice.method,
        service_currency: invoice.service_currency,
        processed: invoice.processed,
        processed_amount: invoice.processed_amount,
    })
}

/// The id of a service within an account.
pub(super) fn service_id(chance: Chance, merchant: &str, service: &Service) -> String {
    format!("comcpos_{}", chance.token(&["service", merchant, service.code], 16))
}

/// A service of the account.
pub(super) fn service(
    chance: Chance,
    merchant: &str,
    service: &Service,
) -> Result<Box<serde_json::value::RawValue>, SandboxError> {
    #[derive(Serialize)]
    struct Attributes {
        service: &'static str,
        service_method: &'static str,
        service_currency: &'static str,
        #[serde(flatten)]
        switches: serde_json::Value,
        amount_min: Decimal,
        amount_max: Decimal,
        fee_min: Decimal,
        fee_max: Decimal,
        fee_rate: u8,
        fee_fix: Decimal,
        currency: &'static str,
    }
    #[derive(Serialize)]
    struct Resource {
        r#type: &'static str,
        id: String,
        attributes: Attributes,
        relationships: serde_json::Value,
        links: serde_json::Value,
    }
    let id = service_id(chance, merchant, service);
    let resource = Resource {
        r#type: "payout-services",
        attributes: Attributes {
            service: service.code,
            service_method: service.method,
            service_currency: service.currency,
            switches: json!({"available": true, "active": true, "enabled": true, "test_mode": true}),
            amount_min: service.amount_min,
            amount_max: service.amount_max,
            fee_min: service.fee,
            fee_max: service.fee,
            fee_rate: 0,
            fee_fix: service.fee,
            currency: service.currency,
        },
        relationships: json!({
            "payout-method": {"data": {"type": "payout-methods", "id": service.method}},
            "payout-service": {"data": {"type": "payout-services", "id": service.code}},
        }),
        links: json!({"self": format!("/api/payout-services/{id}")}),
        id,
    };
    Ok(serde_json::value::to_raw_value(&resource)?)
}

/// What a pre-request is answered with. Methods and account stand beside the services, where the platform's own client reads them.
pub(super) fn prerequest(currency: &str, amount: Decimal, merchant: &str) -> Result<String, SandboxError> {
    #[derive(Serialize)]
    struct Option {
        code: &'static str,
        method: &'static str,
        currency: &'static str,
        fields: Vec<serde_json::Value>,
        amount_min: Decimal,
        amount_max: Decimal,
        exchange_rate: u8,
        amount: String,
    }
    #[derive(Serialize)]
    struct Data<'a> {
        currency: &'a str,
        amount: Decimal,
        test_mode: bool,
        services: std::collections::BTreeMap<&'static str, Option>,
        methods: serde_json::Map<String, serde_json::Value>,
        account: serde_json::Value,
    }
    let fits = |service: &&Service| {
        service.currency == currency && (service.amount_min..=service.amount_max).contains(&amount)
    };
    let text = |label: &str| json!({"en": label, "ru": label, "uk": label});
    let field = |field: &super::services::Field| {
        json!({
            "key": field.key, "type": "string", "label": text(field.label), "hint": text(field.label), "example": null,
            "regexp": field.regexp, "required": field.required, "position": 0,
        })
    };
    let fitting: Vec<&Service> = SERVICES.iter().filter(fits).collect();
    let methods = fitting.iter().map(|service| {
        let method = json!({
            "code": service.method, "category": "alternative", "description": "", "name": text(service.method),
            "metadata": null, "position": null, "hide": null,
        });
        (service.method.to_owned(), method)
    });
    let data = Data {
        currency,
        amount,
        test_mode: true,
        methods: methods.collect(),
        services: fitting
            .iter()
            .map(|service| {
                let option = Option {
                    code: service.code,
                    method: service.method,
                    currency: service.currency,
                    fields: service.fields.iter().map(field).collect(),
                    amount_min: service.amount_min,
                    amount_max: service.amount_max,
                    exchange_rate: 1,
                    amount: amount.to_string(),
                };
                (service.code, option)
            })
            .collect(),
        account: json!({"name": merchant, "description": "an account of the sandbox"}),
    };
    Ok(serde_json::to_string(&Document { data })?)
}

/// An error in the platform's form: `code` holds the status, `status` its name.
pub(crate) fn error_document(status: u16, detail: Option<&str>) -> String {
    let reason =
        http::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("Error");
    let mut error = json!({"status": reason, "code": status.to_string()});
    if let (Some(detail), Some(entries)) = (detail, error.as_object_mut()) {
        entries.insert("title".to_owned(), json!(reason));
        entries.insert("detail".to_owned(), json!(detail));
    }
    json!({"errors": [error]}).to_string()
}
