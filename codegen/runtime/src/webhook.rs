//! Webhooks and callbacks: receiving what an API sends to its users, and sending it.
//!
//! A generated crate has a function per webhook that makes a [`Receiver`] of secrets and a handler. The receiver answers what its
//! sender understands: 200 when the handler has done its work, 500 when it failed, so that the webhook is delivered again.
//! [`Deliveries`] tells a handler which ones it has handled before. The other way round, a [`Sender`] signs and sends.
//!
//! A callback is sent on account of a request, to an address that the request or its response holds ([`callback_url`]). It is a whole
//! [`Operation`](crate::Operation): its handler gets the typed request, parameters included, and answers with what the document gives
//! the callback; [`Sender::call`] reads that.
//!
//! Both sides are `tracing` spans at INFO (`webhook`, `send_webhook`) with the webhook's `id`, `http.response.status_code` and
//! `error.type`.

mod callback;
mod callback_url;
mod deliveries;
mod receiver;
mod seen_deliveries;
#[cfg(feature = "client")]
mod sender;
mod signature;
#[cfg(test)]
mod tests;
mod trace;

use std::error::Error;
use std::time::SystemTime;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use http::{Method, Request, Uri};
use serde::Serialize;

#[cfg(feature = "client")]
pub use callback::CallbackError;
pub use callback_url::{UrlPart, callback_url};
pub use deliveries::{Claim, Deliveries, Delivery};
pub use receiver::Receiver;
#[cfg(feature = "client")]
pub use sender::{SendError, Sender};
pub use signature::{MessageStamp, SignatureAlgorithm, SignatureEncoding};

use crate::body_kinds::json;
use crate::operation::SchemeSpec;
use crate::secret::Secret;

/// Any error; what a handler fails with becomes one.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// The facts of the document about one webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookSpec {
    /// Its `operationId`, or its key.
    pub id: &'static str,
    /// The header that carries the signature, and how it is made; `None`: its sender is not proven.
    pub signature: Option<(&'static str, SignatureAlgorithm)>,
    /// Its method.
    pub method: &'static str,
    /// The statuses by which a receiver acknowledges it; none: any 2xx.
    pub acknowledged_by: &'static [u16],
    /// The schemes of the credentials that its sender has.
    pub schemes: &'static [SchemeSpec],
    /// The alternatives, each with the keys of its schemes; none: it has no credentials.
    pub security: &'static [&'static [&'static str]],
}

impl WebhookSpec {
    /// A webhook whose sender is not proven. It is sent by `POST`, and 200 acknowledges it.
    #[must_use]
    pub const fn new(id: &'static str) -> Self {
        Self { id, signature: None, method: "POST", acknowledged_by: &[200], schemes: &[], security: &[] }
    }

    /// Sets the method.
    #[must_use]
    pub const fn method(mut self, name: &'static str) -> Self {
        self.method = name;
        self
    }

    /// Sets the statuses by which a receiver acknowledges it. It answers with the first; with none of them any 2xx acknowledges it, and
    /// the answer is 200. A sender takes 200 in any case, which receivers of other makes answer with.
    #[must_use]
    pub const fn acknowledged_by(mut self, statuses: &'static [u16]) -> Self {
        self.acknowledged_by = statuses;
        self
    }

    /// Whether a response of that status acknowledges it.
    #[cfg(feature = "client")]
    fn is_acknowledged_by(&self, status: u16) -> bool {
        match self.acknowledged_by {
            [] => (200..300).contains(&status),
            statuses => status == 200 || statuses.contains(&status),
        }
    }

    /// Sets the header that carries the signature, and how it is made.
    #[must_use]
    pub const fn signature(mut self, header: &'static str, algorithm: SignatureAlgorithm) -> Self {
        self.signature = Some((header, algorithm));
        self
    }

    /// Sets the credentials that its sender has: their schemes, and the alternatives, each with the keys of its schemes.
    #[must_use]
    pub const fn security(
        mut self,
        schemes: &'static [SchemeSpec],
        alternatives: &'static [&'static [&'static str]],
    ) -> Self {
        self.schemes = schemes;
        self.security = alternatives;
        self
    }

    /// The request that delivers a payload now, signed where the document asks for it: for servers, and for tests of receivers.
    /// A secret that is missing is an error, one that is not needed is not used. Where the signature covers the id of the message, use
    /// [`stamped_request`](Self::stamped_request).
    ///
    /// ```
    /// use specie_runtime::Secret;
    /// use specie_runtime::webhook::{SignatureAlgorithm, WebhookSpec};
    ///
    /// const SPEC: WebhookSpec = WebhookSpec::new("payoutInvoice")
    ///     .signature("X-Signature", SignatureAlgorithm::Base64Sha1SecretBodySecret);
    ///
    /// let uri = "https://shop.example.com/payouts".parse()?;
    /// let request = SPEC.request(uri, Some(&Secret::from("sk_test")), &["processed"])?;
    /// assert_eq!(request.headers()["x-signature"], "5AVvIvyN/Kt3SYiOCiq3KdMWzAs=");
    /// # Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
    /// ```
    pub fn request<T: Serialize + ?Sized>(
        &self,
        uri: Uri,
        secret: Option<&Secret<String>>,
        payload: &T,
    ) -> Result<Request<Bytes>, BoxError> {
        self.stamped_request(uri, secret, payload, &MessageStamp::new("", SystemTime::now()))
    }

    /// The same with the id and the time of the message.
    pub fn stamped_request<T: Serialize + ?Sized>(
        &self,
        uri: Uri,
        secret: Option<&Secret<String>>,
        payload: &T,
        stamp: &MessageStamp,
    ) -> Result<Request<Bytes>, BoxError> {
        let body = json::encode(payload).map_err(|_| "the payload cannot be written as JSON")?;
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(json::MEDIA_TYPE));
        self.sign(&mut headers, secret, stamp, &body)?;
        let mut request = Request::new(Bytes::from(body));
        *request.method_mut() = Method::from_bytes(self.method.as_bytes())?;
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        Ok(request)
    }

    /// Adds the headers of the signature of a body, where the document asks for it.
    fn sign(
        &self,
        headers: &mut HeaderMap,
        secret: Option<&Secret<String>>,
        stamp: &MessageStamp,
        body: &[u8],
    ) -> Result<(), BoxError> {
        if let Some((header, algorithm)) = self.signature {
            let secret = secret.ok_or("the webhook is signed, and there is no secret")?;
            headers.extend(algorithm.sign(header, secret, stamp, body)?);
        }
        Ok(())
    }
}
