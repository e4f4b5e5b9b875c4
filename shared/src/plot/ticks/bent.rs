//! Ticks of scales that spread values neither evenly nor by their logarithm alone, but show zero: symmetric
//! logarithmic ones and those by the square root.

use super::fixed::{fixed, shared_exponent, superscript, value};
use super::{Room, Tick, Ticks, linear_ticks};
use crate::plot::{Range, Scale};

/// Unlabelled ticks closer than this would run together.
const MIN_MINOR_PX: f64 = 4.0;

/// Fewer labels than this say nothing about how the scale bends: the labels of a linear axis do.
const LEAST_MAJORS: usize = 3;

/// A power of ten this far below the largest value is as good as zero.
const MOST_DECADES: i32 = 40;

/// The ticks of such a scale: zero, then powers of ten and five and two times them, largest first, each where its label
/// has room. Where few of them are in sight, evenly stepped values.
///
/// ```
/// use shared::plot::{Range, Room, Scale, bent_ticks};
/// let ticks = bent_ticks(Range::new(0.0, 100.0).unwrap(), Scale::Sqrt, Room::vertical(200.0, 14.0));
/// let labels: Vec<_> = ticks.majors().map(|tick| tick.label.as_str()).collect();
/// assert_eq!(labels, ["0", "10", "50", "100"]);
/// ```
pub fn bent_ticks(range: Range, scale: Scale, room: Room) -> Ticks {
    let axis = Bent {
        range: range.admitted(scale).widened(scale),
        scale,
        room,
    };
    let majors = axis.majors();
    if majors.len() < LEAST_MAJORS {
        return linear_ticks(axis.range, room.shortened(axis.crowding()));
    }
    axis.labelled(&majors)
}

/// `n` × 10^`power`.
type Round = (i64, i32);

struct Bent {
    range: Range,
    scale: Scale,
    room: Room,
}

impl Bent {
    fn px(&self, at: Round) -> f64 {
        self.scale.unit_from_data(self.range, value(at.0, at.1)) * self.room.length_px()
    }

    /// The labelled values, rising.
    fn majors(&self) -> Vec<Round> {
        let powers = self.powers();
        let plain = self.is_plain(&powers);
        let chars = powers.iter().map(|at| chars(*at, plain)).max();
        let spacing = self.room.spacing_px(chars.unwrap_or(1));
        let stride = self.stride(spacing);
        let every = |n: i64| powers.iter().map(move |(sign, power)| (sign * n, *power));
        let strided = every(1).filter(|(_, power)| power.rem_euclid(stride) == 0);
        let mut candidates: Vec<Round> = vec![(0, 0)];
        candidates.extend(strided);
        if plain && stride == 1 {
            candidates.extend(every(5).chain(every(2)));
        }
        let mut kept: Vec<(f64, Round)> = Vec::new();
        for at in candidates {
            let px = self.px(at);
            let has_room = |(other, _): &(f64, Round)| (other - px).abs() >= spacing;
            if self.range.contains(value(at.0, at.1)) && kept.iter().all(has_room) {
                kept.push((px, at));
            }
        }
        kept.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        kept.into_iter().map(|(_, at)| at).collect()
    }

    /// The powers of ten that could matter, with their signs: both ends' decades down to where nothing is told from
    /// zero, largest first.
    fn powers(&self) -> Vec<Round> {
        let reach = self.range.lo().abs().max(self.range.hi().abs());
        let top = reach.log10().floor() as i32;
        let least = match self.scale {
            Scale::Symlog(threshold) => threshold.value().log10().floor() as i32,
            _ => top - 3,
        };
        let bottom = least.max(top - MOST_DECADES).min(top);
        (bottom..=top)
            .rev()
            .flat_map(|power| [(1, power), (-1, power)])
            .collect()
    }

    /// Every how many powers of ten a label fits, where they lie densest: far from zero.
    fn stride(&self, spacing: f64) -> i32 {
        let reach = self.range.lo().abs().max(self.range.hi().abs());
        let decade = self.scale.forward(reach) - self.scale.forward(reach / 10.0);
        let whole = self.scale.forward(self.range.hi()) - self.scale.forward(self.range.lo());
        let decade_px = decade / whole * self.room.length_px();
        [1, 2, 3, 5, 10, 20]
            .into_iter()
            .find(|stride| f64::from(*stride) * decade_px >= spacing)
            .unwrap_or(MOST_DECADES)
    }

    /// Whether all powers are written in full, as a logarithmic axis does. Square roots span few, and share one factor.
    fn is_plain(&self, powers: &[Round]) -> bool {
        !matches!(self.scale, Scale::Symlog(_))
            || powers.iter().all(|(_, power)| (-1..=3).contains(power))
    }

