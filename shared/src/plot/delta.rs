//! Differences between consecutive frames of a layer: counts added, samples appended.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::frame::{Extent, Frame, FrameBody, Series};
use crate::data::{Coord, CoordValues, Values};
use crate::time::TimeInterval;

/// What turns one frame of a layer into the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrameDelta {
    change: BodyDelta,
    time: Option<TimeInterval>,
    reduced: u32,
    note: Option<Arc<str>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum BodyDelta {
    /// Integers added to some elements of an image or a volume.
    Increment(Increment),
    /// Samples dropped from the head and added at the tail of each series.
    Append(Vec<SeriesDelta>),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Increment {
    /// Distance from the previous changed element, the first from -1: small numbers encode short.
    gaps: Vec<u32>,
    /// What is added there, wrapping in the element type.
    added: Vec<i64>,
    extent: Extent,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct SeriesDelta {
    dropped: u32,
    times: Vec<i64>,
    y: Values,
    extent: Extent,
}

/// A delta met a frame that it was not made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the difference does not fit the frame it was applied to")]
pub struct DeltaMismatch;

impl FrameDelta {
    /// The difference from `old` to `new`; none where only the whole frame can tell it.
    pub fn between(old: &Frame, new: &Frame) -> Option<Self> {
        let change = match (&old.body, &new.body) {
            (FrameBody::Image(a), FrameBody::Image(b))
                if a.x == b.x && a.y == b.y && a.quantity == b.quantity =>
            {
                BodyDelta::Increment(Increment::between(&a.values, &b.values, b.extent)?)
            }
            (FrameBody::Volume(a), FrameBody::Volume(b))
                if a.coords == b.coords && a.quantity == b.quantity =>
            {
                BodyDelta::Increment(Increment::between(&a.values, &b.values, b.extent)?)
            }
            (FrameBody::Curves(a), FrameBody::Curves(b))
                if a.quantity == b.quantity && a.series.len() == b.series.len() =>
            {
                let pairs = a.series.iter().zip(&b.series);
                BodyDelta::Append(
                    pairs
                        .map(|(a, b)| SeriesDelta::between(a, b))
                        .collect::<Option<_>>()?,
                )
            }
            _ => return None,
        };
        Some(Self {
            change,
            time: new.time,
            reduced: new.reduced,
            note: new.note.clone(),
        })
    }

    /// Turns `frame` into the next one, or leaves it untouched when this delta was made from another.
    pub fn apply(&self, frame: &mut Frame) -> Result<(), DeltaMismatch> {
        match (&self.change, &mut frame.body) {
            (BodyDelta::Increment(delta), FrameBody::Image(image)) => {
                delta.apply(&mut image.values)?;
                image.extent = delta.extent;
            }
            (BodyDelta::Increment(delta), FrameBody::Volume(volume)) => {
                delta.apply(&mut volume.values)?;
                volume.extent = delta.extent;
            }
            (BodyDelta::Append(deltas), FrameBody::Curves(curves)) => {
                let fits = deltas.len() == curves.series.len()
                    && deltas.iter().zip(&curves.series).all(|(d, s)| d.fits(s));
                if !fits {
                    return Err(DeltaMismatch);
                }
                for (delta, series) in deltas.iter().zip(&mut curves.series) {
                    delta.apply(series);
                }
            }
            _ => return Err(DeltaMismatch),
        }
        frame.time = self.time;
        frame.reduced = self.reduced;
        frame.note.clone_from(&self.note);
        Ok(())
    }
}

macro_rules! for_integers {
    ($values:expr, $v:ident => $body:expr, else $other:expr) => {
        match $values {
            Values::U8($v) => $body,
            Values::U16($v) => $body,
            Values::U32($v) => $body,
            Values::U64($v) => $body,
            Values::I32($v) => $body,
            Values::I64($v) => $body,
            Values::F32(_) | Values::F64(_) => $other,
        }
    };
}

/// Up to here a difference is made whatever its length.
const FEW_CHANGED: usize = 1024;

/// Each changed element takes at least two bytes, a gap and what is added. Where more than half of a large array
/// changed, the whole frame is hardly longer, and the difference would take several times its memory while it is made.
fn is_sparse(old: &Values, new: &Values) -> bool {
    let limit = FEW_CHANGED.max(old.len() / 2);
    macro_rules! changed {
        ($a:expr, $b:expr) => {
            $a.iter()
                .zip($b)
                .filter(|(a, b)| a != b)
                .take(limit + 1)
                .count()
        };
    }
    let changed = match (old, new) {
        (Values::U8(a), Values::U8(b)) => changed!(a, b),
        (Values::U16(a), Values::U16(b)) => changed!(a, b),
        (Values::U32(a), Values::U32(b)) => changed!(a, b),
        (Values::U64(a), Values::U64(b)) => changed!(a, b),
        (Values::I32(a), Values::I32(b)) => changed!(a, b),
        (Values::I64(a), Values::I64(b)) => changed!(a, b),
        _ => return false,
    };
    changed <= limit
}

impl Increment {
    fn between(old: &Values, new: &Values, extent: Extent) -> Option<Self> {
        if old.dtype() != new.dtype() || old.len() != new.len() {
            return None;
        }
        if !is_sparse(old, new) {
            return None;
        }
        let mut gaps = Vec::new();
        let mut added = Vec::new();
        let mut last = -1_i64;
        let mut visit = |index: usize, difference: i64| {
            gaps.push((index as i64 - last) as u32);
            added.push(difference);
            last = index as i64;
        };
        macro_rules! compare {
            ($a:expr, $b:expr) => {
                for (index, (a, b)) in $a.iter().zip($b).enumerate() {
                    if a != b {
                        visit(index, (*b as i64).wrapping_sub(*a as i64));
                    }
                }
            };
        }
        match (old, new) {
            (Values::U8(a), Values::U8(b)) => compare!(a, b),
            (Values::U16(a), Values::U16(b)) => compare!(a, b),
            (Values::U32(a), Values::U32(b)) => compare!(a, b),
            (Values::U64(a), Values::U64(b)) => compare!(a, b),
            (Values::I32(a), Values::I32(b)) => compare!(a, b),
            (Values::I64(a), Values::I64(b)) => compare!(a, b),
            _ => return None,
        }
        Some(Self {
            gaps,
            added,
            extent,
        })
    }

    fn indices(&self) -> impl Iterator<Item = usize> {
        self.gaps.iter().scan(-1_i64, |at, gap| {
            *at += i64::from(*gap);
            Some(*at as usize)
        })
    }

    fn apply(&self, values: &mut Arc<Values>) -> Result<(), DeltaMismatch> {
        let len = values.len();
        let fits = self.gaps.len() == self.added.len()
            && values.is_integer()
            && self.gaps.iter().all(|gap| *gap > 0)
            && self.gaps.iter().map(|gap| u64::from(*gap)).sum::<u64>() <= len as u64;
        if !fits {
            return Err(DeltaMismatch);
        }
        for_integers!(Arc::make_mut(values), v => {
            for (index, added) in self.indices().zip(&self.added) {
                v[index] = v[index].wrapping_add(*added as _);
            }
        }, else return Err(DeltaMismatch));
        Ok(())
    }
}

impl SeriesDelta {
    fn between(old: &Series, new: &Series) -> Option<Self> {
        let (CoordValues::Times(a), CoordValues::Times(b)) = (&old.x.values, &new.x.values) else {
            return None;
        };
        let same = old.name == new.name
            && old.colour == new.colour
            && old.x.dim == new.x.dim
            && old.x.label == new.x.label
            && old.x.unit == new.x.unit
            && old.errors.is_none()
            && new.errors.is_none()
            && old.y.dtype() == new.y.dtype();
        if !same {
            return None;
        }
        let first = b.first()?;
        let dropped = a.partition_point(|t| t < first);
        let kept = a.len() - dropped;
        let overlaps = kept <= b.len()
            && a[dropped..] == b[..kept]
            && old
                .y
                .slice(dropped, a.len())
                .same_bits(&new.y.slice(0, kept));
        overlaps.then(|| Self {
            dropped: dropped as u32,
            times: b[kept..].to_vec(),
            y: new.y.slice(kept, b.len()),
            extent: new.extent,
        })
    }

    fn fits(&self, series: &Series) -> bool {
        matches!(series.x.values, CoordValues::Times(_))
            && self.dropped as usize <= series.y.len()
            && self.times.len() == self.y.len()
            && self.y.dtype() == series.y.dtype()
    }

    fn apply(&self, series: &mut Series) {
        let dropped = self.dropped as usize;
        if let CoordValues::Times(times) = &series.x.values {
            let times = times[dropped..]
                .iter()
                .chain(&self.times)
                .copied()
                .collect();
            series.x = Coord {
                values: CoordValues::Times(times),
                ..series.x.clone()
            };
        }
        Arc::make_mut(&mut series.y).shift(dropped, &self.y);
        series.extent = self.extent;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Unit;
    use crate::plot::frame::{Curves, Image, Quantity};

    fn quantity() -> Quantity {
        Quantity {
            label: "Counts".into(),
            unit: Unit::counts(),
        }
    }

    fn image(values: Vec<u32>) -> Frame {
        let values = Values::U32(values);
        Frame {
            body: FrameBody::Image(Image {
                x: Coord::index("x", 3),
                y: Coord::index("y", 2),
                quantity: quantity(),
                extent: Extent::of_values(&values),
                values: Arc::new(values),
            }),
            time: None,
            reduced: 1,
            note: None,
        }
    }

    fn series(times: &[i64], y: &[f64]) -> Frame {
        Frame {
            body: FrameBody::Curves(Curves {
                quantity: quantity(),
                series: vec![Series {
                    name: "T".into(),
                    x: Coord {
                        values: CoordValues::Times(times.into()),
                        ..Coord::index("time", 0)
                    },
                    extent: Extent::of(y.iter().copied()),
                    y: Arc::new(Values::F64(y.to_vec())),
                    errors: None,
                    colour: None,
                }],
            }),
            time: None,
            reduced: 1,
            note: None,
        }
    }

    fn check(old: &Frame, new: &Frame) {
        let delta = FrameDelta::between(old, new).expect("these frames have a difference");
        let bytes = postcard::to_stdvec(&delta).unwrap();
        let delta: FrameDelta = postcard::from_bytes(&bytes).unwrap();
        let mut frame = old.clone();
        delta.apply(&mut frame).unwrap();
        assert_eq!(format!("{frame:?}"), format!("{new:?}"));
        assert_eq!(postcard::to_stdvec(&frame), postcard::to_stdvec(new));
    }

    #[test]
    fn added_counts_give_the_new_image() {
        check(
            &image(vec![0, 1, 2, 3, 4, 5]),
            &image(vec![9, 1, 2, 0, 4, 6]),
        );
        check(&image(vec![u32::MAX; 6]), &image(vec![0; 6]));
    }

    #[test]
    fn appended_samples_give_the_new_series() {
        check(
            &series(&[1, 2, 3], &[1.0, f64::NAN, 3.0]),
            &series(&[2, 3, 4], &[f64::NAN, 3.0, 4.0]),
        );
        check(&series(&[1], &[1.0]), &series(&[5, 6], &[0.0, 1.0]));
    }

    #[test]
    fn rewritten_history_has_no_difference() {
        assert_eq!(
            FrameDelta::between(&series(&[1, 2], &[1.0, 2.0]), &series(&[1, 2], &[1.0, 9.0])),
            None
        );
    }

    #[test]
    fn a_delta_for_another_frame_changes_nothing() {
        let delta = FrameDelta::between(&image(vec![0; 6]), &image(vec![1; 6])).unwrap();
        let mut other = series(&[1], &[1.0]);
        let before = other.clone();
        assert_eq!(delta.apply(&mut other), Err(DeltaMismatch));
        assert_eq!(other, before);
    }
}
