//! Reads a schema of JSON Schema 2020-12 as a form.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use specie_codegen::instance::integer_range;

use super::super::references::named;
use super::fact::{Fact, Form, Kind};
use super::logic::Logic;
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
pub(super) struct Reader<'a> {
    components: &'a Map<String, Value>,
    /// The components that are the same in another document.
    equal: &'a BTreeSet<String>,
    /// The components that are read at the moment.
    within: Vec<String>,
    left: usize,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(components: &'a Map<String, Value>, equal: &'a BTreeSet<String>) -> Self {
        Self { components, equal, within: Vec::new(), left: MOST }
    }

    /// The form of a schema; `None` where it cannot be read.
    pub(super) fn whole(&mut self, schema: &Value) -> Option<Form> {
        self.left = self.left.checked_sub(1)?;
        let stated = match schema {
            Value::Bool(true) => return Some(Form::any()),
            Value::Bool(false) => return Some(Form::never()),
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
        Some(Form::all(all))
    }

    fn keyword(&mut self, keyword: &str, value: &Value, beside: &Map<String, Value>) -> Option<Form> {
        if SILENT.contains(&keyword) || OF_PROPERTIES.contains(&keyword) || OF_ITEMS.contains(&keyword) {
            return Some(Form::any());
        }
        match keyword {
            "$ref" => self.reference(value.as_str()?),
            "allOf" => Some(Form::all(self.each(value)?)),
            "anyOf" => Some(joined(&self.each(value)?, Logic::any)),
            "oneOf" => Some(joined(&self.each(value)?, Logic::one)),
            "not" => self.whole(value).map(|form| Form(form.0.into_iter().map(Logic::not).collect())),
            "if" => self.condition(value, beside),
            "contains" => {
                let size = |keyword: &str| beside.get(keyword).map(Value::as_u64);
                let least = size("minContains").unwrap_or(Some(1))?;
                let most = size("maxContains").map_or(Some(None), |most| most.map(Some))?;
                Some(Form::fact(Kind::Array, Fact::Contains(self.whole(value)?, least, most)))
            }
            "propertyNames" => {
                let names = self.whole(value)?.at(Kind::String);
                Some(Form::fact(Kind::Object, Fact::Names(Box::new(names))))
            }
            "dependentRequired" => {
                let entries = value.as_object()?.iter();
                let all = entries.map(|(name, names)| Some(beside_property(name, &required(names)?)));
                Some(Form::all(all.collect::<Option<Vec<Form>>>()?))
            }
            "dependentSchemas" => {
                let mut all = Vec::new();
                for (name, schema) in value.as_object()? {
                    all.push(beside_property(name, &self.whole(schema)?));
                }
                Some(Form::all(all))
            }
            _ => alone(keyword, value),
        }
    }

    fn each(&mut self, schemas: &Value) -> Option<Vec<Form>> {
        schemas.as_array()?.iter().map(|schema| self.whole(schema)).collect()
    }

    fn condition(&mut self, condition: &Value, beside: &Map<String, Value>) -> Option<Form> {
        let condition = self.whole(condition)?;
        let mut branch = |keyword: &str| beside.get(keyword).map_or(Some(Form::any()), |schema| self.whole(schema));
        let (then, otherwise) = (branch("then")?, branch("else")?);
        Some(Form::each(|kind| Logic::condition(condition.at(kind), then.at(kind), otherwise.at(kind))))
    }

    /// What a reference leads to. Where that leads back to itself, its name stands for it, if it is the same in both documents.
    fn reference(&mut self, target: &str) -> Option<Form> {
        let name = named(target)?;
        if self.within.contains(&name) {
            let fact = Fact::Stated("$ref".to_owned(), name.clone());
            return self.equal.contains(&name).then(|| Form::each(|_| Logic::Is(fact.clone())));
        }
        let schema = self.components.get(&name)?;
        self.within.push(name);
        let form = self.whole(schema);
        self.within.pop();
        form
    }

    fn properties(&mut self, stated: &Map<String, Value>) -> Option<Form> {
        let mut all = Vec::new();
        for (name, schema) in entries(stated, "properties")? {
            all.push(Form::fact(Kind::Object, Fact::Property(name.clone(), self.whole(schema)?)));
        }
        for (pattern, schema) in entries(stated, "patternProperties")? {
            all.push(Form::fact(Kind::Object, Fact::Pattern(pattern.clone(), self.whole(schema)?)));
        }
        let others = stated.get("additionalProperties").or_else(|| stated.get("unevaluatedProperties"));
        if let Some(others) = others {
            let is_own = stated.contains_key("additionalProperties");
            let mut known = Known::default();
            self.known(stated, !is_own, &mut known)?;
            let form = self.whole(others)?;
            if form != Form::any() && (is_own || !known.is_all) {
                all.push(Form::fact(Kind::Object, Fact::Others(known.names, known.patterns, form)));
            }
        }
        Some(Form::all(all))
    }

    /// The names that a schema lists, and those of its parts where these count as well.
    fn known(&self, stated: &Map<String, Value>, with_parts: bool, found: &mut Known) -> Option<()> {
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

    fn items(&mut self, stated: &Map<String, Value>) -> Option<Form> {
        let places = stated.get("prefixItems").map_or(Some(Vec::new()), |places| self.each(places))?;
        let others = stated.get("items").or_else(|| stated.get("unevaluatedItems"));
        // What else has looked at items is not computed.
        if others.is_some() && !stated.contains_key("items") && IN_PLACE.iter().any(|one| stated.contains_key(*one)) {
            return None;
        }
        let others = others.map_or(Some(Form::any()), |items| self.whole(items))?;
        Some(Form::fact(Kind::Array, Fact::Items(places, others)))
    }
}

/// Keywords that may look at items of the same list.
const IN_PLACE: &[&str] = &["contains", "allOf", "anyOf", "oneOf", "if", "$ref", "dependentSchemas"];

/// What a schema with its parts says of names of properties.
#[derive(Default)]
struct Known {
    names: BTreeSet<String>,
    patterns: BTreeSet<String>,
    /// Whether all others are known as well.
    is_all: bool,
}

fn entries<'v>(stated: &'v Map<String, Value>, keyword: &str) -> Option<impl Iterator<Item = (&'v String, &'v Value)>> {
    let stated = stated.get(keyword).map_or(Some(None), |value| value.as_object().map(Some))?;
    Some(stated.into_iter().flatten())
}

