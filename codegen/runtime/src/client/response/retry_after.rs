//! What a response says about asking again: whether its status passes, and how long to wait.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// Statuses that a server gives for a reason that passes (RFC 9110 sections 15.5.9 and 15.6, RFC 6585 section 4, RFC 8470 section 5.2).
pub(crate) const fn is_transient_status(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504)
}

/// How long the server asks to wait: seconds, or a date (RFC 9110 section 10.2.3), which is measured against the response's own
/// `Date`, because the two clocks may differ.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More seconds than fit into the type are the longest duration.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let stated = headers.get(DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    Some(until.duration_since(stated.unwrap_or(now)).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_times_are_read_in_every_form() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let read = |retry: &'static str, date: Option<&'static str>| {
            let mut headers = HeaderMap::from_iter([(RETRY_AFTER, http::HeaderValue::from_static(retry))]);
            if let Some(date) = date {
                headers.insert(DATE, http::HeaderValue::from_static(date));
            }
            retry_after(&headers, now)
        };
        assert_eq!(read("120", None), Some(Duration::from_secs(120)));
        assert_eq!(read("0", None), Some(Duration::ZERO));
        assert_eq!(read("99999999999999999999999", None), Some(Duration::from_secs(u64::MAX)));
        assert_eq!(read("Sun, 06 Nov 1994 08:50:07 GMT", None), Some(Duration::from_secs(30)));
        assert_eq!(read("Sun, 06 Nov 1994 08:40:00 GMT", None), Some(Duration::ZERO));
        let skewed = Some("Sun, 06 Nov 1994 08:50:00 GMT");
        assert_eq!(read("Sun, 06 Nov 1994 08:50:07 GMT", skewed), Some(Duration::from_secs(7)));
        for nonsense in ["", "-1", "1.5", "soon"] {
            assert_eq!(read(nonsense, None), None);
        }
    }
}
