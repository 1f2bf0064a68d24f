//! Format validation of strings (JSON Schema Validation 2020-12, section 7.3; the OpenAPI Format Registry).

use crate::number_text::NumberText;

/// Why a text is not of a format; formats that are annotations are never at fault.
pub(super) fn misfit(format: &str, text: &str) -> Option<&'static str> {
    let (fits, reason): (fn(&str) -> bool, _) = match format {
        "date" => (is_date, "is no date such as 2026-02-28"),
        "date-time" => (is_date_time, "is no date and time such as 2026-02-28T12:30:00Z"),
        "time" => (is_time, "is no time such as 12:30:00Z"),
        "duration" => (is_duration, "is no duration such as P1D"),
        "uuid" => (is_uuid, "is no UUID"),
        "uri" | "url" => (is_uri, "is no URI with a scheme"),
        "email" | "idn-email" => (is_email, "is no e-mail address"),
        "ipv4" => (|text| text.parse::<core::net::Ipv4Addr>().is_ok(), "is no IPv4 address"),
        "ipv6" => (|text| text.parse::<core::net::Ipv6Addr>().is_ok(), "is no IPv6 address"),
        "hostname" => (is_hostname, "is no host name"),
        "byte" | "base64" => (|text| is_base64(text, b"+/"), "is not Base64"),
        "base64url" => (|text| is_base64(text, b"-_"), "is not Base64 for URLs"),
        "decimal" => (|text| NumberText::of(text).is_well_formed(), "is no decimal number"),
        _ => return None,
    };
    (!fits(text)).then_some(reason)
}

/// A number of so many digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

/// `full-date` (RFC 3339 section 5.6).
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// `date-time` (RFC 3339 section 5.6).
fn is_date_time(text: &str) -> bool {
    text.split_once(['T', 't']).is_some_and(|(date, time)| is_date(date) && is_time(time))
}

/// `full-time` (RFC 3339 section 5.6).
fn is_time(text: &str) -> bool {
    let Some(at) = text.find(['Z', 'z', '+', '-']) else { return false };
    let (clock, offset) = text.split_at(at);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let is_offset = matches!(offset, "Z" | "z")
        || offset.get(1..).and_then(|offset| offset.split_once(':')).is_some_and(|(hours, minutes)| {
            number(hours, 2).is_some_and(|hours| hours < 24) && number(minutes, 2).is_some_and(|minutes| minutes < 60)
        });
    let parts: Vec<&str> = clock.split(':').collect();
    let [hours, minutes, seconds] = parts.as_slice() else { return false };
    let below = |text: &str, most: u32| number(text, 2).is_some_and(|value| value < most);
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    is_offset && is_fraction && below(hours, 24) && below(minutes, 60) && below(seconds, 60)
}

/// `duration` (RFC 3339 appendix A), roughly: units in their order, each behind a number.
fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    let (date, time) = rest.split_once('T').map_or((rest, None), |(date, time)| (date, Some(time)));
    let units = |text: &str, all: &str| {
        let mut left = all.chars();
        let mut digits = 0;
        text.chars().all(|sign| {
            if sign.is_ascii_digit() {
                digits += 1;
                return true;
            }
            std::mem::take(&mut digits) > 0 && left.any(|unit| unit == sign)
        }) && digits == 0
    };
    units(date, "YMWD") && !rest.is_empty() && time.is_none_or(|time| !time.is_empty() && units(time, "HMS"))
}

/// RFC 9562 section 4.
fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// A scheme and no white space (RFC 3986 section 3).
fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme && !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte))
}

fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.rsplit_once('@') else { return false };
    !local.is_empty() && !host.is_empty() && !text.contains(char::is_whitespace)
}

/// RFC 1123 section 2.1.
fn is_hostname(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(is_label)
}

/// RFC 4648 sections 4 and 5, with or without padding.
fn is_base64(text: &str, further: &[u8]) -> bool {
    let unpadded = text.trim_end_matches('=');
    let padding = text.len() - unpadded.len();
    padding <= 2
        && unpadded.len() % 4 != 1
        && unpadded.bytes().all(|byte| byte.is_ascii_alphanumeric() || further.contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::misfit;

    #[test]
    fn texts_are_of_their_format_or_not() {
        for (format, fitting, other) in [
            ("date", "2024-02-29", "2023-02-29"),
            ("date-time", "2024-01-17T12:30:00.5+02:00", "2024-01-17 12:30"),
            ("time", "12:30:00Z", "25:00:00Z"),
            ("duration", "P1DT2H", "P"),
            ("duration", "P3W", "PT"),
            ("uuid", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "f81d4fae"),
            ("uri", "https://example.com/a?b#c", "//example.com"),
            ("email", "a@example.com", "example.com"),
            ("ipv4", "192.0.2.1", "192.0.2.256"),
            ("ipv6", "2001:db8::1", "192.0.2.1"),
            ("hostname", "a-b.example", "-a.example"),
            ("byte", "c2FtcGxl", "c2F*"),
            ("base64url", "_-8", "+/8="),
            ("decimal", "10.00", "1,5"),
        ] {
            assert_eq!(misfit(format, fitting), None, "{format}");
            assert!(misfit(format, other).is_some(), "{format}");
        }
        assert_eq!(misfit("iban", "anything"), None);
    }
}
