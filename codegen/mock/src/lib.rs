//! A server of any OpenAPI document, without a line of code for it.
//!
//! [`Mock`] answers a request as the document says: it finds the operation, checks credentials, parameters and body, and sends an example of
//! the documented response, or one made of its schema. What the document does not allow is rejected with the response that the document gives
//! for that, or else with a problem document (RFC 9457). Nothing is stored: the same request gets the same response.
//!
//! ```
//! use specie_codegen::{Strictness, source::Source};
//! use specie_mock::Mock;
//!
//! let document = "
//! openapi: 3.1.0
//! info: {title: T, version: '1'}
//! paths:
//!   /coins/{n}:
//!     get:
//!       parameters: [{name: n, in: path, required: true, schema: {type: integer}}]
//!       responses: {'200': {description: One., content: {text/plain: {schema: {type: string, example: heads}}}}}
//! ";
//! let (read, _) = specie_codegen::api_and_document(&Source::new("t.yaml", document), Strictness::Lenient, &[]);
//! let mock = Mock::new(read.expect("a valid document"));
//! let request = |path: &str| http::Request::get(path).body(Vec::new()).expect("a request");
//! assert_eq!(mock.respond(&request("/coins/1")).body(), b"heads");
//! assert_eq!(mock.respond(&request("/coins/one")).status(), 400);
//! ```

#![deny(clippy::print_stdout, clippy::print_stderr, unreachable_pub)]

mod bodies;
mod call;
mod credentials;
mod json;
mod media_ranges;
mod mock;
mod parameters;
mod preferences;
mod rejection;
mod responses;
mod routes;
mod serve;
mod text_values;

pub use mock::Mock;
pub use rejection::Reason;
pub use serve::serve;
