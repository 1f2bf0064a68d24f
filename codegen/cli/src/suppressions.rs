//! The file of changes that are let pass.
//!
//! ```toml
//! [[allow]]
//! rule = "property-became-required"
//! schema = "NewPet"                   # or `operation = "POST /pets"`; neither: a change of the whole document
//!                                     # `operation = ["GET /pets", "POST /pets"]`: all that share what was changed, such as a header
//! about = "tag"                       # what was changed in it; may be left out
//! place = ".data.tag"                 # where in it, as the end of all places of the change; may be left out
//! before = "5"                        # what the old document says; may be left out
//! after = "3"                         # what the new document says; may be left out
//! api = "petstore"                    # the API of the configuration; has to be there where there are several
//! audiences = ["old-clients", "rust-clients"]
//! reason = "No client has sent it yet."
//! until = "2027-03-31"                # the last day on which it counts, at most a year away
//! ```
//!
//! An entry comes with its change, and outlives it. So an entry that is new has to fit a change, and one that was there before is spent, which
//! is said and fails nothing: it lets no other change pass, also none of the same rule at the same place, and another `until`, another
//! spacing of its reason or another file make it no new one. On the day after `until` it has to go.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Deserialize;
use specie_codegen::diagnostic::plain;
use specie_diff::{Finding, Rule, SuppressedPlace, Suppression, suppress};
use toml::Spanned;

use crate::denials;
use crate::failure::Failure;

/// The name of the file, beside the configuration or in the current folder.
pub(crate) const FILE: &str = "diff-allow.toml";

/// The line that begins an entry.
pub(crate) const ENTRY: &str = "[[allow]]";

/// What the old revision had.
#[derive(Debug, Default)]
pub(crate) struct Before {
    /// The text of the file; `None` where it was not there.
    pub(crate) own: Option<String>,
    /// The texts of all files that have an entry, this one among them: an entry that is copied to another file is no new one.
    pub(crate) elsewhere: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    allow: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: Spanned<String>,
    operation: Option<Spanned<Operations>>,
    schema: Option<Spanned<String>>,
    about: Option<String>,
    place: Option<String>,
    before: Option<String>,
    after: Option<String>,
    api: Option<Spanned<String>>,
    audiences: Vec<Spanned<String>>,
    reason: Spanned<String>,
    until: Spanned<String>,
}

/// One operation, or all that share what was changed.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged, expecting = "an operation, such as \"POST /pets\", or a list of operations")]
enum Operations {
    One(String),
    Several(Vec<String>),
}

impl Operations {
    fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Several(names) => names,
        }
    }
}

/// The names that an entry may give for whose change it is.
pub(crate) struct Apis<'a> {
    /// The API whose documents are compared.
    pub(crate) compared: &'a str,
    /// The APIs of the configuration.
    pub(crate) configured: Vec<&'a str>,
}

/// A file of suppressions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct File<'a> {
    pub(crate) path: &'a Path,
    /// What messages call it.
    pub(crate) shown: &'a str,
}

impl File<'_> {
    /// Lets the findings of an API pass that the file names, and says which entries are spent; a file that is not there lets none pass.
    ///
    /// `before` reads what the old revision had; it is asked where the file is there now.
    /// Entries that are wrong, are of no API, have expired, or are not in it and fit no finding are an error, each with its line and column.
    /// So is a file that cannot be read: which of the entries are new would be a guess.
    pub(crate) fn apply(
        self,
        apis: &Apis<'_>,
        before: impl FnOnce() -> Result<Before, String>,
        findings: &mut [Finding],
    ) -> Result<String, Failure> {
        let text = match fs::read_to_string(self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(String::new()),
            Err(error) => return Err(Failure::at(self.path, &error)),
        };
        let shown = self.shown;
        let written = read(&text).map_err(|error| Failure::Input(format!("{shown}: {error}")))?;
        let unknown = |error: String| {
            let help = "which entries are new cannot be said; remove the file in one change, and write what is needed in the next";
            Failure::Input(format!("{shown} of the base: {error}\nhelp: {help}"))
        };
        let Before { own, elsewhere } = before().map_err(unknown)?;
        let own = own.map(|text| read(&text).map_err(unknown)).transpose()?;
        // What is no file of suppressions has no entries.
        let elsewhere = elsewhere.iter().filter_map(|text| read(text).ok());
        let before: Vec<Entry> = own.into_iter().chain(elsewhere).flat_map(|written| written.allow).collect();
        let before: Vec<&Entry> = before.iter().filter(|entry| entry.is_of(apis.compared)).collect();
        let mut problems = Lines { text: &text, shown, found: String::new() };
        let mut spent = Lines { text: &text, shown, found: String::new() };
        for entry in &written.allow {
            problems.unknown_api(entry, apis);
        }
        let own = written.allow.iter().filter(|entry| entry.is_of(apis.compared));
        let (mut entries, mut suppressions) = (Vec::new(), Vec::new());
        for entry in own {
            let Some(suppression) = problems.suppression(entry, &today()) else { continue };
            if before.iter().any(|known| known.is_same(entry)) {
                let fits = findings.iter().any(|finding| suppression.fits(finding));
                spent.spent(entry, fits);
            } else {
                entries.push(entry);
                suppressions.push(suppression);
            }
        }
        for entry in suppress(findings, &suppressions).into_iter().filter_map(|index| entries.get(index)) {
            let (at, rule) = (entry.rule.span().start, entry.rule.get_ref());
            let text = "breaks these audiences there, or is to be reviewed for them; remove the entry";
            problems.add(at, &format!("no change of `{rule}`{} {text}", entry.values()));
        }
        if problems.found.is_empty() {
            Ok(spent.found)
        } else {
            Err(Failure::Input(problems.found.trim_end().to_owned()))
        }
    }
}

