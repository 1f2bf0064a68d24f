//! Schemas that are found by their anchors and ids.

use super::*;

#[test]
fn schemas_are_found_by_the_names_that_they_give_themselves() {
    let (api, found) = later_schemas(
        "    Tree: {$dynamicAnchor: node, type: object, properties: {below: {type: array, items: {$dynamicRef: '#node'}}}}\n\
         \x20   Amount: {$anchor: money, $id: 'https://example.com/amount', type: string}\n\
         \x20   Price: {$ref: '#money'}\n\
         \x20   Cost: {$ref: '#money', maxLength: 9}\n",
    );
    assert_eq!(found, [""; 0]);
    let (tree, _) = component(&api, "Tree");
    let below = resolved_schema(&api, property(&api, tree, "below").0.schema);
    let Shape::List(list) = &below.shape else { panic!("{below:?}") };
    assert_eq!(api.schemas.resolve(list.items.unwrap()), tree);
    let (amount, _) = component(&api, "Amount");
    assert_eq!(api.schemas.resolve(component(&api, "Price").0), amount);
    let (cost, schema) = component(&api, "Cost");
    assert_eq!((api.schemas.resolve(cost), schema.constraints.max_length), (amount, Some(9)));
    assert_eq!(later_schemas("    A: {$ref: '#nobody'}\n").1, ["dangling-reference"]);
}

#[test]
fn a_dynamic_reference_is_ambiguous_where_several_schemas_have_its_anchor() {
    let (api, _) = later_schemas(
        "    A: {$dynamicAnchor: one, type: object, properties: {x: {$dynamicRef: '#one'}}}\n\
         \x20   B: {$dynamicAnchor: two, type: object, properties: {x: {$dynamicRef: '#two'}}}\n\
         \x20   C: {$dynamicAnchor: two, type: object}\n",
    );
    let omitted = |name: &str| {
        let (id, _) = component(&api, name);
        api.schemas.get(property(&api, id, "x").0.schema).unwrap().omitted.len()
    };
    assert_eq!((omitted("A"), omitted("B")), (0, 1));
}

/// What is read in place of it holds whichever of the schemas is meant.
#[test]
fn an_ambiguous_dynamic_reference_is_what_all_schemas_with_its_anchor_take_over() {
    let (api, _) = later_schemas(
        "    Page: {type: object, properties: {items: {type: array, items: {$dynamicRef: '#item'}}}, $defs: {none: {$dynamicAnchor: item, not: {}}}}\n\
         \x20   Users: {$ref: '#/components/schemas/Page', $defs: {user: {$dynamicAnchor: item, type: string}}}\n\
         \x20   Tree: {$dynamicAnchor: node, type: object, properties: {below: {type: array, items: {$dynamicRef: '#node'}}}}\n\
         \x20   Strict: {$dynamicAnchor: node, allOf: [{$ref: '#/components/schemas/Tree'}], unevaluatedProperties: false}\n",
    );
    let item = |name: &str, list: &str| {
        let schema = resolved_schema(&api, property(&api, component(&api, name).0, list).0.schema);
        let Shape::List(list) = &schema.shape else { panic!("{schema:?}") };
        api.schemas.resolve(list.items.unwrap())
    };
    assert_eq!(api.schemas.get(item("Page", "items")).unwrap().shape, Shape::Any(Untyped::NoType));
    assert_eq!(item("Tree", "below"), component(&api, "Tree").0);
}
