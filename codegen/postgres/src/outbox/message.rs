//! Messages: as they are enqueued, and as a worker gets them.

use std::fmt;
use std::time::SystemTime;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use specie_runtime::webhook::SendError;
use tokio_postgres::Row;

use crate::error::Error;

/// A message that is owed from the commit of its transaction on.
#[derive(Clone)]
#[must_use]
pub struct Message {
    pub(super) id: String,
    pub(super) endpoint: String,
    pub(super) url: String,
    pub(super) webhook: String,
    pub(super) payload: String,
}

impl Message {
    /// A message with a new id, whose endpoint is its address. `webhook` is how the workers know which sender is to send it.
    pub fn new<T: Serialize + ?Sized>(
        webhook: impl Into<String>,
        url: impl Into<String>,
        payload: &T,
    ) -> Result<Self, Error> {
        // The error's own text may quote what could not be written.
        let payload =
            serde_json::to_string(payload).map_err(|_| Error::Argument("the payload cannot be written as JSON"))?;
        let url = url.into();
        Ok(Self { id: random_id()?, endpoint: url.clone(), url, webhook: webhook.into(), payload })
    }

    /// Sets what has an order and a pace of its own: of the messages of one endpoint one is sent at a time, in the order of enqueuing, and
    /// the next one only when that was acknowledged or given up. Where a message that is refused may not hold up the others, name the
    /// resource in it too.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = endpoint.into();
        self
    }

    /// Sets the id, by which the receiver knows a message that came before. A message whose id was enqueued before is not enqueued again.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }
}

/// Shows nothing of the payload, and no address.
impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("id", &self.id).field("webhook", &self.webhook).finish_non_exhaustive()
    }
}

/// A message that a worker is to send now.
#[derive(Clone)]
#[non_exhaustive]
pub struct Outgoing {
    /// Its id, the same on each try: for [`Sender::message_id`](specie_runtime::webhook::Sender::message_id).
    pub id: String,
    /// The endpoint.
    pub endpoint: String,
    /// Where it goes to.
    pub url: String,
    /// Which webhook it is.
    pub webhook: String,
    /// Which try this is; the first is 1.
    pub attempt: u32,
    payload: String,
}

impl Outgoing {
    pub(super) fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            id: row.try_get(0)?,
            endpoint: row.try_get(1)?,
            url: row.try_get(2)?,
            webhook: row.try_get(3)?,
            payload: row.try_get(4)?,
            attempt: u32::try_from(row.try_get::<_, i32>(5)?).unwrap_or_default(),
        })
    }

    /// The payload as the type that a generated sender takes.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_str(&self.payload).map_err(|_| Error::Data("a payload of specie.outbox is not of its type"))
    }

    /// The payload as it was enqueued, for [`Sender::send`](specie_runtime::webhook::Sender::send).
    pub fn raw_payload(&self) -> Result<&RawValue, Error> {
        serde_json::from_str(&self.payload).map_err(|_| Error::Data("a payload of specie.outbox is no JSON"))
    }
}

/// Shows nothing of the payload, and no address.
impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Outgoing");
        shown.field("id", &self.id).field("webhook", &self.webhook).field("attempt", &self.attempt);
        shown.finish_non_exhaustive()
    }
}

/// Why a message was not acknowledged. The text is kept in the table, with U+FFFD in place of zero bytes: nothing of the payload, no address and
/// no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undelivered {
    /// It comes again on its schedule.
    Later(String),
    /// Sending it again changes nothing: it is dead.
    Never(String),
}

impl From<SendError> for Undelivered {
    fn from(error: SendError) -> Self {
        match &error {
            SendError::Unsendable(_) => Self::Never(error.to_string()),
            _ => Self::Later(error.to_string()),
        }
    }
}

/// What cannot be read now cannot be read later.
impl From<Error> for Undelivered {
    fn from(error: Error) -> Self {
        Self::Never(error.to_string())
    }
}

/// A message that is sent no more.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeadLetter {
    /// Its id.
    pub id: String,
    /// The endpoint.
    pub endpoint: String,
    /// Which webhook it is.
    pub webhook: String,
    /// How often it was tried.
    pub attempts: u32,
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// When it was given up.
    pub dead_at: SystemTime,
}

impl DeadLetter {
    pub(super) fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            id: row.try_get(0)?,
            endpoint: row.try_get(1)?,
            webhook: row.try_get(2)?,
            attempts: u32::try_from(row.try_get::<_, i32>(3)?).unwrap_or_default(),
            last_error: row.try_get(4)?,
            dead_at: row.try_get(5)?,
        })
    }
}

/// Shows nothing of the endpoint, which is an address unless it was named.
impl fmt::Debug for DeadLetter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("DeadLetter");
        shown.field("id", &self.id).field("webhook", &self.webhook).field("attempts", &self.attempts);
        shown.field("last_error", &self.last_error).finish_non_exhaustive()
    }
}

/// 128 random bits in hexadecimal digits.
pub(super) fn random_id() -> Result<String, Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| Error::Data("the system gives no random bytes"))?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}
