//! The pool over TLS verifies the server, and never goes without.

use std::path::Path;
use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{ClientConfig, RootCertStore};
use specie_postgres::tls_pool;
use specie_postgres::tokio_postgres::Config;

use crate::support::server::Server;

/// A server that speaks TLS on a port, or one that does not; and what a client is to trust.
fn server(has_tls: bool) -> Option<(Arc<Server>, Config, RootCertStore)> {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(cert.der().clone()).unwrap();
    let options = |folder: &Path| {
        std::fs::write(folder.join("cert"), cert.pem()).unwrap();
        std::fs::write(folder.join("key"), signing_key.serialize_pem()).unwrap();
        let private = <std::fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o600);
        std::fs::set_permissions(folder.join("key"), private).unwrap();
        let folder = folder.display();
        let tls = if has_tls { "on" } else { "off" };
        format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c ssl={tls} -c ssl_cert_file={folder}/cert -c ssl_key_file={folder}/key"
        )
    };
    let server = Server::start_with("connections over TLS", options)?;
    let mut config = Config::new();
    config.host("localhost").hostaddr(std::net::Ipv4Addr::LOCALHOST.into()).port(port).user("owner").dbname("postgres");
    Some((server, config, roots))
}

fn client(roots: RootCertStore) -> ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_protocol_versions(&[&rustls::version::TLS13]);
    versions.unwrap().with_root_certificates(roots).with_no_client_auth()
}

#[tokio::test]
async fn a_connection_is_encrypted_and_its_server_verified() {
    let Some((_server, config, roots)) = server(true) else { return };
    let pool = tls_pool(config.clone(), client(roots), 1).unwrap();
    let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    let is_encrypted: bool = pool.get().await.unwrap().query_one(sql, &[]).await.unwrap().get(0);
    assert!(is_encrypted);
    let stranger = tls_pool(config, client(RootCertStore::empty()), 1).unwrap();
    assert!(stranger.get().await.is_err(), "nobody vouches for the server");
}

#[tokio::test]
async fn without_tls_there_is_no_connection() {
    let Some((_server, config, roots)) = server(false) else { return };
    assert!(specie_postgres::pool(config.clone(), 1).unwrap().get().await.is_ok());
    assert!(tls_pool(config, client(roots), 1).unwrap().get().await.is_err());
}
