//! The next version of a generated crate, as Cargo tells compatible versions from others.

use semver::{BuildMetadata, Version};

use crate::{CodeChange, Finding, Needs, Shows};

/// The generated crate whose code was compared.
#[derive(Clone, Copy, Debug)]
pub struct ComparedCrate<'a> {
    /// Its name.
    pub name: &'a str,
    /// The version that was made of the old document, where it is known.
    pub version: Option<&'a Version>,
}

/// How far the next version is from the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The document is the same.
    None,
    /// Nothing that code names is another one.
    Patch,
    /// Code compiles with both.
    Minor,
    /// Some code does not compile any more, or names nothing that changed and breaks on the wire.
    Major,
}

impl Step {
    pub(crate) fn of(findings: &[&Finding]) -> Self {
        match needs(findings) {
            Needs::Major => Self::Major,
            Needs::Review | Needs::Minor => Self::Minor,
            Needs::Nothing if findings.is_empty() => Self::None,
            Needs::Nothing => Self::Patch,
        }
    }

    /// The version after this step; `None` where there is none to take, and after a pre-release, which promises nothing.
    ///
    /// Versions are compatible where their leftmost number that is not zero is the same (The Cargo Book, "Specifying Dependencies").
    pub(crate) fn after(self, version: &Version) -> Option<Version> {
        if !version.pre.is_empty() {
            return None;
        }
        let Version { major, minor, patch, .. } = *version;
        let (major, minor, patch) = match (self, major, minor) {
            (Self::None, ..) => return None,
            (Self::Major, 0, 0) | (Self::Minor, 0, _) | (Self::Patch, ..) => (major, minor, patch.checked_add(1)?),
            (Self::Major, 0, _) | (Self::Minor, ..) => (major, minor.checked_add(1)?, 0),
            (Self::Major, ..) => (major.checked_add(1)?, 0, 0),
        };
        Some(Version { major, minor, patch, build: BuildMetadata::EMPTY, ..version.clone() })
    }
}

/// Whether it breaks the wire, and code that has nothing to do with what is new compiles all the same. An update that Cargo takes for
/// compatible would bring the break unseen.
fn breaks_silently(finding: &Finding) -> bool {
    finding.shows() == Shows::OnTheWireAlone && matches!(stated(finding), Needs::Nothing | Needs::Review)
}

/// What the changes ask of the next version.
pub(crate) fn needs(findings: &[&Finding]) -> Needs {
    let of = |one: &&Finding| if breaks_silently(one) { Needs::Major } else { stated(one) };
    findings.iter().map(of).max().unwrap_or_default()
}

/// The most that the changes of code of one finding ask of any code.
fn stated(finding: &Finding) -> Needs {
    finding.code.iter().map(CodeChange::worst).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use semver::Version;

    use super::Step;

    #[test]
    fn the_leftmost_number_that_is_not_zero_says_what_is_compatible() {
        let next = |step: Step, text: &str| {
            let version = Version::parse(text).expect("a version");
            step.after(&version).map_or_else(|| "-".to_owned(), |next| next.to_string())
        };
        for (version, [none, patch, minor, major]) in [
            ("1.4.2", ["-", "1.4.3", "1.5.0", "2.0.0"]),
            ("0.3.2", ["-", "0.3.3", "0.3.3", "0.4.0"]),
            ("0.0.7", ["-", "0.0.8", "0.0.8", "0.0.8"]),
            ("1.4.2+build.5", ["-", "1.4.3", "1.5.0", "2.0.0"]),
            ("2.0.0-beta.1", ["-", "-", "-", "-"]),
            ("18446744073709551615.0.0", ["-", "18446744073709551615.0.1", "18446744073709551615.1.0", "-"]),
        ] {
            let found = [Step::None, Step::Patch, Step::Minor, Step::Major].map(|step| next(step, version));
            assert_eq!(found, [none, patch, minor, major], "{version}");
        }
    }
}
