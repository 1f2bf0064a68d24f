//! A program that uses rustls without a provider.

#[path = "../../rustls.rs"]
mod calls;

fn main() {
    calls::run(None);
}
