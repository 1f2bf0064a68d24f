//! A program whose reqwest has the feature `rustls`.

#[path = "../../reqwest.rs"]
mod calls;

fn main() {
    calls::run();
}
