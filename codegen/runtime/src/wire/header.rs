//! The values of headers (RFC 9110 section 5.5).

/// A value that every receiver reads as it was written: visible ASCII, no space or tab at its ends, where it would be cut off.
pub(crate) fn check(text: &str) -> Result<(), &'static str> {
    if text.starts_with([' ', '\t']) || text.ends_with([' ', '\t']) {
        return Err("starts or ends with a space, which headers lose");
    }
    if text.bytes().all(|byte| matches!(byte, b'\t' | 0x20..=0x7e)) { Ok(()) } else { Err(NOT_TEXT) }
}

pub(crate) const NOT_TEXT: &str = "holds characters that a header cannot carry";

/// The same JSON in ASCII, whose other characters only stand in strings (RFC 8259 section 7).
pub(crate) fn ascii_json(json: &str) -> String {
    let mut ascii = String::new();
    for c in json.chars() {
        if c.is_ascii() && c != '\u{7f}' {
            ascii.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let digits = [12, 8, 4, 0].map(|shift| char::from_digit(u32::from(*unit >> shift & 0xf), 16));
                ascii.push_str("\\u");
                ascii.extend(digits.into_iter().flatten());
            }
        }
    }
    ascii
}

/// The items of all fields of one name, which are one list (RFC 9110 sections 5.3 and 5.6.1): empty fields are none.
pub(crate) fn joined(lines: &[&str]) -> String {
    let lines: Vec<&str> = lines.iter().copied().filter(|line| !line.is_empty()).collect();
    lines.join(",")
}
