//! Schemas of each kind, with their names, tags and secrets.

use super::*;

#[test]
fn each_kind_of_schema_has_its_shape() {
    let (api, found) = schemas(
        "    Text: {type: string, format: uuid, minLength: 1, maxLength: 10}\n\
         \x20   Alias: {$ref: '#/components/schemas/Text'}\n\
         \x20   Described: {description: More., allOf: [{$ref: '#/components/schemas/Text'}]}\n\
         \x20   Amount: {type: number, format: decimal, minimum: 0.10, exclusiveMinimum: true, multipleOf: 0.010}\n\
         \x20   Flag: {type: boolean, default: false}\n\
         \x20   Texts: {type: array, minItems: 2, uniqueItems: true, items: {$ref: '#/components/schemas/Alias'}}\n\
         \x20   Map: {type: object, additionalProperties: {type: integer}, maxProperties: 3}\n\
         \x20   Closed: {type: object, properties: {a: {type: string}}, required: [a, b], additionalProperties: false}\n\
         \x20   Anything: {description: What it is.}\n",
    );
    assert_eq!(found, [""; 0]);
    let (text, schema) = component(&api, "Text");
    assert_eq!(schema.shape, Shape::String { format: Some("uuid".into()), encoding: None, media_type: None });
    assert_eq!((schema.constraints.min_length, schema.constraints.max_length), (Some(1), Some(10)));
    for name in ["Alias", "Described"] {
        let (id, _) = component(&api, name);
        assert_eq!(api.schemas.resolve(id), text, "{name}");
    }
    let amount = component(&api, "Amount").1;
    assert_eq!(amount.shape, Shape::Number { format: Some("decimal".into()) });
    let bound = amount.constraints.minimum.as_ref().unwrap();
    assert_eq!((&*bound.value, bound.exclusive), ("0.10", true));
    assert_eq!(amount.constraints.multiple_of.as_deref(), Some("0.010"));
    assert_eq!(component(&api, "Flag").1.default, Some(Value::Bool(false)));
    let Shape::List(list) = &component(&api, "Texts").1.shape else { panic!("a list") };
    assert_eq!(api.schemas.resolve(list.items.unwrap()), text);
    let Shape::Object(map) = &component(&api, "Map").1.shape else { panic!("an object") };
    let Additional::Schema(values) = map.additional else { panic!("{map:?}") };
    assert_eq!(api.schemas.get(values).unwrap().shape, Shape::Integer { format: None });
    let Shape::Object(closed) = &component(&api, "Closed").1.shape else { panic!("an object") };
    assert_eq!((closed.additional, names(&closed.properties)), (Additional::None, vec![("a", true)]));
    assert_eq!(closed.required_beside.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["b"]);
    assert_eq!(component(&api, "Anything").1.shape, Shape::Any(Untyped::NoType));
}

#[test]
fn listed_values_are_data_of_any_kind() {
    let (api, _) = schemas(
        "    Status: {type: string, enum: [new, paid, new], x-enum-varnames: [Fresh], x-enum-descriptions: [Just made., Done.]}\n\
         \x20   Code: {type: integer, enum: [1, 2]}\n\
         \x20   Odd: {type: string, enum: [1, yes]}\n",
    );
    let listed = |name: &str| match &component(&api, name).1.shape {
        Shape::Enumeration(listed) => listed.clone(),
        other => panic!("{other:?}"),
    };
    let status = listed("Status");
    let values: Vec<_> = status.values.iter().map(|one| (one.value.as_str(), one.given_name.as_deref())).collect();
    assert_eq!(values, [(Some("new"), Some("Fresh")), (Some("paid"), None)]);
    assert_eq!(status.values[1].docs.description.as_deref(), Some("Done."));
    assert_eq!(*status.base, TEXT);
    let code = listed("Code");
    assert_eq!(code.values[1].value, Value::Number("2".into()));
    assert_eq!(*code.base, Shape::Integer { format: None });
    assert_eq!(listed("Odd").values[0].value, Value::String("1".into()));
}

