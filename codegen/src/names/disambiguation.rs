//! Names for texts that stand side by side and would have the same one, whatever their order.

use std::collections::HashMap;

use super::casing::{code_point, longer, value_name, word};
use super::casing_words::{camel, pascal, snake};

/// Names for texts that stand side by side, each its own, whatever the order of the texts.
///
/// The text that is written like the name has it, or else one in `snake_case`, `camelCase` or `PascalCase`, or else the first of
/// the alphabet. A name that is reserved is numbered. The others add what is their own: how they are written, or else every character.
///
/// ```
/// use specie_codegen::names::{disambiguate, type_name};
///
/// let names = |texts: &[&str]| disambiguate(texts, type_name, &[]).into_iter().map(|found| found.name).collect::<Vec<_>>();
/// assert_eq!(names(&["ASC", "asc", "desc"]), ["AscUpper", "Asc", "Desc"]);
/// assert_eq!(names(&["desc", "asc", "ASC"]), ["Desc", "Asc", "AscUpper"]);
/// ```
#[must_use]
pub fn disambiguate(texts: &[&str], name: fn(&str) -> String, reserved: &[&str]) -> Vec<Disambiguated> {
    let wishes: Vec<String> = texts.iter().map(|text| name(text)).collect();
    // What stands between the words of such names.
    let between = if name("a b") == "a_b" { "_" } else { "" };
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by_cached_key(|&at| (casing_rank(texts[at], &wishes[at]), texts[at], at));
    let others = |at: usize, holder: usize| {
        // One and the same text has nothing of its own: it is numbered.
        if texts[at] == texts[holder] {
            return Vec::new();
        }
        spellings(texts[at], &wishes[at], (name, between))
    };
    assign(&wishes, order, others, reserved)
}

/// Names for a text that say how it is written, where another one has its name.
fn spellings(text: &str, wish: &str, (name, between): (fn(&str) -> String, &str)) -> Vec<String> {
    let [style, characters] = suffixes(text).map(|own| longer(wish, between, &name(&own)));
    let mut own = vec![style, name(&by_capitals(text)), characters];
    own.splice(0..0, by_edges(text).map(|edges| name(&edges)));
    own
}

/// A text with what else tells it from others that have the same name.
#[derive(Clone, Debug)]
pub struct Contender {
    /// Which of several has the name that they all lead to: the lowest.
    rank: u8,
    text: String,
    wish: String,
    spellings: Vec<String>,
    further: Vec<String>,
}

impl Contender {
    /// A text of which `name` makes a name.
    #[must_use]
    pub fn of(text: &str, name: fn(&str) -> String) -> Self {
        Self::called(text, name(text), name)
    }

    /// A text whose name is not made of it. `name` makes names of what is added.
    #[must_use]
    pub fn called(text: &str, wish: String, name: fn(&str) -> String) -> Self {
        let between = if name("a b") == "a_b" { "_" } else { "" };
        let mut spellings = spellings(text, &wish, (name, between));
        spellings.insert(0, name(text));
        Self { rank: casing_rank(text, &wish), text: text.to_owned(), wish, spellings, further: Vec::new() }
    }

    /// The same with all of its names changed.
    #[must_use]
    pub fn map(mut self, name: impl Fn(&str) -> String) -> Self {
        self.wish = name(&self.wish);
        self.spellings.iter_mut().for_each(|own| *own = name(own));
        self
    }

    /// Adds names that say something else of it. Each has as many as the others that it stands beside.
    #[must_use]
    pub fn or(mut self, names: impl IntoIterator<Item = String>) -> Self {
        self.further.extend(names);
        self
    }

    /// The same behind all that are not.
    #[must_use]
    pub fn behind(mut self) -> Self {
        self.rank = self.rank.saturating_add(8);
        self
    }

    /// The name that it has where it is alone.
    #[must_use]
    pub fn wish(&self) -> &str {
        &self.wish
    }
}

