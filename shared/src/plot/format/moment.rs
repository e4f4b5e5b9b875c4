//! Moments on the wall clock of the reader, whose offset from UTC is passed in.

use crate::plot::civil::{Civil, NS_PER_DAY, NS_PER_S, days_from_date};

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

/// The moment that a text like those of [`date_time`] names; without a date, on the day of `near_ns`. Seconds may be left
/// out.
///
/// ```
/// use shared::plot::format::read_date_time;
/// let near = 1_700_000_000_000_000_000;
/// assert_eq!(read_date_time("2023-11-15 00:13:20", 7200, 0), Some(near));
/// assert_eq!(read_date_time("22:13:20.25", 0, near), Some(near + 250_000_000));
/// assert_eq!(read_date_time("22:13", 0, near), Some(near - 20_000_000_000));
/// assert_eq!(read_date_time("2023-13-15 00:00", 0, near), None);
/// assert_eq!(read_date_time("25:00", 0, near), None);
/// ```
pub fn read_date_time(text: &str, utc_offset_s: i32, near_ns: i64) -> Option<i64> {
    let words: Vec<&str> = text.split(['T', ' ']).filter(|it| !it.is_empty()).collect();
    let offset_ns = i64::from(utc_offset_s) * NS_PER_S;
    let (days, time) = match words.as_slice() {
        [time] => (near_ns.checked_add(offset_ns)?.div_euclid(NS_PER_DAY), time),
        [date, time] => (read_date(date)?, time),
        _ => return None,
    };
    let local_ns = days
        .checked_mul(NS_PER_DAY)?
        .checked_add(read_time(time)?)?;
    local_ns.checked_sub(offset_ns)
}

fn read_date(text: &str) -> Option<i64> {
    let mut parts = text.splitn(3, '-');
    let year: i64 = parts.next()?.parse().ok()?;
    let month: u8 = parts.next()?.parse().ok()?;
    let day: u8 = parts.next()?.parse().ok()?;
    let days = days_from_date(year, month, day);
    // What is no day of that month would come back as another one.
    let is_day = (1677..2262).contains(&year)
        && Civil::from_local_ns(i128::from(days) * i128::from(NS_PER_DAY)).date()
            == format!("{year:04}-{month:02}-{day:02}");
    is_day.then_some(days)
}

fn read_time(text: &str) -> Option<i64> {
    let mut parts = text.splitn(3, ':');
    let hour: i64 = parts.next()?.parse().ok()?;
    let minute: i64 = parts.next()?.parse().ok()?;
    let second: f64 = parts.next().unwrap_or("0").parse().ok()?;
    let is_time =
        (0..24).contains(&hour) && (0..60).contains(&minute) && (0.0..60.0).contains(&second);
    let whole = (hour * 60 + minute) * 60 * NS_PER_S;
    is_time.then(|| whole + (second * NS_PER_S as f64).round() as i64)
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
