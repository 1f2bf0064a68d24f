//! Time limits on futures.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use super::BoxFuture;
use super::environment::Environment;

/// What the future gives, or `None` if that takes longer than `limit`.
///
/// The future is asked first: what is there counts, even at the last moment.
pub(crate) async fn within<F: Future>(environment: &dyn Environment, limit: Duration, future: F) -> Option<F::Output> {
    before(environment.sleep(limit), future).await
}

/// The same for what a journal does, whose disk or database knows nothing of the environment's clock.
pub(crate) async fn within_io<F: Future>(
    environment: &dyn Environment,
    limit: Duration,
    future: F,
) -> Option<F::Output> {
    before(environment.io_timeout(limit), future).await
}

async fn before<F: Future>(mut timer: BoxFuture<'static, ()>, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    poll_fn(|context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        timer.as_mut().poll(context).map(|()| None)
    })
    .await
}
