//! A program that uses rustls directly, with the provider that rustls finds for it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use program::{setting, step};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// Calls `https`, before and after the generated crate has worked. `INSTALL` says when the provider becomes that of the process: `before`
/// or `after`, or never.
pub fn run(provider: Option<fn() -> CryptoProvider>) {
    let install = || {
        let installed = provider.map(|provider| provider().install_default().is_ok());
        println!("installed: {installed:?}");
    };
    if setting("INSTALL") == "before" {
        install();
    }
    println!("a provider of the process: {}", CryptoProvider::get_default().is_some());
    program::beside();
    println!("a provider of the process: {}", CryptoProvider::get_default().is_some());
    if setting("INSTALL") == "after" {
        install();
    }
    step("https", || get("HTTPS"));
    step("https of TLS 1.2", || get("HTTPS_OF_TLS_1_2"));
    program::beside();
    step("https again", || get("HTTPS"));
}

fn get(address: &str) -> Result<String, String> {
    let roots = CertificateDer::pem_file_iter(setting("SSL_CERT_FILE")).expect("the roots");
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(roots.map(|root| root.expect("a root")));
    let configuration = ClientConfig::builder().with_root_certificates(store).with_no_client_auth();
    let name = ServerName::try_from("localhost").expect("a name");
    let connection = ClientConnection::new(Arc::new(configuration), name).map_err(|error| error.to_string())?;
    let address = setting(address);
    let socket = TcpStream::connect(address.trim_start_matches("https://")).expect("a listener");
    let mut stream = StreamOwned::new(connection, socket);
    stream.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").map_err(|error| error.to_string())?;
    let mut status = [0; 12];
    stream.read_exact(&mut status).map_err(|error| error.to_string())?;
    Ok(format!("{} over {:?}", String::from_utf8_lossy(&status), stream.conn.protocol_version()))
}
