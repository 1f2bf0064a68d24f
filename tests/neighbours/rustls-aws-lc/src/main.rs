//! A program that uses rustls with aws-lc-rs, and names no version of TLS.

#[path = "../../rustls.rs"]
mod calls;

fn main() {
    calls::run(Some(rustls::crypto::aws_lc_rs::default_provider));
}
