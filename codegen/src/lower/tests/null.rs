//! Where null is a value: of schemas, of unions and of what parts say together.

use super::*;

#[test]
fn null_of_a_branch_is_kept_where_the_branches_become_one_enum() {
    let (api, _) = later_schemas(
        "    Plain: {anyOf: [{const: a}, {type: [string, 'null']}]}\n\
         \x20   Wrapped: {anyOf: [{const: a}, {allOf: [{type: [string, 'null']}]}]}\n\
         \x20   Values: {anyOf: [{allOf: [{enum: [a, null]}]}, {const: b}]}\n\
         \x20   Refused: {anyOf: [{const: a}, {allOf: [{type: [string, 'null']}, {enum: [b]}]}]}\n\
         \x20   Listed: {enum: [a], anyOf: [{maxLength: 3}, {allOf: [{type: [string, 'null']}]}]}\n\
         \x20   Holder:\n\
         \x20     properties: {p: {allOf: [{anyOf: [{allOf: [{const: a}]}, {allOf: [{type: [string, 'null']}]}]}]}}\n",
    );
    let nullable = |name| api.schemas.is_nullable(component(&api, name).0);
    let found = ["Plain", "Wrapped", "Values", "Refused", "Listed"].map(nullable);
    assert_eq!(found, [true, true, true, false, false]);
    assert!(api.schemas.is_nullable(property(&api, component(&api, "Holder").0, "p").0.schema));
}

#[test]
fn null_is_no_value_where_an_assertion_refuses_it() {
    let (api, _) = later_schemas(
        "    N: {type: [object, 'null'], properties: {id: {type: string}}}\n\
         \x20   Own: {type: [string, 'null'], not: {type: 'null'}}\n\
         \x20   If: {type: [string, 'null'], if: {type: 'null'}, then: false}\n\
         \x20   Listed: {type: [string, 'null'], not: {enum: [null, x]}}\n\
         \x20   Parts: {allOf: [{$ref: '#/components/schemas/N'}, {properties: {q: {type: string}}}, {not: {const: null}}]}\n\
         \x20   Others: {allOf: [{$ref: '#/components/schemas/N'}, {properties: {q: {type: string}}}, {not: {type: string}}]}\n",
    );
    let nullable = |name: &&str| api.schemas.is_nullable(component(&api, name).0);
    assert_eq!(
        ["Own", "If", "Listed", "Parts", "Others"].iter().filter(|name| nullable(name)).collect::<Vec<_>>(),
        [&"Others"]
    );
}

#[test]
fn null_is_a_value_where_the_document_says_so() {
    let (api, _) = schemas(
        "    Stated: {type: string, nullable: true}\n\
         \x20   Listed: {type: string, nullable: true, enum: [a, null]}\n\
         \x20   Around: {nullable: true, allOf: [{type: string}]}\n\
         \x20   Branch: {oneOf: [{type: string}, {type: string, enum: [null], nullable: true}]}\n\
         \x20   Alias: {$ref: '#/components/schemas/Stated'}\n\
         \x20   Single: {oneOf: [{type: string}]}\n",
    );
    for name in ["Stated", "Listed", "Around", "Branch", "Alias"] {
        assert!(api.schemas.is_nullable(component(&api, name).0), "{name}");
    }
    // A union of one says nothing of null.
    let (single, _) = component(&api, "Single");
    assert!(!api.schemas.is_nullable(single));
    assert_eq!(api.schemas.get(api.schemas.resolve(single)).unwrap().shape, TEXT);
}

#[test]
fn null_in_a_union_that_is_a_branch_is_a_value_of_the_whole() {
    let (api, _) = later_schemas(
        "    Open: {anyOf: [{const: a}, {oneOf: [{type: string}, {type: 'null'}]}]}\n\
         \x20   Closed: {anyOf: [{const: a}, {oneOf: [{const: b}, {type: 'null'}]}]}\n",
    );
    for name in ["Open", "Closed"] {
        let schema = component(&api, name).1;
        assert!(schema.nullable && matches!(schema.shape, Shape::Enumeration(_)), "{schema:?}");
    }
}

#[test]
fn null_is_allowed_where_each_of_several_schemas_allows_it() {
    let (api, _) = schemas(
        "    Guest: {type: object, nullable: true, properties: {id: {type: string}}}\n\
         \x20   Other: {type: object, nullable: true, properties: {at: {type: string}}}\n\
         \x20   Both: {allOf: [{$ref: '#/components/schemas/Guest'}, {$ref: '#/components/schemas/Other'}]}\n\
         \x20   Narrowed: {allOf: [{$ref: '#/components/schemas/Guest'}, {required: [id]}]}\n\
         \x20   Object: {allOf: [{$ref: '#/components/schemas/Guest'}, {type: object}]}\n\
         \x20   Listed: {allOf: [{type: string, nullable: true}, {enum: [a]}]}\n",
    );
    let nullable =
        ["Both", "Narrowed", "Object", "Listed"].map(|name| api.schemas.is_nullable(component(&api, name).0));
    assert_eq!(nullable, [true, true, false, false]);
}

