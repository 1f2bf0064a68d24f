//! What a comparison must not find, by its names on the command line.

use specie_diff::Audience;

/// Which changes fail the command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deny {
    /// Changes that break an audience.
    Breaks(Audience),
    /// Changes that a person has to judge, for an audience that is named beside it.
    Review,
}

/// The audience of a name on the command line.
pub(crate) fn audience(name: &str) -> Result<Audience, String> {
    let all = Audience::ALL.map(Audience::as_str);
    Audience::ALL.into_iter().find(|one| one.as_str() == name).ok_or_else(|| format!("one of {}", all.join(", ")))
}

/// What a name on the command line denies.
pub(crate) fn denied_name(name: &str) -> Result<Deny, String> {
    if name == "review" {
        Ok(Deny::Review)
    } else {
        audience(name).map(Deny::Breaks).map_err(|known| format!("{known}, or review"))
    }
}
