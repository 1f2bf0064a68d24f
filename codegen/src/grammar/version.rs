//! Which OpenAPI a document is written in.

/// A version of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Version {
    /// 3.0.
    V30,
    /// 3.1.
    V31,
    /// 3.2.
    V32,
}

impl Version {
    /// The version as documents and messages name it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::V30 => "3.0",
            Self::V31 => "3.1",
            Self::V32 => "3.2",
        }
    }
}
