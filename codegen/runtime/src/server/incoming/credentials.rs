//! Finds the credentials that an operation asks for, before anything is decoded.

use std::fmt;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use http::header::{AUTHORIZATION, AsHeaderName, COOKIE, HeaderMap, HeaderName};
use zeroize::Zeroizing;

use crate::operation::{SchemeKind, SchemeSpec};
use crate::secret::Secret;
use crate::server::rejection::Rejection;
use crate::wire::{cookie, query};

/// Base64 with or without its padding: clients differ, and nothing hangs on it.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A credential as it was presented, not verified.
///
/// `authenticate` compares it in a time that does not depend on how much of it is right:
///
/// ```
/// use specie_runtime::Secret;
/// use specie_runtime::server::{Presented, PresentedValue};
///
/// fn is_ours(presented: &Presented, key: &Secret<String>) -> bool {
///     match &presented.value {
///         PresentedValue::Token(token) => key.matches(token.expose()),
///         PresentedValue::Basic(basic) => basic.username == "shop" && key.matches(basic.password.expose()),
///     }
/// }
/// # let _ = is_ours;
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Presented {
    /// The security scheme, by its index in [`ApiDescription::schemes`](crate::ApiDescription::schemes), or in those of a webhook.
    pub scheme: usize,
    /// What was presented.
    pub value: PresentedValue,
}

/// What was presented for a security scheme.
#[derive(Clone, Debug, PartialEq)]
pub enum PresentedValue {
    /// Name and password (RFC 7617).
    Basic(BasicCredentials),
    /// A bearer token (RFC 6750), an API key, or what stands behind the name of another scheme in `Authorization`.
    Token(Secret<String>),
}

/// Name and password of `Authorization: Basic` (RFC 7617).
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct BasicCredentials {
    /// The name; it is often half of a key pair, so it is not printed either.
    pub username: String,
    /// The password.
    pub password: Secret<String>,
}

impl BasicCredentials {
    /// A name and a password, as tests of `authenticate` need them.
    #[must_use]
    pub fn new(username: impl Into<String>, password: impl Into<Secret<String>>) -> Self {
        Self { username: username.into(), password: password.into() }
    }
}

/// Shows neither of them.
impl fmt::Debug for BasicCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BasicCredentials").finish_non_exhaustive()
    }
}

impl Presented {
    /// Whether it is that bearer token or API key, compared in constant time. Name and password are neither.
    #[must_use]
    pub fn is_token(&self, known: &Secret<String>) -> bool {
        match &self.value {
            PresentedValue::Token(token) => known.matches(token.expose()),
            PresentedValue::Basic(_) => false,
        }
    }
}

/// The alternatives of `security`, each with the keys of its schemes.
type Alternatives = &'static [&'static [&'static str]];

/// Why a scheme's credential cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    Missing,
    Malformed,
}

/// The keys of the schemes of the first complete alternative, and their credentials; none for an operation that takes none, or allows calls
/// without any.
///
/// An alternative without schemes is taken last, wherever it stands, and only if nothing was presented for the others: a credential
/// that does not fit is not an anonymous call.
pub(crate) fn present(
    schemes: &[SchemeSpec],
    security: Alternatives,
    headers: &HeaderMap,
    query: &str,
) -> Result<(&'static [&'static str], Vec<Presented>), Rejection> {
    let mut anonymous = security.is_empty();
    let mut malformed = false;
    for alternative in security {
        if alternative.is_empty() {
            anonymous = true;
            continue;
        }
        match all(schemes, alternative, headers, query) {
            Ok(presented) => return Ok((alternative, presented)),
            Err(problem) => malformed |= problem == Problem::Malformed,
        }
    }
    if malformed {
        return Err(Rejection::unauthorized("the credentials are not of the form that the operation takes"));
    }
    if anonymous {
        return Ok((&[], Vec::new()));
    }
    Err(Rejection::unauthorized("the operation asks for credentials"))
}

/// The credentials of all schemes of an alternative.
fn all(schemes: &[SchemeSpec], keys: &[&str], headers: &HeaderMap, query: &str) -> Result<Vec<Presented>, Problem> {
    let mut all = Vec::with_capacity(keys.len());
    for key in keys {
        all.push(read(schemes, key, headers, query)?);
    }
    Ok(all)
}

/// The challenges of an operation's schemes, for `WWW-Authenticate` (RFC 9110 section 11.6.1).
///
/// API keys have no registered challenge; they are named `ApiKey`, because a 401 must have one.
pub(crate) fn challenges(realm: &str, schemes: &[SchemeSpec], security: Alternatives) -> Vec<String> {
    let mut challenges = Vec::new();
    for key in security.iter().copied().flatten() {
        let Some(scheme) = schemes.iter().find(|scheme| scheme.key == *key) else {
            continue;
        };
        let challenge = match scheme.kind {
            SchemeKind::Basic => format!("Basic realm=\"{realm}\", charset=\"UTF-8\""),
            SchemeKind::Bearer => format!("Bearer realm=\"{realm}\""),
            SchemeKind::Http(name) => format!("{name} realm=\"{realm}\""),
            SchemeKind::ApiKeyHeader(_) | SchemeKind::ApiKeyQuery(_) | SchemeKind::ApiKeyCookie(_) => {
                format!("ApiKey realm=\"{realm}\"")
            }
        };
        if !challenges.contains(&challenge) {
            challenges.push(challenge);
        }
    }
    challenges
}

