//! Runs handlers to their end, even if the connection closes, and counts those that run.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::JoinError;

use super::rejection::Rejection;

/// Completes when no handler runs, as the `drained` of a server and of a [`Receiver`](crate::webhook::Receiver) return it.
pub type Drained = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The handlers of one server or receiver. Clones count together.
#[derive(Clone, Debug)]
pub(crate) struct Handlers {
    running: watch::Sender<usize>,
}

/// Counts one handler for as long as it is there.
struct Running(watch::Sender<usize>);

impl Handlers {
    pub(crate) fn new() -> Self {
        Self { running: watch::Sender::new(0) }
    }

    /// Runs `work` as a task of its own and waits for what it answers. If the wait is dropped, the work goes on; if the work panics,
    /// it is a rejection. The message of the panic is not looked at, because it may hold what the request held.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, Rejection>> + Send + 'static,
    ) -> Result<T, Rejection> {
        let Ok(runtime) = Handle::try_current() else {
            return Err(Rejection::internal("handlers run on tokio: call the service from within a tokio runtime"));
        };
        let running = Running::begin(&self.running);
        let task = runtime.spawn(async move {
            let response = work.await;
            drop(running);
            response
        });
        task.await.unwrap_or_else(|error| Err(stopped(&error)))
    }

    /// Waits until no handler runs.
    pub(crate) fn drained(&self) -> Drained {
        let mut running = self.running.subscribe();
        Box::pin(async move {
            // It only fails when the last clone is gone, and then nothing runs either.
            let _ = running.wait_for(|count| *count == 0).await;
        })
    }
}

impl Running {
    fn begin(running: &watch::Sender<usize>) -> Self {
        // Whoever waits, waits for none to run, and is not woken for one more.
        running.send_if_modified(|count| {
            *count += 1;
            false
        });
        Self(running.clone())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.send_if_modified(|count| {
            *count = count.saturating_sub(1);
            *count == 0
        });
    }
}

fn stopped(error: &JoinError) -> Rejection {
    Rejection::internal(if error.is_panic() {
        "the handler panicked"
    } else {
        "the tokio runtime was shut down before the handler's end: await `drained` first"
    })
}

/// What the future gives, or `None` if that takes longer than `limit`.
///
/// The timer is made when the future has to wait for the first time, so that work which is done at once costs none.
pub(crate) async fn within<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut timer: Option<Pin<Box<tokio::time::Sleep>>> = None;
    poll_fn(|context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        let timer = timer.get_or_insert_with(|| Box::pin(tokio::time::sleep(limit)));
        timer.as_mut().poll(context).map(|()| None)
    })
    .await
}
