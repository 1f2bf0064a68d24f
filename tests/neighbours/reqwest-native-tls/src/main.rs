//! A program whose reqwest has the feature `native-tls`.

#[path = "../../reqwest.rs"]
mod calls;

fn main() {
    calls::run();
}
