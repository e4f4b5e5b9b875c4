//! Dates and times of day from nanoseconds since 1970, in a fixed offset from UTC. It knows no time zones:
//! the offset is passed in.

/// Nanoseconds in one second.
pub(super) const NS_PER_S: i64 = 1_000_000_000;

/// Nanoseconds in one day of 86,400 seconds.
pub(super) const NS_PER_DAY: i64 = 86_400 * NS_PER_S;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A moment on a wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Civil {
    pub(super) year: i64,
    /// 1 to 12.
    pub(super) month: u8,
    /// 1 to 31.
    pub(super) day: u8,
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: u8,
    /// Nanoseconds of the second.
    pub(super) ns: u32,
}

impl Civil {
    /// The wall clock at nanoseconds since 1970 that already count in local time.
    pub(super) fn from_local_ns(local_ns: i128) -> Self {
        let day_ns = i128::from(NS_PER_DAY);
        let (year, month, day) = date_from_days(local_ns.div_euclid(day_ns) as i64);
        let in_day = local_ns.rem_euclid(day_ns) as i64;
        let seconds = in_day / NS_PER_S;
        Self {
            year,
            month,
            day,
            hour: (seconds / 3600) as u8,
            minute: (seconds / 60 % 60) as u8,
            second: (seconds % 60) as u8,
            ns: (in_day % NS_PER_S) as u32,
        }
    }

    /// `Mar`.
    pub(super) fn month_name(self) -> &'static str {
        MONTHS[usize::from(self.month - 1)]
    }

    /// `2026-03-12`.
    pub(super) fn date(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// `14:05`.
    pub(super) fn hour_minute(self) -> String {
        format!("{:02}:{:02}", self.hour, self.minute)
    }

    /// `07` or `07.250`: the second with so many decimals (at most 9), cut, not rounded.
    pub(super) fn second_decimals(self, decimals: usize) -> String {
        let ns = format!("{:09}", self.ns);
        match decimals.min(9) {
            0 => format!("{:02}", self.second),
            digits => format!("{:02}.{}", self.second, &ns[..digits]),
        }
    }
}

/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar. Source: H. Hinnant,
/// "chrono-compatible low-level date algorithms", `days_from_civil`.
pub(super) fn days_from_date(year: i64, month: u8, day: u8) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The date so many days after 1970-01-01; the inverse of [`days_from_date`].
fn date_from_days(days: i64) -> (i64, u8, u8) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u8;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month as u8, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days() {
        assert_eq!(days_from_date(1970, 1, 1), 0);
        assert_eq!(days_from_date(2000, 2, 29), 11_016);
        assert_eq!(days_from_date(1969, 12, 31), -1);
        assert_eq!(date_from_days(11_016), (2000, 2, 29));
        assert_eq!(date_from_days(-1), (1969, 12, 31));
    }

    #[test]
    fn every_day_of_eight_centuries_returns() {
        for day in days_from_date(1600, 1, 1)..days_from_date(2400, 1, 1) {
            let (y, m, d) = date_from_days(day);
            assert_eq!(days_from_date(y, m, d), day);
        }
    }

    #[test]
    fn clock_before_and_after_the_epoch() {
        let civil = Civil::from_local_ns(1_700_000_000_123_456_789);
        assert_eq!(civil.date(), "2023-11-14");
        assert_eq!(civil.hour_minute(), "22:13");
        assert_eq!(civil.second_decimals(3), "20.123");
        let before = Civil::from_local_ns(-1);
        assert_eq!(before.date(), "1969-12-31");
        assert_eq!(before.second_decimals(9), "59.999999999");
    }
}
