//! The versions of the runtime that generated code is written for.

use crate::rust::RuntimeVersions;

/// From the generator's own version on, before the next one that may break the code. Cargo's rule says which that is: the next of the first
/// number, or of the second where the first is 0.
pub(super) fn of_generator() -> RuntimeVersions {
    compatible_with(env!("CARGO_PKG_VERSION"))
}

fn compatible_with(version: &str) -> RuntimeVersions {
    let release = version.split(['-', '+']).next().unwrap_or(version);
    let mut numbers = release.split('.').map(|number| number.parse::<u64>().unwrap_or(0));
    let (major, minor) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    let before = if major == 0 { format!("0.{}.0", minor + 1) } else { format!("{}.0.0", major + 1) };
    RuntimeVersions { from: release.to_owned(), before }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_fits_runtimes_up_to_the_next_that_may_break_it() {
        for (version, from, before) in [
            ("0.1.0", "0.1.0", "0.2.0"),
            ("0.1.7", "0.1.7", "0.2.0"),
            ("1.4.2", "1.4.2", "2.0.0"),
            ("0.3.0-beta.2", "0.3.0", "0.4.0"),
        ] {
            let expected = RuntimeVersions { from: from.to_owned(), before: before.to_owned() };
            assert_eq!(compatible_with(version), expected);
        }
    }
}