#[test]
fn values_of_an_extensible_list_are_not_all() {
    let (api, _) = schemas(
        "    Status: {type: string, nullable: true, x-extensible-enum: [new, null, paid, new]}\n\
         \x20   Number: {type: integer, x-extensible-enum: [1]}\n\
         \x20   Both: {type: string, enum: [a], x-extensible-enum: [b]}\n\
         \x20   Odd: {type: string, x-extensible-enum: [a, {}]}\n\
         \x20   Secret: {type: string, x-extensible-enum: [a], x-specie-sensitive: true}\n",
    );
    let listed = |name: &str| match &component(&api, name).1.shape {
        Shape::Enumeration(listed) => {
            let values: Vec<_> = listed.values.iter().filter_map(|one| one.value.as_str()).collect();
            Some((values.join(" "), listed.open))
        }
        _ => None,
    };
    assert_eq!(listed("Status"), Some(("new paid".into(), true)));
    assert_eq!(listed("Both"), Some(("a".into(), false)));
    assert_eq!((listed("Number"), listed("Odd"), listed("Secret")), (None, None, None));
}

#[test]
fn branches_keep_their_tags() {
    let (api, found) = schemas(
        "    Cat: {type: object, properties: {kind: {type: string}}}\n\
         \x20   Dog: {type: object, properties: {kind: {type: string}}}\n\
         \x20   Pet:\n\
         \x20     oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]\n\
         \x20     discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', tiger: Cat}}\n\
         \x20   Either: {anyOf: [{type: string}, {type: object, title: Whole, properties: {a: {type: string}}}]}\n\
          \x20   Needs: {type: object, properties: {a: {}, b: {}}, anyOf: [{required: [a]}, {required: [b]}]}\n\
         \x20   Both: {oneOf: [{type: string}, {type: integer}], anyOf: [{type: string}, {type: integer}]}\n",
    );
    let Shape::Union(pet) = &component(&api, "Pet").1.shape else { panic!("a union") };
    assert_eq!(pet.combination, Combination::One);
    assert_eq!(pet.discriminator.as_ref().unwrap().property, "kind");
    let tags: Vec<_> = pet.branches.iter().map(|branch| branch.tags.join(" ")).collect();
    assert_eq!(tags, ["cat tiger", "Dog"]);
    let Shape::Union(either) = &component(&api, "Either").1.shape else { panic!("a union") };
    assert_eq!(either.combination, Combination::Any);
    assert_eq!(api.schemas.get(either.branches[1].schema).unwrap().title.as_deref(), Some("Whole"));
    assert_eq!(found, [""; 0]);
    // A text may be the one and fit the other as well.
    let Shape::Union(beside) = &component(&api, "Both").1.shape else { panic!("a union") };
    assert_eq!(beside.branches.len(), 2);
    // Branches that only say what must be there tell no shapes apart.
    let needs = component(&api, "Needs").1;
    assert!(matches!(needs.shape, Shape::Object(_)) && needs.omitted.is_empty());
    let required = |name: &str| vec![Assertion::Required(vec![name.to_owned()])];
    assert_eq!(needs.constraints.asserted[0].assertion, Assertion::AnyOf(vec![required("a"), required("b")]));
}

