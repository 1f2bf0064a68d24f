//! What a program is told, and how it tells what it saw.

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A setting of the program: an address to call, or when to install a provider.
pub fn setting(name: &str) -> String {
    env::var(name).unwrap_or_default()
}

/// Prints how a step of the program ends, whether with a value, an error or a panic.
pub fn step(name: &str, does: impl FnOnce() -> Result<String, String>) {
    match catch_unwind(AssertUnwindSafe(does)) {
        Ok(Ok(value)) => println!("{name}: {value}"),
        Ok(Err(error)) => println!("{name}: error: {error}"),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            println!(
                "{name}: panic: {}",
                text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default()
            );
        }
    }
}

/// Calls an operation of the generated crate over https, and says on the standard error how it ended; without the crate, nothing.
pub fn beside() {
    #[cfg(feature = "beside")]
    {
        let client = cublox::Client::builder().private(setting("HTTPS")).basic_auth("shop", "s3cr3t").build();
        let client = client.expect("a client");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let error = runtime.block_on(async { client.get_payout_invoice("inv-1").await }).expect_err("a 404");
        eprintln!("beside: {:?}", error.status());
    }
}