/// The same as [`disambiguate`] for texts that may be the same and differ in something else. Those that differ in nothing are numbered.
#[must_use]
pub fn distinguish(all: &[Contender], reserved: &[&str]) -> Vec<Disambiguated> {
    let wishes: Vec<String> = all.iter().map(|one| one.wish.clone()).collect();
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|&at| (all[at].rank, &all[at].text, &all[at].further, at));
    let others = |at: usize, holder: usize| {
        let (one, holder) = (&all[at], &all[holder]);
        let spellings = one.spellings.iter().filter(|_| one.text != holder.text);
        let differs = one.further.iter().zip(&holder.further).filter(|(own, theirs)| own != theirs);
        spellings.chain(differs.map(|(own, _)| own)).cloned().collect()
    };
    assign(&wishes, order, others, reserved)
}

/// A text with words for the spaces before and behind it: `" a"` becomes `space a`.
fn by_edges(text: &str) -> Option<String> {
    let inner = text.trim();
    let before = if text.starts_with(char::is_whitespace) { "space " } else { "" };
    let behind = if text.ends_with(char::is_whitespace) { " space" } else { "" };
    (inner.len() < text.len() && !inner.is_empty()).then(|| format!("{before}{inner}{behind}"))
}

/// Names for parameters, each given by its name and the word for its place; places that come first in `places` come first here.
///
/// A parameter that has to add something adds its place.
///
/// ```
/// use specie_codegen::names::parameter_names;
///
/// let names = parameter_names(&[("id", "query"), ("id", "path")], &["path", "query"], &[]);
/// assert_eq!(names.into_iter().map(|found| found.name).collect::<Vec<_>>(), ["id_query", "id"]);
/// ```
#[must_use]
pub fn parameter_names(parameters: &[(&str, &str)], places: &[&str], reserved: &[&str]) -> Vec<Disambiguated> {
    let wishes: Vec<String> = parameters.iter().map(|(name, _)| value_name(name)).collect();
    let mut order: Vec<usize> = (0..parameters.len()).collect();
    order.sort_by_cached_key(|&at| {
        let (name, place) = parameters[at];
        (places.iter().position(|known| *known == place), casing_rank(name, &wishes[at]), name, at)
    });
    let others = |at: usize, _: usize| {
        let (name, place) = parameters[at];
        let [style, characters] = suffixes(name).map(|own| value_name(&own));
        let told = longer(&wishes[at], "_", place);
        vec![told.clone(), format!("{told}_{style}"), format!("{told}_{characters}")]
    };
    assign(&wishes, order, others, reserved)
}

/// Gives a name to each entry. The entries are taken in the order given: the first that wishes for a name gets it. Each later one gets the
/// first free name among its alternatives, or else the name with a number.
fn assign(
    wishes: &[String],
    order: Vec<usize>,
    others: impl Fn(usize, usize) -> Vec<String>,
    reserved: &[&str],
) -> Vec<Disambiguated> {
    let mut holders: HashMap<String, Option<usize>> = reserved.iter().map(|&name| (name.to_owned(), None)).collect();
    let mut names: Vec<Option<Disambiguated>> = vec![None; wishes.len()];
    let mut losers = Vec::new();
    for at in order {
        if holders.contains_key(&wishes[at]) {
            losers.push(at);
        } else {
            holders.insert(wishes[at].clone(), Some(at));
            names[at] = Some(Disambiguated { name: wishes[at].clone(), holder: None });
        }
    }
    for at in losers {
        let holder = holders.get(&wishes[at]).copied().flatten();
        let own = holder.map(|holder| others(at, holder)).unwrap_or_default();
        let free = own.into_iter().find(|candidate| !holders.contains_key(candidate));
        let name = free.unwrap_or_else(|| numbered(&wishes[at], &holders));
        holders.insert(name.clone(), Some(at));
        // Of several that lead to a reserved name, the first has the number and stands for it.
        holders.insert(wishes[at].clone(), holder.or(Some(at)));
        names[at] = Some(Disambiguated { name, holder });
    }
    names.into_iter().flatten().collect()
}

