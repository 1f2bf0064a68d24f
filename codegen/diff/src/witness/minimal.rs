//! Short values of schemas as the document writes them, and texts that match a regular expression. What is made here is judged by whoever
//! asks for it.

use serde_json::{Map, Value, json};

/// How deep schemas are looked into.
const DEPTH: usize = 6;

/// How often a piece of a regular expression is repeated at most.
const REPEATED: usize = 64;

/// How many alternatives of a regular expression are written out.
const ALTERNATIVES: usize = 3;

/// A value that a schema seems to allow; `None` where it says too little of it.
pub(super) fn of_schema(schema: &Value) -> Option<Value> {
    within(schema, DEPTH)
}

fn within(schema: &Value, depth: usize) -> Option<Value> {
    let stated = schema.as_object()?;
    if let Some(value) = stated.get("const").or_else(|| stated.get("enum")?.get(0)) {
        return Some(value.clone());
    }
    let kind = match stated.get("type") {
        Some(Value::Array(all)) => all.first().and_then(Value::as_str),
        other => other.and_then(Value::as_str),
    };
    let size = |keyword: &str| stated.get(keyword).and_then(Value::as_u64).and_then(|size| usize::try_from(size).ok());
    match kind {
        Some("string") => Some(text(stated, size("minLength").unwrap_or(1).min(REPEATED))),
        Some("integer" | "number") => {
            Some(stated.get("minimum").or_else(|| stated.get("maximum")).cloned().unwrap_or(json!(1)))
        }
        Some("boolean") => Some(json!(true)),
        Some("null") => Some(Value::Null),
        Some("array") => {
            let item = stated.get("items").filter(|_| depth > 0).and_then(|items| within(items, depth - 1));
            Some(Value::Array(vec![item.unwrap_or(json!("text")); size("minItems").unwrap_or(0).min(REPEATED)]))
        }
        _ if kind == Some("object") || stated.contains_key("required") || stated.contains_key("properties") => {
            Some(Value::Object(object(stated, depth)))
        }
        _ => None,
    }
}

fn text(stated: &Map<String, Value>, least: usize) -> Value {
    let pattern = stated.get("pattern").and_then(Value::as_str);
    let matching = pattern.and_then(of_pattern).filter(|text| text.chars().count() >= least);
    json!(matching.unwrap_or_else(|| "a".repeat(least)))
}

/// An object with what it requires.
fn object(stated: &Map<String, Value>, depth: usize) -> Map<String, Value> {
    let required = stated.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let property = |name: &str| stated.get("properties").and_then(|all| all.get(name));
    let value = |name: &str| property(name).filter(|_| depth > 0).and_then(|schema| within(schema, depth - 1));
    required.map(|name| (name.to_owned(), value(name).unwrap_or(json!("text")))).collect()
}

/// A text that seems to match a regular expression: its pieces one after the other; `None` where there is a piece that is not understood.
pub(super) fn of_pattern(pattern: &str) -> Option<String> {
    read(pattern, 0, 1)
}

/// Texts that seem to match a regular expression: of each of the first alternatives, and of some lengths.
pub(super) fn all_of_pattern(pattern: &str, sizes: &[usize]) -> Vec<String> {
    let size = |repeated: usize| read(pattern, 0, repeated).map(|text| text.chars().count());
    let of_size = |wanted: usize| {
        let (once, twice) = (size(1)?, size(2)?);
        let further = wanted.checked_sub(once)?.checked_div(twice.checked_sub(once)?)?;
        read(pattern, 0, 1 + further)
    };
    let alternatives = (0..ALTERNATIVES).filter_map(|choice| read(pattern, choice, 1));
    alternatives.chain(sizes.iter().filter_map(|size| of_size(*size))).collect()
}

fn read(pattern: &str, choice: usize, repeated: usize) -> Option<String> {
    let pieces: Vec<char> = pattern.chars().collect();
    let mut reader = Reader { pieces: &pieces, at: 0, choice, repeated };
    let text = reader.sequence(DEPTH)?;
    (reader.at == pieces.len()).then_some(text)
}

