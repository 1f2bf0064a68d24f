//! Many calls at once that need one token.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use crate::body::Body;
use http::{Request, Response};

use super::super::fixtures::{API, ByBearer};
use super::{credentials, grant};
use crate::client::{
    ApiClient, ApiClientBuilder, Bearer, BoxFuture, Call, Environment, Options, RetryPolicy, System, Transport,
    TransportError,
};

/// A token endpoint that takes its time, and a payment endpoint; counts the requests of both.
#[derive(Clone, Default)]
struct Slow {
    fetches: Arc<AtomicUsize>,
    payments: Arc<AtomicUsize>,
    denies: bool,
    lifetime: u32,
    /// How many fetches are on their way, and the most there ever were.
    at_once: Arc<(AtomicUsize, AtomicUsize)>,
}

/// The system's clock, which can be set forward.
#[derive(Clone, Debug, Default)]
struct Shifted(Arc<Mutex<Duration>>);

impl Environment for Shifted {
    fn now(&self) -> Instant {
        System.now() + *self.0.lock().unwrap()
    }

    fn wall_clock(&self) -> SystemTime {
        System.wall_clock()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        System.sleep(duration)
    }

    fn fill(&self, bytes: &mut [u8]) -> io::Result<()> {
        System.fill(bytes)
    }
}

impl Transport for Slow {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            if request.uri().path() == "/payouts" {
                self.payments.fetch_add(1, Ordering::Relaxed);
                return Ok(Response::new(Body::from("\"\"")));
            }
            self.fetches.fetch_add(1, Ordering::Relaxed);
            let at_once = self.at_once.0.fetch_add(1, Ordering::Relaxed) + 1;
            self.at_once.1.fetch_max(at_once, Ordering::Relaxed);
            for _ in 0..10 {
                tokio::task::yield_now().await;
            }
            self.at_once.0.fetch_sub(1, Ordering::Relaxed);
            let mut response = Response::new(Body::from(grant("one", self.lifetime)));
            if self.denies {
                *response.status_mut() = http::StatusCode::UNAUTHORIZED;
            }
            Ok(response)
        })
    }
}

/// A client whose time passes by itself: simulated time would pass while a call waits for the token of another.
fn client(server: &Slow, time: &Shifted) -> ApiClient {
    ApiClientBuilder::new(&API)
        .base(0, "https://api.example.com")
        .credential(1, Bearer::new(credentials()))
        .options(Options::new().retry(RetryPolicy::never()).environment(time.clone()))
        .transport(server.clone())
        .build()
        .unwrap()
}

/// Fifty calls at once.
async fn fifty_calls(client: &ApiClient) -> usize {
    let calls: Vec<_> = (0..50)
        .map(|_| {
            let call = Call::new(client, ByBearer);
            tokio::spawn(async move { call.await.is_ok() })
        })
        .collect();
    let mut succeeded = 0;
    for call in calls {
        succeeded += usize::from(call.await.unwrap());
    }
    succeeded
}

#[tokio::test]
async fn many_callers_wait_for_one_token() {
    // Also for one that was over before it came: they have waited for it, and another one would be no better.
    for lifetime in [300, 0] {
        let server = Slow { lifetime, ..Slow::default() };
        assert_eq!(fifty_calls(&client(&server, &Shifted::default())).await, 50);
        assert_eq!((server.fetches.load(Ordering::Relaxed), server.payments.load(Ordering::Relaxed)), (1, 50));
    }
}

#[tokio::test]
async fn many_callers_share_one_failure() {
    let server = Slow { denies: true, ..Slow::default() };
    assert_eq!(fifty_calls(&client(&server, &Shifted::default())).await, 0);
    assert_eq!((server.fetches.load(Ordering::Relaxed), server.payments.load(Ordering::Relaxed)), (1, 0));
}

#[tokio::test]
async fn while_one_call_renews_a_token_the_others_go_on_with_it() {
    let (server, time) = (Slow { lifetime: 300, ..Slow::default() }, Shifted::default());
    let client = client(&server, &time);
    assert_eq!(fifty_calls(&client).await, 50);
    // Less than 30 seconds are left: it is good, and to be replaced. Then none are left.
    for (seconds, fetches) in [(280, 2), (600, 3)] {
        *time.0.lock().unwrap() = Duration::from_secs(seconds);
        assert_eq!(fifty_calls(&client).await, 50);
        assert_eq!(server.fetches.load(Ordering::Relaxed), fetches);
    }
    assert_eq!(server.at_once.1.load(Ordering::Relaxed), 1, "never twice at a time");
}
