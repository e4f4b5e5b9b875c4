//! Limits of an axis as people type them.

use shared::plot::format::{date_time, read_date_time};
use shared::plot::{Range, Scale};

/// What typed limits are read for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reading {
    /// How the axis spreads values.
    pub(crate) scale: Scale,
    /// On an axis of time, how far the reader's clock is ahead of UTC.
    pub(crate) utc_offset_s: Option<i32>,
    /// What the axis shows now.
    pub(crate) shown: Range,
}

/// Why typed limits are not taken, per field: lower, upper.
pub(crate) type Refusals = [Option<&'static str>; 2];

impl Reading {
    /// The limits that are shown now, as texts that can be read again.
    pub(crate) fn written(&self) -> [String; 2] {
        let span = self.shown.span();
        [self.shown.lo(), self.shown.hi()].map(|end| match self.utc_offset_s {
            Some(offset) => {
                let decimals = if span < 120e9 { 3 } else { 0 };
                date_time(end as i64, offset, decimals)
            }
            None => number(end, 1e-6 * span),
        })
    }

    /// The range between two limits.
    pub(crate) fn read(&self, texts: [&str; 2]) -> Result<Range, Refusals> {
        let ends = texts.map(|text| self.end(text.trim()));
        let [Ok(lo), Ok(hi)] = ends else {
            return Err(ends.map(Result::err));
        };
        if lo >= hi {
            return Err([None, Some("must be above the lower limit")]);
        }
        let range = Range::new(lo, hi).filter(|it| !it.is_degenerate());
        range.ok_or([None, Some("is too close to the lower limit")])
    }

    fn end(&self, text: &str) -> Result<f64, &'static str> {
        if let Some(offset) = self.utc_offset_s {
            let near = self.shown.hi() as i64;
            return read_date_time(text, offset, near)
                .map(|ns| ns as f64)
                .ok_or("must be a time such as 14:05:30, with a date or without");
        }
        let plain = text.replace('−', "-");
        let value = plain.parse::<f64>().ok().filter(|it| it.is_finite());
        match value {
            None => Err("must be a number"),
            Some(value) if value.abs() > 1e300 => Err("must lie between -1e300 and 1e300"),
            Some(value) if self.scale.is_log() && value < 1e-300 => {
                Err("must be above 0 on a log scale")
            }
            Some(value) => Ok(value),
        }
    }
}

/// A number to a resolution, as `f64` reads it.
fn number(value: f64, resolution: f64) -> String {
    let magnitude = value.abs().log10().floor();
    let digits = magnitude - resolution.log10().floor();
    if !(0.0..16.0).contains(&digits) {
        return if value.abs() < resolution {
            "0".to_owned()
        } else {
            value.to_string()
        };
    }
    let rounded: f64 = format!("{value:.*e}", digits as usize)
        .parse()
        .unwrap_or(value);
    if (1e-4..1e7).contains(&rounded.abs()) {
        rounded.to_string()
    } else {
        format!("{rounded:e}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(scale: Scale) -> Reading {
        Reading {
            scale,
            utc_offset_s: None,
            shown: Range::new(0.0, 12.345_678_901_2).unwrap(),
        }
    }

    fn time() -> Reading {
        let at = 1_700_000_000e9;
        Reading {
            scale: Scale::Linear,
            utc_offset_s: Some(3600),
            shown: Range::new(at, at + 60e9).unwrap(),
        }
    }

    #[test]
    fn limits_are_numbers_that_rise() {
        let linear = reading(Scale::Linear);
        assert_eq!(
            linear.read(["-1.5", " 2e3 "]),
            Ok(Range::new(-1.5, 2000.0).unwrap())
        );
        assert_eq!(linear.read(["−3", "3"]), Ok(Range::new(-3.0, 3.0).unwrap()));
        for (lo, hi, at) in [
            ("a", "1", 0),
            ("1", "", 1),
            ("nan", "1", 0),
            ("5", "5", 1),
            ("5", "4", 1),
            ("0", "1e301", 1),
        ] {
            let refusals = linear.read([lo, hi]).unwrap_err();
            assert!(
                refusals[at].is_some() && refusals[1 - at].is_none(),
                "{lo} {hi} {refusals:?}"
            );
        }
        let reversed = linear.read(["5", "4"]).unwrap_err();
        assert_eq!(reversed[1], Some("must be above the lower limit"));
        assert!(
            linear
                .read(["x", "y"])
                .unwrap_err()
                .iter()
                .all(Option::is_some)
        );
    }

    #[test]
    fn a_log_scale_needs_positive_limits() {
        let refusals = reading(Scale::Log).read(["0", "10"]).unwrap_err();
        assert_eq!(refusals, [Some("must be above 0 on a log scale"), None]);
        assert!(reading(Scale::Sqrt).read(["0", "10"]).is_ok());
    }

    #[test]
    fn what_is_written_can_be_read() {
        assert_eq!(reading(Scale::Linear).written(), ["0", "12.34568"]);
        for shown in [
            (-1e-9, 3e-9),
            (1e6, 1e6 + 1.0),
            (-4e20, 1e22),
            (0.1, 0.7),
            (3.0, 3.000_001),
        ] {
            let shown = Range::new(shown.0, shown.1).unwrap();
            let reading = Reading {
                shown,
                ..reading(Scale::Linear)
            };
            let [lo, hi] = reading.written();
            let read = reading.read([&lo, &hi]).unwrap();
            let off = (read.lo() - shown.lo()).abs() + (read.hi() - shown.hi()).abs();
            assert!(off <= 1e-5 * shown.span(), "{shown:?} {lo} {hi}");
        }
    }

    #[test]
    fn limits_of_time_are_times_of_day() {
        let time = time();
        assert_eq!(
            time.written(),
            ["2023-11-14 23:13:20.000", "2023-11-14 23:14:20.000"]
        );
        let read = time.read(["23:13:50", "2023-11-14 23:14"]).unwrap();
        assert_eq!((read.lo(), read.hi()), (1_700_000_030e9, 1_700_000_040e9));
        assert!(time.read(["yesterday", "23:14"]).unwrap_err()[0].is_some());
    }
}
