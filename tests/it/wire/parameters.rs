//! Parameters of every place and style, from the client to the server: in process, over a socket, and as others write them.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use specie_runtime::client::{
    ApiClientBuilder, BuildError, Call, ClientResponse, Decoded, Error, Invoke, RequestWriter,
};
use specie_runtime::param::ParameterValue;
use specie_runtime::server::{
    Dispatch, Full, HandlerFuture, Incoming, Received, Rejection, Request, Route, Serve, Server, ServerResponse,
    Service,
};
use specie_runtime::{
    ApiDescription, BaseSpec, InProcess, Method, NoError, Operation, OperationSpec, ParameterSpec, SchemeKind,
    SchemeSpec, Style,
};

const API: &ApiDescription = &ApiDescription {
    name: "styles",
    bases: &[BaseSpec { name: "base_url", default: Some("https://styles.example") }],
    schemes: &[SchemeSpec { key: "key", kind: SchemeKind::ApiKeyQuery("api_key") }],
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Mix {
    red: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

impl ParameterValue for Mix {}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Filter {
    state: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    mixes: Vec<Mix>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    limits: BTreeMap<String, i64>,
}

impl ParameterValue for Filter {}

#[derive(Clone, Debug, Default, PartialEq)]
struct Styles {
    from: String,
    to: String,
    matrix: Vec<String>,
    label: Vec<i64>,
    simple: Mix,
    commas: Option<Vec<String>>,
    filter: Filter,
    spread: Option<Mix>,
    rest: Option<BTreeMap<String, String>>,
    joined: Option<Mix>,
    flags: BTreeMap<String, bool>,
    json: Option<Filter>,
    reserved: Option<String>,
    header: Option<Mix>,
    recent: Option<Vec<String>>,
    cookie: Option<Filter>,
}

impl Operation for Styles {
    type Output = ();
    type Error = NoError;
    const SPEC: &'static OperationSpec =
        &OperationSpec::new("styles", Method::GET, "/{from}..{to}/{matrix}/{label}/{simple}:show/{from}").parameters(
            &[
                ParameterSpec::path("from"),
                ParameterSpec::path("to"),
                ParameterSpec::path("matrix").list().style(Style::Matrix, true),
                ParameterSpec::path("label").list().style(Style::Label, true),
                ParameterSpec::path("simple").object(&["red", "name"]).style(Style::Simple, true),
                ParameterSpec::query("commas").list().style(Style::Form, false),
                ParameterSpec::query("filter").object(&[]).style(Style::DeepObject, true).required(),
                ParameterSpec::query("spread").object(&["red", "name"]),
                ParameterSpec::query("rest").open_object(&[]),
                ParameterSpec::query("joined").object(&["red", "name"]).style(Style::PipeDelimited, false),
                ParameterSpec::query("json").json(),
                ParameterSpec::query("reserved").allow_reserved(),
                ParameterSpec::header("X-Mix").object(&["red", "name"]).style(Style::Simple, true),
                ParameterSpec::cookie("recent").list().style(Style::Cookie, true),
                ParameterSpec::cookie("cookie").json(),
                ParameterSpec::query("flags").open_object(&[]).style(Style::DeepObject, true).required(),
            ],
        );
}

impl Invoke for Styles {
    fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
        request.parameter(0, &self.from)?;
        request.parameter(1, &self.to)?;
        request.parameter(2, &self.matrix)?;
        request.parameter(3, &self.label)?;
        request.parameter(4, &self.simple)?;
        request.parameter(5, &self.commas)?;
        request.parameter(6, &self.filter)?;
        request.parameter(7, &self.spread)?;
        request.parameter(8, &self.rest)?;
        request.parameter(9, &self.joined)?;
        request.parameter(10, &self.json)?;
        request.parameter(11, &self.reserved)?;
        request.parameter(12, &self.header)?;
        request.parameter(13, &self.recent)?;
        request.parameter(14, &self.cookie)?;
        request.parameter(15, &self.flags)
    }

    fn decode(response: &ClientResponse) -> Decoded<Self> {
        match response.status() {
            204 => response.empty().map(Ok),
            _ => Err(response.undocumented()),
        }
    }
}

impl Serve for Styles {
    fn receive(incoming: &Incoming) -> Result<Received<Self>, Rejection> {
        Ok(Received::Whole(Self {
            from: incoming.parameter(0)?,
            to: incoming.parameter(1)?,
            matrix: incoming.parameter(2)?,
            label: incoming.parameter(3)?,
            simple: incoming.parameter(4)?,
            commas: incoming.parameter(5)?,
            filter: incoming.parameter(6)?,
            spread: incoming.parameter(7)?,
            rest: incoming.parameter(8)?,
            joined: incoming.parameter(9)?,
            json: incoming.parameter(10)?,
            reserved: incoming.parameter(11)?,
            header: incoming.parameter(12)?,
            recent: incoming.parameter(13)?,
            cookie: incoming.parameter(14)?,
            flags: incoming.parameter(15)?,
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
struct Keeper(Arc<Mutex<Option<Styles>>>);

trait Keep: Send + Sync + 'static {
    fn keep(&self, request: Styles);
}

impl Keep for Keeper {
    fn keep(&self, request: Styles) {
        *self.0.lock().unwrap() = Some(request);
    }
}

struct StylesServer<T> {
    server: Server<T>,
}

specie_runtime::service!(StylesServer, Keep);

impl<T: Keep> Dispatch for StylesServer<T> {
    type Api = T;
    const DESCRIPTION: &'static ApiDescription = API;
    const ROUTES: &'static [Route] = &[Route::of::<Styles>()];

    fn dispatch(api: &T, incoming: Incoming) -> HandlerFuture<'_> {
        incoming.respond(|request: Styles, _| {
            api.keep(request);
            std::future::ready(Ok(()))
        })
    }

    fn reject(_: &T, rejection: &Rejection) -> ServerResponse {
        rejection.to_problem()
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// Calls in process; what arrived, or why nothing did.
fn in_process(request: &Styles) -> Result<Styles, Error<NoError>> {
    let keeper = Keeper::default();
    let core = ApiClientBuilder::new(API).transport(InProcess::new(StylesServer::new(keeper.clone()))).build().unwrap();
    runtime().block_on(async { Call::new(&core, request.clone()).await })?;
    Ok(keeper.0.lock().unwrap().take().unwrap())
}

fn everything() -> Styles {
    let mix = Mix { red: 5, name: Some("a b&=/é".into()) };
    let filter = Filter {
        state: "7".into(),
        tags: vec!["x,y".into(), String::new()],
        mixes: vec![mix.clone(), Mix { red: -1, name: None }],
        limits: BTreeMap::from([("0".into(), 1), ("é".into(), 2)]),
    };
    Styles {
        from: "1.5".into(),
        to: "2..5".into(),
        matrix: vec!["a;b=c".into(), "d".into()],
        label: vec![1, -2],
        simple: Mix { red: 7, name: Some("q,r:".into()) },
        commas: Some(vec!["a,b".into(), "c d+".into()]),
        filter: filter.clone(),
        spread: Some(mix.clone()),
        rest: Some(BTreeMap::from([("eta:lte".into(), "2025-01-01".into())])),
        joined: Some(mix),
        json: Some(filter.clone()),
        reserved: Some("https://shop.example/a?b=c&d#e".into()),
        header: Some(Mix { red: 1, name: Some("plain text".into()) }),
        recent: Some(vec!["a".into(), "b".into()]),
        cookie: Some(filter),
        flags: BTreeMap::from([("a".into(), true)]),
    }
}

#[test]
fn every_style_arrives_in_process() {
    assert_eq!(in_process(&everything()).unwrap(), everything());
    let least =
        Styles { from: "a".into(), to: "b".into(), matrix: vec!["c".into()], label: vec![1], ..Styles::default() };
    assert_eq!(in_process(&least).unwrap(), least);
}

#[test]
fn every_style_arrives_over_a_socket() {
    let keeper = Keeper::default();
    runtime().block_on(async {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = axum::Router::new().fallback_service(StylesServer::new(keeper.clone()));
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        let core = ApiClientBuilder::new(API).base(0, url).build().unwrap();
        Call::new(&core, everything()).await.unwrap();
    });
    assert_eq!(keeper.0.lock().unwrap().take(), Some(everything()));
}

/// What a server answers to a request as others write it, and what reaches the handler.
fn sent(path: &str, query: &str) -> (u16, Option<Styles>) {
    let keeper = Keeper::default();
    let request =
        Request::builder().uri(format!("{path}?{query}")).body(Full::<specie_runtime::server::Bytes>::default());
    let response = runtime().block_on(StylesServer::new(keeper.clone()).call(request.unwrap())).unwrap();
    let arrived = keeper.0.lock().unwrap().take();
    (response.status().as_u16(), arrived)
}

const PATH: &str = "/a..b/;matrix=c/.1/red=1:show/a";

#[test]
fn other_spellings_are_read() {
    let query =
        "filter%5Bstate%5D=x&filter[tags]=a&filter[tags]=b&filter[limits][k]=3&commas=a%2Cb,c&api_key=k&port=HEL";
    let (status, arrived) = sent(PATH, query);
    let arrived = arrived.unwrap();
    assert_eq!((status, arrived.filter.tags), (204, vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!((arrived.filter.limits["k"], arrived.commas), (3, Some(vec!["a,b".to_owned(), "c".to_owned()])));
    // An open object takes neither what another parameter declares nor a credential.
    assert_eq!(arrived.rest, Some(BTreeMap::from([("port".to_owned(), "HEL".to_owned())])));
    let (_, arrived) = sent(PATH, "filter[state]=x&filter[mixes][1][red]=2&filter[mixes][0][red]=1&joined=red|9");
    let arrived = arrived.unwrap();
    assert_eq!(arrived.filter.mixes.iter().map(|mix| mix.red).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(arrived.joined.map(|mix| mix.red), Some(9));
}

#[test]
fn what_is_not_in_the_style_is_answered_with_400() {
    let deep = format!("filter{}=1", "[a]".repeat(5_000));
    let wide: String = (0..1_000).map(|index| format!("&filter[limits][k{index}]=1")).collect();
    for (path, query) in [
        (PATH, "filter[state=x"),
        (PATH, "filter[state]=x&filter[state]=y"),
        (PATH, "filter[state]=x&filter[state][y]=z"),
        (PATH, "filter=x"),
        (PATH, "commas=a"),
        (PATH, "filter[state]=%zz"),
        (PATH, "filter[state]=x&filter[limits][a]=b"),
        (PATH, "filter[state]=x&commas=a&commas=b"),
        (PATH, "filter[state]=x&red=b"),
        (PATH, "filter[state]=x&red=1&red=2"),
        (PATH, "filter[state]=x&joined=red%7C1%7Cname"),
        (PATH, "filter[state]=x&json={"),
        (PATH, &deep),
        (PATH, &format!("filter[state]=x{wide}")),
        ("/a..b/matrix=c/.1/red=1:show/a", "filter[state]=x"),
        ("/a..b/;other=c/.1/red=1:show/a", "filter[state]=x"),
        ("/a..b/;matrix=c/1/red=1:show/a", "filter[state]=x"),
        ("/a..b/;matrix=c/.x/red=1:show/a", "filter[state]=x"),
        ("/a..b/;matrix=%2e%2e/.1/red=1:show/a", "filter[state]=x"),
        ("/a..b/;matrix=c/.1/red:show/a", "filter[state]=x"),
        ("/a..b/;matrix=c/.1/red=1:show/other", "filter[state]=x"),
    ] {
        let (status, arrived) = sent(path, query);
        assert_eq!((status, arrived), (400, None), "{path} {}", query.chars().take(80).collect::<String>());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_value_arrives_or_is_not_sent(texts in proptest::collection::vec("\\PC{0,5}|[.,;=&|+%:]{0,3}", 8), number in any::<i64>()) {
        let text = |index: usize| texts[index].clone();
        let mix = |index| Mix { red: number, name: Some(text(index)) };
        let request = Styles {
            from: text(0),
            to: text(1),
            matrix: vec![text(2), text(3)],
            label: vec![number],
            simple: mix(4),
            commas: Some(vec![text(5), text(6)]),
            filter: Filter { state: text(7), tags: vec![text(0)], mixes: vec![mix(1)], ..Filter::default() },
            spread: Some(mix(2)),
            joined: Some(mix(3)),
            json: Some(Filter { state: text(4), ..Filter::default() }),
            reserved: Some(text(5)),
            ..Styles::default()
        };
        match in_process(&request) {
            Ok(arrived) => prop_assert_eq!(arrived, request),
            // A server takes no text in a path that leads elsewhere.
            Err(error) => prop_assert!(matches!(error, Error::Build(_)) || error.status() == Some(400), "{}", error),
        }
    }
}
