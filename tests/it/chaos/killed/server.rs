//! A Cublox server on a loopback socket that fails at random and strikes at a chosen request.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

use cublox::CreatePayoutInvoiceError::ServiceUnavailable;
use cublox::server::CubloxServer;
use tokio::net::TcpListener;

use crate::chaos::chance::Chance;
use crate::chaos::ledger::{Habits, Ledger, Moment};

/// Kills the client at a request.
pub struct Strike {
    /// Moments of requests until then.
    left: AtomicI64,
    struck: AtomicBool,
    kill: Box<dyn Fn() + Send + Sync>,
}

impl Strike {
    pub fn new(kill: impl Fn() + Send + Sync + 'static) -> Self {
        Self { left: AtomicI64::new(0), struck: AtomicBool::new(false), kill: Box::new(kill) }
    }

    /// Strikes when so many moments have passed.
    pub fn after(&self, moments: u64) {
        self.struck.store(false, Ordering::SeqCst);
        self.left.store(i64::try_from(moments).unwrap(), Ordering::SeqCst);
    }

    pub fn has_struck(&self) -> bool {
        self.struck.load(Ordering::SeqCst)
    }

    fn passed(&self) {
        if self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.struck.store(true, Ordering::SeqCst);
            (self.kill)();
        }
    }
}

pub struct Server {
    pub url: String,
    pub ledger: Ledger,
    requests: Arc<AtomicU64>,
}

impl Server {
    /// Serves on a thread of its own for as long as the process lives.
    pub fn start(chance: Chance, strike: Arc<Strike>) -> Self {
        let (tells, requests) = (chance.clone(), Arc::new(AtomicU64::new(0)));
        let count = Arc::clone(&requests);
        let habits = Habits {
            tells: Arc::new(move || tells.below(2) == 0),
            at: Arc::new(move |moment| {
                if moment == Moment::Arrived {
                    count.fetch_add(1, Ordering::Relaxed);
                }
                strike.passed();
                (chance.below(10) == 0).then_some(ServiceUnavailable)
            }),
            ..Habits::default()
        };
        let ledger = Ledger::new(habits);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = axum::Router::new().fallback_service(CubloxServer::new(ledger.clone()));
        std::thread::spawn(move || runtime.block_on(async { axum::serve(listener, router).await.unwrap() }));
        Self { url, ledger, requests }
    }

    /// How many requests to create have come in.
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }
}
