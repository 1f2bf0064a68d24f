//! Pools of connections, with limits of time where the configuration has none.

use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use tokio_postgres::tls::{MakeTlsConnect, NoTls, TlsConnect};
use tokio_postgres::{Config, Socket};

use crate::error::Error;

/// How long a connection may take, from the pool and from the server, where the configuration does not say.
const PATIENCE: Duration = Duration::from_secs(10);

/// A pool of connections without TLS, for a socket or a network of one's own.
///
/// Any pool of `deadpool_postgres` will do; this one has limits of time: ten seconds for a connection, and as long until one is given up
/// whose server does not acknowledge (`tcp_user_timeout`). An error is a pool without connections (`connections` is 0).
pub fn pool(config: Config, connections: usize) -> Result<Pool, Error> {
    over(config, NoTls, connections)
}

/// A pool of connections over TLS by rustls, and never without (`sslmode=require`). The certificate of the server is verified as the
/// configuration of rustls says.
#[cfg(feature = "tls")]
pub fn tls_pool(mut config: Config, tls: rustls::ClientConfig, connections: usize) -> Result<Pool, Error> {
    config.ssl_mode(tokio_postgres::config::SslMode::Require);
    over(config, tokio_postgres_rustls::MakeRustlsConnect::new(tls), connections)
}

fn over<T>(mut config: Config, tls: T, connections: usize) -> Result<Pool, Error>
where
    T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
    T::Stream: Send + Sync,
    T::TlsConnect: Send + Sync,
    <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
{
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(PATIENCE);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(PATIENCE);
    }
    if config.get_application_name().is_none() {
        config.application_name("specie");
    }
    if connections == 0 {
        return Err(Error::Argument("a pool has at least one connection"));
    }
    let manager = Manager::from_config(config, tls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
    let pool = Pool::builder(manager).max_size(connections).runtime(Runtime::Tokio1);
    let pool = pool.wait_timeout(Some(PATIENCE)).create_timeout(Some(PATIENCE)).build();
    pool.map_err(|_| Error::Connection("the pool could not be set up".to_owned()))
}
