//! Moments on the wall clock of the reader, whose offset from UTC is passed in.

use crate::plot::civil::{Civil, NS_PER_S};

/// `14:05:07`, with so many decimals of the second (at most 9).
///
/// ```
/// use shared::plot::format::time_of_day;
/// assert_eq!(time_of_day(1_700_000_000_250_000_000, 3600, 0), "23:13:20");
/// assert_eq!(time_of_day(1_700_000_000_250_000_000, 0, 3), "22:13:20.250");
/// ```
pub fn time_of_day(epoch_ns: i64, utc_offset_s: i32, decimals: usize) -> String {
    let at = local(epoch_ns, utc_offset_s);
    format!("{}:{}", at.hour_minute(), at.second_decimals(decimals))
}

/// `2026-03-12 14:05:07`, with so many decimals of the second (at most 9).
///
/// ```
/// use shared::plot::format::date_time;
/// assert_eq!(date_time(1_700_000_000_000_000_000, 7200, 0), "2023-11-15 00:13:20");
/// ```
pub fn date_time(epoch_ns: i64, utc_offset_s: i32, decimals: usize) -> String {
    let date = local(epoch_ns, utc_offset_s).date();
    format!("{date} {}", time_of_day(epoch_ns, utc_offset_s, decimals))
}

/// The offset itself: `UTC`, `UTC+2`, `UTC-3:30`.
///
/// ```
/// use shared::plot::format::utc_offset;
/// assert_eq!(utc_offset(0), "UTC");
/// assert_eq!(utc_offset(-12_600), "UTC-3:30");
/// ```
pub fn utc_offset(utc_offset_s: i32) -> String {
    let minutes = utc_offset_s.unsigned_abs() / 60;
    let sign = if utc_offset_s < 0 { '-' } else { '+' };
    match (minutes / 60, minutes % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

fn local(epoch_ns: i64, utc_offset_s: i32) -> Civil {
    Civil::from_local_ns(i128::from(epoch_ns) + i128::from(utc_offset_s) * i128::from(NS_PER_S))
}
