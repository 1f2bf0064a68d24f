//! Every generated type, with what its schema allows.

use std::collections::BTreeSet;

use proptest::prelude::any;
use specie_codegen::plan::{self, Settings};
use specie_codegen::{Strictness, document, lower, syntax};

use super::runner;
use crate::support::apis::Api;
use crate::support::documents;
use crate::support::exact::assert_same;
use crate::support::instances::{Extent, HUGE, instance};
use crate::support::schemas::{assert_valid, validator};
use crate::support::specs;
use crate::support::types::{TYPES, Typed};

/// The names of the types that the generator finds in a document.
fn named(api: Api) -> BTreeSet<String> {
    let source = specs::source(api.name());
    let (documents, _) = syntax::read(&source);
    let (resolved, _) = document::resolved(&source, documents, Strictness::Strict);
    let resolved = resolved.unwrap();
    let (meant, _) = lower::api(&resolved);
    let settings = Settings {
        crate_name: api.name(),
        module: None,
        spec_path: "",
        program: specie_codegen::Program::Xtask,
        strictness: Strictness::Strict,
    };
    let (krate, _) = plan::krate(&meant, &settings);
    krate.unwrap().types.into_iter().map(|item| item.name).collect()
}

#[test]
fn every_generated_type_is_in_the_table() {
    for api in Api::ALL {
        let tested: BTreeSet<String> =
            TYPES.iter().filter(|typed| typed.api == api).map(|typed| typed.name.to_owned()).collect();
        assert_eq!(tested, named(api), "{}", api.name());
    }
}

fn comes_back(typed: &Typed, extent: Extent) {
    let text = instance(&documents::document(typed.api).root, typed.schema(), extent);
    let encoded = (typed.through)(text.as_bytes())
        .unwrap_or_else(|fault| panic!("{} {extent:?}: {fault}\n{text}", typed.title()));
    assert_same(text.as_bytes(), &encoded, &format!("{} {extent:?}", typed.title()));
}

#[test]
fn the_smallest_and_the_fullest_value_of_every_type_come_back() {
    for typed in TYPES {
        comes_back(typed, Extent::Smallest);
        comes_back(typed, Extent::Fullest);
    }
}

#[test]
fn arbitrary_values_of_every_type_come_back() {
    let property = |seed| {
        TYPES.iter().for_each(|typed| comes_back(typed, Extent::Arbitrary(seed)));
        Ok(())
    };
    runner(32).run(&any::<u64>(), property).unwrap();
}

#[test]
fn what_is_tested_is_valid_under_its_schema() {
    for typed in TYPES {
        let document = documents::document(typed.api);
        let judge = validator(document, typed.schema());
        let extents =
            [Extent::Smallest, Extent::Fullest, Extent::Marked].into_iter().chain((0..20).map(Extent::Arbitrary));
        for extent in extents {
            let text = instance(&document.root, typed.schema(), extent).replace(HUGE, "1");
            assert_valid(&judge, text.as_bytes(), &typed.title());
        }
    }
}
