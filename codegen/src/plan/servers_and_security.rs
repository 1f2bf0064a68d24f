//! Where requests go and what they are signed with: base URLs, their variables, and security schemes.

pub(super) mod receiver_credentials;
pub(super) mod security;
mod server_variables;
pub(super) mod servers;
