//! Calls from end to end, over scripts, simulated time and loopback sockets.

mod attempts;
mod attribution;
mod callers;
mod credentials;
mod environment;
mod executors;
mod fixtures;
mod journaling;
mod lookups;
mod loopback;
mod oauth;
mod paging;
mod payouts;
mod reconciling;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
mod responses;
mod resuming;
mod retries;
mod secrecy;
mod spans;
mod writing;
