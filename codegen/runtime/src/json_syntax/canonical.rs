//! The canonical form of JSON, which tells whether two texts are the same value.

use std::borrow::Cow;

/// Writes a JSON value the one way that its value has: keys sorted, strings without needless escapes, numbers as digits
/// and exponent, no white space. The text is valid JSON; the result is only good for comparing.
///
/// The values that are not closed yet are kept in a list, so that depth costs no stack.
pub(crate) fn canonical(text: &str) -> String {
    let mut open: Vec<Open> = vec![Open::List(String::new())];
    let mut rest = text;
    while let Some(token) = Token::next(&mut rest) {
        let closed = match token {
            Token::OpenList => {
                open.push(Open::List(String::from("[")));
                continue;
            }
            Token::OpenObject => {
                open.push(Open::Object { entries: Vec::new(), key: None });
                continue;
            }
            Token::Close => open.pop().map(Open::close).unwrap_or_default(),
            Token::String(text) => string(text),
            Token::Number(text) => number(text),
            Token::Word(text) => text.to_owned(),
        };
        if let Some(parent) = open.last_mut() {
            parent.take(closed);
        }
    }
    open.pop().map(Open::close).unwrap_or_default()
}

/// A list or object whose end has not been read.
enum Open {
    List(String),
    Object { entries: Vec<(String, String)>, key: Option<String> },
}

impl Open {
    fn take(&mut self, value: String) {
        match self {
            Self::List(text) => {
                text.push_str(&value);
                text.push(',');
            }
            Self::Object { entries, key } => match key.take() {
                None => *key = Some(value),
                Some(key) => entries.push((key, value)),
            },
        }
    }

    fn close(self) -> String {
        match self {
            Self::List(text) => text + "]",
            Self::Object { mut entries, .. } => {
                entries.sort();
                let mut text = String::from("{");
                for (key, value) in entries {
                    text.push_str(&key);
                    text.push(':');
                    text.push_str(&value);
                    text.push(',');
                }
                text + "}"
            }
        }
    }
}

/// What a JSON text is made of; commas and colons are implied by the order.
enum Token<'a> {
    OpenList,
    OpenObject,
    Close,
    String(&'a str),
    Number(&'a str),
    Word(&'a str),
}

impl<'a> Token<'a> {
    fn next(rest: &mut &'a str) -> Option<Self> {
        let text = rest.trim_start_matches([' ', '\t', '\n', '\r', ',', ':']);
        let first = text.bytes().next()?;
        let length = match first {
            b'[' | b'{' | b']' | b'}' => 1,
            b'"' => string_length(text),
            _ => text.find([' ', '\t', '\n', '\r', ',', ']', '}']).unwrap_or(text.len()),
        };
        let (token, after) = text.split_at_checked(length).unwrap_or((text, ""));
        *rest = after;
        Some(match first {
            b'[' => Self::OpenList,
            b'{' => Self::OpenObject,
            b']' | b'}' => Self::Close,
            b'"' => Self::String(token),
            b't' | b'f' | b'n' => Self::Word(token),
            _ => Self::Number(token),
        })
    }
}

/// How long the string is that a text starts with, its quotes included.
fn string_length(text: &str) -> usize {
    let mut escaped = true; // The opening quote does not close.
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return index + 1,
            _ => {}
        }
    }
    text.len()
}

fn string(text: &str) -> String {
    // A string that cannot be decoded (half of a surrogate pair) is compared as it is written.
    serde_json::from_str::<Cow<'_, str>>(text)
        .and_then(|decoded| serde_json::to_string(&decoded))
        .unwrap_or_else(|_| text.to_owned())
}

/// `-1.50e3`, `-1500` and `-1.5E+03` all become `-15e2`; every zero becomes `0`.
fn number(text: &str) -> String {
    let (sign, unsigned) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, places) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{places}");
    let trimmed = digits.trim_end_matches('0');
    let significant = trimmed.trim_start_matches('0');
    if significant.is_empty() {
        return "0".to_owned();
    }
    let zeros = digits.len() - trimmed.len();
    // An exponent that no machine number holds is compared as it is written.
    let Ok(exponent) = exponent.parse::<i64>() else {
        return text.to_owned();
    };
    let Some(exponent) = shifted(exponent, zeros, places.len()) else {
        return text.to_owned();
    };
    format!("{sign}{significant}e{exponent}")
}

/// The exponent after taking `zeros` off the end and moving the point behind `places`.
fn shifted(exponent: i64, zeros: usize, places: usize) -> Option<i64> {
    exponent.checked_add(i64::try_from(zeros).ok()?)?.checked_sub(i64::try_from(places).ok()?)
}
