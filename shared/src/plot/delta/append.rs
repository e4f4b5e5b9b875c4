//! Samples that left a history and samples that came to it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::data::{Coord, CoordValues, Values};
use crate::plot::frame::{Extent, Series};

/// What turns a history into the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct SeriesDelta {
    /// How many of the oldest samples are gone.
    dropped: u32,
    times: Vec<i64>,
    y: Values,
    errors: Option<Values>,
    extent: Extent,
}

impl SeriesDelta {
    /// The difference; none where the past was rewritten, or the series are no histories of one thing.
    pub(super) fn between(old: &Series, new: &Series) -> Option<Self> {
        let (CoordValues::Times(a), CoordValues::Times(b)) = (&old.x.values, &new.x.values) else {
            return None;
        };
        let same = old.name == new.name
            && old.colour == new.colour
            && old.x.dim == new.x.dim
            && old.x.label == new.x.label
            && old.x.unit == new.x.unit
            && old.y.dtype() == new.y.dtype()
            && old.errors.as_ref().map(|it| it.dtype()) == new.errors.as_ref().map(|it| it.dtype());
        if !same {
            return None;
        }
        let first = b.first()?;
        let dropped = a.partition_point(|t| t < first);
        let kept = a.len() - dropped;
        let stays = |old: &Values, new: &Values| {
            let stayed = old.slice(dropped, a.len());
            stayed.same_bits(&new.slice(0, kept))
        };
        let overlaps = kept <= b.len()
            && a[dropped..] == b[..kept]
            && stays(&old.y, &new.y)
            && old
                .errors
                .iter()
                .zip(&new.errors)
                .all(|(old, new)| stays(old, new));
        overlaps.then(|| Self {
            dropped: dropped as u32,
            times: b[kept..].to_vec(),
            y: new.y.slice(kept, b.len()),
            errors: new.errors.as_ref().map(|it| it.slice(kept, b.len())),
            extent: new.extent,
        })
    }

    /// Whether it was made from a series like this one.
    pub(super) fn fits(&self, series: &Series) -> bool {
        let count = self.times.len();
        let continues = |tail: &Values, values: &Values| {
            tail.len() == count
                && tail.dtype() == values.dtype()
                && self.dropped as usize <= values.len()
        };
        matches!(series.x.values, CoordValues::Times(_))
            && continues(&self.y, &series.y)
            && match (&self.errors, &series.errors) {
                (Some(tail), Some(errors)) => continues(tail, errors),
                (None, None) => true,
                _ => false,
            }
    }

    /// Turns the series, which it fits, into the next.
    pub(super) fn apply(&self, series: &mut Series) {
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
        for (errors, tail) in series.errors.iter_mut().zip(&self.errors) {
            Arc::make_mut(errors).shift(dropped, tail);
        }
        series.extent = self.extent;
    }
}
