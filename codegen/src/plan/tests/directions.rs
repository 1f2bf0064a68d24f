//! Types of requests and of responses.

use super::{planned, wires};
use crate::rust::{Crate, ItemKind, Presence, Undeclared};

/// A document that sends a schema called `A` both ways, wrapped in a list so that no request takes its properties over.
fn both_ways(of_a: &str) -> Crate {
    let a = "{type: array, items: {$ref: '#/components/schemas/A'}}";
    let content = format!("content: {{application/json: {{schema: {a}}}}}");
    let (krate, found) = planned(&format!(
        "paths: {{/a: {{put: {{operationId: put, requestBody: {{required: true, {content}}}, \
         responses: {{'200': {{description: Ok., {content}}}}}}}}}}}\ncomponents:\n  schemas:\n{of_a}"
    ));
    assert_eq!(found, [""; 0]);
    krate
}

/// The fields of a type on the wire.
#[test]
fn each_direction_has_its_properties_and_requires_them() {
    let krate = both_ways(
        "    A: {type: object, required: [id, key, b], properties: {id: {type: string, readOnly: true}, \
         key: {type: string, writeOnly: true}, b: {$ref: '#/components/schemas/B'}, same: {$ref: '#/components/schemas/Same'}}}\n\
         \x20   B: {type: object, required: [at, x], properties: {at: {type: string, readOnly: true}, x: {type: string}}}\n\
         \x20   Same: {type: object, properties: {y: {type: string}}}\n",
    );
    let names: Vec<&str> = krate.types.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["A", "ARequest", "B", "BRequest", "Same"]);
    let of = |name: &str| wires(&krate, name);
    let field = |name: &str, presence| (name.to_owned(), presence);
    let (required, optional) = (Presence::Required, Presence::Optional);
    assert_eq!(of("A"), [field("id", required), field("b", required), field("same", optional)]);
    assert_eq!(of("ARequest"), [field("key", required), field("b", required), field("same", optional)]);
    assert_eq!(
        (of("B"), of("BRequest")),
        (vec![field("at", required), field("x", required)], vec![field("x", required)])
    );
}

#[test]
fn a_closed_object_is_closed_to_servers_whoever_else_reads_it() {
    let undeclared = |krate: &Crate| match &krate.types[0].kind {
        ItemKind::Object(object) => object.undeclared,
        other => panic!("{other:?}"),
    };
    let closed = "A: {type: object, additionalProperties: false, properties: {x: {type: string}}}";
    assert_eq!(undeclared(&both_ways(&format!("    {closed}\n"))), Undeclared::RefusedByServers);
    assert_eq!(undeclared(&crate::emit::test_fixtures::sent("A", closed)), Undeclared::PassedOver);
    let open = "    A: {type: object, properties: {x: {type: string}}}\n";
    assert_eq!(undeclared(&both_ways(open)), Undeclared::PassedOver);
}

#[test]
fn what_is_kept_anyway_keeps_its_type_in_both_directions() {
    let krate = both_ways(
        "    A: {type: object, required: [id, key], additionalProperties: true, \
         properties: {id: {type: string, readOnly: true}, key: {type: string, writeOnly: true}}}\n",
    );
    let field = |name: &str, presence| (name.to_owned(), presence);
    let (required, optional) = (Presence::Required, Presence::Optional);
    assert_eq!(wires(&krate, "A"), [field("id", required), field("key", optional)]);
    assert_eq!(wires(&krate, "ARequest"), [field("id", optional), field("key", required)]);
}

#[test]
fn a_property_that_tells_branches_apart_is_there_in_both_directions() {
    let branch = |name: &str| {
        format!(
            "    {name}: {{type: object, required: [kind, id], \
             properties: {{kind: {{type: string, readOnly: true}}, id: {{type: string, readOnly: true}}, x: {{type: string}}}}}}\n"
        )
    };
    let krate = both_ways(&format!(
        "    A: {{oneOf: [{{$ref: '#/components/schemas/B'}}, {{$ref: '#/components/schemas/C'}}], discriminator: {{propertyName: kind}}}}\n{}{}",
        branch("B"),
        branch("C")
    ));
    let names: Vec<String> = wires(&krate, "BRequest").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["kind", "x"]);
    let union = krate.types.iter().find(|item| item.name == "ARequest").unwrap();
    let ItemKind::Union(union) = &union.kind else { panic!("a union") };
    let variants: Vec<&str> = union.branches.iter().map(|branch| branch.name.as_str()).collect();
    assert_eq!(variants, ["B", "C"]);
}

