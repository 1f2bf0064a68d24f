//! The generated trait of OMNO, on its operations.

use omno::server::{Credential, Omno};
use omno::types;
use serde_json::json;
use specie_runtime::server::{Handled, Refusal, Rejection, RequestContext, ServerResponse};
use specie_runtime::{Json, JsonObject};

use super::operations::{Means, NewTransaction, Operations, Refused};
use super::states::{PAYIN_OUTCOMES, PAYOUT_OUTCOMES};
use super::{tokens, transaction};
use crate::apis::{admit, caller, plan, typed};
use crate::error::SandboxError;
use crate::front::NextAction;
use crate::machine::Cause;
use crate::record::Object;
use crate::scenario::{Plan, Sources};

#[derive(Clone)]
pub(super) struct Handlers {
    pub(super) operations: Operations,
    /// Below which the hosted pages stand.
    pub(super) pages: String,
}

/// An error in OMNO's form.
pub(super) fn error_text(status: u16, message: &str) -> String {
    let key = match status {
        400 => "BAD_REQUEST",
        401 => "UNAUTHORIZED",
        403 => "FORBIDDEN",
        404 => "NOT_FOUND",
        409 => "CONFLICT",
        _ => "INTERNAL_SERVER_ERROR",
    };
    json!({"errorKey": key, "errorMessage": message, "errorCode": status}).to_string()
}

fn error<E>(status: u16, message: &str, wrap: fn(Box<types::ErrorResponse>) -> E) -> Refusal<E> {
    match typed(&error_text(status, message)) {
        Ok(document) => wrap(Box::new(document)).into(),
        Err(failure) => Refusal::internal(failure),
    }
}

/// A refusal as the errors that the document gives an operation.
macro_rules! refusal {
    ($error:ident) => {
        |refused| match refused {
            Refused::BadRequest(message) => error(400, message, omno::$error::BadRequest),
            Refused::NotFound => error(404, "it does not exist", omno::$error::NotFound),
            Refused::Conflict(message) => error(409, message, omno::$error::Conflict),
            Refused::Failed(failure) => Refusal::internal(failure),
        }
    };
}

/// Who calls: the server lets nobody else through.
fn known<E>(context: &RequestContext, wrap: fn(Box<types::ErrorResponse>) -> E) -> Result<String, Refusal<E>> {
    caller(context).ok_or_else(|| error(401, "the token is missing", wrap))
}

fn value<T: serde::de::DeserializeOwned, E>(value: &serde_json::Value) -> Result<T, Refusal<E>> {
    typed(&value.to_string()).map_err(Refusal::internal)
}

fn scenario(data: Option<&std::collections::BTreeMap<String, JsonObject>>) -> Option<serde_json::Value> {
    let scenario = data?.get("sandbox")?;
    Json::encode(scenario).ok()?.decode().ok()
}

