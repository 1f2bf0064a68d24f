//! What several schemas say of one value, and what a union is beside other keywords.

use super::*;

fn shape<'a>(api: &'a Api, name: &str) -> &'a Shape {
    &resolved_schema(api, component(api, name).0).shape
}

fn union<'a>(api: &'a Api, name: &str) -> &'a crate::api::Union {
    match shape(api, name) {
        Shape::Union(union) => union,
        other => panic!("{name}: {other:?}"),
    }
}

fn listed(api: &Api, name: &str) -> (Vec<String>, bool) {
    match shape(api, name) {
        Shape::Enumeration(listed) => (listed.values.iter().map(|one| one.value.to_string()).collect(), listed.open),
        other => panic!("{name}: {other:?}"),
    }
}

/// The properties with one value of a schema that is an object.
fn constants(api: &Api, id: SchemaId) -> Vec<String> {
    let Shape::Object(object) = &resolved_schema(api, id).shape else { panic!("an object") };
    object.constants.iter().map(|one| format!("{}={}", one.name, one.value.plain_text())).collect()
}

/// The names of the properties of each branch that is an object; those with one value come first.
fn branches(api: &Api, name: &str) -> Vec<String> {
    let of = |branch: &crate::api::Branch| {
        let mut all = constants(api, branch.schema);
        all.extend(properties(api, branch.schema).iter().map(|property| property.name.clone()));
        format!("{} [{}]", all.join(" "), branch.tags.join(" "))
    };
    union(api, name).branches.iter().map(of).collect()
}

const METHODS: &str = "    Card: {type: object, required: [method, last4], properties: {method: {type: string, enum: [card]}, last4: {type: string}}}\n\
     \x20   Bank: {type: object, required: [method, iban], properties: {method: {type: string, enum: [bank]}, iban: {type: string}}}\n";

#[test]
fn what_stands_beside_a_union_holds_for_each_branch() {
    let (api, found) = schemas(&format!(
        "{METHODS}\
         \x20   Payout: {{oneOf: [{{$ref: '#/components/schemas/Card'}}, {{$ref: '#/components/schemas/Bank'}}], discriminator: {{propertyName: method, mapping: {{card: Card, bank: Bank}}}}}}\n\
         \x20   Refund: {{allOf: [{{$ref: '#/components/schemas/Payout'}}, {{type: object, required: [memo], properties: {{memo: {{type: string}}}}}}]}}\n\
         \x20   Beside: {{type: object, properties: {{id: {{type: string}}}}, anyOf: [{{$ref: '#/components/schemas/Card'}}, {{$ref: '#/components/schemas/Bank'}}]}}\n\
         \x20   Only: {{type: object, oneOf: [{{$ref: '#/components/schemas/Card'}}, {{type: string}}]}}\n\
         \x20   Described: {{allOf: [{{$ref: '#/components/schemas/Payout'}}, {{description: More.}}]}}\n",
    ));
    assert_eq!(found, [""; 0]);
    assert_eq!(branches(&api, "Refund"), ["method=card memo last4 [card]", "method=bank memo iban [bank]"]);
    let refund = union(&api, "Refund");
    assert_eq!(refund.discriminator.as_ref().unwrap().property, "method");
    assert_eq!(refund.branches[0].component, Some(component(&api, "Card").0));
    let memo = properties(&api, refund.branches[0].schema).iter().find(|one| one.name == "memo").unwrap();
    assert!(memo.required);
    assert_eq!(branches(&api, "Beside"), ["method=card id last4 [card]", "method=bank id iban [bank]"]);
    // A text is no object.
    assert_eq!(names(properties(&api, component(&api, "Only").0)), [("method", true), ("last4", true)]);
    assert_eq!(api.schemas.resolve(component(&api, "Described").0), component(&api, "Payout").0);
}

