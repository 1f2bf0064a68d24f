//! Documents that are written in another way and mean the same: nothing of them changes on the wire.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use specie_codegen::api::Api;
use specie_codegen::source::Source;
use specie_codegen::{Strictness, api_and_document, gather};
use specie_diff::{Finding, Rule, compare};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The documents that are read: the specs, and the fixtures that are accepted.
fn documents() -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for folder in ["specs", "tests/fixtures/accepted"] {
        let folder = root().join(folder);
        let mut paths: Vec<PathBuf> =
            fs::read_dir(&folder).expect("a folder").flatten().map(|one| one.path()).collect();
        paths.sort();
        for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "yaml")) {
            let mut read = |name: &str| fs::read_to_string(name).map_err(|error| error.to_string());
            let gathered = gather(&path.to_string_lossy(), &folder.to_string_lossy(), &mut read);
            let Some(found_one) = api_and_document(&gathered, Strictness::Lenient, &[]).0 else { continue };
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            found.push((name, serde_json::from_str(&found_one.document).expect("JSON")));
        }
    }
    assert!(found.len() > 40, "{} documents", found.len());
    found
}

fn api(document: &Value) -> Result<Api, String> {
    of_text(document.to_string())
}

fn of_text(text: String) -> Result<Api, String> {
    let (found, diagnostics) = api_and_document(&Source::new("t.json", text), Strictness::Lenient, &[]);
    found
        .map(|one| one.api)
        .ok_or_else(|| diagnostics.iter().map(|one| one.message.as_str()).take(3).collect::<Vec<_>>().join("; "))
}

/// What is found beside notes that break nothing and say nothing of values.
fn changes(old: &Value, new: &Value) -> Result<Vec<String>, String> {
    let say = |one: Finding| format!("{} {} {:?}", one.rule.id(), one.subject(), (one.before, one.after));
    Ok(compare(&api(old)?, &api(new)?).into_iter().map(say).collect())
}

