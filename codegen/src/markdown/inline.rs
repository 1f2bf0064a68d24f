//! The inside of a paragraph: code spans, links and emphasis stay, everything else that has a meaning loses it.

use super::escape::{code, is_web, link, mark_up};

/// A paragraph as words between which a line may break; no word holds a line break or means more than it says.
///
/// A code span is one word, so that no part of it can come to stand at the start of a line.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut scanner = Scanner::default();
    scanner.scan(text, 0);
    scanner.end_word();
    scanner.words
}

/// Links inside of links are read to this depth.
const DEEPEST: usize = 3;

/// The longest link, tag or code span that is recognised, in bytes; beyond it a bracket is just a bracket.
const LONGEST: usize = 2_000;

#[derive(Default)]
struct Scanner {
    words: Vec<String>,
    /// The finished part of the current word.
    word: String,
    /// The rest of it: text that is not marked up yet.
    plain: String,
}

impl Scanner {
    fn scan(&mut self, text: &str, depth: usize) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let taken = match c {
                _ if c.is_whitespace() => {
                    self.end_word();
                    c.len_utf8()
                }
                '`' => self.code_span(rest),
                '\\' => self.escaped(rest),
                '*' => self.raw("*", 1),
                '<' => self.angle(rest),
                '!' if rest.starts_with("![") => 1,
                '[' => self.link(rest, depth),
                '&' => self.entity(rest),
                _ if c.is_ascii_alphanumeric() => self.letters(rest),
                _ => self.plain(c, c.len_utf8()),
            };
            rest = rest.get(taken..).unwrap_or_default();
        }
    }

    fn end_word(&mut self) {
        self.settle();
        if !self.word.is_empty() {
            self.words.push(std::mem::take(&mut self.word));
        }
    }

    /// Marks up the text so far, because something else follows.
    fn settle(&mut self) {
        if !self.plain.is_empty() {
            self.word.push_str(&mark_up(&self.plain));
            self.plain.clear();
        }
    }

    fn plain(&mut self, c: char, taken: usize) -> usize {
        self.plain.push(c);
        taken
    }

    /// Letters and digits up to what could be something else.
    fn letters(&mut self, rest: &str) -> usize {
        let length = rest.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
        self.plain.push_str(rest.get(..length).unwrap_or_default());
        length
    }

    fn raw(&mut self, text: &str, taken: usize) -> usize {
        self.settle();
        self.word.push_str(text);
        taken
    }

    /// A code span ends with as many backticks as it begins with; without an end they are just backticks.
    fn code_span(&mut self, rest: &str) -> usize {
        let fence = rest.len() - rest.trim_start_matches('`').len();
        let body = rest.get(fence..).unwrap_or_default();
        let Some(length) = closing(near(body), fence) else {
            for _ in 0..fence {
                self.plain('`', 0);
            }
            return fence;
        };
        let content: Vec<&str> = body.get(..length).unwrap_or_default().split_whitespace().collect();
        if !content.is_empty() {
            self.raw(&code(&content.join(" ")), 0);
        }
        fence + length + fence
    }

    /// A backslash takes the meaning of the punctuation after it.
    fn escaped(&mut self, rest: &str) -> usize {
        match rest.chars().nth(1).filter(char::is_ascii_punctuation) {
            Some(c) => self.plain(c, 2),
            None => self.plain('\\', 1),
        }
    }

    /// `<https://…>` is a link; tags that only format are left out; the rest is text.
    fn angle(&mut self, rest: &str) -> usize {
        let inside = near(rest).get(1..).and_then(|rest| rest.split_once('>')).map(|(inside, _)| inside);
        match inside {
            Some(address) if is_web(address) => self.raw(&link(address), address.len() + 2),
            Some(tag) if is_formatting(tag) => {
                if !is_inline(tag) {
                    self.end_word();
                }
                tag.len() + 2
            }
            _ => self.plain('<', 1),
        }
    }

    /// `[text](address)` becomes `text (<address>)`: in brackets, the text could name an item of the crate.
    fn link(&mut self, rest: &str, depth: usize) -> usize {
        let Some((text, address, taken)) = link_parts(rest).filter(|_| depth < DEEPEST) else {
            return self.plain('[', 1);
        };
        self.scan(text, depth + 1);
        if is_web(address) && text != address {
            self.end_word();
            self.raw(&format!("({})", link(address)), 0);
        }
        taken
    }

    /// The entities that people write by hand; all others are shown as they are written.
    fn entity(&mut self, rest: &str) -> usize {
        for (entity, c) in [("&nbsp;", ' '), ("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"')] {
            if rest.starts_with(entity) {
                if c == ' ' {
                    self.end_word();
                    return entity.len();
                }
                return self.plain(c, entity.len());
            }
        }
        self.plain('&', 1)
    }
}

