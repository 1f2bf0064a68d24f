//! An operation with a parameter of every place and style, both sides of it, as generated code would have them.

use std::sync::{Arc, Mutex};

use specie_runtime::client::{BuildError, ClientResponse, Decoded, Invoke, RequestWriter};
use specie_runtime::server::{
    Dispatch, HandlerFuture, Incoming, Received, Rejection, Route, Serve, Server, ServerResponse,
};
use specie_runtime::{ApiDescription, BaseSpec, Method, NoError, Operation, OperationSpec, ParameterSpec, Style};

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
        &OperationSpec::new("everything", Method::GET, "/everything/{segment}.json/{commas}/x").parameters(&[
            ParameterSpec::path("segment").any_path(),
            ParameterSpec::path("commas").list().any_path(),
            ParameterSpec::query("q[u]").required(),
            ParameterSpec::query("commas").list().style(Style::Form, false).required(),
            ParameterSpec::query("spaces").list().style(Style::SpaceDelimited, false).required(),
            ParameterSpec::query("pipes").list().style(Style::PipeDelimited, false).required(),
            ParameterSpec::header("X-One"),
            ParameterSpec::header("X-Many").list().required(),
            ParameterSpec::cookie("c"),
            ParameterSpec::query("repeated").list().required(),
        ]);
}

impl Invoke for Everything {
    fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
        request.parameter(0, &self.segment)?;
        request.parameter(1, &self.commas_in_path)?;
        request.parameter(2, &self.query)?;
        request.parameter(3, &self.commas)?;
        request.parameter(4, &self.spaces)?;
        request.parameter(5, &self.pipes)?;
        request.parameter(6, &self.header)?;
        request.parameter(7, &self.header_list)?;
        request.parameter(8, &self.cookie)?;
        request.parameter(9, &self.repeated)
    }

    fn decode(response: &ClientResponse) -> Decoded<Self> {
        match response.status() {
            204 => Ok(Ok(())),
            _ => Err(response.undocumented()),
        }
    }
}

impl Serve for Everything {
    fn receive(incoming: &Incoming) -> Result<Received<Self>, Rejection> {
        Ok(Received::Whole(Self {
            segment: incoming.parameter(0)?,
            commas_in_path: incoming.parameter(1)?,
            query: incoming.parameter(2)?,
            commas: incoming.parameter(3)?,
            spaces: incoming.parameter(4)?,
            pipes: incoming.parameter(5)?,
            header: incoming.parameter(6)?,
            header_list: incoming.parameter(7)?,
            cookie: incoming.parameter(8)?,
            repeated: incoming.parameter(9)?,
        }))
    }

    fn respond((): ()) -> ServerResponse {
        ServerResponse::empty(204)
    }

    fn refuse(error: NoError) -> ServerResponse {
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

    fn dispatch(api: &T, incoming: Incoming) -> HandlerFuture<'_> {
        incoming.respond(|request: Everything, _| {
            api.keep(request);
            std::future::ready(Ok(()))
        })
    }

    fn reject(_: &T, rejection: &Rejection) -> ServerResponse {
        rejection.to_problem()
    }
}
