//! Ticks at powers of ten, thinned where decades crowd; within a decade at 1-2-5 values or like a linear axis.

use super::fixed::{fixed, shared_exponent, superscript, value};
use super::{Room, Tick, Ticks, linear_ticks};
use crate::plot::{Range, Scale};

/// Decades narrower than this show no ticks at 2 to 9.
const MIN_DECADE_PX: f64 = 30.0;

/// Unlabelled decades closer than this would run together.
const MIN_MINOR_PX: f64 = 4.0;

/// What is labelled of each decade when few decades are visible, richest first, with the narrowest gap
/// between neighbours in decades.
const FEW_DECADES: [(&[i64], f64); 2] = [(&[1, 2, 5], std::f64::consts::LOG10_2), (&[1, 3], 0.477)];

/// The ticks of a logarithmic axis. Decades are written `0.1` to `1000` where these suffice, otherwise all as
/// `10³`; on long axes every second, third, fifth … one is labelled.
///
/// ```
/// use shared::plot::{Range, Room, log_ticks};
/// let ticks = log_ticks(Range::new(1.0, 1e6).unwrap(), Room::vertical(300.0, 14.0));
/// let labels: Vec<_> = ticks.majors().map(|tick| tick.label.as_str()).collect();
/// assert_eq!(labels, ["10⁰", "10¹", "10²", "10³", "10⁴", "10⁵", "10⁶"]);
/// ```
pub fn log_ticks(range: Range, room: Room) -> Ticks {
    let range = range.admitted(Scale::Log).widened(Scale::Log);
    let decade_px = room.length_px() / (range.hi().log10() - range.lo().log10());
    let decades = multiples_in(range, &[1]);
    if decades.len() <= 2
        && let Some(ticks) = few_decades(range, room, decade_px)
    {
        return ticks;
    }
    if decades.len() < 2 {
        return within_decade(range, room);
    }
    many_decades(range, room, decade_px)
}

fn many_decades(range: Range, room: Room, decade_px: f64) -> Ticks {
    let decades = multiples_in(range, &[1]);
    let plain = decades.iter().all(|(_, power)| (-1..=3).contains(power));
    let label = |power: i32| {
        if plain {
            fixed(1, power)
        } else {
            format!("10{}", superscript(power))
        }
    };
    let chars = decades
        .iter()
        .map(|(_, power)| label(*power).chars().count())
        .max();
    let stride = stride(room.spacing_px(chars.unwrap_or_default()) / decade_px);
    let factors: &[i64] = match stride {
        1 if decade_px >= MIN_DECADE_PX => &[1, 2, 3, 4, 5, 6, 7, 8, 9],
        _ => &[1],
    };
    let tick = |(factor, power): (i64, i32)| {
        let at = value(factor, power);
        let major = factor == 1 && power.rem_euclid(stride) == 0;
        if major {
            Tick::major(at, label(power))
        } else {
            Tick::minor(at)
        }
    };
    let kept = |tick: &Tick| tick.major || stride == 1 || decade_px >= MIN_MINOR_PX;
    let ticks = multiples_in(range, factors)
        .into_iter()
        .map(tick)
        .filter(kept)
        .collect();
    Ticks { ticks, exponent: 0 }
}

/// Every how many decades a label fits, given the decades that one label takes.
fn stride(label_decades: f64) -> i32 {
    const STRIDES: [i32; 9] = [1, 2, 3, 5, 10, 20, 50, 100, 200];
    STRIDES
        .into_iter()
        .find(|stride| f64::from(*stride) >= label_decades)
        .unwrap_or(500)
}

/// Labels at 1, 2, 5 or 1, 3 of each decade, if at least two are visible and they fit.
fn few_decades(range: Range, room: Room, decade_px: f64) -> Option<Ticks> {
    FEW_DECADES.into_iter().find_map(|(factors, gap)| {
        let majors = multiples_in(range, factors);
        let (_, top) = *majors.last()?;
        let exponent = shared_exponent(top);
        let label = |(n, power): (i64, i32)| fixed(n, power - exponent);
        let chars = majors.iter().map(|at| label(*at).chars().count()).max()?;
        let fits = majors.len() >= 2 && gap * decade_px >= room.spacing_px(chars);
        let tick = |(n, power): (i64, i32)| {
            let at = value(n, power);
            if factors.contains(&n) {
                Tick::major(at, label((n, power)))
            } else {
                Tick::minor(at)
            }
        };
        let all = multiples_in(range, &[1, 2, 3, 4, 5, 6, 7, 8, 9]);
        fits.then(|| Ticks {
            ticks: all.into_iter().map(tick).collect(),
            exponent,
        })
    })
}

/// Evenly stepped values, with the room that they have at the crowded upper end.
fn within_decade(range: Range, room: Room) -> Ticks {
    let crowding = range.span() / (range.hi() * (range.hi() / range.lo()).ln());
    linear_ticks(range, room.shortened(crowding))
}

/// The values `factor` × 10^`power` inside a positive range, rising.
fn multiples_in(range: Range, factors: &[i64]) -> Vec<(i64, i32)> {
    let first = range.lo().log10().floor() as i32 - 1;
    let last = range.hi().log10().ceil() as i32;
    (first..=last)
        .flat_map(|power| factors.iter().map(move |factor| (*factor, power)))
        .filter(|(factor, power)| range.contains(value(*factor, *power)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(lo: f64, hi: f64, room: Room) -> Vec<String> {
        let ticks = log_ticks(Range::new(lo, hi).unwrap(), room);
        ticks.majors().map(|tick| tick.label.clone()).collect()
    }

    #[test]
    fn few_plain_decades() {
        let room = Room::vertical(200.0, 14.0);
        assert_eq!(
            labels(0.09, 1200.0, room),
            ["0.1", "1", "10", "100", "1000"]
        );
    }

    #[test]
    fn decades_between_have_minors() {
        let ticks = log_ticks(Range::new(1.0, 1e4).unwrap(), Room::vertical(200.0, 14.0));
        assert_eq!(ticks.ticks.len(), 4 * 9 + 1);
        assert_eq!(ticks.ticks[1], Tick::minor(2.0));
    }

    #[test]
    fn crowded_decades_are_thinned() {
        let room = Room::vertical(100.0, 14.0);
        assert_eq!(labels(1e-10, 1e10, room), ["10⁻¹⁰", "10⁰", "10¹⁰"]);
    }

    #[test]
    fn two_decades_show_their_parts() {
        let room = Room::vertical(300.0, 14.0);
        assert_eq!(labels(1.1, 99.0, room), ["2", "5", "10", "20", "50"]);
        assert_eq!(
            labels(3.0, 80.0, Room::vertical(130.0, 14.0)),
            ["3", "10", "30"]
        );
    }

    #[test]
    fn less_than_a_decade_steps_evenly() {
        let room = Room::vertical(200.0, 14.0);
        assert_eq!(
            labels(100.0, 140.0, room),
            ["100", "110", "120", "130", "140"]
        );
    }

    #[test]
    fn nothing_positive_shows_one_to_ten() {
        assert_eq!(
            labels(-3.0, 0.0, Room::vertical(200.0, 14.0)),
            ["1", "2", "5", "10"]
        );
    }
}
