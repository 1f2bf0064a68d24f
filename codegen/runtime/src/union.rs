//! Decoding unions (`oneOf`, `anyOf`): [`Branches`] without a discriminator, [`Tagged`] with one.
//!
//! For types that implement serde's traits by hand; generated code has the table of [`union!`](crate::union!).
//!
//! Both read the text of the JSON value (serde's own `untagged` buffers it, which loses digits). Types decoded this way
//! therefore read from JSON text only: inside somebody's own `#[serde(flatten)]` or `#[serde(untagged)]`, from a
//! `serde_json::Value` with digits that floats do not hold, or in another format they fail by design.
//!
//! Errors say why no branch fits. They name branches, keys and JSON kinds, never values of the payload.

mod branches;
mod tagged;

pub use branches::Branches;
pub use tagged::Tagged;

#[cfg(test)]
mod tests;
