//! Reads a schema of JSON Schema 2020-12 as a form.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use specie_codegen::instance::integer_range;

use super::super::references::named;
use super::atom::{Atom, Formula, JsonType, NormalForm};
use super::numbers::number;
use crate::schemas::{is_known_of_texts, restricting};

/// How many schemas are read for one.
const MOST: usize = 2_000;

/// Keywords that say nothing of values by themselves, or are read with others.
const SILENT: &[&str] =
    &["components", "deprecated", "$defs", "then", "else", "minContains", "maxContains", "nullable"];

/// Keywords that say together which properties there are, and which items.
const OF_PROPERTIES: &[&str] = &["properties", "patternProperties", "additionalProperties", "unevaluatedProperties"];
const OF_ITEMS: &[&str] = &["prefixItems", "items", "unevaluatedItems"];

/// Reads schemas of one document.
pub(super) struct FormReader<'a> {
    components: &'a Map<String, Value>,
    /// The components that are the same in another document.
    equal: &'a BTreeSet<String>,
    /// The components that are read at the moment.
    within: Vec<String>,
    left: usize,
}

impl<'a> FormReader<'a> {
    pub(super) const fn new(components: &'a Map<String, Value>, equal: &'a BTreeSet<String>) -> Self {
        Self { components, equal, within: Vec::new(), left: MOST }
    }

    /// The form of a schema; `None` where it cannot be read.
    pub(super) fn whole(&mut self, schema: &Value) -> Option<NormalForm> {
        self.left = self.left.checked_sub(1)?;
        let stated = match schema {
            Value::Bool(true) => return Some(NormalForm::any()),
            Value::Bool(false) => return Some(NormalForm::never()),
            other => other.as_object()?,
        };
        let mut all = Vec::new();
        for (keyword, value) in stated {
            all.push(self.keyword(keyword, value, stated)?);
        }
        if OF_PROPERTIES.iter().any(|keyword| stated.contains_key(*keyword)) {
            all.push(self.properties(stated)?);
        }
        if OF_ITEMS.iter().any(|keyword| stated.contains_key(*keyword)) {
            all.push(self.items(stated)?);
        }
        Some(NormalForm::all(all))
    }

    fn keyword(&mut self, keyword: &str, value: &Value, beside: &Map<String, Value>) -> Option<NormalForm> {
        if SILENT.contains(&keyword) || OF_PROPERTIES.contains(&keyword) || OF_ITEMS.contains(&keyword) {
            return Some(NormalForm::any());
        }
        match keyword {
            "$ref" => self.reference(value.as_str()?),
            "allOf" => Some(NormalForm::all(self.each(value)?)),
            "anyOf" => Some(joined(&self.each(value)?, Formula::any)),
            "oneOf" => Some(joined(&self.each(value)?, Formula::one)),
            "not" => self.whole(value).map(|form| NormalForm(form.0.into_iter().map(Formula::not).collect())),
            "if" => self.condition(value, beside),
            "contains" => {
                let size = |keyword: &str| beside.get(keyword).map(Value::as_u64);
                let least = size("minContains").unwrap_or(Some(1))?;
                let most = size("maxContains").map_or(Some(None), |most| most.map(Some))?;
                Some(NormalForm::atom(JsonType::Array, Atom::Contains(self.whole(value)?, least, most)))
            }
            "propertyNames" => {
                let names = self.whole(value)?.at(JsonType::String);
                Some(NormalForm::atom(JsonType::Object, Atom::Names(Box::new(names))))
            }
            "dependentRequired" => {
                let entries = value.as_object()?.iter();
                let all = entries.map(|(name, names)| Some(beside_property(name, &required(names)?)));
                Some(NormalForm::all(all.collect::<Option<Vec<NormalForm>>>()?))
            }
            "dependentSchemas" => {
                let mut all = Vec::new();
                for (name, schema) in value.as_object()? {
                    all.push(beside_property(name, &self.whole(schema)?));
                }
                Some(NormalForm::all(all))
            }
            _ => alone(keyword, value),
        }
    }

    fn each(&mut self, schemas: &Value) -> Option<Vec<NormalForm>> {
        schemas.as_array()?.iter().map(|schema| self.whole(schema)).collect()
    }

    fn condition(&mut self, condition: &Value, beside: &Map<String, Value>) -> Option<NormalForm> {
        let condition = self.whole(condition)?;
        let mut branch =
            |keyword: &str| beside.get(keyword).map_or(Some(NormalForm::any()), |schema| self.whole(schema));
        let (then, otherwise) = (branch("then")?, branch("else")?);
        Some(NormalForm::each(|kind| Formula::condition(condition.at(kind), then.at(kind), otherwise.at(kind))))
    }

