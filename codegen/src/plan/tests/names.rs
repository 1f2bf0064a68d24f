//! Names of types, fields, variants and operations.

use super::{field, found_in, planned, schemas};
use crate::rust::Payload;
use crate::rust::{Crate, ItemKind};

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

#[test]
fn a_name_of_the_wire_comes_before_one_that_is_stated() {
    let (id, stated) = ("id: {type: string}", "ref: {type: string, x-specie-name: id}");
    for (first, second) in [(id, stated), (stated, id)] {
        let (krate, found) = schemas(&format!("    A: {{type: object, properties: {{{first}, {second}}}}}\n"));
        assert_eq!((&*field(&krate, "A", "id").name, &*field(&krate, "A", "ref").name), ("id", "id2"));
        assert_eq!(found, ["the name `id` is taken already; this one becomes `id2`"]);
    }
}

/// A component keeps its name, whatever another one is called by `x-specie-name`, and whichever comes first by its key.
#[test]
fn a_component_keeps_its_name_beside_one_that_is_given_it() {
    for (given, expected) in [("A", ["A", "B"]), ("Z", ["B", "Z"])] {
        let object = "type: object, properties: {a: {type: string}}";
        let (krate, found) = schemas(&format!("    {given}: {{x-specie-name: B, {object}}}\n    B: {{{object}}}\n"));
        let names = krate.types.iter().map(|item| (item.name.as_str(), format!("{:?}", item.schema)));
        let component = |name: &str| (name.to_owned(), format!("Component({name:?})"));
        let names: Vec<_> = names.map(|(name, key)| (name.to_owned(), key)).collect();
        assert_eq!(names, expected.map(component));
        assert_eq!(found, [format!("the name `B` is taken already; this one becomes `{given}`")]);
    }
    let text = "PAY: {type: object, properties: {a: {type: string}}}";
    let (krate, _) = schemas(&format!("    {text}\n    {}\n", text.replace("PAY", "Pay")));
    let of = |name: &str| krate.types.iter().find(|item| item.name == name).map(|item| format!("{:?}", item.schema));
    assert_eq!(of("Pay").as_deref(), Some("Component(\"Pay\")"), "the exact name wins");
}

#[test]
fn branches_of_one_title_add_what_is_their_own() {
    let names = |branches: &[&str]| {
        let branch = |of: &&str| format!("{{title: Step, type: object, {of}}}");
        let branches: Vec<String> = branches.iter().map(branch).collect();
        let (krate, _) = schemas(&format!("    A: {{oneOf: [{}]}}\n", branches.join(", ")));
        let Some(ItemKind::Union(union)) = krate.types.iter().find(|item| item.name == "A").map(|item| &item.kind)
        else {
            panic!("`A` is a union")
        };
        union.branches.iter().map(|branch| branch.name.clone()).collect::<Vec<_>>()
    };
    let properties =
        ["email", "phone"].map(|own| format!("properties: {{id: {{type: string}}, {own}: {{type: string}}}}"));
    let properties: Vec<&str> =
        properties.iter().map(String::as_str).chain(["properties: {id: {type: string}}"]).collect();
    assert_eq!(names(&properties), ["StepEmail", "StepPhone", "StepId"]);
    let kinds = ["card", "bank"]
        .map(|kind| format!("required: [kind], properties: {{kind: {{type: string, enum: [{kind}]}}}}"));
    assert_eq!(names(&kinds.each_ref().map(String::as_str)), ["StepCard", "StepBank"]);
    let same = "properties: {id: {type: string}}";
    assert_eq!(names(&[same, same]), ["StepId", "StepId2"]);
}

