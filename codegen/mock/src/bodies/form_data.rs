//! The parts of a `multipart/form-data` body (RFC 2046 section 5.1, RFC 7578).

/// One part.
pub(super) struct Part<'b> {
    /// The name of the field that it is of.
    pub(super) name: String,
    /// Its bytes.
    pub(super) content: &'b [u8],
}

/// The parts of a body, or why it has none.
pub(super) fn read<'b>(content_type: &str, body: &'b [u8]) -> Result<Vec<Part<'b>>, &'static str> {
    let boundary = parameter(content_type, "boundary").filter(|boundary| !boundary.is_empty());
    let boundary = boundary.ok_or("the Content-Type names no boundary")?;
    let delimiter = [b"\r\n--", boundary.as_bytes()].concat();
    // The line end before the first boundary is left out where nothing stands before it.
    let opening = delimiter.get(2..).unwrap_or_default();
    let mut rest = match body.strip_prefix(opening) {
        Some(rest) => rest,
        None => split(body, &delimiter).ok_or("it has no boundary")?.1,
    };
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        let (part, behind) = split(rest, &delimiter).ok_or("it ends before its last boundary")?;
        parts.push(of(part)?);
        rest = behind;
    }
    Ok(parts)
}

/// What stands before a text, and what behind it.
fn split<'b>(bytes: &'b [u8], text: &[u8]) -> Option<(&'b [u8], &'b [u8])> {
    let at = bytes.windows(text.len()).position(|window| window == text)?;
    Some((bytes.get(..at)?, bytes.get(at + text.len()..)?))
}

/// A part out of what stands between two boundaries.
fn of(bytes: &[u8]) -> Result<Part<'_>, &'static str> {
    let (padding, _) = split(bytes, b"\r\n").ok_or("a boundary is followed by other text")?;
    if !padding.trim_ascii().is_empty() {
        return Err("a boundary is followed by other text");
    }
    let (head, content) = split(bytes, b"\r\n\r\n").ok_or("the headers of a part have no end")?;
    let head = std::str::from_utf8(head).map_err(|_| "the headers of a part are no text")?;
    let mut fields = head.split("\r\n").filter_map(|line| line.split_once(':'));
    let disposition = fields.find(|(name, _)| name.trim().eq_ignore_ascii_case("content-disposition"));
    let name = disposition.and_then(|(_, value)| parameter(value, "name"));
    Ok(Part { name: name.ok_or("a part has no name")?, content })
}

/// A parameter of a header's value, such as `name` of `form-data; name="file"`.
fn parameter(value: &str, wanted: &str) -> Option<String> {
    let mut is_quoted = false;
    let parameters = value.split(|character| {
        is_quoted ^= character == '"';
        character == ';' && !is_quoted
    });
    parameters.skip(1).find_map(|parameter| {
        let (name, text) = parameter.split_once('=')?;
        let text = text.trim();
        let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
        // Quotes are written as browsers write them (HTML Standard, multipart/form-data encoding algorithm).
        name.trim().eq_ignore_ascii_case(wanted).then(|| text.replace("%22", "\""))
    })
}
