#![doc = include_str!("../docs/constructs.md")]

#[cfg(test)]
mod tests;