/// Branches that would be called the same, in every order: the exact name wins, and others add what is their own.
#[test]
fn the_order_of_branches_changes_no_name() {
    let components = "    FOO: {type: string}\n    Foo: {type: object, properties: {b: {type: string}}}\n";
    for (branches, expected) in [
        (["{$ref: '#/components/schemas/FOO'}", "{$ref: '#/components/schemas/Foo'}"], ["FooUpper", "Foo"]),
        (["{title: pay out, type: boolean}", "{title: PayOut, type: string}"], ["PayOutLowerSpace", "PayOut"]),
        (["{type: string, format: email}", "{type: string, format: hostname}"], ["StringEmail", "StringHostname"]),
        (["{title: Code, type: string, enum: [a, b]}", "{title: Code, type: integer, enum: [7]}"], ["CodeA", "CodeN7"]),
        (["{type: integer}", "{type: integer, minimum: 5}"], ["Integer", "IntegerMinimum5"]),
        (
            [
                "{type: object, properties: {id: {type: string}}}",
                "{type: object, properties: {id: {type: array, items: {type: integer}}}}",
            ],
            ["IdString", "IdIntegerList"],
        ),
    ] {
        let [first, second] = branches;
        let of = |branches: [&str; 2]| {
            let union = format!("    A: {{oneOf: [{}]}}\n", branches.join(", "));
            variants(&schemas(&format!("{components}{union}")).0, "A")
        };
        assert_eq!(of([first, second]), expected);
        assert_eq!(of([second, first]), [expected[1], expected[0]]);
    }
}

/// Properties behind the first three stand in the name only where another branch has the same three.
#[test]
fn branches_with_the_same_first_properties_add_further_ones() {
    let of = |properties: &str| {
        let stated: Vec<String> = properties.chars().map(|name| format!("{name}: {{type: string}}")).collect();
        format!("{{type: object, properties: {{{}}}}}", stated.join(", "))
    };
    for (order, expected) in
        [(["abc", "abcd", "abcde"], ["ABC", "ABCD", "E"]), (["abcde", "abcd", "abc"], ["E", "ABCD", "ABC"])]
    {
        let (krate, _) = schemas(&format!("    A: {{oneOf: [{}]}}\n", order.map(of).join(", ")));
        assert_eq!(variants(&krate, "A"), expected);
    }
}

/// Names of headers have no case, and none is left out without a word.
#[test]
fn response_headers_of_one_name_are_said() {
    let headers = |headers: &str| {
        let (krate, found) = planned(&format!(
            "paths: {{/a: {{get: {{operationId: Get, responses: {{'200': {{description: '', headers: {{{headers}}}}}}}}}}}}}\n"
        ));
        let fields = krate.operations[0].response_headers[0].structure.fields.iter().map(|field| field.name.clone());
        (fields.collect::<Vec<_>>(), found)
    };
    let text = "{schema: {type: string}}";
    let (fields, found) = headers(&format!("X-Total: {text}, x-total: {text}"));
    assert_eq!(fields, ["x_total"]);
    assert_eq!(found, ["nothing is generated for the response header `x-total`"]);
    let (fields, found) = headers(&format!("X-Total: {text}, X_Total: {text}"));
    assert_eq!(fields.len(), 2);
    assert_eq!(found, [format!("the name `x_total` is taken already; this one becomes `{}`", fields[1])]);
}

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
        "PayOutLowerMinus",
        "PayOutLowerMinusTo",
        "PayOutLowerUnderscore",
        "PayOutLowerUnderscoreABX",
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

