//! The keywords that no type carries: what the generator tells of a value of the document, a server tells of the same value when it is sent.

use proptest::prelude::any;
use proptest::test_runner::{Config, TestRunner};
use specie_codegen::api::{
    Asserted, Assertion, Constraints, Direction, Key, Schema, Schemas, Shape, Untyped, Value, ValueType,
};
use specie_codegen::instance;
use specie_codegen::source::Span;
use specie_runtime::Json;
use specie_runtime::check::{self, Assertion as Checked, SchemaType};

use super::dice::Dice;

const NAMES: &[&str] = &["a", "ab", "b", "x1"];
const TEXTS: &[&str] = &["", "a", "ab", "abc", "x1", "\u{e9}", "\u{1f600}b"];
const NUMBERS: &[&str] = &["0", "-0", "1", "1.0", "10e-1", "2.5", "1e2", "100", "-3", "0.1", "0.30", "7"];
const STEPS: &[&str] = &["2", "0.1", "3", "0.05"];
const PATTERNS: &[&str] =
    &["^a", "[0-9]", r"\d$", r"\D", r"[^\d]", r"^\w+$", r"\W", r"b\b", r"\u0061", "[a-]", "^(?:x|b)", "b{2}", ""];

/// How deep schemas and values are.
const DEPTH: usize = 3;

fn value(dice: &mut Dice, depth: usize) -> Value {
    match dice.below(if depth == 0 { 4 } else { 6 }) {
        0 => Value::Null,
        1 => Value::Bool(dice.one_of(2)),
        2 => Value::Number((*dice.pick(NUMBERS)).to_owned()),
        3 => Value::String((*dice.pick(TEXTS)).to_owned()),
        4 => Value::List((0..dice.below(4)).map(|_| value(dice, depth - 1)).collect()),
        _ => {
            let names: Vec<&str> = NAMES.iter().copied().filter(|_| dice.one_of(2)).collect();
            Value::Object(names.into_iter().map(|name| (name.to_owned(), value(dice, depth - 1))).collect())
        }
    }
}

fn names(dice: &mut Dice) -> Vec<String> {
    NAMES.iter().filter(|_| dice.one_of(3)).map(|&name| name.to_owned()).collect()
}

fn schema(dice: &mut Dice, depth: usize) -> Vec<Assertion> {
    (0..dice.below(3)).map(|_| assertion(dice, depth)).collect()
}

fn schemas(dice: &mut Dice, depth: usize) -> Vec<Vec<Assertion>> {
    (0..=dice.below(2)).map(|_| schema(dice, depth)).collect()
}

fn by_name(dice: &mut Dice, names: &[&str], depth: usize) -> Vec<(String, Vec<Assertion>)> {
    let chosen: Vec<&str> = names.iter().copied().filter(|_| dice.one_of(3)).collect();
    chosen.into_iter().map(|name| (name.to_owned(), schema(dice, depth))).collect()
}

fn assertion(dice: &mut Dice, depth: usize) -> Assertion {
    if depth > 0 && dice.one_of(2) {
        return applicator(dice, depth - 1);
    }
    let number = |dice: &mut Dice| (*dice.pick(NUMBERS)).to_owned();
    let count = |dice: &mut Dice| u64::try_from(dice.below(4)).unwrap();
    match dice.below(16) {
        0 => Assertion::Never,
        1 => Assertion::Type(vec![*dice.pick(TYPES), *dice.pick(TYPES)]),
        2 => Assertion::Enum((0..3).map(|_| value(dice, 1).to_string()).collect()),
        3 => Assertion::Minimum(number(dice)),
        4 => Assertion::ExclusiveMinimum(number(dice)),
        5 => Assertion::Maximum(number(dice)),
        6 => Assertion::ExclusiveMaximum(number(dice)),
        7 => Assertion::MultipleOf((*dice.pick(STEPS)).to_owned()),
        8 => Assertion::MinLength(count(dice)),
        9 => Assertion::MaxLength(count(dice)),
        10 => Assertion::Pattern((*dice.pick(PATTERNS)).to_owned()),
        11 => Assertion::MinItems(count(dice)),
        12 => Assertion::UniqueItems,
        13 => Assertion::Required(names(dice)),
        14 => Assertion::MaxProperties(count(dice)),
        _ => Assertion::DependentRequired(vec![((*dice.pick(NAMES)).to_owned(), names(dice))]),
    }
}

fn applicator(dice: &mut Dice, depth: usize) -> Assertion {
    match dice.below(9) {
        0 => Assertion::Items(schemas(dice, depth), schema(dice, depth)),
        1 => {
            let most = dice.one_of(2).then_some(2);
            Assertion::Contains(schema(dice, depth), u64::try_from(dice.below(3)).unwrap(), most)
        }
        2 => Assertion::Properties {
            named: by_name(dice, NAMES, depth),
            patterns: by_name(dice, PATTERNS, depth),
            others: schema(dice, depth),
        },
        3 => Assertion::PropertyNames(schema(dice, depth)),
        4 => Assertion::DependentSchemas(by_name(dice, NAMES, depth)),
        5 => Assertion::AnyOf(schemas(dice, depth)),
        6 => Assertion::OneOf(schemas(dice, depth)),
        7 => Assertion::Not(schema(dice, depth)),
        _ => Assertion::If(schema(dice, depth), schema(dice, depth), schema(dice, depth)),
    }
}

const TYPES: &[ValueType] = &[
    ValueType::Null,
    ValueType::Boolean,
    ValueType::Object,
    ValueType::Array,
    ValueType::Number,
    ValueType::String,
    ValueType::Integer,
];

