//! What the manifest of a crate of its own says of Rust and of the runtime, and what the code of a module is exempt from.

/// The edition that generated code is written in.
pub const EDITION: &str = "2024";

/// The oldest Rust that compiles it.
pub const RUST_VERSION: &str = "1.88";

/// The runtime.
pub const RUNTIME: &str = "specie-runtime";

/// The versions of the runtime that the code of a crate is written for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuntimeVersions {
    /// The oldest.
    pub from: String,
    /// The first one after it that may break the code.
    pub before: String,
}

/// The feature of the runtime for checks by regular expressions.
pub const PATTERN_FEATURE: &str = "pattern";

/// Lints that say of a module what its crate does not use of it, or does not give out, each list with the reason for its exemption.
pub const MODULE_LINTS: &[(&[&str], &str)] = &[
    (&["dead_code", "unreachable_pub", "unused_imports"], "a crate need not use all of the API, nor give it out"),
    (&["clippy::missing_errors_doc", "clippy::module_name_repetitions"], "errors are described on their types"),
];
