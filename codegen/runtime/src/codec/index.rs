//! The structure of a JSON text, found in one pass: where each value begins and ends.

/// A value, or the key before one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// Where its text begins, in bytes.
    pub(super) start: usize,
    /// Where its text ends.
    pub(super) end: usize,
    /// The node after this one and everything in it.
    pub(super) next: usize,
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
    /// Goes through a text that is known to be one JSON value.
    pub(super) fn new(text: &'a str, is_exact: bool) -> Self {
        // Most values are longer than sixteen bytes with their keys and punctuation.
        let mut scan =
            Scan { bytes: text.as_bytes(), at: 0, nodes: Vec::with_capacity(text.len() / 16 + 1), open: Vec::new() };
        while scan.step() {}
        Self { text, nodes: scan.nodes, is_exact }
    }

    pub(super) fn node(&self, at: usize) -> Option<&Node> {
        self.nodes.get(at)
    }
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    nodes: Vec<Node>,
    /// The lists and objects that have not ended.
    open: Vec<usize>,
}

impl Scan<'_> {
    fn step(&mut self) -> bool {
        let Some(byte) = self.bytes.get(self.at) else { return false };
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' => self.at += 1,
            b'{' | b'[' => {
                self.open.push(self.nodes.len());
                self.push(self.at + 1, false);
            }
            b'}' | b']' => self.close(),
            b'"' => self.string(),
            _ => self.scalar(),
        }
        true
    }

    /// Notes the value up to `end`, and goes on there.
    fn push(&mut self, end: usize, escaped: bool) {
        let next = self.nodes.len() + 1;
        self.nodes.push(Node { start: self.at, end, next, escaped });
        self.at = end;
    }

    fn close(&mut self) {
        self.at += 1;
        let next = self.nodes.len();
        if let Some(node) = self.open.pop().and_then(|open| self.nodes.get_mut(open)) {
            node.end = self.at;
            node.next = next;
        }
    }

    fn string(&mut self) {
        let mut rest = self.bytes.get(self.at + 1..).unwrap_or_default();
        let (mut end, mut escaped) = (self.at + 1, false);
        while let Some(length) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\')) {
            if rest.get(length) == Some(&b'"') {
                end += length + 1;
                break;
            }
            escaped = true;
            end += length + 2;
            rest = rest.get(length + 2..).unwrap_or_default();
        }
        self.push(end, escaped);
    }

    fn scalar(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let ends = |byte: &u8| matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r');
        let length = rest.iter().position(ends).unwrap_or(rest.len());
        self.push(self.at + length.max(1), false);
    }
}
