//! What is found by trying values on the documents' own texts.

use specie_codegen::ApiAndCrate;
use specie_diff::{Audience, Finding, Verdict, Witness, report};

use crate::documents::{parameters, request, understood};
use crate::verdicts::{expect, verdicts};

/// The document of a request of a schema.
fn understood_request(schema: &str) -> ApiAndCrate {
    understood(&request(schema))
}

fn of_request(old: &str, new: &str) -> Vec<Finding> {
    report(&understood_request(old), &understood_request(new))
}

/// What is said of the wire.
fn of_wire(old: &str, new: &str) -> Vec<String> {
    let found = verdicts(&of_request(old, new));
    found.into_iter().filter(|line| !line.ends_with("fine fine")).collect()
}

/// A union of open objects that each require a property of their own.
fn union(keyword: &str, names: &[String]) -> String {
    let branches = names
        .iter()
        .map(|name| format!("{{type: object, required: [{name}], properties: {{{name}: {{type: string}}}}}}"));
    format!("{keyword}: [{}]", branches.collect::<Vec<_>>().join(", "))
}

#[test]
fn an_open_object_may_fit_a_branch_that_is_new() {
    let of =
        |names: &[&str]| format!("{{{}}}", union("oneOf", &names.iter().map(ToString::to_string).collect::<Vec<_>>()));
    let (few, many) = (of(&["a", "b"]), of(&["a", "b", "c"]));
    assert_eq!(of_wire(&few, &many), ["branch-added fine breaks", "branches-overlap review fine"]);
    assert_eq!(of_wire(&many, &few), ["branch-removed breaks fine", "branches-overlap fine review"]);
}

#[test]
fn a_place_of_a_list_that_gains_a_format_is_to_be_looked_at() {
    let of = |second: &str| format!("{{type: array, prefixItems: [{{type: integer}}{second}]}}");
    let (old, new) = (of(""), of(", {format: date}"));
    assert_eq!(of_wire(&old, &new), ["unchecked-keyword-changed review fine"]);
    assert_eq!(of_wire(&new, &old), ["unchecked-keyword-changed fine review"]);
}

#[test]
fn a_branch_that_gains_values_may_gain_those_of_another_one() {
    let of = |a: &str| {
        let listed = format!("{{type: object, required: [a, b], properties: {{a: {{enum: [{a}]}}, b: {{const: x}}}}}}");
        format!("{{oneOf: [{{type: object, properties: {{a: {{}}, b: {{}}}}}}, {listed}]}}")
    };
    // An object of both branches fits neither way: {"a": "z", "b": "x"} was one of the first branch alone.
    let worst = |found: &[Finding], audience| found.iter().map(|one| one.verdict(audience)).max().unwrap_or_default();
    let (there, back) = (of_request(&of("y"), &of("y, z")), of_request(&of("y, z"), &of("y")));
    assert!(worst(&there, Audience::OldClients) > Verdict::Fine, "{there:?}");
    assert!(worst(&back, Audience::OldServers) > Verdict::Fine, "{back:?}");
}

#[test]
fn an_object_that_several_branches_were_meant_to_allow_is_refused_by_one_of() {
    let names = ["card".to_owned(), "iban".to_owned()];
    for beside in ["", "type: object, required: [amount], properties: {amount: {type: integer}}, "] {
        let of = |keyword: &str| format!("{{{beside}{}}}", union(keyword, &names));
        assert_eq!(of_wire(&of("anyOf"), &of("oneOf")), ["values-changed breaks fine"], "{beside}");
        assert_eq!(of_wire(&of("oneOf"), &of("anyOf")), ["values-changed fine breaks"], "{beside}");
    }
}

#[test]
fn a_value_of_a_long_list_is_tried() {
    let list = |count: usize| {
        let values: Vec<String> = (0..count).map(|at| format!("v{at}")).collect();
        format!("{{type: string, enum: [{}]}}", values.join(", "))
    };
    assert_eq!(of_wire(&list(400), &list(401)), ["enum-value-added fine breaks"]);
    let found = of_request(&list(401), &list(400));
    let shown = Some(Witness::Value { json: "\"v400\"".to_owned(), is_old: true });
    assert_eq!(
        found.iter().map(|one| (one.rule.id(), one.witness.clone())).collect::<Vec<_>>(),
        [("enum-value-removed", shown)]
    );
}

/// An object with a property of a type, whose unions together give too many shapes.
pub(crate) fn of_too_many_shapes(property: &str) -> String {
    let names = |letter: char| (0..11).map(|at| format!("{letter}{at}")).collect::<Vec<_>>();
    let (one, other) = (union("oneOf", &names('a')), union("oneOf", &names('b')));
    let properties = format!("type: object, required: [amount], properties: {{amount: {{{property}}}}}");
    format!("{{{properties}, allOf: [{{{one}}}, {{{other}}}]}}")
}

#[test]
fn each_value_of_a_long_list_is_looked_up() {
    let list = |first: usize| {
        let values: Vec<String> = (first..first + 20_000).map(|at| format!("v{at}")).collect();
        request(&format!("{{type: string, enum: [{}]}}", values.join(", ")))
    };
    expect(&list(0), &list(1), &["enum-value-removed breaks fine", "enum-value-added fine breaks"]);
}

