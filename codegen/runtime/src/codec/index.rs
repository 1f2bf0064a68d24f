//! The structure of a JSON text, found in one pass: where each value begins and ends.

/// A value, or the key before one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// Where its text begins, in bytes.
    pub(super) start: u32,
    /// Where its text ends.
    pub(super) end: u32,
    /// The node after this one and everything in it.
    pub(super) next: u32,
    /// Whether it is a string with an escape in it.
    pub(super) escaped: bool,
}

/// The nodes of a text in its order; the first is the whole. In an object, keys and values alternate.
#[derive(Debug)]
pub(super) struct Index<'a> {
    pub(super) text: &'a str,
    nodes: Vec<Node>,
    /// Whether numbers are as the sender wrote them. They are not when the text was made of another format or of a buffer of serde.
    pub(super) is_exact: bool,
}

impl<'a> Index<'a> {
    /// Goes through a text that is known to be one JSON value; `None` where it is longer than four gigabytes.
    pub(super) fn new(text: &'a str, is_exact: bool) -> Option<Self> {
        u32::try_from(text.len()).ok()?;
        // With its key and punctuation, a value mostly takes more than sixteen bytes, and it has two nodes then.
        let mut scan = Scan { nodes: Vec::with_capacity(text.len() / 8 + 2), open: None };
        let mut rest = text.as_bytes();
        let mut at = 0;
        while let Some(byte) = rest.first() {
            let length = match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' => 1,
                b'"' => scan.string(at, rest),
                b'{' | b'[' => scan.begin(at),
                b'}' | b']' => scan.close(at),
                _ => scan.scalar(at, rest),
            };
            rest = rest.get(length..).unwrap_or_default();
            at += length;
        }
        Some(Self { text, nodes: scan.nodes, is_exact })
    }

    pub(super) fn node(&self, at: u32) -> Option<&Node> {
        self.nodes.get(at as usize)
    }
}

struct Scan {
    nodes: Vec<Node>,
    /// The innermost list or object that has not ended. Until it does, its `next` is the one around it.
    open: Option<u32>,
}

impl Scan {
    /// Notes a value by its place and length, and answers the length.
    fn push(&mut self, at: usize, length: usize, escaped: bool) -> usize {
        let (start, end, next) = (short(at), short(at + length), short(self.nodes.len() + 1));
        self.nodes.push(Node { start, end, next, escaped });
        length
    }

    fn begin(&mut self, at: usize) -> usize {
        let around = self.open.replace(short(self.nodes.len())).unwrap_or(u32::MAX);
        self.nodes.push(Node { start: short(at), end: short(at + 1), next: around, escaped: false });
        1
    }

    fn close(&mut self, at: usize) -> usize {
        let next = short(self.nodes.len());
        if let Some(node) = self.open.and_then(|open| self.nodes.get_mut(open as usize)) {
            node.end = short(at + 1);
            let around = std::mem::replace(&mut node.next, next);
            self.open = (around != u32::MAX).then_some(around);
        }
        1
    }

    fn string(&mut self, at: usize, text: &[u8]) -> usize {
        let (mut length, mut escaped) = (1, false);
        while let Some(place) = memchr::memchr2(b'"', b'\\', text.get(length..).unwrap_or_default()) {
            length += place;
            if text.get(length) == Some(&b'"') {
                break;
            }
            escaped = true;
            length += 2;
        }
        self.push(at, length + 1, escaped)
    }

    fn scalar(&mut self, at: usize, text: &[u8]) -> usize {
        let ends = |byte: &u8| matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r');
        let length = text.iter().position(ends).unwrap_or(text.len());
        self.push(at, length.max(1), false)
    }
}

/// A place in a text whose length is known to fit.
fn short(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
