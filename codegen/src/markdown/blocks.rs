//! Paragraphs, lists, tables and code of a document's texts, written so that rustdoc and clippy read them as meant.

use super::{clean, escape, inline};

/// The width that text is wrapped at; what is left of 100 columns is for indentation and slashes.
const WIDTH: usize = 90;

/// A document's text as lines of Markdown that are safe in a doc comment, whatever the text holds.
///
/// Nothing in the result is a link to an item, an HTML tag, a code block that would be compiled, or a character that
/// changes how the source file reads.
pub(crate) fn lines(text: &str) -> Vec<String> {
    let text = clean(text);
    let mut lines: Vec<String> = Vec::new();
    let mut within_list = false;
    for block in blocks(&text) {
        let item = matches!(block, Block::Item { .. });
        let continues = item && within_list;
        if !lines.is_empty() && !continues {
            lines.push(String::new());
        }
        within_list = item;
        block.write(&mut lines);
    }
    lines
}

/// A text on one line, for table cells and first lines.
pub(crate) fn line(text: &str) -> String {
    let mut words = inline::words(&clean(text));
    if let Some(first) = words.first_mut() {
        *first = at_line_start(std::mem::take(first));
    }
    words.join(" ")
}

/// A text as a table cell.
fn cell(text: &str) -> String {
    line(text).replace('|', "\\|")
}

enum Block<'t> {
    Paragraph(Vec<&'t str>),
    Heading(&'t str),
    Item { indent: usize, marker: String, text: Vec<&'t str> },
    Code(Vec<&'t str>),
    Table(Vec<Vec<&'t str>>),
}

impl Block<'_> {
    fn write(&self, lines: &mut Vec<String>) {
        match self {
            Self::Paragraph(text) => wrap(&text.join("\n"), "", "", lines),
            // A heading would weigh more than the item it describes.
            Self::Heading(text) => {
                let words = inline::words(&text.replace('*', " "));
                lines.extend((!words.is_empty()).then(|| format!("**{}**", words.join(" "))));
            }
            Self::Item { indent, marker, text } => {
                let first = format!("{}{marker} ", " ".repeat(*indent));
                let next = " ".repeat(first.len());
                wrap(&text.join("\n"), &first, &next, lines);
            }
            Self::Code(code) => write_code(code, lines),
            Self::Table(rows) => write_table(rows, lines),
        }
    }
}

fn write_code(code: &[&str], lines: &mut Vec<String>) {
    let longest = code.iter().map(|line| escape::longest_backtick_run(line)).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    lines.push(format!("{fence}text"));
    lines.extend(code.iter().map(|line| line.trim_end().to_owned()));
    lines.push(fence);
}

fn write_table(rows: &[Vec<&str>], lines: &mut Vec<String>) {
    let columns = rows.first().map_or(0, Vec::len);
    for (index, row) in rows.iter().enumerate() {
        let cells = (0..columns).map(|column| row.get(column).map_or_else(String::new, |text| cell(text)));
        lines.push(format!("| {} |", cells.collect::<Vec<_>>().join(" | ")));
        if index == 0 {
            lines.push(format!("|{}", "---|".repeat(columns)));
        }
    }
}

/// Breaks a text into lines; none but the first begins with a mark that begins a list, a heading or a quotation.
fn wrap(text: &str, first: &str, next: &str, lines: &mut Vec<String>) {
    let mut line = first.to_owned();
    let mut width = columns(first);
    let mut empty = true;
    for word in inline::words(text) {
        let full = width + 1 + columns(&word) > WIDTH;
        if full && !empty {
            lines.push(std::mem::replace(&mut line, next.to_owned()));
            width = columns(next);
            empty = true;
        }
        let word = if empty { at_line_start(word) } else { word };
        if !empty {
            line.push(' ');
            width += 1;
        }
        line.push_str(&word);
        width += columns(&word);
        empty = false;
    }
    if !empty || !first.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
}

/// Takes from a word the meaning that it would have at the start of a line.
fn at_line_start(word: String) -> String {
    let only_marks = word.chars().all(|c| matches!(c, '*' | '-' | '+' | '_' | '=' | '~' | '#' | '|' | ':'));
    if only_marks || word.starts_with('>') || word.starts_with("~~~") {
        return format!("\\{word}");
    }
    let digits = word.trim_end_matches(['.', ')']);
    let numbered = word.len() == digits.len() + 1 && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if numbered {
        let mark = word.get(digits.len()..).unwrap_or_default();
        return format!("{digits}\\{mark}");
    }
    word
}

/// How many columns a text takes.
fn columns(text: &str) -> usize {
    text.chars().count()
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut reader =
        Reader { lines: text.lines().collect(), at: 0, blocks: Vec::new(), open: false, levels: Vec::new() };
    while let Some(line) = reader.next() {
        reader.read(line);
    }
    reader.blocks
}

/// Reads lines into blocks.
struct Reader<'t> {
    lines: Vec<&'t str>,
    at: usize,
    blocks: Vec<Block<'t>>,
    /// Whether the next line of text continues the last block.
    open: bool,
    /// The lists around the current item: indentation in the text, and here.
    levels: Vec<(usize, usize)>,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Option<&'t str> {
        let line = self.lines.get(self.at)?;
        self.at += 1;
        Some(line)
    }

    fn read(&mut self, line: &'t str) {
        let text = line.trim();
        let text = text.strip_prefix('>').map_or(text, str::trim_start);
        if text.is_empty() {
            self.open = false;
        } else if text.starts_with("```") || text.starts_with("~~~") {
            self.code(text);
        } else if let Some(heading) = heading(text) {
            self.close(Block::Heading(heading));
        } else if let Some((marker, rest)) = item(text) {
            let indent = self.level(line.len() - line.trim_start().len(), marker.len() + 1);
            self.blocks.push(Block::Item { indent, marker, text: vec![rest] });
            self.open = true;
        } else if self.begins_table(text) {
            self.table(text);
        } else {
            self.text(text);
        }
    }

    fn close(&mut self, block: Block<'t>) {
        self.blocks.push(block);
        self.open = false;
        self.levels.clear();
    }

    fn text(&mut self, text: &'t str) {
        match self.blocks.last_mut() {
            Some(Block::Paragraph(lines) | Block::Item { text: lines, .. }) if self.open => lines.push(text),
            _ => {
                self.close(Block::Paragraph(vec![text]));
                self.open = true;
            }
        }
    }

    fn code(&mut self, opening: &str) {
        let mark = if opening.starts_with('`') { '`' } else { '~' };
        let length = opening.len() - opening.trim_start_matches(mark).len();
        let mut code = Vec::new();
        while let Some(line) = self.next() {
            let text = line.trim();
            if text.len() >= length && text.chars().all(|c| c == mark) {
                break;
            }
            code.push(line);
        }
        self.close(Block::Code(code));
    }

    fn begins_table(&self, text: &str) -> bool {
        let columns = row(text).len();
        text.contains('|')
            && self.lines.get(self.at).is_some_and(|next| is_delimiter(next) && row(next).len() == columns)
    }

    fn table(&mut self, header: &'t str) {
        let mut rows = vec![row(header)];
        self.at += 1;
        while let Some(line) = self.lines.get(self.at).filter(|line| line.contains('|')) {
            rows.push(row(line));
            self.at += 1;
        }
        self.close(Block::Table(rows));
    }

    /// The indentation of an item here, by its indentation in the text and the items before it.
    fn level(&mut self, indent: usize, width: usize) -> usize {
        while self.levels.last().is_some_and(|(outer, _)| indent <= *outer) {
            self.levels.pop();
        }
        let here = if matches!(self.blocks.last(), Some(Block::Item { .. })) {
            self.levels.last().map_or(0, |(_, inner)| *inner)
        } else {
            0
        };
        if self.levels.len() < 3 {
            self.levels.push((indent, here + width));
        }
        here
    }
}

fn heading(text: &str) -> Option<&str> {
    let title = text.trim_start_matches('#');
    let level = text.len() - title.len();
    ((1..=6).contains(&level) && title.starts_with(' ')).then(|| title.trim().trim_end_matches('#').trim())
}

/// The mark of a list item and its text.
fn item(text: &str) -> Option<(String, &str)> {
    let (mark, rest) = text.split_once(' ').unwrap_or((text, ""));
    if matches!(mark, "-" | "*" | "+") {
        return Some(("-".to_owned(), rest.trim()));
    }
    let digits = mark.strip_suffix(['.', ')'])?;
    let numbered = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !rest.is_empty();
    numbered.then(|| (format!("{digits}."), rest.trim()))
}

fn row(line: &str) -> Vec<&str> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').unwrap_or(line);
    line.split('|').map(str::trim).collect()
}

