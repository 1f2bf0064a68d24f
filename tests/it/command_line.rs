//! The command line, driven as a user does: the built program, on scratch checkouts and folders.

pub(crate) mod scratch;

// Commands.
mod generate;
mod lint;
mod regenerate;

// What must hold whatever happens.
mod building;
mod killed;
mod protected;
