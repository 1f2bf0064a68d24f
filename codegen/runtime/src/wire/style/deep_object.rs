//! `deepObject`, in queries: `name[property]=value`.
//!
//! OpenAPI leaves open what is inside of a property. Written is what the parsers of PHP, Rack and `qs` read alike: an object nests
//! further brackets, a list of texts repeats `[]`, and a list of objects has indices. Read are also lists of texts by indices or by
//! repetition of the same name. Brackets are percent-encoded: a query holds none (RFC 3986, appendix A), and some servers refuse one
//! that does.

#[cfg(feature = "server")]
use std::borrow::Cow;
#[cfg(feature = "server")]
use std::collections::HashMap;

#[cfg(feature = "server")]
use super::Pair;
#[cfg(feature = "server")]
use super::joined;
use crate::param::ParameterSpec;
use crate::param::ParameterTree;
use crate::wire::escape::Escape;
#[cfg(feature = "client")]
use crate::wire::percent;

/// How many brackets a name may have.
pub(crate) const DEPTH: usize = 32;

#[cfg(feature = "client")]
const OPEN: &str = "%5B";
#[cfg(feature = "client")]
const CLOSE: &str = "%5D";

#[cfg(feature = "client")]
pub(super) fn write(spec: &ParameterSpec, tree: &ParameterTree) -> Result<String, &'static str> {
    let mut pairs = String::new();
    let mut name = String::new();
    percent::push_name(&mut name, spec.name);
    push(&mut pairs, &name, tree, Escape::of(spec), 0)?;
    Ok(pairs)
}

#[cfg(feature = "client")]
fn push(
    pairs: &mut String,
    name: &str,
    tree: &ParameterTree,
    escape: Escape,
    depth: usize,
) -> Result<(), &'static str> {
    if depth > DEPTH {
        return Err("nests objects and lists too deep for a query");
    }
    match tree {
        ParameterTree::Text(text) => {
            pairs.push_str(if pairs.is_empty() { "" } else { "&" });
            pairs.push_str(name);
            pairs.push('=');
            escape.push(pairs, text)
        }
        ParameterTree::List(items) => items.iter().enumerate().try_for_each(|(index, item)| match item {
            ParameterTree::Text(_) => push(pairs, &format!("{name}{OPEN}{CLOSE}"), item, escape, depth + 1),
            _ => push(pairs, &format!("{name}{OPEN}{index}{CLOSE}"), item, escape, depth + 1),
        }),
        ParameterTree::Object(members) => members.iter().try_for_each(|(property, member)| {
            // Parsers decode a name before they look for its brackets.
            if property.is_empty() || property.contains(['[', ']']) {
                return Err("has a property that is empty or holds a bracket, which this style cannot carry");
            }
            let mut inner = format!("{name}{OPEN}");
            percent::push_value(&mut inner, property);
            inner.push_str(CLOSE);
            push(pairs, &inner, member, escape, depth + 1)
        }),
    }
}

#[cfg(feature = "server")]
pub(super) fn read(spec: &ParameterSpec, pairs: &[Pair<'_>]) -> Result<Option<ParameterTree>, Cow<'static, str>> {
    let escape = Escape::of(spec);
    let mut root = Branch::default();
    for (name, raw) in pairs {
        let Some(rest) = name.strip_prefix(spec.name) else { continue };
        if !(rest.is_empty() || rest.starts_with('[')) {
            continue;
        }
        let ParameterTree::Text(value) = joined::text(escape, raw)? else { continue };
        root.put(&keys(rest)?, value);
    }
    root.into_tree()
}

/// The keys between brackets: `a`, an empty text and `b` of `[a][][b]`.
#[cfg(feature = "server")]
fn keys(mut rest: &str) -> Result<Vec<&str>, Cow<'static, str>> {
    let mut keys = Vec::new();
    while !rest.is_empty() {
        let inner = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        let (key, after) =
            inner.filter(|(key, _)| !key.contains('[')).ok_or("the brackets of its name do not match")?;
        if keys.len() == DEPTH {
            return Err("the brackets of its name are nested too deep".into());
        }
        if key.is_empty() && !after.is_empty() {
            return Err("an object in a list needs an index".into());
        }
        keys.push(key);
        rest = after;
    }
    Ok(keys)
}

/// What was read under one name so far.
#[cfg(feature = "server")]
#[derive(Default)]
struct Branch {
    /// The values of the name itself and of `[]`.
    texts: Vec<String>,
    is_list: bool,
    members: Vec<(String, Self)>,
    places: HashMap<String, usize>,
}

#[cfg(feature = "server")]
impl Branch {
    fn put(&mut self, keys: &[&str], value: String) {
        match keys {
            [] => self.texts.push(value),
            [""] => {
                self.is_list = true;
                self.texts.push(value);
            }
            [key, rest @ ..] => {
                let place = *self.places.entry((*key).to_owned()).or_insert(self.members.len());
                if place == self.members.len() {
                    self.members.push(((*key).to_owned(), Self::default()));
                }
                if let Some((_, member)) = self.members.get_mut(place) {
                    member.put(rest, value);
                }
            }
        }
    }

    fn into_tree(mut self) -> Result<Option<ParameterTree>, Cow<'static, str>> {
        if !self.members.is_empty() {
            if !self.texts.is_empty() {
                return Err("it is both a value and an object".into());
            }
            let mut members = Vec::new();
            for (name, member) in self.members {
                members.extend(member.into_tree()?.map(|member| (name, member)));
            }
            return Ok(Some(ParameterTree::Object(members)));
        }
        Ok(match (self.texts.pop(), self.texts.is_empty()) {
            (None, _) => None,
            (Some(only), true) if !self.is_list => Some(ParameterTree::Text(only)),
            (last, _) => {
                let texts = self.texts.into_iter().chain(last);
                Some(ParameterTree::List(texts.map(ParameterTree::Text).collect()))
            }
        })
    }
}
