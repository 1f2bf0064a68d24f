//! The version of this runtime, and the check that generated code makes of it.

/// The version of this runtime, as [SemVer](https://semver.org) writes it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Stops the build with a sentence where the runtime is none that the code was generated for: `from` is the oldest one, `before` the first one
/// that may break it. The root of each generated crate has it.
///
/// ```
/// specie_runtime::written_for! { from: "0.1.0", before: "0.2.0" }
/// ```
///
/// ```compile_fail
/// specie_runtime::written_for! { from: "1000.0.0", before: "1001.0.0" }
/// ```
#[macro_export]
macro_rules! written_for {
    (from: $from:literal, before: $before:literal $(,)?) => {
        const _: () = assert!(
            $crate::version::is_within($from, $before),
            concat!(
                "this code was generated for specie-runtime ",
                $from,
                " or later, before ",
                $before,
                "; depend on such a version, or generate the code again with the version that is there"
            )
        );
    };
}

/// Whether this runtime is at least `from` and older than `before`. What makes a version a preview of itself is not looked at.
#[doc(hidden)]
#[must_use]
pub const fn is_within(from: &str, before: &str) -> bool {
    is_in_range(VERSION, from, before)
}

const fn is_in_range(version: &str, from: &str, before: &str) -> bool {
    let version = numbers(version);
    !is_older(version, numbers(from)) && is_older(version, numbers(before))
}

/// Major, minor and patch.
const fn numbers(version: &str) -> [u64; 3] {
    let mut numbers = [0; 3];
    let mut at = 0;
    let mut rest = version.as_bytes();
    while let [byte, following @ ..] = rest {
        rest = following;
        match byte {
            b'0'..=b'9' if at < 3 => numbers[at] = numbers[at] * 10 + (*byte - b'0') as u64,
            b'.' => at += 1,
            // A preview, or the name of a build.
            _ => return numbers,
        }
    }
    numbers
}

const fn is_older(one: [u64; 3], other: [u64; 3]) -> bool {
    let mut at = 0;
    while at < 3 {
        if one[at] != other[at] {
            return one[at] < other[at];
        }
        at += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_holds_its_first_version_and_not_its_last() {
        for (version, is_inside) in [
            ("0.1.4", false),
            ("0.1.5", true),
            ("0.1.10", true),
            ("0.2.0", false),
            ("0.2.0-beta.1", false),
            ("1.1.5", false),
            ("0.1.5+build.7", true),
        ] {
            assert_eq!(is_in_range(version, "0.1.5", "0.2.0"), is_inside, "{version}");
        }
        assert!(is_in_range("1.9.0", "1.2.0", "2.0.0"));
    }
}
