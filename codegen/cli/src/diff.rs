//! `diff OLD NEW`: what changes between two documents, and whom it breaks.

use std::fs;
use std::path::{Path, PathBuf};

use specie_codegen::diagnostic::{Diagnostics, Severity};
use specie_codegen::{Gathered, Manifest, Options, Program, Strictness, Understood};
use specie_diff::{Audience, ComparedCrate, Finding, Rule, Sources, Version};

use crate::args::{Diff, DiffFormat, Reading};
use crate::denials::Deny;
use crate::failure::Failure;
use crate::generate::name_of;
use crate::named_document;
use crate::paths::current_folder;
use crate::printed_problems::{self, Seen};
use crate::project::{Api, Project};
use crate::standard_error::say;
use crate::terminal::{Progress, print};
use crate::{crate_version, git, suppressions};

pub(crate) fn run(arguments: &Diff, program: Program) -> Result<(), Failure> {
    if let Some(rule) = &arguments.explain {
        return explain(rule);
    }
    let here = current_folder()?;
    let denied = Denied::of(&arguments.deny)?;
    if let Some(spec) = new_document(arguments, &here, program)? {
        say(&format!("note: `{}` is new, so there is nothing to compare it with\n", spec.display()));
        return Ok(());
    }
    let Documents { old, new, options, version } = documents(arguments, &here, program)?;
    let progress = Progress::start("comparing the documents");
    let (before, after) =
        rayon::join(|| specie_codegen::understand(&old, &options), || specie_codegen::understand(&new, &options));
    let mut seen = Seen::new();
    let (before, after) = (understood(before, &old, program, &mut seen)?, understood(after, &new, program, &mut seen)?);
    let mut findings = specie_diff::report(&before, &after);
    let krate = before.krate.as_ref().and(after.krate.as_ref());
    let krate = krate.map(|krate| ComparedCrate { name: &krate.name, version: version.as_ref() });
    drop(progress);
    let spent = suppressed(arguments, &here, &options, &mut findings);
    let sources = Sources { old: &old.source, new: &new.source, revision: arguments.base.as_deref(), krate };
    print(&specie_diff::render(&findings, sources, format(arguments.format)))?;
    say(&spent?);
    let judgement = denied.judge(&findings, krate.is_some());
    // The process ends soon: to free their many parts before would take longer.
    std::mem::forget((before, after));
    judgement
}

/// Lets pass what the file of suppressions names: the one that was given, else the one beside the configuration or in the current folder.
/// Returns what is said of entries that are spent.
fn suppressed(arguments: &Diff, here: &Path, options: &Options, findings: &mut [Finding]) -> Result<String, Failure> {
    let project = Project::around(options.program)?;
    let (path, shown) = if let Some(file) = &arguments.allow {
        let path = here.join(file);
        fs::File::open(&path).map_err(|error| Failure::at(file, &error))?;
        (path, file.to_string_lossy().into_owned())
    } else {
        let root = project.as_ref().map_or(here, |project| &project.root);
        (root.join(suppressions::FILE), suppressions::FILE.to_owned())
    };
    let configured = project.iter().flat_map(Project::apis).map(|one| one.name.as_str()).collect();
    let apis = suppressions::Apis { compared: &options.crate_name, configured };
    let before = || {
        let Some(revision) = &arguments.base else { return Ok(suppressions::Before::default()) };
        let folder = path.parent().unwrap_or(&path);
        let elsewhere = git::texts_with(folder, revision, suppressions::ENTRY)?;
        Ok(suppressions::Before { own: git::earlier(revision, &path)?, elsewhere })
    };
    suppressions::File { path: &path, shown: &shown }.apply(&apis, before, findings)
}

/// The two documents, and how a crate is made of them.
struct Documents {
    old: Gathered,
    new: Gathered,
    options: Options,
    /// The version of the crate of the old document, where there is one.
    version: Option<Version>,
}

/// The document of an API of the configuration that was not there at the revision, under this name or another one.
fn new_document(arguments: &Diff, here: &Path, program: Program) -> Result<Option<PathBuf>, Failure> {
    let (Some(revision), [spec], Some(project)) =
        (&arguments.base, arguments.specs.as_slice(), Project::around(program)?)
    else {
        return Ok(None);
    };
    let Some(api) = project.named(here, spec) else { return Ok(None) };
    let document = project.root.join(&api.document);
    let is_new = document.is_file() && matches!(git::earlier(revision, &document), Ok(None));
    Ok(is_new.then(|| api.document.clone()))
}

/// The old document and the new one: two files, or one file at a revision and now.
fn documents(arguments: &Diff, here: &Path, program: Program) -> Result<Documents, Failure> {
    let project = Project::around(program)?;
    let known = |spec: &Path| named_document::configured(project.as_ref(), here, spec);
    let given = Reading { base: arguments.base_folder.clone(), overlay: Vec::new() };
    let gather = |spec: &Path| readable(spec, named_document::gather(project.as_ref(), here, spec, &given)?);
    let options = |spec: &Path| options(known(spec).map(|(_, api)| api), spec, program);
    let version = |spec: &Path, read: &dyn Fn(&Path) -> Option<String>| {
        let (project, api) = known(spec)?;
        crate_version::stated(&project.crate_folder(api)?, read)
    };
    match (&arguments.base, arguments.specs.as_slice()) {
        (Some(revision), [spec]) => {
            // First, for a name that is none is not to be looked for at the revision.
            let new = gather(spec)?;
            let (from, document, reading) = match known(spec) {
                Some((project, api)) => (project.root.as_path(), api.document.as_path(), api.reading.clone()),
                None => (here, spec.as_path(), Reading::default()),
            };
            let old = if arguments.base_folder.is_some() {
                // Both documents have the names that this folder gives them.
                let reading = Reading { base: Some(PathBuf::from(&new.source.base)), ..reading };
                git::gather(from, Path::new(&new.source.root), &reading, revision)?
            } else {
                git::gather(from, document, &reading, revision)?
            };
            let version = version(spec, &|manifest| git::show(here, revision, manifest).ok());
            Ok(Documents { old, new, options: options(spec), version })
        }
        (None, [old, new]) => {
            let version = version(new, &|manifest| fs::read_to_string(manifest).ok());
            Ok(Documents { old: gather(old)?, new: gather(new)?, options: options(new), version })
        }
        (Some(_), _) => Err(Failure::Usage("with `--base REV`, name one document".to_owned())),
        (None, _) => Err(Failure::Usage("name two documents, OLD and NEW, or one and `--base REV`".to_owned())),
    }
}

