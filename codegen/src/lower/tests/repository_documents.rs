//! Every document of the repository: nothing that stands in its text is missing from its API.

use super::*;
use crate::resolve;
use crate::source::{FileId, Span};

/// A document as it stands in the repository, read by nothing that lowering reads.
struct Whole {
    name: String,
    source: Source,
    api: Api,
    root: Json,
}

fn every_document() -> Vec<Whole> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut all = Vec::new();
    for folder in ["specs", "tests/fixtures/accepted"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let name = entry.unwrap().file_name().to_string_lossy().into_owned();
            if Path::new(&name).extension().is_some_and(|extension| extension == "yaml") {
                all.push(Whole::read(&root, folder, name));
            }
        }
    }
    assert!(all.len() > 30, "{}", all.len());
    all
}

impl Whole {
    fn read(root: &Path, folder: &str, name: String) -> Self {
        let mut read = |path: &str| fs::read_to_string(root.join(path)).map_err(|error| error.to_string());
        let source = syntax::gather(&format!("{folder}/{name}"), folder, &mut read).source;
        let (api, found) = crate::lower::api(&resolved(&source));
        assert!(!found.has_errors(), "{name}");
        let (documents, _) = syntax::read(&source);
        let (bundled, _) = resolve::bundled(&source, documents, Strictness::Lenient);
        Self { name, source, api, root: bundled.expect("a document").root.to_json() }
    }

    /// What a value is, or the component that it refers to.
    fn follow<'a>(&'a self, value: &'a Json) -> &'a Json {
        let mut at = value;
        while let Some(reference) = at.get("$ref") {
            at = self.root.pointer(reference.as_str().unwrap().trim_start_matches('#')).unwrap();
        }
        at
    }

    /// Each operation of the document with its address and method.
    fn operations(&self) -> Vec<(String, String, &Json, &Json)> {
        let paths = self.root["paths"].as_object().unwrap().iter();
        let items = paths.map(|(path, item)| (path.clone(), self.follow(item)));
        let operations = items.flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().iter();
            let is_method = |key: &str| key == "query" || crate::http::METHODS.contains(&key);
            let methods = methods.filter(move |(key, _)| is_method(key));
            let methods = methods.map(|(method, operation)| (method.to_ascii_uppercase(), operation));
            let further = item["additionalOperations"].as_object().into_iter().flatten();
            let further = further.map(|(method, operation)| (method.clone(), operation));
            methods.chain(further).map(move |(method, operation)| (path.clone(), method, item, operation))
        });
        operations.collect()
    }

    fn media_types(holder: &Json) -> BTreeSet<String> {
        holder["content"].as_object().map(|content| content.keys().cloned().collect()).unwrap_or_default()
    }

    /// The properties of a schema and of the parts of its `allOf`, and those that must be there.
    fn members(&self, schema: &Json) -> (BTreeSet<String>, BTreeSet<String>) {
        let mut found = (BTreeSet::new(), BTreeSet::new());
        if schema.get("$ref").is_some() {
            let pointer = schema["$ref"].as_str().unwrap().trim_start_matches('#');
            found = self.members(self.root.pointer(pointer).unwrap());
        }
        found.0.extend(schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone()));
        let required = schema["required"].as_array().into_iter().flatten();
        found.1.extend(required.filter_map(Json::as_str).map(str::to_owned));
        for part in schema["allOf"].as_array().into_iter().flatten() {
            let (properties, required) = self.members(part);
            found.0.extend(properties);
            found.1.extend(required);
        }
        found
    }
}

/// What several places say together stands at one of them; nothing stands at the start of the document for want of a place.
#[test]
fn every_schema_of_every_document_has_its_place() {
    for whole in every_document() {
        for (_, schema) in whole.api.schemas.iter() {
            assert_ne!(schema.span, Span::START, "{:?} of {}", schema.key, whole.name);
            if let Shape::Union(union) = &schema.shape {
                assert_ne!(union.span, Span::START, "{:?} of {}", schema.key, whole.name);
            }
        }
    }
}

/// What the text of a span says, without quotes and escapes.
fn text(source: &Source, span: Span) -> String {
    let text = &source.text(span.file)[span.start as usize..span.end as usize];
    let scalar = syntax::tree(&Source::new("span.yaml", text), FileId::ROOT);
    scalar.and_then(|scalar| scalar.text().map(str::to_owned)).unwrap_or_default()
}

fn capitalized(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}

