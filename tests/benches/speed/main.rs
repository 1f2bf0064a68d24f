//! How fast: `cargo bench -p specie-tests`.
//!
//! Generation runs on all cores; `RAYON_NUM_THREADS=1` in front of the command tells what one core takes.

mod by_hand;
mod calling;
mod linting;
mod paired;
mod server_by_hand;

use std::fs;
use std::path::Path;

use divan::{Bencher, black_box};
use specie_codegen::source::Source;
use specie_codegen::{Manifest, Options, Program, Strictness, gather, generate};
use specie_runtime::decode;

/// A payout invoice as the document shows it.
const INVOICE: &[u8] = include_bytes!("../../../specs/cublox/examples/get-payout-invoice.private.response.200.json");

fn main() {
    // Cargo also starts it to list what there is, or to try everything once.
    if !std::env::args().any(|argument| matches!(argument.as_str(), "--list" | "--test")) {
        assert_eq!(
            serde_json::from_slice::<serde_json::Value>(&invoice_generated()).unwrap(),
            serde_json::from_slice::<serde_json::Value>(&invoice_by_hand()).unwrap(),
            "both do the same"
        );
        paired::report(
            "decode and encode a payout invoice",
            5000,
            &mut || drop(black_box(invoice_generated())),
            &mut || drop(black_box(invoice_by_hand())),
        );
        calling::report();
        linting::report();
    }
    divan::main();
}

/// All four APIs, from the texts of their documents to the texts of their crates.
#[divan::bench]
fn generation(bencher: Bencher<'_, '_>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let apis: Vec<(Source, Options)> = ["cublox", "gormic", "omno", "paymega"]
        .map(|name| {
            let mut read = |path: &str| fs::read_to_string(root.join(path)).map_err(|error| error.to_string());
            let source = gather(&format!("specs/{name}.yaml"), "specs", &mut read).source;
            (
                source,
                Options {
                    crate_name: name.into(),
                    strictness: Strictness::Strict,
                    manifest: Manifest::Workspace,
                    only: Vec::new(),
                    program: Program::Xtask,
                },
            )
        })
        .into();
    bencher.bench(|| {
        for (source, options) in &apis {
            assert!(generate(black_box(source), options).tree.is_some());
        }
    });
}

/// Decoding a payout invoice and encoding it again, with the generated types.
#[divan::bench]
fn invoice_generated() -> Vec<u8> {
    let invoice: cublox::types::PayoutInvoiceDocument = decode::from_slice(black_box(INVOICE)).unwrap();
    serde_json::to_vec(&invoice).unwrap()
}

/// The same with types as one would write them by hand.
#[divan::bench]
fn invoice_by_hand() -> Vec<u8> {
    let invoice: by_hand::PayoutInvoiceDocument = serde_json::from_slice(black_box(INVOICE)).unwrap();
    serde_json::to_vec(&invoice).unwrap()
}
