//! Why a form of parts cannot be read or written.

use std::fmt;

/// Why a form cannot be read.
#[cfg(feature = "server")]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormReadError {
    /// It is no form of parts, or did not arrive whole.
    Malformed(&'static str),
    /// It is longer than the limit for a body, in bytes.
    TooLarge(usize),
    /// Parts of it are not what they should be: every fault of them.
    Parts(Vec<PartFault>),
}

/// What is wrong with a part of a form.
#[cfg(feature = "server")]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PartFault {
    /// JSON pointer (RFC 6901) to what is wrong, which begins with the name of the part; empty for the whole form.
    pub pointer: String,
    /// What is wrong with it. It holds no value.
    pub detail: String,
}

/// Why a form cannot be written.
#[cfg(feature = "client")]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FormWriteError {
    /// The part; empty where it is the whole form.
    pub part: String,
    /// What is wrong with it. It holds no value.
    pub reason: &'static str,
}

#[cfg(feature = "server")]
impl fmt::Display for FormReadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(reason) => formatter.write_str(reason),
            Self::TooLarge(limit) => write!(formatter, "the form is longer than {limit} bytes"),
            Self::Parts(faults) => {
                for (index, fault) in faults.iter().enumerate() {
                    let separator = if index == 0 { "" } else { "; " };
                    write!(formatter, "{separator}{fault}")?;
                }
                Ok(())
            }
        }
    }
}

#[cfg(feature = "server")]
impl std::error::Error for FormReadError {}

#[cfg(feature = "server")]
impl fmt::Display for PartFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer.as_str() {
            "" => formatter.write_str(&self.detail),
            pointer => write!(formatter, "{pointer}: {}", self.detail),
        }
    }
}

#[cfg(feature = "client")]
impl fmt::Display for FormWriteError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part.as_str() {
            "" => formatter.write_str(self.reason),
            part => write!(formatter, "the part `{part}` {}", self.reason),
        }
    }
}

#[cfg(feature = "client")]
impl std::error::Error for FormWriteError {}
