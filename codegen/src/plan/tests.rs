use super::Settings;
use crate::grammar::Strictness;
use crate::rust::{Check, Crate, Field, ItemKind, Paragraph, Presence, Type, Undeclared};
use crate::source::Source;
use crate::{lower, resolve, syntax};

/// What is planned for a document, and what is said of it.
fn found(text: &str) -> (Option<Crate>, Vec<String>) {
    found_in(&format!("openapi: 3.0.4\ninfo: {{title: T, version: '1'}}\n{text}"))
}

/// The same of a whole document.
fn found_in(text: &str) -> (Option<Crate>, Vec<String>) {
    let source = Source::new("a.yaml", text);
    let (documents, _) = syntax::read(&source);
    let (resolved, _) = resolve::resolve(&source, documents, Strictness::Lenient);
    let resolved = resolved.expect("a document");
    let (api, _) = lower::api(&resolved.document);
    let stated_names = resolved.stated_names();
    let settings = Settings { crate_name: "a", spec_path: "a.yaml", strictness: Strictness::Lenient, stated_names };
    let (krate, found) = super::krate(&api, &settings);
    assert_eq!(super::check(&api, &settings), found);
    (krate, found.iter().map(|one| one.message.clone()).collect())
}

/// The crate of a document, and what is said of it.
fn planned(text: &str) -> (Crate, Vec<String>) {
    let (krate, found) = found(text);
    (krate.unwrap_or_else(|| panic!("{found:?}")), found)
}

fn schemas(text: &str) -> (Crate, Vec<String>) {
    planned(&format!("paths: {{}}\ncomponents:\n  schemas:\n{text}"))
}

fn field<'a>(krate: &'a Crate, name: &str, wire: &str) -> &'a Field {
    let found = krate.types.iter().find(|item| item.name == name);
    match found.map(|item| &item.kind) {
        Some(ItemKind::Object(object)) => object.structure.fields.iter().find(|field| field.wire == wire).unwrap(),
        other => panic!("{name} is {other:?}"),
    }
}

#[test]
fn payloads_of_webhooks_are_known_by_any_json_name() {
    for name in ["application/json", "application/json; charset=utf-8", "application/cloudevents+json"] {
        let (krate, found) = planned(&format!(
            "paths: {{}}\nx-webhooks:\n  changed:\n    post:\n      operationId: changed\n      requestBody: {{content: {{'{name}': \
             {{schema: {{$ref: '#/components/schemas/Event'}}}}}}}}\n      responses: {{'200': {{description: Read.}}}}\n\
             components:\n  schemas:\n    Event: {{type: object, properties: {{id: {{type: string}}}}}}\n"
        ));
        assert_eq!(found, [""; 0], "{name}");
        assert!(matches!(krate.webhooks.as_slice(), [webhook] if matches!(webhook.payload, Type::Named(_))), "{name}");
    }
}

