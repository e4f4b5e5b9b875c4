//! Differences between consecutive frames of a layer: counts added, samples appended.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

mod append;
mod increment;

use self::append::SeriesDelta;
use self::increment::Increment;
use super::frame::{Extent, Frame, FrameBody};
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
    /// Integers added to elements of an image or a volume.
    Increment {
        /// What is added where.
        added: Increment,
        /// The range of the sums.
        extent: Extent,
    },
    /// Samples dropped from the head and added at the tail of each series.
    Append(Vec<SeriesDelta>),
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
                if a.x == b.x && a.y == b.y && a.quantity == b.quantity && a.errors == b.errors =>
            {
                BodyDelta::Increment {
                    added: Increment::between(&a.values, &b.values)?,
                    extent: b.extent,
                }
            }
            (FrameBody::Volume(a), FrameBody::Volume(b))
                if a.coords == b.coords && a.quantity == b.quantity && a.errors == b.errors =>
            {
                BodyDelta::Increment {
                    added: Increment::between(&a.values, &b.values)?,
                    extent: b.extent,
                }
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
            (BodyDelta::Increment { added, extent }, FrameBody::Image(image)) => {
                added.apply(&mut image.values)?;
                image.extent = *extent;
            }
            (BodyDelta::Increment { added, extent }, FrameBody::Volume(volume)) => {
                added.apply(&mut volume.values)?;
                volume.extent = *extent;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Coord, CoordValues, Unit, Values};
    use crate::plot::Errors;
    use crate::plot::frame::{Curves, Image, Quantity, Series};

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
                errors: Errors::PerCount(1.0),
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
                    errors: Some(Arc::new(Values::F64(y.iter().map(|it| it.abs()).collect()))),
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
