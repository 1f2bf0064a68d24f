//! A body that is written from elsewhere.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use tokio::sync::mpsc;

use super::{BodyError, Pieces};

/// Writes the pieces of a [`Body::channel`](super::Body::channel).
///
/// The body ends where [`finish`](Self::finish) is called. A sender that is dropped before makes it end with an error, so that a writer
/// that fails or panics never passes for one that was done.
///
/// ```
/// use specie_runtime::Body;
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let (mut sender, body) = Body::channel(2);
/// let writer = tokio::spawn(async move {
///     sender.send("id;amount\n").await?;
///     sender.send("1;10.00\n").await?;
///     sender.finish().await
/// });
/// assert_eq!(body.into_bytes(1024).await?, "id;amount\n1;10.00\n");
/// writer.await??;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// ```
pub struct BodySender {
    sender: mpsc::Sender<Step>,
}

enum Step {
    Piece(Bytes),
    End,
    Failed(BodyError),
}

/// The reader of the body has gone, and nothing more needs to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed;

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the reader of the body has gone")
    }
}

impl std::error::Error for Closed {}

impl BodySender {
    /// Writes a piece, as soon as there is room for it.
    pub async fn send(&mut self, piece: impl Into<Bytes>) -> Result<(), Closed> {
        self.step(Step::Piece(piece.into())).await
    }

    /// Ends the body.
    pub async fn finish(self) -> Result<(), Closed> {
        self.step(Step::End).await
    }

    /// Ends the body with an error. Its text must hold nothing of the body.
    pub async fn fail(self, error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Result<(), Closed> {
        self.step(Step::Failed(BodyError::interrupted("the writer of the body failed").because(error))).await
    }

    async fn step(&self, step: Step) -> Result<(), Closed> {
        self.sender.send(step).await.map_err(|_| Closed)
    }
}

impl fmt::Debug for BodySender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodySender").finish_non_exhaustive()
    }
}

pub(super) fn channel(capacity: usize) -> (BodySender, Pieces) {
    // A channel has room for one piece at least.
    let (sender, receiver) = mpsc::channel(capacity.max(1));
    (BodySender { sender }, Box::pin(Written(Some(receiver))))
}

/// What was written; `None` after the end.
struct Written(Option<mpsc::Receiver<Step>>);

impl Stream for Written {
    type Item = Result<Bytes, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(receiver) = &mut self.0 else {
            return Poll::Ready(None);
        };
        receiver.poll_recv(context).map(|step| {
            let error = match step {
                Some(Step::Piece(piece)) => return Some(Ok(piece)),
                Some(Step::End) => None,
                Some(Step::Failed(error)) => Some(error),
                None => Some(BodyError::interrupted("the writer of the body stopped before its end")),
            };
            self.0 = None;
            error.map(Err)
        })
    }
}
