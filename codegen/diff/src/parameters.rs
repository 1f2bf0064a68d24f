//! Parameters of requests.

use specie_codegen::api::{
    Content, Direction, Operation, Parameter, ParameterLocation, Schemas, SecurityScheme, Shape, Style, Value,
};

use crate::collect::Collector;
use crate::content;
use crate::document_location::{Site, path_names};
use crate::schemas::{self, View};
use crate::security::key_of;
use crate::{Answer, Edit, Relation, Rule};

/// Compares the parameters of two operations. Those of the path are known by their places in it, all others by their names. One that the
/// other document has among the API keys of the operation is compared with these.
pub(crate) fn compare(
    (old, old_keys): (&Operation, &[&SecurityScheme]),
    (new, new_keys): (&Operation, &[&SecurityScheme]),
    site: &Site,
    found: &mut Collector<'_>,
) {
    let names = |operation: &Operation| -> Vec<String> { path_names(operation.path()).map(str::to_owned).collect() };
    let (old_names, new_names) = (names(old), names(new));
    swapped((old, &old_names), (new, &new_names), site, found);
    let ones = all(old, &old_names, found.old());
    let others = all(new, &new_names, found.new_schemas());
    let (mut gone, mut added): (Vec<&Parameter>, Vec<&Parameter>) = (Vec::new(), Vec::new());
    for (key, one) in &ones {
        match others.iter().find(|(other, _)| other == key) {
            Some((_, other)) => both(one, other, site, found),
            None if key_of(one, new_keys).is_some() => {}
            None => gone.push(one),
        }
    }
    let is_new = |key: &(ParameterLocation, String)| ones.iter().all(|(one, _)| one != key);
    let new_ones = others.iter().filter(|(key, one)| is_new(key) && key_of(one, old_keys).is_none());
    added.extend(new_ones.map(|(_, one)| *one));
    let schemas = (found.old(), found.new_schemas());
    for one in gone {
        let is_same = |other: &&Parameter| one.place == other.place && is_nameless(other, schemas.1);
        if let Some(at) = added.iter().position(is_same).filter(|_| is_nameless(one, schemas.0)) {
            both(one, added.remove(at), site, found);
            continue;
        }
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

/// Headers that are no parameters, whatever a document says of them (OpenAPI 3.2.0, Parameter Object, `name`).
const NO_PARAMETERS: &[&str] = &["accept", "authorization", "content-type"];

/// The parameters of an operation, each with what it is known by.
fn all<'a>(
    operation: &'a Operation,
    names: &[String],
    schemas: &Schemas,
) -> Vec<((ParameterLocation, String), &'a Parameter)> {
    let found = operation.parameters.iter().map(|one| (key(one, names, schemas), one));
    found
        .filter(|((place, name), _)| *place != ParameterLocation::Header || !NO_PARAMETERS.contains(&name.as_str()))
        .collect()
}

/// Says where names of the path change places. Each request means what it did; whoever gives values by name sends others.
fn swapped(
    (old, ones): (&Operation, &[String]),
    (new, others): (&Operation, &[String]),
    site: &Site,
    found: &mut Collector<'_>,
) {
    for (one, other) in ones.iter().zip(others) {
        if one != other && ones.contains(other) && others.contains(one) {
            let edit = Edit::new(Rule::PathParametersSwapped, Relation::UNKNOWN, Some(old.span), Some(new.span));
            let site = site.at(format!("{} parameter {other}", ParameterLocation::Path.words()));
            found.edit(&site, edit.values(Some(old.path().to_owned()), Some(new.path().to_owned())));
        }
    }
}

/// What a parameter is known by.
fn key(parameter: &Parameter, names: &[String], schemas: &Schemas) -> (ParameterLocation, String) {
    let name = match parameter.place {
        ParameterLocation::Path if is_named_in_path(parameter, schemas) => None,
        ParameterLocation::Path => names.iter().position(|name| *name == parameter.name).map(|at| at.to_string()),
        ParameterLocation::Header => Some(parameter.name.to_ascii_lowercase()),
        ParameterLocation::QueryString => Some(String::new()),
        ParameterLocation::Query | ParameterLocation::Cookie => None,
    };
    (parameter.place, name.unwrap_or_else(|| parameter.name.clone()))
}

/// Whether the path holds the name of a parameter: `matrix` writes `;id=5`, but of an exploded object the names of its properties (OpenAPI
/// 3.2.0, Style Examples).
fn is_named_in_path(parameter: &Parameter, schemas: &Schemas) -> bool {
    let Content::Schema { schema, style: Style::Matrix, explode, .. } = parameter.content else { return false };
    !(explode && matches!(View::of(schemas, schema).shape, Shape::Object(_)))
}

/// Whether a parameter of the query is an object that is written as its properties, so that its name does not travel (OpenAPI 3.2.0, Style
/// Examples).
fn is_nameless(parameter: &Parameter, schemas: &Schemas) -> bool {
    let Content::Schema { schema, style: Style::Form, explode: true, .. } = parameter.content else { return false };
    parameter.place == ParameterLocation::Query && matches!(View::of(schemas, schema).shape, Shape::Object(_))
}

/// What a person calls a parameter.
fn place_name(parameter: &Parameter) -> String {
    format!("{} parameter {}", parameter.place.words(), parameter.name)
}

fn both(old: &Parameter, new: &Parameter, site: &Site, found: &mut Collector<'_>) {
    let site = site.at(place_name(new));
    let edit = |rule, relation, keyword| {
        Edit::new(rule, relation, Some(content::at(old, keyword)), Some(content::at(new, keyword)))
    };
    match (old.required, new.required) {
        (false, true) => found.edit(&site, edit(Rule::ParameterRequired, Relation::NARROWS, "required")),
        (true, false) => found.edit(&site, edit(Rule::ParameterOptional, Relation::WIDENS, "required")),
        _ => {}
    }
    match (old.may_be_empty, new.may_be_empty) {
        (true, false) if !takes_empty_text(found.new_schemas(), new) => {
            let edit = edit(Rule::ParameterEmpty, Relation::NARROWS, "allowEmptyValue");
            found.edit(&site, edit.values(Some(content::allowed(true)), Some(content::allowed(false))));
        }
        (false, true) if !takes_empty_text(found.old(), old) => {
            let edit = edit(Rule::ParameterEmpty, Relation::WIDENS, "allowEmptyValue");
            found.edit(&site, edit.values(Some(content::allowed(false)), Some(content::allowed(true))));
        }
        _ => {}
    }
    content::parameter(old, new, &site, found);
}

/// Whether a parameter may have no text where it has a value: the empty text is one of its values, or the item of a list that is.
fn takes_empty_text(schemas: &Schemas, parameter: &Parameter) -> bool {
    let takes = |schema, value: &Value| schemas::takes(schemas, schema, value, Direction::Request);
    let empty = Value::String(String::new());
    parameter.content.schema().is_none_or(|id| takes(id, &empty) || takes(id, &Value::List(vec![empty.clone()])))
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