/// What a text of the file says.
fn read(text: &str) -> Result<Written, String> {
    toml::from_str(text).map_err(|error| error.to_string())
}

impl Entry {
    /// Whether it lets the same changes pass for the same reason. For how long it does, in which order it names operations and audiences, and
    /// how its reason is spaced make it no other one.
    fn is_same(&self, other: &Self) -> bool {
        let schema = |entry: &Self| entry.schema.as_ref().map(|name| name.get_ref().clone());
        let operations = |entry: &Self| -> Option<BTreeSet<String>> {
            Some(entry.operation.as_ref()?.get_ref().names().iter().cloned().collect())
        };
        let audiences = |entry: &Self| -> BTreeSet<String> {
            entry.audiences.iter().map(|audience| audience.get_ref().clone()).collect()
        };
        let (one, two) = (self.reason.get_ref().split_whitespace(), other.reason.get_ref().split_whitespace());
        self.rule.get_ref() == other.rule.get_ref()
            && (schema(self), operations(self)) == (schema(other), operations(other))
            && (&self.about, &self.place) == (&other.about, &other.place)
            && (&self.before, &self.after) == (&other.before, &other.after)
            && audiences(self) == audiences(other)
            && one.eq(two)
    }

    fn is_of(&self, api: &str) -> bool {
        self.api.as_ref().is_none_or(|name| name.get_ref() == api)
    }

    /// What it says of the values, after the name of a rule.
    fn values(&self) -> String {
        match (&self.before, &self.after) {
            (None, None) => String::new(),
            (before, after) => {
                let said = |value: &Option<String>| value.as_deref().map_or_else(|| "…".into(), plain);
                format!(" ({} → {})", said(before), said(after))
            }
        }
    }
}

/// What is said of places of the file, each on a line of its own.
struct Lines<'a> {
    text: &'a str,
    shown: &'a str,
    found: String,
}

