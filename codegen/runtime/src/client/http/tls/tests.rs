//! Handshakes and records against rustls's own provider on the other side, in memory.

use std::io::{self, Read, Write};
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, SignatureAlgorithm};
use rustls::client::ClientConfig;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{
    CipherSuite, ClientConnection, ConnectionCommon, Error, NamedGroup, RootCertStore, ServerConfig, ServerConnection,
    SideData, SupportedProtocolVersion,
};

use super::{VERSIONS, explain, provider};

/// An authority, and the certificate of `localhost` that it signed.
struct Certified {
    roots: RootCertStore,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

fn certified(algorithm: &'static SignatureAlgorithm) -> Certified {
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_key = KeyPair::generate_for(algorithm).unwrap();
    let root = authority.self_signed(&authority_key).unwrap();
    let key = KeyPair::generate_for(algorithm).unwrap();
    let leaf = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let leaf = leaf.signed_by(&key, &Issuer::new(authority, authority_key)).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(root.der().clone()).unwrap();
    Certified { roots, chain: vec![leaf.der().clone()], key: PrivateKeyDer::Pkcs8(key.serialize_der().into()) }
}

/// The client's configuration, but for the roots.
fn trusting(roots: RootCertStore) -> ClientConfig {
    super::finish(super::builder().unwrap().with_root_certificates(roots))
}

/// A server that knows one suite and one group alone.
fn serving(certified: &Certified, suite: Option<CipherSuite>, group: Option<NamedGroup>) -> ServerConfig {
    let mut provider = ring::default_provider();
    provider.cipher_suites.retain(|known| suite.is_none_or(|suite| known.suite() == suite));
    provider.kx_groups.retain(|known| group.is_none_or(|group| known.name() == group));
    serving_with(certified, provider, &[&rustls::version::TLS12, &rustls::version::TLS13])
}

fn serving_with(
    certified: &Certified,
    provider: CryptoProvider,
    versions: &[&'static SupportedProtocolVersion],
) -> ServerConfig {
    let usable = |version: &&&'static SupportedProtocolVersion| {
        provider.cipher_suites.iter().any(|suite| suite.version().version == version.version)
    };
    let versions: Vec<_> = versions.iter().filter(usable).copied().collect();
    ServerConfig::builder_with_provider(Arc::new(provider))
        .with_protocol_versions(&versions)
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(certified.chain.clone(), certified.key.clone_key())
        .unwrap()
}

/// Both ends of a connection.
struct Pair {
    client: ClientConnection,
    server: ServerConnection,
}

impl Pair {
    fn new(client: ClientConfig, server: ServerConfig, name: &'static str) -> Self {
        let name = ServerName::try_from(name).unwrap();
        Self {
            client: ClientConnection::new(Arc::new(client), name).unwrap(),
            server: ServerConnection::new(Arc::new(server)).unwrap(),
        }
    }

    /// Carries what each has to say to the other, until both are silent.
    fn settle(&mut self) -> Result<(), Error> {
        while self.client.wants_write() || self.server.wants_write() {
            carry(&mut self.client, &mut self.server)?;
            carry(&mut self.server, &mut self.client)?;
        }
        Ok(())
    }

