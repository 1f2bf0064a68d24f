//! What a merchant relies on, over the real sockets and the generated clients.

mod apart;
mod callbacks;
mod control;
mod corefy;
mod faults;
mod full;
mod gormic;
mod killed;
mod omno;
mod store;
mod support;

/// The README shows the first test as it is.
#[test]
fn the_readme_shows_the_first_test() {
    let (readme, first) = (include_str!("../../../../README.md"), include_str!("../first.rs"));
    let shown = first.find("#[tokio::test]").and_then(|at| first.get(at..)).expect("it has a test").trim_end();
    assert!(readme.contains(shown), "copy tests/sandbox/tests/first.rs into the README");
}
