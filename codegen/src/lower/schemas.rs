//! All schemas of a document in one pass, each by the number that it has there.
//!
//! A schema of the document becomes the schema of the same number. Behind those stand the ones that no place of the
//! document states as a whole, such as what two parts of an `allOf` say of one property together.

mod all_of;
mod assumed_types;
mod constants;
mod constraints;
mod declared_unions;
mod discriminator_values;
mod enumerations;
mod inheritance;
mod intersections;
mod keyword_predicates;
mod objects;
mod recursion;
mod schema;
mod shapes;
mod unenforced_keywords;
mod unions;

use std::collections::HashMap;

use openapiv3::ReferenceOr;

use all_of::Part;
use inheritance::Families;

use crate::api::{self, Key};
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::Document;
use crate::document::schema::{Home, SchemaId, Schemas, Type};
use crate::source::Span;
use crate::syntax::{TAKEN_OVER, pointer};

/// Lowers every schema.
pub(super) fn schemas(document: &Document) -> (api::Schemas, Diagnostics) {
    let mut made = api::Schemas::default();
    let mut additions = Additions::behind(&document.schemas);
    let conditions = unenforced_keywords::conditions(&document.schemas);
    for (id, _) in document.schemas.iter() {
        let key = key(document, id);
        let is_condition = conditions.contains(&id);
        let schema = schema::stated(document, id, key, is_condition, &mut additions);
        made.add(schema);
    }
    let mut next = 0;
    while let Some((origin, key)) = additions.waiting.get(next).cloned() {
        made.add(schema::derived(document, &origin, key, &mut additions));
        next += 1;
    }
    constants::separate(&mut made);
    let mut diagnostics = additions.diagnostics;
    references_to_nowhere(document, &mut diagnostics);
    schema::contradicted_secrets(&made, &mut diagnostics);
    recursion::mark(&mut made);
    (made, diagnostics)
}

/// Reports references by a name of JSON Schema (`$anchor`, `$id`) that no schema of the document has.
fn references_to_nowhere(document: &Document, diagnostics: &mut Diagnostics) {
    for (_, schema) in document.schemas.iter() {
        let Some(reference) = schema.keywords().reference.as_ref().filter(|stated| stated.value.target.is_none())
        else {
            continue;
        };
        let message = format!("{} names no schema of this document", quoted(&reference.value.text));
        diagnostics
            .error(Code::DanglingReference, message, reference.span)
            .help("refer to a component, or to the `$anchor` or `$id` of a schema, as they are written");
    }
}

/// The schema that a schema position of `openapiv3`'s types stands for.
pub(super) fn schema_id(document: &Document, at: &ReferenceOr<openapiv3::Schema>) -> Option<api::SchemaId> {
    document.schema(at).map(same_id)
}

/// The number that a schema of the document has among those of the API.
pub(super) const fn same_id(id: SchemaId) -> api::SchemaId {
    api::SchemaId(id.index())
}

fn key(document: &Document, id: SchemaId) -> Key {
    match &document.schemas[id].home {
        Home::Component(name) => Key::Component(name.to_string()),
        Home::Object(..) | Home::Schema(..) => Key::Pointer(document.schemas.pointer(id, &document.objects)),
    }
}

/// The key of a schema that is derived from others: a pointer below the key of one that stands in the document.
fn key_below(key: &Key, keyword: &str, name: &str) -> Key {
    let name = pointer::escape(name);
    match key {
        Key::Component(component) => {
            Key::Pointer(format!("/components/schemas/{}/{keyword}/{name}", pointer::escape(component)))
        }
        Key::Pointer(pointer) => Key::Pointer(format!("{pointer}/{keyword}/{name}")),
    }
}

/// The source of a schema that the document does not write out as one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Origin {
    /// What a value of it has to fit, in the order of the parts of an `allOf`.
    parts: Vec<Part>,
    /// The one type of its values, where it is a branch of a schema with several types.
    one: Option<Type>,
    /// The values that it is narrowed to: those that name an object in a discriminator.
    tags: Vec<String>,
}

impl Origin {
    /// All values that fit these.
    const fn of(parts: Vec<Part>) -> Self {
        Self { parts, one: None, tags: Vec::new() }
    }
}

/// The schemas that lowering adds, still to be lowered, and the diagnostics.
struct Additions {
    behind: usize,
    families: Families,
    ids: HashMap<Origin, api::SchemaId>,
    waiting: Vec<(Origin, Key)>,
    /// How many properties `allOf` has brought in so far: it multiplies what a document says.
    inherited: usize,
    diagnostics: Diagnostics,
}

impl Additions {
    fn behind(schemas: &Schemas) -> Self {
        Self {
            behind: schemas.len(),
            families: Families::of(schemas),
            ids: HashMap::new(),
            waiting: Vec::new(),
            inherited: 0,
            diagnostics: Diagnostics::new(),
        }
    }

    /// The id of an added schema, which is queued when it is first asked for; the first key is kept.
    fn schema(&mut self, origin: Origin, key: Key) -> api::SchemaId {
        let next = api::SchemaId(self.behind + self.waiting.len());
        let id = *self.ids.entry(origin.clone()).or_insert(next);
        if id == next {
            self.waiting.push((origin, key));
        }
        id
    }

    /// Whether `allOf` may bring in more properties; where they are too many, says so once.
    fn affords(&mut self, properties: usize, span: Span) -> bool {
        let before = self.inherited;
        self.inherited = before.saturating_add(properties);
        if before <= TAKEN_OVER && self.inherited > TAKEN_OVER {
            super::report_too_large(span, &mut self.diagnostics);
        }
        self.is_affordable()
    }

    const fn is_affordable(&self) -> bool {
        self.inherited <= TAKEN_OVER
    }
}
