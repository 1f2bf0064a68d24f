//! Compares two OpenAPI documents: which changes break clients and servers of the old one.
//!
//! Both documents are read as the generator reads them ([`specie_codegen::api_and_document`]), so that what means the same is the same: an inline
//! schema and a component, an `allOf` and one object, a parameter of a path and one of each operation, OpenAPI 3.0 and 3.1.
//!
//! Not compared are the contents of keywords that the generator does not carry (that one was added or removed is said), and unions of more
//! shapes than it tells apart. Of two regular expressions it is not computed which one allows more. How branches, listed values and bounds
//! divide texts and numbers makes no difference: what they allow together is compared. A property that is new in an open object is judged by
//! what people mean by it: whoever receives it may ignore it.
//!
//! Beyond that, [`report`] looks at the documents' own texts where a schema has changed, as JSON Schema reads them. They are brought into a
//! normal form, so that the same values in other words are the same. And values are tried: one that only one document allows is a change,
//! whatever else is found, and a change of single values that both documents judge alike is none.
//!
//! One law gives the verdicts for the wire. Each pair of schemas stands in a [`Relation`]: the new one allows the same values, more, fewer,
//! or others. Who sends values may send no others than before, and who receives them has to take all that come; so fewer values break whoever
//! sends by the old document, and more values whoever receives by it.
//!
//! What follows for code is read off the crates that the generator plans for both documents ([`report`]): code that uses the client, and code
//! that implements the server. Each change of an item stands with the change of the document that is its cause. So it is seen what breaks the
//! wire while the compiler stays silent, and what does not compile while the wire is the same.
//!
//! ```
//! use specie_codegen::{Strictness, source::Source};
//! use specie_diff::{Audience, Verdict};
//!
//! let api = |required: &str| {
//!     let text = format!("
//! openapi: 3.1.0
//! info: {{title: T, version: '1'}}
//! paths:
//!   /coins:
//!     post:
//!       requestBody: {{content: {{application/json: {{schema: {{type: object, {required} properties: {{n: {{type: integer}}}}}}}}}}}}
//!       responses: {{'204': {{description: Kept.}}}}
//! ");
//!     specie_codegen::api_and_document(&Source::new("t.yaml", text), Strictness::Lenient, &[]).0.expect("a valid document").api
//! };
//! let findings = specie_diff::compare(&api(""), &api("required: [n],"));
//! assert_eq!(findings[0].rule.id(), "property-became-required");
//! assert_eq!(findings[0].verdict(Audience::OldClients), Verdict::Breaks);
//! assert_eq!(findings[0].verdict(Audience::OldServers), Verdict::Fine);
//! ```

#![forbid(unsafe_code)]
#![deny(clippy::print_stdout, clippy::print_stderr, unreachable_pub)]

mod address;
mod document_location;
mod edit;
mod json_value;
mod relation;
mod rule;

// The generated crates, item by item.
mod code;

// What is said of a change.
mod finding;

// The values of two schemas.
mod schemas;

// Where in a component they stand.
mod path_in_component;

// From changes at their places to findings.
mod collect;
mod findings;
mod witness;

// What is compared.
mod content;
mod extensions;
mod links;
mod operations;
mod parameters;
mod responses;
mod security;
mod servers;

// What is let pass.
mod suppression;

// Which version follows.
mod version;

// From findings to text.
mod render;

pub use code::{CodeChange, Needs};
pub(crate) use edit::Edit;
pub use finding::{Allowed, Finding, Shows, Use, Witness};
pub use operations::{compare, report};
pub use relation::{Answer, Audience, Relation, Verdict};
pub use render::{Format, JSON_SCHEMA, Sources, render};
pub use rule::{Example, Rule};
pub use semver::Version;
pub use suppression::{SuppressedPlace, Suppression, suppress};
pub use version::ComparedCrate;
