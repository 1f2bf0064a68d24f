//! What is written for readers holds together: links lead somewhere, the guide lists each chapter, and each chapter is compiled.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::support::checkout;

const GUIDE: &str = "codegen/book/src";

/// The Markdown files of the checkout that a person wrote.
fn pages() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![checkout()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                let written = !name.starts_with('.')
                    && !["target", "generated", "fixtures", "snapshots", "node_modules"].contains(&&*name);
                waiting.extend(written.then_some(path));
            } else if Path::new(&name).extension().is_some_and(|extension| extension == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The links and headings of a page, headings as the names that links use.
#[derive(Default)]
struct Outline {
    links: Vec<String>,
    anchors: BTreeSet<String>,
}

fn outline(text: &str) -> Outline {
    let mut outline = Outline::default();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                outline.links.push(dest_url.into_string());
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => outline.anchors.extend(heading.take().map(|text| anchor(&text))),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            _ => {}
        }
    }
    outline
}

/// What a heading is called in a link: lower case, words joined by hyphens.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|char| char.is_alphanumeric() || [' ', '-', '_'].contains(char));
    kept.map(|char| if char == ' ' { '-' } else { char.to_ascii_lowercase() }).collect()
}

#[test]
fn links_lead_to_files_and_headings_that_are_there() {
    let mut dangling = Vec::new();
    let mut seen = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a text");
        let links = outline(&text).links;
        for link in links.iter().filter(|link| !link.contains("://")) {
            seen += 1;
            let (path, heading) =
                link.split_once('#').map_or((link.as_str(), None), |(path, heading)| (path, Some(heading)));
            let target = if path.is_empty() { page.clone() } else { page.parent().expect("a folder").join(path) };
            let there = target.exists();
            let found = match heading {
                Some(heading) if there => {
                    outline(&fs::read_to_string(&target).expect("a text")).anchors.contains(heading)
                }
                _ => there,
            };
            if !found {
                dangling.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(seen > 50, "{seen} links");
    assert_eq!(dangling, Vec::<String>::new());
}

#[test]
fn every_chapter_of_the_guide_is_listed_and_compiled() {
    let folder = checkout().join(GUIDE);
    let files = pages().into_iter().filter(|page| page.starts_with(&folder));
    let chapters: BTreeSet<String> = files
        .map(|page| page.file_name().expect("a name").to_string_lossy().into_owned())
        .filter(|name| name != "SUMMARY.md")
        .collect();
    assert!(chapters.len() > 15, "{chapters:?}");

    let summary = fs::read_to_string(folder.join("SUMMARY.md")).expect("a text");
    let listed: BTreeSet<String> = outline(&summary).links.into_iter().collect();
    assert_eq!(listed, chapters);

    let compiled = fs::read_to_string(checkout().join("tests/readme.rs")).expect("a text");
    for chapter in chapters.iter().filter(|chapter| *chapter != "README.md") {
        assert!(compiled.contains(&format!("../{GUIDE}/{chapter}\"")), "{chapter} is not compiled");
    }
}
