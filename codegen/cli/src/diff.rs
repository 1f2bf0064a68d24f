//! `diff OLD NEW`: what changes between two documents, and whom it breaks.

use std::path::Path;

use specie_codegen::{Gathered, Meaning, Program, Strictness};
use specie_diff::{Audience, Finding, Rule, Sources, Verdict};

use crate::args::{Diff, DiffFormat, Reading};
use crate::failure::Failure;
use crate::listing::{self, Seen};
use crate::paths::current_folder;
use crate::project::Project;
use crate::terminal::{Progress, print};
use crate::{git, read};

pub(crate) fn run(arguments: &Diff, program: Program) -> Result<(), Failure> {
    if let Some(rule) = &arguments.explain {
        return explain(rule);
    }
    let here = current_folder()?;
    let (old, new) = documents(arguments, &here)?;
    let progress = Progress::start("comparing the documents");
    let (before, after) = (meaning(&old, program)?, meaning(&new, program)?);
    let findings = specie_diff::compare(&before.api, &after.api);
    drop(progress);
    let sources = Sources { old: &old.source, new: &new.source };
    print(&specie_diff::render(&findings, sources, format(arguments.format)))?;
    denied(&findings, &arguments.deny)
}

/// The old document and the new one: two files, or one file at a revision and now.
fn documents(arguments: &Diff, here: &Path) -> Result<(Gathered, Gathered), Failure> {
    let project = Project::around()?;
    let gather = |spec: &Path| {
        let api = project.as_ref().and_then(|project| project.named(here, spec).map(|api| (project, api)));
        match api {
            Some((project, api)) => project.gather(here, api, &Reading::default()),
            None => read::gather(here, spec, &Reading::default()),
        }
    };
    match (&arguments.base, arguments.specs.as_slice()) {
        (Some(revision), [spec]) => {
            let api = project.as_ref().and_then(|project| project.named(here, spec).map(|api| (project, api)));
            let (folder, document) =
                api.map_or((here, spec.as_path()), |(project, api)| (&project.root, &api.document));
            Ok((git::gather(folder, document, revision)?, gather(spec)?))
        }
        (None, [old, new]) => Ok((gather(old)?, gather(new)?)),
        (Some(_), _) => Err(Failure::Usage("with `--base REV`, name one document".to_owned())),
        (None, _) => Err(Failure::Usage("name two documents, OLD and NEW, or one and `--base REV`".to_owned())),
    }
}

/// What a document means; what is wrong with it is listed.
fn meaning(gathered: &Gathered, program: Program) -> Result<Meaning, Failure> {
    let (meaning, found) = specie_codegen::meaning(gathered, Strictness::Lenient, &[]);
    let root = &gathered.source.root;
    meaning.filter(|_| !found.has_errors()).ok_or_else(|| {
        listing::problems(&found, &gathered.source, &mut Seen::new(), program);
        Failure::Input(format!("{root} cannot be compared ({})", listing::tally(&found)))
    })
}

const fn format(format: DiffFormat) -> specie_diff::Format {
    match format {
        DiffFormat::Human => specie_diff::Format::Human,
        DiffFormat::Json => specie_diff::Format::Json,
        DiffFormat::Markdown => specie_diff::Format::Markdown,
        DiffFormat::Github => specie_diff::Format::Github,
    }
}

/// Fails where an audience breaks that must not.
fn denied(findings: &[Finding], audiences: &[Audience]) -> Result<(), Failure> {
    let broken = audiences.iter().filter_map(|audience| {
        let count = findings.iter().filter(|finding| finding.verdict(*audience) == Verdict::Breaks).count();
        let changes = if count == 1 { "1 change breaks".to_owned() } else { format!("{count} changes break") };
        (count > 0).then(|| format!("{changes} {}", audience.as_str()))
    });
    let broken: Vec<String> = broken.collect();
    if broken.is_empty() { Ok(()) } else { Err(Failure::Input(broken.join(", "))) }
}

/// Says what a rule means.
fn explain(id: &str) -> Result<(), Failure> {
    if let Some(rule) = Rule::of_id(id) {
        return print(&format!("{}\n\n{}\n", rule.id(), rule.explanation()));
    }
    let all: Vec<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    Err(Failure::Usage(format!("there is no rule `{id}`; the rules are:\n  {}", all.join("\n  "))))
}

/// The audience of a name on the command line.
pub(crate) fn audience(name: &str) -> Result<Audience, String> {
    let all = Audience::ALL.map(Audience::as_str);
    Audience::ALL.into_iter().find(|one| one.as_str() == name).ok_or_else(|| format!("one of {}", all.join(", ")))
}
