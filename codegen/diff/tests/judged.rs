//! Holds our verdicts against those of other tools, on pairs of documents from their tests.
//!
//! The pairs are not part of this repository: `SPECIE_DIFF_CASES` names their folder, with `oasdiff.tsv` and `openapi-diff.tsv`, and the
//! documents of each in a folder of its name. Where we disagree, `tests/ledger.tsv` says why, line by line; a line that is not needed any
//! more fails as well. A pair of which a tool says too little to agree or not needs a line, too, where we say that something breaks.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use specie_codegen::api::Api;
use specie_codegen::{ApiAndCrate, Manifest, Options, Program, Strictness, api_and_crate, api_and_document, gather};
use specie_diff::{Audience, Finding, Verdict, Witness, compare, report};

/// The document of a file, or why it means nothing.
fn api(path: &Path) -> Result<Api, String> {
    let folder = path.parent().unwrap_or(path);
    let mut read = |name: &str| fs::read_to_string(name).map_err(|error| error.to_string());
    let gathered = gather(&path.to_string_lossy(), &folder.to_string_lossy(), &mut read);
    let (found, diagnostics) = api_and_document(&gathered, Strictness::Lenient, &[]);
    found
        .map(|one| one.api)
        .ok_or_else(|| diagnostics.iter().map(|one| one.message.clone()).take(3).collect::<Vec<_>>().join("; "))
}

/// What a document of a file means, with its crate.
fn understood(path: &Path) -> Option<ApiAndCrate> {
    let folder = path.parent().unwrap_or(path);
    let mut read = |name: &str| fs::read_to_string(name).map_err(|error| error.to_string());
    let gathered = gather(&path.to_string_lossy(), &folder.to_string_lossy(), &mut read);
    let options = Options {
        crate_name: "judged".into(),
        strictness: Strictness::Lenient,
        manifest: Manifest::Workspace,
        only: Vec::new(),
        program: Program::Specie,
    };
    api_and_crate(&gathered, &options).0
}

/// What a tool says of old clients.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    Breaks,
    Fine,
    /// That one of its checks finds no break, or that something changed: it does not say what else there is.
    NotSaid,
}

fn expected(tool: &str, fields: &[&str]) -> Expected {
    match (tool, fields) {
        ("openapi-diff", [_, _, "incompatible"]) => Expected::Breaks,
        ("oasdiff", [.., findings]) if findings.split("; ").any(|one| one.starts_with("ERR:")) => Expected::Breaks,
        ("openapi-diff", [_, _, "compatible" | "no-change"]) | ("oasdiff", [_, _, "all", ..]) => Expected::Fine,
        _ => Expected::NotSaid,
    }
}

/// How lines of the ledger begin that are no disagreement.
const NOT_READ: &str = "not read: ";
const NOT_SAID: &str = "not said: ";

fn breaking(findings: &[Finding]) -> Vec<String> {
    let breaks = findings.iter().filter(|one| one.verdict(Audience::OldClients) == Verdict::Breaks);
    breaks.map(|one| format!("{} {}", one.rule.id(), one.subject())).collect()
}

/// The lines of the ledger: of a tool and two documents, the reason.
fn reasons() -> BTreeMap<[String; 3], String> {
    let lines = include_str!("ledger.tsv").lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let reason = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [tool, old, new, reason] = fields.as_slice() else { panic!("four fields: {line}") };
        ([tool.to_string(), old.to_string(), new.to_string()], reason.to_string())
    };
    lines.map(reason).collect()
}

