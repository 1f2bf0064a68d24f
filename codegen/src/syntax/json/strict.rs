//! Plain JSON (RFC 8259) to a tree in one walk over the text, which is how nearly all documents are read. What is no JSON, is too deep or
//! too long is left to the parser beside it, which says what is wrong and where.

use super::super::duplicates::check_duplicate_keys;
use super::super::node::{Key, Mapping, Node, Value};
use crate::diagnostic::Diagnostics;
use crate::size_limits;
use crate::source::{FileId, Span};

/// The tree of a text that stands so many bytes behind the start of its file; where it is left to the other parser, the place in the
/// text that it was read to.
pub(super) fn read(file: FileId, base: usize, text: &str, diagnostics: &mut Diagnostics) -> Result<Node, usize> {
    let mut reader = StrictReader {
        file,
        base,
        text,
        at: 0,
        depth: 0,
        nodes: 0,
        items: Vec::new(),
        entries: Vec::new(),
        found: Diagnostics::new(),
    };
    let tree = reader.value().ok_or(reader.at)?;
    reader.space();
    if reader.at < text.len() {
        return Err(reader.at);
    }
    diagnostics.extend(reader.found);
    Ok(tree)
}

struct StrictReader<'t> {
    file: FileId,
    base: usize,
    text: &'t str,
    at: usize,
    depth: usize,
    nodes: usize,
    /// The items of all lists that are open, from which those of a list are taken in one piece when it ends.
    items: Vec<Node>,
    /// The same for objects.
    entries: Vec<(Key, Node)>,
    found: Diagnostics,
}

impl<'t> StrictReader<'t> {
    fn value(&mut self) -> Option<Node> {
        self.count()?;
        self.space();
        let start = self.at;
        let value = match self.peek()? {
            b'{' => self.nested(Self::object)?,
            b'[' => self.nested(Self::list)?,
            b'"' => {
                let text = self.string()?;
                return Some(Node::scalar(text, true, self.span(start)?));
            }
            b'-' | b'0'..=b'9' => self.number(start)?,
            _ => self.word()?,
        };
        Some(match value {
            Token::Nested(value) => Node { span: self.span(start)?, value },
            Token::Plain(text) => Node::scalar(text, false, self.span(start)?),
        })
    }

    fn nested(&mut self, read: fn(&mut Self) -> Option<Value>) -> Option<Token<'t>> {
        self.at += 1;
        self.depth += 1;
        if self.depth > size_limits::DEPTH {
            return None;
        }
        let value = read(self)?;
        self.depth -= 1;
        Some(Token::Nested(value))
    }

    fn list(&mut self) -> Option<Value> {
        let first = self.items.len();
        if !self.ends(b']') {
            loop {
                let item = self.value()?;
                self.items.push(item);
                if !self.goes_on(b']')? {
                    break;
                }
            }
        }
        Some(Value::Sequence(self.items.split_off(first)))
    }

    fn object(&mut self) -> Option<Value> {
        let first = self.entries.len();
        if !self.ends(b'}') {
            loop {
                let entry = (self.key()?, self.value()?);
                self.entries.push(entry);
                if !self.goes_on(b'}')? {
                    break;
                }
            }
        }
        let entries = self.entries.split_off(first);
        check_duplicate_keys(&entries, &mut self.found);
        Some(Value::Mapping(Mapping::new(entries)))
    }

    /// A key and the colon behind it.
    fn key(&mut self) -> Option<Key> {
        self.count()?;
        self.space();
        let start = self.at;
        let text = self.string()?;
        let span = self.span(start)?;
        self.space();
        self.take(b':').then(|| Key::new(text, true, span))
    }

    /// Takes the end of a list or object that holds nothing.
    fn ends(&mut self, end: u8) -> bool {
        self.space();
        self.take(end)
    }

    /// Takes the comma behind an entry, or the end.
    fn goes_on(&mut self, end: u8) -> Option<bool> {
        self.space();
        if self.take(b',') {
            return Some(true);
        }
        self.take(end).then_some(false)
    }

    fn string(&mut self) -> Option<Box<str>> {
        if !self.take(b'"') {
            return None;
        }
        let plain = self.plain()?;
        if self.take(b'"') {
            return Some(plain.into());
        }
        let mut text = plain.to_owned();
        while self.take(b'\\') {
            text.push(self.escape()?);
            text.push_str(self.plain()?);
        }
        // A control character stands there otherwise.
        self.take(b'"').then(|| text.into())
    }

    /// The characters up to a quote, a backslash or a control character.
    fn plain(&mut self) -> Option<&'t str> {
        let rest = self.text.get(self.at..)?;
        let length = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))?;
        self.at += length;
        rest.get(..length)
    }

    /// The character for what stands behind a backslash.
    fn escape(&mut self) -> Option<char> {
        let sign = self.peek()?;
        self.at += 1;
        Some(match sign {
            b'"' | b'\\' | b'/' => char::from(sign),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.code_point(),
            _ => return None,
        })
    }

    /// The character of `\u`: one unit of UTF-16, or two of which each has its escape.
    fn code_point(&mut self) -> Option<char> {
        let unit = self.unit()?;
        if !(0xd800..0xdc00).contains(&unit) {
            return char::from_u32(unit);
        }
        let low = if self.take(b'\\') && self.take(b'u') { self.unit()? } else { return None };
        let low = low.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
        char::from_u32(0x10000 + ((unit - 0xd800) << 10) + low)
    }

    fn unit(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        if is_hex { u32::from_str_radix(digits, 16).ok() } else { None }
    }

    fn number(&mut self, start: usize) -> Option<Token<'t>> {
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        self.text.get(start..self.at).map(Token::Plain)
    }

    /// One digit or more.
    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn word(&mut self) -> Option<Token<'t>> {
        let rest = self.text.get(self.at..)?;
        let word = ["true", "false", "null"].into_iter().find(|word| rest.starts_with(word))?;
        self.at += word.len();
        Some(Token::Plain(word))
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Takes a byte, if it is there.
    fn take(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    fn count(&mut self) -> Option<()> {
        self.nodes += 1;
        (self.nodes <= size_limits::NODES).then_some(())
    }

    /// From a byte to the one that is next.
    fn span(&self, start: usize) -> Option<Span> {
        let narrow = |at: usize| u32::try_from(self.base + at).ok();
        Some(Span { file: self.file, start: narrow(start)?, end: narrow(self.at)? })
    }
}

/// What stands at a place, but for texts.
enum Token<'t> {
    Nested(Value),
    /// A number or a word.
    Plain(&'t str),
}
