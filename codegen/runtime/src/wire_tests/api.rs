//! An API whose bodies are of every kind.

use serde::{Deserialize, Serialize};

use super::default_success::{self, Negotiated, Only, Ranged};
use super::defaults::{self, Reserve, Search};
use super::every_fault::{self, Pay, PayWhole};
use super::headers::{self, List};
use super::items::{self, Either, Short};
use super::open_media_types::{self, Open};
use super::optional_bodies::{
    self, NullableJson, OptionalBytes, OptionalChoice, OptionalForm, OptionalParts, OptionalText,
};
use crate::body_kinds::multipart::PartSpec;
use crate::client::{BuildError, ClientResponse, Decoded, Invoke, RequestWriter};
use crate::operation::{BodyKind, MediaSpec, ResponseSpec};
use crate::server::{
    BodySpec, Dispatch, HandlerFuture, Incoming, Received, Refusal, Rejection, RequestContext, Route, Serve, Server,
    ServerResponse,
};
use crate::{
    ApiDescription, BaseSpec, Body, Event, FilePart, ItemStream, Method, NoError, Operation, OperationSpec, StatusRange,
};

pub(super) const API: ApiDescription =
    ApiDescription { name: "vault", bases: &[BaseSpec { name: "base_url", default: None }], schemes: &[] };

const JSON: MediaSpec = MediaSpec::new("application/json", BodyKind::Json);
const CSV: MediaSpec = MediaSpec::new("text/csv", BodyKind::Text);
const BINARY: MediaSpec = MediaSpec::new("application/octet-stream", BodyKind::Stream);
const LINES: MediaSpec = MediaSpec::new("application/x-ndjson", BodyKind::JsonLines);
const SEQUENCE: MediaSpec = MediaSpec::new("application/json-seq", BodyKind::JsonSequence);
const EVENTS: MediaSpec = MediaSpec::new("text/event-stream", BodyKind::Events);

/// A row of a table.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(super) struct Row {
    pub(super) id: u32,
    pub(super) note: String,
}

/// A request with several media types.
pub(super) struct ImportRow {
    pub(super) body: ImportRowBody,
}

#[derive(Debug, PartialEq)]
pub(super) enum ImportRowBody {
    Json(Row),
    Form(Row),
    Csv(String),
}

/// A response with several media types.
#[derive(Debug, PartialEq)]
pub(super) enum ImportRowOutput {
    Json(Row),
    Csv(String),
}

impl Operation for ImportRow {
    type Output = ImportRowOutput;
    type Error = NoError;
    const SPEC: &'static OperationSpec = &OperationSpec::new("importRow", Method::PUT, "/rows")
        .responses(&[ResponseSpec::new(StatusRange::Code(200), &[JSON, CSV])]);
}

impl Invoke for ImportRow {
    fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
        match &self.body {
            ImportRowBody::Json(body) => request.json(body),
            ImportRowBody::Form(body) => request.form(body),
            ImportRowBody::Csv(body) => request.text("text/csv", body),
        }
    }

    fn decode(response: &ClientResponse) -> Decoded<Self> {
        match response.status() {
            200 => match response.media_type() {
                "application/json" => response.json().map(ImportRowOutput::Json).map(Ok),
                "text/csv" => response.text("text/csv").map(ImportRowOutput::Csv).map(Ok),
                _ => Err(response.undocumented_media_type()),
            },
            _ => Err(response.undocumented()),
        }
    }
}

impl Serve for ImportRow {
    const BODY: BodySpec =
        BodySpec::several(&[JSON, MediaSpec::new("application/x-www-form-urlencoded", BodyKind::Form), CSV]);

    fn receive(_: &Incoming) -> Result<Received<Self>, Rejection> {
        Ok(Received::with_body(|incoming| {
            let body = match incoming.media_type() {
                "application/json" => ImportRowBody::Json(incoming.json()?),
                "application/x-www-form-urlencoded" => ImportRowBody::Form(incoming.form()?),
                "text/csv" => ImportRowBody::Csv(incoming.text()?),
                _ => return Err(incoming.missing_body()),
            };
            Ok(Self { body })
        }))
    }

