//! A call: what a client's methods return.

mod attempt;
pub(super) mod authorize;
pub(super) mod caller_credentials;
pub(super) mod journaling;
pub(super) mod options;
pub(super) mod request_fingerprint;
pub(super) mod response_class;
pub(super) mod result;
pub(super) mod retry;
pub(crate) mod send;
pub(super) mod trace;

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::Duration;

use http::HeaderValue;
use http::header::ACCEPT;

use super::api_client::ApiClient;
use super::error::Error;
use super::request::build_error::{BuildError, BuildSubject};
use super::request::headers;
use super::request::{Encoded, RequestWriter};
use super::response::meta::Meta;
use super::response::problem::ProblemResponse;
use super::response::{ClientResponse, DecodeError};
use super::transport::BoxFuture;
use super::transport::environment::random_key;
use crate::client::call::options::{CallOptions, Key};
use crate::client::call::response_class::{LookupOperation, ResponseClass};
use crate::client::call::result::CallResult;
use crate::operation::{Idempotency, Operation, content_negotiation};
use crate::secret::Secret;
use crate::wire::header;

use send::send;

/// How an operation is written to the wire and its response read from it; generated.
pub trait Invoke: Operation {
    /// How the operation that [`ReconcileSpec::lookup`](crate::ReconcileSpec::lookup) names is read; `None` where the document does not
    /// say how to ask.
    const LOOKUP: Option<LookupOperation> = None;

    /// Writes the request.
    fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError>;

    /// Reads the response, by its status.
    fn decode(response: &ClientResponse) -> Decoded<Self>;
}

/// A documented success or a documented error; anything else is a [`DecodeError`].
pub type Decoded<O> = Result<Result<<O as Operation>::Output, <O as Operation>::Error>, DecodeError>;

/// A call that is sent when it is awaited.
///
/// ```
/// # use specie_runtime::client::{Call, Error, Invoke};
/// # async fn example<O: Invoke>(call: Call<O>) -> Result<O::Output, Error<O::Error>> {
/// use std::time::Duration;
///
/// call.timeout(Duration::from_secs(10)).deadline(Duration::from_secs(30)).await
/// # }
/// ```
///
/// # Dropping it
///
/// A future that is dropped before it is ready, by a timeout around it or a task that ends, leaves the outcome unknown: the request may
/// have been sent and carried out. Set [`deadline`](Self::deadline) instead of a timeout around the call; it ends in an error that
/// says what is known.
#[must_use = "a call is sent when it is awaited"]
pub struct Call<O> {
    pub(super) client: ApiClient,
    pub(super) request: Result<Encoded, BuildError>,
    pub(super) options: CallOptions,
    operation: PhantomData<fn() -> O>,
}

impl<O: Invoke> Call<O> {
    /// A call of an operation; generated methods make it.
    ///
    /// The request is written now, so that its secrets are dropped with it; what is wrong with it is said when the call is awaited.
    pub fn new(client: &ApiClient, request: O) -> Self {
        let mut writer = RequestWriter::new(O::SPEC, client.config.api.schemes);
        let encoded = request.encode(&mut writer).and_then(|()| writer.finish());
        drop(request);
        Self::encoded(client, encoded)
    }

    /// A call of an operation by what becomes its request, as [`new`](Self::new) makes it.
    ///
    /// The conversion stands here because a request without values (of an `allOf` that nothing satisfies) would be unreachable code in the
    /// generated method, of which the compiler warns.
    pub fn new_from(client: &ApiClient, request: impl Into<O>) -> Self {
        Self::new(client, request.into())
    }

    fn encoded(client: &ApiClient, request: Result<Encoded, BuildError>) -> Self {
        let mut options = CallOptions::default();
        if let Idempotency::Header(name) = O::SPEC.idempotency {
            let own = request.as_ref().ok().and_then(|request| request.headers.get(name)?.to_str().ok());
            options.key = match own {
                Some(own) => Some(Key::Own(own.to_owned())),
                None => random_key(&*client.config.options.environment).ok().map(Key::Drawn),
            };
        }
        Self { client: client.clone(), request, options, operation: PhantomData }
    }

