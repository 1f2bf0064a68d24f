//! Changes of a document, each of which finds its place by itself; `None`: the document has none.

use serde_json::{Map, Value, json};

/// What it does, in a few words, and doing it.
pub(super) type Mutation = (&'static str, fn(&mut Value) -> Option<()>);

pub(super) const MUTATIONS: &[Mutation] = &[
    ("an operation is gone", operation_gone),
    ("an operation is new", operation_new),
    ("another operationId", operation_renamed),
    ("a status is new", status_new),
    ("a documented error is gone", status_gone),
    ("an optional query parameter is new", |document| parameter_new(document, false)),
    ("a required query parameter is new", |document| parameter_new(document, true)),
    ("a request has a property more", |document| sent(document, |schema| property_new(schema, false))),
    ("a request has a required property more", |document| sent(document, |schema| property_new(schema, true))),
    ("a property of a request is gone", |document| sent(document, property_gone)),
    ("a property of a request is required", |document| sent(document, property_required)),
    ("a property of a response is new", |document| received(document, |schema| property_new(schema, false))),
    ("a property of a response is required and new", |document| {
        received(document, |schema| property_new(schema, true))
    }),
    ("a property of a response is gone", |document| received(document, property_gone)),
    ("a property of a response is optional", |document| received(document, property_optional)),
    ("a property of a response is of another type", |document| received(document, property_type)),
    ("a listed value is new", |document| listed(document, |values| values.push(json!("BRAND_NEW")))),
    ("a listed value is gone", |document| listed(document, |values| drop(values.pop()))),
    ("a component has another name", component_renamed),
    ("texts are shorter", longest),
    ("another title of the document", |document| text(document, "/info/title")),
    ("a server is new", server_new),
    ("no credentials are asked for", no_security),
    ("nothing says how to look a payment up", |document| unsaid(document, "x-specie-reconcile")),
    ("nothing says how pages turn", |document| unsaid(document, "x-specie-pagination")),
];

/// The operations of the document, in its order.
fn operations(document: &mut Value) -> impl Iterator<Item = &mut Map<String, Value>> {
    let paths =
        document.pointer_mut("/paths").and_then(Value::as_object_mut).into_iter().flat_map(|all| all.values_mut());
    let items = paths.filter_map(Value::as_object_mut).flat_map(|item| {
        item.iter_mut().filter(|(key, _)| ["get", "post", "put", "patch", "delete"].contains(&key.as_str()))
    });
    items.filter_map(|(_, operation)| operation.as_object_mut())
}

fn operation_gone(document: &mut Value) -> Option<()> {
    // What another operation is reconciled by has to stay.
    let paths = document.pointer_mut("/paths")?.as_object_mut()?;
    let name = paths
        .iter()
        .find(|(path, item)| path.contains("callback") || item.get("post").is_some() && !path.contains('{'))
        .map(|(path, _)| path.clone())?;
    paths.remove(&name).map(drop)
}

fn operation_new(document: &mut Value) -> Option<()> {
    let item = json!({"get": {"operationId": "brandNew", "responses": {"204": {"description": "Done."}}}});
    document.pointer_mut("/paths")?.as_object_mut()?.insert("/brand-new".into(), item);
    Some(())
}

fn operation_renamed(document: &mut Value) -> Option<()> {
    let operation = operations(document).find(|one| one.contains_key("parameters"))?;
    operation.insert("operationId".into(), json!("brandNewName"));
    Some(())
}

/// Takes away what the operations say by an extension key.
fn unsaid(document: &mut Value, key: &str) -> Option<()> {
    let gone = operations(document).filter_map(|one| one.remove(key)).count();
    (gone > 0).then_some(())
}

fn status_new(document: &mut Value) -> Option<()> {
    let responses = operations(document).next()?.get_mut("responses")?.as_object_mut()?;
    responses.insert("418".into(), json!({"description": "New."}));
    Some(())
}

fn status_gone(document: &mut Value) -> Option<()> {
    let responses = operations(document).next()?.get_mut("responses")?.as_object_mut()?;
    let status = responses.keys().find(|status| status.starts_with('4') && *status != "409").cloned()?;
    responses.remove(&status).map(drop)
}

fn parameter_new(document: &mut Value, required: bool) -> Option<()> {
    let parameter = json!({"name": "brandNew", "in": "query", "required": required, "schema": {"type": "string"}});
    let operation = operations(document).nth(1)?;
    operation.entry("parameters").or_insert_with(|| json!([])).as_array_mut()?.push(parameter);
    Some(())
}

/// A component with properties, of which bodies of requests or of responses refer to it first.
fn component<'a>(document: &'a mut Value, below: &str, test: impl Fn(&Value) -> bool) -> Option<&'a mut Value> {
    let mut names = Vec::new();
    for operation in operations(document) {
        references(operation.get(below).unwrap_or(&Value::Null), &mut names);
    }
    let schemas = document.pointer("/components/schemas")?;
    let name = names.into_iter().find(|name| schemas.get(name).is_some_and(&test))?;
    document.pointer_mut("/components/schemas")?.get_mut(&name)
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            let name =
                object.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix("#/components/schemas/"));
            found.extend(name.map(str::to_owned));
            object.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