    fn respond(output: ImportRowOutput) -> ServerResponse {
        match output {
            ImportRowOutput::Json(body) => ServerResponse::json(200, &body),
            ImportRowOutput::Csv(body) => ServerResponse::text(200, "text/csv", &body),
        }
    }

    fn refuse(error: NoError) -> ServerResponse {
        match error {}
    }
}

/// A form of parts.
pub(super) struct Upload {
    pub(super) title: String,
    pub(super) row: Row,
    pub(super) tags: Vec<String>,
    pub(super) note: Option<u32>,
    pub(super) file: FilePart,
}

/// What arrived of an upload.
#[derive(Debug, Deserialize, PartialEq, Serialize)]
pub(super) struct Uploaded {
    pub(super) title: String,
    pub(super) row: Row,
    pub(super) tags: Vec<String>,
    pub(super) note: Option<u32>,
    pub(super) file_name: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) checksum: Option<String>,
    pub(super) bytes: usize,
}

impl Operation for Upload {
    type Output = Uploaded;
    type Error = NoError;
    const SPEC: &'static OperationSpec = &OperationSpec::new("upload", Method::POST, "/files")
        .responses(&[ResponseSpec::new(StatusRange::Code(201), &[JSON])]);
}

impl Invoke for Upload {
    fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
        request.multipart(|form| {
            form.part(&PartSpec::text("title"), &self.title)?;
            form.part(&PartSpec::json("row"), &self.row)?;
            form.part(&PartSpec::text("tags").list(), &self.tags)?;
            form.part(&PartSpec::text("note").optional(), &self.note)?;
            form.part(&PartSpec::file("file"), &self.file)?;
            Ok(())
        })
    }

    fn decode(response: &ClientResponse) -> Decoded<Self> {
        match response.status() {
            201 => response.json().map(Ok),
            _ => Err(response.undocumented()),
        }
    }
}

impl Serve for Upload {
    const BODY: BodySpec = BodySpec::one("multipart/form-data", BodyKind::Multipart);

    fn receive(_: &Incoming) -> Result<Received<Self>, Rejection> {
        Ok(Received::with_body(|incoming| {
            let form = incoming.multipart()?;
            form.deny_unknown(&["title", "row", "tags", "note", "file"])?;
            Ok(Self {
                title: form.part(&PartSpec::text("title"))?,
                row: form.part(&PartSpec::json("row"))?,
                tags: form.part(&PartSpec::text("tags").list())?,
                note: form.part(&PartSpec::text("note").optional())?,
                file: form.part(&PartSpec::file("file"))?,
            })
        }))
    }

    fn respond(output: Uploaded) -> ServerResponse {
        ServerResponse::json(201, &output)
    }

    fn refuse(error: NoError) -> ServerResponse {
        match error {}
    }
}

/// Streams of bytes in both directions.
pub(super) struct Echo {
    pub(super) body: Body,
}

impl Operation for Echo {
    type Output = Body;
    type Error = NoError;
    const SPEC: &'static OperationSpec = &OperationSpec::new("echo", Method::PUT, "/echo")
        .responses(&[ResponseSpec::new(StatusRange::Code(200), &[BINARY])]);
}

impl Invoke for Echo {
    fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
        request.stream("application/octet-stream", &self.body)
    }

    fn decode(response: &ClientResponse) -> Decoded<Self> {
        match response.status() {
            200 => response.stream("application/octet-stream").map(Ok),
            _ => Err(response.undocumented()),
        }
    }
}

impl Serve for Echo {
    const BODY: BodySpec = BodySpec::one("application/octet-stream", BodyKind::Stream);

    fn receive(_: &Incoming) -> Result<Received<Self>, Rejection> {
        Ok(Received::with_body(|incoming| Ok(Self { body: incoming.stream()? })))
    }

    fn respond(output: Body) -> ServerResponse {
        ServerResponse::stream(200, "application/octet-stream", output)
    }

    fn refuse(error: NoError) -> ServerResponse {
        match error {}
    }
}

/// Server-sent events.
pub(super) struct Watch;

