//! The steps a time axis may take, what they are aligned to, and how their ticks are worded.

use crate::plot::civil::{Civil, NS_PER_DAY, NS_PER_S, days_from_date};

const MS: i64 = 1_000_000;
const MINUTE: i64 = 60 * NS_PER_S;
const HOUR: i64 = 60 * MINUTE;

/// Steps from a second to half a day, each with its minor step.
const CLOCK_STEPS: [(i64, i64); 17] = [
    (NS_PER_S, 200 * MS),
    (2 * NS_PER_S, 500 * MS),
    (5 * NS_PER_S, NS_PER_S),
    (10 * NS_PER_S, 2 * NS_PER_S),
    (15 * NS_PER_S, 5 * NS_PER_S),
    (30 * NS_PER_S, 5 * NS_PER_S),
    (MINUTE, 10 * NS_PER_S),
    (2 * MINUTE, 30 * NS_PER_S),
    (5 * MINUTE, MINUTE),
    (10 * MINUTE, 2 * MINUTE),
    (15 * MINUTE, 5 * MINUTE),
    (30 * MINUTE, 5 * MINUTE),
    (HOUR, 10 * MINUTE),
    (2 * HOUR, 30 * MINUTE),
    (3 * HOUR, HOUR),
    (6 * HOUR, HOUR),
    (12 * HOUR, 3 * HOUR),
];

/// Steps on the calendar in days, then in months.
const DAY_STEPS: [i64; 3] = [1, 2, 7];
const MONTH_STEPS: [i64; 12] = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000];

/// The distance between two ticks of a time axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimeStep {
    /// Nanoseconds, dividing a day, aligned to midnight.
    Clock(i64),
    /// Days; weeks begin on Monday.
    Days(i64),
    /// Months, aligned to the year 0.
    Months(i64),
}

impl TimeStep {
    /// The step for axes of centuries.
    pub(super) const LONGEST: Self = Self::Months(6000);

