//! What faults do to a connection: a stream that can be reset, and a body that can break off or come slowly.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

/// A connection that is reset instead of closed, once the flag is set.
pub(crate) struct Resettable {
    stream: TcpStream,
    reset: Arc<AtomicBool>,
}

impl Resettable {
    /// The connection, and the flag.
    pub(crate) fn new(stream: TcpStream) -> (Self, Arc<AtomicBool>) {
        let reset = Arc::<AtomicBool>::default();
        (Self { stream, reset: Arc::clone(&reset) }, reset)
    }
}

impl Drop for Resettable {
    fn drop(&mut self) {
        if self.reset.load(Ordering::SeqCst) {
            // With no time to linger, closing sends RST.
            let _ = socket2::SockRef::from(&self.stream).set_linger(Some(Duration::ZERO));
        }
    }
}

impl AsyncRead for Resettable {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Resettable {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.reset.load(Ordering::SeqCst) {
            // An orderly end would come before the reset.
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// A piece of a response's body.
enum Piece {
    Data(Bytes),
    /// Lets what is before it leave first.
    Yield,
    Pause(Duration),
    BreakOff,
    /// More that comes as it is sent: events, for pages.
    Live(tokio::sync::mpsc::Receiver<Bytes>),
}

/// The body of a response.
pub(crate) struct WireBody {
    pieces: VecDeque<Piece>,
    /// What the header announces, which faults leave as it was.
    length: Option<u64>,
    sleep: Option<Pin<Box<Sleep>>>,
}

/// Ends a connection in the middle of a body.
#[derive(Debug)]
pub(crate) struct BrokenOff;

impl std::fmt::Display for BrokenOff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a fault breaks the response off")
    }
}

impl std::error::Error for BrokenOff {}

fn length(bytes: &Bytes) -> Option<u64> {
    u64::try_from(bytes.len()).ok()
}

impl WireBody {
    /// The bytes, all at once.
    pub(crate) fn whole(bytes: Bytes) -> Self {
        let length = length(&bytes);
        let pieces = if bytes.is_empty() { VecDeque::new() } else { [Piece::Data(bytes)].into() };
        Self { pieces, length, sleep: None }
    }

    /// The first bytes, and then nothing more.
    pub(crate) fn truncated(bytes: &Bytes, after: usize) -> Self {
        let length = length(bytes);
        let first = bytes.slice(..after.min(bytes.len().saturating_sub(1)));
        Self { pieces: [Piece::Data(first), Piece::Yield, Piece::BreakOff].into(), length, sleep: None }
    }

    /// One byte after the other.
    pub(crate) fn slow(bytes: &Bytes, pause: Duration) -> Self {
        let piece = |at| [Piece::Pause(pause), Piece::Data(bytes.slice(at..=at))];
        Self { pieces: (0..bytes.len()).flat_map(piece).collect(), length: length(bytes), sleep: None }
    }

    /// What comes, until the sender is gone.
    pub(crate) fn live(pieces: tokio::sync::mpsc::Receiver<Bytes>) -> Self {
        Self { pieces: [Piece::Live(pieces)].into(), length: None, sleep: None }
    }
}

impl Body for WireBody {
    type Data = Bytes;
    type Error = BrokenOff;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BrokenOff>>> {
        loop {
            if let Some(sleep) = &mut self.sleep {
                ready!(sleep.as_mut().poll(cx));
                self.sleep = None;
            }
            if let Some(Piece::Live(pieces)) = self.pieces.front_mut() {
                let piece = ready!(pieces.poll_recv(cx));
                return Poll::Ready(piece.map(|bytes| Ok(Frame::data(bytes))));
            }
            match self.pieces.pop_front() {
                None | Some(Piece::Live(_)) => return Poll::Ready(None),
                Some(Piece::Data(bytes)) => return Poll::Ready(Some(Ok(Frame::data(bytes)))),
                Some(Piece::Yield) => {
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Some(Piece::Pause(pause)) => self.sleep = Some(Box::pin(tokio::time::sleep(pause))),
                Some(Piece::BreakOff) => return Poll::Ready(Some(Err(BrokenOff))),
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.pieces.is_empty() && self.sleep.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

impl<T: Into<Bytes>> From<T> for WireBody {
    fn from(bytes: T) -> Self {
        Self::whole(bytes.into())
    }
}
