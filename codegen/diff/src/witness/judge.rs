//! What decides which values the schemas of two documents allow: the `jsonschema` crate, on the documents' own texts.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use jsonschema::Validator;
use serde_json::Value;
use specie_codegen::api::{Direction, Key, SchemaId, Schemas};
use specie_codegen::instance;

use super::json_schema::{self, Branches};
use super::rounded_numbers::{Rounded, has_rounded};
use crate::json_value::of_the_api;
use crate::schemas::{Pair, is_known_of_texts};

/// How many judges of a document are kept. Each has the components that its schema refers to, and where nearly all of a large document has
/// changed, there are thousands.
const KEPT: usize = 64;

/// Both documents.
pub(crate) struct Judges<'a> {
    pub(super) old: Side<'a>,
    pub(super) new: Side<'a>,
}

impl<'a> Judges<'a> {
    /// The documents as JSON in one piece, with what they mean, and the numbers of both that stand for others.
    pub(crate) fn new(old: (&'a Value, &'a Schemas), new: (&'a Value, &'a Schemas), rounded: &'a Rounded) -> Self {
        let side = |(document, schemas)| Side { document, schemas, rounded, judges: HashMap::new() };
        Self { old: side(old), new: side(new) }
    }

    /// Each document.
    pub(super) fn sides(&self) -> [&Side<'a>; 2] {
        [&self.old, &self.new]
    }

    /// What decides which values both schemas of a pair allow.
    pub(super) fn of(&mut self, pair: Pair) -> Option<[Rc<Judge>; 2]> {
        Some([self.old.judge(pair.old, pair.sender)?, self.new.judge(pair.new, pair.sender)?])
    }

    /// Both schemas of a pair as JSON Schema; `None` where one has not all that it refers to.
    pub(super) fn whole_texts(&self, pair: Pair) -> Option<[Value; 2]> {
        Some([self.old.whole(pair.old, pair.sender)?, self.new.whole(pair.new, pair.sender)?])
    }

    /// What decides which values both schemas of a pair allow where no discriminator tells branches apart.
    pub(super) fn without_discriminators(&self, pair: Pair) -> Option<[Validator; 2]> {
        let of = |side: &Side<'a>, id| {
            let (schema, _) = side.schema(id, pair.sender, Branches::ByThemselves)?;
            validator(&schema)
        };
        Some([of(&self.old, pair.old)?, of(&self.new, pair.new)?])
    }
}

/// One document.
pub(super) struct Side<'a> {
    pub(super) document: &'a Value,
    pub(super) schemas: &'a Schemas,
    rounded: &'a Rounded,
    judges: HashMap<(SchemaId, Direction), Option<Rc<Judge>>>,
}

/// A schema of a document as JSON Schema, and what decides which values it allows.
pub(super) struct Judge {
    pub(super) schema: Value,
    pub(super) validator: Validator,
    /// The same with each text of a format that nobody checks refused; `None` where the schema names no such format.
    known: Option<Validator>,
    /// Whether it has all that the schema refers to.
    pub(super) is_whole: bool,
}

impl Judge {
    /// What decides whether a value is allowed without doubt.
    pub(super) fn beyond_doubt(&self) -> &Validator {
        self.known.as_ref().unwrap_or(&self.validator)
    }
}

impl<'a> Side<'a> {
    /// What decides which values a schema allows; `None` where its text cannot be judged alone.
    pub(super) fn judge(&mut self, id: SchemaId, sender: Direction) -> Option<Rc<Judge>> {
        if let Some(known) = self.judges.get(&(id, sender)) {
            return known.clone();
        }
        if self.judges.len() >= KEPT {
            self.judges.clear();
        }
        let schema = self.schema(id, sender, Branches::ByDiscriminator);
        let made = schema.and_then(|(schema, is_whole)| {
            let (validator, known) = (validator(&schema)?, of_known_formats(&schema));
            Some(Rc::new(Judge { schema, validator, known, is_whole }))
        });
        self.judges.insert((id, sender), made.clone());
        made
    }