#[test]
fn null_that_is_refused_is_no_value_of_what_allows_it() {
    let (api, found) = later_schemas(
        "    Name: {type: [string, 'null'], maxLength: 5}\n\
         \x20   Named: {type: object, properties: {name: {$ref: '#/components/schemas/Name'}}}\n\
         \x20   Part: {allOf: [{$ref: '#/components/schemas/Name'}, {not: {type: 'null'}}]}\n\
         \x20   Beside: {$ref: '#/components/schemas/Name', not: {type: 'null'}}\n\
         \x20   Kept: {allOf: [{$ref: '#/components/schemas/Name'}, {description: More.}]}\n\
         \x20   Both: {allOf: [{$ref: '#/components/schemas/Named'}, {properties: {name: {not: {type: 'null'}}}}]}\n",
    );
    assert_eq!(found, [""; 0]);
    for name in ["Part", "Beside"] {
        let (id, schema) = component(&api, name);
        assert!(!api.schemas.is_nullable(id), "{name}");
        assert_eq!((&schema.shape, schema.constraints.max_length), (&TEXT, Some(5)), "{name}");
    }
    assert!(api.schemas.is_nullable(component(&api, "Kept").0));
    assert!(!api.schemas.is_nullable(property(&api, component(&api, "Both").0, "name").0.schema));
}

#[test]
fn null_that_a_branch_takes_by_its_parts_is_refused_all_the_same() {
    let (api, _) = later_schemas(
        "    Plain: {oneOf: [{type: [string, 'null']}, {type: integer}]}\n\
         \x20   Wrapped: {oneOf: [{allOf: [{type: [string, 'null']}]}, {type: integer}]}\n\
         \x20   OfPlain: {allOf: [{$ref: '#/components/schemas/Plain'}, {not: {type: 'null'}}]}\n\
         \x20   OfWrapped: {allOf: [{$ref: '#/components/schemas/Wrapped'}, {not: {type: 'null'}}]}\n",
    );
    for name in ["OfPlain", "OfWrapped"] {
        assert!(!component(&api, name).1.is_reference(), "{name}");
    }
}

#[test]
fn null_is_no_value_beside_another_constant() {
    let (api, _) = later_schemas(
        "    Text: {type: string}\n\
         \x20   Constant: {type: [string, 'null'], const: z}\n\
         \x20   Null: {type: [string, 'null'], const: null}\n\
         \x20   OrNull: {oneOf: [{type: string}, {type: 'null'}]}\n\
         \x20   OrConstant: {oneOf: [{const: z}, {type: 'null'}]}\n\
         \x20   RefOrNull: {anyOf: [{$ref: '#/components/schemas/Text'}, {type: 'null'}]}\n\
         \x20   Beside: {$ref: '#/components/schemas/Text', type: [string, 'null']}\n\
         \x20   Former: {type: string, nullable: true, allOf: [{$ref: '#/components/schemas/Text'}]}\n",
    );
    let nullable = |name: &&str| api.schemas.is_nullable(component(&api, name).0);
    let all = ["Constant", "OrNull", "OrConstant", "RefOrNull", "Beside", "Former"];
    assert_eq!(all.iter().filter(|name| !nullable(name)).collect::<Vec<_>>(), [&"Constant"]);
    assert_eq!(component(&api, "Null").1.shape, Shape::Null);
}

#[test]
fn null_is_no_value_where_other_values_are_listed() {
    let (api, _) = later_schemas(
        "    Listed: {type: [string, 'null'], enum: [a, b]}\n\
         \x20   Null: {type: [string, 'null'], enum: [a, null]}\n\
         \x20   Mixed: {type: [string, integer, 'null'], enum: [a, 1]}\n\
         \x20   Text: {type: [string, 'null']}\n\
         \x20   Beside: {$ref: '#/components/schemas/Text', enum: [a, b]}\n\
         \x20   Around: {type: [string, 'null'], $ref: '#/components/schemas/Listed'}\n\
         \x20   Parts: {allOf: [{$ref: '#/components/schemas/Text'}, {enum: [a, b]}]}\n\
         \x20   Alias: {$ref: '#/components/schemas/Listed'}\n\
         \x20   Own: {enum: [a, b], oneOf: [{type: string}, {type: 'null'}]}\n\
         \x20   Branch: {oneOf: [{enum: [a, b]}, {type: 'null'}]}\n\
         \x20   Refused: {anyOf: [{type: [string, 'null'], not: {type: 'null'}}, {type: 'null'}]}\n\
         \x20   Union: {anyOf: [{type: [string, 'null'], enum: [a]}, {type: integer}]}\n\
         \x20   Former: {type: string, nullable: true, enum: [a, b]}\n\
         \x20   OfFormer: {type: string, nullable: true, allOf: [{$ref: '#/components/schemas/Listed'}]}\n\
         \x20   Holder: {allOf: [{properties: {p: {$ref: '#/components/schemas/Text'}}}, {properties: {p: {enum: [a]}}}]}\n",
    );
    let nullable = |name: &&str| api.schemas.is_nullable(component(&api, name).0);
    let all = [
        "Listed", "Null", "Mixed", "Text", "Beside", "Around", "Parts", "Alias", "Own", "Branch", "Refused", "Union",
        "Former", "OfFormer",
    ];
    let expected = ["Null", "Text", "Branch", "Refused", "Former", "OfFormer"];
    let found: Vec<&str> = all.into_iter().filter(nullable).collect();
    assert_eq!(found, expected);
    assert!(!api.schemas.is_nullable(property(&api, component(&api, "Holder").0, "p").0.schema));
}
