//! What the manifest of a crate says: of Rust, of the runtime, and of features.

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

/// A feature, as the manifest declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its name.
    pub name: &'static str,
    /// The comment above it.
    pub comment: &'static str,
    /// Whether it is on where a program says nothing of features.
    pub is_default: bool,
    /// The features that it turns on, those of dependencies with their crate: `specie-runtime/client`.
    pub enables: &'static [&'static str],
}
