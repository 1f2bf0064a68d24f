//! Random schemas, random values of them and beside them: the generated types take what a judge by others calls valid and write it back,
//! and refuse or find fault with what it calls invalid.
//!
//! The schemas come from a seed, so that the crate made of them is the same in each run and is built once; the values differ.

mod assertions;
mod dice;
mod program;
mod samples;
mod schemas;
mod values;
mod written;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use proptest::prelude::any;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};

use dice::Dice;
use program::{Program, Verdict};

/// How many schemas there are.
const SCHEMAS: usize = 60;

/// What the schemas come from.
const SEED: u64 = 1;

/// How many values each schema is asked about at a time.
const VALUES: usize = 12;

/// A schema by name, in an object that requires it as `v`.
fn components() -> Map<String, Value> {
    let mut dice = Dice::new(SEED);
    let mut found = Map::new();
    for number in 0..SCHEMAS {
        let schema = schemas::schema(&mut dice, 3);
        found
            .insert(format!("S{number:02}"), json!({"type": "object", "required": ["v"], "properties": {"v": schema}}));
    }
    found
}

/// All schemas that the program has types of: random ones, and those that are written down.
static COMPONENTS: LazyLock<Map<String, Value>> = LazyLock::new(|| {
    let mut found = components();
    found.extend(written::components());
    found
});

/// The program.
static PROGRAM: LazyLock<Program> = LazyLock::new(|| Program::of(&COMPONENTS));

/// What is asked of the program: the name of a schema, and a value.
type Question = (String, Value);

fn questions(components: &Map<String, Value>, seed: u64) -> Vec<Question> {
    let mut dice = Dice::new(seed);
    let mut found = Vec::new();
    for (name, schema) in components {
        let schema = &schema["properties"]["v"];
        for _ in 0..VALUES {
            let mut value = values::value(schema, &mut dice);
            for _ in 0..dice.below(3) {
                values::alter(&mut value, &mut dice);
            }
            found.push((name.clone(), json!({"v": value})));
        }
    }
    found
}

/// How the two verdicts on a value disagree.
fn disagreement(schema: &Value, is_valid: bool, asked: &Value, verdict: &Verdict) -> Option<String> {
    match (is_valid, verdict) {
        (false, Verdict::Refused(_) | Verdict::Faulty(_)) => None,
        (true, Verdict::Accepted(written)) if values::is_same(schema, asked, written) => None,
        (true, Verdict::Accepted(written)) => Some(format!("comes back as {written}")),
        (true, Verdict::Refused(reason)) => Some(format!("is valid, and is refused: {reason}")),
        (true, Verdict::Faulty(reason)) => Some(format!("is valid, and is found faulty: {reason}")),
        (false, Verdict::Accepted(_)) => Some("is invalid, and is accepted".to_owned()),
    }
}

#[test]
fn types_agree_with_a_judge_by_others() {
    let components = components();
    let judge = |schema| jsonschema::draft202012::options().should_validate_formats(true).build(schema);
    let judges: HashMap<&String, jsonschema::Validator> =
        components.iter().map(|(name, schema)| (name, judge(schema).expect("a schema"))).collect();
    let mut runner =
        TestRunner::new(Config { cases: 32, failure_persistence: None, max_shrink_iters: 0, ..Config::default() });
    let (mut valid, mut invalid) = (0, 0);
    let counted = std::cell::RefCell::new((&mut valid, &mut invalid));
    let property = |seed: u64| {
        let questions = questions(&components, seed);
        let verdicts = PROGRAM.verdicts(&questions);
        assert_eq!(verdicts.len(), questions.len());
        let mut wrong = String::new();
        for ((name, asked), verdict) in questions.iter().zip(&verdicts) {
            let is_valid = judges[name].is_valid(asked);
            let mut counted = counted.borrow_mut();
            *(if is_valid { &mut *counted.0 } else { &mut *counted.1 }) += 1;
            let schema = &components[name];
            if let Some(words) = disagreement(schema, is_valid, asked, verdict) {
                let schema = &schema["properties"]["v"];
                writeln!(wrong, "{name} {schema}\n  {asked} {words}").expect("a text");
            }
        }
        assert!(wrong.is_empty(), "\n{wrong}");
        Ok(())
    };
    runner.run(&any::<u64>(), property).unwrap();
    // A test that only sees one kind of values shows nothing.
    assert!(valid > SCHEMAS && invalid > SCHEMAS, "{valid} valid, {invalid} invalid");
}

#[test]
fn types_agree_with_a_judge_on_what_is_easily_mistaken() {
    let questions = written::questions();
    let verdicts = PROGRAM.verdicts(&questions);
    assert_eq!(verdicts.len(), questions.len());
    let judge = |name: &str| {
        let referring = json!({"$ref": format!("#/components/schemas/{name}"), "components": {"schemas": *COMPONENTS}});
        jsonschema::draft202012::options().build(&referring).expect("a schema")
    };
    let judges: HashMap<String, jsonschema::Validator> =
        written::components().keys().map(|name| (name.clone(), judge(name))).collect();
    let mut wrong = String::new();
    for ((name, asked), verdict) in questions.iter().zip(&verdicts) {
        if let Some(words) = written::disagreement(judges[name].is_valid(asked), asked, verdict) {
            writeln!(wrong, "{name} {}\n  {asked} {words}", COMPONENTS[name]["properties"]["v"]).expect("a text");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
