//! Gives a request the credentials that its operation names, and no others.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::client::api_client::ClientConfig;
use crate::client::credentials::Prepared;
use crate::client::credentials::auth_error::AuthError;
use crate::client::credentials::tokens::{Token, TokenContext, TokenSource};
use crate::client::request::headers::sensitive;
use crate::operation::{OperationSpec, SchemeKind};
use crate::wire::{cookie, query};

/// What credentials add to a request.
#[derive(Default)]
pub(in crate::client) struct Grants {
    pub(in crate::client) headers: HeaderMap,
    pub(in crate::client) query: Zeroizing<String>,
    pub(in crate::client) cookies: Zeroizing<String>,
    /// The token in use, and where it came from.
    pub(in crate::client) token: Option<(Arc<dyn TokenSource>, Token)>,
}

/// The credentials of the first alternative that the client has all of; none, if the operation takes none or allows anonymous calls
/// and no alternative is complete.
///
/// An `Authorization` header among those of the request stands for every credential that travels there.
pub(in crate::client) fn choose<'c>(
    client: &'c ClientConfig,
    spec: &OperationSpec,
    headers: &HeaderMap,
) -> Result<Vec<&'c Prepared>, AuthError> {
    let is_given = headers.contains_key(AUTHORIZATION);
    let complete = spec.security.iter().filter(|alternative| !alternative.is_empty()).find_map(|alternative| {
        let indices = alternative.iter().map(|key| client.scheme_index(key));
        let left =
            indices.filter(|index| !(is_given && index.is_some_and(|index| travels_in_authorization(client, index))));
        let prepared = left.map(|index| client.credentials.get(index?)?.as_ref());
        prepared.collect::<Option<Vec<_>>>()
    });
    match complete {
        Some(credentials) => Ok(credentials),
        None if spec.security.is_empty() || spec.security.contains(&(&[] as &[&str])) => Ok(Vec::new()),
        None => Err(AuthError::missing(spec.security)),
    }
}

fn travels_in_authorization(client: &ClientConfig, scheme: usize) -> bool {
    client.api.schemes.get(scheme).is_some_and(|scheme| match scheme.kind {
        SchemeKind::Basic | SchemeKind::Bearer | SchemeKind::Http(_) => true,
        SchemeKind::ApiKeyHeader(name) => name.eq_ignore_ascii_case(AUTHORIZATION.as_str()),
        SchemeKind::ApiKeyQuery(_) | SchemeKind::ApiKeyCookie(_) => false,
    })
}

/// Puts the chosen credentials into the form in which they travel; a token is asked for here, in the time there is.
pub(in crate::client) async fn grant(
    client: &ClientConfig,
    credentials: &[&Prepared],
    time: Duration,
) -> Result<Grants, AuthError> {
    let mut grants = Grants::default();
    for credential in credentials {
        match credential {
            Prepared::Header(name, value) => {
                let value = sensitive(value.expose()).map_err(AuthError::permanent)?;
                add(&mut grants.headers, name.clone(), value)?;
            }
            Prepared::Query(name, encoded) => {
                query::push_pair(&mut grants.query, name, encoded.expose());
            }
            Prepared::Cookie(name, value) => {
                cookie::push(&mut grants.cookies, name, value.expose()).map_err(AuthError::permanent)?;
            }
            Prepared::Token(source) => {
                let context = TokenContext {
                    transport: &*client.transport,
                    environment: &*client.options.environment,
                    plain_http: client.options.plain_http,
                    time,
                };
                let token = source.token(&context).await?;
                let value = token.header().map_err(|reason| AuthError::permanent(format!("the token {reason}")))?;
                add(&mut grants.headers, AUTHORIZATION, value)?;
                grants.token = Some((Arc::clone(source), token));
            }
        }
    }
    Ok(grants)
}

/// Two credentials in one header cannot both be sent.
fn add(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) -> Result<(), AuthError> {
    match headers.insert(name, value) {
        None => Ok(()),
        Some(_) => Err(AuthError::permanent("two credentials of the operation travel in the same header")),
    }
}

fn cookie_name(pair: &str) -> &str {
    pair.split_once('=').map_or(pair, |(name, _)| name)
}

impl Grants {
    /// The `Cookie` header of the request's own cookies and the credentials', which take the place of its own of their names.
    pub(in crate::client) fn cookie_header(&self, own: &str) -> Result<Option<(HeaderName, HeaderValue)>, AuthError> {
        let is_granted = |pair: &str| self.cookies.split("; ").any(|granted| cookie_name(granted) == cookie_name(pair));
        let own: Vec<&str> = own.split("; ").filter(|pair| !is_granted(pair)).collect();
        let all = match (own.join("; ").as_str(), self.cookies.as_str()) {
            ("", "") => return Ok(None),
            (own, "") => Zeroizing::new(own.to_owned()),
            ("", granted) => Zeroizing::new(granted.to_owned()),
            (own, granted) => Zeroizing::new(format!("{own}; {granted}")),
        };
        sensitive(&all).map(|value| Some((COOKIE, value))).map_err(AuthError::permanent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_of_a_credential_takes_the_place_of_a_parameter() {
        for (granted, own, expected) in [
            ("sid=secret", "sid=1; other=2", Some("other=2; sid=secret")),
            ("sid=secret", "sid=1", Some("sid=secret")),
            ("", "sid=1", Some("sid=1")),
            ("sid=secret", "", Some("sid=secret")),
            ("", "", None),
        ] {
            let grants = Grants { cookies: Zeroizing::new(granted.to_owned()), ..Grants::default() };
            let header = grants.cookie_header(own).unwrap().map(|(_, value)| value.to_str().unwrap().to_owned());
            assert_eq!(header.as_deref(), expected, "{granted} {own}");
        }
    }
}
