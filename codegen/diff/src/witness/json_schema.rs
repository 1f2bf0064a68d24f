//! A schema of a document as JSON Schema 2020-12, in one piece.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use specie_codegen::api::{Direction, Key};
use specie_codegen::instance::integer_range;
use specie_codegen::pointer;

use super::circular_references;
use super::references::{COMPONENTS, named, references};

/// How many references lead from a schema to those that are judged with it. Below them anything is allowed: the change is near, and in large
/// documents every schema leads to nearly all others.
const STEPS: usize = 3;

/// How deep parts of parts are looked into.
const DEPTH: usize = 8;

/// With how many components it is judged at most, unless it refers to more itself: each change of a large document is judged.
const MANY: usize = 60;

/// The schema with the components that it refers to, and whether these are all; `None` where it refers to anything else. In the direction in
/// which its values travel no property is required that only travels in the other one.
pub(super) fn of(document: &Value, key: &Key, sender: Direction, branches: Branches) -> Option<(Value, bool)> {
    let dialect = Dialect::of(document, sender, branches);
    let whole = dialect.at(key)?;
    let mut found: Map<String, Value> = Map::new();
    let mut next = Vec::new();
    references(&whole, &mut next)?;
    for step in 0..STEPS {
        next.retain(|name| !found.contains_key(name));
        next.sort_unstable();
        next.dedup();
        if step > 0 && found.len() + next.len() > MANY {
            break;
        }
        for name in std::mem::take(&mut next) {
            if !found.contains_key(&name) {
                let schema = dialect.component(&name)?;
                references(&schema, &mut next)?;
                found.insert(name, schema);
            }
        }
    }
    next.retain(|name| !found.contains_key(name));
    let is_whole = next.is_empty();
    found.extend(next.into_iter().map(|name| (name, Value::Bool(true))));
    circular_references::is_finite(&whole, &found)
        .then(|| (json!({"allOf": [whole], "components": {"schemas": found}}), is_whole))
}

/// The schema without the components that it refers to.
pub(super) fn alone(document: &Value, key: &Key, sender: Direction) -> Option<Value> {
    Dialect::of(document, sender, Branches::ByDiscriminator).at(key)
}

/// What tells branches of a union apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Branches {
    /// Its discriminator, where it has one.
    ByDiscriminator,
    /// What each branch says, as JSON Schema does it.
    ByThemselves,
}

/// Keywords that OpenAPI 3.0 does not have, so that they say nothing in its documents (OpenAPI 3.0.4, Schema Object).
const LATER: &[&str] = &[
    "const",
    "patternProperties",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "prefixItems",
    "contains",
    "minContains",
    "maxContains",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "if",
    "then",
    "else",
    "unevaluatedItems",
    "unevaluatedProperties",
    "$dynamicRef",
];

/// The text of a component.
pub(super) fn component<'a>(document: &'a Value, name: &str) -> Option<&'a Value> {
    document.get("components")?.get("schemas")?.get(name)
}

/// How schemas of a document are to be read.
struct Dialect<'a> {
    document: &'a Value,
    /// Whether it is of OpenAPI 3.0.
    is_old: bool,
    sender: Direction,
    branches: Branches,
}

impl<'a> Dialect<'a> {
    fn of(document: &'a Value, sender: Direction, branches: Branches) -> Self {
        let is_old = document.get("openapi").and_then(Value::as_str).is_some_and(|version| version.starts_with("3.0"));
        Self { document, is_old, sender, branches }
    }

    /// What a schema of the document says.
    fn at(&self, key: &Key) -> Option<Value> {
        match key {
            Key::Component(name) => self.component(name),
            Key::Pointer(pointer) => self.document.pointer(pointer).map(|stated| self.schema(stated)),
        }
    }

    /// A component. Where it extends one that lists it, that one stands for what it says beside its list.
    fn component(&self, name: &str) -> Option<Value> {
        let stated = component(self.document, name)?;
        let own_reference = json!({"$ref": format!("{COMPONENTS}{}", pointer::escape(name))});
        let beside: Vec<Option<Value>> = match stated.get("allOf").and_then(Value::as_array) {
            Some(parts) => parts.iter().map(|part| self.beside_list(part, &own_reference)).collect(),
            None => Vec::new(),
        };
        if beside.iter().all(Option::is_none) {
            return Some(self.schema(stated));
        }
        let mut extended = stated.clone();
        let parts = extended.get_mut("allOf").and_then(Value::as_array_mut).into_iter().flatten();
        for (part, beside) in parts.zip(beside) {
            if let Some(beside) = beside {
                *part = beside;
            }
        }
        Some(self.schema(&extended))
    }

