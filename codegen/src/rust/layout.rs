//! Which files a crate consists of, and what stands in each.

use super::TypeId;

/// The files of a crate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// Every file but `Cargo.toml`.
    pub files: Vec<File>,
}

/// One file.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// Its path from the crate's folder.
    pub path: &'static str,
    /// What stands in it.
    pub contents: Contents,
}

/// What stands in a file; operations and webhooks are told by their places in the crate.
#[derive(Clone, Debug, PartialEq)]
pub enum Contents {
    /// The root of the crate: its documentation and modules.
    Root,
    /// Types made of schemas.
    Types(Vec<TypeId>),
    /// Requests, responses and specifications of operations.
    Operations(Vec<usize>),
    /// The client and its builder, with a method for each operation.
    Client(Vec<usize>),
    /// How operations are written to and read from the wire, on the client's side.
    ClientCalls(Vec<usize>),
    /// The server trait and the service around it, with a method for each operation.
    Server(Vec<usize>),
    /// How operations are read from and written to the wire, on the server's side.
    ServerCalls(Vec<usize>),
    /// The payloads of webhooks.
    Webhooks(Vec<usize>),
    /// The receivers of webhooks.
    Receivers(Vec<usize>),
    /// The senders of webhooks.
    Senders(Vec<usize>),
}
