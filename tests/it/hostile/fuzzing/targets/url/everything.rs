//! An operation with a parameter of every place and style, both sides of it, as generated code would have them.

use std::sync::{Arc, Mutex};

use specie_runtime::client::{Answer, BuildError, Decoded, Invoke, RequestWriter};
use specie_runtime::server::{Answering, Dispatch, Incoming, Rejection, Reply, Route, Serve, Server};
use specie_runtime::{ApiDescription, BaseSpec, ListStyle, Method, NoError, Operation, OperationSpec};

pub const API: &ApiDescription =
    &ApiDescription { name: "everything", bases: &[BaseSpec { name: "base_url", default: None }], schemes: &[] };

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Everything {
    segment: String,
    commas_in_path: Vec<String>,
    query: String,
    commas: Vec<String>,
    spaces: Vec<String>,
    pipes: Vec<String>,
    header: Option<String>,
    header_list: Vec<String>,
    cookie: Option<String>,
    repeated: Vec<String>,
}

impl Everything {
    /// Reads a line for each field; fields without a line are empty, and the segment is some text.
    pub fn read(lines: &str) -> Self {
        let mut lines = lines.split('\n');
        let mut line = || lines.next();
        let list = |line: Option<&str>| -> Vec<String> {
            line.filter(|line| !line.is_empty()).map(|line| line.split(' ').map(decoded).collect()).unwrap_or_default()
        };
        Self {
            segment: line().map_or_else(|| "a".to_owned(), decoded),
            commas_in_path: line().map_or_else(|| vec!["a".to_owned()], |line| list(Some(line))),
            query: line().map(decoded).unwrap_or_default(),
            commas: list(line()),
            spaces: list(line()),
            pipes: list(line()),
            header: line().map(decoded),
            header_list: list(line()),
            cookie: line().map(decoded),
            repeated: list(line()),
        }
    }
}

/// Percent-decodes a text; what is not encoded stands for itself.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digits = bytes.get(at + 1..at + 3).and_then(|digits| str::from_utf8(digits).ok());
        if let Some(decoded) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| *byte == b'%') {
            out.push(decoded);
            at += 3;
        } else {
            out.push(*byte);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

impl Operation for Everything {
    type Output = ();
    type Error = NoError;
    const SPEC: &'static OperationSpec =
        &OperationSpec::new("everything", Method::GET, "/everything/{segment}.json/{commas}/x");
}

impl Invoke for Everything {
    fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
        request.path("segment", &self.segment)?;
        request.path_list("commas", ListStyle::Commas, &self.commas_in_path)?;
        request.query("q[u]", &self.query)?;
        request.query_list("commas", ListStyle::Commas, &self.commas)?;
        request.query_list("spaces", ListStyle::Spaces, &self.spaces)?;
        request.query_list("pipes", ListStyle::Pipes, &self.pipes)?;
        request.header_optional("X-One", self.header.as_ref())?;
        request.header_list("X-Many", ListStyle::Commas, &self.header_list)?;
        request.cookie_optional("c", self.cookie.as_ref())?;
        request.query_list("repeated", ListStyle::Repeated, &self.repeated)
    }

    fn decode(answer: &Answer) -> Decoded<Self> {
        match answer.status() {
            204 => Ok(Ok(())),
            _ => Err(answer.undocumented()),
        }
    }
}

impl Serve for Everything {
    async fn receive(incoming: &mut Incoming) -> Result<Self, Rejection> {
        Ok(Self {
            segment: incoming.path_any("segment")?,
            commas_in_path: incoming.path_list_any("commas", ListStyle::Commas)?,
            query: incoming.query("q[u]")?,
            commas: incoming.query_list("commas", ListStyle::Commas)?,
            spaces: incoming.query_list("spaces", ListStyle::Spaces)?,
            pipes: incoming.query_list("pipes", ListStyle::Pipes)?,
            header: incoming.header_optional("X-One")?,
            header_list: incoming.header_list("X-Many", ListStyle::Commas)?,
            cookie: incoming.cookie_optional("c")?,
            repeated: incoming.query_list("repeated", ListStyle::Repeated)?,
        })
    }

    fn respond((): ()) -> Reply {
        Reply::empty(204)
    }

    fn refuse(error: NoError) -> Reply {
        match error {}
    }
}

/// Keeps the last request that arrived.
#[derive(Clone, Default)]
pub struct Keeper(Arc<Mutex<Option<Everything>>>);

impl Keeper {
    pub fn take(&self) -> Option<Everything> {
        self.0.lock().unwrap().take()
    }
}

pub struct EverythingServer<T> {
    server: Server<T>,
}

specie_runtime::service!(EverythingServer, Keeping);

/// Where a request is kept.
pub trait Keeping: Send + Sync + 'static {
    fn keep(&self, request: Everything);
}

impl Keeping for Keeper {
    fn keep(&self, request: Everything) {
        *self.0.lock().unwrap() = Some(request);
    }
}

impl<T: Keeping> Dispatch for EverythingServer<T> {
    type Api = T;
    const DESCRIPTION: &'static ApiDescription = API;
    const ROUTES: &'static [Route] = &[Route::of::<Everything>()];

    fn dispatch(api: &T, incoming: Incoming) -> Answering<'_> {
        incoming.answer(|request: Everything, _| {
            api.keep(request);
            std::future::ready(Ok(()))
        })
    }

    fn reject(_: &T, rejection: &Rejection) -> Reply {
        rejection.to_problem()
    }
}