    /// A schema as JSON Schema; `None` where it has not all that it refers to.
    pub(super) fn whole(&self, id: SchemaId, sender: Direction) -> Option<Value> {
        let (schema, is_whole) = self.schema(id, sender, Branches::ByDiscriminator)?;
        is_whole.then_some(schema)
    }

    /// A schema as JSON Schema, and whether it has all that it refers to; `None` where a number in it is not the one that is stated.
    fn schema(&self, id: SchemaId, sender: Direction, branches: Branches) -> Option<(Value, bool)> {
        let found = json_schema::of(self.document, self.stated(id)?, sender, branches)?;
        (!has_rounded(&found.0, self.rounded)).then_some(found)
    }

    /// A schema as JSON Schema, without the components that it refers to.
    pub(super) fn alone(&self, id: SchemaId, sender: Direction) -> Option<Value> {
        json_schema::alone(self.document, self.stated(id)?, sender)
    }

    /// A component as JSON Schema, without those that it refers to.
    pub(super) fn component(&self, name: &str, sender: Direction) -> Option<Value> {
        json_schema::alone(self.document, &Key::Component(name.to_owned()), sender)
    }

    /// What a schema of the document is known by; `None` for one that is put together of several, which has the pointer of one of them.
    fn stated(&self, id: SchemaId) -> Option<&'a Key> {
        let key = &self.schemas.get(id)?.key;
        (self.schemas.find(key) == Some(id)).then_some(key)
    }

    /// The text of a schema.
    pub(super) fn text(&self, id: SchemaId) -> Option<&'a Value> {
        match self.stated(id)? {
            Key::Component(name) => json_schema::component(self.document, name),
            Key::Pointer(pointer) => self.document.pointer(pointer),
        }
    }
}

/// What decides which values a schema of JSON Schema 2020-12 allows, formats among it; `None` where it is no such schema.
pub(super) fn validator(schema: &Value) -> Option<Validator> {
    jsonschema::draft202012::options().should_validate_formats(true).build(schema).ok()
}

/// What decides which values a schema allows, with each text of a format that nobody checks refused; `None` where the schema names no such
/// format.
fn of_known_formats(schema: &Value) -> Option<Validator> {
    let mut unknown = BTreeSet::new();
    unknown_formats(schema, &mut unknown);
    if unknown.is_empty() {
        return None;
    }
    let options = jsonschema::draft202012::options().should_validate_formats(true);
    unknown.into_iter().fold(options, |options, format| options.with_format(format, |_| false)).build(schema).ok()
}

fn unknown_formats<'s>(schema: &'s Value, found: &mut BTreeSet<&'s str>) {
    match schema {
        Value::Object(all) => {
            let stated = all.get("format").and_then(Value::as_str);
            found.extend(stated.filter(|format| !is_known_of_texts(format)));
            all.values().for_each(|value| unknown_formats(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| unknown_formats(item, found)),
        _ => {}
    }
}

/// Whether both judges are right about a value of a pair of schemas that each of them allows or refuses: one that does not have all that its
/// schema refers to may be wrong either way, as branches of a `oneOf` that allow anything allow nothing together.
pub(super) fn are_certain(
    both: &[Rc<Judge>; 2],
    allowed: [bool; 2],
    sides: [(&Schemas, SchemaId); 2],
    (value, sender): (&Value, Direction),
) -> bool {
    let mut judged = both.iter().zip(allowed).zip(sides);
    judged.all(|((judge, is_allowed), (schemas, id))| {
        judge.is_whole || is_valid(schemas, id, value, sender) == is_allowed
    })
}

/// Whether a schema allows a value, with all that it refers to.
fn is_valid(schemas: &Schemas, id: SchemaId, value: &Value, sender: Direction) -> bool {
    instance::faults(schemas, id, &of_the_api(value), sender).is_empty()
}
