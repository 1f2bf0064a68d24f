//! The generated trait of Gormic, on its operations.

use gormic::server::{Credential, Gormic};
use gormic::types;
use serde_json::json;
use serde_json::value::RawValue;
use specie_runtime::StringEnum as _;
use specie_runtime::server::{Handled, Refusal, Rejection, RequestContext, ServerResponse};

use super::operations::{Changes, INVALID_PARAMETER, Operations, Refused, outcomes};
use super::payment::{self, Payment};
use crate::apis::{admit, caller, plan, typed};
use crate::error::SandboxError;
use crate::front::JournalNumber;
use crate::scenario::Sources;

#[derive(Clone)]
pub(super) struct Handlers(pub(super) Operations);

/// An error in Gormic's form.
pub(super) fn error_text(code: &str) -> String {
    json!({"error": {"code": code}}).to_string()
}

/// The code of a status that is not one of the documented refusals; these are of the gateway, and weakly evidenced.
pub(super) fn code_of(status: u16) -> &'static str {
    match status {
        401 => "INVALID_TOKEN",
        403 => "UNAUTHORIZED",
        404 => "UNKNOWN_SERVICE",
        429 => "ServerError",
        500..=599 => "Unknown",
        _ => INVALID_PARAMETER,
    }
}

/// A refusal as the error that the document gives an operation.
macro_rules! refusal {
    ($error:ident) => {
        |refused| match refused {
            Refused::Code(code) => match typed(&error_text(code)) {
                Ok(document) => gormic::$error::BadRequest(Box::new(document)).into(),
                Err(failure) => Refusal::internal(failure),
            },
            Refused::Failed(failure) => Refusal::internal(failure),
        }
    };
}

/// Who calls, if the day's requests are not used up and the organization is the key's own.
macro_rules! admitted {
    ($this:expr, $request:expr, $context:expr, $error:ident) => {{
        let merchant = caller(&$context).unwrap_or_default();
        if !$this.0.count(&merchant) {
            return Err(gormic::$error::TooManyRequests.into());
        }
        let account = $this.0.engine.merchants.find(|account| account.name == merchant);
        if account.is_none_or(|account| account.credentials.organization_id != $request.organization_id) {
            return Err(refusal!($error)(Refused::Code(INVALID_PARAMETER)));
        }
        merchant
    }};
}

impl Handlers {
    fn envelope<T: serde::de::DeserializeOwned, E>(
        context: &RequestContext,
        organization: &str,
        data: Result<Box<RawValue>, SandboxError>,
    ) -> Result<T, Refusal<E>> {
        let number = context.extensions().get::<JournalNumber>().map_or(0, |number| number.0);
        let request_id = context.request_id().map_or_else(|| format!("req-{number}"), str::to_owned);
        let text = data.and_then(|data| payment::envelope(&request_id, organization, &data));
        text.and_then(|text| typed(&text)).map_err(Refusal::internal)
    }
}

fn raw(value: &serde_json::Value) -> Result<Box<RawValue>, SandboxError> {
    Ok(serde_json::value::to_raw_value(value)?)
}

impl Gormic for Handlers {
    async fn authenticate(&self, credentials: Vec<Credential>, context: &mut RequestContext) -> Result<(), Rejection> {
        for credential in credentials {
            let account = match &credential {
                Credential::ApiKey(key) => {
                    self.0.engine.merchants.find(|account| key.matches(account.credentials.gormic_key.expose()))
                }
                _ => None,
            };
            admit(account, context)?;
        }
        Ok(())
    }

