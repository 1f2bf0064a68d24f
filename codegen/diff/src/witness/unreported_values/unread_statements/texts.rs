//! Keywords as texts with all that they refer to, and whether the comparison loses something of them.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::{Map, Value};
use specie_codegen::api::Direction;

use super::super::super::judge::Side;
use super::super::super::references::named;

/// How many schemas are written out for one.
const MOST: usize = 4_000;

/// How many of them one keyword holds of which nothing is lost (the reading of assertions has a limit, too).
const HELD: usize = 60;

/// Keywords that the reading of assertions leaves out, where they state a text.
const LOST: &[&str] = &["format", "contentEncoding", "contentMediaType", "$dynamicRef"];

/// Such keywords that hold schemas.
const LOST_SCHEMAS: &[&str] = &["contentSchema", "unevaluatedProperties", "unevaluatedItems"];

/// The components of one document, as they are written out.
pub(super) struct Texts<'r> {
    side: &'r Side<'r>,
    sender: Direction,
    known: HashMap<String, Option<Rc<Value>>>,
    /// The components around what is written out.
    way: Vec<String>,
    left: usize,
}

/// One keyword while it is written out.
#[derive(Default)]
struct Writing {
    is_lossy: bool,
    count: usize,
}

impl<'r> Texts<'r> {
    pub(super) fn new(side: &'r Side<'r>, sender: Direction) -> Self {
        Self { side, sender, known: HashMap::new(), way: Vec::new(), left: MOST }
    }

    /// What some keywords of a schema say as a text, and whether the comparison loses something of it.
    pub(super) fn of(&mut self, stated: &Map<String, Value>, keywords: &[&str]) -> (String, bool) {
        let mut writing = Writing::default();
        let mut entries = Vec::new();
        for keyword in keywords {
            if let Some(value) = stated.get(*keyword) {
                entries.push(format!("{keyword}:{}", self.written(value, &mut writing)));
            }
        }
        (entries.join(","), writing.is_lossy || writing.count > HELD)
    }

    /// Whether a schema says which type its values have, itself or by what it refers to.
    pub(super) fn states_type(&mut self, schema: &Value, depth: usize) -> bool {
        let (Value::Object(stated), Some(depth)) = (schema, depth.checked_sub(1)) else { return false };
        if ["type", "enum", "const"].iter().any(|keyword| stated.contains_key(*keyword)) {
            return true;
        }
        let mut parts = stated.get("allOf").and_then(Value::as_array).into_iter().flatten();
        if parts.any(|part| self.states_type(part, depth)) {
            return true;
        }
        let Some((name, target)) = self.enter(stated) else { return false };
        let is_stated = self.states_type(&target, depth);
        self.leave(&name);
        is_stated
    }

    /// Goes to the component that a schema refers to; `None` where there is none, or the way leads back to it.
    pub(super) fn enter(&mut self, stated: &Map<String, Value>) -> Option<(String, Rc<Value>)> {
        let name = named(stated.get("$ref")?.as_str()?).filter(|name| !self.way.contains(name))?;
        self.left = self.left.checked_sub(1)?;
        let (side, sender) = (self.side, self.sender);
        let known = self.known.entry(name.clone()).or_insert_with(|| side.component(&name, sender).map(Rc::new));
        let target = Rc::clone(known.as_ref()?);
        self.way.push(name.clone());
        Some((name, target))
    }

    /// Goes back from a component.
    pub(super) fn leave(&mut self, name: &str) {
        if self.way.last().is_some_and(|last| last == name) {
            self.way.pop();
        }
    }

    fn written(&mut self, value: &Value, writing: &mut Writing) -> String {
        match value {
            Value::Object(stated) => {
                writing.count += 1;
                writing.is_lossy |= is_lost(stated);
                let mut entries: Vec<String> = stated
                    .iter()
                    .filter(|(keyword, _)| *keyword != "$ref")
                    .map(|(keyword, value)| format!("{keyword}:{}", self.written(value, writing)))
                    .collect();
                if let Some(target) = stated.get("$ref") {
                    entries.push(self.referred(stated, target, writing));
                }
                entries.sort();
                if entries.len() == 1 && stated.contains_key("$ref") {
                    return entries.concat();
                }
                format!("{{{}}}", entries.join(","))
            }
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| self.written(item, writing)).collect();
                format!("[{}]", items.join(","))
            }
            other => other.to_string(),
        }
    }

    /// What a reference leads to. Of one that leads back, and of one too many, the name stands, and something is lost.
    fn referred(&mut self, stated: &Map<String, Value>, target: &Value, writing: &mut Writing) -> String {
        let Some((name, schema)) = self.enter(stated) else {
            writing.is_lossy = true;
            return target.to_string();
        };
        let text = self.written(&schema, writing);
        self.leave(&name);
        text
    }
}

fn is_lost(schema: &Map<String, Value>) -> bool {
    let is_text = |keyword: &&str| schema.get(*keyword).is_some_and(Value::is_string);
    LOST.iter().any(is_text) || LOST_SCHEMAS.iter().any(|keyword| schema.contains_key(*keyword))
}
