//! Programs that name every item of a crate that users of one side name.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use specie_codegen::rust::Crate;

use crate::code::item::{ApiItemKind, Item, Items, Users};

const HEAD: &str = "#![allow(unused, ambiguous_glob_reexports, non_snake_case, deprecated)]\n\
    use api::*;\nuse api::types::*;\nuse specie_runtime::*;\nuse specie_runtime::client::Call;\n\
    use std::collections::BTreeMap;\nfn any<T>() -> T { panic!() }\n";

/// The program of a user of the client.
pub(super) fn client(items: &Items) -> String {
    let mut text = HEAD.to_owned();
    each(items, |users| users.client, &mut text);
    text
}

/// The program of a server.
pub(super) fn server(items: &Items, krate: &Crate) -> String {
    let mut text = HEAD.to_owned();
    text.push_str("use specie_runtime::server::{Handled, Rejection, RequestContext, BasicCredentials};\nuse api::server::Credential;\nstruct Own;\n");
    each(items, |users| users.server, &mut text);
    let mut traits: BTreeMap<&str, Vec<String>> = BTreeMap::from([(krate.trait_name.as_str(), Vec::new())]);
    for (path, item) in items.iter().filter(|(path, item)| item.kind == ApiItemKind::Required && path.ends_with("()")) {
        let Some((of, method)) = path.trim_end_matches("()").split_once("::") else { continue };
        let method = raw(method);
        let request = item.code.trim_start_matches("fn(").split(')').next().unwrap_or_default();
        let text = if method == "authenticate" {
            "async fn authenticate(&self, _: Vec<Credential>, _: &mut RequestContext) -> Result<(), Rejection> { any() }".to_owned()
        } else {
            format!(
                "async fn {method}(&self, _: api::{request}, _: RequestContext) -> Handled<api::{request}> {{ any() }}"
            )
        };
        traits.entry(of).or_default().push(text);
    }
    for (name, methods) in traits {
        let _ = writeln!(text, "impl api::server::{name} for Own {{\n{}\n}}", methods.join("\n"));
    }
    text
}

/// A function for each item that users name.
fn each(items: &Items, names: fn(Users) -> bool, text: &mut String) {
    for (index, (path, item)) in items.iter().filter(|(_, item)| names(item.users)).enumerate() {
        if let Some(body) = usage(path, item) {
            let _ = writeln!(text, "fn use_{index}{body}");
        }
    }
    let mut whole: BTreeMap<(&str, bool), Vec<&str>> = BTreeMap::new();
    for (path, item) in items.iter().filter(|(_, item)| names(item.exhaustive)) {
        if let (Some(parent), ApiItemKind::Field | ApiItemKind::Variant) = (&item.parent, item.kind) {
            let local = path.strip_prefix(parent.as_str()).unwrap_or(path).trim_start_matches(['.', ':']);
            whole.entry((parent, item.kind == ApiItemKind::Field)).or_default().push(local);
        }
    }
    for (index, ((parent, is_literal), names)) in whole.into_iter().enumerate() {
        let names: Vec<String> = names.into_iter().map(raw).collect();
        let _ = if is_literal {
            let fields: Vec<String> = names.iter().map(|name| format!("{name}: any()")).collect();
            writeln!(text, "fn whole_{index}() -> api::{parent} {{ api::{parent} {{ {} }} }}", fields.join(", "))
        } else {
            let arms: Vec<String> = names.iter().map(|name| format!("api::{parent}::{name} {{ .. }} => ()")).collect();
            writeln!(text, "fn whole_{index}(one: api::{parent}) {{ match one {{ {} }} }}", arms.join(", "))
        };
    }
}

