//! The service: payments of several organizations in an embedded database.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use gormic::server::{Credential, Gormic};
use gormic::types::{
    self, CreatePaymentApiResponse, CreatePaymentApiResponseRequired, CreatePaymentData, Payment, PaymentApiError,
    PaymentFault, PaymentList, PaymentListApiResponse, PaymentListApiResponseRequired, PaymentListRequired,
    PaymentStatus, UpdatePaymentApiResponse, UpdatePaymentApiResponseRequired, UpdatePaymentData,
};
use gormic::{
    ConfirmPayment, ConfirmPaymentError, CreatePayment, CreatePaymentError, DeletePayment, DeletePaymentError,
    UpdatePayment, UpdatePaymentError,
};
use redb::{Database, ReadableTable as _, TableDefinition, WriteTransaction};
use specie_runtime::server::{Refusal, Rejection, RequestContext};
use specie_runtime::{Maybe, Patch, Secret, dec};

type Failure = Box<dyn Error + Send + Sync>;

/// Payments as JSON, by organization and id.
const PAYMENTS: TableDefinition<'_, (&str, &str), &[u8]> = TableDefinition::new("payments");
/// The number of the last payment, which no other payment gets again.
const LAST: TableDefinition<'_, (), u64> = TableDefinition::new("last");

/// Who calls: what `authenticate` finds, and every handler is given.
#[derive(Clone)]
struct Caller {
    organization: String,
}

/// Records payments of the organizations whose keys it knows.
pub struct Payments {
    database: Arc<Database>,
    keys: Vec<(Secret<String>, String)>,
}

impl Payments {
    /// Opens the database, or makes it. `keys` has the key of each organization, and its name.
    pub fn open(file: &Path, keys: Vec<(Secret<String>, String)>) -> Result<Self, Failure> {
        let database = Database::create(file)?;
        let transaction = database.begin_write()?;
        transaction.open_table(PAYMENTS)?;
        transaction.open_table(LAST)?;
        transaction.commit()?;
        Ok(Self { database: Arc::new(database), keys })
    }

    /// Changes the database in one transaction. A commit waits for the disk, so it has a thread of its own.
    async fn change<T: Send + 'static>(
        &self,
        change: impl FnOnce(&WriteTransaction) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let database = Arc::clone(&self.database);
        let work = move || {
            let transaction = database.begin_write()?;
            let changed = change(&transaction)?;
            transaction.commit()?;
            Ok(changed)
        };
        tokio::task::spawn_blocking(work).await?
    }

    /// Changes one payment, or removes it where `change` gives none; `None` where the organization has no such payment. Returns those that
    /// the organization has then.
    async fn change_one(
        &self,
        organization: String,
        uid: String,
        change: impl FnOnce(Payment) -> Option<Payment> + Send + 'static,
    ) -> Result<Option<Vec<Payment>>, Failure> {
        self.change(move |transaction| {
            let mut table = transaction.open_table(PAYMENTS)?;
            let key = (organization.as_str(), uid.as_str());
            let Some(stored) = table.get(key)?.map(|row| row.value().to_vec()) else { return Ok(None) };
            match change(serde_json::from_slice(&stored)?) {
                Some(payment) => table.insert(key, serde_json::to_vec(&payment)?.as_slice())?,
                None => table.remove(key)?,
            };
            let mut left = Vec::new();
            for row in table.range((organization.as_str(), "")..)? {
                let (key, stored) = row?;
                if key.value().0 != organization {
                    break;
                }
                left.push(serde_json::from_slice(stored.value())?);
            }
            Ok(Some(left))
        })
        .await
    }
}

/// The organization of the caller, if it is the one that the request names.
fn organization<E>(context: &RequestContext, named: &str) -> Result<String, Refusal<E>> {
    let caller = context.caller::<Caller>().map_err(Refusal::rejected)?;
    if caller.organization == named {
        Ok(caller.organization.clone())
    } else {
        Err(Refusal::rejected(Rejection::forbidden("the key is one of another organization")))
    }
}

fn unknown() -> PaymentApiError {
    PaymentApiError::new(PaymentFault::new("PAYMENT_NOT_FOUND"))
}

fn list(context: &RequestContext, items: Vec<Payment>) -> PaymentListApiResponse {
    PaymentListApiResponse::new(PaymentListApiResponseRequired {
        app: "om".into(),
        service: "payments".into(),
        warnings: Vec::new(),
        instance_id: "1".into(),
        request_id: context.request_id().unwrap_or_default().to_owned(),
        data: PaymentList::new(PaymentListRequired { items, payment_methods: Vec::new() }),
    })
}