/// Marks the headers that may carry credentials, so that nothing prints them.
pub(crate) fn mark_sensitive(schemes: &[SchemeSpec], headers: &mut HeaderMap) {
    let keys = schemes.iter().filter_map(|scheme| match scheme.kind {
        SchemeKind::ApiKeyHeader(name) => HeaderName::try_from(name).ok(),
        _ => None,
    });
    for name in keys.chain([AUTHORIZATION, COOKIE]) {
        // An entry would make room for a header that is not there.
        if headers.contains_key(&name)
            && let http::header::Entry::Occupied(mut entry) = headers.entry(name)
        {
            for value in entry.iter_mut() {
                value.set_sensitive(true);
            }
        }
    }
}

/// The credential of one scheme.
fn read(schemes: &[SchemeSpec], key: &str, headers: &HeaderMap, query: &str) -> Result<Presented, Problem> {
    let (scheme, spec) = schemes.iter().enumerate().find(|(_, scheme)| scheme.key == key).ok_or(Problem::Missing)?;
    let value = match spec.kind {
        SchemeKind::Basic => PresentedValue::Basic(basic(authorization(headers, "Basic")?)?),
        SchemeKind::Bearer => token(authorization(headers, "Bearer")?.to_owned())?,
        SchemeKind::Http(name) => parameters(authorization(headers, name)?)?,
        SchemeKind::ApiKeyHeader(name) => token(single_header(headers, name)?.to_owned())?,
        SchemeKind::ApiKeyQuery(name) => token(only(query::values(query, name))?)?,
        SchemeKind::ApiKeyCookie(name) => token(only(cookie::values(headers, name).map(Some))?.to_owned())?,
    };
    Ok(Presented { scheme, value })
}

/// What follows the name of the scheme in the `Authorization` header.
fn authorization<'h>(headers: &'h HeaderMap, scheme: &str) -> Result<&'h str, Problem> {
    let value = single_header(headers, AUTHORIZATION)?;
    let (name, rest) = value.split_once(' ').unwrap_or((value, ""));
    if name.eq_ignore_ascii_case(scheme) { Ok(rest.trim_matches(' ')) } else { Err(Problem::Malformed) }
}

fn basic(encoded: &str) -> Result<BasicCredentials, Problem> {
    let bytes = Zeroizing::new(BASE64.decode(encoded).map_err(|_| Problem::Malformed)?);
    let text = std::str::from_utf8(&bytes).map_err(|_| Problem::Malformed)?;
    let (username, password) = text.split_once(':').ok_or(Problem::Malformed)?;
    Ok(BasicCredentials { username: username.to_owned(), password: password.into() })
}

/// A token is not empty and holds neither spaces nor control characters.
fn token(text: String) -> Result<PresentedValue, Problem> {
    let token = Secret::new(text);
    let text = token.expose();
    if text.is_empty() || text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(Problem::Malformed);
    }
    Ok(PresentedValue::Token(token))
}

/// What stands behind the name of a scheme: a token or a list of parameters (RFC 9110 section 11.4), which are not looked at.
fn parameters(text: &str) -> Result<PresentedValue, Problem> {
    if text.is_empty() || text.contains(char::is_control) {
        return Err(Problem::Malformed);
    }
    Ok(PresentedValue::Token(text.into()))
}

fn single_header(headers: &HeaderMap, name: impl AsHeaderName) -> Result<&str, Problem> {
    let value = only(headers.get_all(name).iter().map(Some))?;
    std::str::from_utf8(value.as_bytes()).map_err(|_| Problem::Malformed)
}

