//! Tokens as plain data. A `proc_macro2` group gives its tokens out as copies each time; these are read in place.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, TokenStream, TokenTree};

/// A token, or several between delimiters.
pub(super) enum Tree {
    Word(Ident),
    Literal(Literal),
    /// A mark, and whether the next one belongs to it.
    Mark(char, Spacing),
    Group(Delimiter, Vec<Tree>),
}

impl Tree {
    /// Whether this is a certain mark.
    pub(super) fn is_mark(&self, mark: char) -> bool {
        matches!(self, Self::Mark(found, _) if *found == mark)
    }

    /// The content of braces.
    pub(super) fn braced(&self) -> Option<&[Self]> {
        match self {
            Self::Group(Delimiter::Brace, inside) => Some(inside),
            _ => None,
        }
    }
}

/// Takes tokens apart.
pub(super) fn of(tokens: impl IntoIterator<Item = TokenTree>) -> Vec<Tree> {
    tokens.into_iter().map(tree).collect()
}

fn tree(token: TokenTree) -> Tree {
    match token {
        TokenTree::Ident(word) => Tree::Word(word),
        TokenTree::Literal(literal) => Tree::Literal(literal),
        TokenTree::Punct(mark) => Tree::Mark(mark.as_char(), mark.spacing()),
        TokenTree::Group(group) => {
            let (delimiter, inside) = (group.delimiter(), group.stream());
            // The group shares its tokens: without it, they are moved, not copied.
            drop(group);
            Tree::Group(delimiter, of(inside))
        }
    }
}

/// Puts tokens together again.
pub(super) fn together(trees: Vec<Tree>) -> TokenStream {
    let token = |tree| match tree {
        Tree::Word(word) => TokenTree::Ident(word),
        Tree::Literal(literal) => TokenTree::Literal(literal),
        Tree::Mark(mark, spacing) => TokenTree::Punct(Punct::new(mark, spacing)),
        Tree::Group(delimiter, inside) => TokenTree::Group(Group::new(delimiter, together(inside))),
    };
    trees.into_iter().map(token).collect()
}

/// What stands between commas, but for those within angles.
pub(super) fn parts(tokens: &[Tree]) -> Vec<&[Tree]> {
    let mut angles = 0_usize;
    let is_end = |tree: &Tree| {
        match tree {
            Tree::Mark(',', _) => return angles == 0,
            Tree::Mark('<', _) => angles += 1,
            Tree::Mark('>', _) => angles = angles.saturating_sub(1),
            _ => {}
        }
        false
    };
    let mut parts: Vec<&[Tree]> = tokens.split(is_end).collect();
    // Nothing stands behind the last comma.
    parts.pop_if(|last| last.is_empty());
    parts
}

/// Adds tokens in the usual spacing.
pub(super) fn print(tokens: &[Tree], text: &mut String) {
    let start = text.len();
    let mut glued = true;
    for token in tokens {
        let before = text.get(start..).and_then(|printed| printed.chars().next_back());
        let (is_apart, is_followed) = match token {
            Tree::Group(delimiter, _) => (is_apart(*delimiter, text.get(start..).unwrap_or_default()), true),
            Tree::Mark(mark, spacing) => {
                let (before, behind) = spaces(*mark, before);
                (before, behind && *spacing == Spacing::Alone)
            }
            Tree::Word(_) | Tree::Literal(_) => (true, true),
        };
        if is_apart && !glued {
            text.push(' ');
        }
        token_text(token, text);
        glued = !is_followed;
    }
}

fn token_text(token: &Tree, text: &mut String) {
    // Writing to a string does not fail.
    let _ = match token {
        Tree::Word(word) => write!(text, "{word}"),
        Tree::Literal(literal) => write!(text, "{literal}"),
        Tree::Mark(mark, _) => {
            text.push(*mark);
            Ok(())
        }
        Tree::Group(delimiter, inside) => {
            let (open, close) = match delimiter {
                Delimiter::Parenthesis => ("(", ")"),
                Delimiter::Brace if inside.is_empty() => ("{", "}"),
                Delimiter::Brace => ("{ ", " }"),
                Delimiter::Bracket => ("[", "]"),
                Delimiter::None => ("", ""),
            };
            text.push_str(open);
            print(inside, text);
            text.push_str(close);
            Ok(())
        }
    };
}

/// Whether a space stands before a group.
fn is_apart(delimiter: Delimiter, before: &str) -> bool {
    match delimiter {
        Delimiter::Brace | Delimiter::Bracket => true,
        Delimiter::Parenthesis | Delimiter::None => before.ends_with([':', ',']) && !before.ends_with("::"),
    }
}

/// Whether a space stands before and after a punctuation mark, by what comes before it.
fn spaces(mark: char, before: Option<char>) -> (bool, bool) {
    match mark {
        ':' if before == Some(':') => (false, false),
        ':' | ',' | ';' | '>' => (false, true),
        '<' | '&' | '.' => (false, false),
        '-' | '!' => (true, false),
        _ => (true, true),
    }
}
