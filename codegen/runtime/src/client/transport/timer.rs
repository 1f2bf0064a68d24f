//! Time limits on futures by the clock of an environment.

use std::future::Future;
use std::time::Duration;

use super::environment::Environment;
use crate::time_limit::before;

/// What the future gives, or `None` if that takes longer than `limit`.
pub(crate) async fn within<F: Future>(environment: &dyn Environment, limit: Duration, future: F) -> Option<F::Output> {
    before(future, || environment.sleep(limit)).await
}

/// The same for what a journal does, whose disk or database knows nothing of the environment's clock.
pub(crate) async fn within_io<F: Future>(
    environment: &dyn Environment,
    limit: Duration,
    future: F,
) -> Option<F::Output> {
    before(future, || environment.io_timeout(limit)).await
}
