//! Names: how a document's text becomes a Rust identifier. The one place that decides casing, keywords and collisions.

use std::collections::{BTreeMap, HashMap};

use heck::{ToLowerCamelCase, ToPascalCase, ToSnakeCase};

use crate::rust_keywords::is_keyword;
use crate::source::Span;

/// The key by which a document names a type, an operation or a property itself.
pub const KEY: &str = "x-specie-name";

/// Whether a text may stand under [`KEY`]: ASCII letters, digits, `_` and `-`, beginning with a letter, of which the usual casing makes
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

/// A type's or variant's name, `PascalCase`.
///
/// ```
/// use specie_codegen::names::type_name;
/// assert_eq!(type_name("payout-invoices"), "PayoutInvoices");
/// assert_eq!(type_name("PENDING_3DS"), "Pending3ds");
/// assert_eq!(type_name("3ds"), "N3ds");
/// assert_eq!(type_name("+1"), "Plus1");
/// ```
#[must_use]
pub fn type_name(text: &str) -> String {
    let name = identifier(&spelled(text).to_pascal_case(), 'N');
    if matches!(name.as_str(), "Self") {
        return "Self_".to_owned();
    }
    name
}

/// The name of a type that belongs to another one.
///
/// ```
/// use specie_codegen::names::companion_name;
/// assert_eq!(companion_name("CreatePayout", "Required"), "CreatePayoutRequired");
/// assert_eq!(companion_name("Self_", "Error"), "SelfError");
/// ```
#[must_use]
pub fn companion_name(name: &str, suffix: &str) -> String {
    // The underscore only tells a name from a keyword.
    format!("{}{suffix}", name.trim_end_matches('_'))
}

/// A field's, parameter's or method's name, `snake_case`; it may be a keyword, which emitters write raw (`r#type`).
///
/// ```
/// use specie_codegen::names::value_name;
/// assert_eq!(value_name("filter[reference_id]"), "filter_reference_id");
/// assert_eq!(value_name("createPayIn"), "create_pay_in");
/// assert_eq!(value_name("self"), "self_");
/// ```
#[must_use]
pub fn value_name(text: &str) -> String {
    let name = identifier(&spelled(text).to_snake_case(), 'n');
    // These four cannot be written as raw identifiers.
    if matches!(name.as_str(), "self" | "super" | "crate" | "_") {
        return format!("{name}_");
    }
    name
}

/// A module's name, which is its file's as well: ASCII in `snake_case`, never a keyword, a crate that generated code names, or what
/// Windows takes for a device. rustc looks for no file of a module whose name is not ASCII (E0754).
///
/// ```
/// use specie_codegen::names::module_name;
/// assert_eq!(module_name("Load Balancer Actions"), "load_balancer_actions");
/// assert_eq!(module_name(".."), "dot_dot");
/// assert_eq!(module_name("mod"), "mod_");
/// assert_eq!(module_name("支付"), "u652f_u4ed8");
/// ```
#[must_use]
pub fn module_name(text: &str) -> String {
    let is_told = text.chars().any(|c| c.is_ascii_alphanumeric());
    let is_spelled = !is_told && text.chars().any(char::is_alphanumeric);
    let ascii: String = text
        .chars()
        .map(|c| match c {
            _ if is_spelled => format!("{} ", code_point(c)),
            _ if c.is_ascii() => c.to_string(),
            _ => " ".to_owned(),
        })
        .collect();
    let mut name = value_name(&ascii);
    name.truncate(MODULE_LENGTH);
    let mut name = name.trim_end_matches('_').to_owned();
    if is_reserved(&name) {
        name.push('_');
    }
    name
}

/// The length of a module's name in bytes, so that paths stay short enough for every file system.
const MODULE_LENGTH: usize = 48;

/// Whether a name can be a crate's: what cargo and rustc both take as it is.
#[must_use]
pub fn is_crate_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    let starts_well = bytes.next().is_some_and(|byte| byte.is_ascii_lowercase());
    starts_well
        && name.len() <= 64
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        && !is_reserved(name)
}

/// Whether cargo, rustc, Windows or the project itself has another meaning for a name.
fn is_reserved(name: &str) -> bool {
    let numbered = name.strip_suffix(|c: char| matches!(c, '1'..='9'));
    is_keyword(name) || CRATES.contains(&name) || DEVICES.contains(&name) || matches!(numbered, Some("com" | "lpt"))
}

/// Crates that come with the compiler, that generated code and its tests name, and that the project consists of.
#[rustfmt::skip]
const CRATES: &[&str] = &[
    "alloc", "core", "proc_macro", "serde", "serde_json", "specie_codegen", "specie_runtime", "specie_tests", "std", "test", "tokio",
    "xtask",
];

/// Files that Windows takes for devices, whatever folder they are in; `com1` to `lpt9` as well.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];

/// A crate name made from a file's stem: `My API v2` becomes `my_api_v2`.
#[must_use]
pub fn crate_name(stem: &str) -> String {
    let ascii: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let mut name = ascii.to_snake_case();
    name.truncate(60);
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        name.insert_str(0, "api_");
    }
    if is_reserved(&name) {
        name.push_str("_api");
    }
    name
}

