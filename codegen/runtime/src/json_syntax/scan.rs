//! Where the values of a JSON text end (RFC 8259). What is scanned is checked.

use std::fmt;

/// How deep lists and objects may stand in each other: what `serde_json` allows everywhere but in raw values.
pub(crate) const MAX_DEPTH: u32 = 128;

/// Why a text is not scanned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// It is not JSON.
    Syntax,
    /// Lists and objects are nested more than [`MAX_DEPTH`] deep.
    Depth,
}

impl fmt::Display for Broken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Syntax => "the text does not follow the grammar of JSON",
            Self::Depth => "lists and objects are nested more than 128 deep",
        })
    }
}

/// The end of a string, and whether an escape is in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quoted {
    /// The place behind the closing quote.
    pub(crate) end: usize,
    pub(crate) is_escaped: bool,
}

/// Checks that a text is one JSON value, and takes off the white space around it.
pub(crate) fn whole(text: &str) -> Result<&str, Broken> {
    let bytes = text.as_bytes();
    let start = space(bytes, 0);
    let end = value(bytes, start, 0)?;
    if space(bytes, end) == bytes.len() { text.get(start..end).ok_or(Broken::Syntax) } else { Err(Broken::Syntax) }
}

/// The place behind white space.
#[inline]
pub(crate) fn space(text: &[u8], mut at: usize) -> usize {
    while matches!(text.get(at), Some(b' ' | b'\n' | b'\t' | b'\r')) {
        at += 1;
    }
    at
}

/// The place behind the value that begins here, inside of so many lists and objects.
pub(crate) fn value(text: &[u8], mut at: usize, depth: u32) -> Result<usize, Broken> {
    let mut open = Open { kinds: 0, count: 0 };
    loop {
        at = match text.get(at) {
            Some(b'"') => string(text, at)?.end,
            Some(b't') => literal(text, at, b"true")?,
            Some(b'f') => literal(text, at, b"false")?,
            Some(b'n') => literal(text, at, b"null")?,
            Some(bracket @ (b'{' | b'[')) => {
                open.begin(*bracket == b'{', depth)?;
                at = space(text, at + 1);
                if !open.is_end(text.get(at)) {
                    at = if open.is_object() { key(text, at)?.1 } else { at };
                    continue;
                }
                at
            }
            _ => number(text, at)?,
        };
        match behind(text, at, &mut open)? {
            Behind::Value(next) => at = next,
            Behind::End(end) => return Ok(end),
        }
    }
}

/// How many values are in a JSON text that has been checked, keys counted with them and itself as well.
pub(crate) fn count(text: &str) -> u32 {
    let text = text.as_bytes();
    let (mut at, mut count) = (0, 0u32);
    while let Some(byte) = text.get(at) {
        if is_between(*byte) {
            at += 1;
            continue;
        }
        count = count.saturating_add(1);
        at = match byte {
            b'"' => string(text, at).map_or(text.len(), |quoted| quoted.end),
            b'{' | b'[' => at + 1,
            // A number or literal.
            _ => text.iter().skip(at).position(|byte| is_between(*byte)).map_or(text.len(), |length| at + length),
        };
    }
    count
}

/// Whether a byte stands between values, or ends a list or object.
const fn is_between(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b',' | b':' | b']' | b'}')
}

/// What comes after a value: another one of the same list or object, or the end of all.
enum Behind {
    Value(usize),
    End(usize),
}

fn behind(text: &[u8], mut at: usize, open: &mut Open) -> Result<Behind, Broken> {
    while open.count > 0 {
        at = space(text, at);
        let next = text.get(at);
        if next == Some(&b',') {
            at = space(text, at + 1);
            return Ok(Behind::Value(if open.is_object() { key(text, at)?.1 } else { at }));
        }
        if !open.is_end(next) {
            return Err(Broken::Syntax);
        }
        open.end();
        at += 1;
    }
    Ok(Behind::End(at))
}

/// The lists and objects that have not ended.
struct Open {
    /// A bit for each, the lowest for the innermost: whether it is an object.
    kinds: u128,
    count: u32,
}

