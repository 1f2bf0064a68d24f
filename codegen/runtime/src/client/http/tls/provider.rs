//! The parts of ring as rustls takes them: a [`CryptoProvider`] for clients.

use std::sync::Arc;

use ring::aead;
use ring::rand::{SecureRandom as _, SystemRandom};
use rustls::crypto::tls13::HkdfUsingHmac;
use rustls::crypto::{CryptoProvider, GetRandomFailed, KeyProvider, SecureRandom};
use rustls::pki_types::PrivateKeyDer;
use rustls::sign::SigningKey;
use rustls::{CipherSuite, Error, SupportedCipherSuite, Tls13CipherSuite};

use super::digest::{HMAC_SHA256, HMAC_SHA384, SHA256, SHA384};
use super::record13::Aead13;
use super::seal::{CHACHA_LIMIT, GCM_LIMIT, common};
use super::{key_exchange, signature};

/// The same algorithms in the same order as rustls's own provider on ring.
pub(super) fn provider() -> CryptoProvider {
    CryptoProvider {
        cipher_suites: suites(),
        kx_groups: key_exchange::GROUPS.to_vec(),
        signature_verification_algorithms: signature::ALGORITHMS,
        secure_random: &Ring,
        key_provider: &Ring,
    }
}

fn suites() -> Vec<SupportedCipherSuite> {
    let suites = TLS13.iter().map(SupportedCipherSuite::Tls13);
    #[cfg(feature = "tls12")]
    let suites = suites.chain(super::record12::SUITES.iter().map(SupportedCipherSuite::Tls12));
    suites.collect()
}

/// RFC 8446, appendix B.4.
static TLS13: [Tls13CipherSuite; 3] = [
    Tls13CipherSuite {
        common: common(CipherSuite::TLS13_AES_256_GCM_SHA384, &SHA384, GCM_LIMIT),
        hkdf_provider: &HkdfUsingHmac(&HMAC_SHA384),
        aead_alg: &Aead13(&aead::AES_256_GCM),
        quic: None,
    },
    Tls13CipherSuite {
        common: common(CipherSuite::TLS13_AES_128_GCM_SHA256, &SHA256, GCM_LIMIT),
        hkdf_provider: &HkdfUsingHmac(&HMAC_SHA256),
        aead_alg: &Aead13(&aead::AES_128_GCM),
        quic: None,
    },
    Tls13CipherSuite {
        common: common(CipherSuite::TLS13_CHACHA20_POLY1305_SHA256, &SHA256, CHACHA_LIMIT),
        hkdf_provider: &HkdfUsingHmac(&HMAC_SHA256),
        aead_alg: &Aead13(&aead::CHACHA20_POLY1305),
        quic: None,
    },
];

#[derive(Debug)]
struct Ring;

impl SecureRandom for Ring {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), GetRandomFailed> {
        SystemRandom::new().fill(bytes).map_err(|_| GetRandomFailed)
    }
}

impl KeyProvider for Ring {
    /// Keys sign for servers and for client certificates. The client has neither.
    fn load_private_key(&self, _: PrivateKeyDer<'static>) -> Result<Arc<dyn SigningKey>, Error> {
        Err(Error::General("the client has no certificate of its own".to_owned()))
    }
}