/// The one value there is; a second one would leave open which of them counts.
fn only<T>(mut values: impl Iterator<Item = Option<T>>) -> Result<T, Problem> {
    match (values.next(), values.next()) {
        (None, _) => Err(Problem::Missing),
        (Some(Some(value)), None) => Ok(value),
        (Some(_), _) => Err(Problem::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    const SCHEMES: &[SchemeSpec] = &[
        SchemeSpec { key: "basic", kind: SchemeKind::Basic },
        SchemeSpec { key: "bearer", kind: SchemeKind::Bearer },
        SchemeSpec { key: "header", kind: SchemeKind::ApiKeyHeader("X-Key") },
        SchemeSpec { key: "query", kind: SchemeKind::ApiKeyQuery("key") },
        SchemeSpec { key: "cookie", kind: SchemeKind::ApiKeyCookie("sid") },
        SchemeSpec { key: "digest", kind: SchemeKind::Http("Digest") },
    ];

    fn read(security: Alternatives, headers: &[(&'static str, &str)], query: &str) -> Result<Vec<Presented>, String> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_str(value).unwrap());
        }
        present(SCHEMES, security, &map, query)
            .map(|(_, presented)| presented)
            .map_err(|rejection| rejection.to_string())
    }

    fn token(scheme: usize, token: &str) -> Presented {
        let value = PresentedValue::Token(token.into());
        Presented { scheme, value }
    }

    #[test]
    fn credentials_are_found_where_their_scheme_puts_them() {
        // RFC 7617 section 2.
        let basic = [("authorization", "basic QWxhZGRpbjpvcGVuOnNlc2FtZQ==")];
        let value =
            PresentedValue::Basic(BasicCredentials { username: "Aladdin".to_owned(), password: "open:sesame".into() });
        assert_eq!(read(&[&["basic"]], &basic, ""), Ok(vec![Presented { scheme: 0, value }]));
        let bearer = [("authorization", "Bearer a.b-c")];
        assert_eq!(read(&[&["bearer"]], &bearer, ""), Ok(vec![token(1, "a.b-c")]));
        let digest = [("authorization", "digest username=\"a\", nonce=\"b\"")];
        assert_eq!(read(&[&["digest"]], &digest, ""), Ok(vec![token(5, "username=\"a\", nonce=\"b\"")]));
        assert_eq!(read(&[&["header"]], &[("x-key", "k")], ""), Ok(vec![token(2, "k")]));
        assert_eq!(read(&[&["query"]], &[], "a=1&key=k%2B"), Ok(vec![token(3, "k+")]));
        assert_eq!(read(&[&["cookie"]], &[("cookie", "a=b; sid=k")], ""), Ok(vec![token(4, "k")]));
    }

    #[test]
    fn an_alternative_counts_when_it_is_complete() {
        let both: &[&[&str]] = &[&["header", "query"], &["bearer"]];
        assert_eq!(read(both, &[("x-key", "a")], "key=b"), Ok(vec![token(2, "a"), token(3, "b")]));
        let bearer = [("x-key", "a"), ("authorization", "Bearer t")];
        assert_eq!(read(both, &bearer, ""), Ok(vec![token(1, "t")]));
        assert!(read(both, &[("x-key", "a")], "").is_err());
    }

    #[test]
    fn a_call_is_anonymous_only_where_it_may_be_and_shows_nothing() {
        let optional: &[&[&str]] = &[&[], &["bearer"]];
        assert_eq!(read(&[], &[("authorization", "Bearer t")], ""), Ok(vec![]));
        assert_eq!(read(optional, &[], ""), Ok(vec![]));
        assert_eq!(read(optional, &[("authorization", "Bearer t")], ""), Ok(vec![token(1, "t")]));
        assert!(read(optional, &[("authorization", "Basic dDp0")], "").is_err());
        assert!(read(&[&["bearer"]], &[], "").is_err());
    }

    #[test]
    fn only_the_same_token_is_that_token() {
        let is_token = |presented: Presented| presented.is_token(&"s3cret".into());
        assert!(is_token(token(0, "s3cret")));
        assert!(!is_token(token(0, "guessed")));
        let value = PresentedValue::Basic(BasicCredentials::new("shop", "s3cret"));
        assert!(!is_token(Presented { scheme: 0, value }));
    }

    #[test]
    fn malformed_credentials_are_refused() {
        for value in ["Basic !!", "Basic", "Basic bm9jb2xvbg==", "Basic /zph", "Bearer t", ""] {
            assert!(read(&[&["basic"]], &[("authorization", value)], "").is_err(), "{value}");
        }
        for value in ["Digest", "Digest  ", "Bearer t"] {
            assert!(read(&[&["digest"]], &[("authorization", value)], "").is_err(), "{value}");
        }
        for value in ["Bearer", "Bearer a b", "Bearer  "] {
            assert!(read(&[&["bearer"]], &[("authorization", value)], "").is_err(), "{value}");
        }
        assert!(read(&[&["header"]], &[("x-key", "a"), ("x-key", "a")], "").is_err());
        assert!(read(&[&["header"]], &[("x-key", "")], "").is_err());
        assert!(read(&[&["query"]], &[], "key=%ff").is_err());
    }

    #[test]
    fn nothing_prints_a_credential() {
        let basic = [("authorization", "Basic QWxhZGRpbjpvcGVuOnNlc2FtZQ==")];
        let presented = format!("{:?}", read(&[&["basic"]], &basic, ""));
        assert!(!presented.contains("Aladdin") && !presented.contains("sesame"), "{presented}");
        let mut headers = HeaderMap::new();
        headers.insert("x-key", HeaderValue::from_static("s3cret"));
        headers.insert(AUTHORIZATION, HeaderValue::from_static("Bearer s3cret"));
        mark_sensitive(SCHEMES, &mut headers);
        assert!(!format!("{headers:?}").contains("s3cret"));
    }

    #[test]
    fn every_scheme_has_its_challenge() {
        let security: Alternatives = &[&["basic"], &["header", "query"], &["bearer"], &["basic"], &[]];
        let expected = ["Basic realm=\"shop\", charset=\"UTF-8\"", "ApiKey realm=\"shop\"", "Bearer realm=\"shop\""];
        assert_eq!(challenges("shop", SCHEMES, security), expected);
    }
}
