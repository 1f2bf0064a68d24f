//! A program that uses reqwest for `http` and `https`.

use std::error::Error;

use program::{setting, step};

/// Calls both, before and after the generated crate has worked.
pub fn run() {
    for time in ["before", "after"] {
        step(&format!("http, {time}"), || get("HTTP"));
        step(&format!("https, {time}"), || get("HTTPS"));
        step(&format!("https of TLS 1.2, {time}"), || get("HTTPS_OF_TLS_1_2"));
        program::beside();
    }
}

fn get(address: &str) -> Result<String, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let client = reqwest::Client::builder().build().map_err(|error| chain(&error))?;
        let response = client.get(setting(address)).send().await.map_err(|error| chain(&error.without_url()))?;
        Ok(format!("{:?} {}", response.version(), response.status()))
    })
}

/// The texts of an error and of its causes.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
