//! Calls from end to end, over scripts, simulated time and loopback sockets.

mod asking;
mod attempts;
mod attribution;
mod callers;
mod credentials;
mod executors;
mod fixtures;
#[cfg(feature = "reqwest")]
mod foreign;
mod journaling;
mod loopback;
mod oauth;
mod paging;
mod payouts;
mod reconciling;
mod responses;
mod resuming;
mod retries;
mod secrecy;
mod spans;
mod surroundings;
mod writing;
