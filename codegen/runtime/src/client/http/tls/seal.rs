//! Authenticated encryption with one key: used by both versions of the record layer (RFC 5116).

use ring::aead::{Aad, Algorithm, LessSafeKey, Nonce, UnboundKey};
use rustls::crypto::CipherSuiteCommon;
use rustls::crypto::cipher::{AeadKey, NONCE_LEN};
use rustls::{CipherSuite, Error};

use super::digest::Hash;

/// How many bytes longer the sealed text is, for each of the algorithms.
pub(super) const TAG: usize = 16;

/// How many records AES-GCM may protect with one key, and ChaCha20-Poly1305 (RFC 8446, section 5.5; draft-irtf-cfrg-aead-limits).
pub(super) const GCM_LIMIT: u64 = 1 << 24;
pub(super) const CHACHA_LIMIT: u64 = u64::MAX;

/// What a suite of either version says of its hash and of its keys.
pub(super) const fn common(suite: CipherSuite, hash: &'static Hash, limit: u64) -> CipherSuiteCommon {
    CipherSuiteCommon { suite, hash_provider: hash, confidentiality_limit: limit }
}

/// A key for one direction of a connection. The caller gives each nonce once.
pub(super) struct Key(Option<LessSafeKey>);

impl Key {
    /// A key of another length than the algorithm's seals and opens nothing.
    pub(super) fn new(algorithm: &'static Algorithm, key: &AeadKey) -> Self {
        Self(UnboundKey::new(algorithm, key.as_ref()).ok().map(LessSafeKey::new))
    }

    /// Encrypts the text in place and gives the tag.
    pub(super) fn seal(&self, nonce: [u8; NONCE_LEN], aad: &[u8], text: &mut [u8]) -> Result<[u8; TAG], Error> {
        let key = self.0.as_ref().ok_or(Error::EncryptError)?;
        let tag = key.seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(aad), text);
        let tag = tag.map_err(|_| Error::EncryptError)?;
        tag.as_ref().try_into().map_err(|_| Error::EncryptError)
    }

    /// Decrypts the text in place, tag included, if it is authentic, and gives its length.
    pub(super) fn open(&self, nonce: [u8; NONCE_LEN], aad: &[u8], text: &mut [u8]) -> Result<usize, Error> {
        let key = self.0.as_ref().ok_or(Error::DecryptError)?;
        let opened = key.open_in_place(Nonce::assume_unique_for_key(nonce), Aad::from(aad), text);
        opened.map(|text| text.len()).map_err(|_| Error::DecryptError)
    }
}
