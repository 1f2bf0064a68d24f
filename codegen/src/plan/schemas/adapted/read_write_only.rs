//! Properties that travel in one direction only: requests lack what is `readOnly`, responses what is `writeOnly` (OpenAPI 3.2.0,
//! Schema Object), and `required` counts where the property travels.
//!
//! A schema that travels in both directions and differs between them becomes two. The one of responses keeps its name, the one of
//! requests is called after it: `Account` and `AccountRequest`. Everything else stays one.

mod rewire;

use std::collections::{HashMap, HashSet};

use crate::api::{self, Direction, Directions, Key, Name, Schema, SchemaId, Schemas, Shape};
use crate::plan::schemas::elements;
use rewire::RequestForms;

/// What differs between the directions; empty where no property is of one direction only.
#[derive(Default)]
pub(super) struct Directed {
    /// The shapes of the schemas that keep their ids.
    pub(super) shapes: Vec<(SchemaId, Shape)>,
    /// The second form of those that have two, as requests have it; their ids follow those of the table.
    pub(super) copies: Vec<Schema>,
    /// The id of that form.
    pub(super) of_requests: HashMap<SchemaId, SchemaId>,
}

/// Each schema as its direction has it; `travels` has in which its values travel.
pub(super) fn directed(schemas: &Schemas, travels: &[Directions]) -> Directed {
    let one_way: Vec<bool> = schemas.iter().map(|(_, schema)| has_one_way(schemas, schema)).collect();
    if !one_way.contains(&true) {
        return Directed::default();
    }
    let differs = holders(schemas, one_way);
    let discriminated = schemas.discriminated();
    let of_requests = of_requests(schemas, travels, &differs);
    let rewired = |stated: (SchemaId, &Schema)| {
        let mut shape = shape(schemas, &discriminated, stated, Some(Direction::Request));
        of_requests.rewire_shape(schemas, &mut shape);
        shape
    };
    let (mut shapes, mut copies) = (Vec::new(), Vec::new());
    for stated in schemas.iter().filter(|(id, _)| differs.get(id.0) == Some(&true)) {
        let travels = travels.get(stated.0.0).copied().unwrap_or_default();
        let own = match travels {
            Directions { response: true, .. } => shape(schemas, &discriminated, stated, Some(Direction::Response)),
            Directions { request: true, .. } => rewired(stated),
            Directions { .. } => shape(schemas, &discriminated, stated, None),
        };
        shapes.push((stated.0, own));
        if of_requests.get(stated.0).is_some() {
            copies.push(of_request(schemas, stated.1, rewired(stated)));
        }
    }
    Directed { shapes, copies, of_requests: of_requests.into_ids() }
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

/// The schemas that travel in both directions and differ between them, each with the id of its form of requests.
fn of_requests(schemas: &Schemas, travels: &[Directions], differs: &[bool]) -> RequestForms {
    let has_two = |id: &SchemaId| {
        let travels = travels.get(id.0).copied().unwrap_or_default();
        differs.get(id.0) == Some(&true) && travels.request && travels.response
    };
    let originals = schemas.iter().map(|(id, _)| id).filter(has_two);
    RequestForms::new(originals.zip((schemas.len()..).map(SchemaId)).collect())
}

/// A schema as requests have it, by another name.
fn of_request(schemas: &Schemas, original: &Schema, shape: Shape) -> Schema {
    let mut copy = Schema { shape, ..original.clone() };
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
    // Where what has no field is kept, a property that is there after all must not lose its type.
    if direction.is_none() || elements::keeps_additional(schemas, stated) || stated.properties.iter().all(is_absent) {
        let absent = object.properties.iter_mut().filter(|property| is_absent(property));
        absent.for_each(|property| property.required = false);
    } else {
        object.properties.retain(|property| !is_absent(property));
    }
    Shape::Object(object)
}
