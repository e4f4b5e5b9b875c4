//! Ticks on the clock and the calendar of the reader, from nanoseconds to centuries.

use std::collections::BTreeSet;

use super::{Room, Tick, Ticks, time_step::TimeStep};
use crate::plot::Range;
use crate::plot::civil::{Civil, NS_PER_S};

/// Minor ticks closer than this would run together.
const MIN_MINOR_PX: f64 = 5.0;

/// The ticks of a time axis whose values are nanoseconds after `base_ns`, itself nanoseconds since 1970 UTC.
///
/// The base is 0 if the values are epoch times; one near the data keeps nanoseconds exact, where an `f64` of
/// today's epoch time resolves 256 ns.
///
/// Ticks are aligned to the wall clock `utc_offset_s` seconds ahead of UTC. What all labels would repeat (the date,
/// the year, the minute) is said once, as the [`Tick::note`] of the first tick for which it holds; a label is
/// unique together with the note that holds for it.
///
/// ```
/// use shared::plot::{Range, Room, time_ticks};
/// let start = 1_700_000_000_000_000_000; // 2023-11-14 22:13:20 UTC
/// let hour = Range::new(0.0, 3.6e12).unwrap();
/// let ticks = time_ticks(start, hour, 3600, Room::horizontal(500.0, 7.0));
/// let labels: Vec<_> = ticks.majors().map(|tick| tick.label.as_str()).collect();
/// assert_eq!(labels, ["23:20", "23:30", "23:40", "23:50", "00:00", "00:10"]);
/// let notes: Vec<_> = ticks.majors().filter_map(|tick| tick.note.as_deref()).collect();
/// assert_eq!(notes, ["2023-11-14", "2023-11-15"]);
/// ```
pub fn time_ticks(base_ns: i64, range: Range, utc_offset_s: i32, room: Room) -> Ticks {
    let range = range.widened_by(NS_PER_S as f64);
    let clock = WallClock {
        base_ns,
        utc_offset_s,
    };
    let Some(window) = clock.window(range) else {
        return Ticks::default();
    };
    let px_per_ns = room.length_px() / range.span();
    let finest_ns = 8.0 * f64::EPSILON * range.lo().abs().max(range.hi().abs());
    let step = TimeStep::all()
        .find(|step| {
            step.about_ns() >= finest_ns
                && step.about_ns() * px_per_ns >= room.spacing_px(step.label_chars())
        })
        .unwrap_or(TimeStep::LONGEST);
    let minor = step.minor().filter(|minor| {
        minor.about_ns() * px_per_ns >= MIN_MINOR_PX && minor.about_ns() >= finest_ns
    });
    let majors: BTreeSet<i128> = step.moments(window).into_iter().collect();
    let mut moments = majors.clone();
    moments.extend(minor.map(|minor| minor.moments(window)).unwrap_or_default());

    moments.retain(|local_ns| range.contains(clock.data_from_local_ns(*local_ns)));

    let mut note_said = None;
    let tick = |local_ns: i128| {
        let at = clock.data_from_local_ns(local_ns);
        if !majors.contains(&local_ns) {
            return Tick::minor(at);
        }
        let civil = Civil::from_local_ns(local_ns);
        let note = step.note(civil);
        let is_new = note != note_said;
        note_said.clone_from(&note);
        Tick {
            note: note.filter(|_| is_new),
            ..Tick::major(at, step.label(civil))
        }
    };
    Ticks {
        ticks: moments.into_iter().map(tick).collect(),
        exponent: 0,
    }
}

/// From data values to nanoseconds on the wall clock, and back.
#[derive(Clone, Copy)]
struct WallClock {
    base_ns: i64,
    utc_offset_s: i32,
}

impl WallClock {
    fn ahead_ns(self) -> i128 {
        i128::from(self.base_ns) + i128::from(self.utc_offset_s) * i128::from(NS_PER_S)
    }

    /// The range in local time, cut to what 64-bit nanoseconds reach; `None` if all of it is beyond.
    fn window(self, range: Range) -> Option<(i128, i128)> {
        let reach = Range::new(i64::MIN as f64, i64::MAX as f64)?;
        let range = range.intersection(reach)?;
        Some((
            range.lo().floor() as i128 + self.ahead_ns(),
            range.hi().ceil() as i128 + self.ahead_ns(),
        ))
    }

    fn data_from_local_ns(self, local_ns: i128) -> f64 {
        (local_ns - self.ahead_ns()) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: i64 = 1_773_273_600_000_000_000; // 2026-03-12 00:00:00 UTC

    fn said(lo: f64, hi: f64, utc_offset_s: i32) -> Vec<(String, Option<String>)> {
        let room = Room::horizontal(420.0, 7.0);
        let range = Range::new(lo, hi).unwrap();
        let ticks = time_ticks(START, range, utc_offset_s, room);
        ticks
            .majors()
            .map(|tick| (tick.label.clone(), tick.note.clone()))
            .collect()
    }

    fn labels(lo: f64, hi: f64) -> Vec<String> {
        said(lo, hi, 0)
            .into_iter()
            .map(|(label, _)| label)
            .collect()
    }

    #[test]
    fn nanoseconds_stay_exact_beside_a_base() {
        let said = said(0.0, 5.0, 0);
        assert_eq!(
            said[0],
            (
                "00.000000000".to_owned(),
                Some("2026-03-12 00:00".to_owned())
            )
        );
        assert_eq!(said[1].0, "00.000000002");
    }

    #[test]
    fn seconds_and_parts_of_them() {
        assert_eq!(
            labels(0.0, 5e8),
            ["00.0", "00.1", "00.2", "00.3", "00.4", "00.5"]
        );
        assert_eq!(
            labels(1e9, 11e9),
            ["00:00:02", "00:00:04", "00:00:06", "00:00:08", "00:00:10"]
        );
    }

    #[test]
    fn days_months_years() {
        let day = 86_400e9;
        assert_eq!(
            labels(0.0, 4.0 * day),
            ["12 Mar", "13 Mar", "14 Mar", "15 Mar", "16 Mar"]
        );
        assert_eq!(
            labels(0.0, 200.0 * day),
            ["Apr", "May", "Jun", "Jul", "Aug", "Sep"]
        );
        let years = said(0.0, 2000.0 * day, 0);
        assert_eq!(years[0], ("2027".to_owned(), None));
        assert_eq!(years.len(), 5);
    }

    #[test]
    fn the_local_midnight_carries_the_date() {
        let said = said(0.0, 86_400e9, 7200);
        let notes: Vec<_> = said.iter().filter(|(_, note)| note.is_some()).collect();
        assert_eq!(notes[0].1.as_deref(), Some("2026-03-12"));
        assert_eq!(
            *notes[1],
            ("00:00".to_owned(), Some("2026-03-13".to_owned()))
        );
    }

    #[test]
    fn absurd_ranges_end() {
        assert!(labels(-1e300, 1e300).len() < 10);
        assert!(labels(1e299, 1e300).is_empty());
        assert_eq!(labels(0.0, 0.0).len(), 5);
    }
}
