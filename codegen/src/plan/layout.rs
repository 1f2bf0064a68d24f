//! In which file each item stands.

use crate::rust::{Contents, File, Layout, TypeId};

/// The files of a crate with so many types, operations and webhooks.
pub(super) fn layout(types: usize, operations: usize, webhooks: usize) -> Layout {
    let operations: Vec<usize> = (0..operations).collect();
    let webhooks: Vec<usize> = (0..webhooks).collect();
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