#[test]
fn a_part_that_says_less_takes_no_secret_away() {
    let (krate, found) = schemas(
        "    Card: {type: object, properties: {pan: {type: string, x-specie-sensitive: true}}}\n\
         \x20   Stored: {allOf: [{$ref: '#/components/schemas/Card'}, {properties: {pan: {type: string, maxLength: 19}}}]}\n",
    );
    let pan = field(&krate, "Stored", "pan");
    assert_eq!(pan.value, Type::Secret(Box::new(Type::String)));
    assert_eq!(pan.checks.own, [Check::MaxLength(19)]);
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_name_of_the_wire_comes_before_one_that_is_stated() {
    let (id, stated) = ("id: {type: string}", "ref: {type: string, x-specie-name: id}");
    for (first, second) in [(id, stated), (stated, id)] {
        let (krate, found) = schemas(&format!("    A: {{type: object, properties: {{{first}, {second}}}}}\n"));
        assert_eq!((&*field(&krate, "A", "id").name, &*field(&krate, "A", "ref").name), ("id", "id2"));
        assert_eq!(found, ["the name `id` is taken already; this one becomes `id2`"]);
    }
}

#[test]
fn limits_beside_a_reference_hold_as_well() {
    let (krate, _) = schemas(
        "    Text: {type: string, minLength: 2}\n\
         \x20   A: {type: object, properties: {b: {allOf: [{$ref: '#/components/schemas/Text'}], maxLength: 3}}}\n",
    );
    assert_eq!(field(&krate, "A", "b").checks.own, [Check::MinLength(2), Check::MaxLength(3)]);
}

#[test]
fn one_branch_allows_null_only_where_it_says_so() {
    let presence = |branches: &str| {
        let (krate, _) = schemas(&format!("    A: {{type: object, required: [b], properties: {{b: {branches}}}}}\n"));
        field(&krate, "A", "b").presence
    };
    let (never, sometimes) = (Presence::Required, Presence::RequiredNullable);
    assert_eq!(presence("{oneOf: [{type: string}]}"), never);
    assert_eq!(presence("{anyOf: [{type: string}]}"), never);
    assert_eq!(presence("{oneOf: [{type: string}, {nullable: true, enum: [null]}]}"), sometimes);
    assert_eq!(presence("{oneOf: [{type: string, nullable: true}]}"), sometimes);
    assert_eq!(presence("{oneOf: [{type: string}], nullable: true}"), sometimes);
}

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
fn wires(krate: &Crate, name: &str) -> Vec<(String, Presence)> {
    let found = krate.types.iter().find(|item| item.name == name).unwrap_or_else(|| panic!("no {name}"));
    let ItemKind::Object(object) = &found.kind else { panic!("{name} is {:?}", found.kind) };
    object.structure.fields.iter().map(|field| (field.wire.clone(), field.presence)).collect()
}

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
    assert_eq!(undeclared(&crate::emit::fixtures::sent("A", closed)), Undeclared::PassedOver);
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
fn a_range_has_its_body_however_it_is_spelled() {
    for status in ["2XX", "2xx", "2Xx", "2xX"] {
        let schema = "{type: object, properties: {pin: {type: string, x-specie-sensitive: true}}}";
        let (krate, _) = planned(&format!(
            "paths:\n  /a:\n    get:\n      operationId: a\n      responses:\n        '400': {{description: Odd.}}\n        {status}: {{description: Ok., x-specie-outcome: done, content: {{application/json: {{schema: {schema}}}}}}}\n"
        ));
        assert!(matches!(field(&krate, "AResponse", "pin").value, Type::Secret(_)), "{status}");
        let operation = &krate.operations[0];
        let said = Paragraph::Document("Ok.".into());
        assert!(operation.success.responses()[0].docs.paragraphs.contains(&said), "{status}");
        assert_eq!(operation.outcomes.len(), 1, "{status}");
    }
}

#[test]
fn what_stands_beside_a_union_narrows_it() {
    let of = |beside: &str| {
        let (krate, found) = schemas(&format!(
            "    A: {{type: object, properties: {{b: {{oneOf: [{{type: string}}, {{type: integer}}]{beside}}}}}}}\n"
        ));
        assert_eq!(found, [""; 0]);
        field(&krate, "A", "b").value.clone()
    };
    assert!(matches!(of(""), Type::Named(_)));
    assert_eq!(of(", anyOf: [{type: string}]"), Type::String);
}

#[test]
fn a_list_of_objects_that_hold_such_lists_is_no_circle() {
    let (krate, found) = schemas(
        "    Tree: {type: array, items: {type: object, properties: {children: {$ref: '#/components/schemas/Tree'}}}}\n\
         \x20   A: {type: object, properties: {trees: {$ref: '#/components/schemas/Tree'}}}\n",
    );
    assert_eq!(found, [""; 0]);
    let names: Vec<&str> = krate.types.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["A", "ATreesItem"]);
}

