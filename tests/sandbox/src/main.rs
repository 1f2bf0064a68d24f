//! The sandbox as a program: starts the APIs, says where they are, and runs until it is told to end.

use std::io::Write as _;
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use specie_sandbox::{ClockMode, Profile, Sandbox, SandboxError};

/// OMNO, Gormic, Cublox and Paymega on this machine, as they behave.
#[derive(Debug, Parser)]
#[command(name = "specie-sandbox", version)]
struct Arguments {
    /// The APIs to serve: cublox, gormic, omno, paymega. All, if none is named.
    apis: Vec<String>,
    /// Keeps the state in this file; without it, it ends with the program.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Begins with the objects, events and callbacks of this export.
    #[arg(long, value_name = "FILE")]
    import: Option<PathBuf>,
    /// What ids and credentials are made of; if it is not given, that of the data file, or 1.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// The address to listen on. Whoever reaches it can do everything.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    listen: IpAddr,
    /// A host name that callers may use, beside addresses and `localhost`.
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// The port of an API or of the inspector, as `cublox=8001`; a free one, if it is not given.
    #[arg(long, value_name = "NAME=PORT", value_parser = port)]
    port: Vec<(String, u16)>,
    /// How time passes: `real`, `frozen`, or how many times as fast as outside.
    #[arg(long, value_name = "MODE", default_value = "real", value_parser = mode)]
    clock: ClockMode,
    /// A merchant beside `shop`.
    #[arg(long, value_name = "NAME")]
    merchant: Vec<String>,
    /// Sets how it behaves where the documents do not say, as `payout_approval=not_needed`; a wrong key or value says which there are.
    #[arg(long, value_name = "KEY=VALUE", value_parser = choice)]
    set: Vec<(String, String)>,
    /// The most objects to keep; whoever would add one beyond is answered with 507.
    #[arg(long, value_name = "N", default_value_t = specie_sandbox::MOST_OBJECTS)]
    object_limit: u64,
    /// The most events to keep; a change beyond is answered with 507.
    #[arg(long, value_name = "N", default_value_t = specie_sandbox::MOST_EVENTS)]
    event_limit: u64,
    /// Lets callbacks go to other machines.
    #[arg(long)]
    allow_callbacks_anywhere: bool,
    /// Writes base URLs and credentials into this file while it runs, for a shell to read.
    #[arg(long, value_name = "FILE")]
    env_file: Option<PathBuf>,
}

fn port(text: &str) -> Result<(String, u16), String> {
    let (name, port) = text.split_once('=').ok_or("it has to be NAME=PORT")?;
    if name != "inspector" && !specie_sandbox::APIS.contains(&name) {
        return Err(format!("there is no {name}; there are inspector, {}", specie_sandbox::APIS.join(", ")));
    }
    Ok((name.to_owned(), port.parse().map_err(|_| "the port has to be a number from 0 to 65535")?))
}

fn choice(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("it has to be KEY=VALUE")?;
    Profile::default().set(key, value).map_err(|error| error.to_string())?;
    Ok((key.to_owned(), value.to_owned()))
}

fn mode(text: &str) -> Result<ClockMode, String> {
    match text {
        "real" => Ok(ClockMode::Real),
        "frozen" => Ok(ClockMode::Frozen),
        factor => match factor.parse() {
            Ok(factor @ 1..) => Ok(ClockMode::Scaled(factor)),
            _ => Err("it has to be real, frozen, or a whole number".to_owned()),
        },
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            // As the command line has it, which this program takes the place of: 1 is an input at fault, 2 usage.
            ExitCode::from(3)
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), SandboxError> {
    let mut builder = Sandbox::builder().clock(arguments.clock).listen(arguments.listen);
    if let Some(seed) = arguments.seed {
        builder = builder.seed(seed);
    }
    for name in arguments.host {
        builder = builder.host(name);
    }
    if arguments.apis.is_empty() {
        builder = builder.all();
    }
    for api in &arguments.apis {
        builder = builder.api(api)?;
    }
    if let Some(file) = arguments.data {
        builder = builder.file(file);
    }
    for (name, port) in arguments.port {
        builder = builder.port(name, port);
    }
    for name in arguments.merchant {
        builder = builder.merchant(name);
    }
    let mut profile = Profile::default();
    for (key, value) in &arguments.set {
        profile.set(key, value)?;
    }
    builder = builder.profile(profile).object_limit(arguments.object_limit).event_limit(arguments.event_limit);
    if arguments.allow_callbacks_anywhere {
        builder = builder.callbacks_anywhere();
    }
    let sandbox = builder.start().await?;
    if let Some(file) = &arguments.import {
        sandbox.import(file).await?;
    }
    if let Some(file) = &arguments.env_file {
        // In one step, as `sandbox env` may read it at any time.
        let part = file.with_extension("part");
        tokio::fs::write(&part, sandbox.environment("export ")).await?;
        tokio::fs::rename(&part, file).await?;
    }
    say(&sandbox)?;
    let mut end = std::pin::pin!(told_to_end());
    let mut told = 0;
    loop {
        tokio::select! {
            ended = &mut end => break ended?,
            troubles = sandbox.troubles_after(told) => for trouble in troubles {
                told = trouble.number;
                eprintln!("trouble: {trouble}");
            },
        }
    }
    if let Some(file) = &arguments.env_file {
        tokio::fs::remove_file(file).await?;
    }
    Ok(())
}

/// Waits for Ctrl-C, or for what a supervisor sends in its place.
async fn told_to_end() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminated = signal(SignalKind::terminate())?;
        tokio::select! {
            pressed = tokio::signal::ctrl_c() => pressed,
            _ = terminated.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

/// Says where everything is: for people, and on the last line for programs, which know by it that all is ready.
fn say(sandbox: &Sandbox) -> Result<(), SandboxError> {
    let mut out = std::io::stdout().lock();
    let mut apis = Vec::new();
    for api in sandbox.apis() {
        let url = sandbox.base_url(api)?;
        writeln!(out, "{api:<9}  {url}  documentation {url}/_sandbox/docs")?;
        apis.push(format!("\"{api}\":\"{url}\""));
    }
    let inspector = sandbox.inspector_url();
    writeln!(out, "inspector  {inspector}")?;
    writeln!(out, "credentials: {inspector}env")?;
    writeln!(out, "ready {{\"apis\":{{{}}},\"control_url\":\"{inspector}\"}}", apis.join(","))?;
    Ok(out.flush()?)
}
