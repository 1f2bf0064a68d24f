//! Real kills: whenever the program dies, no file is torn, the check names what is unfinished, and the next run repairs it.
//!
//! A fault after every single file operation is injected by the program's own tests, which run here too.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Stdio;

use super::scratch::{Scratch, TINY, command};

const KILLS: usize = 50;

/// Several documents, so that a run has something to be killed in.
const APIS: [&str; 4] = ["a.yaml", "b.yaml", "c.yaml", "d.yaml"];

fn specs(text: &str) -> Vec<(&'static str, &str)> {
    APIS.iter().map(|name| (*name, text)).collect()
}

#[test]
fn killed_at_any_moment_it_tears_nothing_and_the_next_run_repairs() {
    let changed = TINY.replace("title: Tiny", "title: Changed").replace("Pong", "Peng").replace("name", "label");
    let before = Scratch::regenerated(&specs(TINY)).generated();
    let after = Scratch::regenerated(&specs(&changed)).generated();
    let mut interrupted = 0;
    for kill in 0..KILLS {
        let scratch = Scratch::new(&specs(&changed));
        for (path, bytes) in &before {
            scratch.write(&format!("generated/{path}"), str::from_utf8(bytes).expect("text"));
        }
        kill_after(&scratch, kill * after.len() / KILLS, &after);
        assert_nothing_torn(&scratch, &before, &after);
        let unfinished = scratch.generated() != after;
        interrupted += usize::from(unfinished);
        let check = scratch.run(&["regenerate", "--check"]);
        assert_eq!(check.code, i32::from(unfinished), "{check:#?}");
        for path in differing(&scratch.generated(), &after) {
            assert!(check.stderr.contains(&format!("generated/{path}  ")), "{path} is not named: {check:#?}");
        }
        scratch.run(&["regenerate"]).exits(0);
        assert_eq!(scratch.generated(), after, "repaired");
    }
    assert!(interrupted > 0, "no kill came in time");
}

/// Starts a run and kills it as soon as that many files are as they should be.
fn kill_after(scratch: &Scratch, files: usize, after: &BTreeMap<String, Vec<u8>>) {
    let mut child = command(scratch.path(), &["regenerate"]).stdout(Stdio::null()).spawn().expect("the program runs");
    let generated = scratch.path().join("generated");
    while child.try_wait().expect("a state").is_none() && finished(&generated, after) < files {}
    // It may be done already.
    let _ = child.kill();
    child.wait().expect("an end");
}

/// How many files are as they should be. Only files that differ before and after are written, in the order of their names.
fn finished(generated: &Path, after: &BTreeMap<String, Vec<u8>>) -> usize {
    after.iter().filter(|(path, text)| fs::read(generated.join(path)).is_ok_and(|found| found == **text)).count()
}

/// Every path that is not as it should be, whether it is there or not.
fn differing(found: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    let paths = found.keys().chain(after.keys());
    paths.filter(|path| found.get(*path) != after.get(*path)).cloned().collect()
}

/// Each file is as it was or as it should be, or one in the making, which its name says.
fn assert_nothing_torn(scratch: &Scratch, before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in scratch.generated() {
        let whole = before.get(&path) == Some(&bytes) || after.get(&path) == Some(&bytes);
        assert!(whole || path.ends_with(".specie-tmp"), "{path} is torn");
    }
}