#[test]
fn every_property_and_bound_of_every_document_leads_to_its_key() {
    for Whole { name, source, api, .. } in every_document() {
        for (_, schema) in api.schemas.iter() {
            for (keyword, span) in &schema.keyword_spans {
                // In OpenAPI 3.0, `exclusiveMinimum` is a flag beside the number.
                let key = text(&source, span.key);
                assert!(key == *keyword || *keyword == format!("exclusive{}", capitalized(&key)), "{name}: {key}");
            }
            let bounds = &schema.constraints;
            let has = |keywords: &[&str]| schema.keyword_spans.iter().any(|(keyword, _)| keywords.contains(keyword));
            assert!(bounds.minimum.is_none() || has(&["minimum", "exclusiveMinimum"]), "{name}: {:?}", schema.key);
            assert!(bounds.max_length.is_none() || has(&["maxLength"]), "{name}: {:?}", schema.key);
            assert!(bounds.pattern.is_none() || has(&["pattern"]), "{name}: {:?}", schema.key);
            let Shape::Object(object) = &schema.shape else { continue };
            for property in &object.properties {
                let key = text(&source, property.span.key);
                if key == "discriminator" && key != property.name {
                    // The schema does not have it, and its values do.
                    continue;
                }
                assert_eq!(key, property.name, "{name}");
                let required = property.required_span.map(|span| text(&source, span));
                assert_eq!(required.as_ref(), property.required.then_some(&property.name), "{name}");
            }
            for (beside, span) in &object.required_beside {
                assert_eq!(text(&source, *span), *beside, "{name}");
            }
            for constant in &object.constants {
                let key = text(&source, constant.span.key);
                assert!(key == constant.name || key == "discriminator", "{name}: {key}");
            }
        }
        for list in &api.servers {
            for variable in list.servers.iter().flat_map(|server| &server.variables) {
                assert_eq!(text(&source, variable.span.key), variable.name, "{name}");
            }
        }
    }
}

#[test]
fn every_operation_parameter_and_response_of_every_document_is_there() {
    for whole in every_document() {
        let stated = whole.operations();
        assert_eq!(whole.api.operations.len(), stated.len(), "{}", whole.name);
        for (path, method, item, operation) in stated {
            let place = format!("{} {method} {path}", whole.name);
            let found = whole.api.operations.iter().find(|one| one.path() == path && one.method.as_str() == method);
            let found = found.unwrap_or_else(|| panic!("{place}"));
            let lists = [&item["parameters"], &operation["parameters"]];
            let stated: BTreeMap<_, _> = lists
                .into_iter()
                .filter_map(Json::as_array)
                .flatten()
                .map(|parameter| whole.follow(parameter))
                .map(|one| {
                    let is_header = one["in"] == "header";
                    let name = one["name"].as_str().unwrap();
                    let name = if is_header { name.to_ascii_lowercase() } else { name.to_owned() };
                    ((one["in"].as_str().unwrap().to_owned(), name), one["required"] == true)
                })
                .collect();
            let lowered: BTreeMap<_, _> = found
                .parameters
                .iter()
                .map(|one| {
                    let (place, name) = match one.place {
                        ParameterLocation::Path => ("path", one.name.clone()),
                        ParameterLocation::Query => ("query", one.name.clone()),
                        ParameterLocation::Header => ("header", one.name.to_ascii_lowercase()),
                        ParameterLocation::Cookie => ("cookie", one.name.clone()),
                        ParameterLocation::QueryString => panic!("{place}"),
                    };
                    ((place.to_owned(), name), one.required)
                })
                .collect();
            assert_eq!(lowered, stated, "{place}");
            assert_eq!(found.parameters.len(), stated.len(), "{place}");
            let body = found.request_body.as_ref();
            let lowered: BTreeSet<_> = body.iter().flat_map(|body| &body.content).map(|one| one.name.clone()).collect();
            assert_eq!(lowered, Whole::media_types(whole.follow(&operation["requestBody"])), "{place}");
            let stated: BTreeMap<_, _> = operation["responses"]
                .as_object()
                .unwrap()
                .iter()
                .map(|(status, response)| (status.to_uppercase(), Whole::media_types(whole.follow(response))))
                .collect();
            let media = |one: &crate::api::Response| one.content.iter().map(|one| one.name.clone()).collect();
            let lowered: BTreeMap<_, _> =
                found.responses.iter().map(|one| (one.status.to_string().to_uppercase(), media(one))).collect();
            assert_eq!(lowered, stated, "{place}");
        }
    }
}

