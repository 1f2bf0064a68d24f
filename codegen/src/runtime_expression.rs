//! Runtime expressions: which value of a request or a response is meant (OpenAPI 3.2.0, 4.20.4).

use std::fmt;

use crate::http::is_token;
use crate::pointer;

/// A text that holds expressions, or is one.
pub(crate) type Template = Vec<Part>;

/// A part of a text that holds expressions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// What is written there.
    Text(String),
    /// What an expression gives.
    Value(Expression),
}

/// One expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expression {
    /// `$url`: the address of the request.
    Url,
    /// `$method`: the method of the request.
    Method,
    /// `$statusCode`: the status of the response.
    StatusCode,
    /// `$request.` and a source.
    Request(ValueSource),
    /// `$response.` and a source.
    Response(ValueSource),
}

/// A place in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ValueSource {
    /// `header.` and the name of a header.
    Header(String),
    /// `query.` and the name of a parameter.
    Query(String),
    /// `path.` and the name of a parameter.
    Path(String),
    /// `body`, with the tokens of the JSON pointer into it (RFC 6901).
    Body(Vec<String>),
}

/// A text that is no expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotAnExpression(pub(crate) String);

/// A text in which expressions stand in braces, or which is one as a whole.
pub(crate) fn template(text: &str) -> Result<Template, NotAnExpression> {
    if text.starts_with('$') {
        return Ok(vec![Part::Value(Expression::parse(text)?)]);
    }
    let (mut parts, mut rest) = (Vec::new(), text);
    while let Some((before, after)) = rest.split_once('{') {
        let Some((expression, after)) = after.split_once('}') else { return Err(NotAnExpression(rest.to_owned())) };
        if !before.is_empty() {
            parts.push(Part::Text(before.to_owned()));
        }
        parts.push(Part::Value(Expression::parse(expression)?));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
    Ok(parts)
}

/// What a text stands for where a constant may stand as well: it holds expressions only where it says so by a `$`.
pub(crate) fn value(text: &str) -> Result<Template, NotAnExpression> {
    if text.starts_with('$') || text.contains("{$") { template(text) } else { Ok(vec![Part::Text(text.to_owned())]) }
}

impl Expression {
    fn parse(text: &str) -> Result<Self, NotAnExpression> {
        let found = match text {
            "$url" => Some(Self::Url),
            "$method" => Some(Self::Method),
            "$statusCode" => Some(Self::StatusCode),
            _ => match (text.strip_prefix("$request."), text.strip_prefix("$response.")) {
                (Some(source), _) => ValueSource::parse(source).map(Self::Request),
                (None, Some(source)) => ValueSource::parse(source).map(Self::Response),
                (None, None) => None,
            },
        };
        found.ok_or_else(|| NotAnExpression(text.to_owned()))
    }
}

impl ValueSource {
    fn parse(text: &str) -> Option<Self> {
        let named = |prefix: &str| text.strip_prefix(prefix).filter(|name| !name.is_empty());
        if let Some(name) = named("header.") {
            return is_token(name).then(|| Self::Header(name.to_owned()));
        }
        if let Some(name) = named("query.") {
            return Some(Self::Query(name.to_owned()));
        }
        if let Some(name) = named("path.") {
            return Some(Self::Path(name.to_owned()));
        }
        match text.strip_prefix("body")? {
            "" => Some(Self::Body(Vec::new())),
            rest => {
                let tokens = pointer::tokens(rest.strip_prefix('#')?)?;
                Some(Self::Body(tokens.into_iter().map(std::borrow::Cow::into_owned).collect()))
            }
        }
    }
}

/// As OpenAPI spells it.
impl fmt::Display for Expression {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url => formatter.write_str("$url"),
            Self::Method => formatter.write_str("$method"),
            Self::StatusCode => formatter.write_str("$statusCode"),
            Self::Request(source) => write!(formatter, "$request.{source}"),
            Self::Response(source) => write!(formatter, "$response.{source}"),
        }
    }
}

impl fmt::Display for ValueSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(name) => write!(formatter, "header.{name}"),
            Self::Query(name) => write!(formatter, "query.{name}"),
            Self::Path(name) => write!(formatter, "path.{name}"),
            Self::Body(tokens) if tokens.is_empty() => formatter.write_str("body"),
            Self::Body(tokens) => {
                let tokens = tokens.iter().map(|token| format!("/{}", pointer::escape(token)));
                write!(formatter, "body#{}", tokens.collect::<String>())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{NotAnExpression, Part, template, value};

    /// The parts of a text, expressions in angle brackets.
    fn parts(text: &str) -> Result<Vec<String>, NotAnExpression> {
        let shown = |part: Part| match part {
            Part::Text(text) => text,
            Part::Value(expression) => format!("<{expression}>"),
        };
        Ok(template(text)?.into_iter().map(shown).collect())
    }

    #[test]
    fn every_expression_is_known_wherever_it_stands() {
        let rows: &[(&str, &[&str])] = &[
            ("$url", &["<$url>"]),
            ("{$method}", &["<$method>"]),
            ("{$statusCode}", &["<$statusCode>"]),
            ("{$request.query.callbackUrl}/data", &["<$request.query.callbackUrl>", "/data"]),
            (
                "https://a.example?id={$request.body#/id}&x={$url}",
                &["https://a.example?id=", "<$request.body#/id>", "&x=", "<$url>"],
            ),
            ("$request.header.X-Callback", &["<$request.header.X-Callback>"]),
            ("{$response.body#/a~1b/0}", &["<$response.body#/a~1b/0>"]),
            ("{$request.path.a.b}", &["<$request.path.a.b>"]),
            ("{$request.body}", &["<$request.body>"]),
            ("https://a.example/", &["https://a.example/"]),
        ];
        for (text, found) in rows {
            assert_eq!(parts(text).unwrap(), *found, "{text}");
        }
    }

    #[test]
    fn what_is_none_is_named() {
        for (text, named) in [
            ("{callbackUrl}", "callbackUrl"),
            ("{$request.body/url}", "$request.body/url"),
            ("{$request.header.a b}", "$request.header.a b"),
            ("{$request.query.}", "$request.query."),
            ("$inputs.url", "$inputs.url"),
            ("{$request.body#url}", "$request.body#url"),
            ("a{$url", "{$url"),
        ] {
            let found = parts(text).unwrap_err();
            assert!(found.0.ends_with(named), "{text}: {found:?}");
        }
    }

    #[test]
    fn a_constant_is_no_expression() {
        assert_eq!(value("{id}").unwrap(), [Part::Text("{id}".to_owned())]);
        assert!(value("$id").is_err());
    }
}
