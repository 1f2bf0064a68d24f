//! Texts that plainly are not of their format.
//!
//! Only formats with one grammar that everybody means by them are looked at; in doubt a text is valid.

/// Why a text is not of a format.
pub(super) fn misfit(format: &str, text: &str) -> Option<&'static str> {
    match format {
        "date" => (!is_date(text)).then_some("is no date such as `2024-01-17`"),
        "date-time" => (!is_date_time(text)).then_some("is no date and time such as `2024-01-17T12:30:00Z` (RFC 3339)"),
        "uuid" => (!is_uuid(text)).then_some("is no UUID"),
        "byte" => (!is_base64(text)).then_some("is no base64"),
        "decimal" => (!is_decimal(text)).then_some("is no decimal number"),
        _ => None,
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `full-date` of RFC 3339 section 5.6, with months and days of any month.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let within = |text: &str, most: u8| {
        text.len() == 2 && digits(text) && text.parse().is_ok_and(|value: u8| (1..=most).contains(&value))
    };
    year.len() == 4 && digits(year) && within(month, 12) && within(day, 31)
}

/// `date-time` of RFC 3339 section 5.6; a blank may stand for the `T`.
fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't', ' ']) else { return false };
    let Some(offset) = time.find(['Z', 'z', '+', '-']) else { return false };
    let (time, offset) = time.split_at(offset);
    let (time, fraction) = time.split_once('.').map_or((time, "0"), |(time, fraction)| (time, fraction));
    let offset_fits = matches!(offset, "Z" | "z") || offset.get(1..).is_some_and(|offset| is_clock(offset, 2));
    is_date(date) && is_clock(time, 3) && digits(fraction) && offset_fits
}

/// Pairs of digits, separated by colons.
fn is_clock(text: &str, pairs: usize) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    parts.len() == pairs && parts.iter().all(|part| part.len() == 2 && digits(part))
}

/// Groups of 8, 4, 4, 4 and 12 hexadecimal digits (RFC 9562 section 4).
fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// Characters of either alphabet of base64 (RFC 4648 sections 4 and 5), with white space between them.
fn is_base64(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || b"+/-_=".contains(&byte))
}

/// A number as JSON writes it, with leading zeros allowed: what a decimal is read from.
fn is_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    digits(whole) && digits(fraction) && digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fit_their_format_or_do_not() {
        for date in ["2024-01-17", "0001-12-31"] {
            assert!(is_date(date), "{date}");
        }
        for other in ["17.01.2024", "2024-1-17", "2024-13-01", "2024-01-00", "2024-01-17T00:00:00Z", ""] {
            assert!(!is_date(other), "{other}");
        }
        for time in ["2024-01-17T12:30:00Z", "2024-01-17t12:30:00.123+02:00", "2024-01-17 12:30:00-05:30"] {
            assert!(is_date_time(time), "{time}");
        }
        for other in ["yesterday", "2024-01-17", "2024-01-17T12:30:00", "2024-01-17T12:30Z", "2024-01-17T12:30:00.Z"] {
            assert!(!is_date_time(other), "{other}");
        }
        assert!(is_uuid("123e4567-E89b-12d3-a456-426614174000"));
        assert!(!is_uuid("123e4567e89b12d3a456426614174000") && !is_uuid("g23e4567-e89b-12d3-a456-426614174000"));
        assert!(is_base64("SGVsbG8=") && is_base64("-_8") && !is_base64("!!"));
        for decimal in ["10.00", "-0.5", "7", "1e3"] {
            assert!(is_decimal(decimal), "{decimal}");
        }
        for other in ["1,5", "1e", "+1", ".5", "5.", "", "-"] {
            assert!(!is_decimal(other), "{other}");
        }
    }
}