#[test]
fn values_of_their_own_tell_branches_apart() {
    let (api, _) = schemas(&format!(
        "{METHODS}\
         \x20   Payout: {{oneOf: [{{$ref: '#/components/schemas/Card'}}, {{$ref: '#/components/schemas/Bank'}}]}}\n\
         \x20   Loose: {{oneOf: [{{$ref: '#/components/schemas/Card'}}, {{type: object, properties: {{method: {{type: string}}}}}}]}}\n",
    ));
    assert_eq!(branches(&api, "Payout"), ["method=card last4 [card]", "method=bank iban [bank]"]);
    assert_eq!(union(&api, "Payout").discriminator.as_ref().unwrap().property, "method");
    assert_eq!(union(&api, "Loose").discriminator, None);
}

#[test]
fn a_list_of_values_may_be_written_as_a_union() {
    let (api, found) = later_schemas(
        "    Open: {anyOf: [{type: string, enum: [card, bank]}, {type: string}]}\n\
         \x20   Closed: {oneOf: [{const: a, title: First, description: The first.}, {const: b}, {type: 'null'}]}\n\
         \x20   Referred: {anyOf: [{$ref: '#/components/schemas/Closed'}, {type: string, enum: [b, c]}]}\n\
         \x20   Numbers: {anyOf: [{type: integer, enum: [1]}, {type: integer, enum: [2]}]}\n\
         \x20   Formatted: {anyOf: [{type: string, enum: [now]}, {type: string, format: date-time}]}\n\
         \x20   Bounded: {anyOf: [{type: integer, enum: [2]}, {type: integer, maximum: 0}]}\n",
    );
    assert_eq!(found, [""; 0]);
    assert_eq!(listed(&api, "Open"), (vec!["\"card\"".into(), "\"bank\"".into()], true));
    assert_eq!(listed(&api, "Closed"), (vec!["\"a\"".into(), "\"b\"".into()], false));
    let Shape::Enumeration(closed) = shape(&api, "Closed") else { panic!("a list") };
    assert_eq!(closed.values[0].docs.description.as_deref(), Some("The first."));
    assert!(api.schemas.is_nullable(component(&api, "Closed").0));
    assert_eq!(listed(&api, "Numbers").0, ["1", "2"]);
    assert_eq!(union(&api, "Formatted").branches.len(), 2);
    // As a list with further values it would allow 1.
    assert_eq!(union(&api, "Bounded").branches.len(), 2);
}

#[test]
fn objects_that_fit_together_are_one_where_all_of_them_hold() {
    let (api, _) = schemas(
        "    Person: {type: object, properties: {name: {type: string}}}\n\
         \x20   Address: {type: object, properties: {city: {type: string}}}\n\
         \x20   Either: {anyOf: [{$ref: '#/components/schemas/Person'}, {$ref: '#/components/schemas/Address'}]}\n\
         \x20   Asks: {anyOf: [{$ref: '#/components/schemas/Person'}, {type: object, required: [vat], properties: {vat: {type: string}}}]}\n",
    );
    let either = union(&api, "Either");
    let branches: Vec<_> =
        either.branches.iter().map(|branch| names(properties(&api, api.schemas.resolve(branch.schema)))).collect();
    assert!(either.together);
    assert_eq!(branches, [vec![("name", false), ("city", false)], vec![("name", false)], vec![("city", false)]]);
    assert_eq!((union(&api, "Asks").branches.len(), union(&api, "Asks").together), (2, false));
}

