//! Ticks of an axis along which things stand side by side: their names.

use super::{Room, Tick, Ticks};
use crate::plot::Range;

/// Longer names are cut where they stand one above the other.
const MAX_CHARS: usize = 20;

/// Below so many characters a name says nothing; every other one is left out instead.
const MIN_CHARS: usize = 4;

/// A tick for each thing in the range, the first one at 0, as far as their names fit.
///
/// ```
/// use shared::plot::{Range, Room, category_ticks};
/// let names = ["Monitor 1".to_owned(), "Monitor 2".to_owned()];
/// let ticks = category_ticks(&names, Range::new(-0.5, 1.5).unwrap(), Room::horizontal(126.0, 7.0));
/// let labels: Vec<_> = ticks.majors().map(|tick| tick.label.as_str()).collect();
/// assert_eq!(labels, ["Monitor…", "Monitor…"]);
/// ```
pub fn category_ticks(names: &[String], range: Range, room: Room) -> Ticks {
    let px_each = room.length_px() / (range.hi() - range.lo()).max(f64::MIN_POSITIVE);
    let (chars, every) = match room.chars_in(px_each) {
        None => (MAX_CHARS, (room.spacing_px(0) / 2.0 / px_each).ceil()),
        Some(chars) if chars >= MIN_CHARS => (chars, 1.0),
        Some(chars) => (MIN_CHARS, (MIN_CHARS as f64 / chars.max(1) as f64).ceil()),
    };
    let every = (every as usize).max(1);
    let places = names.iter().enumerate().step_by(every);
    let ticks = places
        .map(|(i, name)| Tick::major(i as f64, shortened(name, chars)))
        .filter(|tick| (range.lo()..=range.hi()).contains(&tick.value));
    Ticks {
        ticks: ticks.collect(),
        exponent: 0,
    }
}

fn shortened(name: &str, chars: usize) -> String {
    if name.chars().count() <= chars {
        return name.to_owned();
    }
    let start: String = name.chars().take(chars - 1).collect();
    format!("{}…", start.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_do_not_fit_are_left_out() {
        let names: Vec<_> = (0..100).map(|i| format!("Detector {i}")).collect();
        let range = Range::new(-0.5, 99.5).unwrap();
        let ticks = category_ticks(&names, range, Room::horizontal(700.0, 7.0));
        let values: Vec<_> = ticks.majors().map(|tick| tick.value).collect();
        assert_eq!(values[..3], [0.0, 4.0, 8.0]);
        let upright = category_ticks(&names, range, Room::vertical(700.0, 14.0));
        assert_eq!(upright.majors().nth(1).unwrap().label, "Detector 3");
        let zoomed = Range::new(9.5, 11.5).unwrap();
        let ticks = category_ticks(&names, zoomed, Room::horizontal(700.0, 7.0));
        let labels: Vec<_> = ticks.majors().map(|tick| tick.label.clone()).collect();
        assert_eq!(labels, ["Detector 10", "Detector 11"]);
    }
}
