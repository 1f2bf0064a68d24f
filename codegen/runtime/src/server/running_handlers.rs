//! Runs handlers to their end, even if the connection closes, and counts those that run.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::task::JoinError;

use super::rejection::Rejection;
use crate::time_limit::before;

/// Completes when no handler runs, as the `drained` of a server and of a [`Receiver`](crate::webhook::Receiver) return it.
pub type Drained = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The handlers of one server or receiver. Clones count together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Handlers(Arc<Count>);

#[derive(Debug, Default)]
struct Count {
    running: AtomicUsize,
    /// Wakes who waits for none to run.
    none_runs: Notify,
}

/// Counts one handler for as long as it is there.
struct Running(Arc<Count>);

impl Handlers {
    /// Runs `work` to its end and waits for what it answers. Work that has to wait becomes a task of its own, which goes on if nobody waits
    /// for it any more; work that panics is a rejection. The message of the panic is not looked at, because it may hold what the request
    /// held.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, Rejection>> + Send + Unpin + 'static,
    ) -> Result<T, Rejection> {
        let Ok(runtime) = Handle::try_current() else {
            return Err(Rejection::internal("handlers run on tokio: call the service from within a tokio runtime"));
        };
        let running = Running::begin(&self.0);
        let mut work = work;
        let poll = |context: &mut Context<'_>| {
            Poll::Ready(catch_unwind(AssertUnwindSafe(|| Pin::new(&mut work).poll(context))))
        };
        match poll_fn(poll).await {
            Ok(Poll::Ready(response)) => response,
            Err(_) => Err(panicked()),
            Ok(Poll::Pending) => {
                let task = runtime.spawn(async move {
                    let response = work.await;
                    drop(running);
                    response
                });
                task.await.unwrap_or_else(|error| Err(stopped(&error)))
            }
        }
    }

    /// Waits until no handler runs.
    pub(crate) fn drained(&self) -> Drained {
        let count = Arc::clone(&self.0);
        Box::pin(async move {
            loop {
                let mut told = pin!(count.none_runs.notified());
                // From here on it is told, so that no end between the look and the wait is missed.
                told.as_mut().enable();
                if count.running.load(Ordering::Acquire) == 0 {
                    return;
                }
                told.await;
            }
        })
    }
}

impl Running {
    fn begin(count: &Arc<Count>) -> Self {
        count.running.fetch_add(1, Ordering::AcqRel);
        Self(Arc::clone(count))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.0.running.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.0.none_runs.notify_waiters();
        }
    }
}

fn panicked() -> Rejection {
    Rejection::internal("the handler panicked")
}

fn stopped(error: &JoinError) -> Rejection {
    if error.is_panic() {
        return panicked();
    }
    Rejection::internal("the tokio runtime was shut down before the handler's end: await `drained` first")
}

/// What the future gives, or `None` if that takes longer than `limit` by tokio's clock.
pub(crate) fn within<F: Future>(limit: Duration, future: F) -> impl Future<Output = Option<F::Output>> {
    before(future, move || Box::pin(tokio::time::sleep(limit)))
}
