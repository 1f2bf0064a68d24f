//! A small server, as one is generated, and what reaches its handlers.

mod body_arrival;
mod detached;
#[cfg(feature = "client")]
mod in_process;
mod order;
mod parts;
mod responses;
mod secrecy;
mod socket;
mod spans;

use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use http_body_util::BodyExt;
use tokio::sync::Notify;

use super::*;
use crate::operation::{
    ApiDescription, ApiError, BaseSpec, EnvelopeLevel, Method, NoError, Operation, OperationSpec, ParameterSpec,
    SchemeKind, SchemeSpec, Status, Style,
};
use crate::{Checker, Decimal, Patch, Secret};

const API: &ApiDescription = &ApiDescription {
    name: "shop",
    bases: &[BaseSpec { name: "base_url", default: Some("https://shop.invalid") }],
    schemes: &[
        SchemeSpec { key: "basicAuth", kind: SchemeKind::Basic },
        SchemeSpec { key: "key", kind: SchemeKind::ApiKeyHeader("api-key") },
    ],
};

const ENVELOPE: &[EnvelopeLevel] =
    &[EnvelopeLevel::new("data", &[("type", "order")]), EnvelopeLevel::new("attributes", &[])];

#[derive(Clone, Debug, PartialEq)]
struct CreateOrder {
    amount: Decimal,
    card: Option<Secret<String>>,
    note: Patch<String>,
}

#[derive(Debug)]
enum CreateOrderError {
    Conflict(String),
    Client(Status),
}

impl ApiError for CreateOrderError {
    fn status(&self) -> u16 {
        match self {
            Self::Conflict(_) => 409,
            Self::Client(status) => status.as_u16(),
        }
    }
}

crate::api_error!(CreateOrderError);

impl Operation for CreateOrder {
    type Output = String;
    type Error = CreateOrderError;
    const SPEC: &'static OperationSpec =
        &OperationSpec::new("createOrder", Method::POST, "/orders").security(&[&["basicAuth"], &["key"]]);
}

impl Serve for CreateOrder {
    const BODY: BodySpec = BodySpec::json();

    fn receive(_: &Incoming) -> Result<Received<Self>, Rejection> {
        Ok(Received::with_body(|incoming| {
            let body = incoming.json_object(ENVELOPE)?;
            Ok(Self { amount: body.required("amount")?, card: body.optional("card")?, note: body.patch("note")? })
        }))
    }

    fn check(&self, checker: &mut Checker<'_>) {
        checker.at("data", |checker| {
            checker.at("attributes", |checker| {
                checker.at("amount", |checker| checker.minimum(&self.amount, "0.01"));
                checker.at("note", |checker| checker.max_length(&self.note, 3));
            });
        });
    }

    fn respond(output: String) -> ServerResponse {
        ServerResponse::json(201, &output)
    }

    fn refuse(error: CreateOrderError) -> ServerResponse {
        match error {
            CreateOrderError::Conflict(id) => ServerResponse::json(409, &id),
            CreateOrderError::Client(status) => {
                ServerResponse::empty(status.as_u16()).documented(status.is_client_error())
            }
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
struct GetOrder {
    id: String,
    tags: Option<Vec<String>>,
    page: Option<u32>,
    tenant: Option<String>,
    session: Option<String>,
}

impl Operation for GetOrder {
    type Output = ();
    type Error = NoError;
    const SPEC: &'static OperationSpec = &OperationSpec::new("getOrder", Method::GET, "/orders/{id}").parameters(&[
        ParameterSpec::path("id"),
        ParameterSpec::query("tags").list().style(Style::Form, false),
        ParameterSpec::query("page[number]"),
        ParameterSpec::header("x-tenant"),
        ParameterSpec::cookie("session"),
    ]);
}

impl Serve for GetOrder {
    const REJECTIONS: &'static [DocumentedRejection] =
        &[DocumentedRejection::json(405, "application/json", &ErrorForm::Object(&[("message", ErrorForm::Detail)]))];

