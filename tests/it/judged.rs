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

use std::fmt::Write as _;

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

/// What is asked of the program: the number of a schema, and a value.
type Question = (usize, Value);

fn questions(components: &Map<String, Value>, seed: u64) -> Vec<Question> {
    let mut dice = Dice::new(seed);
    let mut found = Vec::new();
    for (number, schema) in components.values().enumerate() {
        let schema = &schema["properties"]["v"];
        for _ in 0..VALUES {
            let mut value = values::value(schema, &mut dice);
            for _ in 0..dice.below(3) {
                values::alter(&mut value, &mut dice);
            }
            found.push((number, json!({"v": value})));
        }
    }
    found
}

/// How a violation of `uniqueItems` reads.
const EQUAL_ITEMS: &str = "must not have equal items";

/// How the two verdicts on a value disagree.
fn disagreement(schema: &Value, is_valid: bool, asked: &Value, verdict: &Verdict) -> Option<String> {
    match (is_valid, verdict) {
        (false, Verdict::Refused(_) | Verdict::Faulty(_)) => None,
        (true, Verdict::Accepted(written)) if values::is_same(schema, asked, written) => None,
        (true, Verdict::Accepted(written)) => Some(format!("comes back as {written}")),
        (true, Verdict::Refused(reason)) => Some(format!("is valid, and is refused: {reason}")),
        // What a type passes over is not compared: documented with `uniqueItems` in the table of constructs.
        (true, Verdict::Faulty(reason)) if reason.contains(EQUAL_ITEMS) && values::has_foreign(asked) => None,
        (true, Verdict::Faulty(reason)) => Some(format!("is valid, and is found faulty: {reason}")),
        (false, Verdict::Accepted(_)) => Some("is invalid, and is accepted".to_owned()),
    }
}

#[test]
fn types_agree_with_a_judge_by_others() {
    let components = components();
    let program = Program::of(&components);
    let judges: Vec<jsonschema::Validator> = components
        .values()
        .map(|schema| jsonschema::draft202012::options().should_validate_formats(true).build(schema).expect("a schema"))
        .collect();
    let mut runner =
        TestRunner::new(Config { cases: 32, failure_persistence: None, max_shrink_iters: 0, ..Config::default() });
    let (mut valid, mut invalid) = (0, 0);
    let counted = std::cell::RefCell::new((&mut valid, &mut invalid));
    let property = |seed: u64| {
        let questions = questions(&components, seed);
        let verdicts = program.verdicts(&questions);
        assert_eq!(verdicts.len(), questions.len());
        let mut wrong = String::new();
        for ((number, asked), verdict) in questions.iter().zip(&verdicts) {
            let is_valid = judges[*number].is_valid(asked);
            let mut counted = counted.borrow_mut();
            *(if is_valid { &mut *counted.0 } else { &mut *counted.1 }) += 1;
            let schema = components.values().nth(*number).expect("a schema");
            if let Some(words) = disagreement(schema, is_valid, asked, verdict) {
                let schema = &schema["properties"]["v"];
                writeln!(wrong, "S{number:02} {schema}\n  {asked} {words}").expect("a text");
            }
        }
        assert!(wrong.is_empty(), "\n{wrong}");
        Ok(())
    };
    runner.run(&any::<u64>(), property).unwrap();
    // A test that only sees one kind of values shows nothing.
    assert!(valid > SCHEMAS && invalid > SCHEMAS, "{valid} valid, {invalid} invalid");
}
