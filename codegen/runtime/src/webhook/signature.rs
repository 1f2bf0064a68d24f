//! The signatures that prove who sent a webhook.

#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use http::header::{HeaderMap, HeaderName, HeaderValue};
use sha1::{Digest, Sha1};
use sha2::Sha256;

use super::BoxError;
use crate::secret::Secret;

/// What is said of a secret that signs and verifies nothing.
pub(super) const SECRET_FORM: &str = "a webhook secret is empty or not of the form that its algorithm asks for";

/// How a webhook is signed with a secret (`x-specie-signature`, `algorithm`).
///
/// Times are whole seconds since 1970 (UNIX time). A receiver refuses one that is further from its own clock than the tolerance, to
/// either side, so that a recorded request cannot be sent again later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureAlgorithm {
    /// `base64-sha1-secret-body-secret`: base64 (RFC 4648 section 4) of SHA-1 (RFC 3174) over secret, body and secret, one after
    /// the other. It is not an HMAC.
    Base64Sha1SecretBodySecret,
    /// `hmac-sha256-hex` and `hmac-sha256-base64`: HMAC-SHA-256 (RFC 2104, RFC 6234) over the body.
    HmacSha256 {
        /// How the header writes the signature.
        encoding: SignatureEncoding,
        /// What stands before it: `sha256=`, or nothing.
        prefix: &'static str,
    },
    /// The same with `timestamp`: HMAC-SHA-256 over the time, a dot and the body.
    TimestampedHmacSha256 {
        /// How the header writes the signature.
        encoding: SignatureEncoding,
        /// What stands before it: `sha256=`, or nothing.
        prefix: &'static str,
        /// The header with the time.
        timestamp: &'static str,
        /// How many seconds the time may be off.
        tolerance: u32,
    },
    /// `standard-webhooks`: the symmetric signatures of the Standard Webhooks specification, version 1. The secret is base64, with or
    /// without `whsec_` before it. The signature covers the id of the message, the time and the body; the header may hold several
    /// signatures, each as `v1,…`.
    StandardWebhooks {
        /// The header with the id of the message: `webhook-id`.
        id: &'static str,
        /// The header with the time: `webhook-timestamp`.
        timestamp: &'static str,
        /// How many seconds the time may be off.
        tolerance: u32,
    },
    /// `stripe`: one header `t=…,v1=…` with the time and one or more signatures in hex, HMAC-SHA-256 over the time, a dot and the body.
    Stripe {
        /// How many seconds the time may be off.
        tolerance: u32,
    },
}

/// How a header writes the bytes of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignatureEncoding {
    /// Hexadecimal digits in lower case.
    Hex,
    /// Base64 with padding (RFC 4648 section 4).
    Base64,
}

/// The id and the time of a message, which some algorithms sign with its body.
///
/// A message that is sent again keeps its id, and gets a new time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageStamp {
    id: String,
    seconds: u64,
}

impl MessageStamp {
    /// The stamp of a message by its id and the time at which it is sent. A time before 1970 is 1970.
    #[must_use]
    pub fn new(id: impl Into<String>, time: SystemTime) -> Self {
        Self { id: id.into(), seconds: unix_seconds(time) }
    }
}

fn unix_seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs()
}

/// What the headers of a request say of its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Presented {
    signatures: Vec<String>,
    id: String,
    time: String,
}

impl SignatureAlgorithm {
    /// The headers that sign a body; the signature itself stands in `header`.
    ///
    /// It is an error if the secret is empty or not of the algorithm's form, or if the algorithm needs an id and there is none.
    pub fn sign(
        self,
        header: &'static str,
        secret: &Secret<String>,
        stamp: &MessageStamp,
        body: &[u8],
    ) -> Result<HeaderMap, BoxError> {
        let time = stamp.seconds.to_string();
        let signature = self.signature(secret, (&stamp.id, &time), body).ok_or(SECRET_FORM)?;
        let fields = match self {
            Self::Base64Sha1SecretBodySecret | Self::HmacSha256 { .. } => vec![(header, signature)],
            Self::TimestampedHmacSha256 { timestamp, .. } => vec![(header, signature), (timestamp, time)],
            Self::StandardWebhooks { id, timestamp, .. } => {
                if stamp.id.is_empty() {
                    return Err("the algorithm signs the id of the message, and there is none".into());
                }
                vec![(header, format!("v1,{signature}")), (id, stamp.id.clone()), (timestamp, time)]
            }
            Self::Stripe { .. } => vec![(header, format!("t={time},v1={signature}"))],
        };
        let fields = fields
            .into_iter()
            .map(|(name, value)| Ok::<_, BoxError>((HeaderName::try_from(name)?, HeaderValue::try_from(value)?)));
        fields.collect()
    }

