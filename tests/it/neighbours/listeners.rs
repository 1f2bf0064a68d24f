//! Listeners for `http`, `https`, and `https` of TLS 1.2 alone, which answer every request with 404.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;
use rustls::version::{TLS12, TLS13};
use rustls::{ServerConfig, ServerConnection, StreamOwned, SupportedProtocolVersion};
use tempfile::NamedTempFile;

pub(super) struct Listeners {
    http: SocketAddr,
    https: SocketAddr,
    https_of_tls_1_2: SocketAddr,
    /// The authority that vouches for them.
    root: NamedTempFile,
}

impl Listeners {
    pub(super) fn start() -> Self {
        let mut authority = CertificateParams::new(Vec::new()).expect("parameters");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        // OpenSSL takes a certificate for self-signed where both have the same name.
        authority.distinguished_name.push(DnType::CommonName, "an authority");
        let authority_key = KeyPair::generate().expect("a key");
        let mut root = NamedTempFile::new().expect("a file");
        let signed = authority.self_signed(&authority_key).expect("a certificate");
        root.write_all(signed.pem().as_bytes()).expect("a file");
        let issuer = Issuer::new(authority, authority_key);
        Self {
            http: listen(response),
            https: listen_securely(&issuer, &[&TLS13, &TLS12]),
            https_of_tls_1_2: listen_securely(&issuer, &[&TLS12]),
            root,
        }
    }

    /// The environment of a program that is to call them.
    pub(super) fn settings(&self) -> [(&'static str, String); 4] {
        let url = |scheme: &str, address: SocketAddr| format!("{scheme}://localhost:{}", address.port());
        [
            ("HTTP", url("http", self.http)),
            ("HTTPS", url("https", self.https)),
            ("HTTPS_OF_TLS_1_2", url("https", self.https_of_tls_1_2)),
            ("SSL_CERT_FILE", self.root.path().display().to_string()),
        ]
    }
}

fn listen_securely(issuer: &Issuer<'_, KeyPair>, versions: &[&'static SupportedProtocolVersion]) -> SocketAddr {
    let key = KeyPair::generate().expect("a key");
    let certificate = CertificateParams::new(vec!["localhost".to_owned()]).expect("parameters");
    let certificate = certificate.signed_by(&key, issuer).expect("a certificate");
    let configuration = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(versions)
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::Pkcs8(key.serialize_der().into()))
        .expect("a certificate and its key");
    let configuration = Arc::new(configuration);
    listen(move |stream| {
        let connection = ServerConnection::new(Arc::clone(&configuration)).expect("a connection");
        response(StreamOwned::new(connection, stream));
    })
}

fn listen(serve: impl Fn(TcpStream) + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming() {
            serve(stream.expect("a connection"));
        }
    });
    address
}

/// Reads the head of a request, if there is one, and answers.
fn response(mut stream: impl Read + Write) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        match stream.read(&mut byte) {
            Ok(1) => head.extend(byte),
            // Whoever ends the connection here is not met by this listener: wrong version, unknown certificate.
            _ => return,
        }
    }
    let _ = stream.write_all(b"HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}");
    let _ = stream.flush();
}
