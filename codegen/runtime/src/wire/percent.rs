//! Percent-encoding (RFC 3986 section 2), strict enough that no URL parser between here and the server changes a byte.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters (RFC 3986 section 2.3), for values.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// For the names of query parameters: `filter[reference_id]` and its like go out as the document writes them.
const NAME: &AsciiSet = &VALUE
    .remove(b'[')
    .remove(b']')
    .remove(b':')
    .remove(b'$')
    .remove(b'@')
    .remove(b'/')
    .remove(b'!')
    .remove(b'*')
    .remove(b'(')
    .remove(b')');

/// For the fixed text of a path template, which the document may already have encoded.
const TEMPLATE: &AsciiSet = &NAME
    .remove(b'%')
    .remove(b'&')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'\'')
    .add(b'[')
    .add(b']');

/// Appends a value.
pub(crate) fn push_value(target: &mut String, value: &str) {
    target.extend(utf8_percent_encode(value, VALUE));
}

/// Appends the name of a query parameter.
pub(crate) fn push_name(target: &mut String, name: &str) {
    target.extend(utf8_percent_encode(name, NAME));
}

/// Appends the fixed text of a path template.
pub(crate) fn push_template(target: &mut String, text: &str) {
    target.extend(utf8_percent_encode(text, TEMPLATE));
}

/// Appends a key or value of `application/x-www-form-urlencoded` (WHATWG URL, section 5.2).
pub(crate) fn push_form(target: &mut String, text: &str) {
    for (index, part) in text.split(' ').enumerate() {
        if index > 0 {
            target.push('+');
        }
        push_value(target, part);
    }
}