/// What the names of schemes, servers, variables, media types, links and webhooks mean, of a document with these lines in this order.
fn meanings(turn: impl Fn(&[&str]) -> Vec<String>) -> (Vec<String>, Vec<String>) {
    let map = |lines: &[&str]| format!("{{{}}}", turn(lines).join(", "));
    let key = |key: &str, name: &str| format!("{key}: {{type: apiKey, in: header, name: {name}}}");
    let webhook = |key: &str, schema: &str| {
        format!(
            "{key}: {{post: {{requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/{schema}'}}}}}}}}, responses: {{'204': {{description: d}}}}}}}}"
        )
    };
    let link = |key: &str, to: &str| format!("{key}: {{operationId: {to}, parameters: {{id: $response.body#/id}}}}");
    let one = |path: &str, id: &str| {
        format!(
            "  /{path}/{{id}}: {{get: {{operationId: {id}, parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}], responses: {{'204': {{description: d}}}}}}}}\n"
        )
    };
    let created = format!(
        "{{description: d, links: {}, content: {{application/json: {{schema: {{$ref: '#/components/schemas/M'}}}}}}}}",
        map(&[&link("go-on", "getA"), &link("go_on", "getB")])
    );
    let media = map(&[
        "application/csv: {}",
        "text/csv: {}",
        "application/vnd.a-b+json: {schema: {$ref: '#/components/schemas/M'}}",
        "application/vnd.a.b+json: {schema: {$ref: '#/components/schemas/N'}}",
        "text/yaml: {}",
        "application/x-yaml: {}",
    ]);
    let text = format!(
        "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\nservers: [{}]\nsecurity: [{{api_key: []}}, {{api-key: []}}]\npaths:\n  /m:\n    post:\n      operationId: make\n      responses: {{'201': {created}}}\n    put:\n      operationId: put\n      requestBody: {{required: true, content: {media}}}\n      responses: {{'204': {{description: d}}}}\n{}{}webhooks: {}\ncomponents:\n  securitySchemes: {}\n  schemas:\n    M: {{type: object, required: [id], properties: {{id: {{type: string}}}}}}\n    N: {{type: object, required: [n], properties: {{n: {{type: string}}}}}}\n",
        turn(&[
            "{url: 'https://{a-b}.{a_b}.example', name: prod-eu, variables: {a-b: {default: x}, a_b: {default: y}}}",
            "{url: 'https://three.example', name: prodEu}",
            "{url: 'https://five.example', description: Live}",
            "{url: 'https://four.example', description: Live}",
            "{url: 'https://{a}.six.example', variables: {a: {default: x}}}",
            "{url: 'https://{a}.seven.example', variables: {a: {default: x}}}",
        ])
        .join(", "),
        one("a", "getA"),
        one("b", "getB"),
        map(&[&webhook("foo-bar", "M"), &webhook("foo_bar", "N")]),
        map(&[&key("api-key", "X-A"), &key("api_key", "X-B")]),
    );
    let (krate, mut found) = found_in(&text);
    let krate = krate.unwrap_or_else(|| panic!("{found:?}"));
    let mut meanings: Vec<String> = Vec::new();
    let of_schemes = krate.schemes.iter().map(|one| format!("{} {}: {}", one.method_name, one.variant, one.key));
    meanings.extend(of_schemes);
    for base in &krate.bases {
        meanings
            .extend(base.servers.iter().flat_map(|of| &of.variants).map(|one| format!("{}: {}", one.name, one.url)));
        for address in &base.addresses {
            let setters: Vec<&str> = address.variables.iter().map(|one| one.name.as_str()).collect();
            meanings.push(format!("{}: {} of {}", address.name, setters.join(" "), address.end));
        }
    }
    let put = krate.operations.iter().find(|one| one.method_name == "put").unwrap();
    let Payload::Choice(choice) = &put.body.as_ref().unwrap().payload else { panic!("{:?}", put.body) };
    meanings.extend(choice.variants.iter().map(|one| format!("{}: {}", one.name, one.media.name)));
    meanings.extend(krate.links.iter().map(|one| format!("{}: {}", one.function, krate.request_name(one.target))));
    meanings.extend(krate.webhooks.iter().map(|one| format!("{}: {}", one.function, one.id)));
    meanings.sort();
    found.retain(|one| one.contains("is taken already"));
    found.sort();
    (meanings, found)
}