    /// What a component that a part refers to says beside its list of branches; `None` where the branch is not in the list.
    fn beside_list(&self, part: &Value, branch: &Value) -> Option<Value> {
        let target = named(part.get("$ref")?.as_str()?)?;
        let Value::Object(parent) = component(self.document, &target)? else { return None };
        let lists_it = |key: &str| parent.get(key).and_then(Value::as_array).is_some_and(|all| all.contains(branch));
        if !lists_it("oneOf") && !lists_it("anyOf") {
            return None;
        }
        let stays = |keyword: &str| !matches!(keyword, "oneOf" | "anyOf" | "discriminator");
        let beside = parent.iter().filter(|(keyword, _)| stays(keyword));
        Some(Value::Object(beside.map(|(keyword, value)| (keyword.clone(), value.clone())).collect()))
    }

    fn schema(&self, stated: &Value) -> Value {
        let Value::Object(stated) = stated else { return stated.clone() };
        // Beside a reference nothing else counts (OpenAPI 3.0.4, Reference Object).
        if let (true, Some(target)) = (self.is_old, stated.get("$ref")) {
            return json!({"$ref": target});
        }
        let mut out = Map::new();
        for (keyword, value) in stated {
            if let Some(value) = self.keyword(keyword, value) {
                out.insert(keyword.clone(), value);
            }
        }
        let mut absent = BTreeSet::new();
        self.absent(stated, DEPTH, &mut absent);
        not_required(&mut out, &absent);
        if self.is_old {
            Self::of_old(stated, &mut out);
        }
        if let Some(told_apart) = self.told_apart(stated) {
            // Branches that overlap are told apart by the property, whatever else they have in common.
            out.remove("oneOf");
            let all = out.entry("allOf").or_insert_with(|| json!([]));
            if let Value::Array(all) = all {
                all.push(told_apart);
            }
        }
        let encoding = stated.get("contentEncoding").filter(|_| !self.is_old).and_then(Value::as_str);
        let implied = [bounds_of_format(stated), text_of_encoding(stated, encoding), text_of_format(stated)];
        let implied = implied.into_iter().flatten();
        for implied in implied {
            if let Value::Array(all) = out.entry("allOf").or_insert_with(|| json!([])) {
                all.push(implied);
            }
        }
        // Without a type it is said of what the branches are.
        if self.is_old && stated.get("nullable") == Some(&Value::Bool(true)) && !stated.contains_key("type") {
            return json!({"anyOf": [{"type": "null"}, Value::Object(out)]});
        }
        Value::Object(out)
    }

    fn keyword(&self, keyword: &str, value: &Value) -> Option<Value> {
        if self.is_old && LATER.contains(&keyword) {
            return None;
        }
        let each = |value: &Value| match value {
            Value::Array(items) => Value::Array(items.iter().map(|item| self.schema(item)).collect()),
            other => other.clone(),
        };
        let named = |value: &Value| match value {
            Value::Object(all) => {
                Value::Object(all.iter().map(|(name, schema)| (name.clone(), self.schema(schema))).collect())
            }
            other => other.clone(),
        };
        Some(match keyword {
            "items"
            | "additionalProperties"
            | "not"
            | "if"
            | "then"
            | "else"
            | "contains"
            | "propertyNames"
            | "unevaluatedItems"
            | "unevaluatedProperties"
            | "contentSchema" => self.schema(value),
            "allOf" | "anyOf" | "oneOf" | "prefixItems" => each(value),
            "properties" | "patternProperties" | "dependentSchemas" | "$defs" => named(value),
            // What means nothing for values, or something else than in JSON Schema.
            "title" | "description" | "$comment" | "example" | "examples" | "default" | "discriminator" | "xml"
            | "externalDocs" | "$id" | "$anchor" | "$schema" => return None,
            _ if keyword.starts_with("x-") => return None,
            _ => value.clone(),
        })
    }

    /// The branches of a union as its discriminator tells them apart (OpenAPI 3.2.0, Discriminator Object), which JSON Schema does not have.
    fn told_apart(&self, stated: &Map<String, Value>) -> Option<Value> {
        if self.branches == Branches::ByThemselves {
            return None;
        }
        let discriminator = stated.get("discriminator")?;
        let property = discriminator.get("propertyName")?.as_str()?;
        let branches = stated.get("oneOf").or_else(|| stated.get("anyOf"))?.as_array()?;
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        let branch = |branch: &Value| {
            let target = branch.get("$ref")?.as_str()?;
            let name = named(target)?;
            let names_it = |value: &&String| {
                let to = mapping.and_then(|all| all.get(*value)).and_then(Value::as_str);
                to.is_some_and(|to| to == target || to == name.as_str())
            };
            let stated: Vec<&String> = mapping.into_iter().flat_map(Map::keys).filter(names_it).collect();
            let tags = if stated.is_empty() { json!([name]) } else { json!(stated) };
            Some(json!({"allOf": [{"$ref": target}], "required": [property], "properties": {property: {"enum": tags}}}))
        };
        let branches: Option<Vec<Value>> = branches.iter().map(branch).collect();
        Some(json!({"anyOf": branches?}))
    }

