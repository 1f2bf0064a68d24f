//! Properties that only one of two objects lists. What the other one holds under such a name was not meant, unless it speaks of the name
//! elsewhere, and nothing at all may stand there where no value is one of the property.

use serde_json::{Map, Value};
use specie_codegen::api::{Additional, Direction, Object, SchemaId, Shape};

use super::super::forms;
use super::super::judge::{Judges, Side};
use crate::schemas::{Comparer, Pair, View};
use crate::{Answer, Edit, Relation, Rule};

/// Says of such properties that values with them are refused, or that it cannot be said.
pub(super) fn say(comparer: &mut Comparer<'_>, pair: Pair, judges: &Judges<'_>) {
    let (old, new) = (View::of(comparer.old, pair.old), View::of(comparer.new, pair.new));
    let (Shape::Object(one), Shape::Object(other)) = (old.shape.base(), new.shape.base()) else { return };
    let ones = Listing { side: &judges.old, id: pair.old, object: one };
    let others = Listing { side: &judges.new, id: pair.new, object: other };
    let relation = |edit: &Edit| match edit.rule {
        Rule::PropertyAdded => others.beyond(&ones, &edit.about, pair.sender).of(edit.relation),
        Rule::PropertyRemoved => ones.beyond(&others, &edit.about, pair.sender).of(edit.relation.swapped()).swapped(),
        _ => edit.relation,
    };
    let local = comparer.local(pair);
    let amended: Vec<Relation> = local.edits.iter().map(relation).collect();
    if local.edits.iter().zip(&amended).any(|(edit, relation)| edit.relation != *relation) {
        comparer.amend(pair, |local| {
            local.edits.iter_mut().zip(amended).for_each(|(edit, relation)| edit.relation = relation);
        });
    }
}

/// An object of a document.
struct Listing<'s, 'a> {
    side: &'s Side<'a>,
    id: SchemaId,
    object: &'s Object,
}

impl Listing<'_, '_> {
    /// What another object says of a name that only this one lists.
    fn beyond(&self, other: &Self, name: &str, sender: Direction) -> Beyond {
        if other.object.additional == Additional::None {
            return Beyond::Nothing;
        }
        let property = self.object.properties.iter().find(|one| one.name == name && !one.required);
        let whole = property.and_then(|one| self.side.whole(one.schema, sender));
        if whole.is_some_and(|schema| forms::is_never(&schema)) {
            return Beyond::All;
        }
        let stated = other.side.alone(other.id, sender);
        let speaks_of = stated.as_ref().and_then(Value::as_object).is_some_and(|stated| is_spoken_of(name, stated));
        if speaks_of { Beyond::Some } else { Beyond::Nothing }
    }
}

/// What an object allows under a name that only another one lists, beyond the values of the property there.
enum Beyond {
    /// Nothing that was meant.
    Nothing,
    /// Something may be meant, as the object speaks of the name.
    Some,
    /// All values: the property has none.
    All,
}

impl Beyond {
    /// How the object stands to the one that lists the name, of which without this `known` was said.
    fn of(&self, known: Relation) -> Relation {
        match self {
            Self::Nothing => known,
            Self::Some => known.and(Relation::new(Answer::Unknown, Answer::Yes)),
            Self::All => Relation::NARROWS,
        }
    }
}

/// Keywords that hold one schema of the same value, several in a list, and several by the names of properties.
const OF_ONE: &[&str] = &["not", "if", "then", "else"];
const LISTED: &[&str] = &["allOf", "anyOf", "oneOf"];
const BY_NAME: &[&str] = &["dependentSchemas"];

/// Whether a schema speaks of a property beside those that it lists itself.
fn is_spoken_of(name: &str, stated: &Map<String, Value>) -> bool {
    let is_name = |value: &Value| value.as_str() == Some(name);
    let of_entries = |keyword: &str| stated.get(keyword).and_then(Value::as_object).into_iter().flatten();
    let mut depending = of_entries("dependentRequired");
    let mut inner = OF_ONE.iter().filter_map(|keyword| stated.get(*keyword));
    let mut listed = LISTED.iter().flat_map(|keyword| items(stated.get(*keyword)));
    let mut by_name = BY_NAME.iter().flat_map(|keyword| of_entries(keyword));
    depending.any(|(key, names)| key == name || items(Some(names)).any(is_name))
        || items(stated.get("propertyNames").and_then(|names| names.get("enum"))).any(is_name)
        || inner.any(|schema| lists(name, schema))
        || listed.any(|schema| lists(name, schema))
        || by_name.any(|(key, schema)| key == name || lists(name, schema))
}

/// Whether a schema within another one lists a property, requires it, or speaks of it elsewhere.
fn lists(name: &str, schema: &Value) -> bool {
    let Some(stated) = schema.as_object() else { return false };
    let listed = stated.get("properties").and_then(Value::as_object);
    let mut required = items(stated.get("required"));
    listed.is_some_and(|all| all.contains_key(name))
        || required.any(|one| one.as_str() == Some(name))
        || is_spoken_of(name, stated)
}

fn items(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}
