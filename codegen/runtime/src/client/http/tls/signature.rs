//! The signatures of certificates and handshakes that are understood.

use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA384_ASN1, ECDSA_P384_SHA256_ASN1, ECDSA_P384_SHA384_ASN1,
    ED25519 as ED25519_PURE, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384, RSA_PSS_2048_8192_SHA512, UnparsedPublicKey,
    VerificationAlgorithm,
};
use rustls::SignatureScheme;
use rustls::crypto::WebPkiSupportedAlgorithms;
use rustls::pki_types::{AlgorithmIdentifier, InvalidSignature, SignatureVerificationAlgorithm, alg_id};

/// For certificates all of them; for handshakes those of the scheme, of which TLS 1.2 leaves the curve open.
pub(super) const ALGORITHMS: WebPkiSupportedAlgorithms = WebPkiSupportedAlgorithms {
    all: &[
        &P256_SHA256,
        &P256_SHA384,
        &P384_SHA256,
        &P384_SHA384,
        &ED25519,
        &PSS_SHA256,
        &PSS_SHA384,
        &PSS_SHA512,
        &PKCS1_SHA256,
        &PKCS1_SHA384,
        &PKCS1_SHA512,
        &PKCS1_SHA256_BARE,
        &PKCS1_SHA384_BARE,
        &PKCS1_SHA512_BARE,
    ],
    mapping: &[
        (SignatureScheme::ECDSA_NISTP384_SHA384, &[&P384_SHA384, &P256_SHA384]),
        (SignatureScheme::ECDSA_NISTP256_SHA256, &[&P256_SHA256, &P384_SHA256]),
        (SignatureScheme::ED25519, &[&ED25519]),
        (SignatureScheme::RSA_PSS_SHA512, &[&PSS_SHA512]),
        (SignatureScheme::RSA_PSS_SHA384, &[&PSS_SHA384]),
        (SignatureScheme::RSA_PSS_SHA256, &[&PSS_SHA256]),
        (SignatureScheme::RSA_PKCS1_SHA512, &[&PKCS1_SHA512]),
        (SignatureScheme::RSA_PKCS1_SHA384, &[&PKCS1_SHA384]),
        (SignatureScheme::RSA_PKCS1_SHA256, &[&PKCS1_SHA256]),
    ],
};

static P256_SHA256: Algorithm = of(alg_id::ECDSA_P256, alg_id::ECDSA_SHA256, &ECDSA_P256_SHA256_ASN1);
static P256_SHA384: Algorithm = of(alg_id::ECDSA_P256, alg_id::ECDSA_SHA384, &ECDSA_P256_SHA384_ASN1);
static P384_SHA256: Algorithm = of(alg_id::ECDSA_P384, alg_id::ECDSA_SHA256, &ECDSA_P384_SHA256_ASN1);
static P384_SHA384: Algorithm = of(alg_id::ECDSA_P384, alg_id::ECDSA_SHA384, &ECDSA_P384_SHA384_ASN1);
static ED25519: Algorithm = of(alg_id::ED25519, alg_id::ED25519, &ED25519_PURE);
static PSS_SHA256: Algorithm = rsa(alg_id::RSA_PSS_SHA256, &RSA_PSS_2048_8192_SHA256);
static PSS_SHA384: Algorithm = rsa(alg_id::RSA_PSS_SHA384, &RSA_PSS_2048_8192_SHA384);
static PSS_SHA512: Algorithm = rsa(alg_id::RSA_PSS_SHA512, &RSA_PSS_2048_8192_SHA512);
static PKCS1_SHA256: Algorithm = rsa(alg_id::RSA_PKCS1_SHA256, &RSA_PKCS1_2048_8192_SHA256);
static PKCS1_SHA384: Algorithm = rsa(alg_id::RSA_PKCS1_SHA384, &RSA_PKCS1_2048_8192_SHA384);
static PKCS1_SHA512: Algorithm = rsa(alg_id::RSA_PKCS1_SHA512, &RSA_PKCS1_2048_8192_SHA512);

// Some certificates leave out the parameters that RFC 4055, section 5 asks for; the object identifiers are the same.
static PKCS1_SHA256_BARE: Algorithm =
    rsa(bare(&[6, 9, 42, 134, 72, 134, 247, 13, 1, 1, 11]), &RSA_PKCS1_2048_8192_SHA256);
static PKCS1_SHA384_BARE: Algorithm =
    rsa(bare(&[6, 9, 42, 134, 72, 134, 247, 13, 1, 1, 12]), &RSA_PKCS1_2048_8192_SHA384);
static PKCS1_SHA512_BARE: Algorithm =
    rsa(bare(&[6, 9, 42, 134, 72, 134, 247, 13, 1, 1, 13]), &RSA_PKCS1_2048_8192_SHA512);

#[derive(Debug)]
struct Algorithm {
    key: AlgorithmIdentifier,
    signature: AlgorithmIdentifier,
    verification: &'static dyn VerificationAlgorithm,
}

const fn of(
    key: AlgorithmIdentifier,
    signature: AlgorithmIdentifier,
    verification: &'static dyn VerificationAlgorithm,
) -> Algorithm {
    Algorithm { key, signature, verification }
}

const fn rsa(signature: AlgorithmIdentifier, verification: &'static dyn VerificationAlgorithm) -> Algorithm {
    of(alg_id::RSA_ENCRYPTION, signature, verification)
}

const fn bare(identifier: &'static [u8]) -> AlgorithmIdentifier {
    AlgorithmIdentifier::from_slice(identifier)
}

impl SignatureVerificationAlgorithm for Algorithm {
    fn verify_signature(&self, public_key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let key = UnparsedPublicKey::new(self.verification, public_key);
        key.verify(message, signature).map_err(|_| InvalidSignature)
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        self.key
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.signature
    }
}