/// Words for the signs that carry the meaning of a name: `+1` and `-1`, `<` and `>=`.
fn spelled(text: &str) -> String {
    let signs = text.chars().filter(|c| !c.is_alphanumeric()).count();
    let only_signs = signs == text.chars().count();
    let mut spelled = String::with_capacity(text.len());
    for (position, sign) in text.chars().enumerate() {
        let leading = position == 0 && matches!(sign, '+' | '-');
        match word(sign).filter(|_| only_signs || leading) {
            Some(word) => {
                spelled.push_str(word);
                spelled.push(' ');
            }
            None => spelled.push(sign),
        }
    }
    spelled
}

/// A path with a word for each sign that its name would leave out, but for what parts it and for braces.
///
/// ```
/// use specie_codegen::names::worded;
/// assert_eq!(worded("/a_b/{id}.json"), "/a underscore b/{id} dot json");
/// ```
#[must_use]
pub fn worded(path: &str) -> String {
    let word = |c: char| match c {
        '/' | '{' | '}' => None,
        '-' => Some("dash"),
        _ => word(c),
    };
    path.chars()
        .map(|c| word(c).map_or_else(|| c.to_string(), |word| format!(" {word} ")))
        .collect::<String>()
        .replace("  ", " ")
}

/// The word for a sign.
fn word(sign: char) -> Option<&'static str> {
    Some(match sign {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '$' => "dollar",
        '€' => "euro",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '_' => "underscore",
        '#' => "hash",
        '@' => "at",
        '?' => "question",
        '~' => "tilde",
        '^' => "caret",
        ' ' => "space",
        _ => return None,
    })
}

/// Makes a cased text an identifier: nothing but letters, digits and underscores, never a digit first, never empty.
fn identifier(cased: &str, prefix: char) -> String {
    let mut name: String = cased.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_' || is_letter(*c)).collect();
    if name.is_empty() {
        name.push_str(if prefix.is_uppercase() { "Empty" } else { "empty" });
    }
    if name.starts_with(|c: char| !c.is_ascii_alphabetic() && !is_letter(c)) {
        name.insert(0, prefix);
    }
    name
}

