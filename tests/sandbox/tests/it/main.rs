//! What a merchant relies on, over the real sockets and the generated clients.

mod callbacks;
mod control;
mod corefy;
mod faults;
mod gormic;
mod killed;
mod omno;
mod store;
mod support;