    /// Reads what the headers say of the signature, before the body is read. The error says what is wrong with them.
    pub(super) fn present(
        self,
        header: &'static str,
        headers: &HeaderMap,
        now: SystemTime,
    ) -> Result<Presented, &'static str> {
        let text = only(headers, header).ok_or("the header with the signature is missing, or there twice")?;
        let other =
            |name: &str| only(headers, name).ok_or("a header that the signature covers is missing, or there twice");
        let presented = match self {
            Self::Base64Sha1SecretBodySecret | Self::HmacSha256 { .. } => Presented::of([text], "", ""),
            Self::TimestampedHmacSha256 { timestamp, .. } => Presented::of([text], "", other(timestamp)?),
            Self::StandardWebhooks { id, timestamp, .. } => {
                let signatures = text.split(' ').filter_map(|one| one.strip_prefix("v1,"));
                Presented::of(signatures, other(id)?, other(timestamp)?)
            }
            Self::Stripe { .. } => {
                let values = |key: &'static str| text.split(',').filter_map(move |part| part.strip_prefix(key));
                let mut times = values("t=");
                let (Some(time), None) = (times.next(), times.next()) else {
                    return Err("the header with the signature has no time, or two");
                };
                Presented::of(values("v1="), "", time)
            }
        };
        match self.tolerance() {
            Some(tolerance) if !is_near(&presented.time, now, tolerance) => {
                Err("the time of the signature is no number of seconds, or too far from now")
            }
            _ => Ok(presented),
        }
    }

    /// Whether one of the presented signatures was made with one of these secrets, in time that does not depend on which one, nor on
    /// where it differs. A secret that is empty or not of the algorithm's form verifies nothing.
    pub(super) fn verify<'s>(
        self,
        secrets: impl IntoIterator<Item = &'s Secret<String>>,
        presented: &Presented,
        body: &[u8],
    ) -> bool {
        let mut found = false;
        for secret in secrets {
            let Some(expected) = self.signature(secret, (&presented.id, &presented.time), body) else { continue };
            let expected = Secret::new(expected);
            for signature in &presented.signatures {
                found |= expected.matches(signature);
            }
        }
        found
    }

    /// Whether a secret is of the algorithm's form; one that is not verifies nothing.
    pub(super) fn takes(self, secret: &Secret<String>) -> bool {
        self.signature(secret, ("", ""), b"").is_some()
    }

    /// The signature as text; `None` where the secret is empty or not of the algorithm's form.
    fn signature(self, secret: &Secret<String>, (id, time): (&str, &str), body: &[u8]) -> Option<String> {
        let secret = secret.expose().as_str();
        if secret.is_empty() {
            return None;
        }
        let timed = [time.as_bytes(), b".", body];
        match self {
            Self::Base64Sha1SecretBodySecret => {
                let digest = Sha1::new().chain_update(secret).chain_update(body).chain_update(secret).finalize();
                Some(STANDARD.encode(digest))
            }
            Self::HmacSha256 { encoding, prefix } => {
                Some(format!("{prefix}{}", encoding.text(&hmac_sha256(secret.as_bytes(), &[body])?)))
            }
            Self::TimestampedHmacSha256 { encoding, prefix, .. } => {
                Some(format!("{prefix}{}", encoding.text(&hmac_sha256(secret.as_bytes(), &timed)?)))
            }
            Self::StandardWebhooks { .. } => {
                let key = Secret::new(STANDARD.decode(secret.strip_prefix("whsec_").unwrap_or(secret)).ok()?);
                let covered = [id.as_bytes(), b".", time.as_bytes(), b".", body];
                hmac_sha256(key.expose(), &covered).map(|bytes| STANDARD.encode(bytes))
            }
            Self::Stripe { .. } => {
                hmac_sha256(secret.as_bytes(), &timed).map(|bytes| SignatureEncoding::Hex.text(&bytes))
            }
        }
    }

    /// How many seconds the time of a signature may be off; `None` where the algorithm covers no time.
    const fn tolerance(self) -> Option<u32> {
        match self {
            Self::Base64Sha1SecretBodySecret | Self::HmacSha256 { .. } => None,
            Self::TimestampedHmacSha256 { tolerance, .. }
            | Self::StandardWebhooks { tolerance, .. }
            | Self::Stripe { tolerance } => Some(tolerance),
        }
    }
}

impl SignatureEncoding {
    fn text(self, bytes: &[u8]) -> String {
        match self {
            Self::Base64 => STANDARD.encode(bytes),
            Self::Hex => bytes.iter().fold(String::new(), |mut text, byte| {
                // Writing to a string does not fail.
                let _ = write!(text, "{byte:02x}");
                text
            }),
        }
    }
}

impl Presented {
    fn of<'h>(signatures: impl IntoIterator<Item = &'h str>, id: &str, time: &str) -> Self {
        let signatures = signatures.into_iter().map(str::to_owned).collect();
        Self { signatures, id: id.to_owned(), time: time.to_owned() }
    }
}

/// The code of some parts, one after the other; `None` for an empty key.
fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> Option<Vec<u8>> {
    if key.is_empty() {
        return None;
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    for part in parts {
        mac.update(part);
    }
    Some(mac.finalize().into_bytes().to_vec())
}

/// Whether a time in whole seconds is at most so many seconds from now.
fn is_near(time: &str, now: SystemTime, tolerance: u32) -> bool {
    let is_number = !time.is_empty() && time.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = time.parse::<u64>().ok().filter(|_| is_number);
    seconds.is_some_and(|seconds| seconds.abs_diff(unix_seconds(now)) <= u64::from(tolerance))
}

/// The value of a header that occurs once; two are refused, because it is not clear which one counts.
pub(super) fn only<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(only), None) => only.to_str().ok(),
        _ => None,
    }
}