    /// What a reference leads to. Where that leads back to itself, its name stands for it, if it is the same in both documents.
    fn reference(&mut self, target: &str) -> Option<NormalForm> {
        let name = named(target)?;
        if self.within.contains(&name) {
            let atom = Atom::Stated("$ref".to_owned(), name.clone());
            return self.equal.contains(&name).then(|| NormalForm::each(|_| Formula::Is(atom.clone())));
        }
        let schema = self.components.get(&name)?;
        self.within.push(name);
        let form = self.whole(schema);
        self.within.pop();
        form
    }

    fn properties(&mut self, stated: &Map<String, Value>) -> Option<NormalForm> {
        let mut all = Vec::new();
        for (name, schema) in entries(stated, "properties")? {
            all.push(NormalForm::atom(JsonType::Object, Atom::Property(name.clone(), self.whole(schema)?)));
        }
        for (pattern, schema) in entries(stated, "patternProperties")? {
            all.push(NormalForm::atom(JsonType::Object, Atom::Pattern(pattern.clone(), self.whole(schema)?)));
        }
        let others = stated.get("additionalProperties").or_else(|| stated.get("unevaluatedProperties"));
        if let Some(others) = others {
            let is_own = stated.contains_key("additionalProperties");
            let mut known = EvaluatedNames::default();
            self.known(stated, !is_own, &mut known)?;
            let form = self.whole(others)?;
            if form != NormalForm::any() && (is_own || !known.is_all) {
                all.push(NormalForm::atom(JsonType::Object, Atom::Others(known.names, known.patterns, form)));
            }
        }
        Some(NormalForm::all(all))
    }

    /// The names that a schema lists, and those of its parts where these count as well.
    fn known(&self, stated: &Map<String, Value>, with_parts: bool, found: &mut EvaluatedNames) -> Option<()> {
        found.names.extend(entries(stated, "properties")?.map(|(name, _)| name.clone()));
        found.patterns.extend(entries(stated, "patternProperties")?.map(|(pattern, _)| pattern.clone()));
        if !with_parts {
            return Some(());
        }
        if ["anyOf", "oneOf", "if", "dependentSchemas"].iter().any(|keyword| stated.contains_key(*keyword)) {
            return None;
        }
        let target = stated.get("$ref").and_then(Value::as_str).and_then(named);
        let referred = target.and_then(|name| self.components.get(&name));
        let parts = stated.get("allOf").and_then(Value::as_array).into_iter().flatten().chain(referred);
        for part in parts.filter_map(Value::as_object) {
            found.is_all |= part.contains_key("additionalProperties") || part.contains_key("unevaluatedProperties");
            self.known(part, true, found)?;
        }
        Some(())
    }

    fn items(&mut self, stated: &Map<String, Value>) -> Option<NormalForm> {
        let places = stated.get("prefixItems").map_or(Some(Vec::new()), |places| self.each(places))?;
        let others = stated.get("items").or_else(|| stated.get("unevaluatedItems"));
        // What else has looked at items is not computed.
        if others.is_some() && !stated.contains_key("items") && IN_PLACE.iter().any(|one| stated.contains_key(*one)) {
            return None;
        }
        let others = others.map_or(Some(NormalForm::any()), |items| self.whole(items))?;
        Some(NormalForm::atom(JsonType::Array, Atom::Items(places, others)))
    }
}

/// Keywords that may look at items of the same list.
const IN_PLACE: &[&str] = &["contains", "allOf", "anyOf", "oneOf", "if", "$ref", "dependentSchemas"];

/// What a schema with its parts says of names of properties.
#[derive(Default)]
struct EvaluatedNames {
    names: BTreeSet<String>,
    patterns: BTreeSet<String>,
    /// Whether all others are known as well.
    is_all: bool,
}

fn entries<'v>(stated: &'v Map<String, Value>, keyword: &str) -> Option<impl Iterator<Item = (&'v String, &'v Value)>> {
    let stated = stated.get(keyword).map_or(Some(None), |value| value.as_object().map(Some))?;
    Some(stated.into_iter().flatten())
}

fn joined(forms: &[NormalForm], join: impl Fn(Vec<Formula>) -> Formula) -> NormalForm {
    NormalForm::each(|kind| join(forms.iter().map(|form| form.at(kind)).collect()))
}

