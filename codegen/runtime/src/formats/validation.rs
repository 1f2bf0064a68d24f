//! Whether texts have the formats that JSON Schema names.

/// RFC 3339, section 5.6, `full-date`, with the days that the month has.
pub(super) fn is_date(text: &str) -> bool {
    date(text.as_bytes()).is_some_and(<[u8]>::is_empty)
}

/// RFC 3339, section 5.6, `date-time`; the space of its note is allowed between date and time.
pub(super) fn is_date_time(text: &str) -> bool {
    let read = || {
        let rest = date(text.as_bytes())?;
        let (b'T' | b't' | b' ', rest) = rest.split_first()? else {
            return None;
        };
        offset(time(rest)?)
    };
    read().is_some_and(<[u8]>::is_empty)
}

/// RFC 3339, section 5.6, `full-time`, or `partial-time`.
pub(super) fn is_time(text: &str) -> bool {
    time(text.as_bytes()).is_some_and(|rest| rest.is_empty() || offset(rest).is_some_and(<[u8]>::is_empty))
}

fn date(text: &[u8]) -> Option<&[u8]> {
    let (year, rest) = number(text, 4)?;
    let (month, rest) = number(literal(rest, b'-')?, 2)?;
    let (day, rest) = number(literal(rest, b'-')?, 2)?;
    (1..=days_in(year, month)?).contains(&day).then_some(rest)
}

fn days_in(year: u32, month: u32) -> Option<u32> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    Some(match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    })
}

fn time(text: &[u8]) -> Option<&[u8]> {
    let (hour, rest) = number(text, 2)?;
    let (minute, rest) = number(literal(rest, b':')?, 2)?;
    let (second, rest) = number(literal(rest, b':')?, 2)?;
    // The sixtieth second is a leap second.
    (hour <= 23 && minute <= 59 && second <= 60).then(|| fraction(rest))?
}

fn fraction(text: &[u8]) -> Option<&[u8]> {
    match text.split_first() {
        Some((b'.', rest)) => digits(rest),
        _ => Some(text),
    }
}

fn offset(text: &[u8]) -> Option<&[u8]> {
    match text.split_first()? {
        (b'Z' | b'z', rest) => Some(rest),
        (b'+' | b'-', rest) => {
            let (hour, rest) = number(rest, 2)?;
            let (minute, rest) = number(literal(rest, b':')?, 2)?;
            (hour <= 23 && minute <= 59).then_some(rest)
        }
        _ => None,
    }
}

/// ISO 8601: `P`, then years to days, then `T` and hours to seconds, each at most once, the last one perhaps with a
/// fraction.
pub(super) fn is_duration(text: &str) -> bool {
    let Some(text) = text.strip_prefix('P') else {
        return false;
    };
    let (days, time) = text.split_once('T').map_or((text, None), |(days, time)| (days, Some(time)));
    let days = units(days, "YMWD");
    match time {
        None => days.is_some_and(|(count, _)| count > 0),
        Some(time) => matches!(days, Some((_, false))) && units(time, "HMS").is_some_and(|(count, _)| count > 0),
    }
}

/// How many numbers with units there are, and whether the last one has a fraction.
fn units(text: &str, mut units: &str) -> Option<(usize, bool)> {
    let (mut rest, mut count, mut fraction) = (text, 0, false);
    while !rest.is_empty() {
        if fraction {
            return None;
        }
        let end = rest.find(|character: char| character.is_ascii_alphabetic())?;
        let (value, from_unit) = rest.split_at_checked(end)?;
        let (unit, after) = from_unit.split_at_checked(1)?;
        units = units.split_once(unit)?.1;
        let (whole, places) =
            value.split_once(['.', ',']).map_or((value, None), |(whole, places)| (whole, Some(places)));
        fraction = places.is_some();
        if !all_digits(whole) || !places.is_none_or(all_digits) {
            return None;
        }
        (rest, count) = (after, count + 1);
    }
    Some((count, fraction))
}