    fn receive(incoming: &Incoming) -> Result<Received<Self>, Rejection> {
        let id = incoming.parameter(0)?;
        let tags = incoming.parameter(1)?;
        let page = incoming.parameter(2)?;
        let tenant = incoming.parameter(3)?;
        let session = incoming.parameter(4)?;
        incoming.check(|checker| {
            checker.parameter(2, |checker| checker.maximum(&page, "100"));
            checker.parameter(3, |checker| checker.max_length(&tenant, 3));
            checker.parameter(0, |checker| checker.max_length(&id, 20));
        })?;
        Ok(Received::Whole(Self { id, tags, page, tenant, session }))
    }

    fn respond((): ()) -> ServerResponse {
        ServerResponse::empty(204)
    }

    fn refuse(error: NoError) -> ServerResponse {
        match error {}
    }
}

/// An operation with parameters and a body.
struct ReplaceOrder;

impl Operation for ReplaceOrder {
    type Output = ();
    type Error = NoError;
    const SPEC: &'static OperationSpec = &OperationSpec::new("replaceOrder", Method::PUT, "/orders/{id}")
        .parameters(&[ParameterSpec::path("id"), ParameterSpec::query("note")])
        .security(&[&["key"]]);
}

impl Serve for ReplaceOrder {
    const BODY: BodySpec = BodySpec::json();

    fn receive(incoming: &Incoming) -> Result<Received<Self>, Rejection> {
        let id: String = incoming.parameter(0)?;
        let _: Option<u32> = incoming.parameter(1)?;
        incoming.check(|checker| checker.parameter(0, |checker| checker.max_length(&id, 5)))?;
        Ok(Received::with_body(|incoming| incoming.json::<Decimal>().map(|_| Self)))
    }

    fn respond((): ()) -> ServerResponse {
        ServerResponse::empty(204)
    }

    fn refuse(error: NoError) -> ServerResponse {
        match error {}
    }
}

/// What a handler does instead of succeeding.
#[derive(Clone)]
enum Mood {
    Fine,
    /// It panics, before or after it has waited.
    Panicking(&'static str),
    /// It waits until it is told to go on.
    Waiting(Arc<Notify>),
    /// `authenticate` never ends.
    Hesitating,
    Conflict,
    Status(u16),
    Broken,
    Forbidding,
}

struct Shop {
    mood: Mood,
    handled: AtomicUsize,
    /// How many handlers have come to their end.
    ended: AtomicUsize,
    seen: Mutex<Option<GetOrder>>,
}

/// Who is calling, left by `authenticate` for the handler.
#[derive(Clone)]
struct Caller(String);

#[expect(clippy::unused_async, reason = "handlers are async")]
impl Shop {
    async fn authenticate(&self, presented: Vec<Presented>, context: &mut RequestContext) -> Result<(), Rejection> {
        assert!(!matches!(self.mood, Mood::Panicking("authenticate")), "4111");
        if matches!(self.mood, Mood::Hesitating) {
            std::future::pending::<()>().await;
        }
        let caller = match presented.as_slice() {
            [Presented { value: PresentedValue::Basic(basic), .. }] if basic.password.matches("right") => {
                basic.username.clone()
            }
            [Presented { value: PresentedValue::Token(key), .. }] if key.matches("right") => "key".to_owned(),
            [Presented { value: PresentedValue::Token(key), .. }] if key.matches("weak") => {
                return Err(Rejection::forbidden("this key may not create orders"));
            }
            _ => return Err(Rejection::unauthorized("the credentials are not known")),
        };
        context.extensions_mut().insert(Caller(caller));
        Ok(())
    }

