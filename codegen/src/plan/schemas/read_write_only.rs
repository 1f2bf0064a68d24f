//! Properties that travel in one direction only: requests lack what is `readOnly`, responses what is `writeOnly` (OpenAPI 3.2.0,
//! Schema Object), and `required` counts where the property travels.
//!
//! A schema that travels in both directions and differs between them becomes two. The one of responses keeps its name, the one of
//! requests is called after it: `Account` and `AccountRequest`. Everything else stays one.

mod rewire;

use std::collections::{HashMap, HashSet};

use super::elements;
use crate::api::{
    self, Additional, Api, Direction, Directions, Key, Name, Object, Schema, SchemaId, Schemas, Shape, directions,
};
use rewire::Copies;

/// The API with each schema as its direction has it; `None` where no property is of one direction only.
pub(in crate::plan) fn directed(api: &Api) -> Option<Api> {
    let one_way: Vec<bool> = api.schemas.iter().map(|(_, schema)| has_one_way(&api.schemas, schema)).collect();
    if !one_way.contains(&true) {
        return None;
    }
    let travels = directions(api);
    let differs = holders(&api.schemas, one_way);
    let discriminated = api.schemas.discriminated();
    let mut made = api.clone();
    let copies = copies(&mut made.schemas, &travels, &differs);
    for (id, schema) in api.schemas.iter().filter(|(id, _)| differs.get(id.0) == Some(&true)) {
        let travels = travels.get(id.0).copied().unwrap_or_default();
        let own = if travels.response { Some(Direction::Response) } else { None };
        let own = own.or(travels.request.then_some(Direction::Request));
        if let Some(target) = made.schemas.get_mut(id) {
            target.shape = shape(&api.schemas, &discriminated, (id, schema), own);
            if own == Some(Direction::Request) {
                copies.rewire_shape(&api.schemas, &mut target.shape);
            }
        }
        if let Some(target) = copies.get(id).and_then(|copy| made.schemas.get_mut(copy)) {
            target.shape = shape(&api.schemas, &discriminated, (id, schema), Some(Direction::Request));
            copies.rewire_shape(&api.schemas, &mut target.shape);
        }
    }
    copies.rewire_api(&mut made);
    Some(made)
}

fn has_one_way(schemas: &Schemas, schema: &Schema) -> bool {
    let Shape::Object(object) = &schema.shape else { return false };
    object.properties.iter().any(|property| is_one_way(schemas, property))
}

fn is_one_way(schemas: &Schemas, property: &api::Property) -> bool {
    [Direction::Request, Direction::Response].iter().any(|way| schemas.presence(property, *way).is_none())
}

/// Those schemas, and all that hold one of them, however far below.
fn holders(schemas: &Schemas, mut found: Vec<bool>) -> Vec<bool> {
    let mut held_by: Vec<Vec<usize>> = vec![Vec::new(); schemas.len()];
    for (id, schema) in schemas.iter() {
        schema.shape.visit_parts(&mut |part| {
            if let Some(holders) = held_by.get_mut(part.0) {
                holders.push(id.0);
            }
        });
    }
    let mut waiting: Vec<usize> = (0..found.len()).filter(|at| found.get(*at) == Some(&true)).collect();
    while let Some(at) = waiting.pop() {
        for holder in held_by.get(at).into_iter().flatten().copied() {
            if found.get_mut(holder).is_some_and(|known| !std::mem::replace(known, true)) {
                waiting.push(holder);
            }
        }
    }
    found
}

/// Adds a copy of each schema that travels in both directions and differs between them.
fn copies(schemas: &mut Schemas, travels: &[Directions], differs: &[bool]) -> Copies {
    let is_copied = |at: usize| {
        let travels = travels.get(at).copied().unwrap_or_default();
        differs.get(at) == Some(&true) && travels.request && travels.response
    };
    let originals = (0..schemas.len()).filter(|at| is_copied(*at)).map(SchemaId);
    let originals: Vec<SchemaId> = originals.collect();
    let mut made = HashMap::new();
    for id in originals {
        let Some(original) = schemas.get(id) else { continue };
        let copy = of_requests(schemas, original);
        made.insert(id, schemas.add(copy));
    }
    Copies::new(made)
}

/// A schema as requests have it, by another name.
fn of_requests(schemas: &Schemas, original: &Schema) -> Schema {
    let mut copy = original.clone();
    let Key::Component(name) = &original.key else { return copy };
    copy.key = Key::Component(request_name(schemas, name));
    copy.given_name =
        original.given_name.as_ref().map(|given| Name { text: format!("{}{REQUEST}", given.text), span: given.span });
    let note = format!("This is the form that `{name}` has in requests.");
    let description = copy.docs.description.take().or(copy.docs.summary.take());
    copy.docs.description = Some(description.map_or(note.clone(), |text| format!("{text}\n\n{note}")));
    copy
}

/// What the name of a schema as requests have it ends with.
const REQUEST: &str = "Request";

/// A name that no other component has.
fn request_name(schemas: &Schemas, name: &str) -> String {
    let wishes = [format!("{name}{REQUEST}"), format!("{name}In{REQUEST}s")];
    let numbered = (2..).map(|number| format!("{name}In{REQUEST}s{number}"));
    let mut all = wishes.into_iter().chain(numbered);
    all.find(|wish| schemas.find(&Key::Component(wish.clone())).is_none()).unwrap_or_else(|| name.to_owned())
}

/// The shape of a schema as one direction has it. Where it travels in none, what is of one direction only is not required. A property
/// that tells branches apart stays: without it, nothing could be read.
fn shape(
    schemas: &Schemas,
    discriminated: &HashSet<(SchemaId, &str)>,
    (id, schema): (SchemaId, &Schema),
    direction: Option<Direction>,
) -> Shape {
    let Shape::Object(stated) = &schema.shape else { return schema.shape.clone() };
    let is_absent = |property: &api::Property| {
        !discriminated.contains(&(id, &*property.name))
            && match direction {
                Some(direction) => schemas.presence(property, direction).is_none(),
                None => is_one_way(schemas, property),
            }
    };
    let mut object = stated.clone();
    if direction.is_none() || keeps_further(schemas, stated) || stated.properties.iter().all(is_absent) {
        let absent = object.properties.iter_mut().filter(|property| is_absent(property));
        absent.for_each(|property| property.required = false);
    } else {
        object.properties.retain(|property| !is_absent(property));
    }
    Shape::Object(object)
}

/// Whether what has no field of its own is kept: a property that is there after all must not lose its type there.
fn keeps_further(schemas: &Schemas, object: &Object) -> bool {
    matches!(elements::further(schemas, object), Additional::Any | Additional::Schema(_))
}
