//! Names: how a document's text becomes a Rust identifier. The one place that decides casing, keywords and collisions.

mod casing_words;

mod casing;
mod constants;
mod disambiguation;
mod modules;
mod scope;

pub use casing::{companion_name, type_name, value_name, worded};
pub(crate) use constants::constant_names;
pub use disambiguation::{Contender, Disambiguated, casing_rank, disambiguate, distinguish, parameter_names};
pub use modules::{crate_name, is_crate_name, module_name};
pub(crate) use scope::numbered;
pub use scope::{Claimed, Scope};

/// Whether a text may stand under `x-specie-name`: ASCII letters, digits, `_` and `-`, beginning with a letter, of which the usual casing makes
/// a name as it is.
///
/// ```
/// use specie_codegen::names::is_statable;
/// assert!(is_statable("PayoutInvoice") && is_statable("payout-invoice") && is_statable("type"));
/// assert!(!is_statable("2checkout") && !is_statable("a b") && !is_statable("self") && !is_statable(""));
/// ```
#[must_use]
pub fn is_statable(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    let is_rescued = |name: String| name.ends_with('_');
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(is_plain)
        && !is_rescued(type_name(text))
        && !is_rescued(value_name(text))
}