/// Letters beyond ASCII that may stand anywhere in an identifier and are their own normal form.
fn is_letter(c: char) -> bool {
    // Latin with accents, Greek, Cyrillic, kana, and the CJK and Hangul blocks: what APIs are written in. Left out are the letters that
    // rustc warns of (`uncommon_codepoints`): ligatures, the long s and the like.
    matches!(c, '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{131}' | '\u{134}'..='\u{13e}' | '\u{141}'..='\u{148}'
        | '\u{14a}'..='\u{17e}' | '\u{391}'..='\u{3c9}' | '\u{400}'..='\u{45f}' | '\u{1ea0}'..='\u{1ef9}' | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}' | '\u{30fc}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
        && c.is_alphabetic()
}

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
    order.sort_by_key(|&at| (casing_rank(texts[at], &wishes[at]), texts[at], at));
    let others = |at: usize, holder: usize| {
        // One and the same text has nothing of its own: it is numbered.
        if texts[at] == texts[holder] {
            return Vec::new();
        }
        let [style, characters] = suffixes(texts[at]).map(|own| longer(&wishes[at], between, &name(&own)));
        vec![style, name(&by_capitals(texts[at])), characters]
    };
    assign(&wishes, order, others, reserved)
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
    order.sort_by_key(|&at| {
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
        _ if text == text.to_snake_case() => 1,
        _ if text == text.to_lower_camel_case() => 2,
        _ if text == text.to_pascal_case() => 3,
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

/// A name with something behind it. The underscore that tells a name from a keyword is no longer needed there, and rustc would warn of it.
fn longer(name: &str, between: &str, own: &str) -> String {
    format!("{}{between}{own}", name.trim_end_matches('_'))
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

fn code_point(c: char) -> String {
    format!("u{:04x}", u32::from(c))
}

/// The first free name with a number, for reserved names and for texts that are the same.
fn numbered(wish: &str, taken: &HashMap<String, Option<usize>>) -> String {
    let wish = wish.trim_end_matches('_');
    let separator = if wish.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
    let mut names = (2_u32..).map(|number| format!("{wish}{separator}{number}"));
    names.find(|name| !taken.contains_key(name)).unwrap_or_default()
}

/// The names of one scope. A name that is taken already gets a number.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Each name, with the place in the document that has it; reserved names have none.
    taken: BTreeMap<String, Option<Span>>,
    /// The next number to try behind a wish that was taken, so that a name wished for a thousand times is not counted up to every time.
    next: HashMap<String, u32>,
}

impl Scope {
    /// A scope in which some names are taken from the start.
    #[must_use]
    pub fn reserving(names: &[&str]) -> Self {
        Self { taken: names.iter().map(|&name| (name.to_owned(), None)).collect(), next: HashMap::new() }
    }

    /// Takes a name, or the first free one with a number behind it.
    pub fn claim(&mut self, wish: &str) -> Claimed {
        self.claim_for(wish, None)
    }

    /// The same for what stands at a place of the document.
    pub fn claim_for(&mut self, wish: &str, span: Option<Span>) -> Claimed {
        let holder = self.holder(wish);
        if self.is_free(wish) {
            self.taken.insert(wish.to_owned(), span);
            return Claimed { name: wish.to_owned(), collided: false, holder };
        }
        let separator = if wish.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
        let number = self.next.entry(wish.to_owned()).or_insert(2);
        loop {
            let name = longer(wish, separator, &number.to_string());
            *number = number.saturating_add(1);
            if !self.taken.contains_key(&name) {
                self.taken.insert(name.clone(), span);
                return Claimed { name, collided: true, holder };
            }
        }
    }

    /// Whether a name is free.
    #[must_use]
    pub fn is_free(&self, name: &str) -> bool {
        !self.taken.contains_key(name)
    }

    /// The place in the document that has a name.
    #[must_use]
    pub fn holder(&self, name: &str) -> Option<Span> {
        self.taken.get(name).copied().flatten()
    }
}

/// A name that a scope gave out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The name.
    pub name: String,
    /// Somebody had the wished one.
    pub collided: bool,
    /// Where in the document that is, unless the name is reserved.
    pub holder: Option<Span>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_identifiers_whatever_the_text() {
        for text in [
            "größe",
            "Łódź",
            "ß",
            "",
            "1",
            "a b",
            "é",
            "\u{202e}x",
            "type",
            "*/",
            "Self",
            "_",
            "\0",
            "名前",
            "<=",
            "a\"#b",
        ] {
            for name in [type_name(text), value_name(text)] {
                assert!(
                    syn::parse_str::<syn::Ident>(&name).is_ok()
                        || syn::parse_str::<syn::Ident>(&format!("r#{name}")).is_ok(),
                    "{text:?} became {name:?}"
                );
            }
        }
    }

    #[test]
    fn letters_of_other_languages_are_kept() {
        assert_eq!((value_name("größe"), type_name("größe")), ("größe".into(), "Größe".into()));
        assert_eq!(value_name("données reçues"), "données_reçues");
        assert_eq!(value_name("numer_łódź"), "numer_łódź");
        assert_eq!(value_name("数"), "数");
    }

    #[test]
    fn names_told_apart_keep_their_case() {
        let names = |texts: &[&str], name| {
            disambiguate(texts, name, &[]).into_iter().map(|found| found.name).collect::<Vec<_>>()
        };
        assert_eq!(names(&["self", "Self"], value_name), ["self_", "self_pascal"]);
        assert_eq!(names(&["self", "Self"], type_name), ["Self_", "SelfPascal"]);
        assert_eq!(names(&["jobId", "jobID", "job_id"], value_name), ["job_id_camel", "job_i_d", "job_id"]);
        assert_eq!(names(&["_", "", "-"], value_name), ["underscore", "empty", "minus"]);
        let mut scope = Scope::default();
        assert_eq!([scope.claim("Self_").name, scope.claim("Self_").name], ["Self_", "Self2"]);
    }

    #[test]
    fn the_second_of_a_name_is_numbered() {
        let mut scope = Scope::reserving(&["new"]);
        assert_eq!(scope.claim("a").name, "a");
        assert_eq!(scope.claim("a"), Claimed { name: "a2".into(), collided: true, holder: None });
        let span = Some(Span::START);
        assert_eq!(scope.claim_for("b", span), Claimed { name: "b".into(), collided: false, holder: None });
        assert_eq!(scope.claim("b").holder, span);
        assert_eq!(scope.claim("new").name, "new2");
        assert_eq!(scope.claim("v1").name, "v1");
        assert_eq!(scope.claim("v1").name, "v1_2");
    }

    #[test]
    fn what_a_line_means_does_not_depend_on_its_place() {
        for (texts, expected) in [
            (["asc", "ASC", "Asc"], ["AscLower", "AscUpper", "Asc"]),
            (["a-b", "a_b", "a.b"], ["ABLowerMinus", "AB", "ABLowerDot"]),
            (["PENDING", "pending", "Pending!"], ["PendingUpper", "Pending", "PendingPascalNot"]),
            (["<", "<<", "—"], ["Less", "LessLess", "Empty"]),
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

    #[test]
    fn crate_names_are_made_and_checked() {
        assert_eq!(crate_name("My API v2"), "my_api_v2");
        assert_eq!(crate_name("2checkout"), "api_2checkout");
        assert_eq!(crate_name("core"), "core_api");
        assert!(is_crate_name("omno"));
        assert!(is_crate_name("com0") && is_crate_name("lpt10") && is_crate_name("console"));
        for reserved in
            ["std", "try", "tokio", "serde_json", "proc_macro", "specie_tests", "xtask", "con", "com1", "lpt9"]
        {
            assert!(!is_crate_name(reserved), "{reserved}");
            assert!(is_crate_name(&crate_name(reserved)), "{reserved}");
        }
        for bad in ["", "Omno", "../x", "a-b", "1a", "é", "com¹", "con.rs"] {
            assert!(!is_crate_name(bad), "{bad}");
        }
    }
}