#[test]
fn all_parts_of_an_object_are_one() {
    let (api, found) = schemas(
        "    Base: {type: object, required: [id], properties: {id: {type: string}, note: {type: string}}}\n\
         \x20   Middle: {allOf: [{$ref: '#/components/schemas/Base'}, {required: [note], additionalProperties: false}]}\n\
         \x20   Top:\n\
         \x20     allOf: [{$ref: '#/components/schemas/Middle'}, {properties: {more: {type: integer}}}]\n\
         \x20     properties: {id: {type: string, format: uuid}}\n\
         \x20   Not: {allOf: [{$ref: '#/components/schemas/Base'}, {type: string}]}\n",
    );
    let (top, _) = component(&api, "Top");
    assert_eq!(names(properties(&api, top)), [("id", true), ("note", true), ("more", false)]);
    let (id, schema) = property(&api, top, "id");
    assert_eq!((id.owner, &schema.key), (None, &Key::Pointer("/components/schemas/Top/properties/id".into())));
    assert_eq!(property(&api, top, "note").0.owner, Some(component(&api, "Base").0));
    let Shape::Object(object) = &component(&api, "Top").1.shape else { panic!("an object") };
    assert_eq!((object.additional, object.additional_owner), (Additional::None, Some(component(&api, "Middle").0)));
    // No value is an object and a text at once.
    assert_eq!(component(&api, "Not").1.shape, Shape::Any(Untyped::Never));
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_secret_of_any_part_stays_one() {
    let (api, found) = schemas(
        "    Card: {type: object, properties: {number: {type: string, x-specie-sensitive: true}, cvc: {type: string, format: password}}}\n\
         \x20   Stored:\n\
         \x20     allOf:\n\
         \x20       - {$ref: '#/components/schemas/Card'}\n\
         \x20       - {type: object, properties: {number: {type: string, maxLength: 19}, cvc: {type: string}}}\n",
    );
    let (stored, _) = component(&api, "Stored");
    for name in ["number", "cvc"] {
        let (property, _) = property(&api, stored, name);
        assert!(api.schemas.secret(property.schema).is_some(), "{name}");
    }
    assert_eq!(property(&api, stored, "number").1.constraints.max_length, Some(19));
    assert_eq!(found, [""; 0]);

    let (_, found) = schemas(
        "    Card: {type: object, properties: {number: {type: string, x-specie-sensitive: true}}}\n\
         \x20   Shown: {allOf: [{$ref: '#/components/schemas/Card'}, {properties: {number: {type: string, x-specie-sensitive: false}}}]}\n",
    );
    assert_eq!(found, ["malformed-extension"]);
}

#[test]
fn what_says_of_itself_that_it_is_no_secret_may_not_be_one() {
    let (api, found) = schemas(
        "    Token: {type: string, format: password}\n\
         \x20   Plain: {type: string, x-specie-sensitive: false}\n\
         \x20   Holder: {type: object, properties: {a: {$ref: '#/components/schemas/Token', x-specie-sensitive: false}, b: {$ref: '#/components/schemas/Plain', x-specie-sensitive: true}}}\n",
    );
    assert_eq!(found, ["malformed-extension"]);
    assert!(matches!(component(&api, "Plain").1.sensitivity, Sensitivity::Plain(_)));
    let (holder, _) = component(&api, "Holder");
    assert!(api.schemas.secret(property(&api, holder, "b").0.schema).is_some());
}

#[test]
fn parts_are_put_together_at_each_depth() {
    let (api, found) = schemas(
        "    Base:\n\
         \x20     type: object\n\
         \x20     properties:\n\
         \x20       payer: {type: object, required: [name], properties: {name: {type: string, minLength: 1}, bank: {type: object, properties: {bic: {type: string}}}}}\n\
         \x20       kind: {type: string, enum: [a, b]}\n\
         \x20       note: {type: string}\n\
         \x20   More:\n\
         \x20     allOf: [{$ref: '#/components/schemas/Base'}]\n\
         \x20     properties:\n\
         \x20       payer: {type: object, required: [email], properties: {email: {type: string}, name: {type: string, maxLength: 9}, bank: {type: object, properties: {iban: {type: string}}}}}\n\
         \x20       kind: {type: string}\n\
         \x20       note: {description: For the payer.}\n",
    );
    assert_eq!(found, [""; 0]);
    let (more, _) = component(&api, "More");
    let payer = property(&api, more, "payer").0.schema;
    assert_eq!(names(properties(&api, payer)), [("name", true), ("bank", false), ("email", true)]);
    let name = property(&api, payer, "name").1;
    assert_eq!((name.constraints.min_length, name.constraints.max_length), (Some(1), Some(9)));
    let bank = property(&api, payer, "bank").0.schema;
    assert_eq!(names(properties(&api, bank)), [("bic", false), ("iban", false)]);
    let kind = property(&api, more, "kind").0.schema;
    assert!(matches!(api.schemas.get(api.schemas.resolve(kind)).unwrap().shape, Shape::Enumeration(_)));
    let (note, schema) = property(&api, more, "note");
    assert_eq!(api.schemas.get(api.schemas.resolve(note.schema)).unwrap().shape, TEXT);
    assert_eq!(schema.docs.description.as_deref(), Some("For the payer."));
}

#[test]
fn schemas_that_hold_themselves_end() {
    let (api, found) = schemas(
        "    Node: {type: object, properties: {next: {$ref: '#/components/schemas/Node'}, all: {type: array, items: {$ref: '#/components/schemas/Node'}}}}\n\
         \x20   Other: {type: object, properties: {next: {$ref: '#/components/schemas/Other'}, name: {type: string}}}\n\
         \x20   Both: {allOf: [{$ref: '#/components/schemas/Node'}, {$ref: '#/components/schemas/Other'}]}\n\
         \x20   Lists: {type: array, items: {$ref: '#/components/schemas/Lists'}}\n",
    );
    assert_eq!(found, [""; 0]);
    let (node, _) = component(&api, "Node");
    assert_eq!(api.schemas.resolve(property(&api, node, "next").0.schema), node);
    // What follows is a node and another at once, and so is what follows that.
    let (both, _) = component(&api, "Both");
    let next = property(&api, both, "next").0.schema;
    assert_eq!(names(properties(&api, next)), [("next", false), ("all", false), ("name", false)]);
    assert_eq!(property(&api, next, "next").0.schema, next);
    let (lists, schema) = component(&api, "Lists");
    let Shape::List(list) = &schema.shape else { panic!("a list") };
    assert_eq!(api.schemas.resolve(list.items.unwrap()), lists);
}

#[test]
fn names_of_our_own_reach_properties_and_types() {
    let (api, _) = schemas(
        "    A: {type: object, x-specie-name: Account, properties: {b: {type: string, x-specie-name: balance}}}\n\
         \x20   B: {allOf: [{$ref: '#/components/schemas/A'}], properties: {b: {type: string}}}\n",
    );
    let (a, schema) = component(&api, "A");
    assert_eq!(schema.given_name.as_ref().unwrap().text, "Account");
    assert_eq!(property(&api, a, "b").0.given_name.as_ref().unwrap().text, "balance");
    // A later part leaves the name to an earlier one.
    let (b, _) = component(&api, "B");
    assert_eq!(property(&api, b, "b").0.given_name.as_ref().unwrap().text, "balance");
}

#[test]
fn later_versions_are_read_in_the_same_terms() {
    let (api, found) = later_schemas(
        "    Maybe: {type: [string, 'null']}\n\
         \x20   Either: {type: [string, integer, 'null'], minLength: 2}\n\
         \x20   Pair: {type: array, prefixItems: [{type: string}, {type: integer}], items: false}\n\
         \x20   One: {const: a}\n\
         \x20   Beside: {$ref: '#/components/schemas/Object', properties: {more: {type: string}}}\n\
         \x20   Object: {type: object, properties: {a: {type: string}}, patternProperties: {'^x': {type: integer}}}\n\
         \x20   Both: {allOf: [{patternProperties: {'^x': {type: string}}}, {patternProperties: {'^x': {maxLength: 3}}}]}\n\
         \x20   Bounds: {type: number, minimum: 1, exclusiveMinimum: 1.0}\n",
    );
    assert_eq!(found, [""; 0]);
    let (maybe, schema) = component(&api, "Maybe");
    assert_eq!((&schema.shape, api.schemas.is_nullable(maybe)), (&TEXT, true));
    let either = component(&api, "Either").1;
    let Shape::Union(either) = &either.shape else { panic!("{either:?}") };
    let shapes: Vec<_> = either.branches.iter().map(|branch| &api.schemas.get(branch.schema).unwrap().shape).collect();
    assert_eq!(shapes, [&TEXT, &Shape::Integer { format: None }]);
    let Shape::List(pair) = &component(&api, "Pair").1.shape else { panic!("a list") };
    assert_eq!(pair.prefix.len(), 2);
    assert_eq!(api.schemas.get(pair.items.unwrap()).unwrap().shape, Shape::Any(Untyped::Never));
    let Shape::Enumeration(one) = &component(&api, "One").1.shape else { panic!("a value") };
    assert_eq!(one.values[0].value, Value::String("a".into()));
    let (beside, _) = component(&api, "Beside");
    assert_eq!(names(properties(&api, beside)), [("a", false), ("more", false)]);
    let Shape::Object(object) = &component(&api, "Object").1.shape else { panic!("an object") };
    assert_eq!(object.patterns[0].0, "^x");
    let Shape::Object(both) = &component(&api, "Both").1.shape else { panic!("an object") };
    let [(pattern, schema)] = &*both.patterns else { panic!("what both say together: {both:?}") };
    let matched = api.schemas.get(*schema).unwrap();
    assert_eq!((&**pattern, matched.constraints.max_length), ("^x", Some(3)));
    assert_eq!(api.schemas.get(api.schemas.resolve(*schema)).unwrap().shape, TEXT);
    let bound = component(&api, "Bounds").1.constraints.minimum.clone().unwrap();
    assert_eq!((&*bound.value, bound.exclusive), ("1.0", true));
}

#[test]
fn all_that_a_schema_asserts_is_carried_over_whatever_types_keep_of_its_values() {
    let (api, found) = schemas(
        "    Open: {type: object, properties: {a: {type: integer}}, enum: [{a: 1}]}\n\
         \x20   OfOpen: {type: array, uniqueItems: true, items: {$ref: '#/components/schemas/Open'}}\n",
    );
    assert_eq!(found, [""; 0]);
    let open = component(&api, "Open").1;
    let asserted: Vec<&Assertion> = open.constraints.asserted.iter().map(|one| &one.assertion).collect();
    assert_eq!(asserted, [&Assertion::Enum(vec!["{\"a\":1}".to_owned()])]);
    let items = component(&api, "OfOpen").1;
    assert!(items.constraints.unique_items && items.omitted.is_empty());
}

#[test]
fn unevaluated_properties_beside_patterns_are_all_others_where_no_other_schema_evaluates_them() {
    let (api, _) = later_schemas(
        "    Alone: {type: object, patternProperties: {'^x': {type: integer}}, unevaluatedProperties: {type: boolean}}\n\
         \x20   Beside:\n\
         \x20     allOf: [{properties: {a: {}}}]\n\
         \x20     type: object\n\
         \x20     patternProperties: {'^x': {type: integer}}\n\
         \x20     unevaluatedProperties: false\n",
    );
    let alone = component(&api, "Alone").1;
    let [crate::api::Asserted { assertion: Assertion::Properties { others, .. }, .. }] =
        alone.constraints.asserted.as_slice()
    else {
        panic!("{:?}", alone.constraints.asserted)
    };
    assert_eq!(others, &[Assertion::Type(vec![crate::api::ValueType::Boolean])]);
    let beside = component(&api, "Beside").1;
    assert_eq!(beside.omitted.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["patternProperties"]);
}

#[test]
fn branches_that_state_formats_are_not_counted() {
    let (api, found) = schemas(
        "    Address: {type: string, oneOf: [{format: ipv4}, {format: ipv6}]}\n\
         \x20   Day: {type: string, anyOf: [{format: date}, {format: date-time}]}\n",
    );
    assert_eq!(found, [""; 0]);
    for (name, keyword) in [("Address", "oneOf"), ("Day", "anyOf")] {
        let (_, schema) = component(&api, name);
        assert_eq!((&schema.shape, schema.constraints.asserted.len()), (&TEXT, 0), "{name}");
        assert_eq!(schema.omitted.iter().map(|(keyword, _)| *keyword).collect::<Vec<_>>(), [keyword]);
    }
}

/// JSON Schema 2020-12, Validation, 9.3 and 9.4.
#[test]
fn what_a_part_says_of_its_direction_and_age_counts() {
    let (api, found) = later_schemas(
        "    Text: {type: string}\n\
         \x20   Given: {type: string, readOnly: true}\n\
         \x20   A:\n\
         \x20     type: object\n\
         \x20     properties:\n\
         \x20       r: {allOf: [{$ref: '#/components/schemas/Text'}, {readOnly: true}]}\n\
         \x20       w: {allOf: [{$ref: '#/components/schemas/Text'}, {allOf: [{writeOnly: true}], maxLength: 3}]}\n\
         \x20       d: {allOf: [{$ref: '#/components/schemas/Text'}, {deprecated: true}]}\n\
         \x20       g: {allOf: [{$ref: '#/components/schemas/Given'}, {maxLength: 3}]}\n\
         \x20       n: {allOf: [{$ref: '#/components/schemas/Text'}, {description: More.}]}\n\
         \x20   B: {allOf: [{$ref: '#/components/schemas/A'}, {type: object, properties: {n: {allOf: [{readOnly: true}], deprecated: true}}}]}\n",
    );
    assert_eq!(found, [""; 0]);
    let flags = |component_name: &str, name: &str| {
        let (stated, schema) = property(&api, component(&api, component_name).0, name);
        let chain = || api.schemas.chain(stated.schema);
        (chain().any(|one| one.read_only), chain().any(|one| one.write_only), schema.docs.deprecated)
    };
    let found = ["r", "w", "d", "g", "n"].map(|name| flags("A", name));
    let (plain, given) = ((false, false, false), (true, false, false));
    assert_eq!(found, [given, (false, true, false), (false, false, true), given, plain]);
    assert_eq!(flags("B", "n"), (true, false, true));
}
