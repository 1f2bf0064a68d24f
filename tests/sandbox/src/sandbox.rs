//! A running sandbox, as tests use it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use specie_runtime::client::{BuildError, ClientCredentials, Options};
use specie_runtime::{Decimal, Secret};
use tokio::task::AbortHandle;

use crate::apis::gormic as gormic_api;
use crate::builder::Builder;
use crate::callback_targets::Collected;
use crate::clock::ClockMode;
use crate::control::Control;
use crate::draft::NewObject;
use crate::drive::Happened;
use crate::engine::Engine;
use crate::error::SandboxError;
use crate::faults::Faults;
use crate::journal::Journal;
use crate::kind::Kind;
use crate::machine::Cause;
use crate::merchants::Credentials;
use crate::moment::Moment;
use crate::record::{self, Delivery, Event, Object};
use crate::scenario::Plan;
use crate::serve::Listening;
use crate::store::Table;
use crate::troubles::Trouble;

/// A sandbox. It ends, with its listeners, when it is dropped; others in the same program know nothing of it.
#[derive(Debug)]
pub struct Sandbox {
    engine: Arc<Engine>,
    control: Arc<Control>,
    listening: BTreeMap<&'static str, Listening>,
    inspector: Listening,
    driver: Option<AbortHandle>,
}

impl Sandbox {
    /// What a sandbox is to be.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn new(
        engine: Arc<Engine>,
        control: Arc<Control>,
        listening: BTreeMap<&'static str, Listening>,
        inspector: Listening,
    ) -> Self {
        let runs = engine.clock.mode() != ClockMode::Frozen;
        let driver = runs.then(|| tokio::spawn(Engine::run(Arc::downgrade(&engine))).abort_handle());
        Self { engine, control, listening, inspector, driver }
    }

    /// The APIs that it has.
    #[must_use]
    pub fn apis(&self) -> Vec<&'static str> {
        self.listening.keys().copied().collect()
    }

    /// The base URL of an API, without a slash at the end.
    pub fn base_url(&self, api: &str) -> Result<String, SandboxError> {
        let missing = || SandboxError::usage(format!("the sandbox was started without {api}"));
        Ok(format!("http://{}", self.listening.get(api).ok_or_else(missing)?.address))
    }

    /// The address of the inspector.
    #[must_use]
    pub fn inspector_url(&self) -> String {
        format!("http://{}/_sandbox/", self.inspector.address)
    }

    /// Base URLs and credentials as assignments of a shell; `prefix` stands before each, `export ` for one. They are secrets of this sandbox
    /// alone.
    #[must_use]
    pub fn environment(&self, prefix: &str) -> String {
        crate::control::environment(&self.control, prefix)
    }

    /// The names of its merchants, sorted.
    #[must_use]
    pub fn merchants(&self) -> Vec<String> {
        self.engine.merchants.all().into_iter().map(|account| account.name).collect()
    }

    /// A merchant, which is made if there is none of this name.
    #[must_use]
    pub fn merchant(&self, name: &str) -> Merchant<'_> {
        self.engine.merchant(name);
        Merchant { sandbox: self, name: name.to_owned() }
    }

    /// A client of Cublox with the merchant's credentials.
    pub fn cublox(&self, merchant: &str) -> Result<cublox::Client, SandboxError> {
        self.merchant(merchant).cublox(Options::new())
    }

    /// A client of Gormic with the merchant's key; the organization is in [`Credentials`].
    pub fn gormic(&self, merchant: &str) -> Result<gormic::Client, SandboxError> {
        self.merchant(merchant).gormic(Options::new())
    }

    /// A client of OMNO that gets its tokens from the sandbox.
    pub fn omno(&self, merchant: &str) -> Result<omno::Client, SandboxError> {
        self.merchant(merchant).omno(Options::new())
    }

    /// A client of Paymega with the merchant's credentials.
    pub fn paymega(&self, merchant: &str) -> Result<paymega::Client, SandboxError> {
        self.merchant(merchant).paymega(Options::new())
    }

    /// The clock.
    #[must_use]
    pub const fn clock(&self) -> SandboxClock<'_> {
        SandboxClock { engine: &self.engine }
    }

    /// The faults.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.engine.faults
    }

    /// The requests and their responses, masked.
    #[must_use]
    pub fn journal(&self) -> &Journal {
        &self.engine.journal
    }

    /// All objects of all kinds, in the order in which they are kept.
    pub fn objects(&self) -> Result<Vec<Object>, SandboxError> {
        self.engine.read(|rows| record::all(rows, Table::Objects))
    }

    /// The payouts of all APIs.
    pub fn payouts(&self) -> Result<Vec<Object>, SandboxError> {
        Ok(self.objects()?.into_iter().filter(|object| object.kind.starts_with("payout")).collect())
    }

    /// Everything that happened, the oldest first.
    pub fn events(&self) -> Result<Vec<Event>, SandboxError> {
        self.engine.read(|rows| record::all(rows, Table::Events))
    }

    /// All callbacks, the oldest first, with their attempts.
    pub fn callbacks(&self) -> Result<Vec<Delivery>, SandboxError> {
        self.engine.read(|rows| record::all(rows, Table::Deliveries))
    }

    /// What was due and could not be done, the oldest first; at most the latest hundred. The log has all of it.
    #[must_use]
    pub fn troubles(&self) -> Vec<Trouble> {
        self.engine.troubles.all()
    }

    /// The troubles after a number, once there are any.
    pub async fn troubles_after(&self, number: u64) -> Vec<Trouble> {
        self.engine.troubles.after(number).await
    }

    /// Sends a callback once more: it is due now.
    pub async fn resend(&self, callback: u64) -> Result<Delivery, SandboxError> {
        self.engine.resend(callback).await
    }

    /// Moves an object by hand, as the vendor's staff could; the table of its kind says which ways there are.
    pub async fn push(&self, object: &Object, to: &str) -> Result<Object, SandboxError> {
        self.engine.push((&object.api, &object.kind, &object.id), Cause::Control, to, None).await
    }

    /// Gives back an amount of a pay-in of OMNO, or all that is left, as its dashboard does.
    pub async fn refund(&self, object: &Object, amount: Option<Decimal>) -> Result<Object, SandboxError> {
        let place = (object.api.as_str(), object.kind.as_str(), object.id.as_str());
        self.engine.push(place, Cause::Control, "REFUND_PENDING", amount).await
    }

    /// Forgets all objects, events, callbacks, requests and faults. The time and the merchants stay.
    pub async fn reset(&self) -> Result<(), SandboxError> {
        self.engine.reset().await
    }

    /// Writes requests, objects, events and callbacks into a file, one JSON value per line, masked.
    pub async fn export(&self, file: impl AsRef<Path>) -> Result<(), SandboxError> {
        let text = crate::export::lines(&self.engine)?;
        Ok(tokio::fs::write(file, text).await?)
    }

    /// Puts the objects, events and callbacks of an export into this sandbox, which has to be empty, and moves its clock to where they end.
    /// Requests are passed over, and what the export masks stays masked. Credentials are those of this sandbox's seed.
    pub async fn import(&self, file: impl AsRef<Path>) -> Result<(), SandboxError> {
        self.engine.import(&tokio::fs::read_to_string(file).await?).await
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if let Some(driver) = &self.driver {
            driver.abort();
        }
        self.engine.store.close();
    }
}

