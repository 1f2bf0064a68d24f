//! The types that each side of a crate has in every crate: client, server, fake.

use super::line;
use crate::rust::{CLIENT, CLIENT_BUILDER, CREDENTIAL, CREDENTIALS, Contents, Crate, FAKE_CALLS, SERVER};

/// A line for each side that the crate has.
pub(super) fn sides(text: &mut String, krate: &Crate) {
    let has = |wanted: fn(&Contents) -> bool| krate.layout.files.iter().any(|file| wanted(&file.contents));
    if has(|contents| matches!(contents, Contents::Client(_))) {
        names(text, "client", &client(krate));
    }
    if has(|contents| matches!(contents, Contents::Server)) {
        names(text, "server", &server(krate));
    }
    if has(|contents| matches!(contents, Contents::Fake)) {
        names(text, "fake", &[&krate.fake_name, FAKE_CALLS]);
    }
}

fn client(krate: &Crate) -> Vec<&str> {
    let offers_servers = krate.bases.iter().any(|base| !base.choices.is_empty());
    let mut found = vec![CLIENT.name, CLIENT_BUILDER.name];
    found.extend(offers_servers.then_some(SERVER.name));
    found.extend((!krate.schemes.is_empty()).then_some(CREDENTIALS.name));
    found
}

fn server(krate: &Crate) -> Vec<&str> {
    let mut found = vec![krate.trait_name.as_str(), krate.server_name.as_str()];
    found.extend((!krate.schemes.is_empty()).then_some(CREDENTIAL.name));
    found
}

fn names(text: &mut String, side: &str, names: &[&str]) {
    line(text, &format!("{side}: {}", names.join(", ")));
}
