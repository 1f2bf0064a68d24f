//! TLS: rustls with a provider of its own, and roots that are always there.
//!
//! rustls picks a provider by its features `ring` and `aws_lc_rs`, and the versions of TLS by its feature `tls12`. Cargo gives all crates
//! of a program the same features, so a library that turns one on decides for the others: a program that has the other provider panics.
//! None of them is on here. The provider is put together from ring in [`provider`], through rustls's interface for providers, and handed
//! over explicitly; whether there is one for the whole process makes no difference.

mod digest;
mod key_exchange;
mod provider;
#[cfg(feature = "tls12")]
mod record12;
mod record13;
mod seal;
mod signature;

#[cfg(test)]
mod tests;

use std::io;
use std::sync::Arc;

use rustls::client::{ClientConfig, WantsClientCert};
use rustls::{
    AlertDescription, ConfigBuilder, Error, PeerIncompatible, RootCertStore, SupportedProtocolVersion, WantsVerifier,
};
use rustls_platform_verifier::Verifier;

/// The versions that are offered.
const VERSIONS: &[&SupportedProtocolVersion] = &[
    &rustls::version::TLS13,
    #[cfg(feature = "tls12")]
    &rustls::version::TLS12,
];

/// TLS 1.3, with the feature `tls12` also 1.2, verified as the system does.
///
/// Where the system has no roots, as in a bare container, Mozilla's bundled ones stand in: a client must also start where it will only
/// speak to loopback.
pub(in crate::client) fn configuration() -> Result<ClientConfig, &'static str> {
    let builder = builder()?;
    let Ok(verifier) = Verifier::new(Arc::clone(builder.crypto_provider())) else {
        return Ok(finish(builder.with_root_certificates(bundled())));
    };
    Ok(finish(builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier))))
}

fn builder() -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, &'static str> {
    ClientConfig::builder_with_provider(Arc::new(provider::provider()))
        .with_protocol_versions(VERSIONS)
        .map_err(|_| "TLS has no common protocol version")
}

fn bundled() -> RootCertStore {
    webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect()
}

fn finish(builder: ConfigBuilder<ClientConfig, WantsClientCert>) -> ClientConfig {
    let mut configuration = builder.with_no_client_auth();
    configuration.alpn_protocols = vec![b"http/1.1".to_vec()];
    configuration
}

/// Why a handshake failed, and what to do about it where that is known.
pub(super) fn explain(error: &io::Error) -> String {
    let cause = error.get_ref().and_then(|cause| cause.downcast_ref::<Error>());
    if cfg!(not(feature = "tls12")) && cause.is_some_and(is_of_versions) {
        return format!("{error}; if the server knows TLS 1.2 alone, turn on the feature `tls12` of specie-runtime");
    }
    error.to_string()
}

/// Whether the two sides have no version of TLS in common.
fn is_of_versions(error: &Error) -> bool {
    matches!(
        error,
        Error::AlertReceived(AlertDescription::ProtocolVersion)
            | Error::PeerIncompatible(
                PeerIncompatible::ServerDoesNotSupportTls12Or13
                    | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig
            )
    )
}
