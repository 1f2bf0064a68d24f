//! Which properties an object has, and what becomes of further ones.

use crate::decode;

/// What becomes of properties that the document does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownProperties {
    /// They are ignored.
    Ignored,
    /// They are an error where a server reads what it received, and ignored where a client does.
    RefusedByServers,
    /// They are an error.
    Refused,
    /// They are put into the [`Rest`](super::Rest).
    Kept,
}

impl UnknownProperties {
    pub(super) fn refuses(self) -> bool {
        match self {
            Self::Refused => true,
            Self::RefusedByServers => decode::is_serving(),
            Self::Ignored | Self::Kept => false,
        }
    }
}

/// The properties of an object.
#[derive(Clone, Copy, Debug)]
pub struct Properties {
    /// Those that the document names, as on the wire.
    pub names: &'static [&'static str],
    /// What becomes of others.
    pub further: UnknownProperties,
}

impl Properties {
    /// Those of a value that is no object with named properties.
    pub(crate) const NONE: Self = Self { names: &[], further: UnknownProperties::Kept };
}