/// Names of what stands side by side are an API as well.
#[test]
fn the_order_of_lines_changes_no_meaning() {
    let forward = meanings(|lines| lines.iter().map(|&line| line.to_owned()).collect());
    let backward = meanings(|lines| lines.iter().rev().map(|&line| line.to_owned()).collect());
    let turned =
        meanings(|lines| lines.iter().cycle().skip(1).take(lines.len()).map(|&line| line.to_owned()).collect());
    assert_eq!(forward, backward);
    assert_eq!(forward, turned);
    let expected = [
        "Csv: application/csv",
        "HttpsXSevenExample: https://x.seven.example",
        "HttpsXSixExample: https://x.six.example",
        "Live: https://five.example",
        "LiveHttpsFourExample: https://four.example",
        "ProdEu: https://three.example",
        "ProdEuAddress: a_b_lower_minus a_b of .example",
        "ProdEuLowerMinus: https://x.y.example",
        "ServerAddress: a of .seven.example",
        "ServerHttpsASixExampleAddress: a of .six.example",
        "TextCsv: text/csv",
        "VndABJson: application/vnd.a-b+json",
        "VndABJsonLowerDotDotPlus: application/vnd.a.b+json",
        "XYaml: application/x-yaml",
        "Yaml: text/yaml",
        "api_key ApiKey: api_key",
        "api_key_lower_minus ApiKeyLowerMinus: api-key",
        "foo_bar: foo_bar",
        "foo_bar_lower_minus: foo-bar",
        "make_go_on: GetB",
        "make_go_on_lower_minus: GetA",
    ];
    assert_eq!(forward.0, expected);
    for name in
        ["api_key", "a_b", "ProdEu", "Live", "ServerAddress", "VndABJson", "Csv", "Yaml", "make_go_on", "foo_bar"]
    {
        let of = format!("the name `{name}` is taken already");
        assert!(forward.1.iter().any(|one| one.starts_with(&of)), "{name}: {:?}", forward.1);
    }
}

/// A schema may be called like a type of the client, and says so where the client has it.
#[test]
fn schemas_that_are_called_like_a_type_of_the_client_name_it() {
    let name_it = |servers: &str, security: &str| {
        let schemas = ["Server", "ClientBuilder", "Credentials"]
            .map(|name| format!("    {name}: {{type: object, properties: {{id: {{type: string}}}}}}\n"));
        let (krate, found) = found_in(&format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\nservers: [{servers}]\nsecurity: [{security}]\npaths:\n  /a: {{get: {{operationId: a, responses: {{'204': {{description: d}}}}}}}}\ncomponents:\n  securitySchemes: {{key: {{type: apiKey, in: header, name: X}}}}\n  schemas:\n{}",
            schemas.concat()
        ));
        let krate = krate.unwrap_or_else(|| panic!("{found:?}"));
        let is_named = |name: &str| {
            let item = krate.types.iter().find(|item| item.name == name).map(|item| format!("{:?}", item.kind));
            item.unwrap_or_default().contains(&format!("client::{name}"))
        };
        ["Server", "ClientBuilder", "Credentials"].map(is_named)
    };
    let (one, other) = ("{url: 'https://a.example'}", "{url: 'https://b.example'}");
    assert_eq!(name_it(one, ""), [false, true, false]);
    assert_eq!(name_it(&format!("{one}, {other}"), "{key: []}"), [true, true, true]);
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
         \x20   Owner: {oneOf: [{type: object, required: [wheels], properties: {name: {type: string}, wheels: {type: integer}}}, {type: object, properties: {name: {type: string}, sails: {type: integer}}}]}\n\
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
fn a_component_that_is_called_like_its_type_has_that_name() {
    let (krate, found) = super::schemas(
        "    FOO: {type: string, enum: [x]}\n    Foo: {type: object, properties: {b: {type: string}}}\n",
    );
    let made: Vec<(&str, bool)> =
        krate.types.iter().map(|item| (item.name.as_str(), matches!(item.kind, ItemKind::Object(_)))).collect();
    assert_eq!(made, [("Foo", true), ("FooUpper", false)]);
    assert_eq!(found, ["the name `Foo` is taken already; this one becomes `FooUpper`"]);
}
