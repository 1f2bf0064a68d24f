//! What a user may type.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use specie_codegen::Selector;
use specie_codegen::diagnostic::Code;

use crate::explain;

/// Turns OpenAPI documents into Rust crates.
#[derive(Debug, Parser)]
#[command(
    name = "xtask",
    bin_name = "cargo xtask",
    after_help = "Exit codes: 0 done, 1 the input is at fault or out of date, 2 usage, 3 reading or writing failed."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Regenerate(Regenerate),
    Generate(Generate),
    Lint(Lint),
    Explain(Explain),
    Surface(Surface),
    Corpus(Corpus),
    Sandbox(Sandbox),
}

/// Serve the APIs of `specs/` on this machine, with state; `env` prints where they are, for a shell.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Sandbox {
    /// What the sandbox takes: `[API…] [--data FILE] [--seed N] [--listen ADDR]`; `--help` says more.
    #[arg(value_name = "ARGUMENT", trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) arguments: Vec<std::ffi::OsString>,
}

/// Write `generated/` from `specs/`.
#[derive(Debug, Args)]
pub(crate) struct Regenerate {
    /// The APIs to write; all of them, and the removal of crates without a spec, when none is named.
    #[arg(value_name = "API")]
    pub(crate) apis: Vec<String>,

    /// Write nothing; name every stale, missing and orphaned file, and exit with 1 if there is one.
    #[arg(long)]
    pub(crate) check: bool,
}

/// Write a complete crate for any document.
#[derive(Debug, Args)]
pub(crate) struct Generate {
    /// The OpenAPI document, YAML or JSON; `-` reads standard input.
    pub(crate) spec: PathBuf,

    /// The folder of the crate; made when absent. Inside the checkout only below `target/`.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,

    /// The name of the crate; from the file's name when left out. What comes from standard input needs one.
    #[arg(long)]
    pub(crate) name: Option<String>,

    /// Generate these operations and the types that they reach: an operation id, `METHOD /path*` or `tag:NAME`; repeatable.
    #[arg(long, value_name = "SELECTOR")]
    pub(crate) only: Vec<Selector>,

    #[command(flatten)]
    pub(crate) reading: Reading,

    #[command(flatten)]
    pub(crate) reporting: Reporting,

    /// How the crate depends on `specie-runtime`, as in a manifest: `version = "0.1"`, `path = "…"`; by default the path to this checkout's.
    #[arg(long, value_name = "REQUIREMENT")]
    pub(crate) runtime: Option<String>,
}

/// Check documents and write nothing.
#[derive(Debug, Args)]
pub(crate) struct Lint {
    /// The OpenAPI documents, YAML or JSON; `-` reads standard input.
    #[arg(required = true, value_name = "SPEC")]
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

/// Print the public surface of a document's crate.
#[derive(Debug, Args)]
pub(crate) struct Surface {
    /// The OpenAPI document, YAML or JSON; `-` reads standard input.
    pub(crate) spec: PathBuf,

    #[command(flatten)]
    pub(crate) reading: Reading,
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

/// What is read beside the document.
#[derive(Debug, Default, Args)]
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
    #[arg(long, value_name = "CODE", value_parser = explain::code)]
    pub(crate) allow: Vec<Code>,

    /// Take the warnings of this code for errors; repeatable, and stronger than --allow.
    #[arg(long, value_name = "CODE", value_parser = explain::code)]
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
