//! A program that uses rustls with ring, and names no version of TLS.

#[path = "../../rustls.rs"]
mod calls;

fn main() {
    calls::run(Some(rustls::crypto::ring::default_provider));
}