#[test]
fn lists_and_maps_of_themselves_are_types_of_their_own() {
    let (krate, found) = schemas(
        "    L: {type: array, items: {$ref: '#/components/schemas/L'}}\n\
         \x20   M: {type: object, additionalProperties: {type: array, items: {$ref: '#/components/schemas/N'}}}\n\
         \x20   N: {allOf: [{$ref: '#/components/schemas/M'}]}\n\
         \x20   A: {type: object, properties: {l: {type: array, items: {$ref: '#/components/schemas/L'}}, n: {$ref: '#/components/schemas/N'}}}\n",
    );
    assert_eq!(found, [""; 0]);
    let value = |name: &str| match krate.types.iter().find(|item| item.name == name).map(|item| &item.kind) {
        Some(ItemKind::Nested(nested)) => nested.value.clone(),
        other => panic!("{name} is {other:?}"),
    };
    let named = |name: &str| {
        Type::Named(crate::rust::TypeId(krate.types.iter().position(|item| item.name == name).unwrap_or_default()))
    };
    let list = |item| Type::List(Box::new(item));
    assert_eq!(value("L"), list(named("L")));
    assert_eq!(value("M"), Type::Map(Box::new(list(named("M")))));
    assert_eq!(krate.types.len(), 3);
    assert!(matches!(&field(&krate, "A", "l").value, Type::List(_)));
    assert!(matches!(&field(&krate, "A", "n").value, Type::Named(_)));
}

/// Schemas whose names collide, and which bring types without a name along.
const SCHEMAS: &[&str] = &[
    "pay-out: {type: object, properties: {to: {type: object, properties: {iban: {type: string}}}}}",
    "PayOut: {type: object, properties: {fee: {$ref: '#/components/schemas/Fees'}}}",
    "pay_out: {oneOf: [{title: A b, type: object, properties: {x: {type: string}}}, {title: a B, type: string}]}",
    "PayOutTo: {type: string, enum: [a]}",
    "Fees: {type: array, items: {type: object, properties: {at: {type: object, properties: {y: {type: string}}}}}}",
    "Other: {type: object, properties: {fee: {$ref: '#/components/schemas/Fees'}, to: {$ref: '#/components/schemas/pay-out'}}}",
];

/// The operations that stand beside them, whose names collide as well.
const PATHS: &[&str] = &[
    "/a: {get: {operationId: get-it, responses: {'200': {description: '', content: {application/json: {schema: \
     {type: object, properties: {z: {type: object, properties: {w: {type: string}}}}}}}}}}}",
    "/b: {get: {operationId: GetIt, responses: {'200': {description: '', content: {application/json: {schema: \
     {type: object, properties: {z: {$ref: '#/components/schemas/Fees'}}}}}}}}}",
];

/// The names of a document with those schemas and operations, with all that the types consist of.
fn names_of(schemas: &[&str], paths: &[&str]) -> (Vec<(String, ItemKind)>, Vec<[String; 3]>) {
    let lines = |lines: &[&str], by: &str| {
        let lines: Vec<String> = lines
            .iter()
            .map(|line| {
                format!(
                    "{by}{line}
"
                )
            })
            .collect();
        lines.concat()
    };
    let text = format!("paths:\n{}components:\n  schemas:\n{}", lines(paths, "  "), lines(schemas, "    "));
    let (krate, _) = planned(&text);
    let types = krate.types.into_iter().map(|item| (item.name, item.kind)).collect();
    let operations = krate.operations.into_iter().map(|of| [of.path, of.request.name, of.method_name]).collect();
    (types, operations)
}