    async fn create_payment(
        &self,
        request: gormic::CreatePayment,
        context: RequestContext,
    ) -> Handled<gormic::CreatePayment> {
        let merchant = admitted!(self, request, context, CreatePaymentError);
        let organization = request.organization_id;
        if !request.r#type.is_known() || request.status.as_ref().is_some_and(|status| !status.is_known()) {
            return Err(refusal!(CreatePaymentError)(Refused::Code(INVALID_PARAMETER)));
        }
        let payment = Payment {
            order_id: request.order_id,
            r#type: request.r#type.to_string(),
            custom: request.custom.unwrap_or(false),
            amount: request.amount,
            method: request.method_id,
            customer_uid: request.customer_uid,
            source: set(request.source_payment_id),
            transaction_ref: set(request.transaction_ref),
            attrs: request.attrs.unwrap_or_default(),
            invoice_id: request.invoice_id,
            note: set(request.note),
            completed_at: None,
            reversed_at: None,
        };
        let status = request.status.map(|status| status.to_string());
        let map = payment.attrs.get("sandbox").and_then(|map| map.decode::<serde_json::Value>().ok());
        let reference = payment.transaction_ref.as_deref();
        let plan =
            plan(&self.0.engine, &context, Sources { reference, map: map.as_ref(), ..Sources::default() }, &outcomes());
        let created = self.0.create(merchant, payment, status, plan).await.map_err(refusal!(CreatePaymentError))?;
        Self::envelope(&context, &organization, raw(&json!({"id": created.id})))
    }

    async fn delete_payment(
        &self,
        request: gormic::DeletePayment,
        context: RequestContext,
    ) -> Handled<gormic::DeletePayment> {
        let merchant = admitted!(self, request, context, DeletePaymentError);
        let left = self.0.delete(merchant, request.uid).await.map_err(refusal!(DeletePaymentError))?;
        Self::envelope(&context, &request.organization_id, payment::list(&left))
    }

    async fn update_payment(
        &self,
        request: gormic::UpdatePayment,
        context: RequestContext,
    ) -> Handled<gormic::UpdatePayment> {
        let merchant = admitted!(self, request, context, UpdatePaymentError);
        if request.status.as_ref().is_some_and(|status| !status.is_known()) {
            return Err(refusal!(UpdatePaymentError)(Refused::Code(INVALID_PARAMETER)));
        }
        let changes = Changes {
            id: request.id,
            order_id: request.order_id,
            amount: request.amount,
            method: request.method_id,
            custom: request.custom,
            customer_uid: request.customer_uid,
            status: request.status.map(|status| status.to_string()),
            source: change(request.source_payment_id),
            transaction_ref: change(request.transaction_ref),
            attrs: request.attrs,
            note: change(request.note),
        };
        self.0.update(merchant, request.uid, changes).await.map_err(refusal!(UpdatePaymentError))?;
        Self::envelope(&context, &request.organization_id, raw(&json!({"success": true})))
    }

    async fn confirm_payment(
        &self,
        request: gormic::ConfirmPayment,
        context: RequestContext,
    ) -> Handled<gormic::ConfirmPayment> {
        let merchant = admitted!(self, request, context, ConfirmPaymentError);
        let changes = Changes {
            id: request.id,
            order_id: request.order_id,
            customer_uid: request.customer_uid,
            transaction_ref: change(request.transaction_ref),
            attrs: request.attrs,
            ..Changes::default()
        };
        let of_order = self.0.confirm(merchant, request.uid, changes).await.map_err(refusal!(ConfirmPaymentError))?;
        Self::envelope(&context, &request.organization_id, payment::list(&of_order))
    }

    /// In Gormic's form; what is neither the gateway's nor a wrong path is a refusal.
    fn reject(&self, rejection: &Rejection) -> ServerResponse {
        if let Some(reason) = crate::apis::refused_as_full(rejection) {
            return crate::apis::full(&error_text(code_of(507)), &reason);
        }
        let status = match rejection.status() {
            gateway @ (401 | 403 | 404 | 405 | 500) => gateway,
            _ => 400,
        };
        match typed::<types::PaymentApiError>(&error_text(code_of(status))) {
            Ok(document) => ServerResponse::json(status, &document),
            Err(_) => ServerResponse::empty(status),
        }
    }
}

fn set(patch: specie_runtime::Patch<String>) -> Option<String> {
    match patch {
        specie_runtime::Patch::Set(value) => Some(value),
        _ => None,
    }
}

fn change(patch: specie_runtime::Patch<String>) -> Option<specie_runtime::Patch<String>> {
    match patch {
        specie_runtime::Patch::Keep => None,
        change => Some(change),
    }
}
