//! What tests of the package stand on.

pub mod proxy;
pub mod server;
