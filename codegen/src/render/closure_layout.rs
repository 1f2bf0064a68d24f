//! Layout that the formatter does not do: closures stay on the line of their call.
//!
//! Works on formatted text line by line. No literal of ours spans lines, so lines and indentation say all there is to know.

/// The width of generated code.
const WIDTH: usize = 100;

/// Tidies one formatted item.
pub(super) fn tidy(formatted: String) -> String {
    let has_closures = formatted.contains("| {\n") || formatted.contains("    |");
    let has_chains = formatted.contains("    .");
    if !has_closures && !has_chains {
        return formatted;
    }
    let mut lines: Vec<String> = formatted.lines().map(str::to_owned).collect();
    let mut from = 0;
    while let Some(next) = step(&mut lines, from) {
        from = next;
    }
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

/// Improves the first place at or after a line; returns where to look next.
fn step(lines: &mut Vec<String>, from: usize) -> Option<usize> {
    for at in from..lines.len() {
        if let Some(call) = Call::at(lines, at) {
            call.rewrite(lines);
            // What became shorter may now fit on the line of its receiver, and so on outwards.
            return Some(at.saturating_sub(2));
        }
        if let Some(end) = chained_call(lines, at) {
            join_receiver(lines, at, end);
            return Some(at.saturating_sub(2));
        }
    }
    None
}

/// A call whose arguments stand on lines of their own, the last of them a closure.
struct Call {
    /// The line that ends with `(`.
    opens: usize,
    /// The line of the closure.
    closure: usize,
    /// The line that begins with `)`.
    closes: usize,
    /// The call up to the closure's own first line, on one line.
    head: String,
}

impl Call {
    fn at(lines: &[String], opens: usize) -> Option<Self> {
        let line = lines.get(opens)?.strip_suffix('(').map(|_| lines.get(opens))??;
        let indent = indentation(line);
        let mut head = line.clone();
        let mut closure = opens + 1;
        while !is_closure(lines.get(closure)?, indent + 4) {
            let argument = lines.get(closure)?;
            if indentation(argument) != indent + 4 || !argument.ends_with(',') {
                return None;
            }
            head.push_str(argument.trim_start());
            head.push(' ');
            closure += 1;
        }
        let first = lines.get(closure)?.trim_start();
        let first = first.strip_suffix(',').unwrap_or(first);
        head.push_str(first);
        let ends = if first.ends_with('{') { end_of_block(lines, closure, indent + 4)? } else { closure };
        let closes = ends + 1;
        let closing = lines.get(closes).filter(|line| indentation(line) == indent)?.trim_start().strip_prefix(')')?;
        let whole = if ends == closure { head.len() + 1 + closing.len() } else { head.len() };
        (whole <= WIDTH).then_some(Self { opens, closure, closes, head })
    }

    fn rewrite(self, lines: &mut Vec<String>) {
        let indent = indentation(&self.head);
        let closing = lines.get(self.closes).map(|line| line.trim_start().to_owned()).unwrap_or_default();
        let one_line = self.closes == self.closure + 1;
        let mut new = vec![if one_line { self.head + &closing } else { self.head }];
        if !one_line {
            let body = lines.get(self.closure + 1..self.closes - 1).unwrap_or_default();
            new.extend(body.iter().map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()));
            new.push(format!("{}}}{closing}", " ".repeat(indent)));
        }
        lines.splice(self.opens..=self.closes, new);
    }
}

fn is_closure(line: &str, indent: usize) -> bool {
    indentation(line) == indent && line.trim_start().starts_with('|')
}

/// The line `},` that ends a block which is an argument.
fn end_of_block(lines: &[String], begins: usize, indent: usize) -> Option<usize> {
    let rest = lines.get(begins + 1..)?;
    let length = rest.iter().position(|line| indentation(line) == indent && !line.trim().is_empty())?;
    (rest.get(length)?.trim_start() == "},").then_some(begins + 1 + length)
}

/// The last line of `receiver` and `.method(…)` under it, if that is all of the chain.
fn chained_call(lines: &[String], at: usize) -> Option<usize> {
    let receiver = lines.get(at)?;
    let indent = indentation(receiver);
    let name = receiver.trim_start();
    let simple = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'.');
    let call = lines.get(at + 1)?;
    if !simple
        || indentation(call) != indent + 4
        || !call.trim_start().starts_with('.')
        || receiver.len() + call.trim_start().len() > WIDTH
    {
        return None;
    }
    let hugs = call.ends_with('{') || call.contains('|');
    if !hugs {
        return None;
    }
    let mut end = at + 1;
    if call.ends_with('{') {
        let rest = lines.get(at + 2..)?;
        end = at + 2 + rest.iter().position(|line| indentation(line) <= indent + 4 && !line.is_empty())?;
    }
    // Another call of the chain would be left hanging.
    let follows =
        lines.get(end + 1).is_some_and(|line| indentation(line) == indent + 4 && line.trim_start().starts_with('.'));
    (!follows).then_some(end)
}

fn join_receiver(lines: &mut Vec<String>, at: usize, end: usize) {
    let mut new: Vec<String> = Vec::new();
    for (index, line) in lines.get(at..=end).unwrap_or_default().iter().enumerate() {
        match new.first_mut() {
            Some(first) if index == 1 => first.push_str(line.trim_start()),
            Some(_) => new.push(line.strip_prefix("    ").unwrap_or(line).to_owned()),
            None => new.push(line.clone()),
        }
    }
    lines.splice(at..=end, new);
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closures_stay_with_their_call() {
        let text = "\
fn f() {
    checker
        .at(
            \"data\",
            |checker| {
                checker
                    .at(
                        \"amount\",
                        |checker| checker.minimum(&self.amount, \"0.01\"),
                    );
            },
        );
    request
        .json_object(
            ENVELOPE,
            |body| {
                body.required(\"a\", &self.a)?;
                body.optional(\"b\", &self.b)
            },
        )
}
";
        let tidied = "\
fn f() {
    checker.at(\"data\", |checker| {
        checker.at(\"amount\", |checker| checker.minimum(&self.amount, \"0.01\"));
    });
    request.json_object(ENVELOPE, |body| {
        body.required(\"a\", &self.a)?;
        body.optional(\"b\", &self.b)
    })
}
";
        assert_eq!(tidy(text.to_owned()), tidied);
    }

    #[test]
    fn a_call_of_one_line_joins_its_receiver() {
        let text = "fn f() {\n    checker\n        .at(\"a\", |checker| checker.length(&self.a, 1, 36));\n}\n";
        let tidied = "fn f() {\n    checker.at(\"a\", |checker| checker.length(&self.a, 1, 36));\n}\n";
        assert_eq!(tidy(text.to_owned()), tidied);
    }

    #[test]
    fn chains_and_long_lines_stay_as_they_are() {
        let long = "x".repeat(90);
        let text = format!(
            "fn f() {{\n    a.b(\n        {long},\n        |c| {{\n            d();\n        }},\n    );\n    e\n        .f(|g| g)\n        .h();\n}}\n"
        );
        assert_eq!(tidy(text.clone()), text);
    }
}