#[test]
fn lists_and_values_of_several_parts_are_put_together() {
    let (api, found) = schemas(
        "    Base: {type: object, properties: {sets: {type: array, minItems: 1, items: {type: object, properties: {id: {type: string}}}}, kind: {type: string, enum: [a, b, c]}}}\n\
         \x20   More:\n\
         \x20     allOf:\n\
         \x20       - {$ref: '#/components/schemas/Base'}\n\
         \x20       - {type: object, properties: {sets: {type: array, items: {type: object, properties: {rules: {type: array, items: {type: string}}}}}, kind: {type: string, enum: [b, c, d]}}}\n\
         \x20   Count: {allOf: [{type: number, minimum: 1}, {type: integer, maximum: 9}]}\n\
         \x20   Rank: {allOf: [{type: integer, enum: [1, 2, 3]}, {enum: [3.0, 10e-1]}]}\n\
         \x20   Lists: {allOf: [{type: array, items: {type: string}}, {type: array, maxItems: 3}]}\n",
    );
    assert_eq!(found, [""; 0]);
    let (more, _) = component(&api, "More");
    let sets = resolved_schema(&api, property(&api, more, "sets").0.schema);
    let Shape::List(list) = &sets.shape else { panic!("{sets:?}") };
    assert_eq!(names(properties(&api, list.items.unwrap())), [("id", false), ("rules", false)]);
    assert_eq!(sets.constraints.min_items, Some(1));
    let kind = resolved_schema(&api, property(&api, more, "kind").0.schema);
    let Shape::Enumeration(kind) = &kind.shape else { panic!("{kind:?}") };
    assert_eq!(kind.values.iter().filter_map(|one| one.value.as_str()).collect::<Vec<_>>(), ["b", "c"]);
    let count = component(&api, "Count").1;
    assert_eq!(count.shape, Shape::Integer { format: None });
    assert!(count.constraints.minimum.is_some() && count.constraints.maximum.is_some());
    assert_eq!(listed(&api, "Rank").0, ["3", "1"]);
    let Shape::List(lists) = shape(&api, "Lists") else { panic!("a list") };
    assert_eq!(resolved_schema(&api, lists.items.unwrap()).shape, TEXT);
}

#[test]
fn a_parent_with_a_discriminator_stands_for_those_that_extend_it() {
    let (api, found) = schemas(
        "    Vessel: {type: object, required: [kind], properties: {kind: {type: string}, name: {type: string}}, discriminator: {propertyName: kind, mapping: {ferry: '#/components/schemas/Ferry', tug: Tug}}}\n\
         \x20   Ferry: {allOf: [{$ref: '#/components/schemas/Vessel'}, {type: object, properties: {cars: {type: integer}}}]}\n\
         \x20   Tug: {allOf: [{$ref: '#/components/schemas/Vessel'}]}\n\
         \x20   Holder: {type: object, properties: {vessel: {allOf: [{$ref: '#/components/schemas/Vessel'}]}}}\n\
         \x20   Alone: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}\n",
    );
    assert_eq!(found, [""; 0]);
    assert_eq!(branches(&api, "Vessel"), ["kind=ferry name cars [ferry]", "kind=tug name [tug]"]);
    let (tug, _) = component(&api, "Tug");
    assert_eq!(constants(&api, tug), ["kind=tug"]);
    let held = property(&api, component(&api, "Holder").0, "vessel").0.schema;
    assert_eq!(api.schemas.resolve(held), component(&api, "Vessel").0);
    assert!(matches!(shape(&api, "Alone"), Shape::Object(_)));
}

#[test]
fn a_schema_without_a_type_is_an_object_where_it_has_properties() {
    let (api, found) = schemas(
        "    Named: {properties: {a: {type: string}}}\n\
         \x20   Map: {additionalProperties: {type: string}}\n\
         \x20   Closed: {additionalProperties: false}\n\
         \x20   Long: {minLength: 3}\n\
         \x20   Part: {allOf: [{$ref: '#/components/schemas/Typed'}, {properties: {a: {type: string}}}]}\n\
         \x20   Typed: {type: object, properties: {b: {type: string}}}\n",
    );
    assert_eq!(found, ["assumed-type"; 2]);
    assert!(matches!(shape(&api, "Named"), Shape::Object(_)) && matches!(shape(&api, "Map"), Shape::Object(_)));
    for (name, assertion) in [("Closed", Assertion::MaxProperties(0)), ("Long", Assertion::MinLength(3))] {
        assert_eq!(*shape(&api, name), Shape::Any(Untyped::NoType));
        assert_eq!(component(&api, name).1.constraints.asserted[0].assertion, assertion);
    }
}

