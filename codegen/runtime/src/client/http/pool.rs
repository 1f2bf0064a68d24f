//! Connections that wait for another request.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::runtime::{Handle, Id};
use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::proxy::Route;
use super::stream::{Stream, is_silent};

/// How long a connection waits. Servers close connections that lie idle, many after 5 seconds. A request that goes out at that moment is cut
/// off, and its outcome is unknown; on a new connection that cannot happen.
pub(super) const PATIENCE: Duration = Duration::from_secs(4);

#[derive(Default)]
pub(super) struct Pool(Arc<Mutex<Waiting>>);

#[derive(Default)]
struct Waiting {
    /// The one that has waited longest first.
    connections: Vec<Idle>,
    /// The task that closes those that have waited long enough.
    closer: Option<AbortHandle>,
}

/// Where the connection of a response goes once the response was read.
pub(super) struct Keep {
    pub(super) pool: Arc<Pool>,
    pub(super) route: Route,
}

struct Idle {
    route: Route,
    stream: Stream,
    /// A socket belongs to the runtime that opened it, and is dead without it.
    runtime: Id,
    until: Instant,
}

impl Pool {
    /// The connection of this route that has waited least, if nothing has come over it.
    pub(super) fn take(&self, route: &Route) -> Option<Stream> {
        let runtime = Handle::current().id();
        let now = Instant::now();
        let mut waiting = lock(&self.0);
        loop {
            let fits = |idle: &Idle| idle.route == *route && idle.runtime == runtime && idle.until > now;
            let index = waiting.connections.iter().rposition(fits)?;
            let stream = waiting.connections.remove(index).stream;
            if is_silent(&stream) {
                return Some(stream);
            }
        }
    }

    /// Keeps a connection for the next request, where there is a runtime that closes it in time.
    pub(super) fn put(&self, route: Route, stream: Stream) {
        let Ok(runtime) = Handle::try_current() else { return };
        let idle = Idle { route, stream, runtime: runtime.id(), until: Instant::now() + PATIENCE };
        let mut waiting = lock(&self.0);
        waiting.connections.push(idle);
        // A closer whose runtime has ended is finished as well.
        if waiting.closer.as_ref().is_none_or(AbortHandle::is_finished) {
            waiting.closer = Some(runtime.spawn(close(Arc::downgrade(&self.0))).abort_handle());
        }
    }
}

/// Closes connections as their time comes, until none is left.
async fn close(pool: Weak<Mutex<Waiting>>) {
    while let Some(next) = pool.upgrade().and_then(|pool| overdue(&pool)) {
        tokio::time::sleep_until(next).await;
    }
}

/// Closes what has waited long enough, and gives the time at which the next one has.
fn overdue(pool: &Mutex<Waiting>) -> Option<Instant> {
    let now = Instant::now();
    let mut waiting = lock(pool);
    waiting.connections.retain(|idle| idle.until > now);
    let next = waiting.connections.iter().map(|idle| idle.until).min();
    if next.is_none() {
        waiting.closer = None;
    }
    next
}

fn lock(waiting: &Mutex<Waiting>) -> MutexGuard<'_, Waiting> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}