impl Operation for Watch {
    type Output = ItemStream<Event<Row>>;
    type Error = NoError;
    const SPEC: &'static OperationSpec = &OperationSpec::new("watch", Method::GET, "/events")
        .responses(&[ResponseSpec::new(StatusRange::Code(200), &[EVENTS])]);
}

impl Invoke for Watch {
    fn encode(&self, _: &mut RequestWriter) -> Result<(), BuildError> {
        Ok(())
    }

    fn decode(response: &ClientResponse) -> Decoded<Self> {
        match response.status() {
            200 => response.events("text/event-stream").map(Ok),
            _ => Err(response.undocumented()),
        }
    }
}

impl Serve for Watch {
    fn receive(_: &Incoming) -> Result<Received<Self>, Rejection> {
        Ok(Received::Whole(Self))
    }

    fn respond(output: Self::Output) -> ServerResponse {
        ServerResponse::events(200, "text/event-stream", &output)
    }

    fn refuse(error: NoError) -> ServerResponse {
        match error {}
    }
}

/// JSON lines in both directions.
pub(super) struct Lines {
    pub(super) body: ItemStream<Row>,
}

impl Operation for Lines {
    type Output = ItemStream<Row>;
    type Error = NoError;
    const SPEC: &'static OperationSpec = &OperationSpec::new("lines", Method::POST, "/lines")
        .responses(&[ResponseSpec::new(StatusRange::Code(200), &[LINES])]);
}

impl Invoke for Lines {
    fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
        request.json_lines("application/x-ndjson", &self.body)
    }

    fn decode(response: &ClientResponse) -> Decoded<Self> {
        match response.status() {
            200 => response.json_lines("application/x-ndjson").map(Ok),
            _ => Err(response.undocumented()),
        }
    }
}

impl Serve for Lines {
    const BODY: BodySpec = BodySpec::one("application/x-ndjson", BodyKind::JsonLines);

    fn receive(_: &Incoming) -> Result<Received<Self>, Rejection> {
        Ok(Received::with_body(|incoming| Ok(Self { body: incoming.json_lines()? })))
    }

    fn respond(output: ItemStream<Row>) -> ServerResponse {
        ServerResponse::json_lines(200, "application/x-ndjson", &output)
    }

    fn refuse(error: NoError) -> ServerResponse {
        match error {}
    }
}

/// JSON sequences in both directions.
pub(super) struct Sequence {
    pub(super) body: ItemStream<Row>,
}

impl Operation for Sequence {
    type Output = ItemStream<Row>;
    type Error = NoError;
    const SPEC: &'static OperationSpec = &OperationSpec::new("sequence", Method::POST, "/sequence")
        .responses(&[ResponseSpec::new(StatusRange::Code(200), &[SEQUENCE])]);
}

impl Invoke for Sequence {
    fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
        request.json_sequence("application/json-seq", &self.body)
    }

    fn decode(response: &ClientResponse) -> Decoded<Self> {
        match response.status() {
            200 => response.json_sequence("application/json-seq").map(Ok),
            _ => Err(response.undocumented()),
        }
    }
}

impl Serve for Sequence {
    const BODY: BodySpec = BodySpec::one("application/json-seq", BodyKind::JsonSequence);

    fn receive(_: &Incoming) -> Result<Received<Self>, Rejection> {
        Ok(Received::with_body(|incoming| Ok(Self { body: incoming.json_sequence()? })))
    }

    fn respond(output: ItemStream<Row>) -> ServerResponse {
        ServerResponse::json_sequence(200, "application/json-seq", &output)
    }

    fn refuse(error: NoError) -> ServerResponse {
        match error {}
    }
}

/// What a server of the API does.
pub(super) trait Vault: Send + Sync + 'static {
    fn import_row(
        &self,
        request: ImportRow,
        context: RequestContext,
    ) -> impl Future<Output = Result<ImportRowOutput, Refusal<NoError>>> + Send;
    fn upload(&self, request: Upload) -> impl Future<Output = Result<Uploaded, Refusal<NoError>>> + Send;
    fn watch(&self) -> ItemStream<Event<Row>>;
}

pub(super) struct VaultServer<T> {
    server: Server<T>,
}

crate::service!(VaultServer, Vault);