#[test]
fn every_property_required_name_and_listed_value_of_every_document_is_there() {
    for whole in every_document() {
        let mut objects = 0;
        for (_, schema) in whole.api.schemas.iter() {
            let pointer = match &schema.key {
                Key::Component(name) => format!("/components/schemas/{name}"),
                Key::Pointer(pointer) => pointer.clone(),
            };
            // What several parts say together stands nowhere as a whole.
            let Some(stated) = whole.root.pointer(&pointer) else { continue };
            let place = format!("{} {pointer}", whole.name);
            if let Shape::Object(object) = &schema.shape {
                objects += 1;
                assert_eq!(members(object), whole.members(stated), "{place}");
            } else if let Shape::Reference(target) = schema.shape {
                let target = whole.api.schemas.resolve(target);
                let is_union = matches!(whole.api.schemas.get(target).unwrap().shape, Shape::Union(_));
                assert!(is_union || whole.members(stated) == members_of(&whole.api, target), "{place}");
            } else if let Shape::Union(union) = &schema.shape {
                // What stands beside the branches holds for each of them that is an object.
                let beside = whole.members(stated).0;
                let branches = union.branches.iter().map(|branch| whole.api.schemas.resolve(branch.schema));
                let is_object = |id: &SchemaId| matches!(whole.api.schemas.get(*id).unwrap().shape, Shape::Object(_));
                let objects: Vec<SchemaId> = branches.filter(is_object).collect();
                assert!(beside.is_empty() || !objects.is_empty(), "{place}");
                for branch in objects {
                    assert!(beside.is_subset(&members_of(&whole.api, branch).0), "{place}");
                }
            } else {
                assert!(whole.members(stated).0.is_empty() || matches!(schema.shape, Shape::Any(_)), "{place}");
            }
            // A union of lists is a list as well.
            if stated.get("anyOf").or(stated.get("oneOf")).is_some() {
                continue;
            }
            let constant = stated.get("const").into_iter();
            let is_open = matches!(&schema.shape, Shape::Enumeration(listed) if listed.open);
            let stated = stated[if is_open { "x-extensible-enum" } else { "enum" }]
                .as_array()
                .into_iter()
                .flatten()
                .chain(constant);
            let stated: Vec<_> = stated.filter(|one| !one.is_null()).collect();
            let listed = |shape: &Shape| match shape {
                Shape::Enumeration(listed) => listed.values.iter().map(|one| one.value.to_string()).collect(),
                _ => Vec::new(),
            };
            let mut lowered: Vec<String> = match &schema.shape {
                // Each branch lists the values of its type.
                Shape::Union(union) => union
                    .branches
                    .iter()
                    .flat_map(|branch| listed(&whole.api.schemas.get(branch.schema).unwrap().shape))
                    .collect(),
                shape => listed(shape),
            };
            let text =
                |one: &Json| if schema.is_text() && one.is_number() { format!("\"{one}\"") } else { one.to_string() };
            let mut stated: Vec<String> = stated.into_iter().map(text).collect();
            if matches!(schema.shape, Shape::Union(_)) {
                lowered.sort_unstable();
                stated.sort_unstable();
            }
            assert_eq!(lowered, stated, "{place}");
        }
        assert!(
            objects > 0 || whole.root["components"]["schemas"].is_null() || whole.name.contains("enum"),
            "{}",
            whole.name
        );
    }
}

fn members_of(api: &Api, id: SchemaId) -> (BTreeSet<String>, BTreeSet<String>) {
    match &api.schemas.get(api.schemas.resolve(id)).unwrap().shape {
        Shape::Object(object) => members(object),
        _ => Default::default(),
    }
}

/// The names of the properties of an object, and those that are required, without a discriminator that it does not declare.
fn members(object: &Object) -> (BTreeSet<String>, BTreeSet<String>) {
    let declared = || object.constants.iter().filter(|one| one.span.key != one.span.value);
    let constants = || declared().map(|one| one.name.clone());
    let required = object.properties.iter().filter(|one| one.required).map(|one| one.name.clone());
    let properties = object.properties.iter().map(|one| one.name.clone());
    (
        properties.chain(constants()).collect(),
        required.chain(object.required_beside.iter().map(|(name, _)| name.clone())).chain(constants()).collect(),
    )
}

impl Schema {
    fn is_text(&self) -> bool {
        matches!(&self.shape, Shape::Enumeration(listed) if matches!(*listed.base, Shape::String { .. }))
    }
}

#[test]
fn every_schema_stands_under_its_number_and_key() {
    for whole in every_document() {
        for (id, schema) in whole.api.schemas.iter() {
            assert_eq!(whole.api.schemas.find(&schema.key), Some(id), "{} {:?}", whole.name, schema.key);
            schema.shape.visit_parts(&mut |part| assert!(whole.api.schemas.get(part).is_some()));
        }
        whole.api.visit_schemas(&mut |id, _: Direction| {
            assert!(whole.api.schemas.get(id).is_some(), "{}", whole.name);
        });
    }
}