/// The clock of a sandbox, with what it moves.
#[derive(Clone, Copy, Debug)]
pub struct SandboxClock<'a> {
    engine: &'a Arc<Engine>,
}

impl SandboxClock<'_> {
    /// The time in the sandbox.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.engine.clock.now()
    }

    /// Moves the clock forward. What is due on the way happens in order, callbacks are sent and answered, and all of it is returned; what the
    /// sandbox itself fails at is returned as [`Happened::Failed`], and the rest goes on.
    pub async fn advance(&self, duration: Duration) -> Result<Vec<Happened>, SandboxError> {
        self.engine.advance_to(self.now().after(duration)).await
    }

    /// Moves the clock to the next thing that is due.
    pub async fn advance_to_next(&self) -> Result<Vec<Happened>, SandboxError> {
        self.engine.advance_to_next().await
    }

    /// Moves the clock from one thing that is due to the next until nothing is, this far at most.
    pub async fn run_until_idle(&self, limit: Duration) -> Result<Vec<Happened>, SandboxError> {
        self.engine.run_until_idle(limit).await
    }
}

/// A merchant of a sandbox: its objects and credentials are apart from those of others.
#[derive(Clone, Debug)]
pub struct Merchant<'a> {
    sandbox: &'a Sandbox,
    name: String,
}

