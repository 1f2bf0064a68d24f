//! In which file each item stands.

use crate::ir::Api;
use crate::rust::{Contents, File, Layout, TypeId};

/// The files of an API's crate.
pub(super) fn layout(api: &Api, types: usize) -> Layout {
    let operations: Vec<usize> = (0..api.operations.len()).collect();
    let webhooks: Vec<usize> = (0..api.webhooks.len()).collect();
    let mut files =
        vec![("src/lib.rs", Contents::Root), ("src/types.rs", Contents::Types((0..types).map(TypeId).collect()))];
    if !operations.is_empty() {
        files.extend([
            ("src/operations.rs", Contents::Operations(operations.clone())),
            ("src/client.rs", Contents::Client(operations.clone())),
            ("src/client/calls.rs", Contents::ClientCalls(operations.clone())),
            ("src/server.rs", Contents::Server(operations.clone())),
            ("src/server/calls.rs", Contents::ServerCalls(operations)),
        ]);
    }
    if !webhooks.is_empty() {
        files.extend([
            ("src/webhooks.rs", Contents::Webhooks(webhooks.clone())),
            ("src/webhooks/receive.rs", Contents::Receivers(webhooks.clone())),
            ("src/webhooks/send.rs", Contents::Senders(webhooks)),
        ]);
    }
    Layout { files: files.into_iter().map(|(path, contents)| File { path, contents }).collect() }
}
