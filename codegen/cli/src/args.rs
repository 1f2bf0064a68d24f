//! What a user may type.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use specie_codegen::diagnostic::Code;
use specie_codegen::{Selector, Side};

use crate::crate_version;
use crate::denials::Deny;
use crate::{codes, denials};

/// Turns OpenAPI documents into Rust crates.
#[derive(Debug, Parser)]
#[command(
    name = "specie",
    version,
    after_help = "Exit codes: 0 done, 1 the input is at fault or out of date, 2 usage, 3 reading or writing failed."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(Init),
    Regenerate(Regenerate),
    Generate(Generate),
    Lint(Lint),
    Explain(Explain),
    Surface(Surface),
    Diff(Diff),
    Mock(Mock),
    Corpus(Corpus),
    Sandbox(Sandbox),
    Completions(Completions),
}

/// Serve the APIs of `specs/` on this machine, with state; `env` prints where they are, for a shell.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Sandbox {
    /// What the sandbox takes: `[API…] [--data FILE] [--seed N] [--listen ADDR]`; `--help` says more. After `env`, the address of an inspector
    /// where several sandboxes run.
    #[arg(value_name = "ARGUMENT", trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) arguments: Vec<std::ffi::OsString>,
}

/// Begin with documents, or add more: write the configuration, an overlay for each, a test and a script for CI.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  init vendor/up.json\n  init vendor/bank-v2.yaml --name bank --overlay vendor/corrections.yaml"
)]
pub(crate) struct Init {
    /// The OpenAPI documents, YAML or JSON, in the folder of the configuration or below; where there is no configuration, in this folder.
    #[arg(value_name = "DOCUMENT", required_unless_present = "document")]
    pub(crate) documents: Vec<PathBuf>,

    /// One more DOCUMENT.
    #[arg(long, value_name = "FILE", hide = true)]
    pub(crate) document: Option<PathBuf>,

    /// The name of the crate; from the file's name when left out.
    #[arg(long)]
    pub(crate) name: Option<String>,

    /// The folder of the crate; `crates/NAME` when left out.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// An OpenAPI overlay that is there, to be applied to the document; repeatable. Without one, an empty `specs/NAME.overlay.yaml` is written;
    /// in `overlays` where `specs` is a `[[folder]]`.
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,
}

/// Write the crates that the configuration names.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  regenerate           every crate\n  regenerate up        one of them\n  regenerate --check   for CI: writes nothing, fails where a file is out of date"
)]
pub(crate) struct Regenerate {
    /// The APIs to write; all of them, and the removal of crates of a `[[folder]]` without a document, when none is named.
    #[arg(value_name = "API")]
    pub(crate) apis: Vec<String>,

    /// Write nothing; name every stale, missing and orphaned file, and exit with 1 if there is one.
    #[arg(long)]
    pub(crate) check: bool,
}

/// Write a complete crate for any document, or a module. Of an API of the configuration, what the arguments do not say is as it stands there.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  generate up --check\n  generate vendor/up.json --out crates/up --only 'tag:Accounts' --only 'POST /webhooks'\n  generate vendor/up.json --out src/up --module crate::up --side client"
)]
pub(crate) struct Generate {
    /// The OpenAPI document, YAML or JSON, or the name of an API of the configuration; `-` reads standard input. May be left out where the
    /// configuration has one API.
    #[arg(value_name = "SPEC")]
    pub(crate) spec: Option<PathBuf>,

    /// The folder of the crate; made when absent. Of an API of the configuration, its own when left out.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// The name of the crate; that of the configuration, else from the file's name, when left out. What comes from standard input needs one.
    #[arg(long)]
    pub(crate) name: Option<String>,

    /// Generate these operations and the types that they reach: an operation id, `METHOD /path*` or `tag:NAME`; repeatable.
    #[arg(long, value_name = "SELECTOR")]
    pub(crate) only: Vec<Selector>,

