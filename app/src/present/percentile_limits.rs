//! Colours that span a part of the values alone.

use shared::id::LayerId;
use shared::plot::frame::Extent;
use shared::plot::{Percentiles, Scale};
use shared::version::Stamp;

use super::surface::Surface;

/// What was found, kept until the values or the choice change: values are looked at once per frame of a layer, not once
/// per painting.
#[derive(Clone, Debug, Default)]
pub(super) struct PercentileLimits(Vec<Found>);

#[derive(Clone, Debug)]
struct Found {
    frame: (LayerId, Stamp),
    /// Which percentiles, and whether of positive values alone.
    chosen: (Percentiles, bool),
    extent: Extent,
}

impl PercentileLimits {
    /// Narrows the extents of surfaces to what was chosen.
    pub(super) fn apply(
        &mut self,
        surfaces: &mut [Surface<'_>],
        percentiles: Option<Percentiles>,
        scale: Scale,
    ) {
        let Some(percentiles) = percentiles else {
            self.0.clear();
            return;
        };
        let chosen = (percentiles, scale.is_log());
        let mut kept = std::mem::take(&mut self.0).into_iter();
        for surface in surfaces {
            let frame = (surface.picture.layer, surface.picture.version);
            let is_same = |it: &Found| it.chosen == chosen && it.frame == frame;
            let found = kept.next().filter(is_same).unwrap_or_else(|| Found {
                frame,
                chosen,
                extent: percentiles.extent_of(surface.values, chosen.1),
            });
            surface.extent = found.extent;
            self.0.push(found);
        }
    }
}
