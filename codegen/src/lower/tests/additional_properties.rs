//! What one part of an `allOf` says of properties that another one lists, and names that are required and listed nowhere.

use super::*;

fn object<'a>(api: &'a Api, name: &str) -> &'a Object {
    match &schema(api, component(api, name).0).shape {
        Shape::Object(object) => object,
        other => panic!("{name} is {other:?}"),
    }
}

fn schema(api: &Api, id: SchemaId) -> &Schema {
    api.schemas.get(api.schemas.resolve(id)).unwrap()
}

#[test]
fn additional_properties_of_one_part_are_those_that_another_lists() {
    let (api, found) = schemas(
        "    Base: {type: object, properties: {id: {type: integer}}, additionalProperties: {type: string, maxLength: 5}}\n\
         \x20   Thing:\n\
         \x20     allOf:\n\
         \x20       - {$ref: '#/components/schemas/Base'}\n\
         \x20       - type: object\n\
         \x20         properties: {day: {type: string, format: date}, code: {type: string, maxLength: 9, minLength: 2}, any: {}}\n",
    );
    assert_eq!(found, [""; 0]);
    let (thing, _) = component(&api, "Thing");
    let constraints = |name: &str| &property(&api, thing, name).1.constraints;
    assert_eq!((constraints("code").min_length, constraints("code").max_length), (Some(2), Some(5)));
    let day = schema(&api, property(&api, thing, "day").0.schema);
    assert_eq!(day.shape, Shape::String { format: Some("date".into()), encoding: None, media_type: None });
    assert_eq!(constraints("day").max_length, Some(5));
    let any = schema(&api, property(&api, thing, "any").0.schema);
    assert_eq!((&any.shape, any.constraints.max_length), (&TEXT, Some(5)));
    // The part lists this one itself.
    assert_eq!(property(&api, thing, "id").1.shape, Shape::Integer { format: None });
}

#[test]
fn a_property_that_says_all_of_the_further_ones_is_as_it_is_listed() {
    let (api, found) = schemas(
        "    Base: {type: object, additionalProperties: {type: string}}\n\
         \x20   Thing: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {day: {type: string, format: date}}}]}\n",
    );
    assert_eq!(found, [""; 0]);
    let (day, stated) = property(&api, component(&api, "Thing").0, "day");
    assert!(matches!(&stated.key, Key::Pointer(place) if place.ends_with("/properties/day")), "{day:?}");
}

#[test]
fn a_property_of_another_type_than_the_further_ones_is_told_and_stays_as_it_is_listed() {
    let (api, found) = schemas(
        "    Base: {type: object, additionalProperties: {type: string}}\n\
         \x20   Thing: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {count: {type: integer}}}]}\n",
    );
    assert_eq!(found, ["contradicting-all-of"]);
    assert_eq!(property(&api, component(&api, "Thing").0, "count").1.shape, Shape::Integer { format: None });
}

#[test]
fn all_parts_hold_for_properties_that_none_lists() {
    let (api, found) = later_schemas(
        "    Closed: {type: object, properties: {a: {}}, allOf: [{additionalProperties: false}], additionalProperties: true}\n\
         \x20   Both: {type: object, allOf: [{additionalProperties: {type: string, minLength: 1}}, {additionalProperties: {type: string, maxLength: 3}}, {additionalProperties: true}]}\n\
         \x20   Open: {type: object, allOf: [{additionalProperties: {type: string}}], unevaluatedProperties: false}\n\
         \x20   Apart: {type: object, allOf: [{unevaluatedProperties: false}, {additionalProperties: true}]}\n",
    );
    assert_eq!(found, [""; 0]);
    assert_eq!(
        (object(&api, "Closed").additional, object(&api, "Apart").additional),
        (Additional::None, Additional::None)
    );
    let Additional::Schema(both) = object(&api, "Both").additional else { panic!("{:?}", object(&api, "Both")) };
    let both = &api.schemas.get(both).unwrap().constraints;
    assert_eq!((both.min_length, both.max_length), (Some(1), Some(3)));
    // The further properties of the part are evaluated there.
    let Additional::Schema(open) = object(&api, "Open").additional else { panic!("{:?}", object(&api, "Open")) };
    assert_eq!(schema(&api, open).shape, TEXT);
}

#[test]
fn required_names_that_nothing_lists_are_asked_for_where_values_keep_them() {
    let (api, found) = schemas(
        "    Open: {type: object, required: [a, b], properties: {a: {type: string}}, additionalProperties: true}\n\
         \x20   Map: {type: object, required: [b], additionalProperties: {type: string}}\n\
         \x20   Passing: {type: object, required: [a, b], properties: {a: {type: string}}}\n",
    );
    assert_eq!(found, [""; 0]);
    let asserted = |name: &str| -> Vec<Assertion> {
        component(&api, name).1.constraints.asserted.iter().map(|one| one.assertion.clone()).collect()
    };
    let required = [Assertion::Required(vec!["b".to_owned()])];
    assert_eq!((asserted("Open"), asserted("Map")), (required.to_vec(), required.to_vec()));
    assert_eq!(asserted("Passing"), []);
}

