//! The README, so that `cargo test` compiles the programs in it.
#![cfg_attr(doctest, doc = include_str!("../README.md"))]
