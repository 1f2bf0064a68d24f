//! Doc comments as rustdoc reads them, with the parser that it has.

use std::collections::BTreeSet;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag};

/// What the doc comments of a file hold beside text.
#[derive(Debug, Default)]
pub struct Markdown {
    pub html: Vec<String>,
    /// Links to items, and what rustdoc would take for one.
    pub items: BTreeSet<String>,
    pub addresses: BTreeSet<String>,
    pub images: Vec<String>,
    pub headings: BTreeSet<String>,
    /// What code blocks are said to be; rustdoc compiles those of no language.
    pub languages: BTreeSet<String>,
    /// All text, as a reader sees it.
    pub text: String,
}

impl Markdown {
    /// Reads every doc comment of a file.
    pub fn of(rust: &str) -> Self {
        let mut all = Self::default();
        for comment in comments(rust) {
            all.read(&comment);
        }
        all
    }

    fn read(&mut self, comment: &str) {
        // What looks like a link and has no target is looked up among the items.
        let mut lookup = |link: BrokenLink<'_>| Some((CowStr::from(link.reference.to_string()), CowStr::from("")));
        // The extensions that rustdoc has on.
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_SMART_PUNCTUATION;
        let mut heading = None;
        for event in Parser::new_with_broken_link_callback(comment, options, Some(&mut lookup)) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => self.html.push(html.into_string()),
                Event::Start(Tag::Link { dest_url, .. }) if is_address(&dest_url) => {
                    self.addresses.insert(dest_url.into_string());
                }
                Event::Start(Tag::Link { dest_url, .. }) => drop(self.items.insert(dest_url.into_string())),
                Event::Start(Tag::Image { dest_url, .. }) => self.images.push(dest_url.into_string()),
                Event::Start(Tag::CodeBlock(kind)) => {
                    let language = match kind {
                        CodeBlockKind::Fenced(language) => language.into_string(),
                        CodeBlockKind::Indented => "indented".to_owned(),
                    };
                    self.languages.insert(language);
                }
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(pulldown_cmark::TagEnd::Heading(_)) => self.headings.extend(heading.take()),
                Event::FootnoteReference(name) => self.html.push(format!("a footnote {name}")),
                Event::Text(text) | Event::Code(text) => {
                    self.text.push_str(&text);
                    if let Some(heading) = &mut heading {
                        heading.push_str(&text);
                    }
                }
                Event::SoftBreak | Event::HardBreak => self.text.push(' '),
                _ => {}
            }
        }
        self.text.push('\n');
    }
}

fn is_address(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Every doc comment: the lines that belong to one item, in a row.
fn comments(rust: &str) -> Vec<String> {
    let mut comments: Vec<String> = Vec::new();
    let mut open = false;
    for line in rust.lines() {
        let text = line.trim_start();
        let written = text.strip_prefix("///").or_else(|| text.strip_prefix("//!"));
        let Some(comment) = written.or_else(|| of_every_crate(text)) else {
            assert!(
                !text.starts_with("#[doc") && !text.starts_with("/**") && !text.starts_with("#![doc"),
                "another kind of doc comment: {text}"
            );
            open = false;
            continue;
        };
        // rustdoc takes the common space away.
        let comment = comment.strip_prefix(' ').unwrap_or(comment);
        match comments.last_mut().filter(|_| open) {
            Some(last) => {
                last.push('\n');
                last.push_str(comment);
            }
            None => comments.push(comment.to_owned()),
        }
        open = true;
    }
    comments
}

/// The documentation that stands in attributes, the same ones in every crate: a fence that depends on a feature, and the version.
fn of_every_crate(line: &str) -> Option<&'static str> {
    match line {
        "#![cfg_attr(feature = \"client\", doc = \"```no_run\")]" => Some("```no_run"),
        "#![cfg_attr(not(feature = \"client\"), doc = \"```ignore\")]" => Some(""),
        _ => line
            .starts_with("#![doc = concat!(\"This is version \", env!(\"CARGO_PKG_VERSION\"),")
            .then_some("This is version"),
    }
}

#[test]
fn what_rustdoc_would_make_of_a_comment_is_seen() {
    let markdown = Markdown::of(
        "/// # A\n/// <b>x</b> [`C`] [d](https://e) ![f](g) [h]\n///\n/// ```rust\n/// i()\n/// ```\nstruct S;",
    );
    assert_eq!(markdown.html, ["<b>", "</b>"]);
    assert_eq!(markdown.items, ["`C`", "h"].map(str::to_owned).into());
    assert_eq!(markdown.addresses, ["https://e".to_owned()].into());
    assert_eq!(markdown.images, ["g"]);
    assert_eq!(markdown.headings, ["A".to_owned()].into());
    assert_eq!(markdown.languages, ["rust".to_owned()].into());
}