/// The parameters and the body of a function that names an item.
fn usage(path: &str, item: &Item) -> Option<String> {
    let code = &item.code;
    let of = |local: &str| path.strip_suffix(local).map(|parent| format!("api::{parent}"));
    match item.kind {
        ApiItemKind::Type if code == "trait" => Some(format!("<T: api::server::{path}>() {{}}")),
        ApiItemKind::Type
            if ["struct", "enum", "non_exhaustive enum"].contains(&code.as_str()) || code.starts_with("struct(") =>
        {
            let generics = if path.starts_with("server::") { "<Own>" } else { "" };
            Some(format!("(_: &api::{path}{generics}) {{}}"))
        }
        ApiItemKind::Type => Some(format!("(it: api::{path}) -> {code} {{ it }}")),
        ApiItemKind::Implementation => implementation(path),
        ApiItemKind::Field => {
            let (parent, field) = path.rsplit_once('.')?;
            Some(format!("(it: &api::{parent}) {{ let _: &{code} = &it.{}; }}", raw(field)))
        }
        ApiItemKind::Constructor => {
            Some(format!("() -> {} {{ api::{}({}) }}", of("::new()")?, path.strip_suffix("()")?, arguments(code)))
        }
        ApiItemKind::Setter => {
            let (parent, name) = path.strip_suffix("()")?.rsplit_once("::")?;
            Some(format!("(it: api::{parent}) -> api::{parent} {{ it.{}({}) }}", raw(name), argument(code)))
        }
        ApiItemKind::Variant => {
            let (parent, name) = path.rsplit_once("::")?;
            let made = match code.as_str() {
                "unit" | "" => String::new(),
                "other" => {
                    return Some(format!("(it: &api::{parent}) -> bool {{ matches!(it, api::{parent}::{name}(_)) }}"));
                }
                "Status" => "(any())".to_owned(),
                held => match held.strip_prefix("Status, ") {
                    Some(held) => format!("(any(), any::<{held}>())"),
                    None => format!("(any::<{held}>())"),
                },
            };
            Some(format!("() -> api::{parent} {{ api::{parent}::{name}{made} }}"))
        }
        ApiItemKind::AssociatedType => {
            let (parent, name) = path.split_once(": ")?;
            let name = name.rsplit("::").next()?;
            Some(format!("(it: <api::{parent} as specie_runtime::operation::Operation>::{name}) -> {code} {{ it }}"))
        }
        ApiItemKind::Method if path.starts_with("Call<") => {
            let (request, name) = path.strip_prefix("Call<")?.strip_suffix("()")?.split_once(">::")?;
            Some(match code.split_once(" of ") {
                Some((_, item)) => format!(
                    "(it: Call<api::{request}>) {{ fn is<T: specie_runtime::client::Paged<Item = {item}>>() {{}} is::<api::{request}>(); let _ = it.{name}(); }}"
                ),
                None => format!("(it: Call<api::{request}>) {{ let _ = it.{name}(); }}"),
            })
        }
        ApiItemKind::Method => {
            let (parent, name) = path.strip_suffix("()")?.rsplit_once("::")?;
            let taken = arguments(code.split(" -> ").next()?);
            Some(match code.split_once(" -> ") {
                Some((_, output)) => {
                    format!("(it: &api::client::{parent}) -> {output} {{ it.{}({taken}) }}", raw(name))
                }
                None => format!("(it: api::client::{parent}) -> api::client::{parent} {{ it.{}({taken}) }}", raw(name)),
            })
        }
        ApiItemKind::Required | ApiItemKind::Function => None,
    }
}

fn implementation(path: &str) -> Option<String> {
    let (of, implemented) = path.split_once(": ")?;
    if let Some(held) = implemented.strip_prefix("From<").and_then(|rest| rest.strip_suffix('>')) {
        let held = held.strip_prefix("impl Into<").and_then(|rest| rest.strip_suffix('>')).unwrap_or(held);
        return Some(format!("() -> api::{of} {{ any::<{held}>().into() }}"));
    }
    Some(format!("() {{ fn is<T: {}>() {{}} is::<api::{of}>() }}", derive(implemented)))
}

fn derive(name: &str) -> String {
    match name {
        "Debug" => "std::fmt::Debug".to_owned(),
        "Hash" => "std::hash::Hash".to_owned(),
        other => other.to_owned(),
    }
}

/// The arguments of a call, from `fn(…)`.
fn arguments(code: &str) -> String {
    let inner = code.strip_prefix("fn(").and_then(|rest| rest.strip_suffix(')')).unwrap_or_default();
    if inner.is_empty() {
        return String::new();
    }
    inner
        .split(", impl ")
        .enumerate()
        .map(|(at, one)| argument(&if at == 0 { one.to_owned() } else { format!("impl {one}") }))
        .collect::<Vec<_>>()
        .join(", ")
}

fn argument(taken: &str) -> String {
    if taken == "impl IntoTokenSource" {
        return "any::<String>()".to_owned();
    }
    let inner = taken.strip_prefix("impl Into<").and_then(|rest| rest.strip_suffix('>')).unwrap_or(taken);
    format!("any::<{inner}>()")
}

/// A name as Rust writes it where it is a word of the language.
fn raw(name: &str) -> String {
    if ["type", "ref", "use", "in", "for", "match", "move", "where", "as", "async", "box", "enum", "final"]
        .contains(&name)
    {
        format!("r#{name}")
    } else {
        name.to_owned()
    }
}
