//! `sandbox`: builds the sandbox and becomes it. It is not linked: it depends on `generated/`, without which this program builds.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use specie_codegen::Program;

use crate::args::Sandbox;
use crate::failure::Failure;
use crate::runtime_source;
use crate::terminal::print;

/// How long a sandbox may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(2);

pub(crate) fn run(arguments: &Sandbox, program: Program) -> Result<(), Failure> {
    let checkout = runtime_source::checkout()?
        .ok_or_else(|| Failure::Usage("the sandbox is part of a checkout of Specie; run this in one".into()))?;
    // Where each sandbox that runs leaves its base URLs and credentials.
    let folder = checkout.join("target").join("sandbox");
    let mut given = arguments.arguments.iter();
    if given.next().is_some_and(|first| first == "env") {
        let wanted = given.next().map(|wanted| wanted.to_string_lossy().into_owned());
        return print(&chosen(running(&folder)?, wanted.as_deref(), program)?.environment);
    }
    fs::create_dir_all(&folder).map_err(|error| Failure::at(&folder, &error))?;
    let environment = folder.join(format!("{}.env", std::process::id()));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(cargo);
    // Not quietly: the first build takes minutes, of which cargo says on standard error how far it is.
    command.current_dir(&checkout).args(["run", "--package", "specie-sandbox", "--"]);
    command.arg("--env-file").arg(&environment).args(&arguments.arguments);
    replace(command)
}

/// Lets another program take the place of this one, so that whoever ends this process ends that one.
#[cfg(unix)]
fn replace(mut command: Command) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt as _;

    Err(Failure::Io(format!("cargo: {}", command.exec())))
}

/// Waits for another program, which ends with this one at Ctrl-C.
#[cfg(not(unix))]
fn replace(mut command: Command) -> Result<(), Failure> {
    let status = command.status().map_err(|error| Failure::Io(format!("cargo: {error}")))?;
    match status.code() {
        Some(0) => Ok(()),
        Some(2) => Err(Failure::Usage("the sandbox did not take its arguments".into())),
        _ => Err(Failure::Io(format!("the sandbox ended with {status}"))),
    }
}

/// A sandbox that runs.
#[derive(Debug)]
struct Running {
    /// The address of its inspector.
    inspector: String,
    /// Assignments of a shell.
    environment: String,
}

/// The sandboxes that run. What one has left that was killed is removed.
fn running(folder: &Path) -> Result<Vec<Running>, Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Failure::at(folder, &error)),
    };
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "env"));
    files.sort();
    let mut found = Vec::new();
    for file in files {
        // One that is gone by now is of a sandbox that ends.
        let Ok(environment) = fs::read_to_string(&file) else { continue };
        let Some(inspector) = inspector(&environment) else { continue };
        match health(inspector) {
            Ok(response) if is_ready(&response) => {
                found.push(Running { inspector: inspector.to_owned(), environment });
            }
            // Nobody has its port, or another program.
            Ok(_) => remove(&file)?,
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => remove(&file)?,
            // One that is slow may still be there.
            Err(_) => {}
        }
    }
    Ok(found)
}

/// The address of the inspector among the assignments.
fn inspector(environment: &str) -> Option<&str> {
    let value = environment.lines().find_map(|line| line.split_once("SANDBOX_INSPECTOR="))?.1;
    value.strip_prefix('\'')?.strip_suffix('\'')
}

/// Removes what a sandbox has left, if nobody else has.
fn remove(file: &Path) -> Result<(), Failure> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Failure::at(file, &error)),
        _ => Ok(()),
    }
}

/// Whether a response is that of a sandbox.
fn is_ready(response: &str) -> bool {
    response.starts_with("HTTP/1.1 200") && response.contains("ready")
}

/// What is answered to the question for a sandbox's health.
fn health(inspector: &str) -> io::Result<String> {
    let place = inspector.strip_prefix("http://").and_then(|rest| rest.split_once('/'));
    let (host, path) = place.ok_or(io::ErrorKind::InvalidInput)?;
    let mut address: SocketAddr = host.parse().map_err(io::Error::other)?;
    if address.ip().is_unspecified() {
        address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let request = format!("GET /{path}health HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut response = String::new();
    // More than it says is not read.
    stream.take(4096).read_to_string(&mut response)?;
    Ok(response)
}

/// The one that runs, or that was named by the address of its inspector.
fn chosen(running: Vec<Running>, wanted: Option<&str>, program: Program) -> Result<Running, Failure> {
    let addresses: Vec<&str> = running.iter().map(|sandbox| sandbox.inspector.as_str()).collect();
    let several =
        format!("these sandboxes run: {}; name one: `{} sandbox env URL`", addresses.join(", "), program.as_str());
    let count = running.len();
    let mut fitting = running.into_iter().filter(|sandbox| wanted.is_none_or(|wanted| wanted == sandbox.inspector));
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok(only),
        _ if count == 0 => {
            Err(Failure::Usage(format!("no sandbox runs; start one with `{} sandbox`", program.as_str())))
        }
        _ => Err(Failure::Usage(several)),
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufRead as _;
    use std::net::TcpListener;

    use super::*;

    /// Says once on a port of its own that it is ready.
    fn ready() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let lines = io::BufReader::new(stream.try_clone().unwrap()).lines();
            let request: Vec<String> = lines.map(Result::unwrap).take_while(|line| !line.is_empty()).collect();
            assert_eq!(request[0], "GET /_sandbox/health HTTP/1.1");
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 18\r\n\r\n{\"status\":\"ready\"}").unwrap();
        });
        format!("http://{address}/_sandbox/")
    }

    #[test]
    fn what_a_killed_sandbox_left_is_removed_and_of_several_one_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, inspector: &str| {
            let text = format!("export SANDBOX_INSPECTOR='{inspector}'\n");
            fs::write(folder.path().join(name), text).unwrap();
        };
        assert!(running(&folder.path().join("none")).unwrap().is_empty());
        // One that says nothing in time is passed over and stays.
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        write("0.env", &format!("http://{}/_sandbox/", silent.local_addr().unwrap()));
        // Nobody listens on a port that was given back.
        let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let (one, other) = (ready(), ready());
        write("1.env", &format!("http://{gone}/_sandbox/"));
        write("2.env", &one);
        write("3.env", &other);
        let found = running(folder.path()).unwrap();
        assert_eq!(found.iter().map(|sandbox| &sandbox.inspector).collect::<Vec<_>>(), [&one, &other]);
        assert!(!folder.path().join("1.env").exists() && folder.path().join("0.env").exists());

        let error = chosen(found, None, Program::Xtask).unwrap_err().to_string();
        assert!(error.contains(&one) && error.contains(&other), "{error}");
        let sandbox = |inspector: &str| Running { inspector: inspector.to_owned(), environment: inspector.to_owned() };
        let named = chosen(vec![sandbox("a"), sandbox("b")], Some("b"), Program::Xtask).unwrap();
        assert_eq!(named.environment, "b");
        assert!(chosen(vec![sandbox("a")], Some("b"), Program::Xtask).is_err());
        assert!(chosen(Vec::new(), None, Program::Xtask).unwrap_err().to_string().contains("no sandbox runs"));
    }
}