/// Names are an API: moving a schema or an operation in the document must not change them.
#[test]
fn the_order_of_a_document_changes_no_name() {
    let (types, operations) = names_of(SCHEMAS, PATHS);
    let names: Vec<&str> = types.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "GetItGetAResponse",
        "GetItGetAResponseZ",
        "GetItResponse",
        "Other",
        "OtherFeeItem",
        "OtherFeeItemAt",
        "PayOut",
        "PayOut2",
        "PayOut2To",
        "PayOut3",
        "PayOut3AB",
        "PayOutTo",
    ];
    assert_eq!(names, expected);
    assert_eq!(operations, [["/b", "GetIt", "get_it"], ["/a", "GetItGetA", "get_it_get_a"]]);
    // Every schema comes before and after every other one.
    for turn in 0..SCHEMAS.len() {
        let mut schemas = SCHEMAS.to_vec();
        schemas.rotate_left(turn);
        let backward: Vec<&str> = schemas.iter().rev().copied().collect();
        let paths: Vec<&str> = PATHS.iter().rev().copied().collect();
        assert_eq!(names_of(&schemas, &paths), (types.clone(), operations.clone()), "{schemas:?}");
        assert_eq!(names_of(&backward, PATHS), (types.clone(), operations.clone()), "{backward:?}");
    }
}

/// A document whose one operation gives out pages as `x-specie-pagination` says.
fn paged(pagination: &str, parameters: &str, status: &str) -> Vec<String> {
    let schema = "{type: object, properties: {id: {type: string}, \
                  result: {type: object, properties: {data: {type: array, items: {type: number}}}}, \
                  odd: {oneOf: [{type: string}, {type: array, items: {type: number}}]}}}";
    found(&format!(
        "paths:\n  /x:\n    get:\n      operationId: List\n      x-specie-pagination: {pagination}\n\
         \x20     parameters: [{parameters}]\n\
         \x20     responses: {{'{status}': {{description: '', content: {{application/json: {{schema: {schema}}}}}}}}}\n"
    ))
    .1
}

#[test]
fn what_leads_to_no_list_is_no_page() {
    let at = |items: &str| paged(&format!("{{style: link, next: /next, items: {items}}}"), "", "200");
    assert_eq!(at("/result/data"), [""; 0]);
    for items in ["/id", "/result", "/result/data/0", "/odd"] {
        assert_eq!(at(items), ["this leads to no list"], "{items}");
    }
    let no_answer = paged("{style: link, next: /next, items: /result/data}", "", "400");
    assert_eq!(no_answer, ["pages are read from one documented success with a JSON body"]);
}

#[test]
fn what_names_a_page_is_a_single_value_in_the_query() {
    let after = |parameters: &str| {
        paged("{style: cursor, parameter: after, next: /next, items: /result/data}", parameters, "200")
    };
    assert_eq!(after("{name: after, in: query, schema: {type: string}}"), [""; 0]);
    let elsewhere = [
        "{name: after, in: header, schema: {type: string}}",
        "",
        "{name: after, in: query, schema: {type: array, items: {type: string}}}",
    ];
    for parameters in elsewhere {
        assert_eq!(
            after(parameters),
            ["the parameter that names the page is not a single value in the query"],
            "{parameters}"
        );
    }
}

#[test]
fn free_json_is_counted_where_the_crate_has_it() {
    let (krate, _) = planned(
        "paths:\n  /pay:\n    post:\n      operationId: pay\n\
         \x20     requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/PayBody'}}}}\n\
         \x20     responses: {}\n\
         components:\n  schemas:\n    PayBody: {type: object, properties: {extra: {type: object}, sent: {type: string}}}\n",
    );
    let places: Vec<&str> = krate.untyped.iter().map(|untyped| untyped.place.as_str()).collect();
    assert_eq!(places, ["Pay.extra"]);
    assert_eq!(krate.types, []);
}

