//! A program whose reqwest has no feature.

#[path = "../../reqwest.rs"]
mod calls;

fn main() {
    calls::run();
}