    /// Limits each attempt, instead of the client's [`Options::attempt_timeout`](super::Options::attempt_timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.attempt_timeout = Some(timeout);
        self
    }

    /// Limits the call with all its attempts, instead of the client's [`Options::deadline`](super::Options::deadline).
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.options.deadline = Some(deadline);
        self
    }

    /// Sends this idempotency key instead of a new one: the one of an earlier call, to continue it.
    ///
    /// An operation whose document declares no key cannot take one, and the call fails before it is sent.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.options.key = Some(Key::Given(key.into()));
        self
    }

    /// Asks for one of the media types that the document gives the successes, or for a range of them (`text/*`), instead of for all that it
    /// gives the responses. Where a success has no body, it may be one of an error.
    ///
    /// Another media type is an error, and nothing is sent: a server of the document answers it with 406.
    pub fn accept(mut self, media_type: &str) -> Self {
        self.request = self.request.and_then(|mut request| {
            let fault = |reason| BuildError::new(BuildSubject::Header, ACCEPT.as_str(), reason);
            if !content_negotiation::may_be_asked_for(O::SPEC.responses, media_type) {
                return Err(fault("is none of the media types that the document gives the successes"));
            }
            let value = HeaderValue::try_from(media_type).map_err(|_| fault(header::NOT_TEXT))?;
            request.headers.insert(ACCEPT, value);
            Ok(request)
        });
        self
    }

    /// Sets a header of this call, such as one that the document does not describe; it comes before one that the request has already.
    ///
    /// A value for `Authorization` stands for the credentials that travel there: this is how a call is signed by a scheme that the
    /// client cannot carry out itself.
    ///
    /// The lookups of a reconciliation carry it as well, and to the journal a request with other headers is another one: they may name the
    /// account. Those that trace, sign or authorize a call tell no requests apart (`traceparent`, `Signature`, `Authorization` and their
    /// like). Any other that changes with each call belongs into a [`Transport`](crate::client::Transport): entries of an earlier call would
    /// not be found.
    pub fn header(mut self, name: &str, value: impl Into<Secret<String>>) -> Self {
        self.request = self.request.and_then(|mut request| {
            let value = value.into();
            let fault = |reason| BuildError::new(BuildSubject::Header, name, reason);
            if matches!(O::SPEC.idempotency, Idempotency::Header(key) if key.eq_ignore_ascii_case(name)) {
                return Err(fault("is the idempotency key, which `idempotency_key` sets"));
            }
            let (name, value) = headers::of_caller(name, value.expose()).map_err(fault)?;
            request.own.insert(name.clone(), value.clone());
            request.headers.insert(name, value);
            Ok(request)
        });
        self
    }

    /// The idempotency key that every attempt will carry, to be written down before the call is sent; `None` where the document declares
    /// none.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.options.key.as_ref().map(Key::as_str)
    }

    /// Returns status, headers and attempts with the value.
    ///
    /// ```
    /// # use specie_runtime::client::{Call, Error, Invoke};
    /// # async fn example<O: Invoke>(call: Call<O>) -> Result<O::Output, Error<O::Error>> {
    /// let (value, meta) = call.detailed().await?;
    /// println!("{} attempts", meta.attempts());
    /// # Ok(value)
    /// # }
    /// ```
    pub fn detailed(self) -> Detailed<O> {
        Detailed(self)
    }

    async fn run(self) -> Result<(O::Output, Meta), Error<O::Error>> {
        // Only this thin shell is compiled once per operation.
        let sending: BoxFuture<'static, CallResult> =
            Box::pin(send(self.client, O::SPEC, classify::<O>, self.request?, self.options));
        read::<O>(sending.await)
    }
}

/// Classifies a response by the document of the operation.
pub(super) fn classify<O: Invoke>(response: &ClientResponse) -> ResponseClass {
    match O::decode(response) {
        Ok(Ok(_)) => ResponseClass::Success,
        Ok(Err(_)) => ResponseClass::Failure,
        Err(_) => ResponseClass::Other,
    }
}

impl LookupOperation {
    /// An operation that answers at once with all that there is.
    #[must_use]
    pub const fn of<O: Invoke>() -> Self {
        Self { classify: classify::<O>, pages: None }
    }
}

/// Reads the response of a finished call.
pub(super) fn read<O: Invoke>(result: CallResult) -> Result<(O::Output, Meta), Error<O::Error>> {
    let (response, meta) = match result {
        CallResult::Answered(response, meta) => (response, meta),
        CallResult::Mismatch(mismatch, meta) => {
            let meta = meta.with_headers(mismatch.headers().clone());
            return Err(Error::Mismatch(mismatch, meta));
        }
        CallResult::Failed(error, meta) => return Err(Error::Transport(error, meta)),
        CallResult::Unauthorized(error, meta) => return Err(Error::Auth(error, meta)),
        CallResult::Unbuilt(error) => return Err(Error::Build(error)),
    };
    let decoded = O::decode(&response);
    // A documented problem document of another form is not as documented, which says more.
    let is_anothers = matches!(&decoded, Err(error) if !error.is_of_another_form());
    let problem = if is_anothers { ProblemResponse::of(&response) } else { None };
    let meta = meta.with_headers(response.into_headers());
    if let Some(problem) = problem {
        return Err(Error::Problem(problem, meta));
    }
    match decoded {
        Ok(Ok(output)) => Ok((output, meta)),
        Ok(Err(error)) => Err(Error::Api(error, meta)),
        Err(error) if error.is_undocumented() => Err(Error::Undocumented(error, meta)),
        Err(error) => Err(Error::Decode(error, meta)),
    }
}

impl<O: Invoke> IntoFuture for Call<O> {
    type Output = Result<O::Output, Error<O::Error>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async { self.run().await.map(|(output, _)| output) })
    }
}

/// A call that gives status, headers and attempts beside the value.
#[must_use = "a call is sent when it is awaited"]
pub struct Detailed<O>(Call<O>);

impl<O: Invoke> IntoFuture for Detailed<O> {
    type Output = Result<(O::Output, Meta), Error<O::Error>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.0.run())
    }
}

impl<O: Operation> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &O::SPEC.id)
            .field("attempt_timeout", &self.options.attempt_timeout)
            .field("deadline", &self.options.deadline)
            .finish_non_exhaustive()
    }
}

impl<O: Operation> fmt::Debug for Detailed<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Detailed").field(&self.0).finish()
    }
}