    #[command(flatten)]
    pub(crate) reading: Reading,

    #[command(flatten)]
    pub(crate) reporting: Reporting,

    /// How the crate depends on `specie-runtime`, as in a manifest: `version = "0.1"`, `path = "…"`; by default the source of this program.
    #[arg(long, value_name = "REQUIREMENT")]
    pub(crate) runtime: Option<String>,

    /// The version of the crate; that of the configuration, else of the manifest that is there, else 0.1.0, when left out.
    #[arg(long, value_name = "VERSION", value_parser = crate_version::checked)]
    pub(crate) package_version: Option<String>,

    /// The licence of the crate, an SPDX expression; that of the configuration, else of the manifest that is there, else none, when left out.
    #[arg(long, value_name = "SPDX")]
    pub(crate) license: Option<String>,

    /// Let `cargo publish` take the crate.
    #[arg(long)]
    pub(crate) publish: bool,

    /// Write no crate but a module of one, by its path from the root on: `crate::up` for `src/up/mod.rs`.
    #[arg(long, value_name = "PATH", conflicts_with_all = ["runtime", "package_version", "license", "publish"])]
    pub(crate) module: Option<String>,

    /// What the module has beside the types: `client`, `server`, or `fake` with both; repeatable.
    #[arg(long, value_name = "SIDE", requires = "module")]
    pub(crate) side: Vec<Side>,

    /// Write nothing; name every file that is out of date, and exit with 1 if there is one.
    #[arg(long)]
    pub(crate) check: bool,
}

/// Check documents and write nothing.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  lint\n  lint up --deny response-as-bytes")]
pub(crate) struct Lint {
    /// The OpenAPI documents, YAML or JSON, or names of APIs of the configuration; all of the configuration when left out; `-` reads standard
    /// input.
    #[arg(value_name = "SPEC")]
    pub(crate) specs: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) reading: Reading,

    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

/// Say what a diagnostic's code means.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The code, such as `unknown-key`.
    pub(crate) code: String,
}

/// Print the public surface of a document's crate, or hold it against the committed snapshot.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  surface up           print it\n  surface --check      for CI: fails where a snapshot differs, and shows how\n  surface --write      take what is new, to be reviewed and committed"
)]
pub(crate) struct Surface {
    /// The OpenAPI documents, YAML or JSON, or names of APIs of the configuration; all of the configuration when left out; `-` reads standard
    /// input.
    #[arg(value_name = "SPEC")]
    pub(crate) specs: Vec<PathBuf>,

    /// Compare with the snapshots of the configuration; print what differs, and exit with 1 if anything does.
    #[arg(long, conflicts_with_all = ["write", "base", "overlay"])]
    pub(crate) check: bool,

    /// Write the snapshots of the configuration.
    #[arg(long, conflicts_with_all = ["base", "overlay"])]
    pub(crate) write: bool,

    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Say what changes between two documents, and which clients and servers of the old one it breaks.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diff old.yaml new.yaml\n  diff --base \"$(git merge-base HEAD origin/main)\" specs/up.yaml --format markdown\n  diff --explain enum-value-added"
)]
pub(crate) struct Diff {
    /// The old document and the new one, or with `--base` one document; files, or names of APIs of the configuration. With `--base` and none, each
    /// document of the configuration is compared.
    #[arg(value_name = "SPEC", num_args = 0..=2)]
    pub(crate) specs: Vec<PathBuf>,

    /// Compare with the document as it was at a revision of git.
    #[arg(long, value_name = "REV")]
    pub(crate) base: Option<String>,

    /// The folder that references to other files may not leave, in both documents; by default each document's own.
    #[arg(long, value_name = "DIR")]
    pub(crate) base_folder: Option<PathBuf>,

    /// How changes are printed, on standard output.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: DiffFormat,

