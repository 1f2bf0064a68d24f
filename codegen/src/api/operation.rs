//! Operations, webhooks and callbacks.

use super::{
    Direction, Docs, EntrySpan, Idempotency, Name, Pagination, Parameter, Reconcile, RequestBody, Requirement,
    Response, ServerListId, Signature, Span,
};
use crate::http;

/// One operation: a request that a client sends to the API or, as a webhook or callback, the API to a client.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// `operationId`.
    pub id: Option<String>,
    /// `x-specie-name`: what it is called in code.
    pub given_name: Option<Name>,
    /// Its HTTP method.
    pub method: Method,
    /// Where it is sent.
    pub address: Address,
    /// What the document says of it; the provenance of its path is its own as well.
    pub docs: Docs,
    /// The names of its tags.
    pub tags: Vec<String>,
    /// Its parameters, and those of its path that it does not override; those of the path come first.
    pub parameters: Vec<Parameter>,
    /// Its body.
    pub request_body: Option<RequestBody>,
    /// Its responses.
    pub responses: Vec<Response>,
    /// Requests that the API sends on account of it.
    pub callbacks: Vec<Operation>,
    /// The alternatives of `security`, its own or the document's; empty: no credential is sent.
    pub security: Vec<Requirement>,
    /// Where the `security` that holds for it stands, its own or the document's; `None`: neither is there.
    pub security_span: Option<Span>,
    /// Whether it states `security` of its own (OpenAPI 3.2.0, Operation Object).
    pub has_own_security: bool,
    /// The servers it goes to: its own, its path's or the document's.
    pub servers: ServerListId,
    /// It creates and moves nothing: `x-specie-outcome: none`, or a method that is safe (RFC 9110 section 9.2.1).
    pub safe: bool,
    /// Where `x-specie-outcome` stands, if the operation has it.
    pub outcome_span: Option<EntrySpan>,
    /// What makes a repetition safe.
    pub idempotency: Idempotency,
    /// Where `x-specie-idempotency` stands; `None`: the method implies it.
    pub idempotency_span: Option<EntrySpan>,
    /// `x-specie-reconcile`.
    pub reconcile: Option<Reconcile>,
    /// `x-specie-pagination`.
    pub pagination: Option<Pagination>,
    /// `x-specie-signature` of a webhook.
    pub signature: Option<Signature>,
    /// Where it stands: the key of its method.
    pub span: Span,
    /// Where its `operationId` stands, or else the operation.
    pub name_span: Span,
    /// Where `callbacks` stands, if the document has them.
    pub callbacks_span: Option<Span>,
}

impl Operation {
    /// Whether the API sends it: a webhook or a callback.
    #[must_use]
    pub const fn is_sent_by_api(&self) -> bool {
        matches!(self.address, Address::Webhook(_) | Address::Callback { .. })
    }

    /// Who sends its request: the API sends webhooks and callbacks.
    #[must_use]
    pub const fn sender(&self) -> Direction {
        match self.address {
            Address::Path(_) => Direction::Request,
            Address::Webhook(_) | Address::Callback { .. } => Direction::Response,
        }
    }

    /// What the operation is known by: its `operationId`, or else its method and path, or the name of a webhook or callback.
    #[must_use]
    pub fn label(&self) -> String {
        match (&self.id, &self.address) {
            (Some(id), _) => id.clone(),
            (None, Address::Path(path)) => {
                format!("{} {}", self.method.as_str().to_lowercase(), path.replace(['{', '}'], ""))
            }
            (None, Address::Webhook(name) | Address::Callback { name, .. }) => name.clone(),
        }
    }

    /// The path template; empty for webhooks and callbacks.
    #[must_use]
    pub fn path(&self) -> &str {
        match &self.address {
            Address::Path(path) => path,
            Address::Webhook(_) | Address::Callback { .. } => "",
        }
    }
}

/// Where an operation is sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Address {
    /// To a path of the API, as a template: `/v1/payouts/{id}`.
    Path(String),
    /// To an address that is agreed outside of the document, under a name of `webhooks`.
    Webhook(String),
    /// To an address that a request holds.
    Callback {
        /// The key under `callbacks`.
        name: String,
        /// The runtime expression of the address: `{$request.body#/callback_url}`.
        expression: String,
    },
}

/// An HTTP method.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Method(String);

impl Method {
    /// A method by its name as it is sent: `GET`, or one of `additionalOperations`.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// Its name as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it asks and changes nothing (RFC 9110 section 9.2.1; the QUERY method).
    #[must_use]
    pub fn is_safe(&self) -> bool {
        http::is_safe(self.as_str())
    }

    /// Whether sending it twice is the same as once (RFC 9110 section 9.2.2).
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        self.is_safe() || matches!(self.as_str(), "PUT" | "DELETE")
    }

    /// What it implies of a repetition (RFC 9110 section 9.2.2).
    #[must_use]
    pub fn implied_idempotency(&self) -> Idempotency {
        if self.is_idempotent() { Idempotency::Natural } else { Idempotency::None }
    }
}

/// A webhook that carries values of one schema, for tests.
#[cfg(test)]
pub(super) fn webhook_of(name: &str, schema: super::SchemaId) -> Operation {
    let media_type = super::MediaType {
        name: "application/json".into(),
        schema: Some(schema),
        item_schema: None,
        data_schema: None,
        encoding: Vec::new(),
        examples: Vec::new(),
        envelope: None,
        span: Span::START,
    };
    Operation {
        id: None,
        given_name: None,
        method: Method::new("POST"),
        address: Address::Webhook(name.into()),
        docs: Docs::default(),
        tags: Vec::new(),
        parameters: Vec::new(),
        request_body: Some(RequestBody {
            required: true,
            content: vec![media_type],
            docs: Docs::default(),
            span: Span::START,
        }),
        responses: Vec::new(),
        callbacks: Vec::new(),
        security: Vec::new(),
        security_span: None,
        has_own_security: false,
        servers: ServerListId::DOCUMENT,
        safe: false,
        outcome_span: None,
        idempotency: Idempotency::None,
        idempotency_span: None,
        reconcile: None,
        pagination: None,
        signature: None,
        span: Span::START,
        name_span: Span::START,
        callbacks_span: None,
    }
}