impl Merchant<'_> {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it calls the APIs with.
    #[must_use]
    pub fn credentials(&self) -> Credentials {
        self.sandbox.engine.merchants.get_or_add(&self.name).credentials
    }

    /// Answers its calls with 403 from now on, or no more.
    pub fn block(&self, blocked: bool) {
        self.sandbox.engine.block(&self.name, blocked);
    }

    /// A client of Cublox.
    pub fn cublox(&self, options: Options) -> Result<cublox::Client, SandboxError> {
        let (url, key) = (self.sandbox.base_url("cublox")?, self.credentials());
        let client = cublox::Client::builder().private(&url).public(&url).options(options);
        client
            .basic_auth(key.account_id, key.api_key)
            .public_key(key.public_key)
            .build()
            .map_err(|error| unusable(&error))
    }

    /// A client of Gormic.
    pub fn gormic(&self, options: Options) -> Result<gormic::Client, SandboxError> {
        let url = self.sandbox.base_url("gormic")?;
        let client = gormic::Client::builder().base_url(&url).options(options);
        client.api_key(self.credentials().gormic_key).build().map_err(|error| unusable(&error))
    }

    /// Makes an order for payments of Gormic, which no operation does: with a total, receipts may not pass it.
    pub async fn order(&self, id: &str, total: Option<Decimal>) -> Result<Object, SandboxError> {
        self.record(&gormic_api::ORDERS, id, gormic_api::Total { total }).await
    }

    /// Makes an invoice for payments of Gormic, which no operation does.
    pub async fn invoice(&self, id: &str) -> Result<Object, SandboxError> {
        self.record(&gormic_api::INVOICES, id, serde_json::json!({})).await
    }

    async fn record<T>(&self, kind: &'static dyn Kind, id: &str, fields: T) -> Result<Object, SandboxError>
    where
        T: serde::Serialize + Send + 'static,
    {
        self.sandbox.base_url("gormic")?;
        let (merchant, reference) = (self.name.clone(), id.to_owned());
        let made = self.sandbox.engine.decide(move |draft| {
            if draft.by_reference(kind, &merchant, &reference)?.is_some() {
                return Err(SandboxError::usage("there is one of this id"));
            }
            let id = format!("{merchant}/{reference}");
            let new = NewObject {
                merchant,
                reference: Some(reference),
                state: "open",
                cause: Cause::Control,
                plan: Plan::default(),
            };
            draft.insert(kind, new, |_| Ok((id, fields)))
        });
        made.await
    }

    /// A client of OMNO that gets its tokens from the sandbox.
    pub fn omno(&self, options: Options) -> Result<omno::Client, SandboxError> {
        let (url, key) = (self.sandbox.base_url("omno")?, self.credentials());
        let token_url = format!("{url}{}", crate::apis::omno::TOKEN_PATH);
        let credentials = ClientCredentials::new(token_url, key.client_id, key.client_secret);
        omno::Client::builder()
            .base_url(&url)
            .options(options)
            .bearer_auth(credentials)
            .build()
            .map_err(|error| unusable(&error))
    }

    /// A client of Paymega.
    pub fn paymega(&self, options: Options) -> Result<paymega::Client, SandboxError> {
        let (url, key) = (self.sandbox.base_url("paymega")?, self.credentials());
        let client = paymega::Client::builder().private(&url).public(&url).options(options);
        client
            .basic_auth(key.account_id, key.api_key)
            .public_key(key.public_key)
            .build()
            .map_err(|error| unusable(&error))
    }

    /// Sends its callbacks to this address, where an object has none of its own.
    pub fn callback_url(&self, url: impl Into<String>) {
        let url = url.into();
        for api in self.sandbox.apis() {
            self.sandbox.engine.set_callback_url(api, &self.name, Some(url.clone()));
        }
    }

    /// Holds its callbacks from now on, or sends those that were held: an endpoint that is down for a while. No try is counted meanwhile.
    pub async fn pause_callbacks(&self, paused: bool) -> Result<(), SandboxError> {
        self.sandbox.engine.pause(&self.name, paused).await.map(drop)
    }

    /// Sends its callbacks with this `Authorization` header, scheme included: what OMNO's dashboard offers in the place of a signature. A data
    /// file keeps the address and not this secret: set it again after a start.
    pub fn callback_authorization(&self, value: impl Into<Secret<String>>) {
        let value = value.into();
        for api in self.sandbox.apis() {
            self.sandbox.engine.targets.set_authorization(api, &self.name, value.clone());
        }
    }

    /// Collects its callbacks from now on: they are signed, and need no web server.
    #[must_use]
    pub fn collect_callbacks(&self) -> Collected {
        let list = Collected::default();
        for api in self.sandbox.apis() {
            self.sandbox.engine.targets.collect(api, &self.name, list.clone());
        }
        list
    }

    /// Its object under a reference.
    pub fn object(&self, reference: &str) -> Result<Option<Object>, SandboxError> {
        let objects = self.sandbox.objects()?;
        let is_it = |object: &Object| object.merchant == self.name && object.reference.as_deref() == Some(reference);
        Ok(objects.into_iter().find(is_it))
    }

    /// Sets what is to become of its object under a reference, from now on.
    pub async fn plan(&self, reference: &str, plan: Plan) -> Result<(), SandboxError> {
        let object = self.object(reference)?.ok_or_else(|| SandboxError::usage("there is no such object"))?;
        self.sandbox.engine.plan((&object.api, &object.kind, &object.id), plan).await
    }
}

fn unusable(error: &BuildError) -> SandboxError {
    SandboxError::usage(error.to_string())
}
