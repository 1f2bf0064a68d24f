//! The byte stream of a connection: plain, TLS, or TLS inside the TLS connection to a proxy.

use std::io::ErrorKind;
use std::mem::MaybeUninit;

use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

pub(super) type Stream = Box<dyn Bytes>;

/// A stream that knows the socket below it.
pub(super) trait Bytes: AsyncRead + AsyncWrite + Send + Unpin {
    fn socket(&self) -> &TcpStream;
}

impl Bytes for TcpStream {
    fn socket(&self) -> &TcpStream {
        self
    }
}

impl Bytes for Stream {
    fn socket(&self) -> &TcpStream {
        (**self).socket()
    }
}

impl Bytes for TlsStream<Stream> {
    fn socket(&self) -> &TcpStream {
        self.get_ref().0.socket()
    }
}

/// Whether nothing has come over a connection since it was last read: neither bytes nor its end.
///
/// The socket itself is asked. What tokio knows of it is as old as its last look at all sockets, and bytes that came after that would be
/// taken for the response to the next request.
pub(super) fn is_silent(stream: &Stream) -> bool {
    let seen = SockRef::from(stream.socket()).peek(&mut [MaybeUninit::uninit()]);
    matches!(seen, Err(error) if error.kind() == ErrorKind::WouldBlock)
}