/// JSON Schema 2020-12, Core, 11.3.
#[test]
fn what_a_condition_may_evaluate_is_not_refused() {
    let (api, found) = later_schemas(
        "    If: {type: object, properties: {k: {type: string}}, if: {required: [k]}, then: {properties: {x: {type: integer}}}, else: {properties: {y: {type: integer}}}, unevaluatedProperties: false}\n\
         \x20   Dependent: {type: object, properties: {k: {}}, dependentSchemas: {k: {properties: {x: {type: integer}}}}, unevaluatedProperties: false}\n\
         \x20   Twice: {type: object, if: {required: [k]}, then: {properties: {x: {type: integer}}}, else: {properties: {x: {type: string}}}, unevaluatedProperties: false}\n\
         \x20   Typed: {type: object, if: {required: [k]}, then: {properties: {x: {type: string}}}, unevaluatedProperties: {type: integer}}\n\
         \x20   Plain: {type: object, properties: {k: {}}, allOf: [{properties: {x: {type: integer}}}], unevaluatedProperties: false}\n",
    );
    assert_eq!(found, [""; 0]);
    let of = |name: &str| {
        let object = object(&api, name);
        let names: Vec<&str> = object.properties.iter().map(|property| &*property.name).collect();
        (names.join(" "), object.additional, component(&api, name).1.omitted.len())
    };
    assert_eq!(of("If"), ("k x y".to_owned(), Additional::None, 0));
    assert_eq!(of("Dependent"), ("k x".to_owned(), Additional::None, 0));
    assert_eq!(of("Twice"), (String::new(), Additional::Any, 0));
    assert_eq!(of("Typed"), (String::new(), Additional::Any, 1));
    assert_eq!(of("Plain"), ("x k".to_owned(), Additional::None, 0));
}

#[test]
fn what_conditional_schemas_list_is_there_where_they_hold() {
    let (api, _) = later_schemas(
        "    If: {type: object, properties: {k: {}}, if: {required: [k]}, then: {properties: {x: {}}}, else: {properties: {x: {type: string}, y: {}}}, unevaluatedProperties: false}\n\
         \x20   Nested: {type: object, properties: {k: {}}, dependentSchemas: {k: {dependentSchemas: {l: {properties: {x: {}}}}}}, unevaluatedProperties: false}\n\
         \x20   Any: {type: object, dependentSchemas: {k: {additionalProperties: true}}, unevaluatedProperties: false}\n\
         \x20   Chosen: {type: object, oneOf: [{required: [b], properties: {b: {}}, dependentSchemas: {b: {properties: {z: {}}}}}, {required: [c]}], unevaluatedProperties: false}\n",
    );
    let of = |name: &str| {
        let asserted = component(&api, name).1.constraints.asserted.iter();
        asserted.filter(|one| one.keyword == "unevaluatedProperties").map(|one| &one.assertion).collect::<Vec<_>>()
    };
    let has = |name: &str| vec![Assertion::Required(vec![name.to_owned()])];
    let (then, otherwise) = (has("k"), vec![Assertion::Not(has("k"))]);
    let conditions =
        vec![("x".to_owned(), vec![Assertion::AnyOf(vec![otherwise.clone(), then])]), ("y".to_owned(), otherwise)];
    let named = ["x", "y", "k"].map(|name| (name.to_owned(), Vec::new())).to_vec();
    let closed = Assertion::Properties { named, patterns: Vec::new(), others: vec![Assertion::Never] };
    assert_eq!(of("If"), [&closed, &Assertion::DependentSchemas(conditions)]);
    let both = vec![("x".to_owned(), [has("k"), has("l")].concat())];
    assert_eq!(of("Nested"), [&Assertion::DependentSchemas(both)]);
    assert_eq!((of("Any").len(), component(&api, "Any").1.omitted.len()), (0, 1));
    let Shape::Union(union) = &component(&api, "Chosen").1.shape else { panic!() };
    let Shape::Object(chosen) = &schema(&api, union.branches[0].schema).shape else { panic!() };
    let listed: Vec<&str> = chosen.properties.iter().map(|property| &*property.name).collect();
    assert_eq!((listed, chosen.additional), (vec!["b", "z"], Additional::None));
}

#[test]
fn several_branches_of_any_of_may_evaluate_properties_of_one_value() {
    let (api, _) = later_schemas(
        "    A: {type: object, anyOf: [{required: [b], properties: {b: {type: integer}}}, {required: [c], properties: {c: {type: integer}}}], unevaluatedProperties: false}\n\
         \x20   O: {type: object, oneOf: [{required: [b], properties: {b: {type: integer}}}, {required: [c], properties: {c: {type: integer}}}], unevaluatedProperties: false}\n",
    );
    let of = |name: &str| {
        let Shape::Union(union) = &component(&api, name).1.shape else { panic!("{name}") };
        let branches = union.branches.iter().map(|branch| match &schema(&api, branch.schema).shape {
            Shape::Object(object) => (object.properties.len(), object.additional),
            other => panic!("{other:?}"),
        });
        branches.collect::<Vec<_>>()
    };
    assert_eq!(of("A"), [(2, Additional::None); 2]);
    assert_eq!(of("O"), [(1, Additional::None); 2]);
}

#[test]
fn patterns_of_a_part_are_all_that_may_be_there_beside_what_is_listed() {
    let (api, _) = later_schemas(
        "    Pattern: {type: object, patternProperties: {'^x-': {type: string}}}\n\
         \x20   A: {allOf: [{$ref: '#/components/schemas/Pattern'}], properties: {a: {type: integer}}, unevaluatedProperties: false}\n",
    );
    let asserted = &component(&api, "A").1.constraints.asserted;
    let closed = asserted.iter().find(|one| one.keyword == "unevaluatedProperties").expect("an assertion");
    let named = |name: &str| vec![(name.to_owned(), Vec::new())];
    let (named, patterns) = (named("a"), named("^x-"));
    assert_eq!(closed.assertion, Assertion::Properties { named, patterns, others: vec![Assertion::Never] });
}
