//! The real client's encoding against the server's decoding, without a socket.

use proptest::prelude::*;

use super::*;
use crate::client::{
    ApiClient, ApiClientBuilder, ApiKey, BuildError, Call, ClientResponse, Decoded, Error, Invoke, RequestWriter,
    Transport,
};
use crate::{InProcess, Outcome};

impl Invoke for CreateOrder {
    fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
        request.json_object(ENVELOPE, |body| {
            body.required("amount", &self.amount)?;
            body.optional("card", &self.card)?;
            body.patch("note", &self.note)
        })
    }

    fn decode(response: &ClientResponse) -> Decoded<Self> {
        match response.status() {
            201 => response.json().map(Ok),
            409 => response.json().map(CreateOrderError::Conflict).map(Err),
            400..=499 => Ok(Err(CreateOrderError::Client(response.status_code()))),
            _ => Err(response.undocumented()),
        }
    }
}

impl Invoke for GetOrder {
    fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
        request.parameter(0, &self.id)?;
        request.parameter(1, &self.tags)?;
        request.parameter(2, &self.page)?;
        request.parameter(3, &self.tenant)?;
        request.parameter(4, &self.session)
    }

    fn decode(response: &ClientResponse) -> Decoded<Self> {
        match response.status() {
            204 => response.empty().map(Ok),
            _ => Err(response.undocumented()),
        }
    }
}

fn client(shop: &Arc<Shop>, key: &str) -> ApiClient {
    let transport = InProcess::new(ShopServer::new(Arc::clone(shop)));
    let builder = ApiClientBuilder::new(API).credential(1, ApiKey::new(key));
    builder.transport(transport).build().unwrap()
}

fn order() -> CreateOrder {
    CreateOrder { amount: "12.50".parse().unwrap(), card: Some("4111".into()), note: Patch::Clear }
}

#[tokio::test]
async fn successes_and_errors_reach_their_types() {
    let created = Call::new(&client(&shop(Mood::Fine), "right"), order()).await;
    assert_eq!(created.unwrap(), "key");
    let conflict = Call::new(&client(&shop(Mood::Conflict), "right"), order()).await;
    assert!(matches!(conflict, Err(Error::Api(CreateOrderError::Conflict(id), _)) if id == "o1"));
    let forbidden = Call::new(&client(&shop(Mood::Fine), "weak"), order()).await.unwrap_err();
    assert_eq!((forbidden.status(), forbidden.outcome()), (Some(403), Outcome::Refused));
    let broken = Call::new(&client(&shop(Mood::Broken), "right"), order()).await.unwrap_err();
    assert_eq!((broken.status(), broken.outcome()), (Some(500), Outcome::Unknown));
}

#[tokio::test]
async fn an_axum_router_is_a_service_too() {
    let app = axum::Router::new().fallback_service(ShopServer::new(shop(Mood::Fine)));
    let client = ApiClientBuilder::new(API).credential(1, ApiKey::new("right"));
    let client = client.transport(InProcess::new(app)).build().unwrap();
    assert_eq!(Call::new(&client, order()).await.unwrap(), "key");
}

/// Creates an order by a client whose base URL has a path.
async fn create_below_a_path(transport: impl Transport) -> Result<String, Error<CreateOrderError>> {
    let builder = ApiClientBuilder::new(API).credential(1, ApiKey::new("right"));
    let client = builder.base(0, "https://shop.invalid/api/v1").transport(transport).build().unwrap();
    Call::new(&client, order()).await
}

#[tokio::test]
async fn a_base_url_with_a_path_reaches_the_operations() {
    let server = ShopServer::new(shop(Mood::Fine));
    let nested = axum::Router::new().nest_service("/api/v1", server.clone());
    let behind_nothing = axum::Router::new().fallback_service(server.clone().base_path("/api/v1"));
    assert_eq!(create_below_a_path(InProcess::new(server)).await.unwrap(), "key");
    assert_eq!(create_below_a_path(InProcess::new(nested)).await.unwrap(), "key");
    assert_eq!(create_below_a_path(InProcess::new(behind_nothing)).await.unwrap(), "key");
}