/// Compares each document with itself, written in another way; `least` documents have to be another text.
#[track_caller]
fn silent(rewrite: fn(&mut Value), least: usize) {
    let (mut rewritten, mut wrong) = (0, Vec::new());
    for (name, document) in documents() {
        let mut other = document.clone();
        rewrite(&mut other);
        if other == document {
            continue;
        }
        match changes(&document, &other) {
            Ok(found) => {
                rewritten += 1;
                wrong.extend(found.into_iter().map(|change| format!("{name}: {change}")));
            }
            Err(problem) => wrong.push(format!("{name}: is not read any more: {problem}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(rewritten >= least, "{rewritten} documents were rewritten");
}

/// Calls `each` on every schema object of a document, those within schemas after what they are in.
fn schemas(document: &mut Value, each: &mut dyn FnMut(&mut Map<String, Value>)) {
    fn schema(value: &mut Value, each: &mut dyn FnMut(&mut Map<String, Value>)) {
        let Value::Object(object) = value else { return };
        each(object);
        for (keyword, value) in object.iter_mut() {
            match (keyword.as_str(), value) {
                ("items" | "additionalProperties" | "not", value) => schema(value, each),
                ("properties" | "patternProperties", Value::Object(all)) => {
                    all.values_mut().for_each(|one| schema(one, each));
                }
                ("allOf" | "anyOf" | "oneOf" | "prefixItems", Value::Array(all)) => {
                    for one in all.iter_mut() {
                        schema(one, each);
                    }
                }
                _ => {}
            }
        }
    }
    fn other(value: &mut Value, each: &mut dyn FnMut(&mut Map<String, Value>)) {
        match value {
            Value::Object(object) => {
                for (key, value) in object.iter_mut() {
                    match key.as_str() {
                        "schema" => schema(value, each),
                        "schemas" => value
                            .as_object_mut()
                            .into_iter()
                            .flat_map(Map::values_mut)
                            .for_each(|one| schema(one, each)),
                        "example" | "examples" | "default" => {}
                        _ => other(value, each),
                    }
                }
            }
            Value::Array(all) => all.iter_mut().for_each(|one| other(one, each)),
            _ => {}
        }
    }
    other(document, each);
}

const COMPONENTS: &str = "#/components/schemas/";

#[test]
fn references_that_are_written_out() {
    silent(
        |document| {
            let components = document.pointer("/components/schemas").cloned().unwrap_or_default();
            // A schema that refers to itself, or is a branch that its name tells apart, stays where it is.
            let leaf = |name: &str| {
                let schema = components.get(name)?;
                let text = schema.to_string();
                (!text.contains("$ref") && !text.contains("discriminator")).then(|| schema.clone())
            };
            let mut inline = |schema: &mut Map<String, Value>| {
                if schema.contains_key("discriminator") {
                    return;
                }
                for keyword in ["items", "additionalProperties"] {
                    if let Some(target) = schema.get(keyword).and_then(alone).and_then(leaf) {
                        schema.insert(keyword.to_owned(), target);
                    }
                }
                let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
                for property in properties.into_iter().flat_map(Map::values_mut) {
                    if let Some(target) = alone(property).and_then(leaf) {
                        *property = target;
                    }
                }
            };
            schemas(document, &mut inline);
        },
        8,
    );
}

/// The component that a reference without anything beside it names.
fn alone(schema: &Value) -> Option<&str> {
    let object = schema.as_object().filter(|object| object.len() == 1)?;
    object.get("$ref")?.as_str()?.strip_prefix(COMPONENTS)
}

#[test]
fn schemas_that_become_components() {
    silent(
        |document| {
            let mut made: Map<String, Value> = Map::new();
            let mut extract = |schema: &mut Map<String, Value>| {
                let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
                for property in properties.into_iter().flat_map(Map::values_mut) {
                    let is_plain = property.as_object().is_some_and(|object| {
                        !object.contains_key("$ref")
                            && !object
                                .keys()
                                .any(|key| key == "readOnly" || key == "writeOnly" || key.starts_with("x-"))
                    });
                    if is_plain {
                        let name = format!("Extracted{}", made.len());
                        let target = json!({"$ref": format!("{COMPONENTS}{name}")});
                        made.insert(name, std::mem::replace(property, target));
                    }
                }
            };
            schemas(document, &mut extract);
            if let Some(known) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
                known.extend(made);
            } else if !made.is_empty() {
                document["components"]["schemas"] = Value::Object(made);
            }
        },
        20,
    );
}

#[test]
fn another_order() {
    /// JSON whose objects and lists of names and parameters are turned around.
    fn turned(value: &Value, is_list_of_names: bool) -> String {
        match value {
            Value::Object(object) => {
                let is_turned = |key: &str, one: &Value| match one.as_array() {
                    Some(all) => key == "required" && all.iter().all(Value::is_string) || key == "parameters",
                    None => false,
                };
                let member =
                    |(key, one): (&String, &Value)| format!("{}:{}", json!(key), turned(one, is_turned(key, one)));
                format!("{{{}}}", object.iter().rev().map(member).collect::<Vec<_>>().join(","))
            }
            Value::Array(all) => {
                let mut items: Vec<String> = all.iter().map(|one| turned(one, false)).collect();
                if is_list_of_names {
                    items.reverse();
                }
                format!("[{}]", items.join(","))
            }
            other => other.to_string(),
        }
    }
    let mut wrong = Vec::new();
    for (name, document) in documents() {
        let (one, other) =
            (api(&document).expect("a document"), of_text(turned(&document, false)).expect("a document"));
        let found = compare(&one, &other);
        wrong.extend(found.into_iter().map(|change| format!("{name}: {} {}", change.rule.id(), change.subject())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn parameters_of_paths_by_other_names() {
    silent(
        |document| {
            let paths =
                document.get_mut("paths").and_then(Value::as_object_mut).map(std::mem::take).unwrap_or_default();
            let renamed = paths.into_iter().map(|(path, mut item)| {
                let names: BTreeSet<String> =
                    path.split('{').skip(1).filter_map(|piece| Some(piece.split_once('}')?.0.to_owned())).collect();
                // A link or a callback may name a parameter, and `matrix` writes its name.
                let text = item.to_string();
                if ["$request.path", "links", "matrix"].iter().any(|word| text.contains(word)) {
                    return (path, item);
                }
                for name in &names {
                    rename(&mut item, name);
                }
                let path = names
                    .iter()
                    .fold(path, |path, name| path.replace(&format!("{{{name}}}"), &format!("{{{name}Renamed}}")));
                (path, item)
            });
            let renamed: Map<String, Value> = renamed.collect();
            if !renamed.is_empty() {
                document["paths"] = Value::Object(renamed);
            }
            let shared = document.pointer_mut("/components/parameters").and_then(Value::as_object_mut);
            for parameter in
                shared.into_iter().flat_map(Map::values_mut).filter(|one| one.get("in") == Some(&json!("path")))
            {
                if let Some(Value::String(name)) = parameter.get_mut("name") {
                    name.push_str("Renamed");
                }
            }
        },
        4,
    );
}

/// Renames a parameter of a path wherever it is declared in an item of `paths`.
fn rename(value: &mut Value, name: &str) {
    match value {
        Value::Object(object) => {
            if object.get("in") == Some(&json!("path")) && object.get("name") == Some(&json!(name)) {
                object.insert("name".into(), json!(format!("{name}Renamed")));
            }
            object.values_mut().for_each(|one| rename(one, name));
        }
        Value::Array(all) => all.iter_mut().for_each(|one| rename(one, name)),
        _ => {}
    }
}

#[test]
fn version_3_0_as_3_1() {
    silent(
        |document| {
            if !document.get("openapi").and_then(Value::as_str).is_some_and(|version| version.starts_with("3.0")) {
                return;
            }
            document["openapi"] = json!("3.1.1");
            schemas(document, &mut |schema| {
                // Beside a reference nothing else counts in 3.0.
                if let Some(target) = schema.get("$ref").cloned() {
                    schema.retain(|key, _| key == "$ref" || key.starts_with("x-"));
                    schema.insert("$ref".into(), target);
                    return;
                }
                if schema.remove("nullable") == Some(json!(true)) {
                    match schema.get("type").cloned() {
                        Some(kind @ Value::String(_)) => drop(schema.insert("type".into(), json!([kind, "null"]))),
                        _ => drop(schema.insert("nullable".into(), json!(true))),
                    }
                }
                for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
                    match schema.remove(exclusive) {
                        Some(Value::Bool(true)) => {
                            let value = schema.remove(bound);
                            schema.extend(value.map(|value| (exclusive.to_owned(), value)));
                        }
                        Some(Value::Bool(false)) | None => {}
                        Some(other) => drop(schema.insert(exclusive.to_owned(), other)),
                    }
                }
            });
        },
        10,
    );
}

#[test]
fn objects_that_are_taken_apart_by_all_of() {
    silent(
        |document| {
            schemas(document, &mut |schema| {
                let is_plain = schema.get("type") == Some(&json!("object"))
                    && schema
                        .keys()
                        .all(|key| ["type", "properties", "required", "description", "title"].contains(&key.as_str()));
                let Some(Value::Object(properties)) = schema.get("properties").filter(|_| is_plain) else { return };
                if properties.len() < 2 {
                    return;
                }
                let half = properties.len() / 2;
                let part = |skip: usize, take: usize| {
                    let some: Map<String, Value> = properties
                        .iter()
                        .skip(skip)
                        .take(take)
                        .map(|(name, one)| (name.clone(), one.clone()))
                        .collect();
                    json!({"type": "object", "properties": some})
                };
                let mut last = part(half, properties.len() - half);
                if let Some(required) = schema.get("required") {
                    last["required"] = required.clone();
                }
                let parts = json!([part(0, half), last]);
                schema.retain(|key, _| key == "description" || key == "title");
                schema.insert("allOf".into(), parts);
            });
        },
        15,
    );
}

#[test]
fn a_change_is_found_all_the_same() {
    // The comparisons above would be silent if nothing were compared.
    let (_, document) = documents().into_iter().find(|(name, _)| name == "omno.yaml").expect("the spec");
    let mut other = document.clone();
    let mut count = 0;
    schemas(&mut other, &mut |schema| {
        if schema.get("type") == Some(&json!("integer")) && count == 0 {
            schema.insert("type".into(), json!("boolean"));
            count += 1;
        }
    });
    let found = compare(&api(&document).expect("a document"), &api(&other).expect("a document"));
    assert!(found.iter().any(|one| one.rule == Rule::TypeChanged), "{found:?}");
}
