//! Lists that are returned page by page.

mod faults;
mod layouts;
mod lists;
mod streams;

use crate::client::{
    ApiClient, ApiClientBuilder, BuildError, Call, ClientResponse, Decoded, Error, Invoke, Items, Options, PageSpec,
    Paged, Position, RequestWriter, RetryPolicy, Scripted, Simulated, Transport,
};
use crate::operation::{ApiDescription, BaseSpec, SchemeKind, SchemeSpec};
use crate::operation::{Method, NoError, Operation, OperationSpec, ParameterSpec};

static API: ApiDescription = ApiDescription {
    name: "lists",
    bases: &[BaseSpec { name: "private", default: None }],
    schemes: &[SchemeSpec { key: "key", kind: SchemeKind::ApiKeyQuery("key") }],
};

/// A page: `{"items": [1, 2], "next": …, "meta": {"pages": 3}}`.
#[derive(Debug, PartialEq, serde::Deserialize)]
struct Page {
    #[serde(default)]
    items: Vec<u32>,
}

/// A list with a filter of its own, paged as the specification says.
macro_rules! list {
    ($name:ident, $paging:expr) => {
        #[derive(Clone, Default)]
        struct $name {
            filter: Option<String>,
            page: Option<String>,
        }

        impl Operation for $name {
            type Output = Page;
            type Error = NoError;
            const SPEC: &'static OperationSpec = &OperationSpec::new("list", Method::GET, "/things")
                .parameters(&[ParameterSpec::query("filter[a]"), ParameterSpec::query("page[x]")])
                .security(&[&["key"]]);
        }

        impl Invoke for $name {
            fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
                request.parameter(0, &self.filter)?;
                request.parameter(1, &self.page)
            }

            fn decode(response: &ClientResponse) -> Decoded<Self> {
                match response.status() {
                    200 => response.json().map(Ok),
                    _ => Err(response.undocumented()),
                }
            }
        }

        impl Paged for $name {
            type Item = u32;
            const PAGING: PageSpec = $paging;

            fn items(page: Page) -> Vec<u32> {
                page.items
            }
        }
    };
}

list!(Numbered, PageSpec::by_number("page[x]").total("/meta/pages").items("/items"));
list!(Counted, PageSpec::by_number("page[x]").items("/items"));
list!(Linked, PageSpec::by_link("/next").items("/items"));
list!(Cursor, PageSpec::by_cursor("page[x]", "/next").items("/items"));

list!(ByCursor, PageSpec::by_cursor("page[x]", "/cursor").items("/items"));

fn client(transport: impl Transport) -> ApiClient {
    let options = Options::new().environment(Simulated::new(1)).retry(RetryPolicy::never());
    ApiClientBuilder::new(&API)
        .base(0, "https://api.example.com/v1")
        .credential(0, crate::client::ApiKey::new("secret"))
        .options(options)
        .transport(transport)
        .build()
        .unwrap()
}

/// A script of pages.
fn pages(bodies: &[&str]) -> Scripted {
    let script = Scripted::new();
    bodies.iter().fold(script, |script, body| script.respond(200, body.to_string()))
}

/// The queries that were sent, without the credential.
fn queries(script: &Scripted) -> Vec<String> {
    let sent = script.sent();
    let targets = sent.iter().map(|sent| {
        let target = sent.target().strip_suffix("key=secret").unwrap();
        let query = target.strip_prefix("/v1/things?").unwrap();
        query.trim_end_matches('&').to_owned()
    });
    targets.collect()
}

async fn rest<O: Paged<Item = u32>>(mut items: Items<O>) -> Result<Vec<u32>, Error<O::Error>> {
    let mut all = Vec::new();
    while let Some(item) = items.try_next().await? {
        all.push(item);
    }
    Ok(all)
}

fn call<O: Invoke + Default>(transport: &Scripted) -> Call<O> {
    Call::new(&client(transport.clone()), O::default())
}
