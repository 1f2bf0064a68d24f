//! `form`, `spaceDelimited` and `pipeDelimited` in queries, `form` and `cookie` in cookies: pairs of a name and a value.
//!
//! Exploded, each item of a list is a pair of its own, and so is each property of an object, under its own name.

#[cfg(feature = "server")]
use std::borrow::Cow;

#[cfg(feature = "server")]
use super::Pair;
use super::joined;
#[cfg(feature = "server")]
use crate::param::ParameterKind;
use crate::param::ParameterTree;
use crate::param::{ParameterLocation, ParameterSpec};
use crate::wire::escape::Escape;
#[cfg(feature = "client")]
use crate::wire::{cookie, percent};

#[cfg(feature = "client")]
pub(super) fn write(spec: &ParameterSpec, tree: &ParameterTree) -> Result<String, &'static str> {
    let mut pairs = String::new();
    match tree {
        ParameterTree::List(items) if spec.explode => {
            for item in items {
                push(&mut pairs, spec, spec.name, joined::single(item)?)?;
            }
        }
        ParameterTree::Object(members) if spec.explode => {
            for (name, member) in members {
                match member {
                    ParameterTree::List(items) => {
                        for item in items {
                            push(&mut pairs, spec, name, joined::single(item)?)?;
                        }
                    }
                    member => push(&mut pairs, spec, name, joined::single(member)?)?,
                }
            }
        }
        ParameterTree::Text(text) => push(&mut pairs, spec, spec.name, text)?,
        _ => {
            let (delimiter, _) = joined::form_of(spec);
            let value = joined::write(tree, delimiter, false, Escape::of(spec))?;
            push_encoded(&mut pairs, spec, spec.name, &value)?;
        }
    }
    Ok(pairs)
}

#[cfg(feature = "client")]
fn push(pairs: &mut String, spec: &ParameterSpec, name: &str, value: &str) -> Result<(), &'static str> {
    let mut encoded = String::new();
    Escape::of(spec).push(&mut encoded, value)?;
    push_encoded(pairs, spec, name, &encoded)
}

#[cfg(feature = "client")]
fn push_encoded(pairs: &mut String, spec: &ParameterSpec, name: &str, value: &str) -> Result<(), &'static str> {
    if spec.location == ParameterLocation::Cookie {
        cookie::check_name(name)?;
        pairs.push_str(if pairs.is_empty() { "" } else { "; " });
        pairs.push_str(name);
    } else {
        pairs.push_str(if pairs.is_empty() { "" } else { "&" });
        // What the caller made up holds no sign that an API reads by itself.
        let is_declared = spec.spread_properties().is_some_and(|declared| declared.contains(&name));
        if is_declared || name == spec.name {
            percent::push_name(pairs, name);
        } else {
            percent::push_value(pairs, name);
        }
    }
    pairs.push('=');
    pairs.push_str(value);
    Ok(())
}

#[cfg(feature = "server")]
pub(super) fn read(
    spec: &ParameterSpec,
    pairs: &[Pair<'_>],
    is_claimed: &dyn Fn(&str) -> bool,
) -> Result<Option<ParameterTree>, Cow<'static, str>> {
    let escape = Escape::of(spec);
    if let Some(properties) = spec.spread_properties() {
        let is_open = matches!(spec.kind, ParameterKind::OpenObject(_));
        let is_whole = spec.location == ParameterLocation::QueryString;
        let is_own = |name: &str| properties.contains(&name) || ((is_whole || is_open) && !is_claimed(name));
        let own: Vec<Pair<'_>> = pairs.iter().filter(|(name, _)| is_own(name)).cloned().collect();
        return if own.is_empty() { Ok(None) } else { members(&own, escape).map(Some) };
    }
    let own: Vec<&str> = pairs.iter().filter(|(name, _)| name == spec.name).map(|(_, raw)| *raw).collect();
    match (spec.kind, own.as_slice()) {
        (_, []) => Ok(None),
        (ParameterKind::List, items) if spec.explode => list(items, escape).map(Some),
        (ParameterKind::Any, items @ [_, _, ..]) if spec.explode => list(items, escape).map(Some),
        (kind, [raw]) => {
            let (delimiter, _) = joined::form_of(spec);
            joined::read(kind, raw, delimiter, false, escape).map(Some)
        }
        _ => Err("it is there more than once".into()),
    }
}

#[cfg(feature = "server")]
fn list(items: &[&str], escape: Escape) -> Result<ParameterTree, Cow<'static, str>> {
    let items = items.iter().map(|raw| joined::text(escape, raw));
    Ok(ParameterTree::List(items.collect::<Result<_, _>>()?))
}

/// The properties of an object, each under its own name; one that is there more than once is a list.
#[cfg(feature = "server")]
pub(super) fn members(pairs: &[Pair<'_>], escape: Escape) -> Result<ParameterTree, Cow<'static, str>> {
    let mut members: Vec<(String, Vec<ParameterTree>)> = Vec::new();
    let mut places: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for (name, raw) in pairs {
        let value = joined::text(escape, raw)?;
        let place = *places.entry(name.as_ref()).or_insert(members.len());
        match members.get_mut(place) {
            Some((_, values)) => values.push(value),
            None => members.push((name.as_ref().to_owned(), vec![value])),
        }
    }
    let members = members.into_iter().map(|(name, mut values)| match (values.pop(), values.is_empty()) {
        (Some(only), true) => (name, only),
        (last, _) => (name, ParameterTree::List(values.into_iter().chain(last).collect())),
    });
    Ok(ParameterTree::Object(members.collect()))
}
