//! What a call of an operation can do beyond being sent: read pages, and find out whether money moved.

use specie_codegen::rust::{Crate, Find, Operation, PagedList, PaginationStyle, Reconcile};

use super::{Item, ItemCollector, Origin, Users};
use crate::Rule;
use crate::code::item::ApiItemKind;

/// The methods of `Call` that an operation has, whose request struct is at a path.
pub(super) fn add(found: &mut ItemCollector<'_>, operation: &Operation, label: &str, path: &str) {
    let method = |output: String, rule: Rule, meaning: String| {
        let origin = Origin::Extension { operation: label.to_owned(), rule };
        Item::new(ApiItemKind::Method, format!("fn() -> {output}"), origin, Users::CLIENT).of(path).meaning(meaning)
    };
    if let Some(pages) = &operation.pages {
        let items = format!("Items<{path}> of {}", found.text(&pages.item));
        found.add(format!("Call<{path}>::items()"), method(items, Rule::PaginationChanged, turned(pages)));
        let pages = method(format!("Pages<{path}>"), Rule::PaginationChanged, turned(pages));
        found.add(format!("Call<{path}>::pages()"), pages);
    }
    if let Some(stated) = &operation.reconcile {
        let item = method(format!("Reconciled<{path}>"), Rule::ReconcileChanged, looked_up(found.krate, stated));
        found.add(format!("Call<{path}>::reconciled()"), item);
    }
}

/// How one page leads to the next, and where its items are.
fn turned(pages: &PagedList) -> String {
    let style = match &pages.style {
        PaginationStyle::Page { number, size: _, total } => {
            let total = total.as_ref().map(|total| format!(" of {total}")).unwrap_or_default();
            format!("pages by number `{number}`{total}")
        }
        PaginationStyle::Link { next } => format!("pages by link {next}"),
        PaginationStyle::Cursor { parameter, next } => format!("pages by cursor `{parameter}` of {next}"),
    };
    format!("{style}, items at {}", place(&pages.pointer))
}

/// What is asked where it is not known whether money moved, and when that is settled.
fn looked_up(krate: &Crate, stated: &Reconcile) -> String {
    let Reconcile { lookup, index: _, parameter, value, find, agree, success, resource, identity, settling, paged } =
        stated;
    let found = match find {
        Find::One { matches } => format!("the one with it at {matches}"),
        Find::Among { items, matches } => format!("the one of {} with it at {matches}", place(items)),
    };
    let agree = agree.iter().map(|(request, found)| format!("{request} has to be {found}"));
    let (identity, settling) = (
        identity.as_ref().map(|identity| format!("known by {identity}")),
        settling.map(|seconds| format!("settled after {seconds} s")),
    );
    let asked = format!("asks {} with `{parameter}` from {value}, takes {found}", krate.request_name(*lookup));
    let resource = format!("returns {success} {}", place(resource));
    let paged = paged.then(|| "reads all pages".to_owned());
    let rest = agree.chain([resource]).chain(paged).chain(identity).chain(settling);
    std::iter::once(asked).chain(rest).collect::<Vec<_>>().join(", ")
}

/// A JSON pointer as a person calls it.
fn place(pointer: &str) -> &str {
    if pointer.is_empty() { "the whole body" } else { pointer }
}
