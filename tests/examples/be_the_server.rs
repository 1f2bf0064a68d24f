//! Be the server, or fake it in a test: the same trait is both.

#[allow(dead_code, reason = "each example uses its own part of it")]
mod target;

use std::error::Error;

use cublox::CreatePayoutInvoiceError::UnprocessableEntity;
use cublox::server::{Credential, Cublox, CubloxServer};
use cublox::types::{
    self, ErrorObject, ErrorObjectRequired, PayoutInvoiceAttributes, PayoutInvoiceAttributesRequired,
    PayoutInvoiceRequired, PayoutInvoiceStatus, PayoutInvoiceType,
};
use cublox::{Client, CreatePayoutInvoice, CreatePayoutInvoiceError, CreatePayoutInvoiceRequired};
use specie_runtime::server::{Refusal, Rejection, RequestContext, ServerResponse};
use specie_runtime::{Decimal, InProcess, JsonObject, dec};

struct Fake;

impl Cublox for Fake {
    async fn authenticate(&self, credentials: Vec<Credential>, _: &mut RequestContext) -> Result<(), Rejection> {
        let known = credentials.iter().all(|credential| match credential {
            // A key is compared in constant time.
            Credential::BasicAuth(basic) => basic.username == "account-id" && basic.password.matches("api-key"),
            _ => true,
        });
        if known { Ok(()) } else { Err(Rejection::unauthorized("the key is not known")) }
    }

    async fn create_payout_invoice(
        &self,
        request: CreatePayoutInvoice,
        _: RequestContext,
    ) -> Result<types::PayoutInvoiceDocument, Refusal<CreatePayoutInvoiceError>> {
        if request.amount <= dec!(0) {
            let reasons = JsonObject::from([("amount", "This value should be greater than 0.")]);
            return Err(UnprocessableEntity(Box::new(types::ValidationErrorDocument::new(reasons))).into());
        }
        let attributes = PayoutInvoiceAttributes::new(PayoutInvoiceAttributesRequired {
            status: PayoutInvoiceStatus::Created,
            amount: request.amount,
            currency: request.currency,
            reference_id: request.reference_id,
            created: 1_597_835_735.into(),
            updated: 1_597_835_735.into(),
        });
        Ok(types::PayoutInvoiceDocument::new(types::PayoutInvoice::new(PayoutInvoiceRequired {
            r#type: PayoutInvoiceType::PayoutInvoices,
            id: "cpoi_1".into(),
            attributes,
        })))
    }

    // Every other operation: the compiler lists what is missing.
    async fn find_payout_invoices_public(
        &self,
        _: cublox::FindPayoutInvoicesPublic,
        _: RequestContext,
    ) -> Result<types::PublicPayoutInvoiceMatch, Refusal<cublox::FindPayoutInvoicesPublicError>> {
        Err(Refusal::internal("not faked"))
    }

    async fn get_payout_invoice(
        &self,
        _: cublox::GetPayoutInvoice,
        _: RequestContext,
    ) -> Result<types::PayoutInvoiceDocument, Refusal<cublox::GetPayoutInvoiceError>> {
        Err(Refusal::internal("not faked"))
    }

    async fn get_payout_invoice_public(
        &self,
        _: cublox::GetPayoutInvoicePublic,
        _: RequestContext,
    ) -> Result<types::PublicPayoutInvoiceDocument, Refusal<cublox::GetPayoutInvoicePublicError>> {
        Err(Refusal::internal("not faked"))
    }

    async fn get_payout_service(
        &self,
        _: cublox::GetPayoutService,
        _: RequestContext,
    ) -> Result<types::PayoutServiceDocument, Refusal<cublox::GetPayoutServiceError>> {
        Err(Refusal::internal("not faked"))
    }

    async fn list_payout_invoices(
        &self,
        _: cublox::ListPayoutInvoices,
        _: RequestContext,
    ) -> Result<types::PayoutInvoicePage, Refusal<cublox::ListPayoutInvoicesError>> {
        Err(Refusal::internal("not faked"))
    }

    async fn list_payout_services(
        &self,
        _: cublox::ListPayoutServices,
        _: RequestContext,
    ) -> Result<types::PayoutServicePage, Refusal<cublox::ListPayoutServicesError>> {
        Err(Refusal::internal("not faked"))
    }

    async fn payout_prerequest(
        &self,
        _: cublox::PayoutPrerequest,
        _: RequestContext,
    ) -> Result<types::PayoutPrerequestDocument, Refusal<cublox::PayoutPrerequestError>> {
        Err(Refusal::internal("not faked"))
    }

    async fn process_payout_invoice(
        &self,
        _: cublox::ProcessPayoutInvoice,
        _: RequestContext,
    ) -> Result<types::PayoutInvoiceDocument, Refusal<cublox::ProcessPayoutInvoiceError>> {
        Err(Refusal::internal("not faked"))
    }

    /// Bad requests and wrong keys are answered in the form that the API documents, instead of with a problem document.
    fn reject(&self, rejection: &Rejection) -> ServerResponse {
        let status = rejection.status();
        let error = ErrorObject::new(ErrorObjectRequired { status: "Rejected".into(), code: status.to_string() });
        ServerResponse::json(status, &types::ErrorDocument::new([error.detail(rejection.detail())]))
    }
}

fn request(amount: Decimal) -> CreatePayoutInvoice {
    CreatePayoutInvoice::new(CreatePayoutInvoiceRequired {
        reference_id: "inv-2024-0117".into(),
        service: "card".into(),
        currency: "USD".into(),
        amount,
        fields: [("card_number", "5123817234060000")].into(),
    })
}

async fn pay(client: &Client) {
    for amount in [dec!(100.55), dec!(0.00)] {
        match client.create_payout_invoice(request(amount)).await {
            Ok(invoice) => println!("{} over {}", invoice.data.id, invoice.data.attributes.amount),
            Err(error) => println!("{amount} is refused: {error}"),
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    target::own_server_only("the server is what it shows")?;
    // No socket, the real encoding.
    let fake = InProcess::new(CubloxServer::new(Fake));
    let client = Client::builder()
        .private("https://fake.invalid")
        .basic_auth("account-id", "api-key")
        .transport(fake)
        .build()?;
    pay(&client).await;

    // A socket.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let app = axum::Router::new().fallback_service(CubloxServer::new(Fake));
    tokio::spawn(async move { axum::serve(listener, app).await });
    let client = Client::builder().private(format!("http://{address}")).basic_auth("account-id", "wrong").build()?;
    pay(&client).await;
    Ok(())
}
