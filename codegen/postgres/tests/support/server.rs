//! A PostgreSQL of one's own: in a temporary folder, on a socket in it, under an unprivileged user.

use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use specie_postgres::deadpool_postgres::Pool;
use specie_postgres::tokio_postgres::{Client, Config, NoTls};

/// A running server; it ends when this is dropped.
pub struct Server {
    folder: tempfile::TempDir,
    programs: PathBuf,
    options: String,
    databases: AtomicU32,
    guard: Child,
}

/// What the server is started with: it listens on its socket alone, and what is committed without waiting for the disk stays away from it
/// for ten seconds, so that a crash loses it.
const OPTIONS: &str = "-c listen_addresses='' -c max_connections=200 -c wal_writer_delay=10s -c autovacuum_naptime=5s";

/// The server that all tests of one program share, each in a database of its own.
static SHARED: Mutex<Weak<Server>> = Mutex::new(Weak::new());

impl Server {
    /// The shared server, or a new one; `None`, and said so, where no PostgreSQL is installed.
    pub fn shared(what: &str) -> Option<Arc<Self>> {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(server) = shared.upgrade() {
            return Some(server);
        }
        let server = Self::start(what)?;
        *shared = Arc::downgrade(&server);
        Some(server)
    }

    /// A server of its own, for a test that ends it.
    pub fn start(what: &str) -> Option<Arc<Self>> {
        Self::start_with(what, |_| String::new())
    }

    /// A server of its own that is started with more options; they are made when its folder, which is given, is there.
    pub fn start_with(what: &str, more: impl FnOnce(&Path) -> String) -> Option<Arc<Self>> {
        let Some(programs) = programs() else {
            assert!(
                std::env::var_os("SPECIE_POSTGRES").is_none(),
                "PostgreSQL is not installed, and SPECIE_POSTGRES asks for it"
            );
            // Not captured as the output of a test is.
            let _ = writeln!(
                std::io::stderr(),
                "!! NOT RUN: {what}\n!! because no PostgreSQL is installed; `codegen/postgres/judges/run` installs it and runs everything"
            );
            return None;
        };
        let folder = tempfile::Builder::new().prefix("specie-pg").tempdir().expect("a temporary folder");
        let options = format!("-k {} {OPTIONS} {}", folder.path().display(), more(folder.path()));
        if is_root() {
            run(Command::new("chown").args(["-R", "nobody"]).arg(folder.path()));
        }
        let data = folder.path().join("data");
        let mut stop = Command::new("sh");
        stop.args(["-c", "cat >/dev/null; folder=$1; shift; \"$@\"; rm -rf \"$folder\"", "sh"]).arg(folder.path());
        let pg_ctl = program(&programs, "pg_ctl");
        stop.arg(pg_ctl.get_program())
            .args(pg_ctl.get_args())
            .args(["-w", "-m", "immediate", "-D"])
            .arg(data)
            .arg("stop");
        stop.current_dir("/");
        let server = Self { folder, programs, options, databases: AtomicU32::new(0), guard: guard(stop) };
        run(server
            .program("initdb")
            .args(["-N", "-A", "trust", "-U", "owner", "-E", "UTF8", "--locale=C", "-D"])
            .arg(server.data()));
        server.launch();
        Some(Arc::new(server))
    }

    fn launch(&self) {
        run(self
            .program("pg_ctl")
            .args(["-w", "-l"])
            .arg(self.folder.path().join("log"))
            .args(["-o", &self.options, "-D"])
            .arg(self.data())
            .arg("start"));
    }

    /// Ends the server as a crash does, and starts it again.
    pub fn crash(&self) {
        run(self.program("pg_ctl").args(["-w", "-m", "immediate", "-D"]).arg(self.data()).arg("stop"));
        self.launch();
    }

    /// The path of its socket.
    pub fn socket(&self) -> PathBuf {
        self.folder.path().join(".s.PGSQL.5432")
    }

    /// How to reach a database of it.
    pub fn config(&self, database: &str) -> Config {
        let mut config = Config::new();
        config.host_path(self.folder.path()).user("owner").dbname(database);
        config
    }

    /// A new database, without tables.
    pub async fn empty_database(self: &Arc<Self>) -> Database {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let client = connect(&self.config("postgres")).await;
        client.batch_execute(&format!("CREATE DATABASE {name}")).await.expect("a database");
        Database { server: Arc::clone(self), name }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn program(&self, name: &str) -> Command {
        program(&self.programs, name)
    }
}

/// One of the server's programs, under a user that is not root.
fn program(folder: &Path, name: &str) -> Command {
    let program = folder.join(name);
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid", "nobody", "--clear-groups"]).arg(program).current_dir("/");
    command
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}

/// A process that ends the server, and removes its folder, when its standard input ends: with this value, or with this program, however that ends. It is in a
/// process group of its own, so that what interrupts a terminal's programs leaves it.
fn guard(mut stop: Command) -> Child {
    let stop = stop.stdin(Stdio::piped()).stdout(Stdio::null()).process_group(0).spawn();
    stop.expect("a process that ends the server")
}

/// A database of a server.
pub struct Database {
    pub server: Arc<Server>,
    pub name: String,
}

impl Database {
    /// A new database with the tables; `None`, and said so, where no PostgreSQL is installed.
    pub async fn new(what: &str) -> Option<Self> {
        Some(Self::on(&Server::shared(what)?).await)
    }

    /// A new database with the tables on a server.
    pub async fn on(server: &Arc<Server>) -> Self {
        let database = server.empty_database().await;
        specie_postgres::ensure_schema(&mut database.connect().await).await.expect("the tables");
        database
    }

    pub fn config(&self) -> Config {
        self.server.config(&self.name)
    }

    pub async fn connect(&self) -> Client {
        connect(&self.config()).await
    }

    pub fn pool(&self, connections: usize) -> Pool {
        specie_postgres::pool(self.config(), connections).expect("a pool")
    }
}

/// A connection whose task ends with it.
pub async fn connect(config: &Config) -> Client {
    let (client, connection) = config.connect(NoTls).await.expect("a connection");
    tokio::spawn(connection);
    client
}

/// The folder of the programs of PostgreSQL: `SPECIE_POSTGRES_BIN`, what `pg_config` says, or the newest of Debian's.
fn programs() -> Option<PathBuf> {
    let has_all = |folder: &PathBuf| ["initdb", "pg_ctl", "postgres"].iter().all(|name| folder.join(name).exists());
    if let Some(folder) = std::env::var_os("SPECIE_POSTGRES_BIN") {
        return Some(PathBuf::from(folder)).filter(has_all);
    }
    let told = Command::new("pg_config").arg("--bindir").output().ok();
    let told = told.and_then(|output| String::from_utf8(output.stdout).ok()).map(|text| PathBuf::from(text.trim()));
    told.filter(has_all).or_else(|| {
        let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?.flatten();
        let mut folders: Vec<_> = versions.map(|version| version.path().join("bin")).filter(has_all).collect();
        folders.sort();
        folders.pop()
    })
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").or_else(|_| std::fs::metadata(Path::new("/tmp"))).is_ok_and(|it| it.uid() == 0)
}

fn run(command: &mut Command) {
    // The server keeps what it is started with open, so that nothing waits for its end.
    let status = command.stdout(Stdio::null()).stdin(Stdio::null()).status();
    assert!(status.as_ref().is_ok_and(std::process::ExitStatus::success), "{command:?}: {status:?}");
}
