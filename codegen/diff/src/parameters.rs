//! Parameters of requests, and how parameters and headers are written.

use specie_codegen::api::{
    Content, Direction, Operation, Parameter, ParameterPlace, SchemaId, Schemas, Shape, Style, Value,
};

use crate::bodies;
use crate::collect::{Collector, Site};
use crate::schemas::{self, Carrier, View};
use crate::{Answer, Edit, Relation, Rule};

/// Compares the parameters of two operations. Those of the path are known by their places in it, all others by their names.
pub(crate) fn compare(old: &Operation, new: &Operation, site: &Site, found: &mut Collector<'_>) {
    let names = |operation: &Operation| -> Vec<String> {
        let pieces = operation.path().split('{').skip(1);
        pieces.filter_map(|piece| Some(piece.split_once('}')?.0.to_owned())).collect()
    };
    let (old_names, new_names) = (names(old), names(new));
    let ones: Vec<_> = old.parameters.iter().map(|one| (key(one, &old_names), one)).collect();
    let others: Vec<_> = new.parameters.iter().map(|one| (key(one, &new_names), one)).collect();
    let (mut gone, mut added): (Vec<&Parameter>, Vec<&Parameter>) = (Vec::new(), Vec::new());
    for (key, one) in &ones {
        match others.iter().find(|(other, _)| other == key) {
            Some((_, other)) => both(one, other, site, found),
            None => gone.push(one),
        }
    }
    added.extend(others.iter().filter(|(key, _)| ones.iter().all(|(one, _)| one != key)).map(|(_, one)| *one));
    for one in gone {
        let place = added.iter().position(|other| other.name.eq_ignore_ascii_case(&one.name));
        match place.map(|at| added.remove(at)) {
            Some(other) => moved(one, other, site, found),
            None => removed(one, site, found),
        }
    }
    for other in added {
        self::added(other, site, found);
    }
}

/// What a parameter is known by.
fn key(parameter: &Parameter, names: &[String]) -> (ParameterPlace, String) {
    let name = match parameter.place {
        ParameterPlace::Path => names.iter().position(|name| *name == parameter.name).map(|at| at.to_string()),
        ParameterPlace::Header => Some(parameter.name.to_ascii_lowercase()),
        ParameterPlace::QueryString => Some(String::new()),
        ParameterPlace::Query | ParameterPlace::Cookie => None,
    };
    (parameter.place, name.unwrap_or_else(|| parameter.name.clone()))
}

/// What a person calls a parameter.
fn place_name(parameter: &Parameter) -> String {
    format!("{} parameter {}", parameter.place.words(), parameter.name)
}

fn both(old: &Parameter, new: &Parameter, site: &Site, found: &mut Collector<'_>) {
    let site = site.at(place_name(new));
    let edit = |rule, relation| Edit::new(rule, relation, Some(old.name_span), Some(new.name_span));
    match (old.required, new.required) {
        (false, true) => found.edit(&site, edit(Rule::ParameterRequired, Relation::NARROWS)),
        (true, false) => found.edit(&site, edit(Rule::ParameterOptional, Relation::WIDENS)),
        _ => {}
    }
    match (old.may_be_empty, new.may_be_empty) {
        (true, false) if !takes_empty_text(found.new_schemas(), new) => {
            found.edit(&site, edit(Rule::ParameterEmpty, Relation::NARROWS));
        }
        (false, true) if !takes_empty_text(found.old(), old) => {
            found.edit(&site, edit(Rule::ParameterEmpty, Relation::WIDENS));
        }
        _ => {}
    }
    if new.docs.deprecated && !old.docs.deprecated {
        found.edit(&site, edit(Rule::SchemaDeprecated, Relation::SAME));
    }
    content(old, new, &site, found);
}

/// Whether the empty text is one of the values of a parameter.
fn takes_empty_text(schemas: &Schemas, parameter: &Parameter) -> bool {
    let takes_text = |schema| schemas::takes(schemas, schema, &Value::String(String::new()), Direction::Request);
    parameter.content.schema().is_none_or(takes_text)
}

fn moved(old: &Parameter, new: &Parameter, site: &Site, found: &mut Collector<'_>) {
    let edit = Edit::new(Rule::ParameterMoved, Relation::INCOMPARABLE, Some(old.name_span), Some(new.name_span));
    found.edit(&site.at(place_name(new)), edit.values(Some(place_name(old)), Some(place_name(new))));
}

