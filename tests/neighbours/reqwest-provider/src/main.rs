//! A program whose reqwest takes the provider of the process, which is installed `before` the first use (`INSTALL`) or never.

#[path = "../../reqwest.rs"]
mod calls;

fn main() {
    if program::setting("INSTALL") == "before" {
        let installed = rustls::crypto::ring::default_provider().install_default();
        println!("installed: {}", installed.is_ok());
    }
    calls::run();
}