fn is_delimiter(line: &str) -> bool {
    line.contains('-') && line.contains('|') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_keep_their_shape() {
        let text = "# Title\nOne\ntwo.\n\n* a\n  b\n    1. c\n* d\n\n| x | y |\n|--|--|\n| `p|q` |\n";
        assert_eq!(
            lines(text),
            [
                "**Title**",
                "",
                "One two.",
                "",
                "- a b",
                "  1. c",
                "- d",
                "",
                "| x | y |",
                "|---|---|",
                "| \\`p | q\\` |"
            ]
        );
    }

    #[test]
    fn code_is_never_compiled() {
        assert_eq!(
            lines("~~~rust\nfn main() {}\n```\n~~~\nafter"),
            ["````text", "fn main() {}", "```", "````", "", "after"]
        );
        assert_eq!(lines("```\nopen"), ["```text", "open", "```"]);
        assert_eq!(lines("    indented()"), ["`indented()`"]);
    }

    #[test]
    fn no_line_begins_with_markup() {
        assert_eq!(lines("a\n---\n\n1. \n\n> q\n\n2)x #y"), ["a ---", "", "1\\.", "", "q", "", "2)x #y"]);
        let long = format!("{} - {} 1. {} # x", "a".repeat(88), "b".repeat(88), "c".repeat(88));
        assert!(
            lines(&long)
                .iter()
                .all(|line| !line.starts_with("- ") && !line.starts_with("1.") && !line.starts_with('#'))
        );
    }

    #[test]
    fn characters_that_deceive_are_replaced() {
        assert_eq!(lines("a\u{202e}b\0c\u{2066}\u{85}"), ["a\u{fffd}b\u{fffd}c\u{fffd}\u{fffd}"]);
        assert_eq!(line("*/ one\r\n\ttwo"), "*/ one two");
        assert_eq!(cell("a|b"), "a\\|b");
    }
}
