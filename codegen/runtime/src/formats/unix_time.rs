//! Seconds since 1970: [`UnixTime`].

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// A moment as whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted; a JSON integer on the wire.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use specie_runtime::UnixTime;
///
/// let created: UnixTime = serde_json::from_str("1700000000")?;
/// assert_eq!(created.to_system_time(), Some(SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000)));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixTime(pub i64);

impl UnixTime {
    /// Seconds since 1970; negative before.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// The moment as the system's clock has it; `None` where it cannot hold it.
    #[must_use]
    pub fn to_system_time(self) -> Option<SystemTime> {
        let distance = Duration::from_secs(self.0.unsigned_abs());
        if self.0 < 0 {
            SystemTime::UNIX_EPOCH.checked_sub(distance)
        } else {
            SystemTime::UNIX_EPOCH.checked_add(distance)
        }
    }
}

impl From<i64> for UnixTime {
    fn from(seconds: i64) -> Self {
        Self(seconds)
    }
}

impl From<UnixTime> for i64 {
    fn from(time: UnixTime) -> Self {
        time.0
    }
}

/// Drops the fraction of a second, towards the past.
impl From<SystemTime> for UnixTime {
    fn from(time: SystemTime) -> Self {
        Self(match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_secs()).unwrap_or(i64::MAX),
            Err(error) => {
                let before = error.duration();
                let whole = before.as_secs() + u64::from(before.subsec_nanos() > 0);
                i64::try_from(whole).map_or(i64::MIN, i64::wrapping_neg)
            }
        })
    }
}

/// Overwrites this copy; the type is `Copy`, so others may be left on the stack.
impl Zeroize for UnixTime {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_seconds_travel_as_an_integer() {
        let times: Vec<UnixTime> = serde_json::from_str("[0,-1,1700000000]").unwrap();
        assert_eq!(times, [UnixTime(0), UnixTime(-1), UnixTime(1_700_000_000)]);
        assert_eq!(serde_json::to_string(&times).unwrap(), "[0,-1,1700000000]");
        for other in ["1.5", "\"0\"", "null"] {
            assert!(serde_json::from_str::<UnixTime>(other).is_err(), "{other}");
        }
    }

    #[test]
    fn the_clock_is_converted_towards_the_past() {
        let at = |seconds: i64| UnixTime(seconds).to_system_time().unwrap();
        let half = Duration::from_millis(500);
        assert_eq!(UnixTime::from(at(7) + half), UnixTime(7));
        assert_eq!(UnixTime::from(at(-7) + half), UnixTime(-7));
        assert_eq!(UnixTime::from(at(-7) - half), UnixTime(-8));
        // Whatever the platform's clock can hold, nothing panics.
        for extreme in [i64::MIN, i64::MAX] {
            if let Some(time) = UnixTime(extreme).to_system_time() {
                assert_eq!(UnixTime::from(time), UnixTime(extreme));
            }
        }
    }
}
