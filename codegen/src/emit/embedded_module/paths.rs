//! Paths that begin at the crate, in code and in links of the documentation; not in the texts of the document.

use super::Module;

/// A block of code in the documentation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    Example,
    /// In another language than Rust.
    Other,
}

/// Where in a file a character stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Code,
    Text,
    /// With so many `#` before its quotation marks.
    RawText(usize),
}

/// A file whose paths begin at the module. Examples are only shown, because a test of the documentation cannot reach into every module.
pub(super) fn moved(text: &str, crate_name: &str, module: &Module) -> String {
    let below = format!("{}::", module.path());
    let mut moved = String::with_capacity(text.len());
    let mut within = Within::Code;
    let mut block = None;
    for line in text.lines() {
        let comment = line.trim_start().starts_with("//");
        if comment && within == Within::Code {
            documentation(&mut moved, line, crate_name, &below, &mut block);
        } else {
            within = code(&mut moved, line, &below, within);
        }
        moved.push('\n');
    }
    moved
}

/// A line of a comment.
fn documentation(moved: &mut String, line: &str, crate_name: &str, below: &str, block: &mut Option<Block>) {
    let Some((mark, rest)) = line.split_once("```") else {
        let line = line.replace("](crate::", &format!("]({below}"));
        let own = format!("{crate_name}::");
        moved.push_str(&if *block == Some(Block::Example) { line.replace(&own, below) } else { line });
        return;
    };
    *block = match *block {
        Some(_) => None,
        None if rest.is_empty() => Some(Block::Example),
        None => Some(Block::Other),
    };
    moved.push_str(mark);
    moved.push_str("```");
    moved.push_str(if *block == Some(Block::Example) { "ignore" } else { rest });
}

/// A line of code, which may begin or end in a text of several lines.
fn code(moved: &mut String, line: &str, below: &str, mut within: Within) -> Within {
    let mut rest = line;
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        let mut taken = first.len_utf8();
        match within {
            Within::Code => {
                let is_word = before.is_alphanumeric() || before == '_' || before == '$';
                if !is_word && rest.starts_with("crate::") {
                    moved.push_str(below);
                    rest = rest.get("crate::".len()..).unwrap_or_default();
                    before = ':';
                    continue;
                }
                if first == '\'' {
                    taken = character(rest);
                } else if first == '"' {
                    within = Within::Text;
                } else if first == 'r' && !is_word {
                    let marks = rest.chars().skip(1).take_while(|one| *one == '#').count();
                    if rest.get(1 + marks..).is_some_and(|rest| rest.starts_with('"')) {
                        taken = marks + 2;
                        within = Within::RawText(marks);
                    }
                }
            }
            Within::Text if first == '\\' => taken += rest.chars().nth(1).map_or(0, char::len_utf8),
            Within::Text if first == '"' => within = Within::Code,
            Within::RawText(marks) if first == '"' => {
                let end = rest.chars().skip(1).take_while(|one| *one == '#').count();
                if end >= marks {
                    taken = marks + 1;
                    within = Within::Code;
                }
            }
            Within::Text | Within::RawText(_) => {}
        }
        let (done, following) = rest.split_at_checked(taken).unwrap_or((rest, ""));
        moved.push_str(done);
        before = done.chars().next_back().unwrap_or(' ');
        rest = following;
    }
    within
}

/// The length of a character in quotation marks; of the mark alone where it begins a lifetime.
fn character(rest: &str) -> usize {
    let mut characters = rest.char_indices().skip(1);
    match characters.next() {
        Some((_, '\\')) => rest.char_indices().skip(3).find(|(_, one)| *one == '\'').map_or(1, |(at, _)| at + 1),
        Some((_, _)) => match characters.next() {
            Some((at, '\'')) => at + 1,
            _ => 1,
        },
        None => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> String {
        let module = Module::new("crate::api", []).expect("a path");
        moved(text, "up", &module).trim_end_matches('\n').to_owned()
    }

    #[test]
    fn code_and_links_move_and_texts_stay() {
        for (before, after) in [
            ("use crate::types::A;", "use crate::api::types::A;"),
            ("object!(A { b: crate::types::B });", "object!(A { b: crate::api::types::B });"),
            ("pub(crate) const A: u8 = 1;", "pub(crate) const A: u8 = 1;"),
            ("$crate::a!(my_crate::b);", "$crate::a!(my_crate::b);"),
            ("f(\"crate::a \\\" crate::b\", crate::c)", "f(\"crate::a \\\" crate::b\", crate::api::c)"),
            ("f(r#\"crate::a \" crate::b\"#, crate::c)", "f(r#\"crate::a \" crate::b\"#, crate::api::c)"),
            ("f('\"', crate::c, '\\'', \"crate::d\")", "f('\"', crate::api::c, '\\'', \"crate::d\")"),
            ("fn f<'a>(a: &'a crate::A, b: &'a str) {}", "fn f<'a>(a: &'a crate::api::A, b: &'a str) {}"),
            (
                "/// [`A`](crate::types::A), and crate::b as written",
                "/// [`A`](crate::api::types::A), and crate::b as written",
            ),
            ("f(\"a\\\ncrate::b\", crate::c)", "f(\"a\\\ncrate::b\", crate::api::c)"),
        ] {
            assert_eq!(line(before), after);
        }
    }

    #[test]
    fn examples_are_shown_with_the_paths_of_the_module() {
        let text = "/// up::A\n/// ```\n/// use up::A;\n/// ```\n/// ```text\n/// up::B\n/// ```";
        let expected = "/// up::A\n/// ```ignore\n/// use crate::api::A;\n/// ```\n/// ```text\n/// up::B\n/// ```";
        assert_eq!(line(text), expected);
    }
}
