//! READMEs and guide, so that `cargo test` compiles the programs in them.

/// Makes a module of doc tests of each file.
macro_rules! compiled {
    ($($module:ident: $path:literal,)+) => {
        $(
            #[cfg(doctest)]
            #[doc = include_str!($path)]
            mod $module {}
        )+
    };
}

compiled! {
    readme: "../README.md",
    codegen: "../codegen/README.md",
    pay: "../codegen/book/src/pay.md",
    errors: "../codegen/book/src/errors.md",
    journal: "../codegen/book/src/journal.md",
    paging: "../codegen/book/src/paging.md",
    tenants: "../codegen/book/src/tenants.md",
    limits: "../codegen/book/src/limits.md",
    telemetry: "../codegen/book/src/telemetry.md",
    webhooks: "../codegen/book/src/webhooks.md",
    server: "../codegen/book/src/server.md",
    fakes: "../codegen/book/src/fakes.md",
    sandbox: "../codegen/book/src/sandbox.md",
    repository: "../codegen/book/src/repository.md",
    vendor: "../codegen/book/src/vendor.md",
    change: "../codegen/book/src/change.md",
    upgrades: "../codegen/book/src/upgrades.md",
    schemas: "../codegen/book/src/schemas.md",
    commands: "../codegen/book/src/commands.md",
    features: "../codegen/book/src/features.md",
}
