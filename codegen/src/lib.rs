//! Turns OpenAPI documents of payment APIs into Rust crates: text in, diagnostics or a tree of files out, no I/O.
//!
//! Data passes through the stages in this order:
//!
//! ```text
//! source ─▶ syntax ─▶ overlay ─▶ selection ─▶ grammar ─▶ resolve ─▶ document ─▶ validate ─▶ lower ─▶ api ─▶ plan ─▶ rust ─▶ emit ─▶ Tree
//!                                                                                                                    │       └── calls render
//!                                                                                                                    └─▶ surface ─▶ text
//! ```
//!
//! The list of modules below has the same order, but that what a stage makes or calls stands above it: `api` above `lower`, `rust` above
//! `plan`, `render` (which lays tokens out as text) above `emit`. So a module names only modules above it. `resolve` runs `grammar` over
//! each file that a reference leads to.
//!
//! What becomes of each object, key and format of OpenAPI stands in [`constructs`].
//!
//! An item is as visible as its users need: `pub` where it belongs to the API of this crate, `pub(crate)` where another stage names it,
//! `pub(in crate::stage)` where another folder of its stage does, `pub(super)` where the files beside it do, and private otherwise.
//!
//! ```
//! use specie_codegen::{Manifest, Options, Program, Strictness, generate, source::Source};
//!
//! let spec = r#"
//! openapi: 3.0.3
//! info: {title: Tiny, version: "1"}
//! paths:
//!   /ping:
//!     get:
//!       operationId: ping
//!       responses: {"204": {description: It is there.}}
//! "#;
//! let source = Source::new("tiny.yaml", spec);
//! let options = Options { crate_name: "tiny".into(), strictness: Strictness::Lenient, manifest: Manifest::Workspace, only: Vec::new(), program: Program::Specie };
//! let generated = generate(&source, &options);
//! let tree = generated.tree.expect("the document is valid");
//! assert!(tree.0["src/client.rs"].contains("pub fn ping"));
//! ```

#![deny(clippy::print_stdout, clippy::print_stderr, unreachable_pub)]

// Shared by several stages: sources, diagnostics, how strictly and how much of a document is read, and what pointers, names, HTTP, numbers
// and patterns have of their own.
mod invoking_program;

pub mod source;

mod printable;

mod markdown;

pub mod diagnostic;

mod strictness;

mod size_limits;

pub mod pointer;

mod rust_identifiers;

mod module_target;

mod identifier_words;

pub mod names;

mod extension_keys;

mod secret_names;

pub mod http;

mod number_text;

mod patterns;

mod strongly_connected;

// Front end: text to a checked document without dangling references.
pub mod syntax;

mod component_reference_text;

mod runtime_expression;

mod path_item_operations;

mod not_openapi;

pub mod overlay;

pub mod selection;

pub mod grammar;

pub mod resolve;

pub mod document;

pub mod validate;

// Middle: what the document means.
pub mod api;

pub mod lower;

// Values of what the document means: which are valid, and which can be shown.
pub mod instance;

mod value_mismatches;

pub mod samples;

// Back end: the crate as data, then its text.
pub mod rust;

pub mod plan;

pub mod render;

pub mod emit;

pub mod surface;

// Reports: what is wrong with a document, and how a tree differs from what is on disk.
pub mod diagnostic_formats;

pub mod drift;

// All stages in order.
mod pipeline;

// The table of what becomes of each construct.
pub mod constructs;

pub use emit::{Manifest, Package, Tree};
pub use invoking_program::Program;
pub use module_target::{GeneratedModule, Side};
pub use pipeline::{
    ApiAndCrate, ApiAndDocument, Generated, Options, api_and_crate, api_and_document, check, generate, planned,
};
pub use selection::Selector;
pub use strictness::Strictness;
pub use syntax::{Gathered, Input, gather, gather_with_overlays};
