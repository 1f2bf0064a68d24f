//! The documentation of items that are the same in every crate that has them, as Markdown.

/// The function that gives the client's builder.
pub const CLIENT_BUILDER_FUNCTION: &str = "Returns a builder: base URLs, credentials, options.";

/// The function that makes a client without a network.
pub const CLIENT_OVER: &str =
    "A client over an in-process server or a scripted transport, with placeholders for base URLs and credentials.";

/// The enum of servers.
pub const SERVERS: &str = "The servers that the document declares.";

/// The method that gives the URL of one of them.
pub const SERVER_URL: &str = "Its base URL.";

/// The builder of the client.
pub const CLIENT_BUILDER: &str = "Collects what a [`Client`] needs.";

/// The builder's method for one of the declared servers.
pub const BUILDER_SERVER: &str = "Chooses one of the servers that the document declares.";

/// The builder's method for options.
pub const BUILDER_OPTIONS: &str = "Sets timeouts, limits, retries and the `User-Agent`.";

/// The builder's method for a transport.
pub const BUILDER_TRANSPORT: &str = "Sets another transport than the built-in one.";

/// The builder's last method.
pub const BUILDER_BUILD: &str =
    "Builds the client; fails where no base URL is known, or what was given cannot be sent.";

/// What the compiler says of a builder that is not used.
pub const CLIENT_BUILDER_UNUSED: &str = "`build` makes the client";

/// What the compiler says of credentials that are not used.
pub const CREDENTIALS_UNUSED: &str = "`credentials` of a call takes them";

/// What the compiler says of an address that is not used.
pub const ADDRESS_UNUSED: &str = "the client's builder takes it";

/// The credentials of a caller.
pub const CREDENTIALS: &str =
    "The credentials of one of several callers that share a [`Client`]: `.credentials(…)` of a call takes them.";

/// The function that makes them.
pub const CREDENTIALS_NEW: &str = "Starts without any.";

/// Their method that names an account.
pub const CREDENTIALS_ACCOUNT: &str =
    "Names the account that they are of: a client with a journal needs it, unless they hold a user name (HTTP Basic).";

/// The function that makes an address with variables.
pub const ADDRESS_NEW: &str = "The address with its variables at their defaults.";

/// The method that gives the text of a variable's value.
pub const ADDRESS_VALUE: &str = "Its text in the address.";

/// The enum of what callers present to a server.
pub const CREDENTIAL: &str = "The credentials of a request, by security scheme.";

/// The method of the server trait that looks at them.
pub const AUTHENTICATE: &str = "\
Decides whether a caller may call, before the request is decoded.

A request without the credentials that its operation requires gets a 401 before this is called. Where they are optional and
missing, it is not called. What the handler should know about the caller is left in the context's extensions.";

/// The method of the server trait that writes rejections.
pub const REJECT: &str = "\
The response to a rejected request or a failed handler: by default the error that the document gives the operation,
where a rejection can be written so, or else a problem document (RFC 9457).";

/// The constant beside the operations.
pub const DESCRIPTION: &str = "What the operations share.";

/// The macro with the documentation of parameters.
pub const SHARED_DOCS: &str = "The documentation of parameters that many operations have, by the name of their field.";

/// The field of an object for what the document does not name.
pub const REST: &str = "Properties beyond those that the document names.";

/// The variant of an enum of values for what the document does not list.
pub const UNLISTED_VALUE: &str = "A value that the document does not list; it is sent back unchanged.";

/// The variant of a union for what the document does not list.
pub const UNLISTED_KIND: &str = "Another kind than the document lists; it is sent back unchanged.";

/// What stands before the default of a value.
pub const DEFAULT: &str = "Default";

/// What stands before an example of a value.
pub const EXAMPLE: &str = "Example";

/// A text of a document that has no characters.
pub const EMPTY: &str = "(empty)";

/// The heading above the example of a call.
pub const EXAMPLE_HEADING: &str = "# Example";

/// The comment in the example of a fake, above what is asked after the calls.
pub const EXAMPLE_FAKE_CALLS: &str = "What the test is about calls the client, and then:";

/// Why the fake of an example refuses.
pub const EXAMPLE_FAKE_REFUSAL: &str = "not in this test";

/// Why the receiver of an example fails.
pub const EXAMPLE_RECEIVER_FAILURE: &str = "nothing is done with it yet";

/// The secrets of a receiver in an example.
pub const EXAMPLE_SECRETS: [&str; 2] = ["live-secret", "test-secret"];

/// What verifies the credentials of the sender in an example.
pub const EXAMPLE_AUTHENTICATE: &str = "|presented| presented.iter().all(|one| one.is_token(&\"live-secret\".into()))";

/// The base URL in an example.
pub const EXAMPLE_BASE_URL: &str = "https://api.example.com";

/// The heading above how a program depends on the crate.
pub const PACKAGE_HEADING: &str = "# Depending on it";

/// A part of a line of documentation that cargo completes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackagePiece {
    /// Words.
    Words(&'static str),
    /// What cargo gives under the name of a variable (The Cargo Book, "Environment variables Cargo sets for crates").
    Variable(&'static str),
}

/// Version, MSRV and licence as cargo knows them, so that they are never out of date.
pub const PACKAGE: &[PackagePiece] = &[
    PackagePiece::Words("This is version "),
    PackagePiece::Variable("CARGO_PKG_VERSION"),
    PackagePiece::Words(", for Rust "),
    PackagePiece::Variable("CARGO_PKG_RUST_VERSION"),
    PackagePiece::Words(" or later, under "),
    PackagePiece::Variable("CARGO_PKG_LICENSE"),
    PackagePiece::Words("."),
];