impl<T: Vault> Dispatch for VaultServer<T> {
    type Api = T;
    const DESCRIPTION: &'static ApiDescription = &API;
    const ROUTES: &'static [Route] = &[
        Route::of::<ImportRow>(),
        Route::of::<Upload>(),
        Route::of::<Echo>(),
        Route::of::<Watch>(),
        Route::of::<Lines>(),
        Route::of::<Sequence>(),
        Route::of::<List>(),
        Route::of::<Search>(),
        Route::of::<Short>(),
        Route::of::<Either>(),
        Route::of::<Only>(),
        Route::of::<Negotiated>(),
        Route::of::<Ranged>(),
        Route::of::<OptionalForm>(),
        Route::of::<OptionalText>(),
        Route::of::<OptionalBytes>(),
        Route::of::<OptionalParts>(),
        Route::of::<OptionalChoice>(),
        Route::of::<Pay>(),
        Route::of::<PayWhole>(),
        Route::of::<Reserve>(),
        Route::of::<Open>(),
        Route::of::<NullableJson>(),
    ];

    fn dispatch(api: &T, incoming: Incoming) -> HandlerFuture<'_> {
        match incoming.route() {
            0 => incoming.respond(|request, context| api.import_row(request, context)),
            1 => incoming.respond(|request, _| api.upload(request)),
            2 => incoming.respond(|request: Echo, _| async { Ok(request.body) }),
            3 => incoming.respond(|_: Watch, _| async { Ok(api.watch()) }),
            4 => incoming.respond(|request: Lines, _| async { Ok(request.body) }),
            5 => incoming.respond(|request: Sequence, _| async { Ok(request.body) }),
            6 => incoming.respond(headers::list),
            7 => incoming.respond(defaults::search),
            8 => incoming.respond(items::short),
            9 => incoming.respond(items::either),
            10 => incoming.respond(default_success::only),
            11 => incoming.respond(default_success::negotiated),
            12 => incoming.respond(default_success::ranged),
            13 => incoming.respond(optional_bodies::form),
            14 => incoming.respond(optional_bodies::text),
            15 => incoming.respond(optional_bodies::bytes),
            16 => incoming.respond(optional_bodies::parts),
            17 => incoming.respond(optional_bodies::choice),
            18 => incoming.respond(every_fault::pay),
            19 => incoming.respond(every_fault::pay_whole),
            20 => incoming.respond(defaults::reserve),
            21 => incoming.respond(open_media_types::open),
            22 => incoming.respond(optional_bodies::json),
            _ => incoming.unrouted(),
        }
    }

    fn reject(_: &T, rejection: &Rejection) -> ServerResponse {
        rejection.to_problem()
    }
}

pub(super) struct Fake;

pub(super) fn row(id: u32, note: &str) -> Row {
    Row { id, note: note.to_owned() }
}

impl Vault for Fake {
    async fn import_row(
        &self,
        request: ImportRow,
        context: RequestContext,
    ) -> Result<ImportRowOutput, Refusal<NoError>> {
        let row = match request.body {
            ImportRowBody::Json(row) | ImportRowBody::Form(row) => row,
            ImportRowBody::Csv(text) => row(0, &text),
        };
        Ok(match context.preferred_media_type() {
            "text/csv" => ImportRowOutput::Csv(format!("{},{}", row.id, row.note)),
            _ => ImportRowOutput::Json(row),
        })
    }

    async fn upload(&self, request: Upload) -> Result<Uploaded, Refusal<NoError>> {
        let Upload { title, row, tags, note, file } = request;
        let FilePart { file_name, content_type, headers, mut content } = file;
        let checksum = headers.get("x-checksum").map(|value| value.to_str().unwrap().to_owned());
        let mut bytes = 0;
        while let Some(piece) = content.next().await {
            bytes += piece.map_err(|error| Refusal::rejected(error.into()))?.len();
        }
        Ok(Uploaded { title, row, tags, note, file_name, content_type, checksum, bytes })
    }

    fn watch(&self) -> ItemStream<Event<Row>> {
        let first = Event { event: Some("added".to_owned()), id: Some("7".to_owned()), ..Event::new(row(1, "a\nb")) };
        ItemStream::from_items([first, Event::new(row(2, ""))])
    }
}
