//! Which OpenAPI a document is written in.

/// The version of OpenAPI that a document is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    /// 3.0.
    V30,
    /// 3.1, which is checked and not generated from.
    V31,
}
