//! What may be meant by a word that is not known.

use similar::get_close_matches;

/// How like a known word a misspelt one must be to be taken for it.
const SIMILAR: f32 = 0.7;

/// The known word that is most like a misspelt one; `None` where none is like it.
pub(crate) fn closest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    get_close_matches(word, known, 1, SIMILAR).first().copied()
}
