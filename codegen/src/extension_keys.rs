//! The keys of our own extensions, as documents write them.

/// The name of a type, an operation or a property.
pub(crate) const NAME: &str = "x-specie-name";

/// Whether values are secrets.
pub(crate) const SENSITIVE: &str = "x-specie-sensitive";

/// Where a fact of the document comes from.
pub(crate) const PROVENANCE: &str = "x-specie-provenance";

/// Diagnostics that are allowed below an object.
pub(crate) const ALLOW: &str = "x-specie-allow";

/// What a response says of whether the operation took place.
pub(crate) const OUTCOME: &str = "x-specie-outcome";

/// How a repetition of an operation is recognised.
pub(crate) const IDEMPOTENCY: &str = "x-specie-idempotency";

/// The operation that tells what became of another one.
pub(crate) const RECONCILE: &str = "x-specie-reconcile";

/// How an operation gives its pages.
pub(crate) const PAGINATION: &str = "x-specie-pagination";

/// The form field that holds a JSON body.
pub(crate) const ENVELOPE: &str = "x-specie-envelope";

/// Which characters of a path parameter are sent as they are.
pub(crate) const PATH: &str = "x-specie-path";

/// The name of a server.
pub(crate) const SERVER_NAME: &str = "x-specie-server-name";

/// How a webhook is signed.
pub(crate) const SIGNATURE: &str = "x-specie-signature";
