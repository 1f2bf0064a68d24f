//! The mock over a socket.

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;

use crate::Mock;
use crate::rejection::{Reason, Rejection};

/// The largest body of a request, in bytes.
const LARGEST: usize = 16 << 20;

/// How long a body of a request may take.
const BODY_TIME: Duration = Duration::from_secs(30);

/// How long requests may take to end after the server was stopped.
const STOPPING: Duration = Duration::from_secs(3);

/// Answers requests until `stop` is ready; `log` gets a line for each: `POST /payouts 422 the body's /amount is below the minimum 1`.
pub async fn serve(
    listener: TcpListener,
    mock: Arc<Mock>,
    log: impl Fn(&str) + Clone + Send + Sync + 'static,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let connections = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, _)) = accepted else {
            // A connection that broke before it was taken is no reason to end; a lack of sockets passes.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        let (mock, log) = (Arc::clone(&mock), log.clone());
        let service = service_fn(move |request| {
            let (mock, log) = (Arc::clone(&mock), log.clone());
            async move { Ok::<_, std::convert::Infallible>(answered(&mock, &log, request).await) }
        });
        let connection = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
        let connection = connections.watch(connection);
        // Whatever ends a connection early ends that one only.
        tokio::spawn(async move { drop(connection.await) });
    }
    drop(listener);
    drop(tokio::time::timeout(STOPPING, connections.shutdown()).await);
    Ok(())
}

async fn answered(mock: &Mock, log: &impl Fn(&str), request: Request<Incoming>) -> Response<Full<Bytes>> {
    let (head, body) = request.into_parts();
    // The query is left out: it may hold a key.
    let path = head.uri.path().to_owned();
    let method = head.method.clone();
    let read = tokio::time::timeout(BODY_TIME, Limited::new(body, LARGEST).collect()).await;
    let response = match read {
        Ok(Ok(body)) => mock.respond(&Request::from_parts(head, body.to_bytes())),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            mock.rejected(&Rejection::new(&[413], format!("the body is longer than {LARGEST} bytes")))
        }
        Ok(Err(_)) => mock.rejected(&Rejection::new(&[400], "the body ended early")),
        Err(_) => mock.rejected(&Rejection::new(&[408], "the body did not arrive in time")),
    };
    let reason = response.extensions().get::<Reason>().map(|reason| format!(" {}", reason.0)).unwrap_or_default();
    log(&format!("{method} {path} {}{reason}", response.status().as_u16()));
    response.map(|body| Full::new(Bytes::from(body)))
}