fn required(names: &Value) -> Option<NormalForm> {
    let names = names.as_array()?.iter().map(|name| name.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()?;
    Some(NormalForm::all(names.into_iter().map(|name| NormalForm::atom(JsonType::Object, Atom::Required(name)))))
}

/// What holds of objects that have a property.
fn beside_property(name: &str, form: &NormalForm) -> NormalForm {
    let absent = || Formula::not(Formula::Is(Atom::Required(name.to_owned())));
    NormalForm::each(|kind| match kind {
        JsonType::Object => Formula::any([absent(), form.at(kind)]),
        _ => Formula::ALWAYS,
    })
}

/// A keyword that stands alone.
fn alone(keyword: &str, value: &Value) -> Option<NormalForm> {
    let of = |kind, atom| Some(NormalForm::atom(kind, atom));
    match keyword {
        "type" => types(value),
        "const" => values(std::slice::from_ref(value)),
        "enum" => values(value.as_array()?),
        "minimum" => of(JsonType::Number, Atom::Lower(number(value)?, false)),
        "exclusiveMinimum" => of(JsonType::Number, Atom::Lower(number(value)?, true)),
        "maximum" => of(JsonType::Number, Atom::Upper(number(value)?, false)),
        "exclusiveMaximum" => of(JsonType::Number, Atom::Upper(number(value)?, true)),
        "multipleOf" => of(JsonType::Number, Atom::Step(number(value)?)),
        "minLength" => of(JsonType::String, Atom::Least(value.as_u64()?)),
        "maxLength" => of(JsonType::String, Atom::Most(value.as_u64()?)),
        "minItems" => of(JsonType::Array, Atom::Least(value.as_u64()?)),
        "maxItems" => of(JsonType::Array, Atom::Most(value.as_u64()?)),
        "minProperties" => of(JsonType::Object, Atom::Least(value.as_u64()?)),
        "maxProperties" => of(JsonType::Object, Atom::Most(value.as_u64()?)),
        "uniqueItems" if *value == Value::Bool(true) => of(JsonType::Array, Atom::Unique),
        "required" => required(value),
        "pattern" if restricting(value.as_str()).is_none() => Some(NormalForm::any()),
        "pattern" | "contentEncoding" | "contentMediaType" | "contentSchema" => {
            of(JsonType::String, Atom::Stated(keyword.to_owned(), json(value)?))
        }
        "format" => Some(format(value.as_str()?)),
        "readOnly" | "writeOnly" | "uniqueItems" if *value == Value::Bool(false) => Some(NormalForm::any()),
        // What is required of a property that does not travel, perhaps by another part, and what a dynamic reference means, is not known here.
        "readOnly" | "writeOnly" | "$dynamicRef" => None,
        _ => stated_of_all(keyword, value),
    }
}

fn stated_of_all(keyword: &str, value: &Value) -> Option<NormalForm> {
    let atom = Atom::Stated(keyword.to_owned(), json(value)?);
    Some(NormalForm::each(|_| Formula::Is(atom.clone())))
}

/// A format of texts says nothing of numbers; what one of integers says is stated by bounds.
fn format(format: &str) -> NormalForm {
    let is_of_integers = integer_range(format).is_some();
    let atom = Atom::Stated("format".to_owned(), format.to_owned());
    NormalForm::each(|kind| match kind {
        JsonType::String => Formula::Is(atom.clone()),
        JsonType::Number if !is_of_integers && !is_known_of_texts(format) => Formula::Is(atom.clone()),
        _ => Formula::ALWAYS,
    })
}

fn types(value: &Value) -> Option<NormalForm> {
    let names: Vec<&str> = match value {
        Value::Array(names) => names.iter().map(Value::as_str).collect::<Option<_>>()?,
        other => vec![other.as_str()?],
    };
    let kinds = names.iter().map(|name| JsonType::named(name)).collect::<Option<Vec<JsonType>>>()?;
    let is_whole = !names.contains(&"number");
    let one = number(&Value::from(1))?;
    Some(NormalForm::each(|kind| match kind {
        _ if !kinds.contains(&kind) => Formula::NEVER,
        JsonType::Number if is_whole => Formula::Is(Atom::Step(one)),
        _ => Formula::ALWAYS,
    }))
}

fn values(values: &[Value]) -> Option<NormalForm> {
    let all = values.iter().map(|value| Some((JsonType::of(value), json(value)?))).collect::<Option<BTreeSet<_>>>()?;
    let of = |kind| {
        let own: BTreeSet<String> = all.iter().filter(|(one, _)| *one == kind).map(|(_, json)| json.clone()).collect();
        if own.is_empty() { Formula::NEVER } else { Formula::Is(Atom::Values(own)) }
    };
    Some(NormalForm::each(of))
}

/// A value as JSON, with its properties in order and its numbers as they are counted; `None` where one has more digits than that.
fn json(value: &Value) -> Option<String> {
    Some(match value {
        Value::Number(_) => number(value)?.exact().to_string(),
        Value::Array(items) => format!("[{}]", items.iter().map(json).collect::<Option<Vec<_>>>()?.join(",")),
        Value::Object(all) => {
            let entry =
                |(name, value): (&String, &Value)| Some(format!("{}:{}", Value::from(name.as_str()), json(value)?));
            let mut entries = all.iter().map(entry).collect::<Option<Vec<String>>>()?;
            entries.sort();
            format!("{{{}}}", entries.join(","))
        }
        other => other.to_string(),
    })
}
