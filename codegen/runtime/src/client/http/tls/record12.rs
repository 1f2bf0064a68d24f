//! Records and cipher suites of TLS 1.2: AES-GCM (RFC 5288) and ChaCha20-Poly1305 (RFC 7905), keys by ECDHE alone.

use ring::aead::{AES_128_GCM, AES_256_GCM, Algorithm, CHACHA20_POLY1305};
use rustls::crypto::KeyExchangeAlgorithm;
use rustls::crypto::cipher::{
    AeadKey, InboundOpaqueMessage, InboundPlainMessage, KeyBlockShape, MessageDecrypter, MessageEncrypter, NONCE_LEN,
    OutboundOpaqueMessage, OutboundPlainMessage, PrefixedPayload, Tls12AeadAlgorithm, UnsupportedOperationError,
    make_tls12_aad,
};
use rustls::crypto::tls12::PrfUsingHmac;
use rustls::{CipherSuite, ConnectionTrafficSecrets, Error, SignatureScheme, Tls12CipherSuite};

use super::digest::{HMAC_SHA256, HMAC_SHA384, Hash, SHA256, SHA384};
use super::seal::{CHACHA_LIMIT, GCM_LIMIT, Key, TAG, common};

/// The suites, the preferred one first.
pub(super) static SUITES: [Tls12CipherSuite; 6] = [
    aes_256(CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, ECDSA),
    aes_128(CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, ECDSA),
    chacha(CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, ECDSA),
    aes_256(CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, RSA),
    aes_128(CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, RSA),
    chacha(CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, RSA),
];

const ECDSA: &[SignatureScheme] =
    &[SignatureScheme::ED25519, SignatureScheme::ECDSA_NISTP384_SHA384, SignatureScheme::ECDSA_NISTP256_SHA256];

const RSA: &[SignatureScheme] = &[
    SignatureScheme::RSA_PSS_SHA512,
    SignatureScheme::RSA_PSS_SHA384,
    SignatureScheme::RSA_PSS_SHA256,
    SignatureScheme::RSA_PKCS1_SHA512,
    SignatureScheme::RSA_PKCS1_SHA384,
    SignatureScheme::RSA_PKCS1_SHA256,
];

static PRF_SHA256: PrfUsingHmac<'static> = PrfUsingHmac(&HMAC_SHA256);
static PRF_SHA384: PrfUsingHmac<'static> = PrfUsingHmac(&HMAC_SHA384);

static AES_256: Aead12 = Aead12::Gcm(&AES_256_GCM);
static AES_128: Aead12 = Aead12::Gcm(&AES_128_GCM);
static CHACHA: Aead12 = Aead12::ChaCha;

const fn aes_256(suite: CipherSuite, sign: &'static [SignatureScheme]) -> Tls12CipherSuite {
    of(suite, sign, (&SHA384, &PRF_SHA384), &AES_256, GCM_LIMIT)
}

const fn aes_128(suite: CipherSuite, sign: &'static [SignatureScheme]) -> Tls12CipherSuite {
    of(suite, sign, (&SHA256, &PRF_SHA256), &AES_128, GCM_LIMIT)
}

const fn chacha(suite: CipherSuite, sign: &'static [SignatureScheme]) -> Tls12CipherSuite {
    of(suite, sign, (&SHA256, &PRF_SHA256), &CHACHA, CHACHA_LIMIT)
}

