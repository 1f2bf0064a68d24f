//! The signatures that prove who sent a webhook.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest, Sha1};

use crate::secret::Secret;

/// How a signature is made of a secret and the raw bytes of a body (`x-specie-signature`, `algorithm`).
///
/// ```
/// use specie_runtime::Secret;
/// use specie_runtime::server::webhook::SignatureAlgorithm::Base64Sha1SecretBodySecret;
///
/// let secret = Secret::from("sk_test");
/// let signature = Base64Sha1SecretBodySecret.sign(&secret, b"{}");
/// assert!(Base64Sha1SecretBodySecret.verify([&secret], b"{}", &signature));
/// assert!(!Base64Sha1SecretBodySecret.verify([&secret], b"{ }", &signature));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureAlgorithm {
    /// `base64-sha1-secret-body-secret`: base64 (RFC 4648 section 4) of SHA-1 (RFC 3174) over secret, body and secret, one after
    /// the other. It is not an HMAC.
    Base64Sha1SecretBodySecret,
}

impl SignatureAlgorithm {
    /// The header value that signs a body.
    #[must_use]
    pub fn sign(self, secret: &Secret<String>, body: &[u8]) -> String {
        match self {
            Self::Base64Sha1SecretBodySecret => {
                let digest = Sha1::new()
                    .chain_update(secret.expose())
                    .chain_update(body)
                    .chain_update(secret.expose())
                    .finalize();
                STANDARD.encode(digest)
            }
        }
    }

    /// Whether a signature was made with one of these secrets, in time that does not depend on which one, nor on where it differs.
    ///
    /// An empty secret verifies nothing: everyone knows it.
    #[must_use]
    pub fn verify<'s>(
        self,
        secrets: impl IntoIterator<Item = &'s Secret<String>>,
        body: &[u8],
        signature: &str,
    ) -> bool {
        let mut found = false;
        for secret in secrets {
            let expected = Secret::new(self.sign(secret, body));
            found |= expected.matches(signature) & !secret.expose().is_empty();
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::SignatureAlgorithm::Base64Sha1SecretBodySecret;
    use super::*;

    const BODY: &[u8] = br#"{"data":{"type":"payout-invoices","id":"cpoi_VdHYVxq4RsLEebAQ","attributes":{"status":"processed","resolution":"ok"}}}"#;
    const SIGNATURE: &str = "aYcSXFdSCRKDunu7BymiM/dneTQ=";

    fn secret() -> Secret<String> {
        Secret::from("sk_test_example_secret")
    }

    fn verify(secrets: &[Secret<String>], body: &[u8], signature: &str) -> bool {
        Base64Sha1SecretBodySecret.verify(secrets, body, signature)
    }

    #[test]
    fn the_documented_vector_is_met() {
        assert_eq!(Base64Sha1SecretBodySecret.sign(&secret(), BODY), SIGNATURE);
        assert!(verify(&[secret()], BODY, SIGNATURE));
    }

    #[test]
    fn any_of_several_secrets_will_do() {
        let other = || Secret::from("sk_live");
        assert!(verify(&[other(), secret()], BODY, SIGNATURE));
        assert!(verify(&[secret(), other()], BODY, SIGNATURE));
        assert!(!verify(&[other()], BODY, SIGNATURE));
        assert!(!verify(&[], BODY, SIGNATURE));
    }

    #[test]
    fn a_signature_has_one_spelling() {
        let others = [
            SIGNATURE.trim_end_matches('='),
            "aYcSXFdSCRKDunu7BymiM_dneTQ=",
            // The same bytes to a decoder that does not look at the last bits.
            "aYcSXFdSCRKDunu7BymiM/dneTR=",
            "aYcSXFdSCRKDunu7BymiM/dneTQ==",
            " aYcSXFdSCRKDunu7BymiM/dneTQ=",
            "aYcSXFdSCRKDunu7BymiM/dneTQ= ",
            "6987125c5752091283ba7bbb0729a233f7677934",
            "",
        ];
        for other in others {
            assert!(!verify(&[secret()], BODY, other), "{other}");
        }
    }

    #[test]
    fn an_empty_secret_proves_nothing() {
        let empty = Secret::from("");
        let signature = Base64Sha1SecretBodySecret.sign(&empty, BODY);
        assert!(!verify(&[empty], BODY, &signature));
    }

    proptest! {
        #[test]
        fn one_bit_is_enough_to_be_refused(at in 0..BODY.len() * 8) {
            let mut body = BODY.to_vec();
            body[at / 8] ^= 1 << (at % 8);
            prop_assert!(!verify(&[secret()], &body, SIGNATURE));
        }

        #[test]
        fn no_other_signature_is_taken(at in 0..SIGNATURE.len(), bit in 0..7) {
            let mut signature = SIGNATURE.as_bytes().to_vec();
            signature[at] ^= 1_u8 << bit;
            let signature = String::from_utf8(signature).unwrap();
            prop_assert!(!verify(&[secret()], BODY, &signature));
        }

        #[test]
        fn what_is_signed_verifies(secret in ".{1,40}", body in prop::collection::vec(any::<u8>(), 0..200)) {
            let secret = Secret::from(secret);
            let signature = Base64Sha1SecretBodySecret.sign(&secret, &body);
            prop_assert_eq!(signature.len(), 28);
            prop_assert!(Base64Sha1SecretBodySecret.verify([&secret], &body, &signature));
        }
    }
}
