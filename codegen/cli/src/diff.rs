//! `diff OLD NEW`: what changes between two documents, and whom it breaks.

mod documents;
mod entry;

use std::fs;

use specie_codegen::diagnostic::{Diagnostics, Severity};
use specie_codegen::{ApiAndCrate, Gathered, Options, Program};
use specie_diff::{Audience, ComparedCrate, Example, Finding, Rule, Sources};

use crate::args::{Diff, DiffFormat};
use crate::denials::Deny;
use crate::failure::Failure;
use crate::named_document::Naming;
use crate::paths::current_folder;
use crate::printed_problems::{self, Seen};
use crate::project::Project;
use crate::standard_error::say;
use crate::suggestion::closest;
use crate::terminal::{Progress, print};
use crate::{git, suppressions};

use documents::{Compared, Documents};

pub(crate) fn run(arguments: &Diff, program: Program) -> Result<(), Failure> {
    if let Some(rule) = &arguments.explain {
        return explain(rule);
    }
    let here = current_folder()?;
    let denied = Denied::of(&arguments.deny)?;
    let project = Project::around(program)?;
    let naming = Naming { project: project.as_ref(), here: &here, program, without: "diff OLD NEW" };
    let pairs = Compared::named(arguments, naming)?;
    let is_one = pairs.len() == 1;
    let (mut faults, mut entry) = (Vec::new(), None);
    for (at, pair) in pairs.into_iter().enumerate() {
        if at > 0 && matches!(arguments.format, DiffFormat::Human | DiffFormat::Markdown) {
            print("\n")?;
        }
        let said = match compare(arguments, pair, naming, &denied) {
            Ok(None) => continue,
            Ok(Some(broken)) => {
                entry = entry.or(broken.entry);
                broken.said
            }
            // The others are compared all the same.
            Err(Failure::Input(said)) => said,
            Err(failure) => return Err(failure),
        };
        faults.push(if is_one { said } else { format!("{}: {said}", pair.new.spec.display()) });
    }
    if faults.is_empty() {
        return Ok(());
    }
    Err(Failure::Input(format!("{}{}", faults.join("\n"), entry.unwrap_or_default())))
}

/// What changes do that they must not.
struct Broken {
    /// In words.
    said: String,
    /// How one of them could be let pass.
    entry: Option<String>,
}

/// Says what changes between two documents; returns what of it must not be.
fn compare(
    arguments: &Diff,
    compared: Compared<'_>,
    naming: Naming<'_>,
    denied: &Denied,
) -> Result<Option<Broken>, Failure> {
    let program = naming.program;
    if let Some(document) = compared.new_document() {
        say(&format!("note: `{}` is new, so there is nothing to compare it with\n", document.display()));
        return Ok(None);
    }
    let Documents { old, new, options, version } = compared.read(arguments, naming)?;
    let progress = Progress::start("comparing the documents");
    let (before, after) =
        rayon::join(|| specie_codegen::api_and_crate(&old, &options), || specie_codegen::api_and_crate(&new, &options));
    let mut seen = Seen::new();
    let (before, after) = (understood(before, &old, program, &mut seen)?, understood(after, &new, program, &mut seen)?);
    let mut findings = specie_diff::report(&before, &after);
    let krate = before.krate.as_ref().and(after.krate.as_ref());
    let krate = krate.map(|krate| ComparedCrate { name: &krate.name, version: version.as_ref() });
    drop(progress);
    let spent = suppressed(arguments, naming, &options, &mut findings);
    let sources = Sources { old: &old.source, new: &new.source, revision: arguments.base.as_deref(), krate };
    print(&specie_diff::render(&findings, sources, format(arguments.format)))?;
    say(&spent?);
    let said = denied.judge(&findings, krate.is_some());
    let entry = findings.iter().find_map(|finding| {
        let audiences = denied.stopped_by(finding);
        (!audiences.is_empty())
            .then(|| entry::help(finding, &audiences, &allow_file(arguments), &apis(naming, &options)))
    });
    Ok(said?.map(|said| Broken { said, entry }))
}

/// Lets pass what the file of suppressions names: the one that was given, else the one beside the configuration or in the current folder.
/// Returns what is said of entries that are spent.
fn suppressed(
    arguments: &Diff,
    naming: Naming<'_>,
    options: &Options,
    findings: &mut [Finding],
) -> Result<String, Failure> {
    let root = naming.project.map_or(naming.here, |project| &project.root);
    let path = match &arguments.allow {
        Some(file) => naming.here.join(file),
        None => root.join(suppressions::FILE),
    };
    if let Some(file) = &arguments.allow {
        fs::File::open(&path).map_err(|error| Failure::at(file, &error))?;
    }
    let (shown, apis) = (allow_file(arguments), apis(naming, options));
    let before = || {
        let Some(revision) = &arguments.base else { return Ok(suppressions::Before::default()) };
        let folder = path.parent().unwrap_or(&path);
        let elsewhere = git::texts_with(folder, revision, suppressions::ENTRY)?;
        Ok(suppressions::Before { own: git::earlier(revision, &path)?, elsewhere })
    };
    suppressions::File { path: &path, shown: &shown }.apply(&apis, before, findings)
}

/// What messages call the file of suppressions.
fn allow_file(arguments: &Diff) -> String {
    let given = arguments.allow.as_ref().map(|file| file.to_string_lossy().into_owned());
    given.unwrap_or_else(|| suppressions::FILE.to_owned())
}

/// The names that an entry may give for whose change it is.
fn apis<'a>(naming: Naming<'a>, options: &'a Options) -> suppressions::Apis<'a> {
    let configured = naming.project.into_iter().flat_map(Project::apis).map(|one| one.name.as_str()).collect();
    suppressions::Apis { compared: &options.crate_name, configured }
}

/// What a document means. What is wrong with it is listed where it means nothing; where no crate can be made of it, the errors are.
fn understood(
    (found, diagnostics): (Option<ApiAndCrate>, Diagnostics),
    gathered: &Gathered,
    program: Program,
    seen: &mut Seen,
) -> Result<ApiAndCrate, Failure> {
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

    /// The audiences for which a change does what it must not.
    fn stopped_by(&self, finding: &Finding) -> Vec<Audience> {
        let is_stopped =
            |audience: &&Audience| finding.breaks(**audience) || (self.review && finding.is_to_review(**audience));
        self.audiences.iter().filter(is_stopped).copied().collect()
    }

    /// Says what changes do that they must not.
    fn judge(&self, findings: &[Finding], has_code: bool) -> Result<Option<String>, Failure> {
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
        Ok(if faults.is_empty() { None } else { Some(faults.join(", ")) })
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
        let Example { before, after } = rule.example();
        return print(&format!(
            "{}\n\n{}\n\nBefore:\n  {before}\nAfter:\n  {after}\n\n{}\n\n{LAW}\n",
            rule.id(),
            rule.explanation(),
            rule.advice()
        ));
    }
    let all: Vec<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    Err(Failure::Usage(match closest(id, &all) {
        Some(known) => format!("there is no rule `{id}`; did you mean `{known}`?"),
        None => format!("there is no rule `{id}`; the rules are:\n  {}", all.join("\n  ")),
    }))
}