const fn of(
    suite: CipherSuite,
    sign: &'static [SignatureScheme],
    (hash, prf_provider): (&'static Hash, &'static PrfUsingHmac<'static>),
    aead_alg: &'static Aead12,
    limit: u64,
) -> Tls12CipherSuite {
    Tls12CipherSuite {
        common: common(suite, hash, limit),
        prf_provider,
        kx: KeyExchangeAlgorithm::ECDHE,
        sign,
        aead_alg,
    }
}

/// A text of a record may have so many bytes (RFC 5246, section 6.2.1).
const LONGEST: usize = 1 << 14;

/// How long the part of the nonce is that AES-GCM puts before each text.
const EXPLICIT: usize = 8;

pub(super) enum Aead12 {
    Gcm(&'static Algorithm),
    ChaCha,
}

impl Aead12 {
    fn algorithm(&self) -> &'static Algorithm {
        match self {
            Self::Gcm(algorithm) => algorithm,
            Self::ChaCha => &CHACHA20_POLY1305,
        }
    }

    /// Of the nonce, this many bytes come with the keys.
    fn fixed(&self) -> usize {
        match self {
            Self::Gcm(_) => NONCE_LEN - EXPLICIT,
            Self::ChaCha => NONCE_LEN,
        }
    }

    fn direction(&self, key: &AeadKey, iv: &[u8]) -> Direction {
        let mut fixed = [0; NONCE_LEN];
        for (to, from) in fixed.iter_mut().zip(iv) {
            *to = *from;
        }
        let explicit = matches!(self, Self::Gcm(_));
        Direction { key: Key::new(self.algorithm(), key), fixed, explicit }
    }
}

impl Tls12AeadAlgorithm for Aead12 {
    fn encrypter(&self, key: AeadKey, iv: &[u8], _: &[u8]) -> Box<dyn MessageEncrypter> {
        Box::new(self.direction(&key, iv))
    }

    fn decrypter(&self, key: AeadKey, iv: &[u8]) -> Box<dyn MessageDecrypter> {
        Box::new(self.direction(&key, iv))
    }

    fn key_block_shape(&self) -> KeyBlockShape {
        KeyBlockShape {
            enc_key_len: self.algorithm().key_len(),
            fixed_iv_len: self.fixed(),
            // The explicit part is the sequence number (RFC 5288, section 3), so no starting point for it is needed.
            explicit_nonce_len: 0,
        }
    }

    /// For TLS in the kernel, which the client does not use.
    fn extract_keys(
        &self,
        _: AeadKey,
        _: &[u8],
        _: &[u8],
    ) -> Result<ConnectionTrafficSecrets, UnsupportedOperationError> {
        Err(UnsupportedOperationError)
    }
}

struct Direction {
    key: Key,
    fixed: [u8; NONCE_LEN],
    /// Whether the rest of the nonce stands before the text.
    explicit: bool,
}

impl Direction {
    fn prefix(&self) -> usize {
        if self.explicit { EXPLICIT } else { 0 }
    }

    /// The last eight bytes are given by AES-GCM, and combined with the fixed ones by ChaCha20-Poly1305 (RFC 7905, section 2). The fixed
    /// part of AES-GCM has zeros there, so that both come to the same.
    fn nonce(&self, last: [u8; EXPLICIT]) -> [u8; NONCE_LEN] {
        let mut nonce = self.fixed;
        for (to, from) in nonce.iter_mut().skip(NONCE_LEN - EXPLICIT).zip(last) {
            *to ^= from;
        }
        nonce
    }
}

impl MessageEncrypter for Direction {
    fn encrypt(&mut self, message: OutboundPlainMessage<'_>, sequence: u64) -> Result<OutboundOpaqueMessage, Error> {
        let length = message.payload.len();
        let mut payload = PrefixedPayload::with_capacity(self.encrypted_payload_len(length));
        if self.explicit {
            payload.extend_from_slice(&sequence.to_be_bytes());
        }
        payload.extend_from_chunks(&message.payload);
        let aad = make_tls12_aad(sequence, message.typ, message.version, length);
        let text = payload.as_mut().get_mut(self.prefix()..).ok_or(Error::EncryptError)?;
        let tag = self.key.seal(self.nonce(sequence.to_be_bytes()), &aad, text)?;
        payload.extend_from_slice(&tag);
        Ok(OutboundOpaqueMessage::new(message.typ, message.version, payload))
    }

    fn encrypted_payload_len(&self, length: usize) -> usize {
        self.prefix() + length + TAG
    }
}

impl MessageDecrypter for Direction {
    fn decrypt<'a>(
        &mut self,
        mut message: InboundOpaqueMessage<'a>,
        sequence: u64,
    ) -> Result<InboundPlainMessage<'a>, Error> {
        let prefix = self.prefix();
        let length = message.payload.len().checked_sub(prefix + TAG).ok_or(Error::DecryptError)?;
        let (before, text) = message.payload.split_at_mut_checked(prefix).ok_or(Error::DecryptError)?;
        let last = if self.explicit { <[u8; EXPLICIT]>::try_from(&*before).ok() } else { Some(sequence.to_be_bytes()) };
        let nonce = self.nonce(last.ok_or(Error::DecryptError)?);
        let aad = make_tls12_aad(sequence, message.typ, message.version, length);
        self.key.open(nonce, &aad, text)?;
        if length > LONGEST {
            return Err(Error::PeerSentOversizedRecord);
        }
        message.payload.copy_within(prefix..prefix + length, 0);
        message.payload.truncate(length);
        Ok(message.into_plain_message())
    }
}
