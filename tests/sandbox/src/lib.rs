//! A sandbox of payment APIs: OMNO, Gormic, Cublox and Paymega as they behave, on ports of this machine.
//!
//! Objects move through their documented states, callbacks are signed and come again until they are answered with 200, faults strike before or
//! after the commit, and the time can be moved. In a test it is a library; nothing is slept for, and tests that run at once do not meet.
//!
//! ```
//! use std::time::Duration;
//!
//! use specie_sandbox::{AfterCommit, Fault, Rule, Sandbox};
//! use specie_runtime::dec;
//! use cublox::{CreatePayoutInvoice, CreatePayoutInvoiceRequired};
//!
//! # tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
//! let sandbox = Sandbox::builder().cublox().seed(7).start().await?;
//! let lost = sandbox.faults().arm(Rule::on("createPayoutInvoice").at(AfterCommit).kind(Fault::Reset).times(1));
//! let request = CreatePayoutInvoice::new(CreatePayoutInvoiceRequired {
//!     reference_id: "ref-1".into(),
//!     service: "card".into(),
//!     currency: "USD".into(),
//!     amount: dec!(10.00),
//!     fields: [("card_number", "5123817234060000")].into(),
//! });
//! // The response is lost; the payout that was made is found.
//! let invoice = sandbox.cublox("shop")?.create_payout_invoice(request).reconciled().await?;
//! assert_eq!((lost.hits(), sandbox.payouts()?.len()), (1, 1));
//!
//! let callbacks = sandbox.merchant("shop").collect_callbacks();
//! sandbox.cublox("shop")?.process_payout_invoice(&invoice.data.id).await?;
//! let happened = sandbox.clock().advance(Duration::from_secs(2 * 3600)).await?;
//! assert!(happened.iter().any(|happened| happened.is_state("processed")));
//! assert!(callbacks.last().is_some_and(|callback| callback.header("x-signature").is_some()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod apis;
mod builder;
mod callback_targets;
mod caps;
mod chance;
mod clock;
mod control;
mod credentials;
mod draft;
mod drive;
mod engine;
mod error;
mod export;
mod faults;
mod faulty_connection;
mod front;
mod hosted;
mod import;
mod journal;
mod kind;
mod machine;
mod mask;
mod merchants;
mod moment;
mod pages;
mod profile;
#[cfg(test)]
mod random_walks;
mod record;
mod sandbox;
mod scenario;
mod sending;
mod serve;
mod settings;
mod store;
mod troubles;

pub use builder::{APIS, Builder};
pub use callback_targets::{Collected, Received};
pub use caps::{MOST_EVENTS, MOST_OBJECTS};
pub use clock::{ClockMode, FROZEN_START};
pub use drive::Happened;
pub use error::SandboxError;
pub use faults::{
    AfterCommit, Armed, Before, CallbackFault, CallbackRule, Fault, FaultBody, Faults, Listed, Match, Rule, When,
};
pub use journal::{Entry, Journal};
pub use machine::{Cause, Edge, Machine};
pub use merchants::Credentials;
pub use moment::Moment;
pub use profile::{
    CallbackStates, EmptyMaps, PROFILE_KEYS, PayoutApproval, ProcessedState, Profile, PublicReads, Repeated,
    UnknownOrders,
};
pub use record::{Attempt, Delivery, Event, Object};
pub use sandbox::{Merchant, Sandbox, SandboxClock};
pub use scenario::{Plan, SCENARIO_HEADER};
pub use troubles::Trouble;
