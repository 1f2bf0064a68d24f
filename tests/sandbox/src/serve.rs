//! Listening: accepts connections, and gives each request to what answers it.

use std::convert::Infallible;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use http::{Request, Response, StatusCode, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use specie_runtime::client::BoxFuture;
use tokio::net::TcpListener;
use tokio::task::{AbortHandle, JoinSet};

use crate::error::SandboxError;
use crate::faulty_connection::{Resettable, WireBody};

/// How a request ends.
pub(crate) enum Ending {
    /// With a response.
    Response(Response<WireBody>),
    /// The connection is closed without a byte.
    Drop,
    /// The connection is reset.
    Reset,
    /// Never.
    Hang,
}

impl From<Response<WireBody>> for Ending {
    fn from(response: Response<WireBody>) -> Self {
        Self::Response(response)
    }
}

/// What answers requests.
pub(crate) trait Answer: Send + Sync + 'static {
    fn answer(self: Arc<Self>, request: Request<Incoming>) -> BoxFuture<'static, Ending>;
}

/// A listener; it closes, with its connections, when this is dropped.
#[derive(Debug)]
pub(crate) struct Listening {
    pub(crate) address: SocketAddr,
    task: AbortHandle,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The connection ends without a response.
#[derive(Debug)]
struct Cut;

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fault ends the connection")
    }
}

impl std::error::Error for Cut {}

/// A listener that is open, before anything answers on it: its address is known, and callers wait.
pub(crate) struct Bound(TcpListener, SocketAddr);

impl Bound {
    pub(crate) async fn new(address: SocketAddr) -> Result<Self, SandboxError> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        Ok(Self(listener, address))
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.1
    }

    /// Answers on it.
    pub(crate) fn serve(self, answer: Arc<dyn Answer>, hosts: Arc<[String]>) -> Listening {
        let Self(listener, address) = self;
        let task = tokio::spawn(accept(listener, Meant { address, hosts }, answer)).abort_handle();
        Listening { address, task }
    }
}

/// What callers may call the sandbox.
#[derive(Clone, Debug)]
struct Meant {
    address: SocketAddr,
    hosts: Arc<[String]>,
}

async fn accept(listener: TcpListener, meant: Meant, answer: Arc<dyn Answer>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    // Small responses are not held back.
                    let _ = stream.set_nodelay(true);
                    connections.spawn(connection(stream, meant.clone(), Arc::clone(&answer)));
                }
                // The connection is gone already, or there are too many: others may still come.
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn connection(stream: tokio::net::TcpStream, meant: Meant, answer: Arc<dyn Answer>) {
    let (stream, reset) = Resettable::new(stream);
    let service = service_fn(move |request| {
        let (answer, meant, reset) = (Arc::clone(&answer), meant.clone(), Arc::clone(&reset));
        async move { ended(answer, &meant, request, &reset).await }
    });
    // Ends with an error where a fault says so.
    let _ = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
}

async fn ended(
    answer: Arc<dyn Answer>,
    meant: &Meant,
    request: Request<Incoming>,
    reset: &AtomicBool,
) -> Result<Response<WireBody>, Cut> {
    if !meant.fits(&request) {
        return Ok(plain(
            StatusCode::MISDIRECTED_REQUEST,
            "the header Host names another host than this sandbox; `--host NAME` adds one",
        ));
    }
    match answer.answer(request).await {
        Ending::Response(response) => Ok(response),
        Ending::Drop => Err(Cut),
        Ending::Reset => {
            reset.store(true, Ordering::SeqCst);
            Err(Cut)
        }
        Ending::Hang => match std::future::pending::<Infallible>().await {},
    }
}

impl Meant {
    /// Whether the caller meant this sandbox: a page of another site that leads its own name here (DNS rebinding) did not. Addresses are not
    /// led anywhere.
    fn fits<B>(&self, request: &Request<B>) -> bool {
        let Some(host) = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()) else { return false };
        let name = host
            .rsplit_once(':')
            .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
            .map_or(host, |(name, _)| name);
        let ip = name.trim_start_matches('[').trim_end_matches(']').parse();
        let own = self.address.ip();
        name.eq_ignore_ascii_case("localhost")
            || self.hosts.iter().any(|host| host.eq_ignore_ascii_case(name))
            || ip.is_ok_and(|ip: std::net::IpAddr| ip.is_loopback() || ip == own || own.is_unspecified())
    }
}

/// A response of plain text.
pub(crate) fn plain(status: StatusCode, text: &str) -> Response<WireBody> {
    response(status, "text/plain; charset=utf-8", text.to_owned())
}

/// A response with a body.
pub(crate) fn response(status: StatusCode, media_type: &'static str, body: impl Into<WireBody>) -> Response<WireBody> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(media_type));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sandbox_for_other_machines_has_a_list_of_names() {
        let meant = |listen: &str, host: &str| {
            let meant = Meant { address: listen.parse().unwrap(), hosts: ["sandbox.test".to_owned()].into() };
            meant.fits(&Request::get("/").header("host", host).body(()).unwrap())
        };
        for host in ["localhost", "127.0.0.1:80", "[::1]:80", "10.1.2.3:80", "Sandbox.test:80", "sandbox.test"] {
            assert!(meant("0.0.0.0:80", host), "{host}");
        }
        for host in ["evil.example", "evil.example:80", "sandbox.test.evil.example", ""] {
            assert!(!meant("0.0.0.0:80", host), "{host}");
        }
        assert!(meant("10.1.2.3:80", "10.1.2.3") && !meant("127.0.0.1:80", "10.1.2.3"));
    }
}
