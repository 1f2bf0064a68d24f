//! Documents whose references lead in circles, or to ever more.

use super::{Case, End};

/// A document with these components, in flow style.
fn components(components: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{title: Hostile, version: \"1\"}}\npaths: {{}}\ncomponents: {{{components}}}\n")
}

fn schemas(entries: &str) -> String {
    components(&format!("schemas: {{{entries}}}"))
}

/// A reference to a component.
fn to(section: &str, name: impl std::fmt::Display) -> String {
    format!("{{$ref: \"#/components/{section}/{name}\"}}")
}

/// A document with paths, in flow style.
fn paths(paths: &str, rest: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{title: Hostile, version: \"1\"}}\npaths: {{{paths}}}\n{rest}")
}

pub fn circles() -> Vec<Case> {
    let case = |name, text| Case::new(name, text, End::Error("circular-reference"));
    let mut cases: Vec<Case> =
        ["schemas", "parameters", "responses", "requestBodies", "headers", "examples", "links", "securitySchemes"]
            .map(|section| {
                case(
                    section,
                    components(&format!(
                        "{section}: {{A: {}, B: {}, C: {}}}",
                        to(section, "B"),
                        to(section, "C"),
                        to(section, "A")
                    )),
                )
            })
            .into();
    let mutual: String = (0..1000)
        .map(|index| {
            format!(
                "S{index}: {{type: object, properties: {{a: {}, b: {}}}}}, ",
                to("schemas", format!("S{}", (index * 7 + 1) % 1000)),
                to("schemas", format!("S{}", (index + 1) % 1000))
            )
        })
        .collect();
    let chain: String =
        (0..50_000).map(|index| format!("S{index}: {}, ", to("schemas", format!("S{}", index + 1)))).collect();
    let compositions =
        |key: &str| schemas(&format!("A: {{{key}: [{}]}}, B: {{{key}: [{}]}}", to("schemas", "B"), to("schemas", "A")));
    cases.extend([
        case("a schema that is itself", schemas(&format!("A: {}", to("schemas", "A")))),
        case("a chain of fifty thousand", schemas(&format!("{chain}S50000: {{type: string}}"))),
        case("path items", paths("/a: {$ref: \"#/paths/~1b\"}, /b: {$ref: \"#/paths/~1a\"}", "")),
        case("a path item that is itself", paths("/a: {$ref: \"#/paths/~1a\"}", "")),
        Case::new("callbacks", paths("/a: {get: {responses: {\"204\": {description: \"\"}}, callbacks: {c: {\"{$url}\": {$ref: \"#/paths/~1a\"}}}}}", ""), End::Error("circular-reference")),
        Case::new("all of each other", compositions("allOf"), End::Error("recursive-composition")),
        Case::new("one of each other", compositions("oneOf"), End::Error("recursive-composition")),
        Case::new("any of each other", compositions("anyOf"), End::Error("recursive-composition")),
        Case::new("a thousand that need each other", schemas(&mutual), End::Crate),
        Case::new("a list of itself", schemas(&format!("A: {{type: array, items: {}}}", to("schemas", "A"))), End::Crate),
        Case::new("a map of itself", schemas(&format!("A: {{type: object, additionalProperties: {}}}", to("schemas", "A"))), End::Crate),
        Case::new("needed by itself", schemas(&format!("A: {{type: object, required: [a], properties: {{a: {}}}}}", to("schemas", "A"))), End::Crate),
        Case::new("a place within itself", schemas("A: {type: object, properties: {a: {$ref: \"#/components/schemas/A/properties/a\"}}}"), End::Error("circular-reference")),
        Case::new("the document itself", schemas("A: {$ref: \"#\"}"), End::Crate),
    ]);
    cases.push(files());
    cases
}

/// Files that refer to each other.
fn files() -> Case {
    let text = schemas("A: {$ref: \"other.yaml#/A\"}");
    let other = "A: {$ref: \"third.yaml#/A\"}\n".to_owned();
    let third = "A: {$ref: \"hostile.yaml#/components/schemas/A\"}\n".to_owned();
    let files = [("hostile.yaml", text), ("other.yaml", other), ("third.yaml", third)]
        .map(|(name, text)| (name.to_owned(), text));
    Case { name: "files in a circle", files: files.into(), end: End::Error("circular-reference") }
}

pub fn multiplying() -> Vec<Case> {
    const DEPTH: usize = 60;
    let twice = |key: &str| -> String {
        let level = |index: usize| {
            let next = to("schemas", format!("S{}", index + 1));
            format!("S{index}: {{{key}: [{next}, {next}]}}, ")
        };
        schemas(&format!(
            "{}S{DEPTH}: {{type: object, properties: {{a: {{type: string}}}}}}",
            (0..DEPTH).map(level).collect::<String>()
        ))
    };
    let properties: String = (0..DEPTH)
        .map(|index| {
            let next = to("schemas", format!("S{}", index + 1));
            format!("S{index}: {{type: object, required: [a, b], properties: {{a: {next}, b: {next}}}}}, ")
        })
        .collect();
    let responses = |reference: &str| {
        format!(
            "responses: {{\"204\": {{description: \"\"}}}}, callbacks: {{c: {{\"{{$a}}\": {reference}, \"{{$b}}\": {reference}}}}}"
        )
    };
    let callbacks: String = (0..DEPTH)
        .map(|index| {
            format!("/p{index}: {{get: {{{}}}}}, ", responses(&format!("{{$ref: \"#/paths/~1p{}\"}}", index + 1)))
        })
        .collect();
    let last = format!("/p{DEPTH}: {{get: {{responses: {{\"204\": {{description: \"\"}}}}}}}}");
    let wide = |key: &str| {
        let all: String = (0..2000)
            .map(|index| format!("S{index}: {{type: object, properties: {{p{index}: {{type: string}}}}}}, "))
            .collect();
        let each: String = (0..2000).map(|index| to("schemas", format!("S{index}")) + ", ").collect();
        let many: String = (0..10).map(|index| format!("W{index}: {{{key}: [{each}]}}, ")).collect();
        schemas(&format!("{all}{many}"))
    };
    vec![
        Case::new("all of two, sixty times", twice("allOf"), End::Crate),
        Case::new("one of two, sixty times", twice("oneOf"), End::Crate),
        Case::new("any of two, sixty times", twice("anyOf"), End::Crate),
        Case::new(
            "two fields each, sixty deep",
            schemas(&format!("{properties}S{DEPTH}: {{type: string}}")),
            End::Crate,
        ),
        Case::new("callbacks of callbacks", paths(&format!("{callbacks}{last}"), ""), End::Error("too-deep")),
        Case::new("ten of all of two thousand", wide("allOf"), End::Crate),
        Case::new("ten of one of two thousand", wide("oneOf"), End::Error("too-large")),
    ]
}