#[test]
#[ignore = "takes the folder of the pairs from SPECIE_DIFF_CASES"]
fn verdicts_agree_with_other_tools_or_say_why_not() {
    let root = std::env::var("SPECIE_DIFF_CASES").expect("SPECIE_DIFF_CASES names the folder of the pairs");
    let mut reasons = reasons();
    let (mut pairs, mut judged, mut unread, mut wrong) = (0, 0, Vec::new(), Vec::new());
    let is_other = |reason: &&String| !reason.starts_with(NOT_READ) && !reason.starts_with(NOT_SAID);
    let disagreements = reasons.values().filter(is_other).count();
    for tool in ["oasdiff", "openapi-diff"] {
        let table = fs::read_to_string(Path::new(&root).join(format!("{tool}.tsv"))).expect("the table of pairs");
        for line in table.lines().skip(1) {
            let fields: Vec<&str> = line.split('\t').collect();
            pairs += 1;
            let expected = expected(tool, &fields);
            let (old, new) = (fields[0], fields[1]);
            let read = |name: &str| api(&Path::new(&root).join(tool).join(name));
            let (one, other) = match (read(old), read(new)) {
                (Ok(one), Ok(other)) => (one, other),
                (Err(error), _) | (_, Err(error)) => {
                    let known = reasons.remove(&[tool.to_owned(), old.to_owned(), new.to_owned()]);
                    if !known.is_some_and(|reason| reason.starts_with(NOT_READ)) {
                        unread.push(format!("{tool}\t{old}\t{new}\t{error}"));
                    }
                    continue;
                }
            };
            judged += 1;
            let found = compare(&one, &other);
            let breaks = breaking(&found);
            let agrees = breaks.is_empty() != (expected == Expected::Breaks);
            let reason = reasons.remove(&[tool.to_owned(), old.to_owned(), new.to_owned()]);
            match (agrees, reason) {
                (true, None) => {}
                (false, Some(reason))
                    if !reason.starts_with(NOT_READ)
                        && reason.starts_with(NOT_SAID) == (expected == Expected::NotSaid) => {}
                (false, Some(_)) => wrong.push(format!("{tool}\t{old}\t{new}\thas a reason of another kind")),
                (true, Some(_)) => wrong.push(format!("{tool}\t{old}\t{new}\tstands in the ledger and agrees")),
                (false, None) => {
                    let others: Vec<&str> = found.iter().map(|one| one.rule.id()).collect();
                    let shown =
                        if expected == Expected::Breaks { format!("{others:?}") } else { format!("{breaks:?}") };
                    wrong.push(format!("{tool}\t{old}\t{new}\t{}\t{shown}", fields[fields.len() - 1]));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "of {judged} pairs {} disagree:\n{}\nnot read:\n{}",
        wrong.len(),
        wrong.join("\n"),
        unread.join("\n")
    );
    assert!(reasons.is_empty(), "not among the pairs: {reasons:?}");
    println!("{judged} of {pairs} pairs are judged, of {disagreements} we say something else");
    assert!(disagreements * 10 <= pairs, "of {disagreements} of {pairs} pairs we say something else");
    assert!(unread.is_empty(), "not read:\n{}", unread.join("\n"));
}

#[test]
#[ignore = "takes the folder of the pairs from SPECIE_DIFF_CASES"]
fn swapping_the_documents_swaps_the_audiences() {
    let root = std::env::var("SPECIE_DIFF_CASES").expect("SPECIE_DIFF_CASES names the folder of the pairs");
    let count = |findings: &[Finding], audience: Audience| {
        findings.iter().filter(|finding| finding.verdict(audience) == Verdict::Breaks).count()
    };
    let mut wrong = Vec::new();
    for tool in ["oasdiff", "openapi-diff"] {
        let table = fs::read_to_string(Path::new(&root).join(format!("{tool}.tsv"))).expect("the table of pairs");
        for line in table.lines().skip(1) {
            let names: Vec<&str> = line.split('\t').take(2).collect();
            let read = |name: &str| api(&Path::new(&root).join(tool).join(name));
            let (Ok(one), Ok(other)) = (read(names[0]), read(names[1])) else { continue };
            let (forth, back) = (compare(&one, &other), compare(&other, &one));
            let there = Audience::WIRE.map(|audience| count(&forth, audience));
            let mut here = Audience::WIRE.map(|audience| count(&back, audience));
            here.reverse();
            if there != here {
                wrong.push(format!("{tool} {} {}: {there:?} {here:?}", names[0], names[1]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "takes the folder of the pairs from SPECIE_DIFF_CASES"]
fn breaks_of_the_wire_are_proven() {
    let root = std::env::var("SPECIE_DIFF_CASES").expect("SPECIE_DIFF_CASES names the folder of the pairs");
    let (mut breaks, mut shown, mut open) = (0, 0, Vec::new());
    for tool in ["oasdiff", "openapi-diff"] {
        let table = fs::read_to_string(Path::new(&root).join(format!("{tool}.tsv"))).expect("the table of pairs");
        for line in table.lines().skip(1) {
            let names: Vec<&str> = line.split('\t').take(2).collect();
            let read = |name: &str| understood(&Path::new(&root).join(tool).join(name));
            let (Some(one), Some(other)) = (read(names[0]), read(names[1])) else { continue };
            for finding in report(&one, &other) {
                match finding.witness {
                    None => continue,
                    Some(Witness::Value { .. }) => shown += 1,
                    Some(Witness::Stated) => {}
                    Some(Witness::NotProven) => {
                        let (rule, subject) = (finding.rule.id(), finding.subject());
                        open.push(format!("{tool} {} {}: {rule} {subject}", names[0], names[1]));
                    }
                }
                breaks += 1;
            }
        }
    }
    println!(
        "of {breaks} breaks {shown} are shown by a value, and {} are not proven:\n{}",
        open.len(),
        open.join("\n")
    );
    assert!(open.len() * 20 < breaks, "of {breaks} breaks {} are not proven:\n{}", open.len(), open.join("\n"));
    assert!(shown > 0);
}
