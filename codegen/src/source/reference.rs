//! The text of a `$ref`: which file it names, and what in it.

use super::path;

/// What a reference names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    /// The file, named as in [`Source`](super::Source).
    pub file: String,
    /// The JSON pointer within it, percent-decoded; empty for the whole file.
    pub pointer: String,
}

/// Why a reference names nothing that may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is a URL, or starts with another scheme.
    Url,
    /// It is an absolute path, or contains a backslash.
    Absolute,
    /// It leads out of the base folder.
    Outside,
    /// What follows `#` is not a JSON pointer.
    NotAPointer,
    /// It has no text.
    Empty,
}

impl Target {
    /// Reads the text of a reference that stands in the file `from`.
    pub fn parse(text: &str, from: &str, base: &str) -> Result<Self, Refusal> {
        if text.is_empty() {
            return Err(Refusal::Empty);
        }
        let (file, pointer) = text.split_once('#').unwrap_or((text, ""));
        let pointer = percent_decode(pointer).ok_or(Refusal::NotAPointer)?;
        if !pointer.is_empty() && !pointer.starts_with('/') {
            return Err(Refusal::NotAPointer);
        }
        if file.is_empty() {
            return Ok(Self { file: from.to_owned(), pointer });
        }
        let file = percent_decode(file).ok_or(Refusal::Url)?;
        if has_scheme(&file) || file.starts_with("//") {
            return Err(Refusal::Url);
        }
        if file.starts_with('/') || file.contains('\\') || file.contains('\0') {
            return Err(Refusal::Absolute);
        }
        let file = path::join(path::parent(from), &file);
        // A file may name itself, also a root document that stands outside of the base.
        if path::is_within(&file, base) || file == from { Ok(Self { file, pointer }) } else { Err(Refusal::Outside) }
    }
}

/// Whether a discriminator's mapping value names a file or a pointer rather than a schema.
#[must_use]
pub fn is_file_like(text: &str) -> bool {
    text.contains(['#', '/']) || [".yaml", ".yml", ".json"].iter().any(|end| text.ends_with(end))
}

/// `https:`, `file:` and drive letters alike.
fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(|char| char.is_ascii_alphanumeric() || "+-.".contains(char))
    })
}

fn percent_decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let high = char::from(bytes.next()?).to_digit(16)?;
            let low = char::from(bytes.next()?).to_digit(16)?;
            decoded.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<(String, String), Refusal> {
        Target::parse(text, "specs/a/root.yaml", "specs").map(|target| (target.file, target.pointer))
    }

    fn found(file: &str, pointer: &str) -> (String, String) {
        (file.to_owned(), pointer.to_owned())
    }

    #[test]
    fn references_within_the_base_are_read() {
        assert_eq!(parse("#/components/schemas/A"), Ok(found("specs/a/root.yaml", "/components/schemas/A")));
        assert_eq!(parse("#/paths/~1a~1%7Bid%7D"), Ok(found("specs/a/root.yaml", "/paths/~1a~1{id}")));
        assert_eq!(parse("../b.yaml#/X"), Ok(found("specs/b.yaml", "/X")));
        assert_eq!(parse("./my%20file.yaml"), Ok(found("specs/a/my file.yaml", "")));
        assert_eq!(parse("root.yaml#/X"), Ok(found("specs/a/root.yaml", "/X")));
    }

    #[test]
    fn references_out_of_the_base_are_refused() {
        assert_eq!(parse("../../x.yaml"), Err(Refusal::Outside));
        assert_eq!(parse("%2e%2e/%2e%2e/x.yaml"), Err(Refusal::Outside));
        assert_eq!(parse("/etc/passwd"), Err(Refusal::Absolute));
        assert_eq!(parse("..\\..\\x.yaml"), Err(Refusal::Absolute));
        assert_eq!(parse("https://example.com/x.yaml"), Err(Refusal::Url));
        assert_eq!(parse("file:x.yaml"), Err(Refusal::Url));
        assert_eq!(parse("C:/x.yaml"), Err(Refusal::Url));
        assert_eq!(parse("//example.com/x.yaml"), Err(Refusal::Url));
        assert_eq!(parse("#Anchor"), Err(Refusal::NotAPointer));
        assert_eq!(parse("#/a%zz"), Err(Refusal::NotAPointer));
        assert_eq!(parse(""), Err(Refusal::Empty));
    }
}
