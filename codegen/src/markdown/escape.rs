//! Single words of prose: addresses become links, identifiers become code, everything else is escaped.
//!
//! `rustdoc` and clippy's `doc_markdown` complain about bare addresses and bare identifiers. A document's author never
//! heard of either, so words are marked up here, by the same rules by which the tools look for them.

/// Marks up a piece of text without white space, code spans or emphasis.
pub(super) fn mark_up(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut marked = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some((start, end)) = find_address(rest) {
        mark_up_words(rest.get(..start).unwrap_or_default(), &mut marked);
        marked.push_str(&link(rest.get(start..end).unwrap_or_default()));
        rest = rest.get(end..).unwrap_or_default();
    }
    mark_up_words(rest, &mut marked);
    marked
}

/// Whether a piece of text is a word as most are: small letters behind one letter, and a full stop or a comma.
fn is_plain(text: &str) -> bool {
    let word = text.strip_suffix(['.', ',']).unwrap_or(text);
    let mut bytes = word.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic()) && bytes.all(|byte| byte.is_ascii_lowercase())
}

/// An apostrophe separates words for the tools as well: `PayPal's`.
fn mark_up_words(text: &str, marked: &mut String) {
    for (index, piece) in text.split('\'').enumerate() {
        if index > 0 {
            marked.push('\'');
        }
        marked.push_str(&mark_up_piece(piece));
    }
}

/// A code span that holds any text.
pub(crate) fn code(text: &str) -> String {
    match longest_backtick_run(text) {
        0 => format!("`{text}`"),
        longest => {
            let fence = "`".repeat(longest + 1);
            format!("{fence} {text} {fence}")
        }
    }
}

/// How many backticks stand in a row at the most; code that holds them is fenced by more.
pub(super) fn longest_backtick_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// An address as a link where a browser could follow it, as code where not.
pub(super) fn link(address: &str) -> String {
    let scheme_ends = address.find("://").map_or(0, |at| at + 3);
    let followed = is_web(address) && address.len() > scheme_ends;
    if followed { format!("<{address}>") } else { code(address) }
}

/// Whether an address is one for browsers.
pub(super) fn is_web(address: &str) -> bool {
    let safe = !address.chars().any(|c| c.is_whitespace() || matches!(c, '<' | '>' | '`' | '\\'));
    safe && (address.starts_with("https://") || address.starts_with("http://"))
}