struct Reader<'a> {
    pieces: &'a [char],
    at: usize,
    /// Which alternative is taken, or else the last one.
    choice: usize,
    /// How often a piece stands that may stand as often as one likes.
    repeated: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.pieces.get(self.at).copied()
    }

    fn take(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += 1;
        Some(next)
    }

    fn take_if(&mut self, wanted: char) -> bool {
        let is_there = self.peek() == Some(wanted);
        self.at += usize::from(is_there);
        is_there
    }

    /// One of the alternatives up to the end, or up to the end of a group.
    fn sequence(&mut self, depth: usize) -> Option<String> {
        let mut alternatives = vec![String::new()];
        while let Some(next) = self.peek().filter(|next| *next != ')') {
            if next == '|' {
                self.at += 1;
                alternatives.push(String::new());
                continue;
            }
            let piece = self.piece(depth)?;
            let times = self.times()?;
            alternatives.last_mut()?.push_str(&piece.repeat(times));
        }
        let taken = self.choice.min(alternatives.len() - 1);
        Some(alternatives.swap_remove(taken))
    }

    fn piece(&mut self, depth: usize) -> Option<String> {
        Some(match self.take()? {
            '^' | '$' => String::new(),
            '.' => "a".to_owned(),
            '\\' => match self.take()? {
                'd' => "1".to_owned(),
                'w' | 'S' | 'D' => "a".to_owned(),
                's' => " ".to_owned(),
                'W' => "-".to_owned(),
                'b' => String::new(),
                other if other.is_alphanumeric() => return None,
                other => other.to_string(),
            },
            '[' => self.class()?.to_string(),
            '(' => {
                if self.take_if('?') && !self.take_if(':') {
                    return None;
                }
                let inner = self.sequence(depth.checked_sub(1)?)?;
                self.take_if(')').then_some(inner)?
            }
            '*' | '+' | '?' | '{' => return None,
            other => other.to_string(),
        })
    }

    /// A character of a class.
    fn class(&mut self) -> Option<char> {
        let is_inverted = self.take_if('^');
        let mut listed = Vec::new();
        loop {
            match self.take()? {
                ']' => break,
                '\\' => listed.push(match self.take()? {
                    'd' => '1',
                    'w' => 'a',
                    's' => ' ',
                    other => other,
                }),
                other => listed.push(other),
            }
        }
        let of_others = ['~', '!', 'a', '1', 'A', ' '].into_iter().find(|other| !listed.contains(other));
        if is_inverted { of_others } else { listed.first().copied() }
    }

    /// How often a piece stands: as rarely as it may, but that one that may be absent stands once.
    fn times(&mut self) -> Option<usize> {
        let times = match self.peek() {
            Some('?') => {
                self.at += 1;
                1
            }
            Some('*' | '+') => {
                self.at += 1;
                self.repeated
            }
            Some('{') => {
                self.at += 1;
                let mut digits = String::new();
                while let Some(next) = self.take().filter(|next| *next != '}') {
                    digits.push(next);
                }
                let (least, most) = digits.split_once(',').unwrap_or((&digits, &digits));
                let least = least.parse::<usize>().ok()?.min(REPEATED);
                let most = if most.is_empty() { usize::MAX } else { most.parse().ok()? };
                (least + self.repeated.saturating_sub(1)).min(most)
            }
            _ => return Some(1),
        };
        self.take_if('?');
        Some(times)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_a_regular_expression() {
        for (pattern, text) in [
            ("^x-", Some("x-")),
            ("^[0-9]{4}$", Some("0000")),
            ("^(foo|bar)_[a-z]+$", Some("foo_a")),
            (r"^\d{3}\.\w*$", Some("111.a")),
            ("^[^a]$", Some("~")),
            ("(?=a)b", None),
            ("a)", None),
        ] {
            assert_eq!(of_pattern(pattern).as_deref(), text, "{pattern}");
        }
    }

    #[test]
    fn texts_of_a_regular_expression_have_the_lengths_that_are_asked_for() {
        assert_eq!(all_of_pattern("^(EUR|USD)$", &[]), ["EUR", "USD", "USD"]);
        assert_eq!(all_of_pattern("^c_[a-z]+$", &[5]).last().map(String::as_str), Some("c_aaa"));
        assert_eq!(all_of_pattern("^a{2,}$", &[4]).last().map(String::as_str), Some("aaaa"));
    }

    #[test]
    fn a_value_holds_what_its_schema_requires() {
        let schema = json!({"required": ["k", "n"], "properties": {"k": {"const": "x"}, "n": {"type": "integer", "minimum": 3}}});
        assert_eq!(of_schema(&schema), Some(json!({"k": "x", "n": 3})));
        assert_eq!(of_schema(&json!({})), None);
    }
}