    async fn create_order(&self, _: CreateOrder, context: RequestContext) -> Result<String, Refusal<CreateOrderError>> {
        self.handled.fetch_add(1, Ordering::Relaxed);
        let caller = context.extensions().get::<Caller>().map(|caller| caller.0.clone());
        match &self.mood {
            Mood::Fine | Mood::Panicking("reject") => caller.ok_or_else(|| Refusal::internal("nobody called")),
            Mood::Panicking(when) => {
                if *when == "later" {
                    tokio::task::yield_now().await;
                }
                panic!("the shop is at its end with 4111")
            }
            Mood::Waiting(go) => {
                go.notified().await;
                self.ended.fetch_add(1, Ordering::Relaxed);
                Ok("waited".to_owned())
            }
            Mood::Hesitating => Err(Refusal::internal("nobody was let in")),
            Mood::Conflict => Err(CreateOrderError::Conflict("o1".to_owned()).into()),
            Mood::Status(status) => Err(CreateOrderError::Client(Status::from_u16(*status).unwrap()).into()),
            Mood::Broken => Err(Refusal::internal(std::io::Error::other("the disk is full"))),
            Mood::Forbidding => Err(Refusal::rejected(Rejection::forbidden("not yours"))),
        }
    }

    async fn get_order(&self, request: GetOrder, _: RequestContext) -> Result<(), Refusal<NoError>> {
        self.handled.fetch_add(1, Ordering::Relaxed);
        *self.seen.lock().unwrap() = Some(request);
        Ok(())
    }
}

struct ShopServer<T> {
    server: Server<T>,
}

trait IsShop: Send + Sync + 'static {
    fn shop(&self) -> &Shop;
}

impl IsShop for Arc<Shop> {
    fn shop(&self) -> &Shop {
        self
    }
}

crate::service!(ShopServer, IsShop);

impl<T: IsShop> Dispatch for ShopServer<T> {
    type Api = T;
    const DESCRIPTION: &'static ApiDescription = API;
    const ROUTES: &'static [Route] =
        &[Route::of::<CreateOrder>(), Route::of::<GetOrder>(), Route::of::<ReplaceOrder>()];

    fn authenticate<'a>(
        api: &'a T,
        presented: Vec<Presented>,
        context: &'a mut RequestContext,
    ) -> impl Future<Output = Result<(), Rejection>> + Send + 'a {
        api.shop().authenticate(presented, context)
    }

    fn dispatch(api: &T, incoming: Incoming) -> HandlerFuture<'_> {
        match incoming.route() {
            0 => incoming.respond(|request, context| api.shop().create_order(request, context)),
            1 => incoming.respond(|request, context| api.shop().get_order(request, context)),
            2 => incoming.respond(|ReplaceOrder, _| async { Ok(()) }),
            _ => incoming.unrouted(),
        }
    }

    fn reject(api: &T, rejection: &Rejection) -> ServerResponse {
        assert!(!matches!(api.shop().mood, Mood::Panicking("reject")), "4111");
        if rejection.kind() == RejectionKind::Forbidden {
            return ServerResponse::json(403, &["own form"]);
        }
        rejection.to_problem()
    }
}

fn shop(mood: Mood) -> Arc<Shop> {
    Arc::new(Shop { mood, handled: AtomicUsize::new(0), ended: AtomicUsize::new(0), seen: Mutex::new(None) })
}

/// A request with headers, as few words as possible.
fn request(method: &str, uri: &str, headers: &[(&str, &str)], body: &str) -> Request<Full<Bytes>> {
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Full::from(body.to_owned())).unwrap()
}

/// What an order is created with; tests change one thing of it.
const ORDER: &str = r#"{"data":{"type":"order","attributes":{"amount":12.50}}}"#;
const KEY: (&str, &str) = ("api-key", "right");
const JSON: (&str, &str) = ("content-type", "application/json");

async fn call(shop: &Arc<Shop>, request: Request<Full<Bytes>>) -> Response<Bytes> {
    let mut server = ShopServer::new(Arc::clone(shop)).body_limit(200);
    let (parts, body) = server.call(request).await.unwrap().into_parts();
    Response::from_parts(parts, body.collect().await.unwrap().to_bytes())
}

fn header<'r>(response: &'r Response<Bytes>, name: &str) -> &'r str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

fn json(response: &Response<Bytes>) -> serde_json::Value {
    serde_json::from_slice(response.body()).unwrap()
}
