//! A Cublox server on a loopback socket, written from the document and RFC 9112, that does to each request what a test says.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};

/// A request, as it came in.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub target: String,
    pub body: Vec<u8>,
    /// The number of its connection, and its own number on it.
    pub connection: (usize, usize),
}

impl Request {
    pub fn creates(&self) -> bool {
        self.method == "POST"
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// When the server acts on a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Commit {
    /// Before it answers, or breaks off.
    Before,
    /// Once it has answered.
    After,
    Never,
}

/// What the server does with a request.
#[derive(Clone, Debug)]
pub struct Act {
    pub commit: Commit,
    /// What it sends; `None`: what it should.
    pub bytes: Option<Vec<u8>>,
    /// What it sends on top, unasked.
    pub stray: Vec<u8>,
    /// Whether the connection ends then.
    pub closes: bool,
}

/// As it should be.
pub const HONEST: Act = Act { commit: Commit::Before, bytes: None, stray: Vec::new(), closes: false };

impl Act {
    pub fn responds(commit: Commit, bytes: Vec<u8>) -> Self {
        Self { commit, bytes: Some(bytes), stray: Vec::new(), closes: false }
    }
}

type Script = Box<dyn Fn(&Request) -> Act + Send + Sync>;

/// The server; clones are one.
#[derive(Clone)]
pub struct Server(Arc<State>);

struct State {
    url: String,
    payouts: Mutex<BTreeMap<String, Vec<Value>>>,
    requests: Mutex<Vec<Request>>,
    script: Mutex<Arc<Script>>,
    made: AtomicUsize,
}

impl Server {
    /// Serves for as long as the process lives.
    pub fn start(script: impl Fn(&Request) -> Act + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let script: Script = Box::new(script);
        let server = Self(Arc::new(State {
            url,
            payouts: Mutex::default(),
            requests: Mutex::default(),
            script: Mutex::new(Arc::new(script)),
            made: AtomicUsize::new(0),
        }));
        let accepting = server.clone();
        thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let (server, stream) = (accepting.clone(), stream.unwrap());
                // A client that goes away ends its connection, which is no failure of the server.
                thread::spawn(move || drop(server.serve(stream, number)));
            }
        });
        server
    }

    pub fn url(&self) -> &str {
        &self.0.url
    }

    /// From now on it does this.
    pub fn now(&self, script: impl Fn(&Request) -> Act + Send + Sync + 'static) {
        *self.0.script.lock().unwrap() = Arc::new(Box::new(script));
    }

    /// The ids of what is there under a reference.
    pub fn under(&self, reference: &str) -> Vec<String> {
        let payouts = self.0.payouts.lock().unwrap();
        let there = payouts.get(reference).into_iter().flatten();
        there.map(|payout| payout["id"].as_str().unwrap().to_owned()).collect()
    }

    pub fn requests(&self) -> Vec<Request> {
        self.0.requests.lock().unwrap().clone()
    }

    /// The requests to create.
    pub fn creates(&self) -> usize {
        self.requests().iter().filter(|request| request.creates()).count()
    }

    fn serve(&self, stream: TcpStream, number: usize) -> std::io::Result<()> {
        let (mut reader, mut writer) = (BufReader::new(stream.try_clone()?), stream);
        for turn in 0.. {
            let Some(request) = read(&mut reader, (number, turn))? else { return Ok(()) };
            self.0.requests.lock().unwrap().push(request.clone());
            let script = Arc::clone(&self.0.script.lock().unwrap());
            let act = script(&request);
            let honest = match act.commit {
                Commit::Before => self.carry_out(&request),
                Commit::After | Commit::Never => Vec::new(),
            };
            let written = writer.write_all(&act.bytes.unwrap_or(honest)).and_then(|()| writer.write_all(&act.stray));
            if act.commit == Commit::After {
                self.carry_out(&request);
            }
            written?;
            if act.closes {
                return writer.shutdown(Shutdown::Both);
            }
        }
        Ok(())
    }

    /// Does what the document says, and gives the response to it.
    fn carry_out(&self, request: &Request) -> Vec<u8> {
        if !request.creates() {
            let payouts = self.0.payouts.lock().unwrap();
            let parameters = request.target.split(['?', '&']).filter_map(|pair| pair.split_once('='));
            let reference = parameters.into_iter().find_map(|(name, value)| {
                matches!(name, "filter[reference_id]" | "filter%5Breference_id%5D").then_some(value)
            });
            let data: Vec<_> = reference.and_then(|reference| payouts.get(reference)).into_iter().flatten().collect();
            return json_response("200 OK", &json!({"data": data}));
        }
        let asked = &request.json()["data"]["attributes"];
        let reference = asked["reference_id"].as_str().unwrap();
        let mut payouts = self.0.payouts.lock().unwrap();
        let there = payouts.entry(reference.to_owned()).or_default();
        if let Some(earlier) = there.first() {
            return json_response(
                "409 Conflict",
                &json!({"errors": [{"status": "Conflict", "code": "409"}], "data": earlier}),
            );
        }
        let number = self.0.made.fetch_add(1, Ordering::Relaxed);
        there.push(resource(&format!("cpoi_{number}"), reference));
        json_response("201 Created", &json!({"data": there[0]}))
    }
}

/// A payout of the amount that every test asks for.
pub fn resource(id: &str, reference: &str) -> Value {
    json!({"type": "payout-invoices", "id": id, "attributes": {
        "status": "created", "amount": 100.55, "currency": "USD", "reference_id": reference,
        "created": 1_597_835_735, "updated": 1_597_835_735,
    }})
}

/// A response of JSON.
pub fn json_response(status: &str, body: &Value) -> Vec<u8> {
    response(status, "content-type: application/json\r\n", body.to_string().as_bytes())
}

/// A complete response, with further headers, each with its line end.
pub fn response(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    // RFC 9110 section 15.3.5: a 204 has no body and says no length.
    let length = if status.starts_with("204") { String::new() } else { format!("content-length: {}\r\n", body.len()) };
    let mut bytes = format!("HTTP/1.1 {status}\r\n{headers}{length}\r\n").into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

fn read(reader: &mut impl BufRead, connection: (usize, usize)) -> std::io::Result<Option<Request>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let [method, target] = [0, 1].map(|part| line.split(' ').nth(part).unwrap_or_default().to_owned());
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        let Some((name, value)) = header.split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Some(Request { method, target, body, connection }))
}
