//! The schemas of an API, adapted to what the types of a crate can hold. The API stays as the document has it; these stand beside it.
//!
//! A schema has another form where it travels in one direction and some of its properties do not ([`read_write_only`]), and a parameter
//! has another schema where no style carries its own one ([`nested_parameters`]). What the type of a schema has no place for is asserted
//! ([`limits_beside_types`]); what it asserts of what its type does not keep, or the runtime cannot check, is left out
//! ([`unenforced_assertions`]). Each of these takes finished schemas and returns what it found; only [`adapt`] puts it into them.

mod limits_beside_types;
mod nested_parameters;
mod read_write_only;
mod unenforced_assertions;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use unenforced_assertions::Unenforced;

use crate::api::{Api, Direction, SchemaId, Schemas, directions_from};
use crate::diagnostic::Diagnostics;
use crate::plan::diagnostics::Report;

/// The schemas that types are made of, and which of them stands at a position of the API.
pub(in crate::plan) struct AdaptedSchemas<'a> {
    /// The schemas of the API under their own ids, each in the form of responses, or of requests where it only travels there; behind
    /// them those of requests that differ.
    pub(in crate::plan) schemas: Cow<'a, Schemas>,
    /// The lists whose items are to differ, and are not compared: what their types keep of the items may be equal.
    pub(in crate::plan) incomparable: HashSet<SchemaId>,
    /// The list of texts of each parameter that has one, by the schema that the document gives the parameter.
    texts: HashMap<SchemaId, SchemaId>,
    /// The form of requests of each schema that has two.
    of_requests: HashMap<SchemaId, SchemaId>,
}

impl AdaptedSchemas<'_> {
    /// The schema that stands for that of a position outside of schemas, where `sender` sends its values.
    pub(in crate::plan) fn at(&self, position: SchemaId, sender: Direction) -> SchemaId {
        let id = self.texts.get(&position).copied().unwrap_or(position);
        match sender {
            Direction::Request => self.of_requests.get(&id).copied().unwrap_or(id),
            Direction::Response => id,
        }
    }

    /// Whether texts stand for the items of a parameter, so that the document's examples are none of what is sent.
    pub(in crate::plan) fn is_text(&self, position: SchemaId) -> bool {
        self.texts.contains_key(&position)
    }
}

/// Adapts the schemas of an API. What no style carries, and what nothing enforces, is reported.
pub(in crate::plan) fn adapt(api: &Api) -> (AdaptedSchemas<'_>, Diagnostics) {
    let mut schemas = Cow::Borrowed(&api.schemas);
    for (id, limits) in limits_beside_types::limits(&schemas) {
        schemas.to_mut().change(id, |schema| schema.constraints.asserted.extend(limits));
    }
    let Unenforced { assertions, mut incomparable, keywords } = unenforced_assertions::unenforced(&schemas);
    for (id, unseen) in assertions {
        schemas.to_mut().change(id, |schema| schema.constraints.asserted.retain(|one| !unseen.contains(one)));
    }
    let mut report = Report::default();
    for (keyword, span) in keywords {
        report.unchecked_keyword(keyword, span);
    }
    let (lists, found) = nested_parameters::lists_of_texts(api);
    report.diagnostics.extend(found);
    let mut texts = HashMap::new();
    for list in lists {
        let item = schemas.to_mut().add(list.item);
        texts.insert(list.position, schemas.to_mut().add(nested_parameters::list_of(item, list.of)));
    }
    let mut sent = Vec::new();
    api.visit_schemas(&mut |id, sender| sent.push((texts.get(&id).copied().unwrap_or(id), sender)));
    let directed = read_write_only::directed(&schemas, &directions_from(&schemas, sent));
    for (id, shape) in directed.shapes {
        schemas.to_mut().change(id, |schema| schema.shape = shape);
    }
    for copy in directed.copies {
        schemas.to_mut().add(copy);
    }
    let of_requests = directed.of_requests;
    let of_copies = of_requests.iter().filter(|(of, _)| incomparable.contains(of)).map(|(_, copy)| *copy);
    incomparable.extend(of_copies.collect::<Vec<_>>());
    (AdaptedSchemas { schemas, incomparable, texts, of_requests }, report.diagnostics)
}
