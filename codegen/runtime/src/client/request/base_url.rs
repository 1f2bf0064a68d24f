//! Base URLs: checked once, when a client is built.

use url::{Host, Url};

use super::build_error::{BuildError, BuildSubject};

/// What precedes the path of an operation: scheme, host and an optional path, without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl(String);

impl BaseUrl {
    /// Checks a base URL: what [`check`] asks for, and no query, because paths are appended to it.
    pub(crate) fn new(name: &str, text: &str, plain_http: bool) -> Result<Self, BuildError> {
        let url = check(name, text, plain_http)?;
        if url.query().is_some() {
            return Err(BuildError::new(BuildSubject::Base, name, "holds a query"));
        }
        Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
    }

    /// For transports without a network: a host that cannot exist (RFC 6761 section 6.4).
    pub(crate) fn placeholder() -> Self {
        Self("https://in-process.invalid".to_owned())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Checks a URL that requests may go to: `https`, or `http` to loopback unless it is allowed elsewhere; no credentials inside.
pub(crate) fn check(name: &str, text: &str, plain_http: bool) -> Result<Url, BuildError> {
    let fault = |reason| BuildError::new(BuildSubject::Base, name, reason);
    let url = Url::parse(text).map_err(|_| fault("not an absolute URL"))?;
    match url.scheme() {
        "https" => {}
        "http" if plain_http || is_loopback(&url) => {}
        "http" => {
            return Err(fault("plain http to another host than loopback needs `Options::allow_plain_http`"));
        }
        _ => return Err(fault("neither an https nor an http URL")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(fault("holds a user name or password; credentials have their own setters"));
    }
    if url.fragment().is_some() {
        return Err(fault("holds a fragment"));
    }
    // URLs allow characters in a host that requests do not (RFC 3986, section 3.2.2).
    if http::Uri::try_from(url.as_str()).is_err() {
        return Err(fault("holds a character that no request can carry"));
    }
    Ok(url)
}

/// Whether requests to this URL stay on this machine.
pub(in crate::client) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_kept_with_their_path_and_without_the_last_slash() {
        for (text, kept) in [
            ("https://api.example.com", "https://api.example.com"),
            ("https://api.example.com/", "https://api.example.com"),
            ("HTTPS://API.example.com:443/v1/", "https://api.example.com/v1"),
            ("https://api.example.com/a b", "https://api.example.com/a%20b"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://127.9.9.9", "http://127.9.9.9"),
            ("http://[::1]:1/x", "http://[::1]:1/x"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("HTTP://LOCALHOST", "http://localhost"),
            // Other spellings of 127.0.0.1, which parsers write out.
            ("http://2130706433", "http://127.0.0.1"),
            ("http://0x7f.1", "http://127.0.0.1"),
        ] {
            assert_eq!(BaseUrl::new("base_url", text, false).unwrap().as_str(), kept);
        }
        assert!(BaseUrl::new("base_url", "http://api.example.com", true).is_ok());
    }

    #[test]
    fn what_is_no_base_is_refused_without_quoting_it() {
        for text in [
            "",
            "api.example.com/secret",
            "/secret",
            "ftp://secret.example.com",
            "file:///secret",
            "https://",
            "http://secret.example.com",
            "http://127.0.0.1.secret.example.com",
            "http://localhost.secret.example.com",
            "http://127.0.0.1@secret.example.com",
            "http://localhost@secret.example.com",
            "http://localhost:80@secret.example.com",
            "http://secret.example.com#@127.0.0.1",
            "http://secret.example.com?@localhost",
            "http://secret.example.com\\@localhost",
            "http://secret@127.0.0.1",
            "http://0.0.0.0",
            "http://[::]",
            "http://[::ffff:10.0.0.1]",
            "http://[::1]@secret.example.com",
            "http://10.0.0.1",
            "http://localhost.",
            "http:secret.example.com",
            "javascript:alert('secret')",
            "https://user:secret@example.com",
            "https://secret@example.com",
            "https://example.com?key=secret",
            "https://example.com#secret",
            "https://secret`.example.com",
            "https://secret}example.com",
        ] {
            let error = BaseUrl::new("private", text, false).unwrap_err();
            assert!(error.to_string().starts_with("base URL `private`: "), "{text}");
            assert!(!format!("{error} {error:?}").contains("secret"), "{text}");
        }
    }
}
