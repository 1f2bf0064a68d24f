//! The types that each side of a crate has in every crate: client, server, fake.

use super::line;
use crate::rust::{Contents, Crate, FAKE_CALLS, FixedType};

/// A line for each side that the crate has.
pub(super) fn sides(text: &mut String, krate: &Crate) {
    let has = |wanted: fn(&Contents) -> bool| krate.layout.files.iter().any(|file| wanted(&file.contents));
    if has(|contents| matches!(contents, Contents::Client(_))) {
        names(text, "client", fixed(&krate.fixed_types.client));
    }
    if has(|contents| matches!(contents, Contents::Server(_))) {
        let own = [krate.trait_name.as_str(), &krate.server_name].into_iter();
        names(text, "server", own.chain(fixed(&krate.fixed_types.server)));
    }
    if has(|contents| matches!(contents, Contents::Fake(_))) {
        names(text, "fake", [krate.fake_name.as_str(), FAKE_CALLS].into_iter());
    }
}

fn fixed(types: &[FixedType]) -> impl Iterator<Item = &str> {
    types.iter().map(|of| of.name)
}

fn names<'a>(text: &mut String, side: &str, names: impl Iterator<Item = &'a str>) {
    line(text, &format!("{side}: {}", names.collect::<Vec<_>>().join(", ")));
}