impl Lines<'_> {
    fn add(&mut self, at: usize, message: &str) {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        // Writing to a `String` cannot fail.
        let _ = writeln!(self.found, "{}:{line}:{column}: {message}", self.shown);
    }

    /// Says of an entry that it came with a change that is merged; `fits`: there is another one that it would fit.
    fn spent(&mut self, entry: &Entry, fits: bool) {
        let (at, rule, until) = (entry.rule.span().start, entry.rule.get_ref(), entry.until.get_ref());
        let text = if fits {
            "the entry came with a change that is merged, and lets no other one pass; say in a new one, or by another reason, why this one may".to_owned()
        } else {
            format!("no change needs this entry any more; remove it, it is an error after {until}")
        };
        self.add(at, &format!("`{rule}`: {text}"));
    }

    /// Says where an entry is of an API that there is not: no comparison would ever judge it. Of several it has to name one: it would let
    /// a change of each pass.
    fn unknown_api(&mut self, entry: &Entry, apis: &Apis<'_>) {
        let mut known = apis.configured.clone();
        if !known.contains(&apis.compared) {
            known.push(apis.compared);
        }
        let Some(name) = &entry.api else {
            if apis.configured.len() > 1 {
                self.add(entry.rule.span().start, "there are several APIs; say by `api` whose change this is");
            }
            return;
        };
        if known.contains(&name.get_ref().as_str()) {
            return;
        }
        known.sort_unstable();
        let known: Vec<String> = known.into_iter().map(|name| format!("`{}`", name.escape_debug())).collect();
        let (name, at) = (name.get_ref().escape_debug(), name.span().start);
        self.add(at, &format!("there is no API `{name}`; these are: {}", known.join(", ")));
    }

    /// What an entry says; `None` where it is wrong, which is said.
    fn suppression(&mut self, entry: &Entry, today: &str) -> Option<Suppression> {
        let count = self.found.len();
        let rule = Rule::of_id(entry.rule.get_ref());
        if rule.is_none() {
            self.add(entry.rule.span().start, &format!("there is no rule `{}`", entry.rule.get_ref().escape_debug()));
        }
        if entry.reason.get_ref().trim().is_empty() {
            self.add(entry.reason.span().start, "a reason says why the change is let pass");
        }
        let until = entry.until.get_ref();
        if !is_date(until) {
            self.add(entry.until.span().start, "`until` is a day, such as \"2027-03-31\"");
        } else if until.as_str() < today {
            self.add(
                entry.until.span().start,
                &format!("it has expired: it counts until {until}, and today is {today}"),
            );
        } else if *until > a_year_after(today) {
            self.add(entry.until.span().start, "`until` is at most a year away");
        }
        let mut audiences = Vec::new();
        for audience in &entry.audiences {
            match denials::audience(audience.get_ref()) {
                Ok(audience) => audiences.push(audience),
                Err(known) => self.add(audience.span().start, &format!("an audience is {known}")),
            }
        }
        if entry.audiences.is_empty() {
            self.add(entry.rule.span().start, "`audiences` names nobody");
        }
        let place = match (&entry.operation, &entry.schema) {
            (Some(_), Some(schema)) => {
                self.add(schema.span().start, "a change is in an operation or in a schema, not in both");
                return None;
            }
            (Some(operations), None) => {
                if operations.get_ref().names().is_empty() {
                    self.add(operations.span().start, "`operation` names none");
                }
                SuppressedPlace::Operations(operations.get_ref().names().to_vec())
            }
            (None, Some(schema)) => SuppressedPlace::Schema(schema.get_ref().clone()),
            (None, None) => SuppressedPlace::Document,
        };
        let reason = entry.reason.get_ref().clone();
        let (at, about) = (entry.place.clone(), entry.about.clone());
        let (before, after) = (entry.before.clone(), entry.after.clone());
        let suppression = Suppression { rule: rule?, place, about, at, before, after, audiences, reason };
        (self.found.len() == count).then_some(suppression)
    }
}

/// Whether a text is a day of the Gregorian calendar as RFC 3339 writes it (`full-date`).
fn is_date(text: &str) -> bool {
    let form = text.len() == 10
        && text.char_indices().all(|(at, char)| if at == 4 || at == 7 { char == '-' } else { char.is_ascii_digit() });
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<u8>().ok()).unwrap_or(0);
    let year: u16 = text.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0);
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match part(5..7) {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 0,
    };
    form && (1..=days).contains(&part(8..10))
}

/// The same day of the next year, to be compared with others; of a leap day it is one that does not exist, between those around it.
fn a_year_after(day: &str) -> String {
    let year = day.get(..4).and_then(|year| year.parse::<u32>().ok()).unwrap_or(0);
    format!("{:04}{}", year + 1, day.get(4..).unwrap_or_default())
}

/// Today in UTC: `2026-11-29`.
fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    day(seconds / 86_400)
}

/// The date of a day, counted from 1970-01-01, in the Gregorian calendar.
fn day(days: u64) -> String {
    // Years begin in March here, so that a leap day is the last day of one; 719468 days before 1970 is 0000-03-01.
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month + 2) / 5 + 1;
    let (month, is_next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    format!("{:04}-{month:02}-{of_month:02}", era * 400 + year_of_era + is_next)
}

#[cfg(test)]
mod tests {
    use super::{a_year_after, day, is_date};

    #[test]
    fn days_are_dates() {
        for (days, expected) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (20_786, "2026-11-29"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(day(days), expected);
        }
        assert_eq!(a_year_after("2026-11-29"), "2027-11-29");
        assert!(*"2029-02-28" < *a_year_after("2028-02-29") && *"2029-03-01" > *a_year_after("2028-02-29"));
        assert!(is_date("2028-02-29") && is_date("2000-02-29") && !is_date("2027-02-29") && !is_date("2100-02-29"));
        assert!(!is_date("2027-02-31") && !is_date("2027-04-31") && !is_date("2027-01-00") && !is_date("2027-00-01"));
        assert!(is_date("2027-03-31") && !is_date("2027-13-31") && !is_date("2027-3-31") && !is_date("31.03.2027"));
    }
}
