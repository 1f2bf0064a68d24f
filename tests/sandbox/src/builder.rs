//! Starting a sandbox.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::apis;
use crate::caps::Caps;
use crate::clock::{Clock, ClockMode};
use crate::control::{Addresses, Control};
use crate::engine::{Engine, Parts};
use crate::error::SandboxError;
use crate::front::{Api, Front};
use crate::kind::Kind;
use crate::profile::Profile;
use crate::sandbox::Sandbox;
use crate::sending::Sending;
use crate::serve::{Answer, Bound, Listening};
use crate::settings;
use crate::store::Store;

/// The APIs that a sandbox can have, as they are called.
pub const APIS: &[&str] = &["cublox", "gormic", "omno", "paymega"];

/// What a sandbox is to be: which APIs, with which clock and seed, where it keeps its state.
///
/// By default it has no API, keeps its state in memory, stands still in time, and has the merchant `shop`.
#[derive(Clone, Debug)]
#[must_use]
pub struct Builder {
    apis: Vec<&'static str>,
    seed: Option<u64>,
    clock: ClockMode,
    file: Option<PathBuf>,
    listen: IpAddr,
    ports: BTreeMap<String, u16>,
    merchants: Vec<String>,
    hosts: Vec<String>,
    profile: Profile,
    callbacks_anywhere: bool,
    caps: Caps,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            apis: Vec::new(),
            seed: None,
            clock: ClockMode::Frozen,
            file: None,
            listen: IpAddr::V4(Ipv4Addr::LOCALHOST),
            ports: BTreeMap::new(),
            merchants: vec!["shop".to_owned()],
            hosts: Vec::new(),
            profile: Profile::default(),
            callbacks_anywhere: false,
            caps: Caps::default(),
        }
    }
}

impl Builder {
    /// Adds Cublox.
    pub fn cublox(self) -> Self {
        self.with("cublox")
    }

    /// Adds Gormic.
    pub fn gormic(self) -> Self {
        self.with("gormic")
    }

    /// Adds OMNO.
    pub fn omno(self) -> Self {
        self.with("omno")
    }

    /// Adds Paymega.
    pub fn paymega(self) -> Self {
        self.with("paymega")
    }

    /// Adds all APIs.
    pub fn all(self) -> Self {
        APIS.iter().fold(self, |builder, api| builder.with(api))
    }

    fn with(mut self, api: &'static str) -> Self {
        if !self.apis.contains(&api) {
            self.apis.push(api);
        }
        self
    }

    /// Adds an API by its name; [`APIS`] are those that there are.
    pub fn api(self, name: &str) -> Result<Self, SandboxError> {
        let known = APIS.iter().find(|api| **api == name);
        let unknown = || SandboxError::usage(format!("there is no API {name}; there are {}", APIS.join(", ")));
        Ok(self.with(known.ok_or_else(unknown)?))
    }

    /// Sets what ids, credentials and draws are made of; by default that of the file, or 1. A file keeps the seed that it was made with.
    pub const fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Sets how the time passes; by default it stands still until it is moved.
    pub const fn clock(mut self, mode: ClockMode) -> Self {
        self.clock = mode;
        self
    }

