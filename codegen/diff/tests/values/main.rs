//! How the values of two schemas stand to each other, pair by pair. That a line of `pairs.tsv` is true is held against the `jsonschema` crate,
//! and each break has a value that shows it.

mod conditions;
mod instances;
mod nested;
mod random;
#[path = "../support/mod.rs"]
mod support;

use serde_json::{Value, json};
use specie_codegen::ApiAndCrate;
use specie_codegen::source::Source;
use specie_diff::{Audience, Finding, Verdict, Witness, report};

/// How many pairs a property is tried on: as many as `PROPTEST_CASES` says, or else so many.
fn cases(usual: u32) -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(usual)
}

/// Where the schema stands in its document.
const SCHEMA: &str = "#/paths/~1a/post/requestBody/content/application~1json/schema";

/// A document whose one request holds a schema.
struct Side {
    text: &'static str,
    understood: ApiAndCrate,
}

impl Side {
    /// The document of a schema, behind which stand the components that it refers to. In front may stand the version of OpenAPI.
    fn of(text: &'static str) -> Self {
        let (version, schema) = text.strip_prefix("3.0 ").map_or(("3.1.0", text), |schema| ("3.0.3", schema));
        let (schema, components) = schema.split_once(" & ").unwrap_or((schema, "{}"));
        let schema = schema.replace("#/$defs", &format!("{SCHEMA}/$defs"));
        let document = format!(
            "openapi: {version}
info: {{title: T, version: '1'}}
paths:
  /a:
    post:
      requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}
      responses: {{'204': {{description: Done.}}}}
components: {{schemas: {components}}}
"
        );
        let understood = support::understood(&Source::new("t.yaml", document), text);
        Self { text, understood }
    }

    fn validator(&self) -> jsonschema::Validator {
        let mut whole: Value = serde_json::from_str(&self.understood.document).expect("a document");
        whole["$ref"] = json!(SCHEMA);
        let options = jsonschema::draft202012::options().should_validate_formats(true);
        options.build(&whole).unwrap_or_else(|error| panic!("{}: {error}", self.text))
    }
}

/// Whether each value of the one side is one of the other side, in both directions; `None`: not said.
type Claim = [Option<bool>; 2];

fn claim(relation: &str) -> Claim {
    match relation {
        "same" => [Some(true), Some(true)],
        "widens" => [Some(true), Some(false)],
        "narrows" => [Some(false), Some(true)],
        "incomparable" => [Some(false), Some(false)],
        "unknown" => [None, None],
        _ => panic!("no relation: {relation}"),
    }
}

/// What is claimed of the values by the verdicts for those who send requests and for those who receive them.
fn claimed(found: &[Finding]) -> Claim {
    Audience::WIRE.map(|audience| match found.iter().map(|one| one.verdict(audience)).max().unwrap_or_default() {
        Verdict::Fine => Some(true),
        Verdict::Review => None,
        Verdict::Breaks => Some(false),
    })
}

fn lines() -> Vec<(&'static str, Side, Side)> {
    let all = include_str!("pairs.tsv").lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let fields = all.map(|line| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [relation, old, new] = fields.as_slice() else { panic!("three fields: {line}") };
        (*relation, Side::of(old), Side::of(new))
    });
    fields.collect()
}

#[test]
fn each_line_is_true_of_values() {
    let mut wrong = Vec::new();
    // The crate does not know the keywords of OpenAPI 3.0.
    for (relation, old, new) in lines().into_iter().filter(|(_, old, _)| !old.text.starts_with("3.0 ")) {
        let (before, after) = (old.validator(), new.validator());
        let claim = claim(relation);
        for value in instances::instances() {
            let (was, is) = (before.is_valid(&value), after.is_valid(&value));
            if was && !is && claim[0] == Some(true) || is && !was && claim[1] == Some(true) {
                wrong.push(format!("{relation} {} -> {}: {value}", old.text, new.text));
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn verdicts_are_those_of_the_values() {
    let mut wrong = Vec::new();
    for (relation, old, new) in lines() {
        let swapped = match relation {
            "widens" => "narrows",
            "narrows" => "widens",
            other => other,
        };
        for (relation, old, new) in [(relation, &old, &new), (swapped, &new, &old)] {
            let found = report(&old.understood, &new.understood);
            if claimed(&found) != claim(relation) {
                let said: Vec<String> = found
                    .iter()
                    .map(|one| format!("{} {} {:?}", one.rule.id(), one.relation.as_str(), one.witness))
                    .collect();
                wrong.push(format!("{relation}: {} -> {}: {said:?}", old.text, new.text));
            } else if let Some(open) = found.iter().find(|one| one.witness == Some(Witness::NotProven)) {
                wrong.push(format!(
                    "not proven: {} -> {}: {} {}",
                    old.text,
                    new.text,
                    open.rule.id(),
                    open.relation.as_str()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} lines:\n{}", wrong.len(), wrong.join("\n"));
}