    /// Exit with 1 where a change breaks one of these: `old-clients`, `old-servers`, `rust-clients`, `rust-servers`; with `review` beside them
    /// also where a person has to judge what it means for them, such as another default.
    #[arg(long, value_name = "AUDIENCE", value_delimiter = ',', default_value = "old-clients", value_parser = denials::denied_name)]
    pub(crate) deny: Vec<Deny>,

    /// The file of changes that are let pass, each with a reason; by default `diff-allow.toml` beside the configuration.
    #[arg(long, value_name = "FILE")]
    pub(crate) allow: Option<PathBuf>,

    /// Say what a rule means, and compare nothing.
    #[arg(long, value_name = "RULE", conflicts_with_all = ["specs", "base", "base_folder"])]
    pub(crate) explain: Option<String>,
}

/// How changes are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// A list for a terminal.
    #[default]
    Human,
    /// One JSON object.
    Json,
    /// A table for a pull request.
    Markdown,
    /// Annotations that a pull request shows in place.
    Github,
}

/// Serve a document: answer requests with its examples, and reject what it does not allow.
#[derive(Debug, Args)]
#[command(
    after_help = "A request may name the response it wants: `Prefer: code=404`, `Prefer: example=NAME`. The document is served as well, at /openapi.json."
)]
pub(crate) struct Mock {
    /// The OpenAPI document, YAML or JSON, or the name of an API of the configuration; `-` reads standard input. May be left out where the
    /// configuration has one API.
    #[arg(value_name = "SPEC")]
    pub(crate) spec: Option<PathBuf>,

    /// The port on 127.0.0.1; 0 takes a free one.
    #[arg(long, value_name = "PORT", default_value_t = 4010)]
    pub(crate) port: u16,

    /// Serve these operations alone: an operation id, `METHOD /path*` or `tag:NAME`; repeatable.
    #[arg(long, value_name = "SELECTOR")]
    pub(crate) only: Vec<Selector>,

    #[command(flatten)]
    pub(crate) reading: Reading,

    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

/// Say what becomes of each document in some folders: generated, refused by which codes, or neither; and how much is free JSON.
#[derive(Debug, Args)]
pub(crate) struct Corpus {
    /// Documents, and folders whose documents are read, at any depth.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// How many seconds a document may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    pub(crate) timeout: u64,

    /// Read the documents in this process, whatever becomes of it.
    #[arg(long, hide = true)]
    pub(crate) here: bool,
}

/// Print the completions of a shell.
#[derive(Debug, Args)]
#[command(after_help = "Example: specie completions bash > ~/.local/share/bash-completion/completions/specie")]
pub(crate) struct Completions {
    pub(crate) shell: clap_complete::Shell,
}

/// What is read beside the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub(crate) struct Reading {
    /// The folder that references to other files may not leave; by default the document's own.
    #[arg(long, value_name = "DIR")]
    pub(crate) base: Option<PathBuf>,

    /// An OpenAPI overlay to apply, after the one beside the document (`x.overlay.yaml` beside `x.yaml`); repeatable, in this order.
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,
}

/// What is said about the document, and how.
#[derive(Debug, Args)]
pub(crate) struct Reporting {
    /// Say nothing but errors.
    #[arg(long)]
    pub(crate) quiet: bool,

    /// How problems are printed: as listings, as one JSON object per line, or as annotations of a pull request.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,

    /// Drop the warnings of this code; repeatable.
    #[arg(long, value_name = "CODE", value_parser = codes::code)]
    pub(crate) allow: Vec<Code>,

    /// Take the warnings of this code for errors; repeatable, and stronger than --allow.
    #[arg(long, value_name = "CODE", value_parser = codes::code)]
    pub(crate) deny: Vec<Code>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Listings with the offending lines, on standard error.
    #[default]
    Human,
    /// One JSON object per problem and line, on standard output.
    Json,
    /// Annotations that a pull request shows in place, on standard output.
    Github,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Arguments;

    #[test]
    fn the_definition_is_consistent() {
        Arguments::command().debug_assert();
    }
}
