//! Addresses with variables: a type for each, with a setter for each variable.

use crate::api::{Server, Variable};
use crate::names::{Contender, Scope, companion_name, type_name, value_name, worded};
use crate::plan::diagnostics::Report;
use crate::plan::docs::paragraphs::document;
use crate::plan::items::structs;
use crate::plan::member_names::METHODS;
use crate::plan::stated_docs;
use crate::rust::{
    AddressValue, AddressValues, AddressVariable, CLIENT_NAMES, Derive, Docs, ServerUrl, Text, VariableId,
};

/// The names of types beside the client.
pub(super) fn types<'n>(taken: impl Iterator<Item = &'n str>) -> Scope {
    let mut types = Scope::reserving(CLIENT_NAMES);
    for name in taken {
        types.claim(name);
    }
    types
}

/// The servers of each group whose addresses have variables, with the name of the type of each. `groups` has the lists with their names.
///
/// A relative address needs a host from the caller, who then writes all of it.
pub(super) fn addresses(groups: &[(&[Server], &str)], types: &mut Scope, report: &mut Report) -> Vec<Vec<ServerUrl>> {
    let all = groups.iter().enumerate().flat_map(|(group, (servers, name))| {
        let varied = servers.iter().filter(|server| server.template.contains('{'));
        varied.filter_map(move |server| Some((group, *name, template(server)?)))
    });
    let all: Vec<(usize, &str, Template<'_>)> = all.collect();
    let contenders = all.iter().map(|(group, name, template)| {
        let contender = contender(template.stated, name);
        (if *group == 0 { contender } else { contender.behind() }, template.stated.span)
    });
    let taken: Vec<String> = types.names().map(str::to_owned).collect();
    let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
    let names = report.told_apart(&contenders.collect::<Vec<_>>(), &taken);
    for name in &names {
        types.claim(name);
    }
    let mut found = vec![Vec::new(); groups.len()];
    for ((group, _, template), name) in all.into_iter().zip(names) {
        found[group].push(address(template, name, types, report));
    }
    found
}

/// What the type of an address is called: after the server, or after the group, and among several of one name after the address.
fn contender(stated: &Server, group: &str) -> Contender {
    let name = |text: &str| companion_name(text, "Address");
    let text = stated.name.as_deref().unwrap_or(group);
    let own = [type_name(&stated.template), type_name(&worded(&stated.template))];
    Contender::of(text, type_name).map(name).or(own.map(|own| name(&companion_name(&type_name(text), &own))))
}

/// An address taken apart at its variables.
struct Template<'a> {
    stated: &'a Server,
    /// The address with its variables at their defaults.
    url: String,
    /// The variables, each once.
    used: Vec<&'a Variable>,
    /// Each place of a variable with the text before it.
    pieces: Vec<(String, VariableId)>,
    end: String,
}

fn template(stated: &Server) -> Option<Template<'_>> {
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
    Some(Template { stated, url, used, pieces, end: rest.to_owned() })
}

fn address(template: Template<'_>, name: String, types: &mut Scope, report: &mut Report) -> ServerUrl {
    let Template { stated, url, used, pieces, end } = template;
    let docs = document(
        Docs::line(Text::from("The address ").code(&stated.template).words(".")),
        &stated_docs::of(&stated.docs),
    );
    let setters: Vec<_> = used.iter().map(|one| (Contender::of(&one.name, value_name), one.span.key)).collect();
    let setters = report.told_apart(&setters, METHODS);
    let variables = used.into_iter().zip(setters);
    let variables = variables.map(|(stated, setter)| variable(stated, &name, setter, (types, report))).collect();
    ServerUrl {
        pieces,
        end,
        variables,
        derives: structs::derives_of_scalar(true, true),
        docs: docs.text(Text::from("By default ").code(&url).words(".")),
        name,
    }
}

fn variable(
    stated: &Variable,
    address: &str,
    setter: String,
    (types, report): (&mut Scope, &mut Report),
) -> AddressVariable {
    let line = Text::from("Sets ").code(&stated.name).words(", by default ").code(&stated.default).words(".");
    let is_called_otherwise = setter != value_name(&stated.name) && !METHODS.contains(&stated.name.as_str());
    let word = if is_called_otherwise { &setter } else { &stated.name };
    AddressVariable {
        values: values(stated, &companion_name(address, &type_name(word)), (types, report)),
        name: setter,
        default: stated.default.clone(),
        docs: document(Docs::line(line), &stated_docs::of(&stated.docs)),
    }
}

/// The values of a variable; `None` where the document lists none, or not the default.
fn values(stated: &Variable, name: &str, (types, report): (&mut Scope, &mut Report)) -> Option<AddressValues> {
    let mut values: Vec<&str> = Vec::new();
    for value in &stated.values {
        if !values.contains(&value.as_str()) {
            values.push(value);
        }
    }
    let default = values.iter().position(|value| **value == stated.default)?;
    let names: Vec<_> = values.iter().map(|value| (Contender::of(value, type_name), stated.span.value)).collect();
    let names = report.told_apart(&names, &["Self"]);
    let default = names.get(default)?.clone();
    let variants = names.into_iter().zip(values).map(|(variant, value)| AddressValue {
        variant,
        value: value.to_owned(),
        docs: Docs::line(Text::of_code(value)),
    });
    Some(AddressValues {
        name: types.claim(name).name,
        variants: variants.collect(),
        default,
        derives: structs::derives_of_scalar(true, true).and(&[Derive::Copy], true),
        docs: Docs::line(Text::from("The values of ").code(&stated.name).words(".")),
    })
}
