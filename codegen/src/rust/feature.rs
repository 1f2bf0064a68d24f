//! The features of a crate.

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
