//! The modules that are called the same in every crate that has them.

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
        self.path.rsplit("::").next().unwrap_or(self.path)
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

/// Types made of schemas.
pub const TYPES: FixedModule = FixedModule { path: "crate::types" };

/// Requests, responses and tables of operations.
pub const OPERATIONS: FixedModule = FixedModule { path: "crate::operations" };

/// The client.
pub const CLIENT: FixedModule = FixedModule { path: "crate::client" };

/// The server trait and the service around it.
pub const SERVER: FixedModule = FixedModule { path: "crate::server" };

/// The documented errors in which rejections are written.
pub const REJECTIONS: FixedModule = FixedModule { path: "crate::server::rejections" };

/// The fake for tests.
pub const FAKE: FixedModule = FixedModule { path: "crate::fake" };

/// Requests, responses and tables of callbacks.
pub const CALLBACKS: FixedModule = FixedModule { path: "crate::callbacks" };

/// The receivers of callbacks.
pub const CALLBACK_RECEIVERS: FixedModule = FixedModule { path: "crate::callbacks::receive" };

/// The senders of callbacks.
pub const CALLBACK_SENDERS: FixedModule = FixedModule { path: "crate::callbacks::send" };

/// The links of responses.
pub const LINKS: FixedModule = FixedModule { path: "crate::links" };

/// The payloads of webhooks.
pub const WEBHOOKS: FixedModule = FixedModule { path: "crate::webhooks" };

/// The receivers of webhooks.
pub const RECEIVERS: FixedModule = FixedModule { path: "crate::webhooks::receive" };

/// The senders of webhooks.
pub const SENDERS: FixedModule = FixedModule { path: "crate::webhooks::send" };

/// All of them.
pub const ALL: &[FixedModule] = &[
    TYPES,
    OPERATIONS,
    CLIENT,
    SERVER,
    REJECTIONS,
    FAKE,
    CALLBACKS,
    CALLBACK_RECEIVERS,
    CALLBACK_SENDERS,
    LINKS,
    WEBHOOKS,
    RECEIVERS,
    SENDERS,
];

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
