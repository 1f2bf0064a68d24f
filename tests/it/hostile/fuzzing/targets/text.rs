//! Text to diagnostics: whatever is written down as a document, there are listings of what is wrong with it, that stay within themselves.

use std::collections::HashMap;

use specie_codegen::diagnostic::Diagnostics;
use specie_codegen::diagnostic_formats::{Format, Terminal, render};
use specie_codegen::source::Source;
use specie_codegen::{Program, Strictness, check, gather};

use super::super::dice::Dice;
use super::super::seeds::{self, FILE};
use super::super::tame::tame;
use super::super::words::OPEN_API;
use super::super::{Target, lines, mutation};
use super::{gist, reached};

pub static TARGET: Target = Target { name: "text", seeds: seeds::texts, mutate, run };

fn mutate(dice: &mut Dice, input: &[u8], other: &[u8]) -> Vec<u8> {
    match dice.below(3) {
        0 => lines::lines(dice, input, other),
        1 => mutation::bytes(dice, input, other, OPEN_API),
        _ => mutation::document(dice, input, other),
    }
}

/// The files that an input holds.
pub fn source(input: &[u8]) -> Source {
    let text = String::from_utf8_lossy(input);
    let mut files: HashMap<String, String> = HashMap::new();
    let mut name = "root.yaml".to_owned();
    for line in text.split_inclusive('\n') {
        match line.strip_prefix(FILE) {
            Some(next) => next.trim_end().clone_into(&mut name),
            None => files.entry(name.clone()).or_default().push_str(line),
        }
    }
    let mut read = |name: &str| files.get(name).cloned().ok_or_else(|| "there is no such file".to_owned());
    gather("root.yaml", ".", &mut read).source
}

fn run(input: &[u8]) -> Result<u64, String> {
    let source = source(input);
    let lenient = check(&source, Strictness::Lenient);
    let strict = check(&source, Strictness::Strict);
    if !strict.has_errors() & lenient.has_errors() {
        return Err("what is an error to the lenient is none to the strict".to_owned());
    }
    for diagnostics in [&lenient, &strict] {
        check_listings(diagnostics, &source)?;
    }
    let mut kinds: Vec<(&str, String)> =
        strict.iter().map(|found| (found.code.as_str(), gist(&found.message))).collect();
    kinds.sort_unstable();
    kinds.dedup();
    // Which problems come together is a matter of chance; one that was not seen before is new.
    kinds.truncate(2);
    Ok(reached((kinds, lenient.is_empty(), strict.has_errors())))
}

fn check_listings(diagnostics: &Diagnostics, source: &Source) -> Result<(), String> {
    tame(&render(diagnostics, source, Format::Human(Terminal { color: false, program: Program::Xtask })))?;
    let machine = render(diagnostics, source, Format::Json);
    for line in machine.lines() {
        let value: serde_json::Value =
            serde_json::from_str(line).map_err(|error| format!("a diagnostic is not JSON: {error}"))?;
        if value["line"].as_u64().is_none_or(|line| line == 0)
            || value["column"].as_u64().is_none_or(|column| column == 0)
        {
            return Err("a diagnostic has no place".to_owned());
        }
    }
    if machine.lines().count() != diagnostics.iter().count() {
        return Err("there are more lines than diagnostics".to_owned());
    }
    for line in render(diagnostics, source, Format::GitHub).lines() {
        if !line.starts_with("::error ") && !line.starts_with("::warning ") {
            return Err("a line of annotations is none".to_owned());
        }
        tame(line)?;
    }
    Ok(())
}
