//! Operations of every idempotency, and clients over scripts.

use crate::client::{
    ApiClient, ApiClientBuilder, BuildError, ClientResponse, Decoded, Invoke, Options, RequestWriter, Scripted,
    Simulated,
};
use crate::operation::{
    ApiDescription, ApiError, BaseSpec, Idempotency, Method, NoError, Operation, OperationSpec, SchemeKind, SchemeSpec,
};

/// An API with a private and a public base and a scheme of every kind.
pub(super) static API: ApiDescription = ApiDescription {
    name: "probe",
    bases: &[BaseSpec { name: "private", default: None }, BaseSpec { name: "public", default: None }],
    schemes: &[
        SchemeSpec { key: "basic", kind: SchemeKind::Basic },
        SchemeSpec { key: "bearer", kind: SchemeKind::Bearer },
        SchemeSpec { key: "header", kind: SchemeKind::ApiKeyHeader("api-key") },
        SchemeSpec { key: "query", kind: SchemeKind::ApiKeyQuery("key") },
        SchemeSpec { key: "cookie", kind: SchemeKind::ApiKeyCookie("session") },
        SchemeSpec { key: "digest", kind: SchemeKind::Http("Digest") },
    ],
};

/// The documented errors of every probe.
#[derive(Debug, PartialEq)]
pub(super) enum ProbeError {
    Unauthorized,
    Conflict(String),
    Invalid(Vec<String>),
    TooMany,
}

impl ApiError for ProbeError {
    fn status(&self) -> u16 {
        match self {
            Self::Unauthorized => 401,
            Self::Conflict(_) => 409,
            Self::Invalid(_) => 422,
            Self::TooMany => 429,
        }
    }
}

crate::api_error!(ProbeError);

/// An operation without parameters whose successes hold a JSON string.
macro_rules! probe {
    ($name:ident, $spec:expr) => {
        pub(super) struct $name;

        impl Operation for $name {
            type Output = String;
            type Error = ProbeError;
            const SPEC: &'static OperationSpec = &$spec;
        }

        impl Invoke for $name {
            fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
                match Self::SPEC.method.as_str() {
                    "POST" | "PUT" | "PATCH" => request.json("paid"),
                    _ => Ok(()),
                }
            }

            fn decode(response: &ClientResponse) -> Decoded<Self> {
                match response.status() {
                    200 | 201 => response.json().map(Ok),
                    401 => response.empty().map(|()| Err(ProbeError::Unauthorized)),
                    409 => response.json().map(ProbeError::Conflict).map(Err),
                    422 => response.json().map(ProbeError::Invalid).map(Err),
                    429 => response.empty().map(|()| Err(ProbeError::TooMany)),
                    _ => Err(response.undocumented()),
                }
            }
        }
    };
}

const POST: OperationSpec = OperationSpec::new("pay", Method::POST, "/payouts");
const PUT: OperationSpec = OperationSpec::new("put", Method::PUT, "/payouts");
const PATCH: OperationSpec = OperationSpec::new("patch", Method::PATCH, "/payouts");

probe!(Get, OperationSpec::new("get", Method::GET, "/payouts"));
probe!(Delete, OperationSpec::new("delete", Method::DELETE, "/payouts"));
probe!(Keyed, POST.idempotency(Idempotency::Header("Idempotency-Key")));
probe!(Unique, POST.idempotency(Idempotency::Field { pointer: "/reference_id", duplicate: 409 }));
probe!(Bare, POST);
probe!(Safe, POST.safe());
probe!(Head, OperationSpec::new("head", Method::HEAD, "/payouts"));
probe!(SafePut, PUT.safe());
probe!(Put, PUT);
probe!(NaturalPost, POST.idempotency(Idempotency::Natural));
probe!(KeyedPatch, PATCH.idempotency(Idempotency::Header("Idempotency-Key")));
probe!(UniquePut, PUT.idempotency(Idempotency::Field { pointer: "/reference_id", duplicate: 409 }));
probe!(Patch, PATCH);
probe!(BarePut, PUT.idempotency(Idempotency::None));
probe!(BareDelete, OperationSpec::new("delete", Method::DELETE, "/payouts").idempotency(Idempotency::None));
probe!(Public, OperationSpec::new("public", Method::GET, "/public-api/x").base(1));
probe!(ByBasic, POST.security(&[&["basic"]]));
probe!(ByBearer, POST.security(&[&["bearer"]]));
probe!(ByHeader, POST.security(&[&["header"]]));
probe!(ByQuery, POST.security(&[&["query"]]));
probe!(ByDigest, POST.security(&[&["digest", "header"]]));
probe!(ByCookie, POST.security(&[&["cookie"]]));
probe!(ByAny, POST.security(&[&[], &["basic", "header"], &["bearer"]]));
probe!(ByEither, POST.security(&[&["basic", "header"], &["bearer"]]));
probe!(ByBoth, POST.security(&[&["basic", "bearer"]]));

/// An operation whose request is written by a closure.
pub(super) struct Written<F>(pub(super) F);

impl<F> Operation for Written<F>
where
    F: Fn(&mut RequestWriter) -> Result<(), BuildError> + Send + Sync + 'static,
{
    type Output = ();
    type Error = NoError;
    const SPEC: &'static OperationSpec = &OperationSpec::new("written", Method::POST, "/a/{p}/b");
}

impl<F> Invoke for Written<F>
where
    F: Fn(&mut RequestWriter) -> Result<(), BuildError> + Send + Sync + 'static,
{
    fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
        (self.0)(request)
    }

    fn decode(response: &ClientResponse) -> Decoded<Self> {
        response.empty().map(Ok)
    }
}

/// A builder over a script and simulated time, with a private base and no credentials.
pub(super) fn builder(script: &Scripted, time: &Simulated) -> ApiClientBuilder {
    ApiClientBuilder::new(&API)
        .base(0, "https://api.example.com/v1/")
        .options(Options::new().environment(time.clone()))
        .transport(script.clone())
}

/// A client over a script and simulated time.
pub(super) fn client(script: &Scripted, time: &Simulated) -> ApiClient {
    builder(script, time).build().unwrap()
}
