//! Response headers between a client and a server: typed, required ones enforced.

use super::api::{API, Fake, VaultServer};
use super::clients_with;
use crate::client::{ApiClient, Call, Options, RetryPolicy, Scripted};
use crate::fake::Sample;
use crate::operation::Status;
use crate::server::{Refusal, RequestContext};
use crate::{Method, Operation, OperationSpec};

/// Lists payouts; the number asked for decides what the handler answers.
#[derive(Clone)]
pub(super) struct List {
    page: u32,
}

pub(super) enum ListError {
    ClientError(Status),
}

#[derive(Clone, Debug, PartialEq)]
struct ListOkHeaders {
    total: u64,
    link: Option<String>,
    currencies: Vec<String>,
    cursor: Option<Vec<u32>>,
}

crate::response_headers!(ListOkHeaders of List, 200 => {
    total: header("X-Total").required(),
    link: header("Link"),
    currencies: header("X-Currencies").list().required(),
    cursor: header("X-Cursor").json(),
});

#[derive(Clone, Debug, PartialEq)]
struct ListTooManyRequestsHeaders {
    retry_after: Option<u32>,
}

crate::response_headers!(ListTooManyRequestsHeaders of List, 4XX => {
    retry_after: header("Retry-After"),
});

/// Headers of another operation.
#[derive(Debug)]
struct OtherHeaders {
    total: Option<u64>,
}

struct Other;

impl Operation for Other {
    type Output = ();
    type Error = crate::NoError;
    const SPEC: &'static OperationSpec = &OperationSpec::new("other", Method::GET, "/other");
}

crate::response_headers!(OtherHeaders of Other, 200 => { total: header("X-Total") });

crate::operation!(List {
    id: "list", GET: "/payouts", parameters: { page: query.required() },
    headers: [ListOkHeaders, ListTooManyRequestsHeaders],
    success: Vec<u32> { 200: json }, errors: ListError { 4XX: empty ClientError },
});

fn headers(link: Option<&str>) -> ListOkHeaders {
    ListOkHeaders {
        total: 2,
        link: link.map(str::to_owned),
        currencies: vec!["EUR".to_owned(), "USD".to_owned()],
        cursor: Some(vec![1, 2]),
    }
}

pub(super) async fn list(request: List, context: RequestContext) -> Result<Vec<u32>, Refusal<ListError>> {
    // What is set for another status is not sent.
    context.set_response_headers(&ListTooManyRequestsHeaders { retry_after: Some(30) });
    match request.page {
        0 => return Err(ListError::ClientError(Status::TOO_MANY_REQUESTS).into()),
        1 => context.set_response_headers(&headers(Some("</payouts?page=2>; rel=\"next\", </payouts>"))),
        2 => {}
        3 => context.set_response_headers(&headers(Some("4111\n1111"))),
        5 => return crate::fake::Fake::of_samples(&[SAMPLES]).respond(request, &context).await,
        _ => context.set_response_headers(&headers(None)),
    }
    Ok(vec![1, 2])
}

/// What the document shows of the response.
const SAMPLES: &[Sample] =
    &[Sample::new("list", 200, "application/json", "[7]").headers(&[("X-Total", "1"), ("X-Currencies", "EUR,USD")])];

/// Clients that do not try again.
async fn clients() -> [ApiClient; 2] {
    clients_with(VaultServer::new(Fake), Options::new().retry(RetryPolicy::never())).await
}

#[tokio::test]
async fn what_a_server_sets_is_what_a_client_reads() {
    for client in clients().await {
        let (ids, meta) = Call::new(&client, List { page: 1 }).detailed().await.unwrap();
        assert_eq!(ids, [1, 2]);
        let link = "</payouts?page=2>; rel=\"next\", </payouts>";
        assert_eq!(meta.response_headers::<ListOkHeaders>(), Ok(headers(Some(link))));
        assert_eq!(meta.header("retry-after"), None);
        let other = meta.response_headers::<OtherHeaders>().unwrap_err();
        assert_eq!(other.to_string(), "these are headers of other, and not of list");
        let other = meta.response_headers::<ListTooManyRequestsHeaders>().unwrap_err();
        assert_eq!(other.to_string(), "the document gives these headers to another status than 200");

        let (_, meta) = Call::new(&client, List { page: 4 }).detailed().await.unwrap();
        assert_eq!(meta.response_headers::<ListOkHeaders>(), Ok(headers(None)));
    }
}

#[tokio::test]
async fn what_the_document_shows_of_a_response_has_its_headers() {
    for client in clients().await {
        let (ids, meta) = Call::new(&client, List { page: 5 }).detailed().await.unwrap();
        let headers = meta.response_headers::<ListOkHeaders>().unwrap();
        assert_eq!((ids, headers.total, headers.currencies), (vec![7], 1, vec!["EUR".to_owned(), "USD".to_owned()]));
    }
}

#[tokio::test]
async fn errors_have_their_own_headers() {
    for client in clients().await {
        let error = Call::new(&client, List { page: 0 }).await.unwrap_err();
        let found = error.meta().unwrap().response_headers::<ListTooManyRequestsHeaders>();
        assert_eq!(found, Ok(ListTooManyRequestsHeaders { retry_after: Some(30) }));
    }
}

#[tokio::test]
async fn no_response_is_sent_without_a_required_header_or_with_one_that_cannot_be_sent() {
    for client in clients().await {
        for page in [2, 3] {
            let error = Call::new(&client, List { page }).await.unwrap_err();
            assert_eq!(error.meta().unwrap().status(), Some(500));
            assert!(!format!("{error:?}").contains("4111"));
        }
    }
}

#[tokio::test]
async fn a_header_that_is_missing_or_of_another_type_leaves_the_response_as_it_is() {
    let read = async |fields: &[(&str, &str)]| {
        let client = ApiClient::over(&API, Scripted::new().respond_with(200, fields, "[7]"));
        let (ids, meta) = Call::new(&client, List { page: 1 }).detailed().await.unwrap();
        assert_eq!(ids, [7]);
        meta.response_headers::<ListOkHeaders>()
    };
    let missing = read(&[("x-currencies", "EUR")]).await.unwrap_err();
    assert_eq!(
        (missing.name(), missing.to_string().as_str()),
        ("X-Total", "the header X-Total is required, and the response does not have it")
    );
    let wrong = read(&[("x-total", "4111x"), ("x-currencies", "EUR")]).await.unwrap_err();
    assert!(wrong.to_string().starts_with("the header X-Total ") && !wrong.to_string().contains("4111"), "{wrong}");
    let repeated =
        read(&[("x-total", "1"), ("x-currencies", "EUR"), ("x-currencies", "USD"), ("link", "<a>"), ("link", "<b>")])
            .await;
    assert_eq!(repeated.map(|headers| (headers.link, headers.currencies.len())), Ok((Some("<a>,<b>".to_owned()), 2)));
}
