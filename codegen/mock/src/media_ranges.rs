//! Media types, and ranges of them (RFC 9110, 8.3.1 and 12.5.1).

use specie_codegen::api::{Media, MediaType};
use specie_codegen::http::is_in_range;

/// A media type without its parameters, in small letters.
pub(crate) fn essence(name: &str) -> String {
    specie_codegen::http::essence(name).to_ascii_lowercase()
}

/// How many of the two names of a media type a range leaves open.
fn openness(range: &str) -> usize {
    if range == "*" { 2 } else { range.matches('*').count() }
}

/// The documented media type that a body of a request is of: of several ranges the narrowest (OpenAPI 3.2.0, Request Body Object), and of
/// several alike the first.
pub(crate) fn of_request<'m>(content: &'m [MediaType], named: &str) -> Option<&'m MediaType> {
    let named = essence(named);
    let fitting = content.iter().filter(|media| is_in_range(&essence(&media.name), &named));
    fitting.min_by_key(|media| openness(&essence(&media.name)))
}

/// The documented media type that a caller likes best; `None` where it takes none of them.
pub(crate) fn accepted<'m>(content: &'m [MediaType], accept: Option<&str>) -> Option<&'m MediaType> {
    let ranges: Vec<(String, f32)> = accept.unwrap_or("*/*").split(',').map(range).collect();
    let liking = |media: &MediaType| {
        let own = essence(&media.name);
        // Of several ranges the narrowest speaks; a documented range may hold what is asked for.
        let of = ranges.iter().filter(|(range, _)| is_in_range(range, &own) || is_in_range(&own, range));
        of.max_by_key(|(range, _)| range.len() - range.matches('*').count()).map_or(0.0, |(_, quality)| *quality)
    };
    let liked = content.iter().map(|media| (media, liking(media))).filter(|(_, quality)| *quality > 0.0);
    let rank = |media: &MediaType| u8::from(media.kind() == Media::Json);
    // The first of several that are liked alike, and JSON before others.
    liked
        .rev()
        .max_by(|(one, first), (other, second)| first.total_cmp(second).then(rank(one).cmp(&rank(other))))
        .map(|(media, _)| media)
}

/// A range with its quality.
fn range(text: &str) -> (String, f32) {
    let quality = text.split(';').skip(1).find_map(|parameter| parameter.trim().strip_prefix("q="));
    (essence(text), quality.and_then(|quality| quality.parse().ok()).unwrap_or(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use specie_codegen::source::Span;

    fn media(name: &str) -> MediaType {
        MediaType {
            name: name.to_owned(),
            schema: None,
            item_schema: None,
            data_schema: None,
            encoding: Vec::new(),
            examples: Vec::new(),
            envelope: None,
            span: Span::START,
        }
    }

    #[test]
    fn the_narrowest_range_takes_a_body() {
        let content = ["*/*", "text/*", "text/csv"].map(media);
        for (sent, expected) in
            [("text/csv; charset=utf-8", Some("text/csv")), ("text/plain", Some("text/*")), ("Image/PNG", Some("*/*"))]
        {
            assert_eq!(of_request(&content, sent).map(|media| media.name.as_str()), expected, "{sent}");
        }
        assert!(of_request(&content[1..], "image/png").is_none());
    }
}