    /// Every step, finest first.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let decimal = (0..9).flat_map(|power| [1, 2, 5].map(|factor| factor * 10_i64.pow(power)));
        let clock = CLOCK_STEPS.into_iter().map(|(ns, _)| ns);
        decimal
            .chain(clock)
            .map(Self::Clock)
            .chain(DAY_STEPS.into_iter().map(Self::Days))
            .chain(MONTH_STEPS.into_iter().map(Self::Months))
    }

    /// Its length; of months, the mean one.
    pub(super) fn about_ns(self) -> f64 {
        match self {
            Self::Clock(ns) => ns as f64,
            Self::Days(days) => (days * NS_PER_DAY) as f64,
            Self::Months(months) => months as f64 * 30.436_875 * NS_PER_DAY as f64,
        }
    }

    /// A finer step that meets every tick of this one.
    pub(super) fn minor(self) -> Option<Self> {
        match self {
            Self::Clock(1) => None,
            Self::Clock(ns) if ns < NS_PER_S => {
                let decade = 10_i64.pow(ns.ilog10());
                Some(Self::Clock(match ns / decade {
                    1 => decade / 5,
                    2 => (decade / 2).max(1),
                    _ => decade,
                }))
            }
            Self::Clock(ns) => CLOCK_STEPS
                .into_iter()
                .find_map(|(step, minor)| (step == ns).then_some(Self::Clock(minor))),
            Self::Days(1) => Some(Self::Clock(6 * HOUR)),
            Self::Days(2) => Some(Self::Clock(12 * HOUR)),
            Self::Days(_) | Self::Months(1) => Some(Self::Days(1)),
            Self::Months(3 | 6) => Some(Self::Months(1)),
            Self::Months(12) => Some(Self::Months(3)),
            Self::Months(months) => Some(Self::Months(months / if is_two(months) { 4 } else { 5 })),
        }
    }

    /// The ticks in a window of local nanoseconds, ends included, with at most one beyond on each side.
    pub(super) fn moments(self, (lo, hi): (i128, i128)) -> Vec<i128> {
        let day_ns = i128::from(NS_PER_DAY);
        match self {
            Self::Clock(ns) => even(lo, hi, i128::from(ns), 0),
            // 1970-01-05 was a Monday.
            Self::Days(7) => even(lo, hi, 7 * day_ns, 4 * day_ns),
            Self::Days(days) => even(lo, hi, i128::from(days) * day_ns, 0),
            Self::Months(months) => {
                let start = |index: i64| {
                    let month = index.rem_euclid(12) as u8 + 1;
                    i128::from(days_from_date(index.div_euclid(12), month, 1)) * day_ns
                };
                (month_index(lo).div_euclid(months)..=month_index(hi).div_euclid(months))
                    .map(|k| start(k * months))
                    .collect()
            }
        }
    }

    /// The characters of its labels.
    pub(super) fn label_chars(self) -> usize {
        match self {
            Self::Clock(ns) if ns < NS_PER_S => 3 + decimals(ns),
            Self::Clock(ns) if ns < MINUTE => 8,
            Self::Clock(_) => 5,
            Self::Days(_) => 6,
            Self::Months(months) if months < 12 => 3,
            Self::Months(_) => 4,
        }
    }

    /// What a tick says.
    pub(super) fn label(self, at: Civil) -> String {
        match self {
            Self::Clock(ns) if ns < NS_PER_S => at.second_decimals(decimals(ns)),
            Self::Clock(ns) if ns < MINUTE => {
                format!("{}:{}", at.hour_minute(), at.second_decimals(0))
            }
            Self::Clock(_) => at.hour_minute(),
            Self::Days(_) => format!("{} {}", at.day, at.month_name()),
            Self::Months(months) if months < 12 => at.month_name().to_owned(),
            Self::Months(_) => at.year.to_string(),
        }
    }

    /// What a tick leaves out because its neighbours say the same.
    pub(super) fn note(self, at: Civil) -> Option<String> {
        match self {
            Self::Clock(ns) if ns < NS_PER_S => Some(format!("{} {}", at.date(), at.hour_minute())),
            Self::Clock(_) => Some(at.date()),
            Self::Days(_) => Some(at.year.to_string()),
            Self::Months(months) if months < 12 => Some(at.year.to_string()),
            Self::Months(_) => None,
        }
    }
}

/// The decimals of a second that a step below a second needs.
fn decimals(ns: i64) -> usize {
    9 - ns.ilog10() as usize
}

/// Whether a number of years begins with a 2.
fn is_two(months: i64) -> bool {
    let years = months / 12;
    years / 10_i64.pow(years.ilog10()) == 2
}

fn even(lo: i128, hi: i128, step: i128, anchor: i128) -> Vec<i128> {
    let first = (lo - anchor).div_euclid(step);
    let last = (hi - anchor).div_euclid(step);
    (first..=last).map(|k| k * step + anchor).collect()
}

fn month_index(local_ns: i128) -> i64 {
    let at = Civil::from_local_ns(local_ns);
    at.year * 12 + i64::from(at.month) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_rise() {
        let steps: Vec<_> = TimeStep::all().map(TimeStep::about_ns).collect();
        assert!(steps.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(steps.len(), 27 + 17 + 3 + 12);
    }

    #[test]
    fn minors_meet_majors() {
        let window = (
            1_773_273_600_000_000_000,
            1_773_273_600_000_000_000 + 40 * i128::from(NS_PER_DAY),
        );
        for step in TimeStep::all().filter(|step| step.about_ns() >= 1e14) {
            let Some(minor) = step.minor() else { continue };
            let minors = minor.moments(window);
            for major in step
                .moments(window)
                .into_iter()
                .filter(|at| (window.0..=window.1).contains(at))
            {
                assert!(minors.contains(&major), "{step:?} {minor:?}");
            }
        }
        assert_eq!(TimeStep::Clock(20).minor(), Some(TimeStep::Clock(5)));
        assert_eq!(TimeStep::Months(240).minor(), Some(TimeStep::Months(60)));
        assert_eq!(TimeStep::Months(600).minor(), Some(TimeStep::Months(120)));
        assert_eq!(TimeStep::Months(24).minor(), Some(TimeStep::Months(6)));
    }
}