fn removed(old: &Parameter, site: &Site, found: &mut Collector<'_>) {
    let new_in_old = if old.required { Answer::No } else { Answer::Yes };
    let relation = Relation::new(Answer::Unknown, new_in_old);
    let edit = Edit::new(Rule::ParameterRemoved, relation, Some(old.name_span), None);
    found.edit(&site.at(place_name(old)), edit);
}

fn added(new: &Parameter, site: &Site, found: &mut Collector<'_>) {
    let old_in_new = if new.required { Answer::No } else { Answer::Yes };
    let relation = Relation::new(old_in_new, Answer::Unknown);
    let edit = Edit::new(Rule::ParameterAdded, relation, None, Some(new.name_span));
    let required = new.required.then(|| "required".to_owned());
    found.edit(&site.at(place_name(new)), edit.values(None, required));
}

/// Compares what two parameters or headers hold, and how that is written.
pub(crate) fn content(old: &Parameter, new: &Parameter, site: &Site, found: &mut Collector<'_>) {
    match (&old.content, &new.content) {
        (Content::Schema { schema, .. }, Content::Schema { schema: other, .. }) => {
            written(old, new, site, found);
            found.schemas(site, *schema, *other, Carrier::Text);
        }
        (Content::Media { media_type, .. }, Content::Media { media_type: other, .. }) => {
            bodies::media_types(std::slice::from_ref(media_type), std::slice::from_ref(other), site, site, found);
        }
        _ => {
            let edit = Edit::new(Rule::ParameterFormat, Relation::INCOMPARABLE, Some(old.span), Some(new.span));
            found.edit(site, edit);
        }
    }
}

/// Compares styles as far as they make a difference for the values.
fn written(old: &Parameter, new: &Parameter, site: &Site, found: &mut Collector<'_>) {
    let (before, after) = (style(found.old(), old), style(found.new_schemas(), new));
    let (Some(before), Some(after)) = (before, after) else { return };
    let edit = |rule, relation| Edit::new(rule, relation, Some(old.name_span), Some(new.name_span));
    // What is no list or object is written the same way, exploded or not.
    let is_exploded = before.is_compound && after.is_compound && before.explode != after.explode;
    if (before.style != after.style || is_exploded) && (before.differs() || after.differs()) {
        let values = (Some(before.text()), Some(after.text()));
        found.edit(site, edit(Rule::ParameterStyle, Relation::INCOMPARABLE).values(values.0, values.1));
    }
    match (before.reserved, after.reserved) {
        (true, false) => found.edit(site, edit(Rule::ParameterReserved, Relation::NARROWS)),
        (false, true) => found.edit(site, edit(Rule::ParameterReserved, Relation::WIDENS)),
        _ => {}
    }
}

/// How a value is written.
struct Written {
    style: Style,
    explode: bool,
    reserved: bool,
    is_compound: bool,
}

impl Written {
    /// Whether another style than the default one gives other texts.
    fn differs(&self) -> bool {
        self.is_compound || matches!(self.style, Style::Matrix | Style::Label | Style::DeepObject)
    }

    fn text(&self) -> String {
        let explode = if self.explode && self.is_compound { ", explode" } else { "" };
        format!("{}{explode}", self.style.name())
    }
}

fn style(schemas: &Schemas, parameter: &Parameter) -> Option<Written> {
    let Content::Schema { schema, style, explode, allow_reserved } = &parameter.content else { return None };
    let is_compound = is_compound(schemas, *schema, 8);
    Some(Written { style: *style, explode: *explode, reserved: *allow_reserved, is_compound })
}

/// Whether a schema has values that are lists or objects; a union does where a branch does.
fn is_compound(schemas: &Schemas, id: SchemaId, depth: usize) -> bool {
    let view = View::of(schemas, id);
    match view.shape.base() {
        Shape::String { .. } | Shape::Integer { .. } | Shape::Number { .. } | Shape::Boolean | Shape::Null => false,
        Shape::Union(union) if depth > 0 => {
            union.branches.iter().any(|branch| is_compound(schemas, branch.schema, depth - 1))
        }
        _ => true,
    }
}