    fn labelled(&self, majors: &[Round]) -> Ticks {
        let powers = self.powers();
        let plain = self.is_plain(&powers);
        let top = powers.first().map_or(0, |(_, power)| *power);
        let exponent = if matches!(self.scale, Scale::Symlog(_)) {
            0
        } else {
            shared_exponent(top)
        };
        let mut ticks: Vec<Tick> = majors
            .iter()
            .map(|at| Tick::major(value(at.0, at.1), label(*at, exponent, plain)))
            .collect();
        ticks.extend(self.minors(&powers, majors).into_iter().map(Tick::minor));
        ticks.sort_by(|a, b| a.value.total_cmp(&b.value));
        Ticks { ticks, exponent }
    }

    /// One to nine times the powers of ten, of those powers that have room for them all.
    fn minors(&self, powers: &[Round], majors: &[Round]) -> Vec<f64> {
        let shown: Vec<f64> = majors.iter().map(|at| value(at.0, at.1)).collect();
        let has_room = |(sign, power): &Round| {
            let narrowest = self.px((10 * sign, *power)) - self.px((9 * sign, *power));
            narrowest.abs() >= MIN_MINOR_PX
        };
        powers
            .iter()
            .filter(|at| has_room(at))
            .flat_map(|(sign, power)| (1..=9).map(move |n| value(n * sign, *power)))
            .filter(|at| self.range.contains(*at) && !shown.contains(at))
            .collect()
    }

    /// The least room that a step of the same difference takes anywhere, as a part of what it takes on average.
    fn crowding(&self) -> f64 {
        let (lo, hi) = (self.range.lo(), self.range.hi());
        let ends = [
            [lo, lo + 1e-3 * self.range.span()],
            [hi - 1e-3 * self.range.span(), hi],
        ];
        let room_of = |[from, to]: [f64; 2]| {
            let [from, to] = [from, to].map(|end| self.scale.unit_from_data(self.range, end));
            (to - from) / 1e-3
        };
        let least = ends.map(room_of).into_iter().fold(1.0, f64::min);
        if least.is_finite() { least } else { 1.0 }
    }
}

fn label((n, power): Round, exponent: i32, plain: bool) -> String {
    let sign = if n < 0 { "−" } else { "" };
    match n {
        0 => "0".to_owned(),
        _ if plain => fixed(n, power - exponent),
        _ => format!("{sign}10{}", superscript(power)),
    }
}

fn chars(at: Round, plain: bool) -> usize {
    label(at, 0, plain).chars().count().min(6)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::Threshold;

    fn labels(lo: f64, hi: f64, scale: Scale) -> Vec<String> {
        let room = Room::vertical(200.0, 14.0);
        let ticks = bent_ticks(Range::new(lo, hi).unwrap(), scale, room);
        ticks.majors().map(|tick| tick.label.clone()).collect()
    }

    fn symlog(threshold: f64) -> Scale {
        Scale::Symlog(Threshold::new(threshold).unwrap())
    }

    #[test]
    fn both_sides_of_zero() {
        assert_eq!(
            labels(-1000.0, 1000.0, symlog(1.0)),
            ["−1000", "−100", "−10", "0", "10", "100", "1000"]
        );
        assert_eq!(labels(0.0, 100.0, symlog(1.0)), ["0", "2", "10", "100"]);
    }

    #[test]
    fn many_decades_are_powers_and_thinned() {
        assert_eq!(
            labels(0.0, 1e6, symlog(1.0)),
            ["0", "10¹", "10²", "10³", "10⁴", "10⁵", "10⁶"]
        );
        assert_eq!(
            labels(-1e12, 1e12, symlog(1.0)),
            ["−10¹⁰", "−10⁵", "0", "10⁵", "10¹⁰"]
        );
    }

    #[test]
    fn large_roots_share_a_factor() {
        let ticks = bent_ticks(
            Range::new(0.0, 2e6).unwrap(),
            Scale::Sqrt,
            Room::vertical(200.0, 14.0),
        );
        let labels: Vec<_> = ticks.majors().map(|it| it.label.as_str()).collect();
        assert_eq!(labels, ["0", "0.1", "0.5", "1", "2"]);
        assert_eq!(ticks.factor().as_deref(), Some("×10⁶"));
    }

    #[test]
    fn far_from_zero_steps_are_even() {
        assert_eq!(
            labels(100.0, 104.0, Scale::Sqrt),
            ["100", "101", "102", "103", "104"]
        );
        assert_eq!(
            labels(1000.0, 1004.0, symlog(1.0)),
            ["1000", "1001", "1002", "1003", "1004"]
        );
    }
}
