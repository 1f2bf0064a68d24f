//! The modules that are called the same in every crate that has them.

use crate::rust_identifiers::last_segment;

/// A module that is called the same in every crate that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FixedModule {
    path: &'static str,
}

impl FixedModule {
    /// Its path in a crate: `crate::types`.
    #[must_use]
    pub const fn path(self) -> &'static str {
        self.path
    }

    /// Its path from where the paths of a crate begin.
    #[must_use]
    pub fn below(self, root: &str) -> String {
        format!("{root}::{}", self.inner())
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        last_segment(self.path)
    }

    /// The path of its file in a crate, without the extension: `src/types`.
    #[must_use]
    pub fn file_stem(self) -> String {
        format!("src/{}", self.inner().replace("::", "/"))
    }

    fn inner(self) -> &'static str {
        self.path.trim_start_matches("crate::")
    }
}

/// Declares the modules, each with its documentation, its constant and its path.
macro_rules! modules {
    ($(#[doc = $doc:literal] $name:ident = $path:literal;)*) => {
        $(#[doc = $doc] pub const $name: FixedModule = FixedModule { path: $path };)*

        /// All of them.
        pub const ALL: &[FixedModule] = &[$($name),*];
    };
}

modules! {
    /// Types made of schemas.
    TYPES = "crate::types";
    /// Requests, responses and tables of operations.
    OPERATIONS = "crate::operations";
    /// The client.
    CLIENT = "crate::client";
    /// The server trait and the service around it.
    SERVER = "crate::server";
    /// The documented errors in which rejections are written.
    REJECTIONS = "crate::server::rejections";
    /// The fake for tests.
    FAKE = "crate::fake";
    /// Requests, responses and tables of callbacks.
    CALLBACKS = "crate::callbacks";
    /// The receivers of callbacks.
    CALLBACK_RECEIVERS = "crate::callbacks::receive";
    /// The senders of callbacks.
    CALLBACK_SENDERS = "crate::callbacks::send";
    /// Requests, responses and tables of webhooks that are whole operations.
    WEBHOOK_OPERATIONS = "crate::webhook_operations";
    /// The receivers of those webhooks.
    WEBHOOK_OPERATION_RECEIVERS = "crate::webhook_operations::receive";
    /// The senders of those webhooks.
    WEBHOOK_OPERATION_SENDERS = "crate::webhook_operations::send";
    /// The links of responses.
    LINKS = "crate::links";
    /// The payloads of webhooks.
    WEBHOOKS = "crate::webhooks";
    /// The receivers of webhooks.
    RECEIVERS = "crate::webhooks::receive";
    /// The senders of webhooks.
    SENDERS = "crate::webhooks::send";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_name_and_file_say_the_same() {
        assert_eq!((TYPES.name(), TYPES.file_stem().as_str()), ("types", "src/types"));
        assert_eq!((REJECTIONS.name(), REJECTIONS.file_stem().as_str()), ("rejections", "src/server/rejections"));
        assert_eq!(REJECTIONS.below("crate::api"), "crate::api::server::rejections");
    }
}