#[test]
fn values_say_their_type_where_no_keyword_does() {
    let (api, _) = later_schemas(
        "    Two: {const: 2}\n\
         \x20   Yes: {const: true}\n\
         \x20   Mixed: {enum: [1, a, null]}\n\
         \x20   Never: {enum: [a], allOf: [{enum: [b]}]}\n",
    );
    let base = |name: &str| match shape(&api, name) {
        Shape::Enumeration(listed) => (*listed.base).clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!((base("Two"), base("Yes")), (Shape::Integer { format: None }, Shape::Boolean));
    let mixed: Vec<_> =
        union(&api, "Mixed").branches.iter().map(|one| &resolved_schema(&api, one.schema).shape).collect();
    let values = |shape: &Shape| match shape {
        Shape::Enumeration(listed) => listed.values.iter().map(|one| one.value.to_string()).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(mixed.into_iter().map(values).collect::<Vec<_>>(), [["\"a\""], ["1"]]);
    assert!(api.schemas.is_nullable(component(&api, "Mixed").0));
    assert_eq!(*shape(&api, "Never"), Shape::Any(Untyped::Never));
}

#[test]
fn a_property_with_one_value_is_no_field_where_it_is_const_or_a_tag() {
    let (api, _) = later_schemas(
        "    Consts: {type: object, required: [t, n, f, d], properties: {t: {const: x}, n: {const: -2}, f: {type: boolean, enum: [true]}, d: {const: 1.5}, o: {const: y}}}\n\
         \x20   Listed: {type: object, required: [t], properties: {t: {type: string, enum: [x]}}}\n\
         \x20   Null: {type: object, required: [t], properties: {t: {oneOf: [{const: x}, {type: 'null'}]}}}\n\
         \x20   Sent: {type: object, required: [t], properties: {t: {const: x, writeOnly: true}}}\n\
         \x20   Hidden: {type: object, required: [t], properties: {t: {const: x, type: string, x-specie-sensitive: true}}}\n\
         \x20   Twice: {type: object, required: [t], properties: {t: {type: string, enum: [x]}}}\n\
         \x20   Other: {type: object, required: [t], properties: {t: {type: string, enum: [y]}}}\n\
         \x20   First: {oneOf: [{$ref: '#/components/schemas/Twice'}, {$ref: '#/components/schemas/Other'}], discriminator: {propertyName: t, mapping: {x: Twice, y: Other}}}\n\
         \x20   Second: {oneOf: [{$ref: '#/components/schemas/Twice'}, {$ref: '#/components/schemas/Other'}], discriminator: {propertyName: t, mapping: {z: Twice, y: Other}}}\n",
    );
    let of = |name: &str| constants(&api, component(&api, name).0);
    assert_eq!(of("Consts"), ["t=x", "n=-2", "f=true"]);
    assert_eq!(names(properties(&api, component(&api, "Consts").0)), [("d", true), ("o", false)]);
    // A later version may list more, unless a union tells its branches apart by it; two unions that differ settle nothing.
    for name in ["Listed", "Null", "Sent", "Hidden", "Twice"] {
        assert_eq!(of(name), [""; 0], "{name}");
    }
    assert_eq!(of("Other"), ["t=y"]);
}

#[test]
fn a_part_that_only_requires_a_property_counts() {
    let (api, found) = schemas(
        "    Contact: {type: object, properties: {email: {type: string}, phone: {type: string}}}\n\
         \x20   Caller: {allOf: [{$ref: '#/components/schemas/Contact'}, {required: [phone]}]}\n\
         \x20   Beside: {required: [email], allOf: [{$ref: '#/components/schemas/Contact'}]}\n",
    );
    assert_eq!(found, [""; 0]);
    let of = |name: &str| names(properties(&api, component(&api, name).0));
    assert_eq!(of("Contact"), [("email", false), ("phone", false)]);
    assert_eq!(of("Caller"), [("email", false), ("phone", true)]);
    assert_eq!(of("Beside"), [("email", true), ("phone", false)]);
}

#[test]
fn what_a_part_says_is_asserted_only_where_the_whole_is_free_json() {
    let (api, _) = schemas(
        "    Whole: {allOf: [{$ref: '#/components/schemas/Typed'}, {required: [b]}]}\n\
         \x20   Typed: {type: object, properties: {b: {type: string}}}\n\
         \x20   Free: {allOf: [{minLength: 3}, {required: [b]}]}\n",
    );
    let asserted = |schema: &Schema| schema.constraints.asserted.iter().map(|one| one.keyword).collect::<Vec<_>>();
    assert_eq!(asserted(component(&api, "Free").1), ["minLength", "required"]);
    assert_eq!(asserted(component(&api, "Whole").1), [""; 0]);
    assert!(api.schemas.iter().all(|(_, schema)| schema.omitted.is_empty()));

    // Each keyword that speaks of values of one type is asserted where none is stated.
    for keyword in ["uniqueItems: true", "minItems: 1", "minProperties: 1", "maxProperties: 2"] {
        let (api, _) = schemas(&format!("    Free: {{{keyword}}}\n"));
        let name = keyword.split(':').next().unwrap();
        assert_eq!(asserted(component(&api, "Free").1), [name]);
    }
    let (api, _) = schemas("    Free: {uniqueItems: false}\n");
    assert!(asserted(component(&api, "Free").1).is_empty());
}

#[test]
fn what_is_only_a_branch_has_the_value_that_leads_to_it() {
    let (api, _) = schemas(
        "    Plain: {type: object, required: [t], properties: {t: {type: string}}}\n\
         \x20   Listed: {type: object, properties: {t: {type: string, enum: [a, b], nullable: true}}}\n\
         \x20   Without: {type: object, properties: {x: {type: string}}}\n\
         \x20   Twice: {type: object, required: [t], properties: {t: {type: string}}}\n\
         \x20   Elsewhere: {type: object, required: [t], properties: {t: {type: string}}}\n\
         \x20   Dated: {type: object, required: [t], properties: {t: {type: string, format: date}}}\n\
         \x20   Holder: {type: object, properties: {one: {$ref: '#/components/schemas/Elsewhere'}, any: {$ref: '#/components/schemas/Any'}}}\n\
         \x20   Any:\n\
         \x20     oneOf: [{$ref: '#/components/schemas/Plain'}, {$ref: '#/components/schemas/Listed'}, {$ref: '#/components/schemas/Without'}, {$ref: '#/components/schemas/Twice'}, {$ref: '#/components/schemas/Elsewhere'}, {$ref: '#/components/schemas/Dated'}]\n\
         \x20     discriminator: {propertyName: t, mapping: {p: Plain, b: Listed, c: Twice, d: Twice, e: Elsewhere}}\n",
    );
    let of = |name: &str| constants(&api, component(&api, name).0);
    assert_eq!(
        (of("Plain"), of("Listed"), of("Without")),
        (vec!["t=p".into()], vec!["t=b".into()], vec!["t=Without".into()])
    );
    for name in ["Twice", "Elsewhere", "Dated"] {
        assert_eq!(of(name), [""; 0], "{name}");
    }
}

#[test]
fn values_that_the_types_of_branches_supply_tell_them_apart() {
    let (api, _) = schemas(
        "    Base: {type: object, required: [t], properties: {t: {type: string}}, discriminator: {propertyName: t, mapping: {p: First, b: Second}}}\n\
         \x20   First: {allOf: [{$ref: '#/components/schemas/Base'}]}\n\
         \x20   Second: {allOf: [{$ref: '#/components/schemas/Base'}]}\n\
         \x20   Some: {oneOf: [{$ref: '#/components/schemas/First'}, {$ref: '#/components/schemas/Second'}]}\n\
         \x20   Same: {anyOf: [{$ref: '#/components/schemas/First'}, {$ref: '#/components/schemas/First'}]}\n",
    );
    assert_eq!(branches(&api, "Some"), ["t=p [p]", "t=b [b]"]);
    assert_eq!(union(&api, "Some").discriminator.as_ref().unwrap().property, "t");
    assert_eq!(union(&api, "Same").discriminator, None);
}

#[test]
fn a_union_that_lists_what_extends_it_is_each_of_these() {
    let (api, found) = schemas(
        "    Pet: {type: object, required: [kind], properties: {kind: {type: string}}, oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {cat: Cat}}}\n\
         \x20   Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: integer}}}]}\n\
         \x20   Dog: {allOf: [{$ref: '#/components/schemas/Pet'}]}\n\
         \x20   Kitten: {allOf: [{$ref: '#/components/schemas/Cat'}, {type: object, properties: {age: {type: integer}}}]}\n",
    );
    assert_eq!(found, [""; 0]);
    let pet = union(&api, "Pet");
    let named = |name: &str| component(&api, name).0;
    let branches: Vec<SchemaId> = pet.branches.iter().map(|branch| api.schemas.resolve(branch.schema)).collect();
    assert_eq!(branches, [named("Cat"), named("Dog")]);
    let of = |name: &str| -> Vec<String> {
        properties(&api, named(name)).iter().map(|property| property.name.clone()).collect()
    };
    assert_eq!(of("Cat"), ["kind", "lives"]);
    assert_eq!(of("Kitten"), ["kind", "lives", "age"]);
    assert!(matches!(shape(&api, "Dog"), Shape::Object(_)));
}

#[test]
fn a_value_is_a_multiple_of_each_step() {
    let (api, found) = later_schemas(
        "    Two: {allOf: [{type: integer, multipleOf: 4}, {multipleOf: 6}, {multipleOf: 6.0}]}\n\
         \x20   A: {type: object, properties: {n: {type: integer, multipleOf: 4}}}\n\
         \x20   B: {allOf: [{$ref: '#/components/schemas/A'}, {type: object, properties: {n: {type: integer, multipleOf: 6}}}]}\n",
    );
    assert_eq!(found, [""; 0]);
    let steps = |schema: &Schema| {
        let asserted = schema.constraints.asserted.iter().map(|one| one.assertion.clone()).collect::<Vec<_>>();
        (schema.constraints.multiple_of.clone(), asserted)
    };
    let four = vec![Assertion::MultipleOf("4".to_owned())];
    assert_eq!(steps(component(&api, "Two").1), (Some("6.0".to_owned()), four.clone()));
    let (_, both) = property(&api, component(&api, "B").0, "n");
    assert_eq!(steps(both), (Some("6".to_owned()), four));
}

#[test]
fn what_another_part_says_of_items_holds() {
    let (api, found) = later_schemas(
        "    Limited: {allOf: [{type: array, items: {type: string}}, {items: {maxLength: 3}}]}\n\
         \x20   Secret: {allOf: [{type: array, items: {type: string}}, {items: {x-specie-sensitive: true}}]}\n\
         \x20   Told: {allOf: [{type: array, items: {type: string}}, {items: {description: Each.}}]}\n",
    );
    assert_eq!(found, [""; 0]);
    let items = |name: &str| match shape(&api, name) {
        Shape::List(list) => list.items.and_then(|items| api.schemas.get(items)).unwrap(),
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!(items("Limited").constraints.max_length, Some(3));
    assert!(matches!(items("Secret").sensitivity, Sensitivity::Secret(_)));
    for name in ["Limited", "Secret", "Told"] {
        let Shape::List(list) = shape(&api, name) else { panic!("{name}") };
        assert_eq!(resolved_schema(&api, list.items.unwrap()).shape, TEXT, "{name}");
    }
}

#[test]
fn what_two_schemas_derive_from_the_same_parts_is_one_schema() {
    let (api, found) = schemas(
        "    A: {type: object, properties: {x: {type: string, minLength: 1}}}\n\
         \x20   B: {type: object, properties: {x: {type: string, maxLength: 9}}}\n\
         \x20   One: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}\n\
         \x20   Two: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}\n",
    );
    assert!(found.is_empty(), "{found:?}");
    let (one, schema) = property(&api, component(&api, "One").0, "x");
    assert_eq!(schema.key, Key::Pointer("/components/schemas/One/properties/x".to_owned()));
    assert_eq!((schema.constraints.min_length, schema.constraints.max_length), (Some(1), Some(9)));
    assert_eq!(property(&api, component(&api, "Two").0, "x").0.schema, one.schema);
}
