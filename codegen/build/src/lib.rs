//! Reads OpenAPI documents, hands them to the generator as text, and puts the files that come back on the disk.
//!
//! A build script calls [`generate_files`], which shows one; it needs no more than this package. The program `specie` is made of the parts,
//! which have the version of the program and may change with it.

#![forbid(unsafe_code)]
#![deny(unreachable_pub)]

mod failure;
pub mod paths;

pub mod read;

// From a tree of files to a folder on the disk.
pub mod folder;

pub mod crate_folder;

pub mod left_over;

pub mod write;

mod generate_files;

pub use failure::Failure;
pub use generate_files::{Written, generate_files};
/// The generator itself, without reading and writing.
pub use specie_codegen as codegen;
