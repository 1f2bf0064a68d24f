//! Headers of responses and of parts of a multipart body.

use specie_codegen::api::Parameter;
use specie_codegen::source::Span;

use crate::collect::Collector;
use crate::document_location::Site;
use crate::{Answer, Edit, Relation, Rule};

/// Compares two lists of headers, each with the place of what has them.
pub(crate) fn headers(
    (ones, old): (&[Parameter], Span),
    (others, new): (&[Parameter], Span),
    site: &Site,
    found: &mut Collector<'_>,
) {
    let find = |all: &'_ [Parameter], name: &str| all.iter().position(|one| one.name.eq_ignore_ascii_case(name));
    for header in ones.iter().filter(|header| !is_ignored(header)) {
        let site = site.at(format!("{} header {}", site.place, header.name));
        if let Some(now) = find(others, &header.name).and_then(|at| others.get(at)) {
            both(header, now, &site, found);
            continue;
        }
        let new_in_old = if header.required { Answer::No } else { Answer::Unknown };
        let relation = Relation::new(Answer::Yes, new_in_old);
        found.edit(&site, Edit::new(Rule::HeaderRemoved, relation, Some(header.name_span), Some(new)));
    }
    for header in others.iter().filter(|header| !is_ignored(header) && find(ones, &header.name).is_none()) {
        let old_in_new = if header.required { Answer::No } else { Answer::Yes };
        let relation = Relation::new(old_in_new, Answer::Yes);
        let edit = Edit::new(Rule::HeaderAdded, relation, Some(old), Some(header.name_span));
        found.edit(&site.at(format!("{} header {}", site.place, header.name)), edit);
    }
}

/// Whether a header is none: the media type says what `Content-Type` is (OpenAPI 3.2.0, Response Object and Encoding Object).
fn is_ignored(header: &Parameter) -> bool {
    header.name.eq_ignore_ascii_case("content-type")
}

fn both(old: &Parameter, new: &Parameter, site: &Site, found: &mut Collector<'_>) {
    let spans = [old, new].map(|header| Some(super::at(header, "required")));
    let edit = |rule, relation| Edit::new(rule, relation, spans[0], spans[1]);
    match (old.required, new.required) {
        (false, true) => found.edit(site, edit(Rule::HeaderRequired, Relation::NARROWS)),
        (true, false) => found.edit(site, edit(Rule::HeaderOptional, Relation::WIDENS)),
        _ => {}
    }
    super::parameter(old, new, site, found);
}
