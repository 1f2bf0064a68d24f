//! A way to the server that breaks where a test wants it: between two messages of the protocol, or after some bytes.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use specie_postgres::deadpool_postgres::Pool;
use specie_postgres::tokio_postgres::Config;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};

/// Where the next connection is cut; the counts are of all connections together, from when it was set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cut {
    Never,
    /// The server got so many messages, and the client no response to them.
    AfterRequests(u32),
    /// The client got so many messages.
    AfterResponses(u32),
    /// Each connection breaks after some bytes, up to so many, drawn from a seed.
    AtRandom {
        most: u64,
        seed: u64,
    },
}

/// A proxy in front of a server; it ends with the runtime.
pub struct Proxy {
    port: u16,
    state: Arc<Mutex<State>>,
}

struct State {
    cut: Cut,
    requests: u32,
    responses: u32,
    cuts: u32,
}

#[derive(Clone, Copy)]
enum Direction {
    Request,
    Response,
}

impl Proxy {
    pub async fn before(socket: PathBuf) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("its address").port();
        let state = Arc::new(Mutex::new(State { cut: Cut::Never, requests: 0, responses: 0, cuts: 0 }));
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(serve(client, socket.clone(), Arc::clone(&shared)));
            }
        });
        Self { port, state }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn pool(&self, database: &str, connections: usize) -> Pool {
        let mut config = Config::new();
        config.host("127.0.0.1").port(self.port).user("owner").dbname(database);
        specie_postgres::pool(config, connections).expect("a pool")
    }

    /// Sets where the next connection is cut, and begins to count.
    pub fn cut(&self, cut: Cut) {
        let mut state = self.lock();
        *state = State { cut, requests: 0, responses: 0, cuts: state.cuts };
    }

    /// How many messages the server and the client got since the last [`cut`](Self::cut).
    pub fn counts(&self) -> (u32, u32) {
        let state = self.lock();
        (state.requests, state.responses)
    }

    /// How many connections were cut in all.
    pub fn cuts(&self) -> u32 {
        self.lock().cuts
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn serve(client: TcpStream, socket: PathBuf, state: Arc<Mutex<State>>) {
    let Ok(server) = UnixStream::connect(socket).await else { return };
    let budget = {
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut state.cut {
            Cut::AtRandom { most, seed } => {
                *seed = next(*seed);
                Some(*seed % *most)
            }
            _ => None,
        }
    };
    let budget = Arc::new(Mutex::new(budget));
    let (client_in, client_out) = client.into_split();
    let (server_in, server_out) = server.into_split();
    let requests = pass(client_in, server_out, Direction::Request, Arc::clone(&state), Arc::clone(&budget));
    let responses = pass(server_in, client_out, Direction::Response, state, budget);
    // What ends one way ends the other, and drops both sockets.
    tokio::select! {
        () = requests => {}
        () = responses => {}
    }
}

/// Passes messages on until the connection is to be cut.
async fn pass(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    direction: Direction,
    state: Arc<Mutex<State>>,
    budget: Arc<Mutex<Option<u64>>>,
) {
    let mut is_first = matches!(direction, Direction::Request);
    while let Some(message) = read_message(&mut from, is_first).await {
        let is_counted = !is_first;
        is_first = false;
        if is_counted && !may_pass(&state, direction) {
            break;
        }
        let whole = message.len();
        let allowed = spend(&budget, whole);
        if to.write_all(&message[..allowed]).await.is_err() {
            break;
        }
        if allowed < whole {
            state.lock().unwrap_or_else(PoisonError::into_inner).cuts += 1;
            break;
        }
        if is_counted && is_last(&state, direction) {
            break;
        }
    }
}

/// A whole message: a type, its length and the rest; the first one of a client has no type.
async fn read_message(from: &mut (impl AsyncRead + Unpin), is_first: bool) -> Option<Vec<u8>> {
    let head = if is_first { 4 } else { 5 };
    let mut message = vec![0; head];
    from.read_exact(&mut message).await.ok()?;
    let length = u32::from_be_bytes(message[head - 4..].try_into().ok()?);
    let mut rest = vec![0; length as usize - 4];
    from.read_exact(&mut rest).await.ok()?;
    message.extend(rest);
    Some(message)
}

/// Whether a message may still pass; counts it.
fn may_pass(state: &Mutex<State>, direction: Direction) -> bool {
    let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
    match direction {
        Direction::Request => {
            if matches!(state.cut, Cut::AfterRequests(most) if state.requests >= most) {
                state.cut = Cut::Never;
                state.cuts += 1;
                return false;
            }
            state.requests += 1;
        }
        Direction::Response => {
            let has_all = match state.cut {
                Cut::AfterRequests(most) => state.requests >= most,
                Cut::AfterResponses(most) => state.responses >= most,
                _ => false,
            };
            if has_all {
                state.cut = Cut::Never;
                state.cuts += 1;
                return false;
            }
            state.responses += 1;
        }
    }
    true
}

/// Whether the connection ends behind the message that was passed on.
fn is_last(state: &Mutex<State>, direction: Direction) -> bool {
    let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
    let is_last = match (direction, state.cut) {
        (Direction::Request, Cut::AfterRequests(most)) => state.requests >= most,
        (Direction::Response, Cut::AfterResponses(most)) => state.responses >= most,
        _ => false,
    };
    if is_last {
        state.cut = Cut::Never;
        state.cuts += 1;
    }
    is_last
}

fn spend(budget: &Mutex<Option<u64>>, bytes: usize) -> usize {
    let mut budget = budget.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(left) = budget.as_mut() else { return bytes };
    let allowed = usize::try_from(*left).unwrap_or(usize::MAX).min(bytes);
    *left -= allowed as u64;
    allowed
}

/// The next number of a seed (Marsaglia's xorshift).
pub fn next(seed: u64) -> u64 {
    let mut seed = seed.max(1);
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^ (seed << 17)
}