#[test]
fn a_property_is_kept_only_where_it_tells_branches_apart() {
    let object = |name: &str| {
        format!(
            "    {name}: {{type: object, required: [kind, of_{name}], properties: {{kind: {{type: string, readOnly: true}}, of_{name}: {{type: string}}}}}}\n"
        )
    };
    let krate = both_ways(&format!(
        "    A: {{type: object, properties: {{b: {{$ref: '#/components/schemas/Either'}}, unrelated: {{$ref: '#/components/schemas/Unrelated'}}}}}}\n\
         \x20   Either: {{oneOf: [{{$ref: '#/components/schemas/Inner'}}, {{$ref: '#/components/schemas/B'}}], \
         discriminator: {{propertyName: kind, mapping: {{c: Inner, d: Inner, b: B}}}}}}\n\
         \x20   Inner: {{oneOf: [{{$ref: '#/components/schemas/C'}}, {{$ref: '#/components/schemas/D'}}]}}\n{}{}{}{}",
        object("B"),
        object("C"),
        object("D"),
        object("Unrelated")
    ));
    let names = |name: &str| wires(&krate, name).into_iter().map(|(name, _)| name).collect::<Vec<String>>();
    for branch in ["B", "C", "D"] {
        let of_requests = format!("{branch}Request");
        let own = if krate.types.iter().any(|item| item.name == of_requests) { of_requests } else { branch.to_owned() };
        assert_eq!(names(&own), ["kind".to_owned(), format!("of_{branch}")], "{own}");
    }
    assert_eq!(names("UnrelatedRequest"), ["of_Unrelated"]);
    assert_eq!(names("Unrelated"), ["kind", "of_Unrelated"]);
}

/// Who fills in the defaults of `A` and of the object in it, where POST and PATCH have a body of a schema.
fn filled_in(of_post: &str, of_patch: &str) -> (Vec<Option<String>>, Vec<String>) {
    let operation = |method: &str, body: &str| {
        format!(
            "{method}: {{operationId: {method}, requestBody: {{required: true, content: {{application/json: {{schema: {body}}}}}}}, \
             responses: {{'204': {{description: Ok.}}}}}}"
        )
    };
    let (krate, found) = planned(&format!(
        "paths: {{/a: {{{}, {}}}}}\ncomponents:\n  schemas:\n\
         \x20   A: {{type: object, properties: {{a: {{type: integer, default: 3}}, b: {{$ref: '#/components/schemas/B'}}}}}}\n\
         \x20   B: {{type: object, properties: {{c: {{type: integer, default: 4}}}}}}\n",
        operation("post", of_post),
        operation("patch", of_patch)
    ));
    let of_requests = krate.operations.iter().flat_map(|operation| &operation.request.fields);
    let of_types = krate.types.iter().filter_map(|item| match &item.kind {
        ItemKind::Object(object) => Some(&object.structure.fields),
        _ => None,
    });
    let fields = of_requests.chain(of_types.flatten()).filter(|field| ["a", "c"].contains(&field.wire.as_str()));
    (fields.map(|field| field.default.clone()).collect(), found)
}

#[test]
fn defaults_are_filled_in_for_each_method_but_patch() {
    let (stated, none) = ("{$ref: '#/components/schemas/A'}", "{type: array, items: {type: string}}");
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(filled_in(stated, none), (vec![some("3"), some("4")], Vec::new()));
    assert_eq!(filled_in(none, stated), (vec![None, None], Vec::new()));
    // Both take the object apart, and share the one in it.
    let shared = |name: &str| {
        format!("nothing is generated for the default of `{name}`, because bodies of PATCH hold its object, too")
    };
    assert_eq!(filled_in(stated, stated), (vec![None, some("3"), None], vec![shared("c")]));
    let list = "{type: array, items: {$ref: '#/components/schemas/A'}}";
    assert_eq!(filled_in(list, list), (vec![None, None], vec![shared("a"), shared("c")]));
}
