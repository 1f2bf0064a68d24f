//! `mock [SPEC]`: a server of any document, on this machine only.

use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;

use specie_codegen::{Program, Strictness};
use specie_mock::Mock;
use tokio::net::TcpListener;

use crate::args;
use crate::failure::Failure;
use crate::named_document::{NamedDocument, Naming};
use crate::paths::current_folder;
use crate::printed_problems;
use crate::project::Project;
use crate::report;
use crate::standard_error::say;
use crate::terminal::{Progress, print};

pub(crate) fn run(arguments: &args::Mock, program: Program) -> Result<(), Failure> {
    let here = current_folder()?;
    let project = Project::around(program)?;
    let naming = Naming { project: project.as_ref(), here: &here, program, without: "mock DOCUMENT" };
    let document = naming.one(arguments.spec.as_deref())?;
    let mock = mock(arguments, document, &here, program)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::Io(format!("the server cannot be started: {error}")))?;
    runtime.block_on(serve(arguments, document.spec, mock))
}

/// The mock of the document, or why there is none.
fn mock(arguments: &args::Mock, document: NamedDocument<'_>, here: &Path, program: Program) -> Result<Mock, Failure> {
    let progress = Progress::start("reading the document");
    let gathered = document.gather(here, &arguments.reading)?;
    let only = document.api().map_or(&[][..], |api| &api.only);
    let only = if arguments.only.is_empty() { only } else { &arguments.only };
    let gathered = report::parsed(gathered, &arguments.reporting);
    let (read, mut found) = specie_codegen::api_and_document(&gathered, Strictness::Lenient, only);
    drop(progress);
    let source = &gathered.source;
    report::level(&mut found, document.api(), &arguments.reporting);
    report::drop_style(&mut found);
    report::in_short(&found, &gathered, &arguments.reporting, program)?;
    let refused = || Failure::Input(format!("{} cannot be served ({})", source.root, printed_problems::tally(&found)));
    read.filter(|_| !found.has_errors()).map(Mock::new).ok_or_else(refused)
}

async fn serve(arguments: &args::Mock, spec: &Path, mock: Mock) -> Result<(), Failure> {
    let failure = |error| Failure::Io(format!("127.0.0.1:{}: {error}", arguments.port));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port)).await.map_err(failure)?;
    let port = listener.local_addr().map_err(failure)?.port();
    print(&greeting(spec, port, &mock))?;
    let quiet = arguments.reporting.quiet;
    let log = move |line: &str| {
        if !quiet {
            say(&format!("{line}\n"));
        }
    };
    specie_mock::serve(listener, Arc::new(mock), log, stopped()).await.map_err(failure)
}

/// Where the mock is found.
fn greeting(document: &Path, port: u16, mock: &Mock) -> String {
    let url = format!("http://127.0.0.1:{port}");
    let operations = mock.operations();
    let noun = if operations == 1 { "operation" } else { "operations" };
    let head = format!("{}: {operations} {noun}\n", document.display());
    let paths = mock.base_paths();
    let bases = if paths.is_empty() { vec![String::new()] } else { paths };
    let bases: Vec<String> = bases.iter().map(|base| format!("  base URL  {url}{base}\n")).collect();
    format!("{head}{}  document  {url}/openapi.json\nCtrl-C stops it.\n", bases.concat())
}

/// Ready when the user ends the command. Where signals cannot be heard, it ends as any program.
async fn stopped() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use specie_codegen::source::Source;
    use specie_codegen::{Strictness, api_and_document};
    use specie_mock::Mock;

    use super::greeting;

    #[test]
    fn the_greeting_names_every_base_url() {
        let document = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\nservers: [{url: https://a.example/v1}, {url: https://b.example}]\n\
                        paths: {/a: {get: {responses: {'204': {description: Done.}}}}}\n";
        let (read, _) = api_and_document(&Source::new("t.yaml", document), Strictness::Lenient, &[]);
        assert_eq!(
            greeting(Path::new("t.yaml"), 4010, &Mock::new(read.unwrap())),
            "t.yaml: 1 operation\n  base URL  http://127.0.0.1:4010\n  base URL  http://127.0.0.1:4010/v1\n  \
             document  http://127.0.0.1:4010/openapi.json\nCtrl-C stops it.\n"
        );
    }
}
