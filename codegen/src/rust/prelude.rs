//! The names of the prelude that generated code uses.

use crate::rust_syntax::last_segment;

/// A name of the prelude.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prelude {
    /// `Box`
    Box,
    /// `Default`
    Default,
    /// `From`
    From,
    /// `Future`
    Future,
    /// `Into`
    Into,
    /// `Option`
    Option,
    /// `Result`
    Result,
    /// `Send`
    Send,
    /// `Some`
    Some,
    /// `String`
    String,
    /// `Sync`
    Sync,
    /// `Vec`
    Vec,
}

impl Prelude {
    /// The name.
    #[must_use]
    pub fn name(self) -> &'static str {
        last_segment(self.path())
    }

    /// Where the prelude takes it from.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Box => "std::boxed::Box",
            Self::Default => "std::default::Default",
            Self::From => "std::convert::From",
            Self::Future => "std::future::Future",
            Self::Into => "std::convert::Into",
            Self::Option => "std::option::Option",
            Self::Result => "std::result::Result",
            Self::Send => "std::marker::Send",
            Self::Some => "std::option::Option::Some",
            Self::String => "std::string::String",
            Self::Sync => "std::marker::Sync",
            Self::Vec => "std::vec::Vec",
        }
    }
}