impl Gormic for Payments {
    async fn authenticate(&self, credentials: Vec<Credential>, context: &mut RequestContext) -> Result<(), Rejection> {
        let organization = credentials.iter().find_map(|credential| match credential {
            // A key is compared in constant time.
            Credential::ApiKey(key) => self.keys.iter().find(|(known, _)| known.matches(key.expose())),
            _ => None,
        });
        let (_, organization) = organization.ok_or_else(|| Rejection::unauthorized("the key is not known"))?;
        context.set_caller(Caller { organization: organization.clone() });
        Ok(())
    }

    async fn create_payment(
        &self,
        request: CreatePayment,
        context: RequestContext,
    ) -> Result<CreatePaymentApiResponse, Refusal<CreatePaymentError>> {
        let organization = organization(&context, &request.organization_id)?;
        let Some(amount) = request.amount.filter(|amount| *amount > dec!(0)) else {
            let fault = types::CreatePaymentFault::new(types::CreatePaymentErrorCode::InvalidParameter);
            return Err(CreatePaymentError::BadRequest(Box::new(types::CreatePaymentApiError::new(fault))).into());
        };
        let recorded = self.change(move |transaction| {
            let mut last = transaction.open_table(LAST)?;
            let number = last.get(())?.map_or(0, |row| row.value()) + 1;
            last.insert((), number)?;
            let uid = format!("pay_{number}");
            let payment = Payment::new(uid.as_str())
                .r#type(request.r#type)
                .amount(amount)
                .status(request.status.unwrap_or(PaymentStatus::Pending));
            let mut table = transaction.open_table(PAYMENTS)?;
            table.insert((organization.as_str(), uid.as_str()), serde_json::to_vec(&payment)?.as_slice())?;
            Ok(uid)
        });
        let uid = recorded.await.map_err(Refusal::internal)?;
        Ok(CreatePaymentApiResponse::new(CreatePaymentApiResponseRequired {
            app: "om".into(),
            service: "payments".into(),
            warnings: Vec::new(),
            instance_id: "1".into(),
            request_id: context.request_id().unwrap_or_default().to_owned(),
            data: CreatePaymentData::new(uid),
        }))
    }

    async fn confirm_payment(
        &self,
        request: ConfirmPayment,
        context: RequestContext,
    ) -> Result<PaymentListApiResponse, Refusal<ConfirmPaymentError>> {
        let organization = organization(&context, &request.organization_id)?;
        let confirm = |payment: Payment| Some(payment.status(PaymentStatus::Complete));
        let left = self.change_one(organization, request.uid, confirm).await.map_err(Refusal::internal)?;
        let left = left.ok_or_else(|| ConfirmPaymentError::BadRequest(Box::new(unknown())))?;
        Ok(list(&context, left))
    }

    async fn update_payment(
        &self,
        request: UpdatePayment,
        context: RequestContext,
    ) -> Result<UpdatePaymentApiResponse, Refusal<UpdatePaymentError>> {
        let organization = organization(&context, &request.organization_id)?;
        let (note, amount) = (request.note, request.amount);
        let update = move |payment: Payment| {
            let payment = match note {
                Patch::Set(note) => payment.note(note),
                Patch::Clear => payment.note(Maybe::Null),
                Patch::Keep => payment,
            };
            Some(match amount {
                Some(amount) => payment.amount(amount),
                None => payment,
            })
        };
        let changed = self.change_one(organization, request.uid, update).await.map_err(Refusal::internal)?;
        changed.ok_or_else(|| UpdatePaymentError::BadRequest(Box::new(unknown())))?;
        Ok(UpdatePaymentApiResponse::new(UpdatePaymentApiResponseRequired {
            app: "om".into(),
            service: "payments".into(),
            warnings: Vec::new(),
            instance_id: "1".into(),
            request_id: context.request_id().unwrap_or_default().to_owned(),
            data: UpdatePaymentData::new(true),
        }))
    }

    async fn delete_payment(
        &self,
        request: DeletePayment,
        context: RequestContext,
    ) -> Result<PaymentListApiResponse, Refusal<DeletePaymentError>> {
        let organization = organization(&context, &request.organization_id)?;
        let left = self.change_one(organization, request.uid, |_| None).await.map_err(Refusal::internal)?;
        let left = left.ok_or_else(|| DeletePaymentError::BadRequest(Box::new(unknown())))?;
        Ok(list(&context, left))
    }
}
