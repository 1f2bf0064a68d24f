//! Ephemeral Diffie-Hellman on elliptic curves (RFC 7748, SEC 1).

use std::fmt;

use ring::agreement::{self, EphemeralPrivateKey, PublicKey, UnparsedPublicKey};
use ring::rand::SystemRandom;
use rustls::crypto::{ActiveKeyExchange, GetRandomFailed, SharedSecret, SupportedKxGroup};
use rustls::{Error, NamedGroup, PeerMisbehaved};

/// The groups, the preferred one first.
pub(super) static GROUPS: &[&dyn SupportedKxGroup] = &[
    &Group { name: NamedGroup::X25519, algorithm: &agreement::X25519 },
    &Group { name: NamedGroup::secp256r1, algorithm: &agreement::ECDH_P256 },
    &Group { name: NamedGroup::secp384r1, algorithm: &agreement::ECDH_P384 },
];

struct Group {
    name: NamedGroup,
    algorithm: &'static agreement::Algorithm,
}

impl SupportedKxGroup for Group {
    fn start(&self) -> Result<Box<dyn ActiveKeyExchange>, Error> {
        let private =
            EphemeralPrivateKey::generate(self.algorithm, &SystemRandom::new()).map_err(|_| GetRandomFailed)?;
        let public = private.compute_public_key().map_err(|_| GetRandomFailed)?;
        Ok(Box::new(Exchange { group: self.name, algorithm: self.algorithm, private, public }))
    }

    fn name(&self) -> NamedGroup {
        self.name
    }
}

impl fmt::Debug for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(f)
    }
}

/// An exchange that waits for the server's share.
struct Exchange {
    group: NamedGroup,
    algorithm: &'static agreement::Algorithm,
    private: EphemeralPrivateKey,
    public: PublicKey,
}

impl ActiveKeyExchange for Exchange {
    /// ring refuses points that are compressed, not on the curve, or of small order.
    fn complete(self: Box<Self>, share: &[u8]) -> Result<SharedSecret, Error> {
        let share = UnparsedPublicKey::new(self.algorithm, share);
        agreement::agree_ephemeral(self.private, &share, |secret| SharedSecret::from(secret))
            .map_err(|_| PeerMisbehaved::InvalidKeyShare.into())
    }

    fn pub_key(&self) -> &[u8] {
        self.public.as_ref()
    }

    fn group(&self) -> NamedGroup {
        self.group
    }
}
