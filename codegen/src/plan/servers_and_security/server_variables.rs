//! Addresses with variables: a type for each, with a setter for each variable.

use crate::api::{Server, Variable};
use crate::names::{Scope, companion_name, disambiguate, type_name, value_name};
use crate::plan::docs::paragraphs::document;
use crate::plan::items::structs;
use crate::plan::stated_docs;
use crate::rust::{Address, AddressValues, AddressVariable, CLIENT_NAMES, Derive, Docs, Text, VariableId};

/// Methods that no variable may take.
const RESERVED_METHODS: &[&str] = &["new", "clone"];

/// The names of types beside the client.
pub(super) fn types<'n>(taken: impl Iterator<Item = &'n str>) -> Scope {
    let mut types = Scope::reserving(CLIENT_NAMES);
    for name in taken {
        types.claim(name);
    }
    types
}

/// The addresses of a list that have variables. A relative one needs a host from the caller, who then writes all of it.
pub(super) fn of(servers: &[Server], group: &str, types: &mut Scope) -> Vec<Address> {
    let varied = servers.iter().filter(|server| server.template.contains('{'));
    varied.filter_map(|server| address(server, group, types)).collect()
}

fn address(stated: &Server, group: &str, types: &mut Scope) -> Option<Address> {
    let url = stated.url()?;
    let mut used: Vec<&Variable> = Vec::new();
    let mut pieces = Vec::new();
    let mut rest = stated.template.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        let variable = stated.variables.iter().find(|variable| variable.name == name)?;
        let place = used.iter().position(|known| known.name == name).unwrap_or_else(|| {
            used.push(variable);
            used.len() - 1
        });
        pieces.push((before.to_owned(), VariableId(place)));
        rest = after;
    }
    let name = types.claim(&companion_name(&type_name(stated.name.as_deref().unwrap_or(group)), "Address")).name;
    let docs = document(
        Docs::line(Text::from("The address ").code(&stated.template).words(".")),
        &stated_docs::of(&stated.docs),
    );
    let mut setters = Scope::reserving(RESERVED_METHODS);
    let variables = used.into_iter().map(|stated| variable(stated, &name, &mut setters, types)).collect();
    Some(Address {
        pieces,
        end: rest.to_owned(),
        variables,
        derives: structs::derives(true),
        docs: docs.text(Text::from("By default ").code(&url).words(".")),
        name,
    })
}

fn variable(stated: &Variable, address: &str, setters: &mut Scope, types: &mut Scope) -> AddressVariable {
    let line = Text::from("Sets ").code(&stated.name).words(", by default ").code(&stated.default).words(".");
    AddressVariable {
        name: setters.claim(&value_name(&stated.name)).name,
        default: stated.default.clone(),
        values: values(stated, address, types),
        docs: document(Docs::line(line), &stated_docs::of(&stated.docs)),
    }
}

/// The values of a variable; `None` where the document lists none, or not the default.
fn values(stated: &Variable, address: &str, types: &mut Scope) -> Option<AddressValues> {
    if !stated.values.contains(&stated.default) {
        return None;
    }
    let mut values: Vec<&str> = Vec::new();
    for value in &stated.values {
        if !values.contains(&value.as_str()) {
            values.push(value);
        }
    }
    let names = disambiguate(&values, type_name, &["Self"]).into_iter().map(|found| found.name);
    Some(AddressValues {
        name: types.claim(&companion_name(address, &type_name(&stated.name))).name,
        variants: names.zip(values.iter().map(|value| (*value).to_owned())).collect(),
        derives: structs::derives(true).and(&[Derive::Copy], true),
        docs: Docs::line(Text::from("The values of ").code(&stated.name).words(".")),
    })
}