fn joined(forms: &[Form], join: impl Fn(Vec<Logic>) -> Logic) -> Form {
    Form::each(|kind| join(forms.iter().map(|form| form.at(kind)).collect()))
}

fn required(names: &Value) -> Option<Form> {
    let names = names.as_array()?.iter().map(|name| name.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()?;
    Some(Form::all(names.into_iter().map(|name| Form::fact(Kind::Object, Fact::Required(name)))))
}

/// What holds of objects that have a property.
fn beside_property(name: &str, form: &Form) -> Form {
    let absent = || Logic::not(Logic::Is(Fact::Required(name.to_owned())));
    Form::each(|kind| match kind {
        Kind::Object => Logic::any([absent(), form.at(kind)]),
        _ => Logic::ALWAYS,
    })
}

/// A keyword that stands alone.
fn alone(keyword: &str, value: &Value) -> Option<Form> {
    let of = |kind, fact| Some(Form::fact(kind, fact));
    match keyword {
        "type" => types(value),
        "const" => values(std::slice::from_ref(value)),
        "enum" => values(value.as_array()?),
        "minimum" => of(Kind::Number, Fact::Lower(number(value)?, false)),
        "exclusiveMinimum" => of(Kind::Number, Fact::Lower(number(value)?, true)),
        "maximum" => of(Kind::Number, Fact::Upper(number(value)?, false)),
        "exclusiveMaximum" => of(Kind::Number, Fact::Upper(number(value)?, true)),
        "multipleOf" => of(Kind::Number, Fact::Step(number(value)?)),
        "minLength" => of(Kind::String, Fact::Least(value.as_u64()?)),
        "maxLength" => of(Kind::String, Fact::Most(value.as_u64()?)),
        "minItems" => of(Kind::Array, Fact::Least(value.as_u64()?)),
        "maxItems" => of(Kind::Array, Fact::Most(value.as_u64()?)),
        "minProperties" => of(Kind::Object, Fact::Least(value.as_u64()?)),
        "maxProperties" => of(Kind::Object, Fact::Most(value.as_u64()?)),
        "uniqueItems" if *value == Value::Bool(true) => of(Kind::Array, Fact::Unique),
        "required" => required(value),
        "pattern" if restricting(value.as_str()).is_none() => Some(Form::any()),
        "pattern" | "contentEncoding" | "contentMediaType" | "contentSchema" => {
            of(Kind::String, Fact::Stated(keyword.to_owned(), json(value)?))
        }
        "format" => Some(format(value.as_str()?)),
        "readOnly" | "writeOnly" | "uniqueItems" if *value == Value::Bool(false) => Some(Form::any()),
        _ => stated_of_all(keyword, value),
    }
}

fn stated_of_all(keyword: &str, value: &Value) -> Option<Form> {
    let fact = Fact::Stated(keyword.to_owned(), json(value)?);
    Some(Form::each(|_| Logic::Is(fact.clone())))
}

/// A format of texts says nothing of numbers; what one of integers says is stated by bounds.
fn format(format: &str) -> Form {
    let is_of_integers = integer_range(format).is_some();
    let fact = Fact::Stated("format".to_owned(), format.to_owned());
    Form::each(|kind| match kind {
        Kind::String => Logic::Is(fact.clone()),
        Kind::Number if !is_of_integers && !is_known_of_texts(format) => Logic::Is(fact.clone()),
        _ => Logic::ALWAYS,
    })
}

fn types(value: &Value) -> Option<Form> {
    let names: Vec<&str> = match value {
        Value::Array(names) => names.iter().map(Value::as_str).collect::<Option<_>>()?,
        other => vec![other.as_str()?],
    };
    let kinds = names.iter().map(|name| Kind::named(name)).collect::<Option<Vec<Kind>>>()?;
    let is_whole = !names.contains(&"number");
    let one = number(&Value::from(1))?;
    Some(Form::each(|kind| match kind {
        _ if !kinds.contains(&kind) => Logic::NEVER,
        Kind::Number if is_whole => Logic::Is(Fact::Step(one)),
        _ => Logic::ALWAYS,
    }))
}

fn values(values: &[Value]) -> Option<Form> {
    let all = values.iter().map(|value| Some((Kind::of(value), json(value)?))).collect::<Option<BTreeSet<_>>>()?;
    let of = |kind| {
        let own: BTreeSet<String> = all.iter().filter(|(one, _)| *one == kind).map(|(_, json)| json.clone()).collect();
        if own.is_empty() { Logic::NEVER } else { Logic::Is(Fact::Values(own)) }
    };
    Some(Form::each(of))
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
