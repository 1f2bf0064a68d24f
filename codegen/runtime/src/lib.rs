//! The half of a generated crate that is written by hand: linked into products, depends on nothing in `codegen`.

// Values: what the fields of generated types hold.
pub mod check;
pub mod decimal;
pub mod decode;
pub mod formats;
pub mod json;
pub mod open_object;
pub mod param;
pub mod presence;
pub mod secret;
pub mod serde_with;
pub mod string_enum;
pub mod union;

// The contract: what an operation is, and how what it carries is encoded, for both sides.
#[cfg(any(feature = "client", feature = "server"))]
pub mod operation;
#[cfg(any(feature = "client", feature = "server"))]
pub mod outcome;
#[cfg(any(feature = "client", feature = "server"))]
mod wire;

// The two sides.
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "server")]
pub mod server;

// Webhooks: a server for the one who receives them, a client for the one who sends them.
#[cfg(feature = "server")]
pub mod webhook;

// Both sides in one process.
#[cfg(all(feature = "client", feature = "server"))]
pub mod in_process;

#[cfg(all(test, any(feature = "client", feature = "server")))]
mod recording;

pub use check::{Check, Checker, Violation};
pub use decimal::{Decimal, Quoted};
pub use formats::{Base64, Date, DateTime, Duration, Time, UnixTime, Uri, Uuid};
pub use json::{Json, JsonObject};
pub use presence::{Maybe, Patch};
pub use secret::Secret;
pub use string_enum::{StringEnum, Unrecognized};

#[cfg(all(feature = "client", feature = "server"))]
pub use in_process::InProcess;
#[cfg(any(feature = "client", feature = "server"))]
pub use operation::{
    ApiDescription, ApiError, BaseSpec, Characters, EnvelopeLevel, Idempotency, LookupAnswer, Method, NoError,
    Operation, OperationSpec, ParameterKind, ParameterPlace, ParameterSpec, ReconcileSpec, SchemeKind, SchemeSpec,
    Status, StatusRange, Style,
};
#[cfg(any(feature = "client", feature = "server"))]
pub use outcome::Outcome;