/// RFC 9562, section 4: groups of 8, 4, 4, 4 and 12 hexadecimal digits.
pub(super) fn is_uuid(text: &str) -> bool {
    let mut groups = text.split('-');
    let lengths_fit = [8, 4, 4, 4, 12].into_iter().all(|length| {
        groups.next().is_some_and(|group| group.len() == length && group.bytes().all(|byte| byte.is_ascii_hexdigit()))
    });
    lengths_fit && groups.next().is_none()
}

/// RFC 3986: a scheme, and after its colon only characters that a URI may have, percent signs with their two digits.
pub(super) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let scheme_fits = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let mut parts = rest.split('%');
    let plain =
        |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(&byte));
    scheme_fits
        && parts.next().is_some_and(plain)
        && parts.all(|part| plain(part) && part.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2)
}

fn number(text: &[u8], length: usize) -> Option<(u32, &[u8])> {
    let (digits, rest) = text.split_at_checked(length)?;
    let mut value = 0;
    for digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        value = value * 10 + u32::from(digit - b'0');
    }
    Some((value, rest))
}

fn literal(text: &[u8], expected: u8) -> Option<&[u8]> {
    let (first, rest) = text.split_first()?;
    (*first == expected).then_some(rest)
}

/// Takes at least one digit.
fn digits(text: &[u8]) -> Option<&[u8]> {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    if end == 0 { None } else { text.get(end..) }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(check: fn(&str) -> bool, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(check(text), "{text}");
        }
        for text in bad {
            assert!(!check(text), "{text}");
        }
    }

    #[test]
    fn dates() {
        all(
            is_date,
            &["2026-02-28", "2024-02-29", "2000-02-29", "0001-12-31"],
            &[
                "",
                "2026-2-28",
                "2026-02-29",
                "1900-02-29",
                "2026-13-01",
                "2026-00-01",
                "2026-01-00",
                "20260101",
                "2026-01-01Z",
                "٢٠٢٦-01-01",
            ],
        );
    }

    #[test]
    fn date_times() {
        all(
            is_date_time,
            &[
                "2026-02-28T12:30:00Z",
                "2026-02-28t12:30:00.123456789z",
                "2026-02-28 12:30:00+05:45",
                "1990-12-31T23:59:60Z",
            ],
            &[
                "2026-02-28",
                "2026-02-28T12:30:00",
                "2026-02-28T12:30Z",
                "2026-02-28T24:00:00Z",
                "2026-02-28T12:60:00Z",
                "2026-02-28T12:30:00.Z",
                "2026-02-28T12:30:00+0100",
                "2026-02-28T12:30:00Z ",
            ],
        );
    }

    #[test]
    fn times() {
        all(
            is_time,
            &["12:30:00Z", "12:30:00", "12:30:00.5-01:00"],
            &["", "12:30", "25:00:00Z", "12:30:00+24:00", "12:30:00Zz"],
        );
    }

    #[test]
    fn durations() {
        all(
            is_duration,
            &["P1Y2M3DT4H5M6S", "PT0S", "P2W", "PT1.5S", "P0,5Y", "PT36H", "P1M", "PT1M"],
            &[
                "", "P", "PT", "P1", "1D", "P1DT", "P1S", "PT1D", "P1D2M", "P1.5YT1H", "PT1.5H2M", "P-1D", "P1D1D",
                "PT.5S", "PT5.S", "P1é",
            ],
        );
    }

    #[test]
    fn uuids() {
        all(
            is_uuid,
            &["f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6"],
            &[
                "",
                "f81d4fae7dec11d0a76500a0c91e6bf6",
                "f81d4fae-7dec-11d0-a765-00a0c91e6bfg",
                "f81d4fae-7dec-11d0-a765-00a0c91e6bf6-",
                "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}",
            ],
        );
    }

    #[test]
    fn uris() {
        all(
            is_uri,
            &[
                "https://shop.example.com/a?b=c#d",
                "urn:isbn:0451450523",
                "mailto:a@b.example",
                "http://[::1]:80/",
                "https://e.example/%C3%A9",
            ],
            &[
                "",
                "/relative",
                "shop.example.com",
                "1https://x",
                "https://a b",
                "https://é.example",
                "https://x/%",
                "https://x/%4",
                "https://x/%zz",
                "://x",
                "https://x/\n",
            ],
        );
    }
}