#[tokio::test]
async fn a_rejection_is_a_problem_that_says_why() {
    let client = client(&shop(Mood::Fine), "right");
    let (page, tenant) = (Some(200), Some("abcde".to_owned()));
    let request = GetOrder { id: "7".to_owned(), tags: None, page, tenant, session: None };
    let error = Call::new(&client, request).await.unwrap_err();
    let problem = error.problem().unwrap_or_else(|| panic!("{error}"));
    assert_eq!((problem.status(), problem.title(), problem.pointer()), (400, Some("Bad Request"), None));
    let places: Vec<_> = problem.faults().iter().map(|fault| fault.parameter.as_deref()).collect();
    assert_eq!(places, [Some("page[number]"), Some("x-tenant")]);
    assert_eq!(
        error.to_string(),
        "getOrder: 400 Bad Request: query parameter page[number]: must be at most 100; header x-tenant: must have at most 3 characters (refused)"
    );
}

#[tokio::test]
async fn a_response_over_the_limit_is_an_error() {
    let transport = InProcess::new(ShopServer::new(shop(Mood::Fine)));
    let options = crate::client::Options::new().response_limit(1);
    let client = ApiClientBuilder::new(API).credential(1, ApiKey::new("right")).options(options);
    let error = Call::new(&client.transport(transport).build().unwrap(), order()).await.unwrap_err();
    assert_eq!((error.status(), error.outcome()), (Some(201), Outcome::Unknown));
}

proptest! {
    #[test]
    fn any_text_arrives_unchanged_or_is_not_sent(
        id in "\\PC{0,20}|[./%]{1,4}",
        tags in prop::option::of(prop::collection::vec("\\PC{0,6}|[,+&=#]{0,3}", 0..4)),
        page in prop::option::of(0..100_u32),
        tenant in prop::option::of("[ -~]{0,3}"),
        session in prop::option::of("[!-~]{0,3}"),
    ) {
        let request = GetOrder { id, tags, page, tenant, session };
        let shop = shop(Mood::Fine);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let client = client(&shop, "right");
        match runtime.block_on(async { Call::new(&client, request.clone()).await }) {
            Ok(()) => {
                // Of an empty list that may be absent nothing is sent.
                let tags = request.tags.filter(|tags| !tags.is_empty());
                prop_assert_eq!(shop.seen.lock().unwrap().take(), Some(GetOrder { tags, ..request }));
            }
            Err(error) => {
                let refused = request.id.contains(['/', '\\']) || request.id.contains(char::is_control);
                let by_server = refused && error.status() == Some(400);
                prop_assert!(by_server || matches!(error, Error::Build(_)), "{}", error);
                prop_assert_eq!(shop.handled.load(Ordering::Relaxed), 0);
            }
        }
    }
}

/// A call in the process that is answered without a wait takes its share of the task's time all the same.
#[tokio::test]
async fn calls_one_after_another_let_other_tasks_run() {
    let client = client(&shop(Mood::Fine), "right");
    let seen = Arc::new(AtomicUsize::new(0));
    let other = tokio::spawn({
        let seen = Arc::clone(&seen);
        async move { seen.fetch_add(1, Ordering::Relaxed) }
    });
    let mut calls = 0;
    while seen.load(Ordering::Relaxed) == 0 && calls < 1000 {
        Call::new(&client, order()).await.unwrap();
        calls += 1;
    }
    assert!(calls < 1000, "no other task of the thread ran");
    other.await.unwrap();
}

#[tokio::test]
async fn many_calls_by_a_simulated_clock_are_answered() {
    let transport = InProcess::new(ShopServer::new(shop(Mood::Fine)));
    let options = crate::client::Options::new().environment(crate::client::Simulated::new(1));
    let builder = ApiClientBuilder::new(API).credential(1, ApiKey::new("right"));
    let client = builder.transport(transport).options(options).build().unwrap();
    for _ in 0..500 {
        assert_eq!(Call::new(&client, order()).await.unwrap(), "key");
    }
}
