//! The limits of one request to a server or a receiver: bytes and time.

use std::time::Duration;

use crate::body::DEFAULT_ITEM_LIMIT;

/// How many bytes of a body are read where nothing else is set: 1 MiB.
pub const DEFAULT_BODY_LIMIT: usize = 1 << 20;

/// How long a body may take to arrive where nothing else is set: 30 seconds.
pub const DEFAULT_BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// How long a handler may run, and before it the verification of credentials, where nothing else is set: 5 minutes.
///
/// A handler that reaches it is stopped where it stands, so it is far longer than any client waits: it exists for handlers that hang.
pub const DEFAULT_HANDLER_TIMEOUT: Duration = Duration::from_secs(300);

/// How many bytes a body may have that is read as a stream, where nothing else is set: 1 GiB.
pub const DEFAULT_STREAM_LIMIT: u64 = 1 << 30;

/// The limits of one server or receiver.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) body: usize,
    pub(crate) stream: u64,
    pub(crate) item: usize,
    pub(crate) body_timeout: Duration,
    pub(crate) handler_timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: DEFAULT_BODY_LIMIT,
            stream: DEFAULT_STREAM_LIMIT,
            item: DEFAULT_ITEM_LIMIT,
            body_timeout: DEFAULT_BODY_TIMEOUT,
            handler_timeout: DEFAULT_HANDLER_TIMEOUT,
        }
    }
}
