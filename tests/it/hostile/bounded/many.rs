//! Documents with much of everything, and documents in which a little stands for much: what is taken over counts wherever it goes.

use super::{Case, End};

/// A document with these paths and components, in flow style.
fn document(paths: &str, components: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: Hostile, version: \"1\"}}\npaths: {{{paths}}}\ncomponents: {{{components}}}\n"
    )
}

fn schemas(entries: &str) -> String {
    document("", &format!("schemas: {{{entries}}}"))
}

fn each(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(|index| line(index) + ", ").collect()
}

fn to(name: impl std::fmt::Display) -> String {
    format!("{{$ref: \"#/components/schemas/{name}\"}}")
}

const OK: &str = "responses: {\"200\": {description: ok}}";

pub fn wide() -> Vec<Case> {
    let object = |index: usize| format!("S{index}: {{type: object, properties: {{a: {{type: string}}}}}}");
    let branches = |count: usize| format!("U: {{oneOf: [{}]}}", each(count, |index| to(format!("S{index}"))));
    let mapping = each(30_000, |index| format!("m{index}: \"#/components/schemas/S0\""));
    let union = format!(
        "U: {{oneOf: [{}, {}], discriminator: {{propertyName: a, mapping: {{{mapping}}}}}}}",
        to("S0"),
        to("S1")
    );
    let operations = each(10_000, |index| format!("/p{index}: {{get: {{operationId: op{index}, {OK}}}}}"));
    let ambiguous = each(5000, |index| {
        let parameter = format!("{{name: a{index}, in: path, required: true, schema: {{type: string}}}}");
        format!("? \"/{{a{index}}}/x\" : {{get: {{parameters: [{parameter}], {OK}}}}}")
    });
    let segments: String = (0..10_000).map(|index| format!("/s{index}")).collect();
    let alike = |count: usize, text: fn(usize) -> String| each(count, text);
    vec![
        Case::new(
            "ten thousand values",
            schemas(&format!("A: {{type: string, enum: [{}]}}", each(10_000, |index| format!("v{index}")))),
            End::Crate,
        ),
        Case::new(
            "a hundred thousand values",
            schemas(&format!("A: {{type: string, enum: [{}]}}", each(100_000, |index| format!("v{index}")))),
            End::Error("too-large"),
        ),
        Case::new(
            "values of signs",
            schemas(&format!(
                "A: {{type: string, enum: [{}]}}",
                alike(3000, |index| format!("\"{}\"", "☃".repeat(1 + index % 60) + &"☂".repeat(index / 60)))
            )),
            End::Crate,
        ),
        Case::new(
            "fields with one name",
            schemas(&format!(
                "A: {{type: object, properties: {{{}}}}}",
                alike(500, |index| format!("? \"a{}\" : {{type: string}}", "-".repeat(index + 1)))
            )),
            End::Crate,
        ),
        Case::new("types", schemas(&each(5000, object)), End::Crate),
        Case::new("too many types", schemas(&each(200_001, object)), End::Error("too-large")),
        Case::new("branches", schemas(&format!("{}{}", each(1000, object), branches(1000))), End::Crate),
        Case::new(
            "too many branches",
            schemas(&format!("{}{}", each(10_000, object), branches(10_000))),
            End::Error("too-large"),
        ),
        Case::new("values of a discriminator", schemas(&format!("{}{union}", each(2, object))), End::Crate),
        Case::new("operations", document(&operations, ""), End::Crate),
        Case::new("paths that match the same request", document(&ambiguous, ""), End::Crate),
        Case::new("segments", document(&format!("? \"{segments}\" : {{get: {{{OK}}}}}"), ""), End::Crate),
    ]
}