const fn checked_type(of: ValueType) -> SchemaType {
    match of {
        ValueType::Null => SchemaType::Null,
        ValueType::Boolean => SchemaType::Boolean,
        ValueType::Object => SchemaType::Object,
        ValueType::Array => SchemaType::Array,
        ValueType::Number => SchemaType::Number,
        ValueType::String => SchemaType::String,
        ValueType::Integer => SchemaType::Integer,
    }
}

/// A text as long as the program runs, as a generated crate has it.
fn text(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn texts(all: &[String]) -> &'static [&'static str] {
    Box::leak(all.iter().map(|one| text(one)).collect())
}

fn constants(schema: &[Assertion]) -> &'static [Checked] {
    Box::leak(schema.iter().map(constant).collect())
}

fn each(schemas: &[Vec<Assertion>]) -> &'static [&'static [Checked]] {
    Box::leak(schemas.iter().map(|one| constants(one)).collect())
}

fn named(entries: &[(String, Vec<Assertion>)]) -> &'static [(&'static str, &'static [Checked])] {
    Box::leak(entries.iter().map(|(name, schema)| (text(name), constants(schema))).collect())
}

/// The constant of a generated crate for an assertion.
fn constant(of: &Assertion) -> Checked {
    match of {
        Assertion::Never => Checked::Never,
        Assertion::Type(types) => Checked::Type(Box::leak(types.iter().copied().map(checked_type).collect())),
        Assertion::Enum(listed) => Checked::Enum(texts(listed)),
        Assertion::Minimum(bound) => Checked::Minimum(text(bound)),
        Assertion::ExclusiveMinimum(bound) => Checked::ExclusiveMinimum(text(bound)),
        Assertion::Maximum(bound) => Checked::Maximum(text(bound)),
        Assertion::ExclusiveMaximum(bound) => Checked::ExclusiveMaximum(text(bound)),
        Assertion::MultipleOf(step) => Checked::MultipleOf(text(step)),
        Assertion::MinLength(count) => Checked::MinLength(*count),
        Assertion::MaxLength(count) => Checked::MaxLength(*count),
        Assertion::Pattern(pattern) => Checked::Pattern(text(pattern)),
        Assertion::Items(places, others) => Checked::Items(each(places), constants(others)),
        Assertion::MinItems(count) => Checked::MinItems(*count),
        Assertion::MaxItems(count) => Checked::MaxItems(*count),
        Assertion::UniqueItems => Checked::UniqueItems,
        Assertion::Contains(schema, least, most) => Checked::Contains(constants(schema), *least, *most),
        Assertion::Properties { named: by_name, patterns, others } => {
            Checked::PatternProperties(named(by_name), named(patterns), constants(others))
        }
        Assertion::PropertyNames(schema) => Checked::PropertyNames(constants(schema)),
        Assertion::Required(names) => Checked::Required(texts(names)),
        Assertion::MinProperties(count) => Checked::MinProperties(*count),
        Assertion::MaxProperties(count) => Checked::MaxProperties(*count),
        Assertion::DependentRequired(entries) => Checked::DependentRequired(Box::leak(
            entries.iter().map(|(name, names)| (text(name), texts(names))).collect(),
        )),
        Assertion::DependentSchemas(entries) => Checked::DependentSchemas(named(entries)),
        Assertion::AnyOf(schemas) => Checked::AnyOf(each(schemas)),
        Assertion::OneOf(schemas) => Checked::OneOf(each(schemas)),
        Assertion::Not(schema) => Checked::Not(constants(schema)),
        Assertion::If(condition, then, otherwise) => {
            Checked::If(constants(condition), constants(then), constants(otherwise))
        }
    }
}

/// A schema of any value that asserts something.
fn asserting(schema: &[Assertion]) -> Schema {
    let asserted = |one: &Assertion| Asserted { keyword: "not", span: Span::START, assertion: one.clone() };
    Schema {
        constraints: Constraints { asserted: schema.iter().map(asserted).collect(), ..Constraints::default() },
        ..Schema::of(Key::Component("S".to_owned()), Shape::Any(Untyped::NoType), Span::START)
    }
}

/// How many schemas and values a seed stands for.
const ASKED: usize = 50;

#[test]
fn the_generator_and_a_server_judge_assertions_alike() {
    let mut runner =
        TestRunner::new(Config { cases: 256, failure_persistence: None, max_shrink_iters: 0, ..Config::default() });
    let verdicts = std::cell::RefCell::new([0_usize; 2]);
    let property = |seed: u64| {
        let mut dice = Dice::new(seed);
        for _ in 0..ASKED {
            let (schema, value) = (schema(&mut dice, DEPTH), value(&mut dice, DEPTH));
            let mut schemas = Schemas::default();
            let id = schemas.add(asserting(&schema));
            let of_generator = instance::faults(&schemas, id, &value, Direction::Request);
            let json = Json::parse(&value.to_string()).expect("a value is JSON");
            let of_server = check::collect(|checker| checker.satisfies(&json, constants(&schema)));
            assert_eq!(
                of_generator.is_empty(),
                of_server.is_empty(),
                "{value} {schema:?}\n{of_generator:?}\n{of_server:?}"
            );
            verdicts.borrow_mut()[usize::from(of_server.is_empty())] += 1;
        }
        Ok(())
    };
    runner.run(&any::<u64>(), property).unwrap();
    // A test that only sees one kind of values shows nothing.
    let [invalid, valid] = verdicts.into_inner();
    assert!(invalid > 100 && valid > 100, "{invalid} invalid, {valid} valid");
}
