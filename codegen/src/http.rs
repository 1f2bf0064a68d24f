//! What HTTP itself says of methods and media types, whoever names them.

/// What kind of data a media type is, by its name alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Media {
    /// `application/json`, `…+json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/…`.
    Multipart,
    /// `text/event-stream`.
    EventStream,
    /// Other `text/…`.
    Text,
    /// Bytes of a known kind: images, PDF, archives, `application/octet-stream`.
    Binary,
    /// Anything else.
    Other,
}

impl Media {
    /// The kind of a media type or range as a document writes it, parameters included.
    ///
    /// ```
    /// use specie_codegen::http::Media;
    ///
    /// assert_eq!(Media::of("application/problem+json; charset=utf-8"), Media::Json);
    /// assert_eq!(Media::of("application/xml"), Media::Other);
    /// ```
    #[must_use]
    pub fn of(name: &str) -> Self {
        let essence = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match essence.as_str() {
            "application/json" | "text/json" | "*/*" => Self::Json,
            json if json.ends_with("+json") => Self::Json,
            "application/x-www-form-urlencoded" => Self::Form,
            "text/event-stream" => Self::EventStream,
            multipart if multipart.starts_with("multipart/") => Self::Multipart,
            text if text.starts_with("text/") => Self::Text,
            "application/octet-stream" | "application/pdf" | "application/zip" => Self::Binary,
            image if image.starts_with("image/") => Self::Binary,
            _ => Self::Other,
        }
    }
}

/// Whether a method only asks (RFC 9110 section 9.2.1; the QUERY method), in whichever case it is written: documents write small
/// letters, requests capital ones.
#[must_use]
pub fn is_safe(method: &str) -> bool {
    ["GET", "HEAD", "OPTIONS", "TRACE", "QUERY"].iter().any(|safe| safe.eq_ignore_ascii_case(method))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_safe_in_any_case() {
        assert!(is_safe("get") && is_safe("QUERY") && is_safe("Head"));
        assert!(!is_safe("post") && !is_safe("PUT") && !is_safe(""));
    }

    #[test]
    fn json_goes_by_several_names() {
        for name in ["application/json", "Application/JSON; charset=utf-8", "application/vnd.api+json", "*/*"] {
            assert_eq!(Media::of(name), Media::Json, "{name}");
        }
        for name in ["application/jsonlines", "application/x-json-stream", "text/plain; note=json"] {
            assert_ne!(Media::of(name), Media::Json, "{name}");
        }
    }
}
