//! Calls outside of `async` programs on tokio.

use std::io;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant, SystemTime};

use super::fixtures::{API, Get};
use super::loopback::serve;
use crate::client::transport::BoxFuture;
use crate::client::{ApiClientBuilder, Call, Environment, Options, Scripted, TransportError};

#[test]
fn a_blocking_program_waits_on_a_runtime_of_its_own() {
    let (address, _) = serve(vec!["HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n\"po_1\""]);
    let client = ApiClientBuilder::new(&API).base(0, format!("http://{address}")).build().unwrap();

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let found = runtime.block_on(Call::new(&client, Get).into_future());

    assert_eq!(found.unwrap(), "po_1");
}

/// Wakes the thread that waits.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// An executor of one future.
fn block_on<F: Future>(future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

/// The timer of another executor, which keeps what it was asked for and lets no time pass.
#[derive(Clone, Debug, Default)]
struct Elsewhere(Arc<Mutex<Vec<Duration>>>);

impl Environment for Elsewhere {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn wall_clock(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.0.lock().unwrap().push(duration);
        Box::pin(std::future::ready(()))
    }

    fn fill(&self, bytes: &mut [u8]) -> io::Result<()> {
        bytes.fill(1);
        Ok(())
    }
}

#[test]
fn another_executor_needs_a_transport_and_a_timer() {
    assert!(tokio::runtime::Handle::try_current().is_err());
    let transport = Scripted::new().fail(|| TransportError::interrupted("broken")).respond(200, "\"po_1\"");
    let elsewhere = Elsewhere::default();
    let client = ApiClientBuilder::new(&API)
        .base(0, "https://api.example.com")
        .options(Options::new().environment(elsewhere.clone()))
        .transport(transport.clone())
        .build()
        .unwrap();

    let found = block_on(Call::new(&client, Get).into_future());

    assert_eq!((found.unwrap().as_str(), transport.sent().len()), ("po_1", 2));
    assert!(!elsewhere.0.lock().unwrap().is_empty(), "the pause before the second attempt");
}