/// Chains of schemas that are as long as the document.
pub fn chains() -> Vec<Case> {
    let next = |index: usize| to(format!("S{}", index + 1));
    let chain = |count: usize, link: &dyn Fn(usize) -> String| {
        let last = format!("S{count}: {{type: object, properties: {{z: {{type: number, format: double}}}}}}");
        schemas(&(each(count, |index| format!("S{index}: {}", link(index))) + &last))
    };
    let inherits = |index: usize| {
        format!("{{allOf: [{}, {{type: object, properties: {{p{index}: {{type: string}}}}}}]}}", next(index))
    };
    let field = |index: usize| format!("{{type: object, required: [p], properties: {{p: {}}}}}", next(index));
    let inline = |index: usize| {
        format!(
            "{{type: object, properties: {{p: {{allOf: [{}, {{type: object, properties: {{q: {{type: string}}}}}}]}}}}}}",
            next(index)
        )
    };
    let list = |index: usize| format!("{{type: array, items: {}}}", next(index));
    let only = |index: usize| format!("{{allOf: [{}]}}", next(index));
    let used = |text: String| {
        text.replace("schemas: {", &format!("schemas: {{T: {{type: object, properties: {{z: {}}}}}, ", to("S0")))
    };
    vec![
        Case::new("all of the next", chain(150, &inherits), End::Crate),
        Case::new("all of the next, too often", chain(5000, &inherits), End::Error("too-large")),
        Case::new("a field of the next", chain(5000, &field), End::Crate),
        Case::new("a nameless schema of the next", chain(2000, &inline), End::Crate),
        Case::new("lists of lists", used(chain(40, &list)), End::Crate),
        Case::new("lists of lists, too deep", used(chain(500, &list)), End::Error("too-deep")),
        Case::new("nothing but the next", used(chain(20_000, &only)), End::Error("too-deep")),
    ]
}

/// A few lines that would be written out for ever.
pub fn multiplied() -> Vec<Case> {
    const DEPTH: usize = 60;
    let body = format!("content: {{application/json: {{schema: {}}}}}", to("S0"));
    let operation = format!(
        "/a: {{post: {{requestBody: {{required: true, {body}}}, responses: {{\"200\": {{description: ok, {body}}}}}}}}}"
    );
    let doubling = |level: &dyn Fn(String) -> String| {
        let levels = each(DEPTH, |index| format!("S{index}: {}", level(to(format!("S{}", index + 1)))));
        document(
            &operation,
            &format!("schemas: {{{levels}S{DEPTH}: {{type: object, properties: {{z: {{type: string}}}}}}}}"),
        )
    };
    let object = |a: &str, b: &str| format!("{{type: object, required: [a, b], properties: {{a: {a}, b: {b}}}}}");
    let also = |next: &str, name: &str| {
        format!("{{allOf: [{next}, {{type: object, properties: {{{name}: {{type: string}}}}}}]}}")
    };
    let examples = |next: String| format!("{{oneOf: [{next}, {next}], example: text, default: text}}");
    let variables = each(DEPTH, |index| format!("v{index}: {{default: \"{{v{0}}}{{v{0}}}\"}}", index + 1));
    let servers =
        format!("servers: [{{url: \"https://{{v0}}\", variables: {{{variables}v{DEPTH}: {{default: x}}}}}}]\n");
    let shared = |count: usize, what: &str| each(count, |index| format!("/p{index}: {{get: {{{what}}}}}"));
    let long = "description ".repeat(80_000);
    let parameter = "parameters: [{$ref: \"#/components/parameters/q\"}], ".to_owned() + OK;
    let schemes = each(3000, |index| format!("s{index}: {{type: apiKey, in: header, name: X-{index}}}"));
    let security = format!("security: [{}]\n", each(3000, |index| format!("{{s{index}: []}}")));
    let described = format!("B: {{type: object, properties: {{z: {{type: string, description: \"{long}\"}}}}}}, ");
    let inheritors = each(3000, |index| format!("S{index}: {{allOf: [{}, {{type: object}}]}}", to("B")));
    vec![
        Case::new("two fields each, in an operation", doubling(&|next| object(&next, &next)), End::Crate),
        Case::new(
            "lists of two fields each",
            doubling(&|next| format!("{{type: array, items: {}}}", object(&next, &next))),
            End::Crate,
        ),
        Case::new(
            "two nameless schemas each",
            doubling(&|next| object(&also(&next, "x"), &also(&next, "y"))),
            End::Crate,
        ),
        Case::new("examples of one of two", doubling(&examples), End::Crate),
        Case::new("variables in variables", servers + &document(&format!("/a: {{get: {{{OK}}}}}"), ""), End::Crate),
        Case::new(
            "one long text in each operation",
            document(
                &shared(3000, &parameter),
                &format!(
                    "parameters: {{q: {{name: q, in: query, schema: {{type: string}}, description: \"{long}\"}}}}"
                ),
            ),
            End::Error("too-large"),
        ),
        Case::new("one long text in each type", schemas(&(described + &inheritors)), End::Error("too-large")),
        Case::new(
            "all credentials for each operation",
            security + &document(&shared(3000, OK), &format!("securitySchemes: {{{schemes}}}")),
            End::Error("too-large"),
        ),
    ]
}
