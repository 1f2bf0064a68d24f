//! Reading and changing pairs of an encoded query, the rest of which stays as it is.

use crate::client::places;
use crate::wire::percent;

/// The value of a parameter; the first one, if there are several.
pub(super) fn get(query: &str, name: &str) -> Option<String> {
    let (_, value) = pairs(query).find(|(known, _)| percent::decode_form_lossy(known) == name)?;
    Some(percent::decode_form_lossy(value).into_owned())
}

/// The query with a parameter set to one value.
pub(super) fn set(query: &str, name: &str, value: &str) -> String {
    let mut changed = without(query, &[name]);
    let mut encoded = String::new();
    percent::push_value(&mut encoded, value);
    places::push_pair(&mut changed, name, &encoded);
    changed
}

/// The query without these parameters.
pub(super) fn without(query: &str, names: &[&str]) -> String {
    let kept = query.split('&').filter(|pair| {
        let name = pair.split_once('=').map_or(*pair, |(name, _)| name);
        !pair.is_empty() && !names.contains(&&*percent::decode_form_lossy(name))
    });
    kept.collect::<Vec<_>>().join("&")
}

fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_parameter_changes_and_the_others_stay() {
        assert_eq!(set("", "page[number]", "2"), "page[number]=2");
        assert_eq!(set("page[number]=1&filter[a]=x%20y", "page[number]", "2"), "filter[a]=x%20y&page[number]=2");
        assert_eq!(set("page%5Bnumber%5D=1&a", "page[number]", "&"), "a&page[number]=%26");
    }

    #[test]
    fn values_are_read_however_they_were_written() {
        let query = "page%5Bafter%5D=a%2Bb+c&x";
        assert_eq!(get(query, "page[after]").as_deref(), Some("a+b c"));
        assert_eq!(get(query, "x").as_deref(), Some(""));
        assert_eq!(get(query, "y"), None);
    }
}