/// As much of a text as is searched for the end of something.
fn near(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

/// Where the run of exactly `fence` backticks begins that ends a code span.
fn closing(body: &str, fence: usize) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = body.get(at..)?;
        let start = at + rest.find('`')?;
        let run = body.get(start..)?;
        let length = run.len() - run.trim_start_matches('`').len();
        if length == fence {
            return Some(start);
        }
        at = start + length;
    }
}

/// Text, address and length of `[text](address "title")`.
fn link_parts(rest: &str) -> Option<(&str, &str, usize)> {
    let mut open = 0_usize;
    let mut middle = None;
    for (at, c) in near(rest).char_indices() {
        match c {
            '[' => open += 1,
            ']' => open -= 1,
            _ => {}
        }
        if open == 0 {
            middle = Some(at);
            break;
        }
    }
    let middle = middle?;
    let target = rest.get(middle + 1..)?.strip_prefix('(')?;
    let length = near(target).find(')')?;
    let inside = target.get(..length)?;
    let address = inside.split_whitespace().next().unwrap_or_default();
    let address = address.trim_start_matches('<').trim_end_matches('>');
    Some((rest.get(1..middle)?, address, middle + 2 + length + 1))
}

/// Tags whose text reads the same without them.
fn is_formatting(tag: &str) -> bool {
    is_inline(tag)
        || matches!(
            tag_name(tag).as_str(),
            "br" | "p" | "div" | "ul" | "ol" | "li" | "pre" | "hr" | "h1" | "h2" | "h3" | "h4"
        )
}

/// Formatting tags that do not separate words.
fn is_inline(tag: &str) -> bool {
    matches!(
        tag_name(tag).as_str(),
        "b" | "i" | "em" | "strong" | "code" | "span" | "tt" | "u" | "small" | "sub" | "sup" | "a"
    )
}

fn tag_name(tag: &str) -> String {
    let name = tag.trim_start_matches('/').trim_end_matches('/');
    let name = name.split_whitespace().next().unwrap_or_default();
    name.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> String {
        words(text).join(" ")
    }

    #[test]
    fn code_spans_stay() {
        assert_eq!(words("a `b  c` d"), ["a", "`b c`", "d"]);
        assert_eq!(line("``a`b``."), "`` a`b ``.");
        assert_eq!(line("`[x]` \\`y"), "`[x]` \\`y");
        assert_eq!(line("open ` tick"), "open \\` tick");
    }

    #[test]
    fn links_show_where_they_lead() {
        assert_eq!(line("[the guide](https://a.example/g \"t\")"), "the guide (<https://a.example/g>)");
        assert_eq!(line("![logo](/x.png) <https://a.example>"), "logo <https://a.example>");
        assert_eq!(line("[`Vec`] [x][y] [z]"), r"\[`Vec`\] \[x\]\[y\] \[z\]");
        assert_eq!(line("[[[[[a](b)](c)](d)](e)](f)"), r"\[\[a\](b)\](c)");
    }

    #[test]
    fn markup_loses_its_meaning_and_emphasis_stays() {
        assert_eq!(line("**bold** <b>x</b><br/>y <img src=x>"), r"**bold** x y \<img src=x>");
        assert_eq!(line(r"a\*b \_c"), r"a\*b _c");
        assert_eq!(line("&lt;x&gt; &copy; &nbsp;z"), r"\<x> \&copy; z");
    }
}
