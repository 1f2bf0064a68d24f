//! The names of media types: which of two documents are the same one, and what their parameters say.

use specie_codegen::api::{Media, MediaType};
use specie_codegen::http;

use crate::{Answer, Relation};

/// A media type without its parameters, in lower case (RFC 9110 section 8.3.1).
pub(super) fn essence(name: &str) -> String {
    http::essence(name).to_ascii_lowercase()
}

/// Whether a media range holds another media type or range.
pub(super) fn covers(range: &MediaType, one: &MediaType) -> bool {
    let (range, one) = (essence(&range.name), essence(&one.name));
    range != one && http::is_in_range(&range, &one)
}

/// Of two media types of which one may be a range that holds the other, the one that is none.
pub(super) fn exact<'a>(old: &'a MediaType, new: &'a MediaType) -> &'a MediaType {
    if essence(&new.name).ends_with('*') { old } else { new }
}

/// Which of the new media types each of the old ones is: the one with the same parameters, or else one with others.
pub(super) fn partners(old: &[&MediaType], new: &[&MediaType]) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; old.len()];
    let is_same = |one: &MediaType, other: &MediaType| essence(&one.name) == essence(&other.name);
    let is_alike =
        |one: &MediaType, other: &MediaType| is_same(one, other) && parameters(&one.name) == parameters(&other.name);
    for test in [&is_alike as &dyn Fn(&MediaType, &MediaType) -> bool, &is_same] {
        for (at, one) in old.iter().enumerate() {
            if found.get(at).is_some_and(Option::is_none) {
                let free = |index: &usize| !found.contains(&Some(*index));
                let partner =
                    (0..new.len()).filter(free).find(|index| new.get(*index).is_some_and(|other| test(one, other)));
                found.splice(at..=at, [partner]);
            }
        }
    }
    found
}

/// The parameters of a media type that say something of the values, by their names (RFC 9110 section 5.6.6).
///
/// The boundary of a multipart body is chosen for each message (RFC 2046 section 5.1.1). JSON has no `charset` (RFC 8259 section 11), and of
/// texts UTF-8 is what holds without one.
pub(super) fn parameters(name: &str) -> Vec<(String, String)> {
    let stated = name.split(';').skip(1).filter_map(|part| part.split_once('='));
    let read =
        stated.map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().trim_matches('"').to_owned()));
    let is_json = Media::of(name) == Media::Json;
    let says_something = |(name, value): &(String, String)| match name.as_str() {
        "boundary" => false,
        "charset" => !is_json && !value.eq_ignore_ascii_case("utf-8"),
        _ => true,
    };
    let mut found: Vec<(String, String)> = read.filter(says_something).collect();
    for (_, value) in found.iter_mut().filter(|(name, _)| name == "charset") {
        value.make_ascii_lowercase();
    }
    found.sort();
    found
}

/// How two lists of media types and ranges stand to each other (OpenAPI 3.2.0, Encoding Object, `contentType`).
pub(super) fn listed(old: &str, new: &str) -> Relation {
    let is_in = |one: &str, all: &str| {
        let range = |other: &str| {
            let is_same = essence(other.trim()) == essence(one) && parameters(other) == parameters(one);
            is_same || essence(other.trim()).ends_with('*') && http::is_in_range(&essence(other.trim()), &essence(one))
        };
        all.split(',').any(range)
    };
    let within = |ones: &str, others: &str| {
        if ones.split(',').all(|one| is_in(one, others)) { Answer::Yes } else { Answer::No }
    };
    Relation::new(within(old, new), within(new, old))
}