/// A name that [`disambiguate`] gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disambiguated {
    /// The name.
    pub name: String,
    /// The index of the text that got the name which this text would have got as well. `None` where this text got that name itself, or
    /// where the name is reserved.
    pub holder: Option<usize>,
}

/// Which of several texts has the name that they all lead to: the lowest rank.
#[must_use]
pub fn casing_rank(text: &str, name: &str) -> u8 {
    match text {
        _ if text == name => 0,
        _ if text == snake(text) => 1,
        _ if text == camel(text) => 2,
        _ if text == pascal(text) => 3,
        _ => 4,
    }
}

/// What a text has of its own: the way it is written, then all of its characters.
fn suffixes(text: &str) -> [String; 2] {
    let has = |wanted: fn(&char) -> bool| text.chars().any(|c| wanted(&c));
    let case = match (has(|c| c.is_uppercase()), has(|c| c.is_lowercase())) {
        (true, false) => "upper",
        (false, true) => "lower",
        (true, true) if text.starts_with(char::is_uppercase) => "pascal",
        (true, true) => "camel",
        (false, false) => "",
    };
    let signs = text.chars().filter(|c| !c.is_alphanumeric());
    let signs = signs.map(|sign| word(sign).map_or_else(|| code_point(sign), str::to_owned));
    let signs: Vec<String> = signs.collect();
    let style = [vec![case.to_owned()], signs].concat().join(" ");
    [style.trim().to_owned(), text.chars().map(code_point).collect::<Vec<_>>().join(" ")]
}

/// A text with each of its capitals as the first letter of a word: `jobID` becomes `job I D`.
fn by_capitals(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 4);
    for letter in text.chars() {
        if letter.is_uppercase() {
            spaced.push(' ');
        }
        spaced.push(letter);
    }
    spaced
}

/// The first free name with a number, for reserved names and for texts that are the same.
fn numbered(wish: &str, taken: &HashMap<String, Option<usize>>) -> String {
    let wish = wish.trim_end_matches('_');
    let separator = if wish.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
    let mut names = (2_u32..).map(|number| format!("{wish}{separator}{number}"));
    names.find(|name| !taken.contains_key(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::type_name;

    #[test]
    fn names_told_apart_keep_their_case() {
        let names = |texts: &[&str], name| {
            disambiguate(texts, name, &[]).into_iter().map(|found| found.name).collect::<Vec<_>>()
        };
        assert_eq!(names(&["self", "Self"], value_name), ["self_", "self_pascal"]);
        assert_eq!(names(&["self", "Self"], type_name), ["Self_", "SelfPascal"]);
        assert_eq!(names(&["jobId", "jobID", "job_id"], value_name), ["job_id_camel", "job_i_d", "job_id"]);
        assert_eq!(names(&["_", "", "-"], value_name), ["underscore", "empty", "minus"]);
    }

    #[test]
    fn what_a_line_means_does_not_depend_on_its_place() {
        for (texts, expected) in [
            (["asc", "ASC", "Asc"], ["AscLower", "AscUpper", "Asc"]),
            (["a-b", "a_b", "a.b"], ["ABLowerMinus", "AB", "ABLowerDot"]),
            (["PENDING", "pending", "Pending!"], ["PendingUpper", "Pending", "PendingPascalNot"]),
            (["<", "<<", "—"], ["Less", "LessLess", "Empty"]),
            (["a", " a", "a "], ["A", "SpaceA", "ASpace"]),
        ] {
            for turn in 0..3 {
                let (mut texts, mut expected) = (texts, expected);
                texts.rotate_left(turn);
                expected.rotate_left(turn);
                let names: Vec<String> =
                    disambiguate(&texts, type_name, &[]).into_iter().map(|found| found.name).collect();
                assert_eq!(names, expected, "{texts:?}");
            }
        }
        let found = disambiguate(&["unknown", "x", "x"], type_name, &["Unknown"]);
        assert_eq!(found[0], Disambiguated { name: "Unknown2".into(), holder: None });
        assert_eq!(found[2].holder, Some(1));
        assert_ne!(found[2].name, found[1].name);
    }
}
