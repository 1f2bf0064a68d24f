//! Client and server speak what the documents say: each operation, in process and over a socket.

mod arrivals;
mod bases;
mod credentials;
mod outcomes;
mod parameters;
mod responses;
mod tokens;