#[test]
fn schemas_of_too_many_shapes_are_said_not_to_be_compared() {
    let of = of_too_many_shapes;
    assert_eq!(of_wire(&of("type: integer"), &of("type: string")), ["too-complex review review"]);
    assert!(of_wire(&of("type: integer"), &of("type: integer, description: How much.")).is_empty());
}

#[test]
fn a_branch_of_one_of_that_overlaps_with_another_one_gains_nothing() {
    let of = |most: u32| {
        understood_request(&format!("{{oneOf: [{{type: integer, maximum: {most}}}, {{type: integer, minimum: 10}}]}}"))
    };
    let found = report(&of(9), &of(20));
    let breaks = found.iter().filter(|one| one.verdict(Audience::OldServers) == Verdict::Breaks);
    assert_eq!(breaks.count(), 0, "{found:?}");
    let breaks = found.iter().filter(|one| one.verdict(Audience::OldClients) == Verdict::Breaks);
    assert!(
        breaks.clone().count() > 0 && breaks.clone().all(|one| matches!(one.witness, Some(Witness::Value { .. }))),
        "{found:?}"
    );
}

#[test]
fn closed_branches_that_refuse_what_they_gained_are_not_said_to_break() {
    let of = |rest: [&str; 2]| {
        let branch = |name: &str, rest: &str| {
            format!(
                "{{type: object, required: [{name}], properties: {{{name}: {{type: string}}{rest}}}, additionalProperties: false}}"
            )
        };
        format!("{{oneOf: [{}, {}]}}", branch("card", rest[0]), branch("iban", rest[1]))
    };
    let found = of_wire(&of(["", ""]), &of([", iban: {type: string}", ", card: {type: string}"]));
    assert!(!found.is_empty() && found.iter().all(|line| !line.contains("breaks")), "{found:?}");
}

#[test]
fn a_number_in_a_query_is_shown_without_an_exponent() {
    let query = |schema: &str| understood(&parameters(&format!("{{name: q, in: query, schema: {schema}}}")));
    let found = report(&query("{type: integer}"), &query("{type: string, pattern: '^-?[0-9]+$'}"));
    assert!(!found.is_empty(), "an integer becomes a text");
    for one in &found {
        assert!(!matches!(&one.witness, Some(Witness::Value { json, .. }) if json.contains('e')), "{one:?}");
    }
}

#[test]
fn one_value_of_each_of_many_branches_is_tried() {
    let of = |count: usize| {
        let names: Vec<String> = (0..count).map(|at| format!("p{at}")).collect();
        format!("{{{}}}", union("anyOf", &names))
    };
    let found = of_request(&of(60), &of(59));
    assert!(!found.is_empty(), "a branch is gone");
    let removed: Vec<_> = found.iter().filter(|one| one.verdict(Audience::OldClients) == Verdict::Breaks).collect();
    let [one] = *removed else { panic!("{removed:?}") };
    assert!(matches!(&one.witness, Some(Witness::Value { json, is_old: true }) if json.contains("p59")), "{one:?}");
}

#[test]
fn a_property_that_a_branch_gains_and_another_one_lists_may_decide_between_them() {
    let branch = |required: &str, properties: &str| {
        format!("{{type: object, required: [{required}], properties: {{{properties}}}}}")
    };
    let of = |gained: &str| {
        let (one, other) = (branch("a", &format!("a: {{type: string}}{gained}")), branch("b", "b: {type: string}"));
        format!("{{oneOf: [{one}, {other}]}}")
    };
    // `{a: text, b: text}` fitted both branches.
    let gained = ["branches-overlap fine breaks", "property-added fine review"];
    assert_eq!(of_wire(&of(""), &of(", b: {type: integer}")), gained);
    assert_eq!(of_wire(&of(""), &of(", c: {type: integer}")), ["property-added fine review"]);
    let within = |gained: &str| {
        let of = |required: &str, inner: &str| branch(required, &format!("{required}: {{type: string}}, o: {inner}"));
        let one = of("a", &format!("{{type: object, properties: {{p: {{type: string}}{gained}}}}}"));
        format!("{{oneOf: [{one}, {}]}}", of("b", "{type: object, properties: {q: {type: string}}}"))
    };
    let gained = ["branches-overlap fine breaks", "property-added fine review"];
    assert_eq!(of_wire(&within(""), &within(", q: {type: integer}")), gained);
}

#[test]
fn a_property_that_the_other_object_speaks_of_elsewhere_was_meant_there() {
    let object =
        |gained: &str, beside: &str| format!("{{type: object, properties: {{a: {{type: string}}{gained}}}, {beside}}}");
    for beside in [
        "dependentSchemas: {a: {properties: {b: {type: integer}}}}",
        "dependentRequired: {b: [a]}",
        "not: {required: [b], properties: {b: {type: integer}}}",
        "if: {required: [a]}, then: {required: [b]}",
    ] {
        let gained = object(", b: {type: string}", beside);
        assert_eq!(of_wire(&object("", beside), &gained), ["property-added review review"], "{beside}");
        let other = object(", c: {type: string}", beside);
        assert_eq!(of_wire(&object("", beside), &other), ["property-added fine review"], "{beside}");
    }
}
