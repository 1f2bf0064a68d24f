//! The half of a generated crate that is written by hand: linked into products, depends on nothing in `codegen`.
//!
//! A program uses a generated crate; of this one it names the values in its fields, what it sets up, and what an error says.
//!
//! | task | where |
//! |---|---|
//! | write an amount, a key, a date | [`dec!`], [`Decimal`], [`Secret`], [`formats`] |
//! | tell "absent", "null" and "clear it" apart | [`Patch`], [`Maybe`] |
//! | read what has no type, or keep its text | [`Json`], [`JsonObject`] |
//! | check a value as a server would | [`check`] |
//! | know whether an operation happened | [`Outcome`], [`client::Error`] |
//! | set timeouts, limits, retries, headers | [`client::Options`], [`client::RetryPolicy`] |
//! | send credentials, renew tokens | [`client::ClientCredentials`], [`client::Bearer`] |
//! | look an operation up before it is sent again | [`client::Call::reconciled`] |
//! | survive a restart | [`client::journal`], [`client::FileJournal`] |
//! | read a list | [`client::Pages`], [`client::Items`] |
//! | see, sign or limit each attempt | [`client::Transport`], [`client::Http`] |
//! | test without a network | [`InProcess`], [`client::Scripted`], [`client::Simulated`], [`mod@fake`] |
//! | implement an API | [`server`], [`server::RequestContext`], [`server::Refusal`] |
//! | receive or send webhooks | [`webhook`] |
//! | stream a body, a file, items | [`Body`], [`FilePart`], [`ItemStream`] |
//!
//! The rest is what generated code is made of: [`codec`], [`decode`], [`mod@operation`], [`param`], [`multipart`].

// Values: what the fields of generated types hold.
pub mod check;
pub mod codec;
mod construction_macros;
pub mod decimal;
pub mod decode;
pub mod formats;
pub mod integer_enum;
pub mod json;
mod json_syntax;
mod never;
pub mod param;
pub mod presence;
pub mod secret;
mod setters;
pub mod string_enum;

// What generated code asks of the runtime.
pub mod version;

// The contract: what an operation is, and how what it carries is encoded, for both sides.
#[cfg(any(feature = "client", feature = "server"))]
pub mod body;
#[cfg(any(feature = "client", feature = "server"))]
mod body_kinds;
#[cfg(any(feature = "client", feature = "server"))]
pub mod item_stream;
#[cfg(any(feature = "client", feature = "server"))]
pub mod operation;
#[cfg(any(feature = "client", feature = "server"))]
pub mod outcome;
#[cfg(any(feature = "client", feature = "server"))]
mod time_limit;
#[cfg(any(feature = "client", feature = "server"))]
mod wire;

// What the two sides tell each other in one process, beside what travels.
#[cfg(any(feature = "client", feature = "server"))]
mod in_process_extensions;

// What OpenTelemetry sees of both sides.
#[cfg(all(feature = "metrics", any(feature = "client", feature = "server")))]
mod metrics;
#[cfg(all(feature = "traceparent", any(feature = "client", feature = "server")))]
mod trace_context;

// The two sides.
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "server")]
pub mod server;

// What an API sends to its users. Receiving it is what a server does, sending it what a client does.
#[cfg(feature = "server")]
pub mod webhook;

// Both sides in one process.
#[cfg(all(feature = "client", feature = "server"))]
pub mod fake;
#[cfg(all(feature = "client", feature = "server"))]
pub mod in_process;

#[cfg(all(test, any(feature = "client", feature = "server")))]
mod test_spans;
#[cfg(all(test, feature = "client", feature = "server"))]
mod wire_tests;

/// What tables expand to names these by paths of two steps: every step of every path takes the compiler time.
#[doc(hidden)]
pub use core::{
    convert::{From, Into},
    option::Option::{self, None, Some},
    result::Result::{self, Err, Ok},
};

#[doc(hidden)]
pub use setters::set as __set;

pub use check::{Check, Checker, Violation};
pub use decimal::{Decimal, LongDecimal, Quoted};
pub use formats::{Base64, Base64Url, Date, DateTime, Duration, Time, UnixTime, Uri, Uuid};
pub use integer_enum::{IntegerEnum, UnrecognizedInteger};
pub use json::{Json, JsonObject};
pub use never::Never;
pub use presence::{Maybe, Patch};
pub use secret::Secret;
pub use string_enum::{StringEnum, Unrecognized};

#[cfg(any(feature = "client", feature = "server"))]
pub use body::{Body, BodyError, BodyErrorKind, BodySender};
#[cfg(any(feature = "client", feature = "server"))]
pub use body_kinds::events::Event;
#[cfg(any(feature = "client", feature = "server"))]
#[doc(inline)]
pub use body_kinds::multipart::{self, FilePart};
#[cfg(all(feature = "client", feature = "server"))]
pub use in_process::InProcess;
#[cfg(any(feature = "client", feature = "server"))]
pub use item_stream::{ItemError, ItemStream};
#[cfg(any(feature = "client", feature = "server"))]
pub use operation::{
    ApiDescription, ApiError, BaseSpec, BodyKind, Characters, EnvelopeLevel, FieldStyle, FormStyle, HeaderError,
    Idempotency, ListStyle, LookupResponse, MediaSpec, Method, NoError, Operation, OperationSpec, ParameterKind,
    ParameterLocation, ParameterSpec, ReconcileSpec, ResponseHeaders, ResponseSpec, SchemeKind, SchemeSpec, Status,
    StatusRange, Style,
};
#[cfg(any(feature = "client", feature = "server"))]
pub use outcome::Outcome;