fn has_properties(schema: &Value) -> bool {
    schema.get("properties").and_then(Value::as_object).is_some_and(|all| all.len() > 1)
}

fn sent(document: &mut Value, change: fn(&mut Value) -> Option<()>) -> Option<()> {
    if let Some(schema) = component(document, "requestBody", has_properties) {
        return change(schema);
    }
    let mut bodies = operations(document)
        .filter_map(|one| one.get_mut("requestBody")?.pointer_mut("/content/application~1json/schema"));
    change(bodies.find(|schema| has_properties(schema))?)
}

fn received(document: &mut Value, change: fn(&mut Value) -> Option<()>) -> Option<()> {
    change(component(document, "responses", has_properties)?)
}

fn required(schema: &mut Value) -> Option<&mut Vec<Value>> {
    schema.as_object_mut()?.entry("required").or_insert_with(|| json!([])).as_array_mut()
}

fn property_new(schema: &mut Value, is_required: bool) -> Option<()> {
    schema.get_mut("properties")?.as_object_mut()?.insert("brandNew".into(), json!({"type": "string"}));
    if is_required {
        required(schema)?.push(json!("brandNew"));
    }
    Some(())
}

/// A property that is required, or one that is not.
fn property(schema: &Value, is_required: bool) -> Option<String> {
    let listed = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut names = schema.get("properties")?.as_object()?.keys();
    names.find(|name| listed.contains(&json!(name)) == is_required).cloned()
}

fn property_gone(schema: &mut Value) -> Option<()> {
    let name = property(schema, false)?;
    schema.get_mut("properties")?.as_object_mut()?.remove(&name).map(drop)
}

fn property_required(schema: &mut Value) -> Option<()> {
    let name = property(schema, false)?;
    required(schema)?.push(json!(name));
    Some(())
}

fn property_optional(schema: &mut Value) -> Option<()> {
    let name = property(schema, true)?;
    required(schema)?.retain(|one| *one != json!(name));
    Some(())
}

fn property_type(schema: &mut Value) -> Option<()> {
    let name = property(schema, false).or_else(|| property(schema, true))?;
    *schema.get_mut("properties")?.get_mut(&name)? = json!({"type": "boolean"});
    Some(())
}

/// The first list of several texts among the components.
fn listed(document: &mut Value, change: fn(&mut Vec<Value>)) -> Option<()> {
    fn find(value: &mut Value) -> Option<&mut Vec<Value>> {
        let is_list = value
            .get("enum")
            .and_then(Value::as_array)
            .is_some_and(|all| all.len() > 1 && all.iter().all(Value::is_string));
        if is_list {
            return value.get_mut("enum")?.as_array_mut();
        }
        match value {
            Value::Object(object) => object.values_mut().find_map(find),
            Value::Array(items) => items.iter_mut().find_map(find),
            _ => None,
        }
    }
    change(find(document.pointer_mut("/components/schemas")?)?);
    Some(())
}

fn component_renamed(document: &mut Value) -> Option<()> {
    let mut names = Vec::new();
    operations(document).for_each(|one| references(one.get("responses").unwrap_or(&Value::Null), &mut names));
    let name = names.first()?;
    let text = document.to_string();
    let text = text.replace(&format!("#/components/schemas/{name}\""), "#/components/schemas/BrandNewName\"");
    *document = serde_json::from_str(&text).ok()?;
    let schemas = document.pointer_mut("/components/schemas")?.as_object_mut()?;
    let schema = schemas.remove(name)?;
    schemas.insert("BrandNewName".into(), schema);
    Some(())
}

fn longest(document: &mut Value) -> Option<()> {
    sent(document, |schema| {
        let properties = schema.get_mut("properties")?.as_object_mut()?.values_mut();
        let mut texts = properties.filter(|one| one.get("type") == Some(&json!("string")) && one.get("enum").is_none());
        texts.next()?.as_object_mut()?.insert("maxLength".into(), json!(7));
        Some(())
    })
}

fn text(document: &mut Value, pointer: &str) -> Option<()> {
    *document.pointer_mut(pointer)? = json!("Brand new");
    Some(())
}

fn server_new(document: &mut Value) -> Option<()> {
    document
        .pointer_mut("/servers")?
        .as_array_mut()?
        .push(json!({"url": "https://brand.new", "description": "Brand new"}));
    Some(())
}

fn no_security(document: &mut Value) -> Option<()> {
    document.as_object_mut()?.remove("security")?;
    operations(document).for_each(|one| drop(one.remove("security")));
    Some(())
}