#[test]
fn a_webhook_that_carries_any_json_is_counted() {
    let (krate, found) = planned(
        "paths: {}\nx-webhooks: {paid: {post: {requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {}}}}\n",
    );
    let places: Vec<&str> = krate.untyped.iter().map(|untyped| untyped.place.as_str()).collect();
    assert_eq!(places, ["Paid.payload"]);
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_payload_in_place_is_a_type_called_after_the_webhook() {
    let (krate, found) = planned(
        "paths: {}\nx-webhooks: {berth.freed: {post: {requestBody: {content: {application/json: \
         {schema: {type: object, required: [code], properties: {code: {type: string}}}}}}, responses: {}}}}\n",
    );
    assert_eq!(found, [""; 0]);
    assert_eq!(wires(&krate, "BerthFreedWebhook"), [("code".to_owned(), Presence::Required)]);
    assert!(matches!(krate.webhooks[0].payload, Type::Named(_)));
}

#[test]
fn a_webhook_without_a_json_schema_is_said() {
    for content in ["text/plain: {schema: {type: string}}", "application/json: {}"] {
        let (krate, found) = planned(&format!(
            "paths: {{}}\nx-webhooks: {{paid: {{post: {{requestBody: {{content: {{{content}}}}}, responses: {{}}}}}}}}\n",
        ));
        assert_eq!(found, ["a webhook's payload has to be a JSON body with a component schema"], "{content}");
        assert_eq!(krate.webhooks[0].payload, Type::Json, "{content}");
    }
}

/// The names of the variants of a union.
fn variants(krate: &Crate, name: &str) -> Vec<String> {
    match krate.types.iter().find(|item| item.name == name).map(|item| &item.kind) {
        Some(ItemKind::Union(union)) => union.branches.iter().map(|branch| branch.name.clone()).collect(),
        other => panic!("{name} is {other:?}"),
    }
}

#[test]
fn branches_are_called_after_what_tells_them_apart() {
    let (krate, found) = schemas(
        "    Payout: {type: object, required: [id], properties: {id: {type: string}}}\n\
         \x20   One: {oneOf: [{$ref: '#/components/schemas/Payout'}, {type: array, items: {$ref: '#/components/schemas/Payout'}}]}\n\
         \x20   Lists: {oneOf: [{type: array, items: {type: string}}, {type: array, items: {type: array, items: {type: integer}}}, {type: boolean}]}\n\
         \x20   Texts: {oneOf: [{type: string, format: date}, {type: string, format: uuid}, {type: string}]}\n\
         \x20   Owner: {anyOf: [{type: object, required: [wheels], properties: {name: {type: string}, wheels: {type: integer}}}, {type: object, properties: {name: {type: string}, sails: {type: integer}}}]}\n\
         \x20   Titled: {anyOf: [{title: Car, type: object, properties: {a: {type: string}}}, {type: object, required: [b], properties: {a: {type: string}, b: {type: string}}}]}\n",
    );
    assert_eq!(found, [""; 0]);
    assert_eq!(variants(&krate, "One"), ["Payout", "PayoutList"]);
    assert_eq!(variants(&krate, "Lists"), ["StringList", "IntegerListList", "Boolean"]);
    assert_eq!(variants(&krate, "Texts"), ["Date", "Uuid", "String"]);
    assert_eq!(variants(&krate, "Owner"), ["Wheels", "Sails"]);
    assert_eq!(variants(&krate, "Titled"), ["Car", "B"]);
    assert!(krate.types.iter().any(|item| item.name == "OwnerWheels"));
    let step = |name: &str| {
        format!(
            "{{type: object, required: [event], properties: {{event: {{type: object, required: [step], properties: {{step: {{const: {name}}}}}}}}}}}"
        )
    };
    let later = format!(
        "openapi: 3.1.1\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    Notice: {{oneOf: [{}, {}]}}\n",
        step("opened"),
        step("shut_down")
    );
    let (krate, _) = found_in(&later);
    assert_eq!(variants(&krate.unwrap(), "Notice"), ["Opened", "ShutDown"]);
}

#[test]
fn a_branch_that_is_never_read_is_said() {
    let of = |branches: &str| {
        let (_, found) = schemas(&format!(
            "    Union: {{oneOf: [{branches}]}}\n\
             \x20   Small: {{type: object, required: [a], properties: {{a: {{type: string}}}}}}\n\
             \x20   Large: {{type: object, required: [a], properties: {{a: {{type: string}}, b: {{type: string}}}}}}\n\
             \x20   Other: {{type: object, required: [a, c], properties: {{a: {{type: string}}, c: {{type: string}}}}}}\n"
        ));
        found.len()
    };
    let (small, large, other) = (
        "{$ref: '#/components/schemas/Small'}",
        "{$ref: '#/components/schemas/Large'}",
        "{$ref: '#/components/schemas/Other'}",
    );
    for told_apart in [
        format!("{small}, {large}"),
        format!("{small}, {other}"),
        format!("{large}, {other}"),
        "{type: string, format: date}, {type: string}".to_owned(),
        "{type: integer}, {type: number}".to_owned(),
        "{type: string, enum: [a]}, {type: string, format: uuid}".to_owned(),
        "{type: array, items: {type: integer}}, {type: array, items: {type: string}}".to_owned(),
    ] {
        assert_eq!(of(&told_apart), 0, "{told_apart}");
    }
    for same in [
        format!("{large}, {small}"),
        format!("{small}, {small}"),
        "{type: string}, {type: string, format: date}".to_owned(),
        "{type: string, maxLength: 3}, {type: string, minLength: 5}".to_owned(),
        "{type: number}, {type: integer}".to_owned(),
        "{type: array, items: {type: string}}, {type: array, items: {type: string, format: date}}".to_owned(),
    ] {
        assert_eq!(of(&same), 1, "{same}");
    }
}

/// What is said of a form with one property and its encoding.
fn of_form(media_type: &str, schema: &str, encoding: &str) -> Vec<String> {
    let (_, found) = planned(&format!(
        "paths:\n  /x:\n    post:\n      operationId: send\n      requestBody: {{required: true, content: {{{media_type}: {{schema: {{type: \
         object, properties: {{a: {schema}}}}}, encoding: {{a: {encoding}}}}}}}}}\n      responses: {{'204': {{description: Done.}}}}\n"
    ));
    found
}

#[test]
fn encodings_that_no_form_is_written_by_are_said() {
    let (parts, fields, text) = ("multipart/form-data", "application/x-www-form-urlencoded", "{type: string}");
    let object = "{type: object, properties: {b: {type: string}}}";
    let said = |what: &str| vec![format!("nothing is generated for the {what} of `a` in a form")];
    for (media_type, schema, encoding, expected) in [
        (parts, text, "{contentType: text/csv}", Vec::new()),
        (parts, object, "{contentType: application/xml}", Vec::new()),
        (parts, text, "{headers: {X-A: {schema: {type: string}}}}", said("headers")),
        (parts, text, "{headers: {Content-Type: {schema: {type: string}}}}", Vec::new()),
        (parts, text, "{style: form}", said("style")),
        (parts, text, "{explode: false}", said("style")),
        (fields, text, "{contentType: text/plain}", Vec::new()),
        (fields, object, "{contentType: application/json}", Vec::new()),
        (fields, text, "{contentType: application/json}", said("content type")),
        (fields, object, "{contentType: application/xml}", said("content type")),
        ("application/json", text, "{headers: {X-A: {schema: {type: string}}}}", Vec::new()),
    ] {
        assert_eq!(of_form(media_type, schema, encoding), expected, "{media_type}, {schema}: {encoding}");
    }
}

/// A value that is neither text nor JSON is written by the caller, who knows how.
#[test]
fn parts_of_other_media_types_are_bytes() {
    for (content_type, is_file) in [("application/xml", true), ("text/csv", true), ("application/json", false)] {
        let (krate, _) = planned(&format!(
            "paths:\n  /x:\n    post:\n      operationId: send\n      requestBody: {{required: true, content: {{multipart/form-data: {{schema: \
             {{type: object, properties: {{a: {{type: object, properties: {{b: {{type: string}}}}}}}}}}, encoding: {{a: {{contentType: \
             {content_type}}}}}}}}}}}\n      responses: {{'204': {{description: Done.}}}}\n"
        ));
        let field = &krate.operations[0].request.fields[0];
        assert_eq!(field.value == Type::File, is_file, "{content_type}: {:?}", field.value);
    }
}