impl Open {
    fn begin(&mut self, is_object: bool, depth: u32) -> Result<(), Broken> {
        self.count += 1;
        self.kinds = self.kinds << 1 | u128::from(is_object);
        if depth.saturating_add(self.count) > MAX_DEPTH { Err(Broken::Depth) } else { Ok(()) }
    }

    fn end(&mut self) {
        self.count -= 1;
        self.kinds >>= 1;
    }

    fn is_object(&self) -> bool {
        self.kinds & 1 == 1
    }

    fn is_end(&self, byte: Option<&u8>) -> bool {
        byte == Some(if self.is_object() { &b'}' } else { &b']' })
    }
}

/// A key that begins here, and where its value begins.
#[inline]
pub(crate) fn key(text: &[u8], at: usize) -> Result<(Quoted, usize), Broken> {
    let key = string(text, at)?;
    let colon = space(text, key.end);
    if text.get(colon) != Some(&b':') {
        return Err(Broken::Syntax);
    }
    Ok((key, space(text, colon + 1)))
}

/// The string that begins here (section 7).
#[inline]
pub(crate) fn string(text: &[u8], at: usize) -> Result<Quoted, Broken> {
    if text.get(at) != Some(&b'"') {
        return Err(Broken::Syntax);
    }
    let (mut end, mut is_escaped) = (at + 1, false);
    loop {
        end += special(text.get(end..).unwrap_or_default());
        match text.get(end) {
            Some(b'"') => return Ok(Quoted { end: end + 1, is_escaped }),
            Some(b'\\') => {
                is_escaped = true;
                end = escape(text, end + 1)?;
            }
            _ => return Err(Broken::Syntax),
        }
    }
}

/// How many bytes stand before the first one that means something in a string: a quote, a backslash, a control character.
#[inline]
pub(crate) fn special(text: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    // The high bit of each byte that is below `limit`, for bytes that are below 128. Bytes behind the first one found may be wrong.
    let below = |bytes: u64, limit: u8| bytes.wrapping_sub(ONES * u64::from(limit)) & !bytes & HIGH;
    let (chunks, rest) = text.as_chunks::<8>();
    for (place, chunk) in chunks.iter().enumerate() {
        let bytes = u64::from_le_bytes(*chunk);
        let quotes = below(bytes ^ (ONES * u64::from(b'"')), 1);
        let backslashes = below(bytes ^ (ONES * u64::from(b'\\')), 1);
        let found = below(bytes, 0x20) | quotes | backslashes;
        if found != 0 {
            return place * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    let is_special = |byte: &u8| matches!(byte, 0..=0x1f | b'"' | b'\\');
    text.len() - rest.len() + rest.iter().position(is_special).unwrap_or(rest.len())
}

/// The place behind an escape whose backslash stands before this place.
fn escape(text: &[u8], at: usize) -> Result<usize, Broken> {
    match text.get(at) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 1),
        Some(b'u') => match text.get(at + 1..at + 5) {
            Some(digits) if digits.iter().all(u8::is_ascii_hexdigit) => Ok(at + 5),
            _ => Err(Broken::Syntax),
        },
        _ => Err(Broken::Syntax),
    }
}

fn literal(text: &[u8], at: usize, literal: &[u8]) -> Result<usize, Broken> {
    let end = at + literal.len();
    if text.get(at..end) == Some(literal) { Ok(end) } else { Err(Broken::Syntax) }
}

/// The place behind a number (section 6).
fn number(text: &[u8], at: usize) -> Result<usize, Broken> {
    let at = at + usize::from(text.get(at) == Some(&b'-'));
    let mut at = if text.get(at) == Some(&b'0') { at + 1 } else { digits(text, at)? };
    if text.get(at) == Some(&b'.') {
        at = digits(text, at + 1)?;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        let is_signed = matches!(text.get(at + 1), Some(b'+' | b'-'));
        at = digits(text, at + 1 + usize::from(is_signed))?;
    }
    Ok(at)
}

/// The place behind at least one digit.
fn digits(text: &[u8], at: usize) -> Result<usize, Broken> {
    let mut end = at;
    while matches!(text.get(end), Some(b'0'..=b'9')) {
        end += 1;
    }
    if end > at { Ok(end) } else { Err(Broken::Syntax) }
}

#[cfg(test)]
pub(crate) mod tests;