/// The bytes between which an address stands.
fn find_address(text: &str) -> Option<(usize, usize)> {
    let colon = text.find("://")?;
    let (before, rest) = text.split_at(colon);
    let scheme = before
        .rsplit(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-')))
        .next()
        .unwrap_or_default()
        .trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    let length = rest.find(['<', '>', '"', '`', '\'', '\\', '|']).unwrap_or(rest.len());
    let whole = rest.get(..length).unwrap_or(rest);
    let mut address = trim_end(whole);
    // A closing bracket belongs to the sentence unless the address opens it.
    while let Some(inner) = address.strip_suffix([')', ']', '}']) {
        if brackets(address) >= 0 {
            break;
        }
        address = trim_end(inner);
    }
    // What remains of `://` after trimming is no address, but must not look like one either.
    Some((colon - scheme.len(), colon + address.len().max(3)))
}

/// Without the punctuation of the sentence around it.
fn trim_end(text: &str) -> &str {
    text.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_'])
}

/// How many brackets are open at the end of a text; negative where more are closed.
fn brackets(text: &str) -> i32 {
    text.chars().fold(0, |open, c| match c {
        '(' | '[' | '{' => open + 1,
        ')' | ']' | '}' => open - 1,
        _ => open,
    })
}

fn mark_up_piece(piece: &str) -> String {
    let (prefix, core, suffix) = split(piece);
    if !is_identifier(core) {
        return escape(piece);
    }
    let (prefix, core, suffix) = widen(piece, prefix.len(), piece.len() - suffix.len());
    format!("{}{}{}", escape(prefix), code(core), escape(suffix))
}

/// A word and the punctuation around it, as `doc_markdown` splits them.
fn split(piece: &str) -> (&str, &str, &str) {
    let outside = |c: char| !c.is_alphanumeric();
    let mut start = piece.find(|c| !outside(c)).unwrap_or(piece.len());
    let mut end = piece
        .rfind(|c| !outside(c))
        .map_or(start, |at| at + piece.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
    let at = |from: usize, to: usize| piece.get(from..to).unwrap_or_default();
    if at(end, end + 2) == "()" || at(end, end + 2) == "::" {
        end += 2;
    }
    if start >= 2 && at(start - 2, start) == "::" {
        start -= 2;
    }
    (at(0, start), at(start, end), at(end, piece.len()))
}

/// Takes into the code what belongs to an identifier: `/a_b`, `$a_b`, `{a_b}`, `a_b[c]`.
fn widen(piece: &str, mut start: usize, mut end: usize) -> (&str, &str, &str) {
    let at = |from: usize, to: usize| piece.get(from..to).unwrap_or_default();
    while at(0, start).ends_with(['/', '.', '$', '@', '#', '-', '+']) {
        start -= 1;
    }
    while brackets(at(start, end)) > 0 && at(end, piece.len()).starts_with([')', ']', '}']) {
        end += 1;
    }
    let pair = (at(0, start).chars().next_back(), at(end, piece.len()).chars().next());
    if matches!(pair, (Some('{'), Some('}')) | (Some('<'), Some('>'))) {
        start -= 1;
        end += 1;
    }
    (at(0, start), at(start, end), at(end, piece.len()))
}

/// Whether a word reads as code: a little more than what clippy's `doc_markdown` asks to be written as such.
fn is_identifier(word: &str) -> bool {
    if word.is_empty() || PROPER_NAMES.contains(&word) {
        return false;
    }
    word.contains('_')
        || word.contains("::")
        || word.ends_with("()")
        || is_address_like(word)
        || word.split(|c: char| !c.is_alphanumeric()).any(|part| !PROPER_NAMES.contains(&part) && is_camel_case(part))
}

/// Names in mixed case that are no identifiers; all are known to clippy as such.
const PROPER_NAMES: &[&str] = &[
    "DevOps",
    "GitHub",
    "GitLab",
    "GraphQL",
    "IPv4",
    "IPv6",
    "JavaScript",
    "NaN",
    "OAuth",
    "OpenSSL",
    "TypeScript",
    "WebSocket",
    "iOS",
    "macOS",
];

/// What a parser of addresses would take for one: `mailto:` is none, `http:x` and `a:/b` are.
fn is_address_like(word: &str) -> bool {
    let Some((scheme, rest)) = word.split_once(':') else {
        return false;
    };
    let special = ["http", "https", "ws", "wss", "ftp", "file"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    !rest.is_empty() && (special || rest.starts_with(['/', '\\']))
}

/// Two upper-case letters and a lower-case one, upper case first; plurals of abbreviations aside (`IDs`).
fn is_camel_case(word: &str) -> bool {
    if word.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_lowercase()) {
        return false;
    }
    let word = word.strip_suffix('s').unwrap_or(word);
    word.chars().filter(|c| c.is_uppercase()).count() > 1 && word.chars().any(char::is_lowercase)
}

/// Puts a backslash before everything that Markdown, HTML or rustdoc would give a meaning.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let entity = c == '&' && rest.peek().is_some_and(|next| next.is_ascii_alphanumeric() || *next == '#');
        if matches!(c, '[' | ']' | '<' | '`' | '\\' | '*') || entity {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_become_code() {
        for (text, marked) in [
            ("reference_id", "`reference_id`"),
            ("(reference_id),", "(`reference_id`),"),
            ("'card_number'", "'`card_number`'"),
            ("OrderId's", "`OrderId`'s"),
            ("filter[reference_id].", "`filter[reference_id]`."),
            ("{order_id}", "`{order_id}`"),
            ("<order_id>", "`<order_id>`"),
            ("/v1/order_items/{id}", "`/v1/order_items/{id}`"),
            ("foo::bar", "`foo::bar`"),
            ("retry()", "`retry()`"),
            ("a:/b", "`a:/b`"),
        ] {
            assert_eq!(mark_up(text), marked);
        }
    }

    #[test]
    fn prose_stays_prose() {
        for text in ["IDs", "PSP", "Visa", "_emphasis_", "e.g.", "v1.0", "GitHub", "don't", "3ds", "a/b", "--", "AT&"] {
            assert_eq!(mark_up(text), text);
        }
        assert_eq!(mark_up("<script>[x]"), r"\<script>\[x\]");
        assert_eq!(mark_up("&nbsp;"), r"\&nbsp;");
    }

    #[test]
    fn addresses_become_links() {
        assert_eq!(mark_up("(https://a.example/x_y)."), "(<https://a.example/x_y>).");
        assert_eq!(mark_up("https://a.example/(x)"), "<https://a.example/(x)>");
        assert_eq!(mark_up("ftp://a_b/c"), "`ftp://a_b/c`");
        assert_eq!(mark_up("https://"), "`https://`");
        assert_eq!(mark_up("://"), "`://`");
    }

    #[test]
    fn code_holds_backticks() {
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code("```"), "```` ``` ````");
    }
}