    /// Keeps the state in a file, where the next sandbox finds it; by default it is in memory.
    pub fn file(mut self, file: impl Into<PathBuf>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// Listens on this address instead of 127.0.0.1. Whoever reaches it can do everything.
    pub const fn listen(mut self, address: IpAddr) -> Self {
        self.listen = address;
        self
    }

    /// Answers to this host name too; by default to addresses and `localhost` alone, so that no other site's name can be led here.
    pub fn host(mut self, name: impl Into<String>) -> Self {
        self.hosts.push(name.into());
        self
    }

    /// Listens on this port for an API, or for `inspector`; by default on one that is free.
    pub fn port(mut self, api: impl Into<String>, port: u16) -> Self {
        self.ports.insert(api.into(), port);
        self
    }

    /// Adds a merchant, beside `shop`.
    pub fn merchant(mut self, name: impl Into<String>) -> Self {
        self.merchants.push(name.into());
        self
    }

    /// Sets how the sandbox behaves where the documents do not say.
    pub fn profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    /// Lets callbacks go to other machines; by default they stay on this one.
    pub const fn callbacks_anywhere(mut self) -> Self {
        self.callbacks_anywhere = true;
        self
    }

    /// Sets how many objects are kept at most, by default [`MOST_OBJECTS`](crate::MOST_OBJECTS). Whoever would add one beyond is answered with
    /// 507, and nothing changes.
    pub const fn object_limit(mut self, most: u64) -> Self {
        self.caps.objects = most;
        self
    }

    /// Sets how many events are kept at most, by default [`MOST_EVENTS`](crate::MOST_EVENTS). A change beyond is answered with 507, and nothing
    /// changes; one that a timer would make is given up.
    pub const fn event_limit(mut self, most: u64) -> Self {
        self.caps.events = most;
        self
    }

    /// Opens the store and the listeners. All of it ends when the result is dropped.
    pub async fn start(self) -> Result<Sandbox, SandboxError> {
        let store = Store::open(self.file.as_deref())?;
        let start = store.read(crate::clock::kept)?;
        let seed = self.seed_of(&store)?;
        let cublox = apis::cublox::kind(&self.profile);
        let paymega = apis::paymega::kind(&self.profile);
        let payins = Arc::new(apis::omno::Transactions { machine: &apis::omno::PAYIN });
        let payouts = Arc::new(apis::omno::Transactions { machine: &apis::omno::PAYOUT });
        // Those of all APIs, as a file may hold rows of one that is not served this time: their timers go on.
        let mut kinds: Vec<Arc<dyn Kind>> = vec![cublox.clone(), paymega.clone(), payins.clone(), payouts.clone()];
        let quiet = [apis::omno::Quiet::CARDS, apis::omno::Quiet::SESSIONS];
        kinds.extend(quiet.map(|kind| Arc::new(kind) as Arc<dyn Kind>));
        let machines = [&apis::gormic::PAYMENT, &apis::gormic::ORDER, &apis::gormic::INVOICE];
        kinds.extend(machines.map(|machine| Arc::new(apis::gormic::Records(machine)) as Arc<dyn Kind>));
        let engine = Arc::new(Engine::new(Parts {
            store,
            clock: Clock::new(self.clock, start),
            seed,
            profile: self.profile.clone(),
            sending: Sending::new(self.callbacks_anywhere)?,
            caps: self.caps,
            kinds,
        }));
        engine.remember()?;
        for name in &self.merchants {
            engine.merchant(name);
        }
        engine.recover().await?;
        let control = Arc::new(Control { engine: Arc::clone(&engine), addresses: OnceLock::new() });
        let hosts: Arc<[String]> = self.hosts.as_slice().into();
        let mut listening = BTreeMap::new();
        let inspector = self.bind("inspector").await?;
        for api in &self.apis {
            let bound = self.bind(api).await?;
            let served: Arc<dyn Api> = match *api {
                "cublox" => Arc::new(apis::cublox::Brand::new(Arc::clone(&engine), cublox.clone())),
                "gormic" => Arc::new(apis::gormic::Gormic::new(Arc::clone(&engine))),
                "omno" => {
                    let (engine, payins, payouts) = (Arc::clone(&engine), payins.clone(), payouts.clone());
                    let operations = apis::omno::Operations { engine, payins, payouts };
                    Arc::new(apis::omno::Omno::new(operations, format!("http://{}", bound.address())))
                }
                _ => Arc::new(apis::paymega::Brand::new(Arc::clone(&engine), paymega.clone())),
            };
            let front = Front { api: served, engine: Arc::clone(&engine), control: Arc::clone(&control) };
            listening.insert(*api, bound.serve(Arc::new(front), Arc::clone(&hosts)));
        }
        let apis =
            listening.iter().map(|(api, listening): (&&'static str, &Listening)| (*api, listening.address)).collect();
        // Set once, here.
        let _ = control.addresses.set(Addresses { apis, inspector: inspector.address() });
        let answer: Arc<dyn Answer> = control.clone();
        let inspector = inspector.serve(answer, hosts);
        Ok(Sandbox::new(engine, control, listening, inspector))
    }

    /// The seed, which the store keeps.
    fn seed_of(&self, store: &Store) -> Result<u64, SandboxError> {
        match (self.seed, store.read(settings::seed)?) {
            (Some(seed), Some(kept)) if seed != kept => Err(SandboxError::usage(format!(
                "the file was made with the seed {kept}, of which its ids and credentials are made; start with this seed or \
                 without one, or with another file"
            ))),
            (_, Some(kept)) => Ok(kept),
            (seed, None) => {
                let seed = seed.unwrap_or(1);
                store.later(settings::keep_seed(seed))?;
                Ok(seed)
            }
        }
    }

    async fn bind(&self, name: &str) -> Result<Bound, SandboxError> {
        let port = self.ports.get(name).copied().unwrap_or(0);
        Bound::new(SocketAddr::new(self.listen, port)).await
    }
}