impl Handlers {
    fn plan(&self, context: &RequestContext, new: &NewTransaction, states: &[&'static str]) -> Plan {
        let sources = Sources { reference: Some(&new.order_id), map: new.scenario.as_ref(), ..Sources::default() };
        plan(&self.operations.engine, context, sources, states)
    }

    /// What the header of a later request asks for.
    fn header_plan(&self, context: &RequestContext, states: &[&'static str]) -> Plan {
        plan(&self.operations.engine, context, Sources::default(), states)
    }

    fn page(&self, kind: &str, id: &str, page: &str) -> String {
        format!("{}/_sandbox/pay/{kind}/{id}/{page}", self.pages)
    }

    fn iframes(&self, kind: &str, id: &str) -> serde_json::Value {
        json!({"card": self.page(kind, id, "card"), "apm": self.page(kind, id, "apm")})
    }

    /// Where a customer answers the challenge of a card: in a header, as no field of the response is documented.
    fn announce_challenge(&self, context: &RequestContext, object: &Object) {
        if let (true, Some(next)) = (object.state == "PENDING_3DS", context.extensions().get::<NextAction>()) {
            next.set(self.page("payin", &object.id, "challenge"));
        }
    }
}

fn shown(object: &Object) -> Result<String, SandboxError> {
    Ok(serde_json::to_string(&transaction::shown(object, true)?)?)
}

impl Omno for Handlers {
    async fn authenticate(&self, credentials: Vec<Credential>, context: &mut RequestContext) -> Result<(), Rejection> {
        for credential in credentials {
            let account = match &credential {
                Credential::BearerAuth(token) => tokens::account(&self.operations.engine, token),
                _ => None,
            };
            admit(account, context)?;
        }
        Ok(())
    }

    async fn confirm_payout(
        &self,
        request: omno::ConfirmPayout,
        context: RequestContext,
    ) -> Handled<omno::ConfirmPayout> {
        let merchant = known(&context, omno::ConfirmPayoutError::Unauthorized)?;
        self.operations.confirm(merchant, request.payout_id).await.map_err(refusal!(ConfirmPayoutError))?;
        value(&json!({}))
    }

    async fn reject_payout(&self, request: omno::RejectPayout, context: RequestContext) -> Handled<omno::RejectPayout> {
        let merchant = known(&context, omno::RejectPayoutError::Unauthorized)?;
        self.operations.reject(merchant, request.payout_id).await.map_err(refusal!(RejectPayoutError))?;
        value(&json!({}))
    }

    async fn create_cashier_session(
        &self,
        request: omno::CreateCashierSession,
        context: RequestContext,
    ) -> Handled<omno::CreateCashierSession> {
        let merchant = known(&context, omno::CreateCashierSessionError::Unauthorized)?;
        let opened = self.operations.open_session(merchant, request.customer.external_user_id, request.currency).await;
        let session = opened.map_err(refusal!(CreateCashierSessionError))?;
        let url = format!("{}/_sandbox/pay/cashier/{}", self.pages, session.id);
        value(&json!({"sessionId": session.id, "checkoutUrl": url}))
    }

    async fn update_cashier_session_balance(
        &self,
        request: omno::UpdateCashierSessionBalance,
        context: RequestContext,
    ) -> Handled<omno::UpdateCashierSessionBalance> {
        let merchant = known(&context, omno::UpdateCashierSessionBalanceError::Unauthorized)?;
        let refreshed = self.operations.refresh_balance(merchant, request.session_id).await;
        refreshed.map_err(refusal!(UpdateCashierSessionBalanceError))
    }

    async fn create_payin(&self, request: omno::CreatePayin, context: RequestContext) -> Handled<omno::CreatePayin> {
        let merchant = known(&context, omno::CreatePayinError::Unauthorized)?;
        let new = NewTransaction {
            scenario: scenario(request.merchant_additional_data.as_ref()),
            order_id: request.order_id,
            amount: request.amount,
            currency: request.currency,
            external_user_id: request.customer.external_user_id,
            return_urls: Some((request.return_urls.success, request.return_urls.failure)),
            router_id: request.router_id,
            previous_transaction_count: request.previous_transaction_count,
        };
        let plan = self.plan(&context, &new, PAYIN_OUTCOMES);
        let created = self.operations.create(&self.operations.payins, merchant, new, plan).await;
        let payin = created.map_err(refusal!(CreatePayinError))?;
        value(&json!({"paymentId": payin.id, "status": payin.state, "iframeUrls": self.iframes("payin", &payin.id)}))
    }

    async fn create_payout(&self, request: omno::CreatePayout, context: RequestContext) -> Handled<omno::CreatePayout> {
        let merchant = known(&context, omno::CreatePayoutError::Unauthorized)?;
        let new = NewTransaction {
            scenario: scenario(request.merchant_additional_data.as_ref()),
            order_id: request.order_id,
            amount: request.value,
            currency: request.currency,
            external_user_id: request.customer.external_user_id,
            return_urls: None,
            router_id: request.router_id,
            previous_transaction_count: None,
        };
        let plan = self.plan(&context, &new, PAYOUT_OUTCOMES);
        let created = self.operations.create(&self.operations.payouts, merchant, new, plan).await;
        let payout = created.map_err(refusal!(CreatePayoutError))?;
        value(&json!({"payoutId": payout.id, "status": payout.state, "iframeUrls": self.iframes("payout", &payout.id)}))
    }

    async fn fetch_payin(&self, request: omno::FetchPayin, context: RequestContext) -> Handled<omno::FetchPayin> {
        let merchant = known(&context, omno::FetchPayinError::Unauthorized)?;
        let payin = self.operations.read(&self.operations.payins, &merchant, &request.payin_id).await;
        let payin = payin.map_err(refusal!(FetchPayinError))?;
        shown(&payin).and_then(|text| typed(&text)).map_err(Refusal::internal)
    }

    async fn fetch_payout(&self, request: omno::FetchPayout, context: RequestContext) -> Handled<omno::FetchPayout> {
        let merchant = known(&context, omno::FetchPayoutError::Unauthorized)?;
        let payout = self.operations.read(&self.operations.payouts, &merchant, &request.payout_id).await;
        let payout = payout.map_err(refusal!(FetchPayoutError))?;
        shown(&payout).and_then(|text| typed(&text)).map_err(Refusal::internal)
    }

    async fn process_payin_card(
        &self,
        request: omno::ProcessPayinCard,
        context: RequestContext,
    ) -> Handled<omno::ProcessPayinCard> {
        let merchant = known(&context, omno::ProcessPayinCardError::Unauthorized)?;
        let number = request.card_data.card_number.expose().clone();
        let means = Means::Card { number, save: request.save_card };
        let plan = self.header_plan(&context, PAYIN_OUTCOMES);
        let paid = self.operations.pay(merchant, request.payin_id, means, plan).await;
        let payin = paid.map_err(refusal!(ProcessPayinCardError))?;
        self.announce_challenge(&context, &payin);
        value(&json!({"paymentId": payin.id, "status": payin.state}))
    }

    async fn process_payin_saved_card(
        &self,
        request: omno::ProcessPayinSavedCard,
        context: RequestContext,
    ) -> Handled<omno::ProcessPayinSavedCard> {
        let merchant = known(&context, omno::ProcessPayinSavedCardError::Unauthorized)?;
        let means = Means::SavedCard(request.saved_card_data.card_id);
        let plan = self.header_plan(&context, PAYIN_OUTCOMES);
        let paid = self.operations.pay(merchant, request.payin_id, means, plan).await;
        let payin = paid.map_err(refusal!(ProcessPayinSavedCardError))?;
        self.announce_challenge(&context, &payin);
        value(&json!({"paymentId": payin.id, "status": payin.state}))
    }

    async fn process_payin_direct_link(
        &self,
        request: omno::ProcessPayinDirectLink,
        context: RequestContext,
    ) -> Handled<omno::ProcessPayinDirectLink> {
        let merchant = known(&context, omno::ProcessPayinDirectLinkError::Unauthorized)?;
        let plan = self.header_plan(&context, PAYIN_OUTCOMES);
        let paid = self.operations.pay(merchant, request.payin_id, Means::DirectLink, plan).await;
        let payin = paid.map_err(refusal!(ProcessPayinDirectLinkError))?;
        let url = self.page("payin", &payin.id, "apm");
        value(&json!({"paymentId": payin.id, "status": payin.state, "redirectUrl": url}))
    }

    async fn process_payout_direct_link(
        &self,
        request: omno::ProcessPayoutDirectLink,
        context: RequestContext,
    ) -> Handled<omno::ProcessPayoutDirectLink> {
        let merchant = known(&context, omno::ProcessPayoutDirectLinkError::Unauthorized)?;
        let cause = Cause::Operation("processPayoutDirectLink");
        let started = self.operations.start_payout(merchant, request.payout_id, cause).await;
        let payout = started.map_err(refusal!(ProcessPayoutDirectLinkError))?;
        value(&json!({"payoutId": payout.id, "status": payout.state}))
    }

    /// In OMNO's form; what has no documented status is a bad request.
    fn reject(&self, rejection: &Rejection) -> ServerResponse {
        if let Some(reason) = crate::apis::refused_as_full(rejection) {
            return crate::apis::full(&error_text(507, &reason), &reason);
        }
        let status = match rejection.status() {
            documented @ (400 | 401 | 403 | 404 | 405 | 500) => documented,
            _ => 400,
        };
        match typed::<types::ErrorResponse>(&error_text(status, rejection.detail())) {
            Ok(document) => ServerResponse::json(status, &document),
            Err(_) => ServerResponse::empty(status),
        }
    }
}
