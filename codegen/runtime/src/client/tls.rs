//! TLS: rustls with ring, and roots that are always there.

use std::sync::Arc;

use rustls::RootCertStore;
use rustls::client::ClientConfig;
use rustls::crypto::ring;
use rustls_platform_verifier::Verifier;

/// TLS 1.2 and 1.3, verified as the system does.
///
/// Where the system has no roots, as in a bare container, Mozilla's bundled ones stand in: a client must also start where it will only
/// speak to loopback.
pub(super) fn configuration() -> Result<ClientConfig, &'static str> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|_| "TLS has no common protocol version")?;
    if let Ok(verifier) = Verifier::new(provider) {
        let builder = builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
        return Ok(builder.with_no_client_auth());
    }
    let bundled: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    Ok(builder.with_root_certificates(bundled).with_no_client_auth())
}
