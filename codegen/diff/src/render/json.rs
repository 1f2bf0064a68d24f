//! One JSON object.

use specie_codegen::api::Value;

use super::lines::{Lines, SourceLocation};
use crate::version::{Step, needs};
use crate::{Allowed, Audience, CodeChange, Finding, Needs, Version, Witness};

/// The version of the form; it changes where a program that reads it would fail.
const VERSION: &str = "1";

pub(super) fn render(findings: &[&Finding], lines: &mut Lines<'_>) -> String {
    let (old, new) = (lines.sources.old.root.clone(), lines.sources.new.root.clone());
    let krate = lines.sources.krate;
    let last = krate.and_then(|krate| krate.version);
    let next = last.and_then(|version| Step::of(findings).after(version));
    let maybe = |text: Option<String>| text.map_or(Value::Null, Value::String);
    let number = |version: Option<&Version>| maybe(version.map(Version::to_string));
    let all = findings.iter().map(|finding| object(finding, lines)).collect();
    let document = Value::Object(vec![
        ("schema_version".into(), Value::Number(VERSION.into())),
        ("old".into(), Value::String(old)),
        ("old_revision".into(), maybe(lines.sources.revision.map(str::to_owned))),
        ("new".into(), Value::String(new)),
        ("crate".into(), maybe(krate.map(|krate| krate.name.to_owned()))),
        ("crate_needs".into(), maybe(krate.map(|_| needs(findings).as_str().to_owned()))),
        ("crate_version".into(), number(last)),
        ("crate_next_version".into(), number(next.as_ref())),
        ("findings".into(), Value::List(all)),
    ]);
    format!("{document}\n")
}

fn object(finding: &Finding, lines: &mut Lines<'_>) -> Value {
    let text = |text: &str| Value::String(text.to_owned());
    let maybe = |text: &Option<String>| text.clone().map_or(Value::Null, Value::String);
    let uses = finding
        .uses
        .iter()
        .map(|one| Value::Object(vec![("operation".into(), text(&one.operation)), ("place".into(), text(&one.place))]));
    let verdicts =
        Audience::ALL.map(|audience| (audience.as_str().to_owned(), text(finding.verdict(audience).as_str())));
    let spans = vec![("old".into(), place(lines.in_old(finding))), ("new".into(), place(lines.in_new(finding)))];
    Value::Object(vec![
        ("rule".into(), text(finding.rule.id())),
        ("effect".into(), text(finding.relation.as_str())),
        ("verdict".into(), Value::Object(verdicts.to_vec())),
        ("schema".into(), maybe(&finding.schema)),
        ("within".into(), text(&finding.within)),
        ("about".into(), text(&finding.about)),
        ("before".into(), maybe(&finding.before)),
        ("after".into(), maybe(&finding.after)),
        ("reason".into(), text(finding.rule.explanation())),
        ("uses".into(), Value::List(uses.collect())),
        ("span".into(), Value::Object(spans)),
        ("witness".into(), finding.witness.as_ref().map_or(Value::Null, witness)),
        ("code".into(), Value::List(finding.code.iter().map(code).collect())),
        ("allowed".into(), finding.allowed.as_ref().map_or(Value::Null, allowed)),
    ])
}

fn witness(witness: &Witness) -> Value {
    let text = |text: &str| Value::String(text.to_owned());
    match witness {
        Witness::Value { json, is_old } => Value::Object(vec![
            ("proof".into(), text("value")),
            ("json".into(), text(json)),
            ("valid_in".into(), text(if *is_old { "old" } else { "new" })),
        ]),
        Witness::Stated => Value::Object(vec![("proof".into(), text("stated"))]),
        Witness::NotProven => Value::Object(vec![("proof".into(), text("none"))]),
    }
}

fn code(change: &CodeChange) -> Value {
    let maybe = |text: &Option<String>| text.clone().map_or(Value::Null, Value::String);
    let needs = |needs: Needs| Value::String(needs.as_str().to_owned());
    Value::Object(vec![
        ("item".into(), Value::String(change.item.clone())),
        ("before".into(), maybe(&change.before)),
        ("after".into(), maybe(&change.after)),
        ("rust-clients".into(), needs(change.client)),
        ("rust-servers".into(), needs(change.server)),
    ])
}

fn allowed(allowed: &Allowed) -> Value {
    let audiences = allowed.audiences.iter().map(|one| Value::String(one.as_str().to_owned()));
    Value::Object(vec![
        ("audiences".into(), Value::List(audiences.collect())),
        ("reason".into(), Value::String(allowed.reason.clone())),
    ])
}

fn place(place: Option<SourceLocation>) -> Value {
    let number = |number: usize| Value::Number(number.to_string());
    place.map_or(Value::Null, |place| {
        Value::Object(vec![
            ("file".into(), Value::String(place.file)),
            ("line".into(), number(place.line)),
            ("column".into(), number(place.column)),
        ])
    })
}