    /// Sends a text to each side.
    fn exchange(&mut self, text: &[u8]) {
        assert_eq!(said(&mut self.client, &mut self.server, text), text);
        assert_eq!(said(&mut self.server, &mut self.client, text), text);
    }
}

fn carry<A: SideData, B: SideData>(from: &mut ConnectionCommon<A>, to: &mut ConnectionCommon<B>) -> Result<(), Error> {
    let mut wire = Vec::new();
    while from.wants_write() {
        from.write_tls(&mut wire).unwrap();
    }
    receive(to, &wire)
}

fn receive<S: SideData>(to: &mut ConnectionCommon<S>, mut wire: &[u8]) -> Result<(), Error> {
    while !wire.is_empty() {
        to.read_tls(&mut wire).unwrap();
        to.process_new_packets()?;
    }
    Ok(())
}

/// What arrives of a text that is sent in pieces of at most a record.
fn said<A: SideData, B: SideData>(
    from: &mut ConnectionCommon<A>,
    to: &mut ConnectionCommon<B>,
    text: &[u8],
) -> Vec<u8> {
    let mut arrived = Vec::new();
    for piece in text.chunks(1 << 14) {
        from.writer().write_all(piece).unwrap();
        carry(from, to).unwrap();
        loop {
            let mut buffer = [0; 4096];
            match to.reader().read(&mut buffer) {
                Ok(count) => arrived.extend_from_slice(&buffer[..count]),
                Err(error) => break assert_eq!(error.kind(), io::ErrorKind::WouldBlock),
            }
        }
    }
    arrived
}

/// How a handshake with this server ends.
fn handshake(client: ClientConfig, server: ServerConfig, name: &'static str) -> Result<Pair, Error> {
    let mut pair = Pair::new(client, server, name);
    pair.settle()?;
    assert!(!pair.client.is_handshaking() && !pair.server.is_handshaking());
    Ok(pair)
}

fn text(length: u32) -> Vec<u8> {
    (0..length).map(|index| index.wrapping_mul(31).to_le_bytes()[0]).collect()
}

#[test]
fn every_suite_and_every_group_speaks_with_another_provider() {
    let certified = certified(&rcgen::PKCS_ECDSA_P256_SHA256);
    let mut spoken = 0;
    for suite in provider::provider().cipher_suites {
        // A suite for another kind of certificate.
        if format!("{:?}", suite.suite()).contains("_RSA_") {
            continue;
        }
        for group in [NamedGroup::X25519, NamedGroup::secp256r1, NamedGroup::secp384r1] {
            let server = serving(&certified, Some(suite.suite()), Some(group));
            let mut pair = handshake(trusting(certified.roots.clone()), server, "localhost").unwrap();
            assert_eq!(pair.client.negotiated_cipher_suite().unwrap().suite(), suite.suite());
            assert_eq!(pair.client.negotiated_key_exchange_group().unwrap().name(), group);
            for length in [1, 15, 16, 17, 4096, 100_000] {
                pair.exchange(&text(length));
            }
            spoken += 1;
        }
    }
    assert_eq!(spoken, if cfg!(feature = "tls12") { 18 } else { 9 });
}

#[test]
fn certificates_of_every_curve_are_verified() {
    for algorithm in [&rcgen::PKCS_ECDSA_P256_SHA256, &rcgen::PKCS_ECDSA_P384_SHA384, &rcgen::PKCS_ED25519] {
        for version in VERSIONS {
            let certified = certified(algorithm);
            let server = serving_with(&certified, ring::default_provider(), &[version]);
            let mut pair = handshake(trusting(certified.roots.clone()), server, "localhost").unwrap();
            assert_eq!(pair.client.protocol_version(), Some(version.version));
            pair.exchange(b"hello");
        }
    }
}

/// What a provider knows: suites, groups, and signatures of certificates and handshakes.
fn knows(provider: &CryptoProvider) -> (Vec<CipherSuite>, Vec<NamedGroup>, Vec<String>, String) {
    let algorithms = provider.signature_verification_algorithms;
    let signatures =
        algorithms.all.iter().map(|known| format!("{:?} {:?}", known.public_key_alg_id(), known.signature_alg_id()));
    let schemes = algorithms.mapping.iter().map(|(scheme, known)| {
        let ids = known.iter().map(|known| format!("{:?} {:?}", known.public_key_alg_id(), known.signature_alg_id()));
        (format!("{scheme:?}"), ids.collect::<Vec<_>>())
    });
    let of_version = |suite: &&rustls::SupportedCipherSuite| {
        VERSIONS.iter().any(|version| version.version == suite.version().version)
    };
    (
        provider.cipher_suites.iter().filter(of_version).map(rustls::SupportedCipherSuite::suite).collect(),
        provider.kx_groups.iter().map(|group| group.name()).collect(),
        signatures.collect(),
        format!("{:?}", schemes.collect::<Vec<_>>()),
    )
}

#[test]
fn the_same_is_offered_as_by_the_provider_of_rustls() {
    assert_eq!(knows(&provider::provider()), knows(&ring::default_provider()));
}

#[test]
fn a_record_that_was_changed_on_its_way_is_refused() {
    let certified = certified(&rcgen::PKCS_ECDSA_P256_SHA256);
    for suite in provider::provider().cipher_suites {
        if format!("{:?}", suite.suite()).contains("_RSA_") {
            continue;
        }
        // The head of a record has five bytes; each further one is protected.
        for index in 5..64 {
            let server = serving(&certified, Some(suite.suite()), None);
            let mut pair = handshake(trusting(certified.roots.clone()), server, "localhost").unwrap();
            pair.server.writer().write_all(&text(32)).unwrap();
            let mut wire = Vec::new();
            pair.server.write_tls(&mut wire).unwrap();
            let Some(byte) = wire.get_mut(index) else { break };
            *byte ^= 1;
            assert_eq!(receive(&mut pair.client, &wire), Err(Error::DecryptError), "{:?} {index}", suite.suite());
        }
    }
}

#[test]
fn servers_that_nobody_vouches_for_are_refused() {
    let (known, other) = (certified(&rcgen::PKCS_ED25519), certified(&rcgen::PKCS_ED25519));
    let refused = |roots, name| {
        let error = handshake(trusting(roots), serving(&known, None, None), name).err().unwrap();
        assert!(matches!(error, Error::InvalidCertificate(_)), "{error}");
    };
    refused(other.roots, "localhost");
    refused(known.roots.clone(), "example.com");
    assert!(handshake(trusting(known.roots.clone()), serving(&known, None, None), "localhost").is_ok());
}

#[test]
fn servers_without_tls_1_3_are_met_with_the_feature_that_is_for_them() {
    let certified = certified(&rcgen::PKCS_ECDSA_P256_SHA256);
    let server = serving_with(&certified, ring::default_provider(), &[&rustls::version::TLS12]);
    let met = handshake(trusting(certified.roots.clone()), server, "localhost");
    assert_eq!(met.is_ok(), cfg!(feature = "tls12"));
    for told in [
        Error::AlertReceived(rustls::AlertDescription::ProtocolVersion),
        Error::PeerIncompatible(rustls::PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig),
    ] {
        let text = explain(&io::Error::other(told));
        assert_eq!(text.contains("feature `tls12` of specie-runtime"), cfg!(not(feature = "tls12")), "{text}");
    }
    assert!(!explain(&io::ErrorKind::UnexpectedEof.into()).contains("tls12"));
}
