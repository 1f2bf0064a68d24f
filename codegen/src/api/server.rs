//! Servers and their variables.

use super::{Docs, EntrySpan, Span};

/// The index of a list in [`Api::servers`](super::Api::servers).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ServerListId(pub usize);

impl ServerListId {
    /// The document's own list, which is there also where it has no server.
    pub const DOCUMENT: Self = Self(0);
}

/// A list of servers; two with the same addresses and names are one list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServerList {
    /// The servers, of which the caller chooses one.
    pub servers: Vec<Server>,
}

/// One server (OpenAPI 3.2.0, Server Object).
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// The address as written, with its variables: `https://{region}.example.com/v1`.
    pub template: String,
    /// `name`, or `x-specie-server-name`.
    pub name: Option<String>,
    /// Where the name stands.
    pub name_span: Option<Span>,
    /// The variables of the address.
    pub variables: Vec<Variable>,
    /// What the document says of it.
    pub docs: Docs,
    /// Where it stands.
    pub span: Span,
}

/// A part of an address that the caller may choose (OpenAPI 3.2.0, Server Variable Object).
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// Its name in the template.
    pub name: String,
    /// `default`.
    pub default: String,
    /// `enum`; empty: any text.
    pub values: Vec<String>,
    /// What the document says of it.
    pub docs: Docs,
    /// Where it stands under `variables`.
    pub span: EntrySpan,
}

impl Server {
    /// The address with its variables at their defaults; `None` where it is relative or names a variable that is not there.
    ///
    /// What a default says is no template again: variables within variables could make any length of a few lines.
    #[must_use]
    pub fn url(&self) -> Option<String> {
        let mut pieces = self.template.split('{');
        let mut url = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (name, rest) = piece.split_once('}')?;
            url.push_str(&self.variables.iter().find(|variable| variable.name == name)?.default);
            url.push_str(rest);
        }
        let absolute = url.starts_with("https://") || url.starts_with("http://");
        (absolute && !url.contains(['{', '}'])).then_some(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(template: &str) -> Option<String> {
        let variable = |name: &str, default: &str| Variable {
            name: name.into(),
            default: default.into(),
            values: Vec::new(),
            docs: Docs::default(),
            span: EntrySpan::START,
        };
        let server = Server {
            template: template.into(),
            name: None,
            name_span: None,
            variables: vec![variable("region", "eu"), variable("again", "{region}")],
            docs: Docs::default(),
            span: Span::START,
        };
        server.url()
    }

    #[test]
    fn variables_take_their_defaults() {
        assert_eq!(url("https://{region}.example.com/{region}").as_deref(), Some("https://eu.example.com/eu"));
        for template in ["/v1", "https://{other}.example.com", "https://{region", "https://{again}.example.com"] {
            assert_eq!(url(template), None, "{template}");
        }
    }
}
