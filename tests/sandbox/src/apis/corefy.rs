//! Payout invoices of the Corefy platform, which Cublox and Paymega are brands of: one engine for both.

pub(crate) mod adapter;
mod callback;
mod create;
mod invoice;
mod list;
mod operations;
mod services;
mod states;
mod view;

pub(crate) use create::{NewInvoice, Refused};
pub(crate) use invoice::Invoices;
pub(crate) use operations::Corefy;
pub(crate) use states::{CUBLOX, PAYMEGA, PLANNED};
pub(crate) use view::error_document;