/// A document that was read; where its own text cannot be, it is not the document that is wrong.
fn readable(spec: &Path, gathered: Gathered) -> Result<Gathered, Failure> {
    match gathered.source.files.iter().next() {
        Some((_, Err(reason))) => Err(Failure::Io(format!("{}: {reason}", spec.display()))),
        _ => Ok(gathered),
    }
}

/// How the crate is called, and which operations it has: as the configuration says of the document.
fn options(api: Option<&Api>, spec: &Path, program: Program) -> Options {
    Options {
        crate_name: api.map_or_else(|| name_of(spec), |api| api.name.clone()),
        strictness: Strictness::Lenient,
        manifest: Manifest::Workspace,
        only: api.map(|api| api.only.clone()).unwrap_or_default(),
        program,
    }
}

/// What a document means. What is wrong with it is listed where it means nothing; where no crate can be made of it, the errors are.
fn understood(
    (found, diagnostics): (Option<Understood>, Diagnostics),
    gathered: &Gathered,
    program: Program,
    seen: &mut Seen,
) -> Result<Understood, Failure> {
    let root = &gathered.source.root;
    let Some(found) = found else {
        printed_problems::problems(&diagnostics, &gathered.source, seen, program);
        let tally = printed_problems::tally(&diagnostics);
        return Err(Failure::Input(format!("{root} cannot be compared ({tally})")));
    };
    // A document that no crate can be made of has values on the wire all the same.
    if found.krate.is_none() {
        let mut errors = Diagnostics::new();
        for error in diagnostics.iter().filter(|one| one.severity == Severity::Error) {
            errors.push(error.clone());
        }
        printed_problems::problems(&errors, &gathered.source, seen, program);
        say(&format!("note: no crate can be made of {root}, so the wire alone is compared\n"));
    }
    Ok(found)
}

const fn format(format: DiffFormat) -> specie_diff::Format {
    match format {
        DiffFormat::Human => specie_diff::Format::Human,
        DiffFormat::Json => specie_diff::Format::Json,
        DiffFormat::Markdown => specie_diff::Format::Markdown,
        DiffFormat::Github => specie_diff::Format::Github,
    }
}

/// What changes must not do.
struct Denied {
    /// Whom they must not break.
    audiences: Vec<Audience>,
    /// Whether they must not leave it to a person what they mean for these.
    review: bool,
}

impl Denied {
    fn of(given: &[Deny]) -> Result<Self, Failure> {
        let audiences = given.iter().filter_map(|one| match one {
            Deny::Breaks(audience) => Some(*audience),
            Deny::Review => None,
        });
        let found = Self { audiences: audiences.collect(), review: given.contains(&Deny::Review) };
        if found.audiences.is_empty() {
            let example = "`--deny old-clients,review`";
            return Err(Failure::Usage(format!("`review` is said of audiences; name them beside it: {example}")));
        }
        Ok(found)
    }

    /// Fails where a change does what it must not.
    fn judge(&self, findings: &[Finding], has_code: bool) -> Result<(), Failure> {
        if !has_code && self.audiences.iter().any(|one| Audience::CODE.contains(one)) {
            return Err(Failure::Input(
                "what breaks code cannot be said: no crate can be made of one of the documents".to_owned(),
            ));
        }
        let counted = |test: &dyn Fn(&Finding) -> bool, one: &str, several: &str| match findings
            .iter()
            .filter(|finding| test(finding))
            .count()
        {
            0 => None,
            1 => Some(format!("1 change {one}")),
            count => Some(format!("{count} changes {several}")),
        };
        let mut faults = Vec::new();
        for audience in &self.audiences {
            let name = audience.as_str();
            let broken = counted(&|one| one.breaks(*audience), "breaks", "break");
            faults.extend(broken.map(|text| format!("{text} {name}")));
            let open = counted(&|one| self.review && one.is_to_review(*audience), "is", "are");
            faults.extend(open.map(|text| format!("{text} to be reviewed for {name}")));
        }
        if faults.is_empty() { Ok(()) } else { Err(Failure::Input(faults.join(", "))) }
    }
}

/// How verdicts for the wire follow from changes.
const LAW: &str = "\
Whom a change breaks follows from what is allowed after it. Fewer values break those who send by the old document: clients in
requests, servers in responses. More values break those who receive by it: servers in requests, clients in responses. The API sends
webhooks and callbacks, so there it is the other way round. Where the documents do not say it, a person has to review the change.
To let a change pass, name its rule in `diff-allow.toml`.";

/// Says what a rule means.
fn explain(id: &str) -> Result<(), Failure> {
    if let Some(rule) = Rule::of_id(id) {
        return print(&format!("{}\n\n{}\n\n{LAW}\n", rule.id(), rule.explanation()));
    }
    let all: Vec<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    Err(Failure::Usage(format!("there is no rule `{id}`; the rules are:\n  {}", all.join("\n  "))))
}