    /// The properties of a schema and its parts that only travel in the other direction.
    fn absent<'s>(&'s self, stated: &'s Map<String, Value>, depth: usize, found: &mut BTreeSet<&'s str>) {
        let flag = if self.sender == Direction::Request { "readOnly" } else { "writeOnly" };
        let properties = stated.get("properties").and_then(Value::as_object).into_iter().flatten();
        let absent = properties.filter(|(_, property)| self.has_flag(property, flag, DEPTH));
        found.extend(absent.map(|(name, _)| name.as_str()));
        for part in self.parts(stated).filter(|_| depth > 0).filter_map(Value::as_object) {
            self.absent(part, depth - 1, found);
        }
    }

    fn has_flag(&self, schema: &Value, flag: &str, depth: usize) -> bool {
        let Value::Object(stated) = schema else { return false };
        stated.get(flag) == Some(&Value::Bool(true))
            || depth > 0 && self.parts(stated).any(|part| self.has_flag(part, flag, depth - 1))
    }

    /// What a schema refers to, and its parts.
    fn parts<'s>(&'s self, stated: &'s Map<String, Value>) -> impl Iterator<Item = &'s Value> {
        let target = stated.get("$ref").and_then(Value::as_str).and_then(named);
        let referred = target.and_then(|name| component(self.document, &name));
        referred.into_iter().chain(stated.get("allOf").and_then(Value::as_array).into_iter().flatten())
    }

    /// What OpenAPI 3.0 writes in another way.
    fn of_old(stated: &Map<String, Value>, out: &mut Map<String, Value>) {
        if let (Some(Value::Bool(true)), Some(Value::String(kind))) = (stated.get("nullable"), stated.get("type")) {
            out.insert("type".into(), json!([kind, "null"]));
        }
        for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
            match stated.get(exclusive) {
                Some(Value::Bool(true)) => {
                    let value = out.remove(bound);
                    out.remove(exclusive);
                    out.extend(value.map(|value| (exclusive.to_owned(), value)));
                }
                Some(Value::Bool(false)) => drop(out.remove(exclusive)),
                _ => {}
            }
        }
    }
}

/// Takes properties from those that a schema and its parts require.
fn not_required(schema: &mut Map<String, Value>, absent: &BTreeSet<&str>) {
    if absent.is_empty() {
        return;
    }
    if let Some(Value::Array(names)) = schema.get_mut("required") {
        names.retain(|name| name.as_str().is_none_or(|name| !absent.contains(name)));
    }
    let parts = schema.get_mut("allOf").and_then(Value::as_array_mut).into_iter().flatten();
    for part in parts.filter_map(Value::as_object_mut) {
        not_required(part, absent);
    }
}

/// The bounds that a format of numbers sets and JSON Schema leaves to its readers (OpenAPI Format Registry).
fn bounds_of_format(stated: &Map<String, Value>) -> Option<Value> {
    let (least, most) = integer_range(stated.get("format")?.as_str()?)?;
    let (least, most) = (i64::try_from(least).ok()?, u64::try_from(most).ok()?);
    Some(json!({"minimum": least, "maximum": most}))
}

/// What texts of formats have at least of which the validator knows less: internationalized ones (RFC 6531 section 3.3, RFC 5890 section
/// 2.3.2.3), and those of OpenAPI (OpenAPI Format Registry).
fn text_of_format(stated: &Map<String, Value>) -> Option<Value> {
    match stated.get("format")?.as_str()? {
        "idn-email" => Some(json!({"pattern": "^.+@.+$"})),
        "idn-hostname" => Some(json!({"minLength": 1})),
        "decimal" => Some(json!({"pattern": "^[+-]?[0-9]+([.][0-9]+)?$"})),
        _ => None,
    }
}

/// The texts that an encoding of bytes has, which JSON Schema leaves to its readers (RFC 4648 sections 4 and 5).
fn text_of_encoding(stated: &Map<String, Value>, encoding: Option<&str>) -> Option<Value> {
    // What OpenAPI 3.0 calls a format.
    let is_byte = stated.get("format").and_then(Value::as_str) == Some("byte");
    match encoding.or(is_byte.then_some("base64"))? {
        "base64" => Some(json!({"pattern": "^[A-Za-z0-9+/]*={0,2}$"})),
        "base64url" => Some(json!({"pattern": "^[A-Za-z0-9_-]*={0,2}$"})),
        _ => None,
    }
}
