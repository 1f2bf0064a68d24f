//! `matrix`, in paths: `;color=blue,black`, exploded `;color=blue;color=black`, and objects as `;color=R,100` or exploded
//! `;R=100;G=200`.

#[cfg(feature = "server")]
use std::borrow::Cow;

use super::joined::{self, Delimiter};
#[cfg(feature = "server")]
use crate::param::ParameterKind;
use crate::param::ParameterSpec;
use crate::param::ParameterTree;
use crate::wire::escape::Escape;
use crate::wire::percent;

#[cfg(feature = "client")]
pub(super) fn write(spec: &ParameterSpec, tree: &ParameterTree) -> Result<String, &'static str> {
    let mut text = String::new();
    match tree {
        ParameterTree::List(items) if spec.explode => {
            for item in items {
                push(&mut text, spec.name, &encoded(joined::single(item)?));
            }
        }
        ParameterTree::Object(members) if spec.explode => {
            for (name, member) in members {
                push(&mut text, name, &encoded(joined::single(member)?));
            }
        }
        _ => push(&mut text, spec.name, &joined::write(tree, Delimiter::Comma, false, Escape::of(spec))?),
    }
    Ok(text)
}

/// Appends a pair; an empty value has no equals sign (RFC 6570 section 3.2.7).
#[cfg(feature = "client")]
fn push(text: &mut String, name: &str, value: &str) {
    text.push(';');
    percent::push_value(text, name);
    if !value.is_empty() {
        text.push('=');
        text.push_str(value);
    }
}

#[cfg(feature = "client")]
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    percent::push_value(&mut encoded, text);
    encoded
}

#[cfg(feature = "server")]
pub(super) fn read(spec: &ParameterSpec, raw: &str) -> Result<ParameterTree, Cow<'static, str>> {
    let escape = Escape::of(spec);
    let rest = raw.strip_prefix(';').ok_or("it does not start with a semicolon")?;
    let mut pairs = Vec::new();
    for part in rest.split(';') {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        pairs.push((percent::decode(name).map_err(|percent::Malformed| percent::MALFORMED)?, value));
    }
    match spec.kind {
        ParameterKind::Object(_) | ParameterKind::OpenObject(_) if spec.explode => super::form::members(&pairs, escape),
        _ if pairs.iter().any(|(name, _)| name != spec.name) => Err("it stands under another name".into()),
        ParameterKind::List if spec.explode => {
            let items = pairs.iter().map(|(_, value)| joined::text(escape, value));
            Ok(ParameterTree::List(items.collect::<Result<_, _>>()?))
        }
        _ => match pairs.as_slice() {
            [(_, value)] => joined::read(spec.kind, value, Delimiter::Comma, false, escape),
            _ => Err("it is there more than once".into()),
        },
    }
}
