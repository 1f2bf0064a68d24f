//! Lists in one value of a parameter (OpenAPI 3.0.3, Parameter Object, `style`).

#[cfg(feature = "server")]
use std::borrow::Cow;

#[cfg(feature = "client")]
use super::percent;
use crate::operation::ListStyle;
#[cfg(feature = "client")]
use crate::param::Param;

/// A list inside a URL: commas stay, and inside an item they are encoded; the other separators exist in encoded form only.
#[cfg(feature = "client")]
pub(crate) fn in_url<T: Param>(style: ListStyle, items: &[T]) -> Result<String, &'static str> {
    let (separator, written) = separators(style);
    join(items, written, |joined, item| {
        if style != ListStyle::Commas && item.contains(separator) {
            return Err(HOLDS_SEPARATOR);
        }
        percent::push_value(joined, item);
        Ok(())
    })
}

/// A list in a place without encoding.
#[cfg(feature = "client")]
pub(crate) fn plain<T: Param>(
    style: ListStyle,
    items: &[T],
    check: impl Fn(&str) -> Result<(), &'static str>,
) -> Result<String, &'static str> {
    let (separator, _) = separators(style);
    join(items, separator, |joined, item| {
        if item.contains(separator) {
            return Err(HOLDS_SEPARATOR);
        }
        check(item)?;
        joined.push_str(item);
        Ok(())
    })
}

/// The items of one text that is not empty. Commas part items before they are decoded, so that an item may hold one; spaces and pipes
/// only exist encoded, so they part items afterwards.
#[cfg(feature = "server")]
pub(crate) fn split<T, E>(
    style: ListStyle,
    text: &str,
    decode: impl Fn(&str) -> Result<Cow<'_, str>, E>,
    parse: impl Fn(&str) -> Result<T, E>,
) -> Result<Vec<T>, E> {
    let (separator, _) = separators(style);
    match style {
        ListStyle::Commas | ListStyle::Repeated => text.split(separator).map(|item| parse(&decode(item)?)).collect(),
        ListStyle::Spaces | ListStyle::Pipes => decode(text)?.split(separator).map(parse).collect(),
    }
}

/// Joins the items of a list into one value; `write` appends an item as its place takes it.
///
/// What could not be taken apart again is refused: an item that holds the separator where the place has no escape for it, and a
/// list of one empty item, which reads as an empty list.
#[cfg(feature = "client")]
fn join<T: Param>(
    items: &[T],
    separator: &str,
    mut write: impl FnMut(&mut String, &str) -> Result<(), &'static str>,
) -> Result<String, &'static str> {
    let mut joined = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            joined.push_str(separator);
        }
        let text = item.to_text();
        if text.is_empty() && items.len() == 1 {
            return Err("a list of one empty text cannot be told from an empty list");
        }
        write(&mut joined, &text)?;
    }
    Ok(joined)
}

/// The separator between items before any encoding, and between items in a query.
const fn separators(style: ListStyle) -> (&'static str, &'static str) {
    match style {
        ListStyle::Commas | ListStyle::Repeated => (",", ","),
        ListStyle::Spaces => (" ", "%20"),
        ListStyle::Pipes => ("|", "%7C"),
    }
}

/// Why an item is refused that holds a separator which its place cannot escape.
#[cfg(feature = "client")]
const HOLDS_SEPARATOR: &str = "an item holds the separator of the list";
