//! Time limits on futures.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;

/// What the future gives, or `None` if `timer` makes one that ends before.
///
/// The future is asked first: what is there counts, even at the last moment. The timer is made when the future has to wait for the first
/// time, so that work which is done at once costs none. It is no `async fn`, whose future has room for each argument twice.
pub(crate) fn before<F: Future, T: Future<Output = ()> + Unpin>(
    future: F,
    timer: impl Fn() -> T,
) -> impl Future<Output = Option<F::Output>> {
    let mut made: Option<T> = None;
    async move {
        let mut future = pin!(future);
        poll_fn(|context| {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Some(output));
            }
            Pin::new(made.get_or_insert_with(&timer)).poll(context).map(|()| None)
        })
        .await
    }
}
