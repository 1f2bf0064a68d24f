//! Every comparison comes to an end, and soon: counted in pairs that are compared, not in time.

use specie_codegen::api::{Api, Direction, Key};
use specie_codegen::source::Source;
use specie_codegen::{Strictness, api_and_document};

use super::{Carrier, Comparer};
use crate::{Answer, Relation};

/// A document of schemas, each with its name.
fn api(schemas: impl Iterator<Item = (String, String)>) -> Api {
    let schemas: Vec<String> = schemas.map(|(name, schema)| format!("    {name}: {schema}")).collect();
    let schemas = schemas.join("\n");
    let head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n";
    let (found, diagnostics) =
        api_and_document(&Source::new("t.yaml", format!("{head}{schemas}")), Strictness::Lenient, &[]);
    found.unwrap_or_else(|| panic!("{:?}", diagnostics.iter().map(|one| &one.message).collect::<Vec<_>>())).api
}

fn refer(name: impl std::fmt::Display) -> String {
    format!("{{$ref: '#/components/schemas/{name}'}}")
}

/// How the values of the schemas called `S0` of two documents stand to each other, with all that is found at their parts, and how many
/// pairs were compared within others in vain.
fn compared(old: &Api, new: &Api) -> (Relation, usize) {
    let id = |api: &Api| api.schemas.find(&Key::Component("S0".into())).expect("the schema");
    let mut comparer = Comparer::new(&old.schemas, &new.schemas);
    let pair = comparer.pair(id(old), id(new), Direction::Request, Carrier::Json);
    let mut found = Relation::SAME;
    for reached in comparer.reached(std::iter::once(pair)) {
        found = comparer.local(reached).edits.iter().fold(found, |relation, edit| relation.and(edit.relation));
    }
    (found, comparer.budget.wasted())
}

/// How many pairs are compared within others at most of which the result cannot be kept.
const STEPS: usize = 10_000;

#[track_caller]
fn is_bounded(name: &str, of: impl Fn(&str) -> Vec<(String, String)>) {
    let (old, new) = (api(of("integer").into_iter()), api(of("string").into_iter()));
    let (relation, spent) = compared(&old, &new);
    assert!(spent < STEPS, "{name}: {spent} pairs");
    assert_ne!(relation.old_in_new, Answer::Yes, "{name}: {}", relation.as_str());
    let (relation, spent) = compared(&old, &old);
    assert!(spent < STEPS, "{name}: {spent} pairs");
    assert_eq!(relation, Relation::SAME, "{name}");
}

/// Schemas of which each leads to the next one, and the last one has a value of a type.
fn chain(count: usize, kind: &str, schema: impl Fn(usize, String) -> String) -> Vec<(String, String)> {
    let last = format!("{{type: object, required: [v], properties: {{v: {{type: {kind}}}}}}}");
    let all = (0..count).map(|at| (format!("S{at}"), schema(at, refer(format!("S{}", at + 1)))));
    all.chain([(format!("S{count}"), last)]).collect()
}

#[test]
fn sixty_unions_within_unions() {
    is_bounded("in place", |kind| {
        chain(60, kind, |at, next| {
            format!("{{oneOf: [{next}, {{type: object, required: [a{at}], properties: {{a{at}: {{type: string}}}}}}]}}")
        })
    });
    is_bounded("in properties", |kind| {
        chain(60, kind, |_, next| {
            let branch = |name: &str| {
                format!("{{type: object, required: [{name}], properties: {{k: {next}, {name}: {{type: string}}}}}}")
            };
            format!("{{anyOf: [{}, {}, {{type: string}}]}}", branch("a"), branch("b"))
        })
    });
    is_bounded("in one property", |kind| {
        chain(60, kind, |_, next| {
            let branch = |most: usize| {
                format!("{{type: object, properties: {{k: {next}, n: {{type: string, maxLength: {most}}}}}}}")
            };
            format!("{{anyOf: [{}, {}]}}", branch(1), branch(2))
        })
    });
    is_bounded("in lists", |kind| {
        chain(60, kind, |at, next| {
            format!("{{anyOf: [{{type: array, items: {next}}}, {{type: array, items: {next}, maxItems: {at}}}]}}")
        })
    });
}

#[test]
fn twenty_schemas_that_refer_to_each_other_by_unions() {
    const COUNT: usize = 20;
    let all =
        |schema: &dyn Fn(usize) -> String| (0..COUNT).map(|at| (format!("S{at}"), schema(at))).collect::<Vec<_>>();
    let others = |at: usize, branch: &dyn Fn(usize) -> String| {
        let branches: Vec<String> = (0..COUNT).filter(|other| *other != at).map(branch).collect();
        branches.join(", ")
    };
    is_bounded("objects without names", |kind| {
        let object =
            |to: usize| format!("{{type: object, required: [k], properties: {{k: {}}}}}", refer(format!("S{to}")));
        all(&|at| format!("{{anyOf: [{}, {{type: {kind}}}]}}", others(at, &object)))
    });
    is_bounded("components", |kind| {
        let branch = |to: usize| refer(format!("S{to}"));
        all(&|at| {
            let union = others(at, &branch);
            format!("{{type: object, required: [v], properties: {{v: {{type: {kind}}}, k: {{oneOf: [{union}]}}}}}}")
        })
    });
    is_bounded("one after the other", |kind| {
        let branch = |to: usize| refer(format!("S{}", to + COUNT));
        let schema = |at: usize, layer: usize| {
            let union = (layer * COUNT..layer * COUNT + COUNT).map(branch).collect::<Vec<_>>().join(", ");
            (format!("S{at}"), format!("{{oneOf: [{union}]}}"))
        };
        let layers = (0..6).flat_map(|layer| (layer * COUNT..layer * COUNT + COUNT).map(move |at| (at, layer)));
        let last = (6 * COUNT..7 * COUNT).map(|at| {
            (format!("S{at}"), format!("{{type: object, required: [a{at}], properties: {{a{at}: {{type: {kind}}}}}}}"))
        });
        layers.map(|(at, layer)| schema(at, layer)).chain(last).collect()
    });
}

#[test]
fn many_branches() {
    let union = |kind: &str, name: &str| {
        let branch = |at: usize| {
            format!("{{type: object, required: [{name}{at}], properties: {{{name}{at}: {{type: {kind}}}}}}}")
        };
        let branches: Vec<String> = (0..100).map(branch).collect();
        vec![("S0".to_owned(), format!("{{oneOf: [{}]}}", branches.join(", ")))]
    };
    is_bounded("objects", |kind| union(kind, "a"));
}
