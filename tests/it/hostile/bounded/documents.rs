//! Documents that are deep, long, wide, or stand for more than they hold.

use std::fmt::Write as _;

use super::{Case, End};

/// What every document begins with.
const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Hostile, version: \"1\"}\npaths: {}\n";

/// A document with this under `components.schemas.A`, in flow style.
fn schema(schema: &str) -> String {
    format!("{HEAD}components: {{schemas: {{A: {schema}}}}}\n")
}

/// A document with this as the schema of a field, so that it is written out.
fn field(text: &str) -> String {
    schema(&format!("{{type: object, properties: {{a: {text}}}}}"))
}

/// A JSON document with this under `components.schemas.A`.
fn json_schema(schema: &str) -> String {
    format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"Hostile","version":"1"}},"paths":{{}},"components":{{"schemas":{{"A":{schema}}}}}}}"#
    )
}

/// A text within a text, so many times.
fn nested(open: &str, depth: usize, core: &str, close: &str) -> String {
    format!("{}{core}{}", open.repeat(depth), close.repeat(depth))
}

pub fn aliases() -> Vec<Case> {
    let mut laughs = format!("{HEAD}x-a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    let mut maps = format!("{HEAD}x-a: &a {{a: 1, b: 2, c: 3, d: 4}}\n");
    for (last, next) in ('a'..='k').zip('b'..='l') {
        let many = vec![format!("*{last}"); 10].join(", ");
        writeln!(laughs, "x-{next}: &{next} [{many}]").expect("a string");
        writeln!(maps, "x-{next}: &{next} {{<<: [{many}], {next}1: *{last}, {next}2: *{last}}}").expect("a string");
    }
    let wide = format!("x-a: &a [{}]\n", vec!["1"; 100_000].join(", "));
    let quadratic = format!("{HEAD}{wide}x-b: [{}]\n", vec!["*a"; 1000].join(", "));
    let in_schema = format!(
        "{HEAD}x-a: &a {{type: object, properties: {{a: {{type: string}}, b: {{type: string}}}}}}\ncomponents:\n  schemas:\n"
    ) + &(0..400).map(|index| format!("    S{index}: *a\n")).collect::<String>();
    let itself = format!("{HEAD}components: {{schemas: {{A: &a {{type: object, properties: {{a: *a}}}}}}}}\n");
    vec![
        Case::new("a list of lists of aliases", laughs, End::Error("too-large")),
        Case::new("maps merged into maps", maps, End::Error("too-large")),
        Case::new("a long list a thousand times", quadratic, End::Error("too-large")),
        Case::new("one schema by hundreds of aliases", in_schema, End::Crate),
        Case::new("an alias of what it stands in", itself, End::Error("syntax")),
    ]
}

pub fn nesting() -> Vec<Case> {
    const DEPTH: usize = 10_000;
    let mut block = format!("{HEAD}x-a:\n");
    for depth in 1..=DEPTH {
        writeln!(block, "{:depth$}a:", "").expect("a string");
    }
    let compact = format!("{HEAD}x-a:\n  {}1\n", "- ".repeat(DEPTH));
    let questions = format!("{HEAD}x-a:\n  {}1\n", "? ".repeat(DEPTH));
    let case = |name, text| Case::new(name, text, End::Error("too-deep"));
    let json = |name, text| Case::json(name, text, End::Error("too-deep"));
    vec![
        case("maps in block style", block),
        case("lists in block style", compact),
        case("lists in flow style", schema(&format!("{{example: {}}}", nested("[", DEPTH, "", "]")))),
        case("maps in flow style", schema(&format!("{{example: {}}}", nested("{a: ", DEPTH, "1", "}")))),
        case("schemas in schemas", schema(&nested("{type: array, items: ", DEPTH, "{type: string}", "}"))),
        case("compositions in compositions", schema(&nested("{allOf: [", DEPTH, "{type: object}", "]}"))),
        json("JSON lists", json_schema(&format!(r#"{{"example":{}}}"#, nested("[", DEPTH, "", "]")))),
        json("JSON objects", json_schema(&format!(r#"{{"example":{}}}"#, nested(r#"{"a":"#, DEPTH, "1", "}")))),
        json("JSON schemas", json_schema(&nested(r#"{"type":"array","items":"#, DEPTH, r#"{"type":"string"}"#, "}"))),
        // Left open to the end.
        Case::new("brackets that nothing closes", schema(&"[".repeat(DEPTH)), End::Error("too-deep")),
        Case::json("JSON brackets that nothing closes", "[".repeat(DEPTH), End::Error("too-deep")),
        Case::new("keys of keys", questions, End::Error("too-deep")),
    ]
}

pub fn million() -> Vec<Case> {
    let lines = |line: &dyn Fn(usize) -> String| (0..1_000_000).map(line).collect::<String>();
    let properties = lines(&|index| format!("        p{index}: {{}}\n"));
    let schemas = lines(&|index| format!("    S{index}: {{}}\n"));
    let unknown = lines(&|index| format!("k{index}: 1\n"));
    let twice = lines(&|_| "x-a: 1\n".to_owned());
    let json = lines(&|index| format!(",\"k{index}\":1"));
    vec![
        Case::new(
            "properties",
            format!("{HEAD}components:\n  schemas:\n    A:\n      type: object\n      properties:\n{properties}"),
            End::Error("too-large"),
        ),
        Case::new("schemas", format!("{HEAD}components:\n  schemas:\n{schemas}"), End::Error("too-large")),
        Case::new("keys that nobody knows", format!("{HEAD}{unknown}"), End::Error("too-large")),
        Case::new("one key", format!("{HEAD}{twice}"), End::Error("too-large")),
        Case::json("keys of JSON", format!(r#"{{"openapi":"3.0.3"{json}}}"#), End::Error("too-large")),
        Case::new(
            "values of an enum",
            schema(&format!("{{type: string, enum: [{}]}}", lines(&|index| format!("v{index}, ")))),
            End::Error("too-large"),
        ),
    ]
}

pub fn megabytes() -> Vec<Case> {
    let long = "a".repeat(1 << 20);
    let digits = "1234567890".repeat(100_000);
    let words = "word *and* `code` [x](y) ".repeat(40_000);
    let operation = |id: &str, path: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: Hostile, version: \"1\"}}\npaths:\n  ? \"{path}\"\n  : get: {{operationId: \"{id}\", responses: {{\"204\": {{description: \"\"}}}}}}\n"
        )
    };
    vec![
        Case::new("a key", format!("{HEAD}? {long}\n: 1\n"), End::Crate),
        Case::new("a plain key", format!("{HEAD}{long}: 1\n"), End::Error("syntax")),
        Case::new(
            "a property",
            schema(&format!("{{type: object, properties: {{? \"{long}\" : {{type: string}}}}}}")),
            End::Crate,
        ),
        Case::new("the name of an operation", operation(&long, "/a"), End::Crate),
        Case::new("a path", operation("a", &format!("/{long}")), End::Crate),
        Case::new("a title", HEAD.replace("Hostile", &long), End::Crate),
        Case::new("a description", field(&format!("{{type: string, description: \"{words}\"}}")), End::Crate),
        Case::new(
            "brackets in a description",
            field(&format!("{{type: string, description: \"{}\"}}", "[`(<*_".repeat(200_000))),
            End::Crate,
        ),
        Case::new(
            "quotations in a description",
            field(&format!("{{type: string, description: \"{}\"}}", "> - 1. ".repeat(200_000))),
            End::Crate,
        ),
        Case::new("a value of an enum", schema(&format!("{{type: string, enum: [\"{long}\", b]}}")), End::Crate),
        Case::new(
            "a default",
            schema(&format!("{{type: object, properties: {{a: {{type: string, default: \"{long}\"}}}}}}")),
            End::Crate,
        ),
        Case::new("a bound", field(&format!("{{type: number, maximum: {digits}}}")), End::Crate),
        Case::new("an integer", field(&format!("{{type: integer, maximum: {digits}, example: {digits}}}")), End::Crate),
        Case::new("a count", schema(&format!("{{type: string, maxLength: {digits}}}")), End::Crate),
        Case::new(
            "an exponent",
            field(&format!("{{type: number, maximum: 1e{digits}, multipleOf: 1e-{digits}}}")),
            End::Crate,
        ),
        Case::json(
            "numbers of JSON",
            json_schema(&format!(r#"{{"type":"number","maximum":{digits},"example":0.{digits}}}"#)),
            End::Crate,
        ),
        Case::new(
            "a reference",
            schema(&format!("{{$ref: \"#/components/schemas/{long}\"}}")),
            End::Error("dangling-reference"),
        ),
    ]
}

pub fn constraints() -> Vec<Case> {
    let counts = "maxItems: 9223372036854775807, minItems: 9223372036854775807";
    let lengths = "minLength: 9223372036854775807, maxLength: 9223372036854775807";
    let expressions = [
        "(a+)+$",
        "(a|a)*b",
        "(.*)*x",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "((a{1,1000}){1,1000}){1,1000}",
        "(((((",
        "(?=a)\\\\1[[]",
    ];
    let texts: String = expressions
        .iter()
        .enumerate()
        .map(|(index, pattern)| {
            format!(
                "p{index}: {{type: string, pattern: \"{pattern}\", default: \"{}!\", example: \"{}!\"}}, ",
                "a".repeat(50_000),
                "a".repeat(50_000)
            )
        })
        .collect();
    vec![
        Case::new(
            "counts",
            field(&format!("{{type: array, items: {{type: string}}, {counts}, example: []}}")),
            End::Crate,
        ),
        Case::new(
            "unique items",
            field(&format!(
                "{{type: array, items: {{type: object}}, uniqueItems: true, example: [{}]}}",
                "{a: 1}, ".repeat(20_000)
            )),
            End::Crate,
        ),
        Case::new("lengths", field(&format!("{{type: string, {lengths}, example: \"\"}}")), End::Crate),
        Case::new("multiples", field("{type: number, multipleOf: 1e308, maximum: 1e400, example: 1e-308}"), End::Crate),
        Case::new(
            "small multiples",
            field("{type: number, multipleOf: 1e-400, example: 123456789012345678901234567890.1}"),
            End::Crate,
        ),
        Case::new(
            "integers",
            field(&format!("{{type: integer, multipleOf: {0}, minimum: -{0}, maximum: {0}}}", "9".repeat(400))),
            End::Crate,
        ),
        Case::new("expressions", schema(&format!("{{type: object, properties: {{{texts}}}}}")), End::Crate),
        Case::new(
            "a long expression",
            field(&format!("{{type: string, pattern: \"{}\"}}", "(a*)*".repeat(200_000))),
            End::Crate,
        ),
    ]
}
